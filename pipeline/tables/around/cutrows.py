"""Rows that the end of a page cuts in two: the name begins on one page and ends on the next one.

The figures stand on either part. Nothing of a row that has its figures goes on with another one that has its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.grid import GridCell
from pipeline.tables.content.rows import continues, is_known_row
from pipeline.tables.layout.coded import is_code

_FIGURES = {Kind.NUMBER, Kind.REFUSED}


def taken(last: Sequence[GridCell], first: Sequence[GridCell]) -> list[GridCell] | None:
    """The last row of a page with what the first row of the next one adds to it; None where that is a row of its own.

    Each text of the part without figures goes on with, or is gone on with by, the one in its column.
    """
    upper, lower = _is_valued(last), _is_valued(first)
    if not last or not first or (upper and lower) or any(c.column_span > 1 for c in (*last, *first)):
        return None
    above, below = {c.column: c for c in last}, {c.column: c for c in first}
    rest = above if lower else below
    shared = [n for n in rest if n in above and n in below]
    if not shared or not (upper or lower) or (upper and len(shared) < len(rest)):
        return None
    if lower and any(is_known_row(above[n].text) for n in shared):
        return None
    if not all(continues(above[n].text, below[n].text) for n in shared):
        return None
    return [_joined(above.get(n), below.get(n), last[0].row) for n in sorted(above.keys() | below.keys())]


def _joined(above: GridCell | None, below: GridCell | None, row: int) -> GridCell:
    pieces = [*(above.pieces if above else ()), *(below.pieces if below else ())]
    column = next(cell.column for cell in (above, below) if cell is not None)
    return GridCell(row, column, pieces)


def _is_valued(row: Sequence[GridCell]) -> bool:
    """Whether a row has figures behind its first text; the code of a name is none."""
    return any(read_cell(c.text).kind in _FIGURES and not (n == 0 and is_code(c.text)) for n, c in enumerate(row))
