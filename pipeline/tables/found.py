"""A table found on a page without a drawn grid."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.tables.grid import Grid

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
