"""Headings that stand at the left of their columns while figures stand at the right: "I alt" ends before they begin.

A sheet prints words at the left of a cell and figures at its right. Where both share a stretch of the line their column
is known; where a short heading and short figures share none, each is taken for a column of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from corpus.model import Box
from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.grid import Grid, GridCell
from pipeline.tables.content.headings import is_year_heading

FEWEST = 2
"""So many years at least show how the headings of a row stand."""
NARROWER, WIDER = 0.7, 1.6
"""A column is so many times as wide as those of the years, from where its heading begins to where its figures end."""
DEEPEST = 4


def with_left_heads(grid: Grid) -> Grid:
    """The same grid, where a heading without figures and the figures right of it, without a heading, are one column.

    The headings of the years beside it must all stand so: left of where figures begin, and as far from their end.
    """
    number = next((n for n, row in enumerate(grid.rows[:DEEPEST]) if _years(row)), None)
    loose = [] if number is None or grid.ruled else _loose(grid, number)
    if number is None or not loose or any(c.row_span > 1 or c.column_span > 1 for c in grid.cells()):
        return grid
    for head in sorted(loose, key=lambda cell: -cell.column):
        if _stands_left(grid, number, head):
            for cell in grid.cells():
                cell.column -= cell.column > head.column
            grid.width -= 1
    return grid


def _years(row: Sequence[GridCell]) -> list[GridCell]:
    dated = [cell for cell in row if cell.column and is_year_heading(cell.text) and cell.box is not None]
    return dated if len(dated) >= FEWEST else []


def _loose(grid: Grid, number: int) -> list[GridCell]:
    """The headings of a row with nothing below them, each beside a column of figures with nothing above these."""
    above = {cell.column for row in grid.rows[: number + 1] for cell in row}
    last = [cell for cell in grid.rows[number] if cell.column and cell.column + 1 not in above]
    if all(cell.column + 1 >= grid.width for cell in last):
        return []  # as in most tables
    filled = Counter([cell.column for row in grid.rows for cell in row])
    return [cell for cell in last if filled[cell.column] == 1 and filled[cell.column + 1]]


def _stands_left(grid: Grid, number: int, head: GridCell) -> bool:
    years = [cell for cell in _years(grid.rows[number]) if cell.column != head.column]
    shown = [(cell.box, boxes) for cell in years if (boxes := _figures(grid, number, cell.column))]
    own = _figures(grid, number, head.column + 1)
    if len(shown) < FEWEST or not own or head.box is None:
        return False
    reaches = [_reach(box, boxes) for box, boxes in shown if box is not None]
    reach, usual = _reach(head.box, own), median(reaches)
    even = all(NARROWER * usual <= each <= WIDER * usual for each in (*reaches, reach))
    left = all(box is not None and box[0] < min(b[0] for b in boxes) and box[2] < _end(boxes) for box, boxes in shown)
    return even and left and head.box[2] < median(box[0] for box in own)


def _figures(grid: Grid, number: int, column: int) -> list[Box]:
    """The boxes of a column's figures on the page of its heading; none where words stand among them."""
    cells = [cell for row in grid.rows[number + 1 :] for cell in row if cell.column == column]
    page = grid.rows[number][0].page
    if any(read_cell(cell.text).kind is Kind.TEXT for cell in cells):
        return []
    return [box for cell in cells if cell.page == page and (box := cell.box) is not None]


def _reach(head: Box, boxes: Sequence[Box]) -> float:
    return _end(boxes) - head[0]


def _end(boxes: Sequence[Box]) -> float:
    return median(box[2] for box in boxes)
