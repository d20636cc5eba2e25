"""Remarks as close behind the last figures as words are: where all begin in one place, they are a column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.tables.content.cells import NUMBER_KIND, TEXT_KIND, read_cell
from pipeline.tables.layout.coded import cut
from pipeline.tables.layout.words import PageLine, Segment

FEWEST = 2
"""So many rows at least have a remark behind figures that end in one place, or one and the heading behind the years."""
HAIR, REACH = 0.3, 1.0
"""In points: figures of one column end, and words of one column begin, so near each other; some letters reach over."""
WIDER = 0.35
"""A remark stands further from the figure than this share of the height of its line: blanks are narrower."""
FEWEST_ALONE, FEWEST_ENDS = 2, 4
"""Where it does not, so many figures without one, and so many in all, end in one place: there the column ends."""


class _Remark(NamedTuple):
    """Where a figure begins and ends, and where the remark behind it begins, and ends, its ``reach``.

    ``apart``: it is a word, further away than words are.
    """

    begin: float
    end: float
    start: float
    reach: float
    apart: bool


def remarks_cut(lines: list[PageLine]) -> list[PageLine]:
    """The lines with each remark cut from the figure or the year in front of it."""
    found = _without_counts([place for line in lines if line.values and (place := _behind(line)) is not None])
    if len(found) == 1:
        heads = [place for line in lines if line.years > 1 and not line.values and (place := _behind(line)) is not None]
        found += [head for head in heads if _in_one_place([*found, head])][:1]
    apart = [place for place in found if place.apart]
    if _in_one_place(apart):
        return [_cut_at(line, min(place.start for place in apart), None, apart[0].end) for line in lines]
    if not _in_one_place(found) or not (_ends_alone(lines, found) or _is_headed(lines, found)):
        return lines
    return [_cut_at(line, min(place.start for place in found), found[0].end, found[0].end) for line in lines]


def _without_counts(found: Sequence[_Remark]) -> list[_Remark]:
    """The places without those of remarks that begin with a number, "12 pladser", where the others begin."""
    return [each for each in found if not any(abs(each.begin - other.start) < REACH for other in found)]


def _in_one_place(found: Sequence[_Remark]) -> bool:
    if len(found) < FEWEST:
        return False
    end, start = found[0].end, found[0].start
    return all(abs(place.end - end) < HAIR and abs(place.start - start) < REACH for place in found)


def _ends_alone(lines: Sequence[PageLine], found: Sequence[_Remark]) -> bool:
    """Whether figures without a remark, last in their rows, end where those with one do, and none further right."""
    ends = [s.x1 for line in lines if line.values and (s := line.segments[-1]).kind is NUMBER_KIND]
    alone = sum(abs(end - found[0].end) < HAIR for end in ends)
    further = any(end > found[0].start for end in ends)
    return alone >= FEWEST_ALONE and alone + len(found) >= FEWEST_ENDS and not further


def _is_headed(lines: Sequence[PageLine], found: Sequence[_Remark]) -> bool:
    """Whether a word of a heading ends where the figures do, and the next one stands over the remarks, behind them."""
    end, start, reach = found[0].end, found[0].start - REACH, max(place.reach for place in found)
    heads = [[box for s in line.segments for box in s.boxes] for line in lines if not line.values]
    return any(abs(a[2] - end) < REACH and start < b[0] < reach for boxes in heads for a, b in pairwise(boxes))


def _behind(line: PageLine) -> _Remark | None:
    """The remark behind the figure with which the last stretch of a row begins."""
    if len(line.segments) < 2:
        return None
    last = line.segments[-1]
    if last.count < 2 or last.kind is not TEXT_KIND:
        return None
    texts = last.text.split(" ")
    if len(texts) != last.count:
        return None
    count = max((n for n in range(1, len(texts)) if read_cell(" ".join(texts[:n])).kind is NUMBER_KIND), default=0)
    if not count or not (texts[count][0].isalpha() or _is_share(texts[count:])):
        return None
    boxes = last.boxes
    end, start = boxes[count - 1][2], boxes[count][0]
    apart = start - end > WIDER * line.height and texts[count][0].isalpha()
    return _Remark(last.x0, end, start, last.x1, apart) if start > end else None


def _is_share(texts: Sequence[str]) -> bool:
    """Whether a remark begins with a share, "50 pct. refusion", whose digits are no group of thousands."""
    return len(texts) > 1 and texts[0].isdigit() and len(texts[0]) < 3 and texts[1].casefold().startswith(("pct", "%"))


def _counts(texts: Sequence[str], off: float) -> bool:
    """Whether a number behind a figure begins a remark: words follow it, and the figure ends in its column."""
    return abs(off) < HAIR and len(texts) > 1 and texts[1][0].isalpha()


def _cut_at(line: PageLine, start: float, edge: float | None, end: float) -> PageLine:
    """A line cut where words begin at ``start``; ``edge``: where what stands before them ends, however near.

    A remark that begins with a number, "12 pladser", is cut from a figure that ends where the others do, at ``end``.
    """
    segments: list[Segment] = []
    for segment in line.segments:
        texts = segment.text.split(" ")
        boxes = segment.boxes if segment.count == len(texts) > 1 and segment.x0 < start < segment.x1 else []
        near = [n for n in range(1, len(boxes)) if abs(boxes[n][0] - start) < REACH]
        if edge is None:
            near = [n for n in near if boxes[n][0] - boxes[n - 1][2] > WIDER * line.height]
            near = [n for n in near if not texts[n][0].isdigit() or _counts(texts[n:], boxes[n - 1][2] - end)]
        else:
            near = [n for n in near if abs(boxes[n - 1][2] - edge) < REACH]
        segments += cut(segment, segment.words, texts, near) if near else [segment]
    return line if len(segments) == len(line.segments) else PageLine(tuple(segments))
