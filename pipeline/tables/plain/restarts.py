"""Years below figures head another table: what stands under "2027" there does not belong to 2025 above.

So do words over all figures of a table without years, "Anlæg" and "Drift" below "Drift" and "Anlæg". So do the same
years again beside another unit or measure: "Mio. kr." below "1.000 kr.", "Årsværk" below kroner. But in
a table of sections, each with its name over its rows, a section may print the years again beside its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.grid import Grid, GridCell, TextLine, union
from pipeline.tables.content.labels import measure_of
from pipeline.tables.content.reheaded import heads_anew, says_money
from pipeline.tables.content.units import unit_note
from pipeline.tables.content.yearrows import DOUBTFUL, YearRows, are_amounts, is_year_row, years_among
from pipeline.tables.content.years import years_in
from pipeline.tables.plain.newheads import dated_heads

ENOUGH = 100
"""Rows above a section that it is held against."""
HEADED = "headings above it may be those of another table"
FARTHER = 1.6
SAME = 1.1
"""The room above a section is at most so many times that between rows, or that above any of them."""


def parted(grid: Grid) -> list[Grid]:
    """The grid, cut above each row of years below figures that are other ones or of another unit, or of headings."""
    if cuts := dated_heads(grid):
        first, *others = _cut(grid, [0, *cuts])
        for part in others:
            part.above = [line for line in part.above if unit_note(line.text) is None]
        if others:
            return [each for part in (first, *others) for each in parted(part)]
        grid.refused |= {n: HEADED for n in range(cuts[0] + 1, len(grid.rows)) if _has_figures(grid.rows[n])}
    among = years_among(grid.rows)
    grid.refused |= _doubted(grid, among) | grid.refused
    cuts = [0] if among.headings else [0, *_of_words(grid)]
    if len(cuts) > 1:
        return _cut(grid, cuts)
    known: list[int] = []
    said: set[tuple[object, ...]] = set()
    for number, row in enumerate(grid.rows):
        years = years_in(cell.text for cell in row) if number in among.headings else []
        if len(years) < 2 or (known and are_amounts([cell.text for cell in row], [str(year) for year in known])):
            continue
        says = _says(row)
        anew = (bool(says) and says != said) or (not grid.ruled and _is_named_anew(grid, cuts[-1], row))
        other = years != known or (anew and not _is_section(grid, cuts[-1], number))
        if other and any(_has_figures(grid.rows[n]) for n in range(cuts[-1], number)):
            cuts.append(_with_words_over(grid, number))
            said = set()
        known, said = years, says or said
    return _cut(grid, cuts)


def _doubted(grid: Grid, among: YearRows) -> dict[int, str]:
    """The rows that may be years as well, and those below such a row under other years, which may be of these."""
    found = dict.fromkeys(among.doubtful, DOUBTFUL)
    heads = [n for n in sorted(among.doubtful) if any(heading < n for heading in among.headings)]
    if heads:
        last = next((n for n in sorted(among.headings) if n > heads[0]), len(grid.rows))
        found = dict.fromkeys((n for n in range(heads[0] + 1, last) if _has_figures(grid.rows[n])), HEADED) | found
    return found


def _with_words_over(grid: Grid, number: int) -> int:
    """The first row of headings that end in a row of years: words right above it, over two at least, "Ultimo"."""
    while number > 1:
        over = [cell.text for cell in grid.rows[number - 1] if cell.column and cell.text]
        if len(over) < 2 or any(read_cell(text).kind is not Kind.TEXT for text in over):
            break
        number -= 1
    return number


def _cut(grid: Grid, cuts: Sequence[int]) -> list[Grid]:
    """The parts of a grid that begin at the rows ``cuts``; all of it where a cell reaches over one."""
    if len(cuts) == 1 or any(cell.row < cut < cell.row + cell.row_span for cell in grid.cells() for cut in cuts):
        return [grid]
    return [_part(grid, start, end) for start, end in zip(cuts, [*cuts[1:], len(grid.rows)], strict=True)]


def _of_words(grid: Grid) -> list[int]:
    """The rows that head those below them in words, one at least of money, in a table without years."""
    cuts: list[int] = []
    numbers = [n for n, row in enumerate(grid.rows) if _has_figures(row)]
    start, first = 0, next(iter(numbers), 0)
    for above, below in pairwise(numbers):
        row = grid.rows[below - 1]
        if below - above < 2 or not any(says_money(cell.text) for cell in row if cell.column):
            continue
        known = {(cell.column, cell.text) for each in grid.rows[start:first] for cell in each}
        again = all((cell.column, cell.text) in known for cell in row if cell.column)
        if not again and heads_anew(grid.rows[first : above + 1], row, grid.rows[below:]):
            cuts.append(below - 1)
            start, first = below - 1, below
    return cuts


def _corner(row: Sequence[GridCell]) -> str:
    return row[0].text if row and row[0].column == 0 and not years_in([row[0].text]) else ""


def _is_named_anew(grid: Grid, start: int, row: Sequence[GridCell]) -> bool:
    """Whether the corner beside years says something else than that of the years above it."""
    first = next((above for above in grid.rows[start:] if is_year_row(above)), row)
    return bool(_corner(row)) and _corner(row) != _corner(first)


def _is_section(grid: Grid, start: int, number: int) -> bool:
    """Whether a row of years begins a section of a table that is made of such: no farther from the row above than rows
    are, it states no unit, and a name without figures stands right under the heading of the table too."""
    row = grid.rows[number]
    if not _corner(row) or any(unit_note(cell.text) for cell in row):
        return False
    head = next(n for n in range(start, number + 1) if is_year_row(grid.rows[n]))
    first = grid.rows[head + 1] if head < number else []
    return [cell.column for cell in first] == [0] and _is_close(grid, max(head, number - ENOUGH), number)


def _is_close(grid: Grid, first: int, number: int) -> bool:
    """Whether a row stands below the one above it as rows of its page down from ``first`` do, or a little lower."""
    rows = [row for row in grid.rows[first : number + 1] if row]
    boxes = [(row[0].page, box) for row in rows if (box := union(cell.box for cell in row)) is not None]
    height = min((box[3] - box[1] for _, box in boxes), default=0)
    pairs = [(upper, lower) for (page, upper), (after, lower) in pairwise(boxes) if page == after]
    pitches = [lower[1] - upper[3] + height for upper, lower in pairs]
    return not pitches or pitches[-1] <= max(FARTHER * median(pitches), SAME * max(pitches[:-1], default=0))


def _says(row: Sequence[GridCell]) -> set[tuple[object, ...]]:
    """The units and the measures that stand beside years."""
    texts = [cell.text for cell in row if not years_in([cell.text])]
    units = {(note.unit,) for text in texts if (note := unit_note(text)) is not None}
    return units | {(measure,) for text in texts if (measure := measure_of(text, heading=True)) != "unsaid"}


def _has_figures(row: Sequence[GridCell]) -> bool:
    texts = [cell.text for cell in row if cell.column]
    figures = any(read_cell(text).kind is Kind.NUMBER and unit_note(text) is None for text in texts)
    return figures and not is_year_row(list(row))


def _above(grid: Grid, start: int) -> list[TextLine]:
    """What stands over the part from row ``start`` on. A unit stated for the tables above holds if it has none itself.

    The headings of the first table that state a unit say it for those below, too; without drawn lines around them all,
    only for those that have no name of their own in the corner.
    """
    if start == 0 or (not grid.ruled and _corner(grid.rows[start])):
        return [line for line in grid.above if start == 0 or unit_note(line.text) is None]
    if _says(grid.rows[start]):
        return [line for line in grid.above if unit_note(line.text) is None]
    first = next((n for n, row in enumerate(grid.rows) if is_year_row(row)), 0)
    cells = [cell for row in grid.rows[: first + 1] for cell in row if unit_note(cell.text) is not None]
    return grid.above + [piece for cell in cells for piece in cell.pieces]


def _part(grid: Grid, start: int, end: int) -> Grid:
    rows = [
        [GridCell(cell.row - start, cell.column, cell.pieces, cell.row_span, cell.column_span) for cell in row]
        for row in grid.rows[start:end]
    ]
    return replace(
        grid,
        rows=rows,
        above=_above(grid, start),
        again=grid.again if start == 0 else [],
        refused={number - start: why for number, why in grid.refused.items() if start <= number < end},
        read=None,
    )
