"""Figures printed with what they count, "66 mg/l", "8–88 kWh": rows of them are rows of figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.tables.borderless.underheads import SLACK
from pipeline.tables.content.cells import MINUS
from pipeline.tables.content.found import Heads
from pipeline.tables.layout.words import PageLine

_NUMBER = r"\d[\d.,\u00a0 ]*"
_UNIT = r"[^\W\d_%]{1,6}[²³23]?(?:/[^\W\d_]{1,4}[²³23]?)?|[%‰€$£]|°\s?[A-Z]?"
_MEASURE = re.compile(rf"[{MINUS}+<>≤≥~]?\s?{_NUMBER}(?:\s?[-–]\s?{_NUMBER})?\s?(?:{_UNIT})")


def is_measure(text: str) -> bool:
    """True for a figure, or two from and to, with a short word or sign behind it; not for a figure alone."""
    return text[:1] not in "(" and _MEASURE.fullmatch(text) is not None


def are_measured(lines: Sequence[PageLine], number: int, extents: Heads) -> bool:
    """Whether a line has such a figure right of the labels, and the line below it has one in its column, or at the end
    the one above.

    Headings like "15–24 år" stand over plain figures.
    """
    own = _columns(lines[number], extents)
    other = number + 1 if number + 1 < len(lines) else number - 1
    return bool(own) and bool(own & _columns(lines[other], extents))


def _columns(line: PageLine, extents: Heads) -> set[int]:
    over: set[int] = set()
    for segment in line.segments:
        if is_measure(segment.text):
            over |= {n for n, (x0, x1) in enumerate(extents) if n and segment.x0 < x1 - SLACK and x0 < segment.x1}
    return over
