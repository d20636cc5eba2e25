"""Tables that the format itself marks, with cells over several rows and columns: their grid is known, not found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.reading import Reading, TableCell
from pipeline.tables.content.grid import Grid, GridCell, TextLine
from pipeline.tables.plain.finder import around, find_grids


def text_grids(reading: Reading) -> Iterator[Grid]:
    """The grids of a text in print order: those that are marked, and between them those that its lines show."""
    text, ends, reached = reading.text, reading.table_ends, 0
    for cells in reading.tables:
        start, end = cells[0].start, max(cell.end for cell in cells)
        yield from find_grids(text, reached, start, [place for place in ends if reached < place < start])
        yield _grid(text, reached, cells)
        reached = end
    yield from find_grids(text, reached, None, [place for place in ends if place > reached])


def _grid(text: str, floor: int, cells: Sequence[TableCell]) -> Grid:
    rows: list[list[GridCell]] = [[] for _ in range(1 + max(cell.row for cell in cells))]
    for cell in cells:
        piece = TextLine(text[cell.start : cell.end], ((cell.start, cell.end),))
        rows[cell.row].append(GridCell(cell.row, cell.column, [piece], cell.row_span, cell.column_span))
    width = max(cell.column + cell.column_span for cell in cells)
    grid = Grid(rows, width, ruled=True)
    grid.above, grid.below = around(text, floor, cells[0].start, max(cell.end for cell in cells))
    return grid
