"""Figures with little more than a blank between them that can be no one figure: "5,833 3,436", "225 5,020", "0,5 1,2".

A mark between thousands, or one before decimals, says that a figure is whole: what follows behind a wider gap than
that of a blank stands in the next column, also where no other line shows the columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.tables.content.cells import MINUS, NUMBER_KIND, RAISED, REFUSED_KIND, TEXT_KIND, read_cell
from pipeline.tables.layout.coded import cut
from pipeline.tables.layout.segments import GROUP_GAP
from pipeline.tables.layout.words import PageLine, Segment

WIDER = 1.3
"""Columns are so many times as far apart as words at least."""
POINTED = re.compile(rf"[{MINUS}]?\d{{1,3}}(?:[ \u00a0]\d{{3}})+\.\d\d?")
"""A figure with blanks between its thousands and a point before its decimals: it may be one, and Danish has none."""
_FIGURE = re.compile(
    rf"[{MINUS}+(]?(?:\d{{1,3}}(?:[.,]\d{{3}})*(?:[.,]\d+)?(?:[)%]|\)%)?|\d+,\d+|\d[.,\d]*[.,]\d+[a-z{RAISED}*])"
)
"""The last ones have the mark of a note."""
_MARKED = re.compile(r"\d[.,]\d")
_FIGURES_LAST = re.compile(r"\d[^ ]{0,2} [^ ]*\d[^ ]{0,2}$")
"""What ends in two figures looks so; most lines have none."""


def full_figures_cut(line: PageLine) -> PageLine:
    """A line with such figures apart, also those behind a name that are farther from it than its words are."""
    if line.values:
        for segment in line.segments:
            if segment.count > 1 and (segment.kind is REFUSED_KIND or segment.text[-1].isdecimal()):
                return _cut(line) if any(_may_be_full(each.text) for each in line.segments) else line
    return line


def _may_be_full(text: str) -> bool:
    """Whether a text ends in two figures and has a mark, without which no figure is known to be whole."""
    return ("," in text or "." in text) and _FIGURES_LAST.search(text) is not None


def _cut(line: PageLine) -> PageLine:
    segments: list[Segment] = []
    for segment in line.segments:
        texts = segment.text.split(" ") if segment.count > 1 and _may_be_full(segment.text) else []
        whole = len(texts) != segment.count or segment.is_year or segment.is_stacked
        if not whole and (cuts := _cuts(segment, texts, line)):
            segments += cut(segment, segment.words, texts, cuts)
        else:
            segments.append(segment)
    return line if len(segments) == len(line.segments) else PageLine(tuple(segments))


def _cuts(segment: Segment, texts: Sequence[str], line: PageLine) -> list[int]:
    """The words that begin another figure, two figures at least; none where two may be one."""
    first = len(texts)
    while first and _FIGURE.fullmatch(texts[first - 1]):
        first -= 1
    if len(texts) - first < 2 or (first and segment.kind is not TEXT_KIND):
        return []
    gaps = [right[0] - left[2] for left, right in pairwise(segment.boxes)]
    blank = max(gaps[: first - 1], default=0.0) if first else _blank(line)
    if min(gaps[max(first - 1, 0) :]) <= max(GROUP_GAP * line.height, WIDER * blank):
        return []
    for before, after in pairwise(texts[first:]):
        marked = _MARKED.search(before) or _MARKED.search(after)
        both = f"{before} {after}"
        if not marked or POINTED.fullmatch(both) or read_cell(both).kind is NUMBER_KIND:
            return []
    return list(range(max(first, 1), len(texts)))


def _blank(line: PageLine) -> float:
    """The narrowest gap between two words in a name of a line; nought where there is none."""
    named = [s for s in line.segments if s.count > 1 and s.text[:1].isalpha()]
    return min((b[0] - a[2] for s in named for a, b in pairwise(s.boxes)), default=0.0)
