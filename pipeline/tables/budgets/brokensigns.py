"""Figures right below dashes that may be their signs: a narrow cell is broken behind the minus, as behind a hyphen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.tables.content.cells import MINUS, NUMBER_KIND, read_cell
from pipeline.tables.content.columns import Layout
from pipeline.tables.content.grid import Grid
from pipeline.tables.content.rows import continues

BELOW_SIGNS = "the dashes above its figures may be their signs"
SIGNS = frozenset(MINUS)


def rows_below_signs(grid: Grid, layout: Layout) -> Iterator[int]:
    """The numbers of the rows with figures without a sign below dashes, where the two lines may be one row.

    So they may where one of them has no name, or the name goes on from the upper one to the lower one.
    """
    columns = {column.column for column in layout.columns}
    above: dict[int, str] = {}
    for number, cells in enumerate(grid.rows):
        row = {cell.column: cell.text for cell in cells}
        signs = {column for column, text in above.items() if text in SIGNS and column in columns}
        unsigned = {column for column in signs if row.get(column, "")[:1].isdigit()}
        if unsigned and (row.keys() <= columns or (signs == unsigned and _may_go_on(above, row, signs, columns))):
            yield number
        above = row


def _may_go_on(above: Mapping[int, str], row: Mapping[int, str], signs: set[int], columns: set[int]) -> bool:
    """Whether nothing but dashes stands over the figures of a row, without a name or with the beginning of its own."""
    if any(read_cell(text).kind is NUMBER_KIND for column, text in above.items() if column in columns):
        return False
    upper, lower = (" ".join(text for n, text in each.items() if n not in columns) for each in (above, row))
    return above.keys() == signs or continues(upper, lower)
