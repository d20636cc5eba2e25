"""First lines of headings that hang out of a drawn cell too low for them: "Forventet" over the rule, "regnskab" below.

Without it the heading would say another thing: what is expected would be what was spent.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.content.grid import Grid, GridCell
from pipeline.tables.content.rows import is_prose
from pipeline.tables.content.units import is_statement
from pipeline.tables.layout.words import PageLine, Segment

SAME_PLACE = 1.5
CLOSE = 0.75
"""Two lines of a heading are parted by less than this share of their height."""


def with_clipped(grid: Grid, lines: Sequence[PageLine], first: int) -> int:
    """Put words right above a drawn grid into the headings that go on with them; the number of the table's first line.

    Such a heading begins with a small letter, and keeps to an edge or the middle of the words. What stands over the
    names, as a unit, is left where it is; nothing is taken from a line with other words.
    """
    heads = {cell.column: cell for cell in grid.rows[0] if cell.column and cell.text[:1].islower()} if grid.rows else {}
    upper = lines[first - 1] if heads and first else None
    if upper is None or upper.values or upper.years:
        return first
    over = [s for s in upper.segments if s.x1 > grid.edges[1]]
    taken = [(s, cell) for s in over for cell in heads.values() if _is_first_line(s, cell)]
    if not over or len(taken) != len(over):
        return first
    for segment, cell in taken:
        cell.put([segment.piece(), *cell.pieces])
    return first - 1 if len(over) == len(upper.segments) else first


def _is_first_line(segment: Segment, cell: GridCell) -> bool:
    box = cell.pieces[0].box
    if box is None or not segment.text[:1].isupper() or is_statement(segment.text) or is_prose(segment.text):
        return False
    height = segment.box[3] - segment.box[1]
    if not -0.5 * height < box[1] - segment.box[3] < CLOSE * height:
        return False
    left, right = segment.x0 - box[0], segment.x1 - box[2]
    return min(abs(left), abs(right), abs(left + right) / 2) < SAME_PLACE
