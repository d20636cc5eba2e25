"""Which headings a figure stands under, told by the figure's own place alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import inf

from pipeline.tables.layout.words import Segment

SLACK = 0.5
EDGE = 0.6
"""Two edges are the same within this share of a line's height."""
Room = tuple[float, float]


def rooms(heads: Sequence[Room]) -> list[tuple[float, float, float, float]]:
    """Where each heading begins and ends, and between which places a figure overlaps no other one."""
    ends = [x1 - SLACK for _, x1 in heads]
    lows = accumulate(ends, max, initial=-inf)
    highs = [*(x0 for x0, _ in heads[1:]), inf]
    return [(x0, end, low, high) for (x0, _), end, low, high in zip(heads, ends, lows, highs, strict=False)]


def is_under(segment: Segment, heads: Sequence[Room]) -> bool:
    """Whether the segment overlaps any heading."""
    left, right = segment.x0, segment.x1 - SLACK
    return any(left < x1 - SLACK and x0 < right for x0, x1 in heads)


def head_of(segment: Segment, heads: Sequence[Room], height: float) -> int | None:
    """The heading that the segment alone speaks for: the only one it overlaps, or the one whose edge it shares."""
    left, right = segment.x0, segment.x1 - SLACK
    over: list[int] = []
    for number, (x0, x1) in enumerate(heads):  # a comprehension takes longer than these few
        if x0 < right and left < x1 - SLACK:
            over.append(number)
    if len(over) == 1:
        return over[0]
    for edge in (_right, _centre) if over else ():
        near = [n for n in over if abs(edge(segment.x0, segment.x1) - edge(*heads[n])) < EDGE * height]
        if len(near) == 1:
            return near[0]
    return None


def _right(_x0: float, x1: float) -> float:
    return x1


def _centre(x0: float, x1: float) -> float:
    return (x0 + x1) / 2
