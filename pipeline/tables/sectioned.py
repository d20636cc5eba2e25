"""Names of sections in a column of their own, each printed once: beside the first row under it, or over all of them."""

from __future__ import annotations

from pipeline.tables.checks import SUMS
from pipeline.tables.columns import Layout
from pipeline.tables.grid import Grid, join_lines
from pipeline.tables.labels import role_of
from pipeline.tables.naming import holds_sections

_NO_SECTION = ""


def sections_over(grid: Grid, layout: Layout) -> dict[int, str]:
    """By the number of a row, the name of the section that it is in."""
    merged = {
        row: cell.text
        for cell in grid.cells()
        if cell.row_span > 1 and cell.column in layout.labels[:-1] and cell.row not in layout.headings
        for row in range(cell.row, cell.row + cell.row_span)
    }
    return merged or _printed_once(grid, layout)


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
