"""The level rules of a page, pieced together, and the edges of its shaded rows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus.reading import Page
from pipeline.tables.heads import Rule

SHORTEST = 6.0
SNAP, JOIN = 1.6, 3.0
NARROWEST, LOWEST, HIGHEST = 100.0, 5.0, 45.0
"""Points: a filled box of this shape is the ground of a row or two, and its edges part rows as rules do."""


def _edges(page: Page) -> npt.NDArray[np.float32]:
    """The upper and lower edges of shaded rows, as boxes without height."""
    fills = page.fill_boxes
    across, down = fills[:, 2] - fills[:, 0], fills[:, 3] - fills[:, 1]
    rows = fills[(across >= NARROWEST) & (down >= LOWEST) & (down <= HIGHEST)]
    return np.concatenate([rows[:, [0, 1, 2, 1]], rows[:, [0, 3, 2, 3]]])


def level_rules(page: Page) -> list[Rule]:
    """Height, left and right end of each level rule and edge, from the top down; pieces that touch are one."""
    if not len(page.ruling_boxes) and not len(page.fill_boxes):
        return []
    boxes = np.concatenate([page.ruling_boxes, _edges(page)])
    across, down = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    level = boxes[(across > down) & (across > 0.5)].astype(np.float64)
    if not len(level):
        return []
    middles = (level[:, 1] + level[:, 3]) / 2
    bands = np.cumsum(np.diff(np.sort(middles), prepend=middles.min()) > SNAP)
    band = np.empty(len(middles), dtype=np.intp)
    band[np.argsort(middles, kind="stable")] = bands
    order = np.lexsort((level[:, 0], band))
    level, band, middles = level[order], band[order], middles[order]
    reach = np.maximum.accumulate(level[:, 2] + band * 1e5)
    starts = np.ones(len(level), dtype=bool)
    starts[1:] = level[1:, 0] + band[1:] * 1e5 > reach[:-1] + JOIN
    firsts = np.flatnonzero(starts)
    rights = np.maximum.reduceat(level[:, 2], firsts)
    found = [
        (y, x0, x1)
        for y, x0, x1 in zip(middles[firsts].tolist(), level[firsts, 0].tolist(), rights.tolist(), strict=True)
        if x1 - x0 >= SHORTEST
    ]
    return sorted(found)
