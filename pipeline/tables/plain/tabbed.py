"""Tables of lines whose cells tabs part, as those of a page are, under headings of any kind.

A tab begins a cell, whatever is blank: a figure is of its cell's column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.grid import Grid, GridCell, TextLine
from pipeline.tables.content.headings import DEVIATION, is_year_heading, read_heading
from pipeline.tables.content.rows import is_prose, starts_section
from pipeline.tables.content.spread import Token, tab_fields
from pipeline.tables.content.units import unit_note
from pipeline.tables.plain.lines import PlainLine
from pipeline.tables.plain.newheads import heads_below

MOST_ROWS = 2_000
FIRST_ROWS = 40
"""Lines that are looked at before all are: what is no table costs no more."""
LONGEST_HEAD = 4
"""Lines of headings above the first figures."""
_FIGURES = {Kind.NUMBER, Kind.REFUSED}
Fields = list[list[Token]]


@dataclass(slots=True)
class _Row:
    """A line by its cells, also the blank ones."""

    fields: Fields
    headed: bool = False
    """It may head another table."""

    def balance(self) -> dict[int, int]:
        """By columns behind the first 1 for a figure, -1 for words."""
        kinds = [(n, _kind(field)) for n, field in enumerate(self.fields) if n and field]
        return {n: 1 if kind in _FIGURES else -1 for n, kind in kinds if kind in _FIGURES or kind is Kind.TEXT}

    @property
    def figures(self) -> int:
        """How many cells after the first hold a figure; a year is none."""
        return sum(_kind(field) in _FIGURES and not is_year_heading(_text(field)) for field in self.fields[1:])

    @property
    def years(self) -> int:
        """How many cells after the first hold a bare year, which may be a figure."""
        return sum(_kind(field) is Kind.NUMBER and is_year_heading(_text(field)) for field in self.fields[1:])


def tabbed_grid(lines: Sequence[PlainLine], at: int) -> tuple[Grid, int] | None:
    """The table whose headings are ``lines[at]``, and the number of the line after it; None where none begins.

    One with a line of years is left to whoever reads those.
    """
    if not _may_head(lines[at]):
        return None
    if _read(_rows(lines[at : at + FIRST_ROWS])) is None:
        return None
    rows = _rows(lines[at : at + MOST_ROWS])
    grid = _read(rows)
    return (grid, at + len(rows)) if grid is not None else None


def _read(rows: Sequence[_Row]) -> Grid | None:
    first = next((n for n, row in enumerate(rows) if row.figures), 0)
    width = max((len(row.fields) for row in rows), default=0)
    if not 0 < first <= LONGEST_HEAD or max(len(row.fields) for row in rows[:first]) < width:
        return None
    return _grid(rows, width) if _is_headed(rows, first, width) else None


def _may_head(line: PlainLine) -> bool:
    """Cells beside each other of which none is a figure; a year is a heading."""
    if "\t" not in line.text or "|" in line.text:
        return False
    texts = [_text(field) for field in tab_fields(line.start, line.text) if field]
    return not any(read_cell(t).kind is Kind.NUMBER and not is_year_heading(t) and not unit_note(t) for t in texts)


def _rows(lines: Sequence[PlainLine]) -> list[_Row]:
    """The heading and the lines below it, down to the last with figures; none where one of them is a line of years."""
    rows: list[_Row] = []
    balance: Counter[int] = Counter()  # of each column behind the first: how many more figures than words it has
    kept = 0
    for number, line in enumerate(lines):
        if (not kept and len(rows) > LONGEST_HEAD) or line.blank or "|" in line.text:
            break
        if line.years is not None and not _is_below_more(line, rows):
            return rows[:kept]
        row = _Row(tab_fields(line.start, line.text))
        if len(row.fields) < 2 and (is_prose(line.text) or starts_section(line.text)):
            break
        texts = [_text(field) for n, field in enumerate(row.fields) if field and balance[n] > 0]
        if kept and not row.figures and (heads := heads_below(lines, number, texts)) is not None:
            if heads == "surely":
                break
            row.headed = True
        if kept or row.figures:
            balance.update(row.balance())
        rows.append(row)
        kept = len(rows) if row.figures or (kept and row.years > 1) else kept
    return rows[:kept]


def _is_below_more(line: PlainLine, above: Sequence[_Row]) -> bool:
    """Whether years are the second line of headings of which one has none: "Budget", "Regnskab", "Afvigelse"."""
    if line.years is None or len(above) != 1 or "\t" not in line.text:
        return False
    words, years = (sum(map(bool, fields[1:])) for fields in (above[0].fields, tab_fields(line.start, line.text)))
    return words > years == len(line.years.groups) and not above[0].years


def _is_headed(rows: Sequence[_Row], first: int, width: int) -> bool:
    """Whether a column has more figures than words, below a heading; of two columns one that speaks of money."""
    heads: list[str] = []
    for column in range(1, width):
        kinds = [_kind(row.fields[column]) for row in rows[first:] if column < len(row.fields)]
        if kinds.count(Kind.NUMBER) > kinds.count(Kind.TEXT):
            named = [row.fields[column] for row in rows[:first] if column < len(row.fields)]
            heads.append(" ".join(_text(field) for field in named if field))
    if not any(heads) or any(_text(row.fields[0]).endswith(":") for row in rows):
        return False
    return width > 2 or any(map(_speaks_of_money, heads))


def _speaks_of_money(text: str) -> bool:
    heading = read_heading(text)
    told = heading.year is not None or heading.total or heading.role is not None or heading.unit is not None
    return told or DEVIATION.fullmatch(text) is not None


def _grid(rows: Sequence[_Row], width: int) -> Grid:
    """Each cell in the column that its tabs say; a row of figures that lacks tabs is refused."""
    short = {n for n, row in enumerate(rows) if 1 < len(row.fields) < width and row.figures}
    table = [[row.fields[0], [*chain(*row.fields[1:])]] if n in short else row.fields for n, row in enumerate(rows)]
    cells = [
        [
            GridCell(number, column, [_piece(field)], 1, width - 1 if column and number in short else 1)
            for column, field in enumerate(fields)
            if field
        ]
        for number, fields in enumerate(table)
    ]
    refused = {n: f"its line has {len(rows[n].fields)} cells, the headings have {width}" for n in short}
    first = next((n for n, row in enumerate(rows) if row.headed), len(rows))
    if first < len(rows):
        above = f'"{" ".join(_text(field) for field in rows[first].fields if field)}" above it may head another table'
        refused |= {n: above for n in range(first + 1, len(rows)) if rows[n].figures}
    return Grid(cells, width, refused=refused, ruled=True)


def _piece(tokens: Sequence[Token]) -> TextLine:
    return TextLine(_text(tokens), ((tokens[0][0], tokens[-1][1]),))


def _kind(tokens: Sequence[Token]) -> Kind:
    return read_cell(_text(tokens)).kind


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(token[2] for token in tokens)
