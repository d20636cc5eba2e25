"""A table whose other half was set by itself: as wide as the first, with columns of its own, drawn or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.grid import Grid, GridCell
from pipeline.tables.content.labels import plain, role_of

SAME_SIDE = 3.0
INDENT = 6.0
FEWEST_COLUMNS = 4
"""Tables of fewer columns are alike by chance."""
COUNTED = frozenset({Kind.NUMBER, Kind.REFUSED, Kind.NIL})


def is_set_anew(before: Grid, after: Grid) -> bool:
    """Whether the rows of a drawn grid without a heading are more of the table at the end of the page before.

    Both are equally wide and have as many columns, of which the same hold figures; no total has ended the first.
    """
    if not (before.ruled and after.ruled) or before.width != after.width or before.width < FEWEST_COLUMNS:
        return False
    sides = ((before.edges[n], after.edges[n]) for n in (0, -1)) if before.edges and after.edges else ()
    if not before.edges or len(before.edges) != len(after.edges) or any(abs(a - b) > SAME_SIDE for a, b in sides):
        return False
    if not after.rows or any(role_of(cell.text) == "total" for cell in before.rows[-1]):
        return False
    usual = Counter(found for row in before.rows if len(found := _figures(row)) > 1).most_common(1)
    first = next((found for row in after.rows if len(found := _figures(row)) > 1), None)
    return bool(usual) and usual[0][0] == first and usual[0][1] > 1


def is_moved(before: Grid, after: Grid) -> bool:
    """Whether rows without a heading, below the years of the page before, are more of its table in other columns.

    Both begin and end in the same places and have as many columns; if a total ends the first, it is that of a section.
    """
    if before.ruled or after.ruled or len(before.edges) != len(after.edges) or len(before.edges) < FEWEST_COLUMNS - 1:
        return False
    left, other = _left(before), _left(after)
    if left is None or other is None or abs(left - other) > INDENT:
        return False
    if abs(before.edges[-1] - after.edges[-1]) > SAME_SIDE:
        return False
    names = {plain(row[0].text) for row in before.rows[:-1] if row}
    last = before.rows[-1][0].text if before.rows and before.rows[-1] else ""
    return role_of(last) != "total" or plain(last).removesuffix(" i alt") in names


def _left(grid: Grid) -> float | None:
    """Where the first names of rows begin."""
    return min((cell.box[0] for cell in grid.cells() if not cell.column and cell.box is not None), default=None)


def _figures(row: Sequence[GridCell]) -> tuple[int, ...]:
    """The columns of a row that hold figures, behind the first column of words."""
    kinds = {cell.column: read_cell(cell.text).kind for cell in row if cell.column_span == 1}
    named = min((column for column, kind in kinds.items() if kind is Kind.TEXT), default=-1)
    return tuple(sorted(column for column, kind in kinds.items() if column > named and kind in COUNTED))
