"""The drawn lines of a page made seamless: doubled ones snapped together, pieces joined, open sides of grids closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from corpus.reading import Page
from pipeline.tables.layout.shadedcolumns import without_columns

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
_LEFT_AND_RIGHT, _TOP_AND_BOTTOM = ([0, 1, 3], [2, 1, 3]), ([1, 0, 2], [3, 0, 2])
_NOTHING: Floats = np.empty((0, 3))


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
    upright, level = _pieces(page)
    if len(upright) < 2 or len(level) < 2 or _are_of_one_column(upright, level):  # they need not be merged
        return Edges(_NOTHING, _NOTHING)
    upright, level = merged(upright, level)
    if len(upright) > MOST or len(level) > MOST:
        return Edges(_NOTHING, _NOTHING)
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
    if not crossed.any():
        return edges
    ends = []
    for side in (1, 2):
        end = level[:, side]
        left = np.where(met & (x <= end + MEET), x, -np.inf).max(axis=0, initial=-np.inf)
        right = np.where(met & (x >= end - MEET), x, np.inf).min(axis=0, initial=np.inf)
        outer, inner = (left, right) if side == 1 else (right, left)
        short = crossed & np.isfinite(left) & np.isfinite(right)
        ends.append(np.where(short & (np.abs(inner - end) > np.abs(outer - end)), outer, end))
    return Edges(upright, np.column_stack((level[:, 0], *ends)))


def _pieces(page: Page) -> tuple[Floats, Floats]:
    """The rulings and the sides of the filled rectangles that may be cells, as upright and level edges.

    Nothing where there are too few of them for a grid.
    """
    rulings, fills = page.ruling_boxes, page.fill_boxes.astype(np.float64)
    if not len(fills) and not _may_enclose(rulings.tolist()):
        return _NOTHING, _NOTHING
    upright, level = _directions(rulings.astype(np.float64)) if len(rulings) else (_NOTHING, _NOTHING)
    if len(fills):
        fills = fills[np.minimum(fills[:, 2] - fills[:, 0], fills[:, 3] - fills[:, 1]) >= LEAST_FILL]
        fills = without_columns(fills, lambda: merged(upright, level)) if len(level) else fills
        upright, level = (
            np.concatenate((edges, *(fills[:, side] for side in sides)))
            for edges, sides in ((upright, _LEFT_AND_RIGHT), (level, _TOP_AND_BOTTOM))
        )
    return upright, level


def _are_of_one_column(upright: Floats, level: Floats) -> bool:
    """Whether all edges keep to two places, left and right: frames and shaded rows, but no two columns side by side."""
    places, ends = upright[:, 0], level[:, 1:]
    left, right = places.min(), places.max()
    if np.count_nonzero((places > left + SNAP) & (places < right - SNAP)):
        return False
    return not np.count_nonzero((np.abs(ends - left) > SNAP) & (np.abs(ends - right) > SNAP))


def _may_enclose(rulings: Sequence[Sequence[float]]) -> bool:
    """Whether two of the lines are upright, or dots that may be pieces of one."""
    count = 0
    for x0, top, x1, bottom in rulings:
        count += x1 - x0 < bottom - top or max(x1 - x0, bottom - top) < SHORTEST
        if count > 1:
            return True
    return False


def _directions(boxes: Floats) -> tuple[Floats, Floats]:
    """Boxes as upright and level edges; a dot may be a piece of either."""
    across, down = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    dots = np.maximum(across, down) < SHORTEST
    wide = across >= down
    upright, level = boxes[~wide | dots], boxes[wide | dots]
    lines = upright[:, [0, 1, 3]], level[:, [1, 0, 2]]
    lines[0][:, 0] = (upright[:, 0] + upright[:, 2]) / 2
    lines[1][:, 0] = (level[:, 1] + level[:, 3]) / 2
    return lines


def merged(upright: Floats, level: Floats) -> tuple[Floats, Floats]:
    """Edges closer than ``SNAP`` moved to their mean place, and those of one place joined over gaps up to ``JOIN``."""
    edges = np.concatenate((upright, level))
    if not len(edges):
        return upright, level
    kind = np.zeros(len(edges), dtype=np.intp)
    kind[len(upright) :] = 1
    order = np.lexsort((edges[:, 0], kind))
    edges = edges[order]
    group = np.zeros(len(edges), dtype=np.intp)
    group[1:] = ((edges[1:, 0] - edges[:-1, 0] > SNAP) | (kind[1:] != kind[:-1])).cumsum()
    place = np.bincount(group, edges[:, 0]) / np.bincount(group)
    order = np.lexsort((edges[:, 1], group))
    group, starts, ends = group[order], edges[order, 1], edges[order, 2]
    apart = (edges[:, 1:].max() - edges[:, 1:].min() + 2 * JOIN) * group  # so that no group reaches into the next
    reach = np.maximum.accumulate(ends + apart)
    begins = np.ones(len(group), dtype=bool)
    begins[1:] = starts[1:] + apart[1:] > reach[:-1] + JOIN
    first = begins.nonzero()[0]
    last = np.append(first[1:], len(group)) - 1
    whole = np.stack((place[group[first]], starts[first], reach[last] - apart[last]), axis=1)
    long = whole[:, 2] - whole[:, 1] >= SHORTEST
    uprights = kind[first] == 0  # the groups of a kind are in one stretch, so its places are those of its edges
    return whole[long & uprights], whole[long & ~uprights]


def _closed(edges: Edges) -> Edges:
    """With an edge where upright ones run on equally far past the last level one: a grid drawn without that side."""
    if len(edges.upright) < ENDS:
        return edges
    uprights: list[list[float]] = edges.upright.tolist()
    added: list[tuple[float, float, float]] = []
    level: list[list[float]] = []
    for side in (1, 2):
        ends = sorted(uprights, key=itemgetter(side))
        cuts = [n for n in range(1, len(ends)) if ends[n][side] - ends[n - 1][side] > SNAP]
        for first, last in pairwise([0, *cuts, len(ends)]):
            if last - first >= ENDS:
                alike = ends[first:last]
                place = sum(edge[side] for edge in alike) / len(alike)
                level = level or edges.level.tolist()
                near = [edge for edge in level if abs(edge[0] - place) <= OVERHANG]
                alike = [edge for edge in alike if not _is_met(edge[0], near)]
                crossing = _crossing(level, alike, place) if len(alike) >= ENDS else []
                if crossing:
                    added.append((place, min(edge[1] for edge in crossing), max(edge[2] for edge in crossing)))
    return Edges(edges.upright, np.vstack((edges.level, added))) if added else edges


def _is_met(place: float, near: Sequence[Sequence[float]]) -> bool:
    """Whether an edge is drawn where one ends: that of another box than the open grid, which ends in the same place."""
    return any(low - MEET <= place <= high + MEET for _, low, high in near)


def _crossing(
    level: Sequence[Sequence[float]], alike: Sequence[Sequence[float]], place: float
) -> list[Sequence[float]]:
    """The level edges that cross these uprights; none where one of them is drawn near the uprights' ends."""
    left, right = min(edge[0] for edge in alike), max(edge[0] for edge in alike)
    over = [edge for edge in level if edge[1] < right and edge[2] > left]
    if any(abs(edge[0] - place) <= OVERHANG for edge in over):
        return []
    top, bottom = max(edge[1] for edge in alike) - MEET, min(edge[2] for edge in alike) + MEET
    return [edge for edge in over if top < edge[0] < bottom]
