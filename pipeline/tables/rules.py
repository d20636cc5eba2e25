"""The level rules of a page, pieced together."""

from __future__ import annotations

import numpy as np

from corpus.reading import Page
from pipeline.tables.heads import Rule

SHORTEST = 6.0
SNAP, JOIN = 1.6, 3.0


def level_rules(page: Page) -> list[Rule]:
    """Height, left and right end of each level rule, from the top down; pieces that touch are one."""
    boxes = page.ruling_boxes
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
