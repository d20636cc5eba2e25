"""Cells that stand so close that the gap between them does not tell: cut where the other lines have their edges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from corpus.reading import Word
from pipeline.tables.cells import Kind
from pipeline.tables.shapes import is_prosy
from pipeline.tables.spread import is_figure
from pipeline.tables.units import level_spans
from pipeline.tables.words import PageLine, Segment

_YEAR = re.compile(r"(?:19|20)\d\d")
OFTEN = 2
"""So many figures end, or words begin, in one place where a column has its edge."""


def recut(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines with each segment cut that holds a figure of another column, or a number in front of a label."""
    lines = [_years_cut(line) for line in lines]
    rights = _places(
        s.x1 for line in lines for s in line.segments if s.is_value and len(s.words) == 1 and s.kind is Kind.NUMBER
    )
    starts = _places(s.x0 for line in lines for s in line.segments[1:] if not s.is_value)
    if not rights:
        return list(lines)
    return [_recut(line, rights, starts) for line in lines]


def _years_cut(line: PageLine) -> PageLine:
    """A line of years with the first one parted from the text in the corner, unless it is the year of a price level."""
    if line.years < 2 or len(line.segments[0].words) < 2 or line.segments[0].is_year:
        return line
    first = line.segments[0]
    texts = first.text.split(" ")
    if not _YEAR.fullmatch(texts[-1]) or len(texts) != len(first.words) or _YEAR.search(" ".join(texts[:-1])):
        return line
    if any(start < len(first.text) <= end for start, end in level_spans(first.text)):
        return line
    corner = Segment(first.words[:-1], " ".join(texts[:-1]), first.page)
    return PageLine((corner, Segment(first.words[-1:], texts[-1], first.page), *line.segments[1:]))


def _places(values: Iterable[float]) -> set[int]:
    counts = Counter(round(value) for value in values)
    return {place for place, count in counts.items() if count + counts[place - 1] + counts[place + 1] >= OFTEN}


def _recut(line: PageLine, rights: set[int], starts: set[int]) -> PageLine:
    segments = [part for segment in line.segments for part in _parts(segment, rights, starts)]
    return line if len(segments) == len(line.segments) else PageLine(tuple(segments))


def _parts(segment: Segment, rights: set[int], starts: set[int]) -> list[Segment]:
    if len(segment.words) < 2 or segment.is_year or not any(c.isdigit() for c in segment.text) or is_prosy(segment):
        return [segment]
    texts = segment.text.split(" ")
    if len(texts) != len(segment.words):
        return [segment]
    cuts = [0]
    for place in range(1, len(texts)):
        if _begins_figure(segment.words, texts, place, rights) or _begins_label(segment, texts, place, starts):
            cuts.append(place)
    if len(cuts) == 1:
        return [segment]
    return [Segment(segment.words[a:b], " ".join(texts[a:b]), segment.page) for a, b in pairwise([*cuts, len(texts)])]


def _begins_figure(words: Sequence[Word], texts: Sequence[str], place: int, rights: set[int]) -> bool:
    """Whether a figure begins that ends where others do, after a word, or after one that ends where others do, too."""
    if not is_figure(texts[place]):
        return False
    before = not is_figure(texts[place - 1]) or round(words[place - 1].x1) in rights
    end = place
    while end + 1 < len(texts) and is_figure(texts[end]) and round(words[end].x1) not in rights:
        end += 1
    return before and is_figure(texts[end]) and round(words[end].x1) in rights


def _begins_label(segment: Segment, texts: Sequence[str], place: int, starts: set[int]) -> bool:
    """Whether a label begins where others do, after nothing but numbers."""
    return (
        round(segment.words[place].x0) in starts
        and texts[place][0].isalpha()
        and all(is_figure(text) for text in texts[:place])
    )
