"""Days on the second line of a heading: "31.08" below "Forbrug pr." looks like a figure and is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.reading import Page
from pipeline.tables.layout.words import PageLine, Segment

_OPEN = "pr."
"""How a heading ends that a day goes on with."""
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])\.?")
_DATE = re.compile(rf"{_DAY.pattern}[./-](?:(?:19|20)\d\d|\d\d)")
CLOSE = 1.0
"""Lines of one heading are parted by less than this share of their height."""


def is_date(text: str) -> bool:
    """True for a day with its year, which is no figure: "31.8.2031"."""
    return _DATE.fullmatch(text) is not None


def with_days(lines: Sequence[PageLine], page: Page, text: str) -> Sequence[PageLine]:
    """The lines of a page, with each such day taken for words."""
    if text.find(_OPEN, page.start, page.end) < 0:
        return lines
    for upper, line in pairwise(lines):
        open_heads = [s for s in upper.segments if s.text.endswith(_OPEN)]
        if open_heads and line.values and line.box[1] - upper.box[3] < CLOSE * line.height:
            _count_days(line, open_heads)
    return lines


def _count_days(line: PageLine, over: Sequence[Segment]) -> None:
    for segment in line.segments:
        below = segment.is_value and any(s.x0 < segment.x1 and segment.x0 < s.x1 for s in over)
        if below and _DAY.fullmatch(segment.text):
            segment.count_name()
            line.values -= 1
