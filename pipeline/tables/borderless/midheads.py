"""Headings in the middle of several columns that keep to the middle one or two of them: "Dagsværdi" over "Netto".

Whether they are of these alone is told by the columns beside them. Where each has a heading of its own, none stands
over it, and all other columns have something over them, the heading is of those in whose middle it stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.content.grid import GridCell
from pipeline.tables.layout.reach import CENTRED, Extents


def widen(rows: Sequence[Sequence[GridCell]], extents: Extents) -> None:
    """Give headings the columns beside them that have nothing above, row by row from the top down."""
    for number, upper in enumerate(rows[:-1]):
        over = [cell for cell in upper if cell.column]
        if len(over) > 1 and any(cell.column_span > 1 for cell in over):
            _widen(over, {c.column: c for row in rows[number + 1 :] for c in row if c.column_span == 1}, extents)


def _widen(over: Sequence[GridCell], below: dict[int, GridCell], extents: Extents) -> None:
    bare = set(range(1, len(extents))).difference(*map(_columns, over))
    if not bare or not bare <= below.keys():
        return
    runs = [_run(cell, bare, below, extents) for cell in over]
    taken = [column for run in runs for column in run if column in bare]
    if len(taken) == len(bare) == len(set(taken)):
        for cell, run in zip(over, runs, strict=True):
            cell.column, cell.column_span = run[0], len(run)


def _columns(cell: GridCell) -> range:
    return range(cell.column, cell.column + cell.column_span)


def _run(cell: GridCell, bare: set[int], below: dict[int, GridCell], extents: Extents) -> range:
    """The most columns, bare ones at both sides of a heading's own, in whose middle it stands."""
    own = _columns(cell)
    found = own
    first, last = own[0], own[-1]
    while first - 1 in bare:
        first -= 1
    while last + 1 in bare:
        last += 1
    for low in range(first, own[0]):
        for high in range(own[-1] + 1, last + 1):
            run = range(low, high + 1)
            if len(run) > len(found) and _is_in_middle(cell, run, below, extents):
                found = run
    return found


def _is_in_middle(cell: GridCell, run: range, below: dict[int, GridCell], extents: Extents) -> bool:
    """The middle of what stands in the columns, of the headings right below, or between the two."""
    ends = [c.box for c in (below.get(run[0]), below.get(run[-1])) if c is not None and c.box is not None]
    if cell.box is None or len(ends) < 2:
        return False
    low, high = sorted((extents[run[0]][0] + extents[run[-1]][1], ends[0][0] + ends[1][2]))
    reach = 2 * CENTRED * (cell.box[3] - cell.box[1])
    return low - reach < cell.box[0] + cell.box[2] < high + reach
