"""Tables whose years stand down the first column, one a row, and not over the figures."""

from __future__ import annotations

from pipeline.tables.content.cells import NUMBER_KIND, read_cell
from pipeline.tables.content.grid import Grid, GridCell
from pipeline.tables.content.headings import is_year_heading
from pipeline.tables.content.naming import numbers_accounts

UNHEADED = "what heads its figures was not found"


def turned(grid: Grid) -> Grid | None:
    """The grid with rows and columns exchanged, if its first column is a list of years under a heading; else None.

    Where its first row is one of a year and its figures, too, what heads these was not found: they are all refused.
    """
    if any(len(row) == 1 and is_year_heading(row[0].text) for row in grid.rows[1:]):
        return None  # a year alone heads the rows below it
    first = [row[0].text for row in grid.rows[1:] if row and row[0].column == 0]
    corner = next((cell.text for cell in grid.rows[0][:1] if not cell.column), "")
    if len(first) < 2 or grid.width < 2 or numbers_accounts(corner, first):
        return None
    if any(c.row_span > 1 or c.column_span > 1 for c in grid.cells()):
        return None
    if sum(is_year_heading(text) for text in first) < 2 or not all(is_year_heading(t) or len(t) < 12 for t in first):
        return None
    rows: list[list[GridCell]] = [[] for _ in range(grid.width)]
    for cell in grid.cells():
        rows[cell.column].append(GridCell(cell.column, cell.row, cell.pieces))
    top = grid.rows[0]
    figures = [cell for cell in top[1:] if read_cell(cell.text).kind is NUMBER_KIND and not is_year_heading(cell.text)]
    headless = bool(figures) and is_year_heading(top[0].text)
    return Grid(rows, len(grid.rows), refused=dict.fromkeys(range(len(rows)), UNHEADED) if headless else {})
