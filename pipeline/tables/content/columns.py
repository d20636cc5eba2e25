"""Which rows of a grid are headings, which columns hold figures, and what their headings say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.tables.content.cells import MINUS, NUMBER_KIND, REFUSED_KIND, TEXT_KIND, Value, read_cell
from pipeline.tables.content.cutheads import loose_years
from pipeline.tables.content.grid import Grid, GridCell, join_lines
from pipeline.tables.content.groupnames import names_rows
from pipeline.tables.content.headings import (
    Heading,
    is_count_of_budget,
    is_counted_beside,
    is_of_other_years,
    is_part_of_year,
    is_run_together,
    is_year_heading,
    leveled_years,
    read_heading,
    says_change,
    year_of,
)
from pipeline.tables.content.levels import is_undated_level
from pipeline.tables.content.naming import (
    is_beside,
    is_naming,
    name_columns,
    numbers_names,
    unit_column,
)
from pipeline.tables.content.rows import is_prose
from pipeline.tables.content.spanning import with_reach
from pipeline.tables.content.units import UnitNote, is_statement, unit_note
from pipeline.tables.content.yearrows import are_amounts, is_figure, years_among

Row = dict[int, GridCell]


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of figures. ``heading.year`` is its budget year; ``unit`` and the measure are its own, if it has any."""

    column: int
    heading: Heading

    @property
    def unit(self) -> UnitNote | None:
        return self.heading.unit


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read a grid: ``headings`` are row numbers, ``titles`` heading cells that speak of the whole table.

    ``labels``: the columns that name the rows: those before the figures, or the one after them where none is before.
    ``named``: the one of them that is the rows' name, by its heading or its texts. ``aside``: columns beside them of
    note numbers, accounts, committees, remarks; they name a row only where nothing else does. ``units``: the column
    that says the unit of each row. ``sections``: headings below figures that name the rows under them and print the
    years again.
    """

    headings: frozenset[int]
    columns: list[ValueColumn]
    titles: list[GridCell]
    labels: list[int]
    named: int | None = None
    aside: frozenset[int] = frozenset()
    units: int | None = None
    sections: frozenset[int] = frozenset()

    @property
    def has_years(self) -> bool:
        return any(column.heading.year is not None for column in self.columns)

    def is_read(self, row: int) -> bool:
        """Whether a row is one of the table's own: no heading, or the name of a section."""
        return row not in self.headings or row in self.sections

    def values(self, number: int, row: Row) -> dict[int, Value]:
        """What a row says under the headings, by column; a section's name has only years there."""
        if number in self.sections:
            return {}
        return {c.column: read_cell(row[c.column].text) for c in self.columns if c.column in row}


NO_FIGURE = frozenset({"gratis", "fri", "ingen", "nul", "uændret", "udgår", "bortfalder", "ukendt", "n/a"})
"""Words that stand where a figure would, under a year; none is read of them."""
_BEGUN = re.compile(rf"[(]?[{MINUS}+]?\d[\d.,]*[)]?\s(?=[^\W\d_])")
FEWEST_WORDS = 6
"""The end of a sentence has so many words at least: fewer are those of a heading."""


def read_layout(grid: Grid) -> Layout:
    """Headings and value columns of a grid; ``columns`` is empty where nothing can be told."""
    rows: list[Row] = [{cell.column: cell for cell in row} for row in grid.rows]
    values = [{column: read_cell(cell.text) for column, cell in row.items()} for row in rows]
    years = set(years_among(grid.rows).headings)
    first_figures = _first_value_row(values, rows, years)
    headings = _heading_rows(rows, values, years, first_figures)
    body = [values[number] for number in range(len(rows)) if number not in headings]
    top = [row for number, row in enumerate(rows) if number in headings and number <= first_figures]
    figures = _figure_columns(body, grid.width)
    below = [row for number, row in enumerate(rows) if number not in headings]
    top = with_reach(top, figures, below)
    found = _column_headings(grid, _without_prose(top), figures, below)
    units = unit_column(found, below)
    if units in figures:
        found = _column_headings(grid, _without_prose(top), [n for n in figures if n != units], below)
    columns = [column for column in _value_columns(found, body, below) if column.column != units]
    dated = [number for number, heading in enumerate(found) if number and heading.year is not None]
    first = min([*(column.column for column in columns), *dated], default=grid.width)
    headed = {column.column for column in columns if column.heading.year is not None}
    titles = [c for row in top for c in row.values() if c.column < first or _is_title(c, row, first, headed)]
    names = name_columns(found, below, [column.column for column in columns], first)
    sections = frozenset(n for n in headings if n > first_figures and 0 in rows[n])
    return Layout(frozenset(headings), columns, titles, names.labels, names.named, names.aside, names.units, sections)


def _without_prose(top: list[Row]) -> list[Row]:
    """The heading rows below running text that was taken for headings, and what else stands or reaches beside it."""
    last = max((n for n, row in enumerate(top) if any(_is_running(cell.text) for cell in row.values())), default=None)
    if last is None:
        return top
    number = max(cell.row for cell in top[last].values())
    reached = {n: cell for row in top[:last] for n, cell in row.items() if cell.row + cell.row_span > number}
    beside = {n: cell for n, cell in {**reached, **top[last]}.items() if not _is_running(cell.text)}
    return [beside, *top[last + 1 :]]


def _is_running(text: str) -> bool:
    """Whether a cell is running text, or the end of a sentence that begins on a line above."""
    return is_prose(text) or (text[:1].islower() and text.endswith(".") and len(text.split()) >= FEWEST_WORDS)


def _is_title(cell: GridCell, row: Row, first: int, dated: set[int]) -> bool:
    """Whether a cell over several columns speaks of all: the only one of its row over figures, or over all years."""
    over = range(cell.column, cell.column + cell.column_span)
    return cell.column_span > 1 and (
        sum(column >= first for column in row) == 1 or (dated != set() and dated <= {*over})
    )


def _figure_columns(body: list[dict[int, Value]], width: int) -> list[int]:
    """The columns after the first with more figures than words."""
    kinds = [[row[column].kind for row in body if column in row] for column in range(width)]
    return [n for n in range(1, width) if kinds[n].count(NUMBER_KIND) > kinds[n].count(TEXT_KIND)]


def _may_be_figures(value: Value, cell: GridCell) -> bool:
    """A figure, or several that stand in one cell ("0 290.140"), but no unit ("1.000 kr.") and no years."""
    if value.kind is NUMBER_KIND:
        return unit_note(cell.text) is None
    return value.kind is REFUSED_KIND and holds_several(cell.text)


def holds_several(text: str) -> bool:
    """True for a cell of several figures and nothing else, as where two rows were read as one: "0 290.140"."""
    words = text.split()
    return len(words) > 1 and all(is_figure(word) for word in words)


def _first_value_row(values: list[dict[int, Value]], rows: list[Row], years: set[int]) -> int:
    for number, row in enumerate(values):
        if number in years or (number == 0 and _heads_with_a_year(rows)):
            continue
        figures = [column for column, value in row.items() if column and _may_be_figures(value, rows[number][column])]
        if _is_lone_year(rows[number], figures):
            continue
        if any(row[n].kind is NUMBER_KIND for n in figures) or len(figures) > 1:
            return number
    return len(values)


def _is_lone_year(row: Row, figures: list[int]) -> bool:
    """Whether the one figure of a row is a year before words over other columns: "2020", "Netto", "Dagsværdi"."""
    words = [n for n, cell in row.items() if read_cell(cell.text).kind is TEXT_KIND]
    return len(figures) == 1 and is_year_heading(row[figures[0]].text) and sum(n > figures[0] for n in words) >= 2


def _heads_with_a_year(rows: list[Row]) -> bool:
    """Whether the top row is of words and one bare year, with a figure under it: "Post", "Konto", "2025"."""
    top = rows[0]
    dated = [column for column, cell in top.items() if column and is_year_heading(cell.text)]
    plain = not any(is_figure(cell.text) for cell in top.values())
    below = any(dated[0] in row and is_figure(row[dated[0]].text) for row in rows[1:]) if dated else False
    return plain and below and len(dated) == 1 and len(top) > 2


def _heading_rows(rows: list[Row], values: list[dict[int, Value]], years: set[int], first: int) -> set[int]:
    """Rows above the first figures, down to the last that has something over a value column; and repeated year rows.

    Below the years, a row of nothing but dashes is an empty line, no heading. Without figures only the first row is
    """
    if first == len(rows):
        return {0}
    above = {n for n in range(first) if any(c > 0 or cell.column_span > 1 for c, cell in rows[n].items())}
    while above and _is_section(rows, max(above)):
        above.remove(max(above))
    dated = {n for n in years if n < first}
    under = _under_years(rows, values, dated, first)
    last = max(dated | under or above or {-1})
    empty = {n for n in above - years - under if n > min(years, default=n) and _is_empty(values[n])}
    again = {n for n in years if n > first and _repeats(rows[n], rows[: last + 1])}
    return (set(range(last + 1)) | again) - empty


def _is_section(rows: list[Row], number: int) -> bool:
    """Whether a row over all columns is the name of the rows below it: headings of several columns stand above it.

    So is a number beside a name and nothing else: "1000", "Indtægter".
    """
    wide = [cell.column + cell.column_span for cell in rows[number].values()]
    headed = any(len(row) > 1 for row in rows[:number])
    if list(rows[number]) == [0, 1] and rows[number][0].text.isdecimal():
        return any(max(row, default=0) > 1 for row in rows[:number])
    whole = list(rows[number]) == [0] and wide[0] > max(max(row, default=0) for row in rows)
    return headed and (whole or names_rows(rows, number))


def _repeats(row: Row, headings: list[Row]) -> bool:
    """Whether a row of years below figures is a heading: of several, or one that is printed above, too."""
    texts = [cell.text for cell in row.values() if is_year_heading(cell.text)]
    headed = [cell.text for heading in headings for cell in heading.values()]
    if are_amounts([cell.text for cell in row.values()], headed):
        return False
    return len(texts) > 1 or any(cell.text == texts[0] for heading in headings for cell in heading.values())


def _under_years(rows: list[Row], values: list[dict[int, Value]], dated: set[int], first: int) -> set[int]:
    """Rows right below the years that head more columns than have a year ("Budget", "Regnskab"), or give their units.

    The unit may stand beside words over the labels: "Projekt", "(1.000 kr.)", "(1.000 kr.)".
    """
    if not dated:
        return set()
    years = sum(is_year_heading(cell.text) for cell in rows[max(dated)].values())
    under: set[int] = set()
    for number in range(max(dated) + 1, first):
        words = [column for column, value in values[number].items() if column > 0 and value.kind is TEXT_KIND]
        if _is_units(rows[number], rows[max(dated)]):
            under |= set(range(max(dated) + 1, number + 1))
            continue
        if not any(rows[number]) or is_statement(" ".join(cell.text for cell in rows[number].values())):
            continue
        if len(words) < 2 or (len(words) <= years and not under):
            break
        under.add(number)
    return under


def _is_units(row: Row, dated: Row) -> bool:
    """Whether a row says the unit of the columns under years and nothing more of figures."""
    stated = [column for column, cell in row.items() if column and is_statement(cell.text) and unit_note(cell.text)]
    under = [column for column in stated if column in dated]
    others = [column for column, cell in row.items() if column in dated and column not in stated and column > 0]
    return bool(under) and not any(is_year_heading(dated[column].text) for column in others)


def _is_empty(values: dict[int, Value]) -> bool:
    return all(value.kind is not TEXT_KIND for column, value in values.items() if column > 0)


def _column_headings(grid: Grid, top: list[Row], figures: list[int], below: list[Row]) -> list[Heading]:
    """The heading of each column, with the years that stand as price levels over several."""
    found = [_heading(top, column, figures) for column in range(grid.width)]
    found = [read_heading(grid.heads[n].text) if n in grid.heads else heading for n, heading in enumerate(found)]
    found = [h if not n or not is_run_together(found[n - 1].text) else _doubted(h) for n, h in enumerate(found)]
    loose = loose_years(found, below)
    found = [_doubted(heading) if n in loose else heading for n, heading in enumerate(found)]
    found = [replace(h, measure="unclear") if is_counted_beside(h, found) else h for h in found]
    found = [replace(h, measure="count") if is_count_of_budget(h, found) else h for h in found]
    leveled = leveled_years([heading.text for heading in found[1:] if heading.year is None])
    return [replace(h, year=leveled[h.text]) if h.text in leveled else h for h in found]


def _doubted(heading: Heading) -> Heading:
    """The heading behind one that took its first words: its year is known, and of what is not."""
    return replace(heading, measure="unclear") if is_year_heading(heading.text) else heading


def _heading(top: list[Row], column: int, figures: list[int]) -> Heading:
    """Own heading cells joined downwards, after those that stand over this and other columns.

    Of those over all columns only what says that the figures are changes, or what they count, is told of each.
    """
    own: list[str] = []
    parts: list[str] = []
    wide: list[str] = []
    changes: list[str] = []
    for row in top:
        for cell in row.values():
            if cell.column <= column < cell.column + cell.column_span:
                over = sum(cell.column <= n < cell.column + cell.column_span for n in figures)
                if 0 < over < len(figures) and _is_title_aside(cell, row, figures[0]):
                    continue
                kind = own if cell.column_span == 1 else wide if over in {0, len(figures)} else parts
                kind += [piece.text for piece in cell.pieces] if kind is own else [cell.text]
                changes += [cell.text] if kind is wide and cell.column and says_change(cell.text) else []
    heading = _own_heading(own)
    for text in reversed(parts):
        heading = _under(heading, text)
    names = bool(figures) and column < figures[0]
    for text in wide:
        if changes and not names and text in changes:
            heading = _under(heading, text)
            continue
        if (heading.year is None and year_of(text) is not None and not names) or _says_measure(heading, text):
            heading = _under(heading, text)
    return heading


def _is_title_aside(cell: GridCell, row: Row, first: int) -> bool:
    """Whether a cell begins over the names and has its row to itself: a title that is as wide as its words."""
    return len(row) == 1 and cell.column < first and not is_year_heading(cell.text)


def _own_heading(lines: list[str]) -> Heading:
    """The heading that lines make. A price level of no year on a line of its own is none of the year below it.

    The last line may be its unit: "Indtægtsført", "bevilling", "mio. kr.".
    """
    heading = read_heading(join_lines(lines))
    if heading.unit is None and len(lines) > 1 and is_statement(lines[-1]) and heading.text.endswith(lines[-1]):
        note, before = unit_note(lines[-1]), len(heading.text) - len(lines[-1])
        heading = replace(heading, unit=note and replace(note, start=before + note.start, end=before + note.end))
    rest = [line for line in lines if not is_undated_level(line)]
    if heading.year is None and rest and len(rest) < len(lines):
        return replace(heading, year=year_of(join_lines(rest)))
    return heading


def _says_measure(heading: Heading, text: str) -> bool:
    return heading.measure == "unsaid" and read_heading(text).measure in {"fte", "position", "percent"}


def _under(heading: Heading, text: str) -> Heading:
    """A heading with what stands over it and its neighbours: "2023" under "Budget" is "Budget 2023".

    "2023" under "Afholdt t.o.m." is of no one year; nor is "1. kvartal" under "2023", as "1. kvartal 2023" is none.
    """
    over = read_heading(text)
    year = heading.year if heading.year is not None else over.year
    if is_part_of_year(heading.text) or (is_of_other_years(f"{text} {heading.text}") and not is_of_other_years(text)):
        year = None
    return replace(
        heading,
        text=f"{text} {heading.text}".strip(),
        year=year,
        role=heading.role or over.role,
        total=heading.total and over.year is None,
        measure=over.measure if heading.measure == "unsaid" else heading.measure,
        unit=heading.unit or over.unit,
    )


def _value_columns(found: list[Heading], body: list[dict[int, Value]], rows: list[Row]) -> list[ValueColumn]:
    """The columns of figures. ``rows`` are printed what ``body`` says: under a year, a figure before words counts."""
    columns = []
    dated = any(heading.year is not None for heading in found)
    counting = {NUMBER_KIND, REFUSED_KIND} if dated else {NUMBER_KIND}
    has_figures = any(value.kind in counting for row in body for value in row.values())
    for column, heading in enumerate(found[1:], 1):
        kinds = [row[column].kind for row in body if column in row]
        figures = kinds.count(NUMBER_KIND) + kinds.count(REFUSED_KIND)
        begun = sum(_BEGUN.match(row[column].text) is not None for row in rows if column in row)
        numbers = is_beside(heading.text) and any(later.year is not None for later in found[column + 1 :])
        numbers = numbers and all(_is_bare(row[column]) for row in body if column in row)
        if is_naming(heading.text) or numbers or not has_figures:
            continue
        dated = heading.year is not None or heading.total
        worded = kinds.count(TEXT_KIND)
        if dated and figures:
            worded -= sum(row[column].text.strip(" .*").casefold() in NO_FIGURE for row in rows if column in row)
        valued = (dated and (worded <= figures or 2 * (figures + begun) > figures + worded)) or (
            figures and figures >= worded
        )
        if valued and not numbers_names(found, rows, column):
            columns.append(ValueColumn(column, heading))
    return columns


def _is_bare(value: Value) -> bool:
    """Whether a cell may hold the number of an account or an area: digits alone, or no figure that is read."""
    digits = str(value.number)
    return value.kind is not NUMBER_KIND or (digits.isdigit() and value.end - value.start == len(digits))
