"""The grid as it is printed: every place of it, the empty ones too, for the contract's ``cells``."""

from __future__ import annotations

from corpus.model import Cell
from pipeline.tables.content.columns import Layout
from pipeline.tables.content.grid import Grid


def printed_cells(grid: Grid, layout: Layout) -> list[list[Cell]]:
    """Every place of the grid, the empty ones with "", but for places under a cell that spans them."""
    covered = {
        (row, column)
        for cell in grid.cells()
        if cell.row_span > 1 or cell.column_span > 1
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    printed = {(cell.row, cell.column): cell for cell in grid.cells()}
    rows = []
    for row in range(len(grid.rows)):
        header = row in layout.headings
        cells = []
        for column in range(grid.width):
            if (cell := printed.get((row, column))) is not None:
                cells.append(
                    Cell(
                        text=cell.text,
                        row=row,
                        column=column,
                        row_span=cell.row_span,
                        column_span=cell.column_span,
                        page=cell.page,
                        bbox=cell.box,
                        header=header,
                    )
                )
            elif (row, column) not in covered:
                cells.append(Cell(text="", row=row, column=column, header=header))
        rows.append(cells)
    return rows
