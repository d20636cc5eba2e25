"""A table found on a page without a drawn grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.tables.content.grid import Grid

Heads = list[tuple[float, float]]
"""The left and right edges of columns."""


@dataclass(slots=True)
class Found:
    """A grid with the page's lines it covers, and the edges of its year columns for a table that goes on overleaf.

    ``bare``: only the heading stands on this page; the grid is a table if rows follow overleaf. ``labels``: how many
    columns stand left of those of the years.
    """

    grid: Grid
    first: int
    last: int
    heads: Heads = field(default_factory=list)
    bare: bool = False
    labels: int = 1


def twice_middle(columns: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The least and the most that twice the middle over columns may be, by the edges of their headings.

    The middle is that of the headings, or of the room of their columns, which goes on to the left of headings that
    stand at the right, and to the right of those that stand at the left.
    """
    first, last, count = columns[0], columns[-1], len(columns) - 1
    left, right = first[1] - (last[1] - first[1]) / count, last[0] + (last[0] - first[0]) / count
    return left + last[1], first[0] + right
