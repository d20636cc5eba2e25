"""Thousands that stand apart by as much as two figures would: a column told to be one by what is printed in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.tables.content.cells import MINUS
from pipeline.tables.layout.segments import NUMBER_GAP
from pipeline.tables.layout.words import PageLine, Segment

FEWEST = 4
EVEN = 0.06
"""Gaps are even if they differ by less than this share of a line's height."""
SAME_EDGE = 0.6
_BEGINS = re.compile(rf"[{MINUS}+(]?\d{{1,3}}(?: \d{{3}})*")
_THREE = re.compile(r"\d{3}")


def are_apart(lines: Sequence[PageLine]) -> bool:
    """Whether digits stand apart in the way of thousands: three behind them, as far, on each line, and never alone.

    Two columns of figures would have others in them, too, and some line where one of the two is blank.
    """
    pairs = [pair for line in lines if line.values for pair in _pairs(line)]
    if len(pairs) < FEWEST:
        return False
    paired = {id(before) for before, _ in pairs}
    ends = {round(before.x1 / SAME_EDGE) for before, _ in pairs}
    figures = [s for line in lines for s in line.segments if s.is_value and id(s) not in paired]
    if any(round(s.x1 / SAME_EDGE) + step in ends for s in figures for step in (-1, 0, 1)):
        return False
    gaps = [after.x0 - before.x1 for before, after in pairs]
    height = pairs[0][0].box[3] - pairs[0][0].box[1]
    return max(gaps) - min(gaps) < EVEN * height


def _pairs(line: PageLine) -> list[tuple[Segment, Segment]]:
    """Digits, and three others so close behind them that they may be the end of one figure."""
    return [
        (before, after)
        for before, after in pairwise(line.segments)
        if after.x0 - before.x1 < NUMBER_GAP * line.height
        and _THREE.fullmatch(after.text)
        and _BEGINS.fullmatch(before.text)
    ]
