"""Lines of running text spread to the edge of a narrow column: gaps as wide as those of cells, and all of one width."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.tables.layout.words import PageLine, segment_of

FEWEST = 4
"""So many gaps at least."""
EVEN = 0.05
"""Gaps are of one width if they differ by no more than this share of a line's height."""

Numbered = tuple[int, PageLine]
"""A line with its number on the page."""


def unspread(part: Sequence[Numbered]) -> list[Numbered]:
    """The lines, each in one stretch where all its words are as far from each other, as no cells are.

    The same word twice heads two columns: "Budget Budget 2026-", each over a year.
    """
    return [(n, _whole(line) if len(line.segments) > FEWEST and _is_spread(line) else line) for n, line in part]


def _is_spread(line: PageLine) -> bool:
    segments = line.segments
    if line.values > 1 or 2 * sum([s.text.isalpha() for s in segments]) <= len(segments):
        return False
    headed = any(one.text == other.text for one, other in pairwise(segments))
    if headed or any(segment.is_stacked for segment in segments):
        return False
    words = [word for segment in segments for word in segment.boxes]
    gaps = [after[0] - before[2] for before, after in pairwise(words)]
    return max(gaps) - min(gaps) <= EVEN * line.height


def _whole(line: PageLine) -> PageLine:
    words = tuple(word for segment in line.segments for word in segment.words)
    return PageLine((segment_of(words, line.text, line.segments[0].page),))
