"""What makes the figures of a whole table unsafe: foreign decimal marks, and headings that are printed twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Set
from decimal import Decimal
from itertools import pairwise

from pipeline.tables.content.cells import BLANK, MINUS, NUMBER_KIND, TEXT_KIND, Value, read_cell
from pipeline.tables.content.columns import Layout
from pipeline.tables.content.grid import Grid
from pipeline.tables.content.headings import DEVIATION, is_total_heading, is_year_heading
from pipeline.tables.content.labels import speaks_of_money
from pipeline.tables.content.naming import is_beside
from pipeline.tables.content.units import is_statement, unit_note

# "0.413", "1.5", "1250.75": no Danish figure, but an English one. "1.250" may then be either.
_DECIMAL_POINT = re.compile(
    rf"(?<![\w.,])(?<!pr\.\s)[{MINUS}+(]*(?:0\.\d+|\d{{1,3}}\.\d{{1,2}}|\d{{4,}}\.\d+)[)*]*(?![\w.,])"
)
_ONE_GROUP = re.compile(r"\d{1,3}\.\d{3}\b(?![.,]\d)")
# "1,250": a Danish figure with three decimals, or an English one with a group of thousands.
_THREE_DECIMALS = re.compile(r"(?<![\d.])[1-9]\d{0,2},\d{3}(?!\d)")
FEWEST_NAMES = 2
CENT = Decimal("0.01")
_WHOLE = re.compile(r"\bhele\s(?:kr|dkk)", re.IGNORECASE)
_GROUPED = re.compile(r"\d[.\s]\d{3},\d\d(?!\d)")
_POINT_GROUP = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.])")
_BLANK_GROUP = re.compile(rf"\d[{BLANK}]\d{{3}}(?!\d)")
FEWEST_POINTED = 2
"""Figures with points between their groups that show how those of a table are printed."""
_LONG_RUN, _LONGEST_RUN = re.compile(r"\d{10}"), re.compile(r"\d{13}")
"""Digits without a mark: amounts in thousands or millions, and in kroner, have fewer."""
_DANISH_COMMA = re.compile(r"(?<!\d)0,\d|\d,\d{1,2}(?!\d)|\d,\d{4}|\d\.\d{3},\d")


class Marks:
    """Which marks the figures of a table use: whether a lone point or comma in a figure is safe to read."""

    @classmethod
    def of(cls, grid: Grid, layout: Layout) -> Marks:
        """Those of the cells under the headings, and of refused rows; the point of a day in a heading is none."""
        columns = {column.column for column in layout.columns}
        cells = (cell for cell in grid.cells() if cell.row not in layout.headings)
        return cls(cell.text for cell in cells if cell.column in columns or cell.row in grid.refused)

    def __init__(self, texts: Iterable[str]) -> None:
        printed = "\n".join(texts)
        self._points = "." in printed and _DECIMAL_POINT.search(printed) is not None
        self._pointed = "." in printed and len(_POINT_GROUP.findall(printed)) >= FEWEST_POINTED
        self._commas = "," in printed and _DANISH_COMMA.search(printed) is not None

    def doubt(self, printed: str, factor: Decimal | None) -> str | None:
        """Why ``printed`` may not be read the Danish way, None if it may. ``factor``: the unit's, None for people."""
        if self._points and _ONE_GROUP.search(printed):
            return "has a point that is a decimal mark elsewhere in the table"
        if self._pointed and _BLANK_GROUP.search(printed):
            return "has a blank where those of its table have a point, and may be two figures"
        few = factor is not None and factor <= 1000
        if few and not self._commas and "," in printed and _THREE_DECIMALS.search(printed):
            return "has three digits after a comma that may be thousands"
        if factor is not None and (_LONG_RUN if factor > 1 else _LONGEST_RUN).search(printed):
            return "has more digits on end than an amount has, and may be several figures"
        return None


def in_parts(value: Value, unit: str) -> bool:
    """Whether a figure in kroner has decimals that kroner are not printed with, but for prices: two or none.

    ``unit``: what says the unit; "hele kr." have none, where the table is not one ``in_ore``.
    """
    return value.quantum != 1 and (value.quantum != CENT or _WHOLE.search(unit) is not None)


def in_ore(grid: Grid, layout: Layout) -> bool:
    """Whether all figures are kroner and øre: two decimals each but for naught, and most have groups of thousands."""
    columns = {column.column for column in layout.columns}
    cells = [cell for cell in grid.cells() if cell.column in columns and cell.row not in layout.headings]
    read = [(cell.text, read_cell(cell.text)) for cell in cells]
    figures = [text for text, value in read if value.kind is NUMBER_KIND and value.number and value.unit is None]
    even = all(value.quantum == CENT for _, value in read if value.kind is NUMBER_KIND and value.number)
    return even and 2 * sum(_GROUPED.search(text) is not None for text in figures) > len(figures)


def table_doubt(grid: Grid, layout: Layout) -> str | None:
    """Why no figure of a table is safe, None where they are."""
    if (heading := twice_headed(layout)) is not None:
        return f'"{heading}" stands over two columns, and what tells them apart is not said'
    if (printed := cut_heading(grid, layout)) is not None:
        return f'"{printed}" is a part of a heading; what it says of the columns is not read'
    if (printed := figures_in_headings(layout)) is not None:
        return f'"{printed}" is a heading and a figure, and whose it is cannot be told'
    if (printed := cut_unit(grid, layout)) is not None:
        return f'"{printed}" is a part of a unit; what the figures are counted in is not read'
    if (printed := parted_figure(grid, layout)) is not None:
        return f'"{printed}" may be one figure, and stands in two columns'
    if (printed := figure_in_names(grid, layout)) is not None:
        return f'"{printed}" is a figure among names; two tables may have been read as one'
    if (printed := named_again(grid, layout)) is not None:
        return f'"{printed}" names figures beside those of another name; two tables may have been read as one'
    return None


def twice_headed(layout: Layout) -> str | None:
    """The heading of a year that stands over two columns, as where two tables stand side by side; else None."""
    dated = [(c.heading.text.casefold(), c.heading.measure) for c in layout.columns if c.heading.year is not None]
    return next((text for (text, _), times in Counter(dated).items() if times > 1), None)


_OPEN_RANGE = re.compile(r".*\s(?:19|20)\d\d\s?[-–—/]")
_OPEN_BRACKET = re.compile(r"[^()]*\([^()]*")
_CUT_YEAR = re.compile(rf"(?:19|20)\d\d|[{MINUS}/]\s?(?:19|20)?\d\d")


_FIRST, _THREE = re.compile(rf"[{MINUS}+(]*\d{{1,3}}"), re.compile(rf"\d{{3}}(?:,\d+)?[{MINUS})]?")
_LAST_GROUP = re.compile(rf"[{MINUS}+(]*\d{{1,3}}(?:,\d+)?[{MINUS})]?")


def cut_heading(grid: Grid, layout: Layout) -> str | None:
    """What is printed of a heading that is not read to its end, so that the rest may stand among the figures.

    "I alt 2026-", "Ændring 2026-", "2026 (1.000"; or years, and nothing else, in a first row without a name.
    """
    for column in layout.columns:
        text = column.heading.text
        told = is_total_heading(text) or DEVIATION.fullmatch(text) is not None
        if _OPEN_BRACKET.fullmatch(text) or (told and _OPEN_RANGE.fullmatch(text)):
            return text
    first = next((row for n, row in enumerate(grid.rows) if n not in layout.headings and row), [])
    texts = [cell.text for cell in first]
    named = any(cell.column in layout.labels for cell in first)
    cut = layout.has_years and not named and any(_CUT_YEAR.fullmatch(text) for text in texts)
    return " ".join(texts) if cut and all(_CUT_YEAR.fullmatch(text) for text in texts) else None


_HEADED_FIGURE = re.compile(rf".*\b(?:19|20)\d\d[-–]?\s[{MINUS}+(]*\d[\d.,]*\d[{MINUS})]*")
_TWO_YEARS = re.compile(r"(?:19|20)\d\d[-–]?\s(?:19|20)\d\d")
_UNIT_START = re.compile(r"\(?1\.?000|\(?(?:hele|mio|mill|t)\.?", re.IGNORECASE)
_UNIT_END = re.compile(r"(?:(?:1\.?000|mio\.?|mill\.?)\s)?kr\.?\)?", re.IGNORECASE)


def figures_in_headings(layout: Layout) -> str | None:
    """The heading of a year with a figure behind it, where several are: the first row was read with the headings.

    A figure may look like a year: "2025 1950".
    """
    dated = [
        c.heading.text for c in layout.columns if c.heading.year is not None or _TWO_YEARS.fullmatch(c.heading.text)
    ]
    told = [text for text in dated if _HEADED_FIGURE.fullmatch(text) and unit_note(text) is None]
    return told[0] if len(told) > 1 else None


def cut_unit(grid: Grid, layout: Layout) -> str | None:
    """A unit broken over two lines: below the headings, "1000" over "kr.", or in the corner and right below it."""
    first = next((row for n, row in enumerate(grid.rows) if n not in layout.headings and row), [])
    corner = [cell.text for cell in layout.titles if cell.column in layout.labels]
    if len(first) == 1 and corner and _UNIT_START.fullmatch(corner[-1]) and _UNIT_END.fullmatch(first[0].text):
        return f"{corner[-1]} {first[0].text}"
    body = [row for n, row in enumerate(grid.rows) if n not in layout.headings and any(cell.text for cell in row)]
    figures = {column.column for column in layout.columns}
    for upper, lower in pairwise(body[:3]):
        above, below = ({cell.column: cell.text for cell in row if cell.text} for row in (upper, lower))
        if not above.keys() | below.keys() <= figures:
            continue
        if any(_UNIT_START.fullmatch(above.get(n, "")) and _UNIT_END.fullmatch(text) for n, text in below.items()):
            return " ".join([*above.values(), *below.values()])
    return None


def parted_figure(grid: Grid, layout: Layout) -> str | None:
    """Digits in a column without a heading and the three right of them, where all figures there may be so cut."""
    bare = [c.column for c in layout.columns if not c.heading.text and c.heading.year is None]
    headed = {c.column for c in layout.columns if c.heading.text}
    body = [{c.column: c.text for c in row} for n, row in enumerate(grid.rows) if n not in layout.headings]
    for column in bare:
        right = [row[column + 1] for row in body if column + 1 in headed and row.get(column + 1)]
        pairs = [(row[column], row.get(column + 1, "")) for row in body if row.get(column)]
        small = all(_LAST_GROUP.fullmatch(text) for text in right if read_cell(text).kind is NUMBER_KIND)
        if pairs and right and small and all(_FIRST.fullmatch(a) and _THREE.fullmatch(b) for a, b in pairs):
            return " ".join(pairs[0])
    return None


_SIGNED_NAME = re.compile(rf"[{MINUS}]\s?\d[\d.,]*\s[^\W\d_]{{2}}")
_FIGURE_NAME = re.compile(rf"[{MINUS}]\s?\d[\d.,]*|\d+,\d+")


def figure_in_names(grid: Grid, layout: Layout) -> str | None:
    """The figure that is a name by itself, where another stands before one: "-1,8" below "-125 Rengøring"."""
    names = [cell.text for cell in grid.cells() if cell.column in layout.labels and layout.is_read(cell.row)]
    if not any(map(_SIGNED_NAME.match, names)):
        return None
    return next(filter(_FIGURE_NAME.fullmatch, names), None)


def named_again(grid: Grid, layout: Layout) -> str | None:
    """The first name of a second column of names that stands between figures: in rows with figures on both sides.

    Under "Udvalg", "Bemærkning" it names no row, unless it does where nothing stands before it.
    """
    figures = {column.column for column in layout.columns}
    between = range(min(figures, default=0) + 1, max(figures, default=0))
    body = [{c.column: c.text for c in row if c.text} for n, row in enumerate(grid.rows) if n not in layout.headings]
    for column in sorted({*between} - figures - {layout.units}):
        left, right = _sides(figures, column)
        named = [row for row in body if _is_text(row.get(column, "")) and any(_is_figure(row, n) for n in right)]
        both = [row[column] for row in named if any(_is_figure(row, n) for n in left)]
        alone = [row[column] for row in named if min(row) == column]
        heading = " ".join(c.text for n in sorted(layout.headings) for c in grid.rows[n] if c.column == column)
        if len(both) >= FEWEST_NAMES and len({*both}) == len(both) and (alone or not is_beside(heading)):
            return both[0]
    return None


def _is_text(text: str) -> bool:
    return read_cell(text).kind is TEXT_KIND


def _sides(figures: set[int], column: int) -> tuple[set[int], set[int]]:
    return {n for n in figures if n < column}, {n for n in figures if n > column}


def _is_figure(row: dict[int, str], column: int) -> bool:
    return read_cell(row.get(column, "")).kind is NUMBER_KIND


def stray_columns(grid: Grid, layout: Layout) -> frozenset[int]:
    """Columns without a heading beside those of years, filled in few rows: two tables may have been read as one."""
    bare = {c.column for c in layout.columns if not c.heading.text and c.heading.year is None}
    if not bare or not layout.has_years:
        return frozenset()
    body = [row for n, row in enumerate(grid.rows) if n not in layout.headings]
    filled = Counter(c.column for row in body for c in row if read_cell(c.text).kind is NUMBER_KIND)
    most = max(filled.values(), default=0)
    return frozenset(n for n in bare if 2 * filled[n] < most)


def unit_headed(layout: Layout) -> frozenset[int]:
    """Columns beside those of years whose heading is the unit and nothing else: it may head the names of the rows."""
    if not layout.has_years:
        return frozenset()
    bare = [c for c in layout.columns if c.heading.year is None and not c.heading.total]
    return frozenset(c.column for c in bare if unit_note(c.heading.text) is not None and is_statement(c.heading.text))


def same_headed(layout: Layout) -> dict[str, frozenset[int]]:
    """Headings without a year that stand over several columns, "Budget" twice, with those columns."""
    columns: dict[str, set[int]] = {}
    for column in layout.columns:
        if column.heading.year is None and column.heading.text:
            columns.setdefault(column.heading.text, set()).add(column.column)
    return {text: frozenset(numbers) for text, numbers in columns.items() if len(numbers) > 1}


def heads_unread(layout: Layout, label: str) -> bool:
    """Whether a first row says the unit beside what no rule reads as headings: "Beløb i 1.000 kr.", "25", "26"."""
    bare = all(not column.heading.text for column in layout.columns)
    return bare and unit_note(label) is not None and is_statement(label)


FEWEST_LOST = 2
_BEFORE_WORDS = re.compile(rf"(?P<figure>[{MINUS}+(]?\d[\d.,]*\d[){MINUS}]?)\s[^\W\d_]")


def lost_figures(grid: Grid, layout: Layout) -> dict[str, list[str]]:
    """By its heading, the figures of a column under or behind the years that holds figures and words, and is not read.

    Two at least stand alone in their cells, and one of three digits or more before words: "-2347 Fuld virkning". Where
    the column behind has a heading and nothing under it, its words are in these cells.
    """
    last = max((c.column for c in layout.columns if c.heading.year is not None), default=None)
    known = {c.column for c in layout.columns} | {layout.units, *layout.labels}
    found = _under_years(grid, layout, known)
    for column in range(last + 1, grid.width) if last is not None else ():
        cells = [cell for cell in grid.cells() if cell.column == column]
        said = " ".join(cell.text for cell in cells if cell.row in layout.headings)
        texts = [cell.text for cell in cells if layout.is_read(cell.row)]
        alone = [text for text in texts if read_cell(text).kind is NUMBER_KIND and not _is_bare_year(text)]
        begun = [match["figure"] for text in texts if (match := _BEFORE_WORDS.match(text)) is not None]
        begun = [text for text in begun if sum(map(str.isdigit, text)) > 2 and not _is_bare_year(text)]
        if column not in known and len(alone) >= FEWEST_LOST and begun:
            found.setdefault(said, [*alone, *begun])
    return _with_words_of_next(grid, layout, known) | found


def _with_words_of_next(grid: Grid, layout: Layout, known: Set[int | None]) -> dict[str, list[str]]:
    """By its heading, the figures of a column that is not read, with the words of the next one behind each.

    Nothing stands under the next heading then, or it is printed close behind one that speaks of money.
    """
    headed = {cell.column: cell.text for n in sorted(layout.headings) for cell in grid.rows[n]}
    unread = headed.keys() - known
    body: dict[int, list[str]] = {}
    for cell in grid.cells() if unread else ():
        if layout.is_read(cell.row):
            body.setdefault(cell.column, []).append(cell.text)
    found: dict[str, list[str]] = {}
    for column in sorted(unread):
        begun = [match["figure"] for text in body.get(column, ()) if (match := _BEFORE_WORDS.match(text)) is not None]
        empty = column + 1 in headed and column + 1 not in body
        if len(begun) >= FEWEST_LOST and (empty or speaks_of_money(headed[column])):
            alone = [text for text in body[column] if read_cell(text).kind is NUMBER_KIND]
            found[headed[column]] = [*begun, *alone]
    return found


_GLUED = re.compile(rf"(?P<figure>[{MINUS}+(]?\d[\d.,]*)[A-ZÆØÅ][a-zæøå]")
_DATED = re.compile(r"(?:19|20)\d\d\b")


def _under_years(grid: Grid, layout: Layout, known: Set[int | None]) -> dict[str, list[str]]:
    """By its heading, the figures under a year that are not read: glued to words, or in a column with more words."""
    found: dict[str, list[str]] = {}
    heads = [cell for n in sorted(layout.headings - layout.sections) for cell in grid.rows[n] if cell.column_span == 1]
    dated = {c.column: c.text for c in heads if c.column and (is_year_heading(c.text) or _DATED.match(c.text))}
    for cell in grid.cells() if dated else ():
        if cell.column not in dated or not layout.is_read(cell.row) or cell.column in {layout.units, *layout.labels}:
            continue
        glued = _GLUED.match(cell.text)
        alone = cell.column not in known and read_cell(cell.text).kind is NUMBER_KIND and not _is_bare_year(cell.text)
        if glued or alone:
            found.setdefault(dated[cell.column], []).append(glued["figure"] if glued else cell.text)
    return found


_BEGUN = re.compile(rf"(?P<figure>[{MINUS}+(]?\d[\d.,]*[){MINUS}]?)\s(?!pct|procent)[^\W\d_]")
_TELLING = re.compile(rf"[{MINUS}+(,.]|\d{{3}}")


def figures_in_remarks(grid: Grid, layout: Layout) -> list[str]:
    """Figures at the beginning of remarks whose own column, the last one before them, is blank in these rows.

    One has a sign, a mark or three digits: "12 pladser" is a remark.
    """
    last = max((c.column for c in layout.columns), default=None)
    if last is None or not layout.has_years or last + 1 in {layout.units, *layout.labels}:
        return []
    rows = [{cell.column: cell.text for cell in row} for n, row in enumerate(grid.rows) if layout.is_read(n)]
    blank = [row[last + 1] for row in rows if last + 1 in row and not row.get(last)]
    found = [match["figure"] for text in blank if (match := _BEGUN.match(text)) is not None]
    filled = any(read_cell(row.get(last, "")).kind is NUMBER_KIND for row in rows)
    return found if filled and any(map(_TELLING.search, found)) and not all(map(_is_bare_year, found)) else []


def _is_bare_year(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", text) is not None


BESIDE_UNIT = "a unit stands beside its name, so that two tables may have been read as one"


def rows_beside_units(grid: Grid, layout: Layout) -> frozenset[int]:
    """The rows with a unit where names begin and a name behind it: what is said over another table stands beside them.

    A unit in most rows is a column of units.
    """
    found: set[int] = set()
    named = 0
    for number, row in enumerate(grid.rows if len(layout.labels) > 1 else ()):
        names = [cell.text for cell in row if cell.column in layout.labels] if layout.is_read(number) else []
        if len(names) > 1 and is_statement(names[0]) and unit_note(names[0]) is not None:
            values = layout.values(number, {cell.column: cell for cell in row})
            found |= {number} if any(value.number is not None for value in values.values()) else set()
        named += bool(names)
    return frozenset(found if 2 * len(found) < named else ())
