"""Columns of a table without rules that goes on overleaf in other widths: its rows are all full there."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.borderless.drifting import following
from pipeline.tables.content.found import Heads
from pipeline.tables.layout.words import PageLine

SAME_EDGE = 1.0
SAME_SIDE = 3.0
FEWEST_COLUMNS, FEWEST_ROWS = 3, 3


def moved(rows: Sequence[PageLine], heads: Heads) -> Heads:
    """The columns of rows overleaf, below the ``heads`` of the page before; those where the figures stand under them.

    Else each row must have a figure in every column, in places of their own, of which the last one ends where it did.
    Whether the rows are more of that table is asked where it is joined.
    """
    figures = [found for row in rows if (found := following(row))]
    count = len(heads)
    if count < FEWEST_COLUMNS or len(figures) < FEWEST_ROWS or any(len(found) != count for found in figures):
        return heads
    columns = list(zip(*figures, strict=True))
    ends = [max(s.x1 for s in column) for column in columns]
    if any(end - min(s.x1 for s in column) > SAME_EDGE for end, column in zip(ends, columns, strict=True)):
        return heads
    apart = [abs(end - x1) for end, (_, x1) in zip(ends, heads, strict=True)]
    if apart[-1] > SAME_SIDE or max(apart) <= SAME_SIDE:
        return heads
    return [(min(s.x0 for s in column), end) for column, end in zip(columns, ends, strict=True)]
