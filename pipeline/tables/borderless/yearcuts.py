"""Lines of years whose outer headings stand as close to others as words do: a corner, "I alt", a remark behind all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.tables.content.headings import is_period_heading, is_total_heading
from pipeline.tables.content.levels import level_spans
from pipeline.tables.layout.coded import cut
from pipeline.tables.layout.words import PageLine, segment_of

_YEAR = re.compile(r"(?:19|20)\d\d")
EDGE = 1.5
"""What is of one column begins, or ends, within so many points."""


def years_cut(line: PageLine, lines: Sequence[PageLine]) -> PageLine:
    """A line of years with the first one parted from the text in the corner.

    Not so the year of a price level, nor that of a day ("31. december 2031") with no figure under it.
    """
    if line.segments[0].count < 2 or line.segments[0].is_year:
        return line
    first = line.segments[0]
    texts = first.text.split(" ")
    if not _YEAR.fullmatch(texts[-1]) or len(texts) != first.count or _YEAR.search(" ".join(texts[:-1])):
        return line
    if any(start < len(first.text) <= end for start, end in level_spans(first.text)):
        return line
    begin, end = first.boxes[-1][0], first.boxes[-1][2]
    headed = any(s.is_value and s.x0 < end and begin < s.x1 for other in lines for s in other.segments)
    if not headed and is_period_heading(first.text):
        return line
    corner = segment_of(first.words[:-1], " ".join(texts[:-1]), first.page)
    return PageLine((corner, segment_of(first.words[-1:], texts[-1], first.page), *line.segments[1:]))


def total_cut(line: PageLine, lines: Sequence[PageLine]) -> PageLine:
    """A line of years whose last one and "I alt", or a total and another name, stand as close as words do.

    Two figures stand under it.
    """
    last = line.segments[-1]
    texts = last.text.split(" ")
    if len(texts) < 2 or len(texts) != last.count:
        return line
    place = 1 if last.is_year else len(texts) - 1
    before, after = " ".join(texts[:place]), " ".join(texts[place:])
    if last.is_year:
        told = _YEAR.fullmatch(before) is not None and is_total_heading(after)
    else:
        told = is_total_heading(before) and after[0].isupper()
    if not told:
        return line
    over = [sum(s.is_value and s.x0 < last.x1 and last.x0 < s.x1 for s in other.segments) for other in lines]
    under = [count for count in over if count]
    if max(over) < 2 or (not last.is_year and 2 * sum(count == 2 for count in under) <= len(under)):
        return line
    return PageLine((*line.segments[:-1], *cut(last, last.words, texts, [place])))


def words_cut(line: PageLine, lines: Sequence[PageLine]) -> PageLine:
    """A line of years whose last heading is that of figures and of the words behind them: "Forskel Bemærkning".

    It is cut where its first part ends with the figures under it, two at least, and the rest begins with words.
    """
    last = line.segments[-1]
    texts, boxes = last.text.split(" "), last.boxes
    if last.is_year or last.is_stacked or len(texts) < 2 or len(texts) != len(boxes):
        return line
    below = [s for other in lines if not other.years for s in other.segments[1:] if s.x1 > last.x0]
    for n in range(1, len(texts)):
        end, start = boxes[n - 1][2], boxes[n][0]
        figures = [s for s in below if s.is_value and s.x0 < start]
        words = [s for s in below if not s.is_value and abs(s.x0 - start) < EDGE]
        if words and len(figures) > 1 and all(abs(s.x1 - end) < EDGE for s in figures) and texts[n][0].isupper():
            return PageLine((*line.segments[:-1], *cut(last, last.words, texts, [n])))
    return line
