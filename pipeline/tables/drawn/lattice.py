"""The cells that edges enclose, by pdfplumber's ``table`` module, and the tables that touching cells make."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.model import Box
from pipeline.tables.layout.edges import MEET, Edges, Floats

Touching = npt.NDArray[np.bool_]
MOST_PAIRS = 4_000_000
MOST_POINTS = 1500
"""A stretch between two rules with more crossings is a drawing; pdfplumber's search is quadratic in them."""


def drawn_tables(edges: Edges) -> list[list[Box]]:
    """The cells of each table, spanned ones whole; tables have two cells at least and go from the top down."""
    if len(edges.upright) < 2 or len(edges.level) < 2 or len(edges.upright) * len(edges.level) > MOST_PAIRS:
        return []
    cells = [cell for part, touching in _connected(*_crossing(edges)) for cell in _cells(part, touching)]
    if len(cells) < 2:
        return []
    from pdfplumber.table import cells_to_tables  # a heavy import, and most pages have no grid

    tables: list[list[Box]] = cells_to_tables(cells)
    return tables


def _crossing(edges: Edges) -> tuple[Edges, Touching]:
    """The edges that two others cross at least, and which upright one touches which level one."""
    upright, level = edges.upright, edges.level
    touching = (
        (upright[:, 1, None] <= level[:, 0] + MEET)
        & (upright[:, 2, None] >= level[:, 0] - MEET)
        & (upright[:, 0, None] >= level[:, 1] - MEET)
        & (upright[:, 0, None] <= level[:, 2] + MEET)
    )
    while touching.size:
        across, down = touching.sum(axis=1) > 1, touching.sum(axis=0) > 1
        if across.all() and down.all():
            break
        upright, level, touching = upright[across], level[down], touching[across][:, down]
    return Edges(upright, level), touching


def _connected(edges: Edges, touching: Touching) -> Iterator[tuple[Edges, Touching]]:
    """The edges in groups that no crossing joins, each from the left and from the top.

    Four edges are left out: they enclose one cell, a frame or the ground of a row, and no table.
    """
    count = len(edges.upright)
    if touching.size <= 4:
        return
    label = np.arange(count)
    while True:
        lowest = np.where(touching, label[:, None], count).min(axis=0)
        spread = np.minimum(label, np.where(touching, lowest, count).min(axis=1))
        if (spread == label).all():
            break
        label = spread
    sizes = np.bincount(label, minlength=count) + np.bincount(lowest, minlength=count)
    for name in (sizes > 4).nonzero()[0]:
        across, down = (label == name).nonzero()[0], (lowest == name).nonzero()[0]
        across = across[np.lexsort((edges.upright[across, 1], edges.upright[across, 0]))]
        down = down[np.lexsort((edges.level[down, 1], edges.level[down, 0]))]
        yield Edges(edges.upright[across], edges.level[down]), touching[np.ix_(across, down)]


def _cells(edges: Edges, touching: Touching) -> list[Box]:
    """The cells of connected edges, stretch by stretch."""
    cells: list[Box] = []
    for part, across in _stretches(edges, touching):
        if len(part.level) == 2:
            cells += _row(part.upright[across.all(axis=1), 0], part.level)
            continue
        for column, down in _stretches(part.flipped, across.T):
            if len(column.level) == 2:
                places = column.upright[down.all(axis=1), 0]
                cells += [(x0, top, x1, bottom) for top, x0, bottom, x1 in _row(places, column.level)]
            elif int(down.sum()) > MOST_POINTS:
                return []
            else:
                cells += _searched(column.flipped, down.T)
    return cells


def _stretches(edges: Edges, touching: Touching) -> Iterator[tuple[Edges, Touching]]:
    """The edges between two level ones that all uprights there touch: no smallest cell goes past such a one."""
    upright, level = edges.upright, edges.level
    past = (upright[:, 1, None] < level[:, 0]) & (upright[:, 2, None] > level[:, 0])
    ends = sorted({0, *np.flatnonzero((touching | ~past).all(axis=0)).tolist(), len(level) - 1})
    for first, last in pairwise(ends):
        start = int(np.searchsorted(level[:, 0], level[first, 0], "left"))
        end = int(np.searchsorted(level[:, 0], level[last, 0], "right"))
        across = touching[:, start:end]
        used = across.any(axis=1)
        yield Edges(upright[used], level[start:end]), across[used]


def _row(places: Floats, part: Floats) -> list[Box]:
    """Between two edges alone, the cells lie between the uprights that touch both."""
    top, bottom = part[:, 0].tolist()
    xs = sorted(set(places.tolist()))
    return [(x0, top, x1, bottom) for x0, x1 in pairwise(xs)] if top < bottom else []


def _searched(edges: Edges, touching: Touching) -> list[Box]:
    from pdfplumber.table import intersections_to_cells

    uprights = [{"x0": x, "top": top, "x1": x, "bottom": bottom} for x, top, bottom in edges.upright.tolist()]
    levels = [{"x0": x0, "top": y, "x1": x1, "bottom": y} for y, x0, x1 in edges.level.tolist()]
    points: dict[tuple[float, float], dict[str, list[dict[str, float]]]] = {}
    for across, down in zip(*(places.tolist() for places in np.nonzero(touching)), strict=True):
        point = points.setdefault((uprights[across]["x0"], levels[down]["top"]), {"v": [], "h": []})
        point["v"].append(uprights[across])
        point["h"].append(levels[down])
    found: list[Any] = intersections_to_cells(points)
    return found
