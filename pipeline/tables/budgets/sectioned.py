"""Names of sections in a column of their own, each printed once: beside the first row under it, or over all of them."""

from __future__ import annotations

from pipeline.tables.budgets.checks import SUMS
from pipeline.tables.content.columns import Layout
from pipeline.tables.content.grid import Grid, GridCell, join_lines
from pipeline.tables.content.labels import role_of
from pipeline.tables.content.naming import holds_sections

_NO_SECTION = ""


def sections_over(grid: Grid, layout: Layout) -> dict[int, str]:
    """By the number of a row, the name of the section that it is in."""
    columns = layout.labels[:-1]
    cells = [cell for cell in grid.cells() if cell.column in columns and cell.row not in layout.headings]
    wide = [cell for cell in cells if cell.row_span > 1]
    merged = {row: cell.text for cell in wide for row in range(cell.row, cell.row + cell.row_span)}
    beside = {cell.column for cell in wide}
    alone = {cell.row: cell.text for cell in cells if cell.column in beside and _is_of_one_row(grid, layout, cell)}
    return {**alone, **merged} if merged else _printed_once(grid, layout)


def is_section(cell: GridCell, layout: Layout, section: str | None) -> bool:
    """Whether a cell is the name of the ``section`` that its row is in, and no name of the row."""
    told = cell.column in layout.labels[:-1] and cell.text == section
    return section is not None and (cell.row_span > 1 or told)


def _is_of_one_row(grid: Grid, layout: Layout, cell: GridCell) -> bool:
    """Whether a cell in a column of sections is the section of its own row, which has a name behind it."""
    named = any(other.column in layout.labels and other.column > cell.column for other in grid.rows[cell.row])
    return cell.row_span == cell.column_span == 1 and named and role_of(cell.text) not in SUMS


def _printed_once(grid: Grid, layout: Layout) -> dict[int, str]:
    """The sections of a column that is blank below each name. A sum that does not say the name may be of them all."""
    body = [n for n in range(len(grid.rows)) if layout.is_read(n)]
    rows = {n: {cell.column: cell for cell in grid.rows[n]} for n in body}
    named = layout.named
    begun = [
        column
        for column in sorted(layout.aside)
        if named is not None
        and column < named
        and holds_sections(_heading(grid, layout, column), list(rows.values()), column, named)
    ]
    if len(begun) != 1 or named is None:
        return {}
    found: dict[int, str] = {}
    section = _NO_SECTION
    for number, row in rows.items():
        text = row[begun[0]].text if begun[0] in row else _NO_SECTION
        name = row[named].text if named in row and row[named].text else text
        if role_of(name) in SUMS:
            section = section if section.casefold() in name.casefold() else _NO_SECTION
        elif text:
            section = text
        if section:
            found[number] = section
    return found


def _heading(grid: Grid, layout: Layout, column: int) -> str:
    return join_lines([c.text for n in sorted(layout.headings) for c in grid.rows[n] if c.column == column])
