"""The tables of a PDF: drawn and borderless ones page by page, joined where they go on overleaf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Box
from corpus.reading import Page, Reading
from pipeline.tables.borderless import Heads, borderless_grids
from pipeline.tables.columns import is_year_row
from pipeline.tables.grid import Grid, GridCell, union
from pipeline.tables.ruled import ruled_grids
from pipeline.tables.signs import with_signs
from pipeline.tables.surroundings import people_said
from pipeline.tables.units import unit_note
from pipeline.tables.words import PageLine, page_lines

CONTEXT_LINES = 8
SAME_EDGE = 3.0
WIDE = 0.9
"""A gap of more than this many line heights parts the notes of one table from the headings of the next."""
MARGIN_LINES = 2
"""Lines at the head and foot of a page that may stand between two halves of a table (page number, running title)."""


@dataclass(slots=True)
class Placed:
    """A grid with its lines on the page; ``last_on_page``: nothing but a foot follows it."""

    grid: Grid
    first: int
    last: int
    heads: Heads


def page_grids(reading: Reading) -> list[Grid]:
    """Every table of the pages that have words, in print order."""
    grids: list[Grid] = []
    carried: Placed | None = None
    for page in reading.pages:
        lines = with_signs(page_lines(page, reading.text))
        placed = _on_page(page, lines, carried.heads if carried else [])
        _add_context(placed, lines)
        if carried is not None and placed and _goes_on(carried, placed[0], lines):
            _append(carried.grid, placed[0].grid)
            grids += [p.grid for p in placed[1:]]
            placed[0].grid = carried.grid
        else:
            grids += [p.grid for p in placed]
        carried = placed[-1] if placed and placed[-1].last >= len(lines) - 1 - MARGIN_LINES else None
    return grids


def _on_page(page: Page, lines: Sequence[PageLine], heads: Heads) -> list[Placed]:
    placed = []
    boxes: list[Box] = []
    for grid, box in ruled_grids(page, lines):
        inside = [n for n, line in enumerate(lines) if _inside(line, box)]
        if inside:
            first = _with_heading(grid, lines, inside[0])
            boxes.append((box[0], min(box[1], lines[first].box[1]), box[2], box[3]))
            placed.append(Placed(grid, first, inside[-1], []))
    free = [(n, line) for n, line in enumerate(lines) if not any(_inside(line, box) for box in boxes)]
    numbers = [n for n, _ in free]
    for found in borderless_grids([line for _, line in free], page.rulings, heads if not boxes else []):
        placed.append(Placed(found.grid, numbers[found.first], numbers[found.last], found.heads))
    return sorted(placed, key=lambda p: p.first)


def _with_heading(grid: Grid, lines: Sequence[PageLine], first: int) -> int:
    """Put a line of years that stands right above a grid on top of it; the number of the table's first line."""
    line = lines[first - 1] if first else None
    if line is None or line.years < 1 or any(is_year_row(row) for row in grid.rows):
        return first
    if lines[first].box[1] - line.box[3] > 1.5 * line.height:
        return first
    columns = [
        union(p.box for row in grid.rows for c in row if c.column == n for p in c.pieces) for n in range(grid.width)
    ]
    cells: list[GridCell] = []
    for segment in line.segments:
        over = [n for n, box in enumerate(columns) if box and segment.x0 < box[2] and box[0] < segment.x1]
        if len(over) != 1 or any(cell.column == over[0] for cell in cells):
            return first
        cells.append(GridCell(0, over[0], [segment.piece()]))
    for cell in grid.cells():
        cell.row += 1
    grid.rows.insert(0, cells)
    return first - 1


def _inside(line: PageLine, box: Box) -> bool:
    x0, _, x1, _ = line.box
    return box[1] <= line.centre <= box[3] and x0 < box[2] and box[0] < x1


def _add_context(placed: Sequence[Placed], lines: Sequence[PageLine]) -> None:
    floor = 0
    for position, table in enumerate(placed):
        after = placed[position + 1].first if position + 1 < len(placed) else None
        above = lines[max(floor, table.first - CONTEXT_LINES) : table.first]
        table.grid.above = [line.piece() for line in above]
        end, floor = (len(lines), 0) if after is None else _parting(lines, table.grid, table.last, after)
        table.grid.below = [line.piece() for line in lines[table.last + 1 : min(end, table.last + 5)]]


def _parting(lines: Sequence[PageLine], grid: Grid, last: int, first: int) -> tuple[int, int]:
    """Of the lines between two tables: where those of the upper one end, and where those of the lower one begin.

    A gap parts them. Where it stands only above the lower table's years, or nowhere, they are the lower one's; both
    get them if the upper one has not said its unit.
    """
    wide = [n for n in range(last + 1, first + 1) if lines[n].box[1] - lines[n - 1].box[3] > WIDE * lines[last].height]
    if wide and wide[0] < first:
        return wide[0], wide[0]
    said = [piece.text for piece in grid.above] + [cell.text for row in grid.rows[:3] for cell in row]
    known = any(unit_note(text) is not None for text in said)
    return (last + 1 if known else first), last + 1


def _goes_on(before: Placed, after: Placed, lines: Sequence[PageLine]) -> bool:
    """A page's first table goes on with the last of the page before: same columns, and the same heading or none."""
    if after.first > MARGIN_LINES + 1 or before.grid.width != after.grid.width or before.grid.ruled != after.grid.ruled:
        return False
    if len(before.grid.edges) != len(after.grid.edges):
        return False
    same = all(abs(a - b) <= SAME_EDGE for a, b in zip(before.grid.edges, after.grid.edges, strict=True))
    if not _says_the_same(before.grid, after.grid, [line.text for line in lines[: after.first]]):
        return False
    heading = next((row for row in after.grid.rows[:3] if is_year_row(row)), None)
    if heading is None:
        return same or bool(after.heads and after.heads == before.heads)
    old = next((row for row in before.grid.rows if is_year_row(row)), None)
    return old is not None and [c.text for c in old if c.column] == [c.text for c in heading if c.column]


def _says_the_same(before: Grid, after: Grid, above: Sequence[str]) -> bool:
    """False where the second page says another unit than the first, or of what it is a table."""
    old = [piece.text for piece in before.above] + [cell.text for row in before.rows[:4] for cell in row]
    new = [*above, *(cell.text for row in after.rows[:3] for cell in row)]
    said = {(note.unit.factor, note.unit.currency) for text in old if (note := unit_note(text)) is not None}
    units = {(note.unit.factor, note.unit.currency) for text in new if (note := unit_note(text)) is not None}
    people = any(people_said(text) in {"fte", "position"} and text not in old for text in above)
    return units <= said and not people


def _append(grid: Grid, more: Grid) -> None:
    """Add the rows of the next page; heading rows printed again are dropped."""
    known = {tuple(cell.text for cell in row) for row in grid.rows[:4]}
    rows = [row for row in more.rows if tuple(cell.text for cell in row) not in known]
    shift = {id(row): n for n, row in enumerate(more.rows)}
    for row in rows:
        number = len(grid.rows)
        if shift[id(row)] in more.refused:
            grid.refused[number] = more.refused[shift[id(row)]]
        grid.rows.append([GridCell(number, c.column, c.pieces, c.row_span, c.column_span) for c in row])
    grid.below = more.below
