"""The drawn lines of a page made seamless: doubled ones snapped together, pieces joined, open sides of grids closed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from corpus.reading import Page

Floats = npt.NDArray[np.float64]
SNAP, JOIN, MEET = 2.0, 3.0, 3.0
"""Points, as in pdfplumber's table settings: between parallel lines, between pieces of one, between crossing ones."""
SHORTEST = 3.0
OVERHANG = 8.0
"""A line that runs on further than this past the last one across it has an open cell at its end."""
ENDS = 3
MOST, MOST_REACHED = 4000, 1_000_000
LEAST_FILL = 6.0
"""Filled rectangles that are lower or narrower are lines or marks; bigger ones are cells."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Merged edges, each (n, 3): ``upright`` has x, top and bottom, ``level`` y, left and right. Sorted by place."""

    upright: Floats
    level: Floats

    @property
    def flipped(self) -> Edges:
        return Edges(self.level, self.upright)


def edges_of(page: Page) -> Edges:
    """The edges of a page's rulings and shaded cells. A page with more than ``MOST`` of a kind is a drawing: none."""
    nothing = np.empty((0, 3))
    if not len(page.ruling_boxes) and not len(page.fill_boxes):
        return Edges(nothing, nothing)
    boxes = np.vstack((page.ruling_boxes, _sides(page.fill_boxes))).astype(np.float64)
    upright, level = _directions(boxes)
    if len(upright) < 2 or len(level) < 2:  # no grid: they need not be merged
        return Edges(nothing, nothing)
    upright, level = merged(upright, level)
    if len(upright) > MOST or len(level) > MOST:
        return Edges(nothing, nothing)
    edges = Edges(upright, level)
    if len(upright) < 2 or len(level) < 2:
        return edges
    return _reaching(_closed(_closed(edges).flipped).flipped)


def _reaching(edges: Edges) -> Edges:
    """With level edges that cross an upright one and end inside a column drawn on to its side, if they fill half of it.

    So is the rule below a heading over several columns that stops short of the outer ones.
    """
    upright, level = edges.upright, edges.level
    if len(upright) * len(level) > MOST_REACHED:
        return edges
    met = (upright[:, 1, None] <= level[:, 0] + MEET) & (upright[:, 2, None] >= level[:, 0] - MEET)
    x = upright[:, 0, None]
    crossed = (met & (x > level[:, 1] + MEET) & (x < level[:, 2] - MEET)).any(axis=0)
    ends = []
    for side in (1, 2):
        end = level[:, side]
        left = np.where(met & (x <= end + MEET), x, -np.inf).max(axis=0, initial=-np.inf)
        right = np.where(met & (x >= end - MEET), x, np.inf).min(axis=0, initial=np.inf)
        outer, inner = (left, right) if side == 1 else (right, left)
        short = crossed & np.isfinite(left) & np.isfinite(right)
        ends.append(np.where(short & (np.abs(inner - end) > np.abs(outer - end)), outer, end))
    return Edges(upright, np.column_stack((level[:, 0], *ends)))


def _sides(fills: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """(4 n, 4): the sides of the rectangles that may be cells, as lines."""
    if not len(fills):
        return fills
    size = np.minimum(fills[:, 2] - fills[:, 0], fills[:, 3] - fills[:, 1])
    x0, top, x1, bottom = fills[size >= LEAST_FILL].T
    sides = ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom))
    return np.vstack([np.column_stack(side) for side in sides])


def _directions(boxes: Floats) -> tuple[Floats, Floats]:
    """Boxes as upright and level edges; a dot may be a piece of either."""
    across, down = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    dots = np.maximum(across, down) < SHORTEST
    wide = across >= down
    upright, level = boxes[~wide | dots], boxes[wide | dots]
    x, y = (upright[:, 0] + upright[:, 2]) / 2, (level[:, 1] + level[:, 3]) / 2
    return np.stack((x, upright[:, 1], upright[:, 3]), axis=1), np.stack((y, level[:, 0], level[:, 2]), axis=1)


def merged(upright: Floats, level: Floats) -> tuple[Floats, Floats]:
    """Edges closer than ``SNAP`` moved to their mean place, and those of one place joined over gaps up to ``JOIN``."""
    return _joined(upright), _joined(level)


def _joined(edges: Floats) -> Floats:
    if not len(edges):
        return edges
    edges = edges[np.argsort(edges[:, 0], kind="stable")]
    group = np.concatenate(([0], np.cumsum(np.diff(edges[:, 0]) > SNAP)))
    place = np.bincount(group, edges[:, 0]) / np.bincount(group)
    order = np.lexsort((edges[:, 1], group))
    group, starts, ends = group[order], edges[order, 1], edges[order, 2]
    apart = (edges[:, 1:].max() - edges[:, 1:].min() + 2 * JOIN) * group  # so that no group reaches into the next
    reach = np.maximum.accumulate(ends + apart)
    first = np.flatnonzero(np.concatenate(([True], starts[1:] + apart[1:] > reach[:-1] + JOIN)))
    last = np.concatenate((first[1:], [len(group)])) - 1
    whole = np.column_stack((place[group[first]], starts[first], reach[last] - apart[last]))
    kept: Floats = whole[whole[:, 2] - whole[:, 1] >= SHORTEST]
    return kept


def _closed(edges: Edges) -> Edges:
    """With an edge where upright ones run on equally far past the last level one: a grid drawn without that side."""
    if len(edges.upright) < ENDS:
        return edges
    added: list[tuple[float, float, float]] = []
    for side in (1, 2):
        ends = edges.upright[np.argsort(edges.upright[:, side], kind="stable")]
        cuts = ((ends[1:, side] - ends[:-1, side] > SNAP).nonzero()[0] + 1).tolist()
        for first, last in pairwise([0, *cuts, len(ends)]):
            if last - first >= ENDS:
                alike = ends[first:last]
                place = float(alike[:, side].mean())
                crossing = _crossing(edges.level, alike, place)
                if len(crossing):
                    added.append((place, crossing[:, 1].min(), crossing[:, 2].max()))
    return Edges(edges.upright, np.vstack((edges.level, added))) if added else edges


def _crossing(level: Floats, alike: Floats, place: float) -> Floats:
    """The level edges that cross these uprights; none where one of them is drawn near the uprights' ends."""
    over: Floats = level[(level[:, 1] < alike[:, 0].max()) & (level[:, 2] > alike[:, 0].min())]
    if (np.abs(over[:, 0] - place) <= OVERHANG).any():
        over = over[:0]
    inside = (over[:, 0] > alike[:, 1].max() - MEET) & (over[:, 0] < alike[:, 2].min() + MEET)
    found: Floats = over[inside]
    return found
