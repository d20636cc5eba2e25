"""Figures with another one in brackets behind them, an estimate and its error: "27,7 (0,50)". They are in one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.tables.layout.words import PageLine, Segment

FEWEST = 4
"""So many rows at least show it."""
_PAIRED = re.compile(r"[-–−]?\d[\d.,]*[a-z*]? \(\d[\d.,]*\)")


def paired_lines(lines: Sequence[PageLine]) -> set[int]:
    """The lines whose figures all have one in brackets, where none stands in their columns that is in brackets alone,
    or has none: what is in brackets is no column of its own then, nor of a year of its own.
    """
    found = {n for n, line in enumerate(lines) if line.segments[-1].text[-1] == ")" and _is_paired(line)}
    most = max((len(lines[n].segments) - 1 for n in found), default=0)
    if len(found) < FEWEST or any(line.years >= 2 * most for line in lines):
        return set()
    places = [box for n in found for s in lines[n].segments if _PAIRED.fullmatch(s.text) for box in s.boxes[1:]]
    left, right = min(x0 for x0, _, _, _ in places), max(x1 for _, _, x1, _ in places)
    others = [s for n, line in enumerate(lines) if n not in found for s in line.segments if s.is_value]
    near = [s for s in others if s.x1 > left and s.x0 < right]
    return found if not any(s.x0 < box[2] and box[0] < s.x1 for s in near for box in places) else set()


def _is_paired(line: PageLine) -> bool:
    values = [s for s in line.segments[1:] if _has_digit(s)]
    return bool(values) and all(s.count == 2 and _PAIRED.fullmatch(s.text) for s in values)


def _has_digit(segment: Segment) -> bool:
    return any(map(str.isdigit, segment.text))
