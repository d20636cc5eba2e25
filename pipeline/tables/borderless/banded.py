"""Columns of words that stand close: told by the white room that runs down through all rows.

Where cells are close, the end of one cell's line and the beginning of the next one's are hardly further apart than
words are. What tells them is the edge at which the cells of a column begin in most rows, with nothing printed in front
of it in any. Rules below each row tell which lines are one; without them each line is taken for itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import inf
from statistics import median_low

from pipeline.tables.borderless.heads import Rule
from pipeline.tables.content.cells import TEXT_KIND
from pipeline.tables.layout.coded import cut
from pipeline.tables.layout.words import PageLine, Segment

FEWEST = 4
"""So many rules of one width at least, one below the other, part rows."""
SAME_END = 2.0
"""They begin and end in the same places, within so many points."""
LEVEL = 0.75
"""The lines of a column begin in one place within so many points."""
WIDER = 1.15
"""A column has room in front of it in every row, at least so many times as wide as a blank."""
MOST, MANY_LINES, SHARE = 0.6, 8, 0.35
"""In this share of the rows at least, something begins at a column's edge; of so many lines at least, in this share."""
Band = list[PageLine]


def words_parted(part: Sequence[tuple[int, PageLine]], rules: Sequence[Rule]) -> list[tuple[int, PageLine]]:
    """The lines with their numbers, those between the rules of a table cut where a column of words begins."""
    ruled = list(_ruled(rules)) if len(rules) >= FEWEST else []
    if not ruled:
        return list(part)
    lines = [line for _, line in part]
    parted = lines[:]
    for heights, ends in ruled:
        numbers = _between(lines, heights, ends)
        inside = [lines[n] for n in numbers if lines[n].centre > heights[0]]
        bands = [rows for rows in _bands(inside, heights) if not _is_name(rows)]
        begun = _begun(bands, MOST) if len(bands) >= FEWEST - 1 else []
        room = _room(inside) if begun else inf
        edges = _clear(begun, bands, room)
        for n in numbers if edges else ():
            parted[n] = _parted(parted[n], edges, room)
    return [(number, line) for (number, _), line in zip(part, parted, strict=True)]


def lines_parted(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines of rows cut where a column of words begins, whether or not rules part the rows."""
    bands = [[line] for line in lines if len(line.segments) > 1]
    if len(bands) < MANY_LINES:
        return list(lines)
    begun = _begun(bands, SHARE)
    room = _room(lines) if begun else inf
    edges = _clear(begun, bands, room)
    return [_parted(line, edges, room) for line in lines] if edges else list(lines)


def _ruled(rules: Sequence[Rule]) -> Iterator[tuple[list[float], tuple[float, float]]]:
    """The heights of the rules of one width, from the top down, and where they begin and end."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        _, left, right = rule
        for group in groups:
            if abs(group[0][1] - left) < SAME_END and abs(group[0][2] - right) < SAME_END:
                group.append(rule)
                break
        else:
            groups.append([rule])
    for group in groups:
        if len(group) >= FEWEST:
            yield [height for height, _, _ in group], (group[0][1], group[0][2])


def _between(lines: Sequence[PageLine], heights: Sequence[float], ends: tuple[float, float]) -> list[int]:
    """The numbers of the lines between rules; the first rule is below the first row perhaps, which is no taller."""
    top = heights[0] - max(below - above for above, below in pairwise(heights))
    return [
        n
        for n, line in enumerate(lines)
        if top < line.centre < heights[-1] and line.box[0] < ends[1] and ends[0] < line.box[2]
    ]


def _bands(lines: Sequence[PageLine], heights: Sequence[float]) -> list[Band]:
    """The lines of each row."""
    return [list(band) for _, band in groupby(lines, lambda line: bisect_left(heights, line.centre))]


def _is_name(band: Band) -> bool:
    """Whether one stretch of words is all there is between two rules: a group's name runs over all columns."""
    return len(band) == 1 and len(band[0].segments) == 1


def _room(lines: Sequence[PageLine]) -> float:
    """How far apart a column and the one before it are at least, in points: more than words are."""
    blanks = [
        after[0] - before[2]
        for line in lines
        for s in line.segments
        if s.count > 1 and _is_text(s)
        for before, after in pairwise(s.boxes)
    ]
    return WIDER * max(median_low(blanks), 0.0) if blanks else inf


def _begun(bands: Sequence[Band], share: float) -> list[float]:
    """Where words begin in most rows, apart from where the rows do: most tables have no such place."""
    first, fewest = min([line.box[0] for band in bands for line in band]), share * len(bands)
    starts = [{s.x0 for line in band for s in line.segments if s.x0 > first and _is_text(s)} for band in bands]
    level = sorted([place for places in starts for place in places])
    return [
        x
        for x in sorted({round(place, 1) for place in level} if len(level) >= fewest else ())
        if x > first + LEVEL
        and bisect_right(level, x + LEVEL) - bisect_left(level, x - LEVEL) >= fewest
        and sum(any(abs(p - x) < LEVEL for p in places) for places in starts) >= fewest
    ]


def _clear(begun: Sequence[float], bands: Sequence[Band], room: float) -> list[float]:
    """The edges of columns of words among the places where they may begin: no word reaches near in any row."""
    if not begun or room == inf:
        return []
    words = [box for band in bands for line in band for s in line.segments for box in s.boxes]
    found: list[float] = []
    for edge in begun:
        if not found or edge - found[-1] > LEVEL:
            before, end = edge - LEVEL, edge - room
            if not any(box[0] < before and box[2] > end for box in words):
                found.append(edge)
    return found


def _is_text(segment: Segment) -> bool:
    return segment.kind is TEXT_KIND and not segment.is_year


def _parted(line: PageLine, edges: Sequence[float], room: float) -> PageLine:
    """A line cut where columns begin, unless what stands there is no further from the word before it than a blank."""
    segments: list[Segment] = []
    least = room if len(line.segments) == 1 else 0.0  # a group's name may have a word there
    for segment in line.segments:
        texts = segment.text.split(" ")
        cuts: list[int] = []
        if segment.count == len(texts) > 1 and _is_text(segment) and not segment.is_stacked:
            boxes = segment.boxes
            cuts = [
                n
                for n, (before, box) in enumerate(pairwise(boxes), 1)
                if box[0] - before[2] > least and any(abs(box[0] - edge) < LEVEL for edge in edges)
            ]
        segments += cut(segment, segment.words, texts, cuts) if cuts else [segment]
    return line if len(segments) == len(line.segments) else PageLine(tuple(segments))
