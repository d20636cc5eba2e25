"""Where a page is set in columns: the left edge of each column of text, line by line.

Two sides of a page are columns where text runs down on both, or where the lines of the one stand between those of the
other and each has words at its left. A table's own columns have neither.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pipeline.tables.layout.segments import DIGIT, LOWER, OTHER, Bools, Floats, Ints, Strips, middle_of

FEWEST, LEFT = 4, 6
"""So many stretches of words begin where a column does, more than so many line heights right of the page's first."""
MOST_TRIED = 6
FEWEST_PROSE, FEWEST_APART = 4, 3
"""So many lines of running text, or lines with nothing on the other side, prove a column at least."""
MANY_ALONE = 8
WIDTH = 0.7
"""A gutter is at least so many line heights wide."""
INDENT = 3.0
"""What begins no more than so many line heights right of a column's edge is indented in it."""
SAME_EDGE = 2.0
MOST_UNBEGUN = 5
SHORT = 0.3
FULL = 0.45
"""Of the lines of a column of prose, so large a share is full."""
ASKEW = 0.09
"""Cells of one row stand level; sides whose lines differ by more than this share of a line's height are two columns.

A letter with a tail reaches lower, one without a stem less high: of the tops and the feet, those that differ less tell.
"""
NEAR_MIDDLE, WIDE = 0.5, 1.2
"""A gutter in the middle of the page is at least so many line heights wide, and no further from it than so many."""
FEWEST_ALONE = 2
"""So many lines at least begin at the right edge of it and have nothing left of it."""
FEWEST_OWN, MOST_BOTH = 2, 0.6
"""So many lines of each side at least, and no more than such a share of one, stand between proven columns."""
Cuts = list[tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class _Segments:
    """The segments of a page, or of a side of it; ``level``: those of each line are known to stand level."""

    x0: Floats
    x1: Floats
    line: Ints
    words: Bools
    prosy: Bools
    figures: Bools
    top: Floats
    foot: Floats
    level: bool

    def only(self, kept: Bools) -> _Segments:
        return _Segments(
            self.x0[kept],
            self.x1[kept],
            self.line[kept],
            self.words[kept],
            self.prosy[kept],
            self.figures[kept],
            self.top[kept],
            self.foot[kept],
            self.level,
        )


def column_starts(strips: Strips) -> Cuts:
    """For each line of the page, where columns of the page begin in it, apart from the first."""
    firsts = strips.firsts[:-1]
    count = len(strips.lines) - 1
    cuts: Cuts = [()] * count
    if not strips.may_have_columns:
        return cuts
    height = middle_of(strips.boxes[:, 3] - strips.boxes[:, 1])
    x0, words = strips.boxes[firsts, 0], (strips.kinds & (LOWER | OTHER)) > 0
    places = _candidates(x0, words, height)
    if not places:
        return cuts
    x1 = np.maximum.reduceat(strips.boxes[:, 2], firsts)
    top, foot = np.minimum.reduceat(strips.boxes[:, 1], firsts), np.maximum.reduceat(strips.boxes[:, 3], firsts)
    level = _are_level(top, foot, strips.lines[:-1], height)
    if level and not _may_be_proven(strips, x0, x1, places, height):
        return cuts
    segments = _Segments(
        x0,
        x1,
        np.repeat(np.arange(count), np.diff(strips.lines)),
        words,
        strips.prosy,
        (strips.kinds & (LOWER | OTHER | DIGIT)) == DIGIT,
        top,
        foot,
        level,
    )
    _cut(segments, places, count, height, cuts)
    return cuts


def _are_level(top: Floats, foot: Floats, lines: Ints, height: float) -> bool:
    """Whether no two segments of a line are askew, so that no two sides of it are; ``lines`` are the first of each."""
    tops, feet = (np.maximum.reduceat(side, lines) - np.minimum.reduceat(side, lines) for side in (top, foot))
    return not np.count_nonzero(np.minimum(tops, feet) > ASKEW * height)


def _may_be_proven(strips: Strips, x0: Floats, x1: Floats, places: Sequence[float], height: float) -> bool:
    """Whether sides that stand level may be columns: by running text left of a place, or lines with nothing there.

    Most tables have neither, and nothing else proves such columns.
    """
    prose = strips.prosy & (x1 <= max(places) - WIDTH * height)
    if np.count_nonzero(prose) >= FEWEST_PROSE:
        return True
    begins = x0[strips.lines[:-1]]
    return bool(np.count_nonzero(begins >= min(places) - SAME_EDGE) >= FEWEST_APART)


def _cut(segments: _Segments, places: Sequence[float], count: int, height: float, cuts: Cuts) -> None:
    """Cut the lines at the proven place with the widest room left of it, and what stands right of it again.

    A narrower one may only seem proven by what stands beyond the widest.
    """
    tried = ((place, _runs(segments, place, count, height)) for place in places)
    proven = [(_room(segments, place, runs), place, runs) for place, runs in tried if any(told for _, _, told in runs)]
    _, place, runs = max(proven, key=lambda found: found[0], default=(0.0, 0.0, []))
    if not runs:
        return
    split = np.zeros(count, dtype=bool)
    for first, last in [*((first, last) for first, last, _ in runs), *_between(runs, segments, place, height)]:
        split[first:last] = True
        for line in range(first, last):
            cuts[line] = (*cuts[line], place - SAME_EDGE)
    right = segments.only(split[segments.line] & (segments.x0 > place - SAME_EDGE))
    if len(right.x0) >= 2 * FEWEST:
        _cut(right, _candidates(right.x0, right.words, height), count, height, cuts)


def _room(segments: _Segments, place: float, runs: Sequence[tuple[int, int, bool]]) -> float:
    """How wide the room left of a place is in the lines that it parts."""
    inside = np.zeros(len(segments.x0), dtype=bool)
    for first, last, _ in runs:
        inside |= (segments.line >= first) & (segments.line < last)
    left = segments.x1[inside & (segments.x0 < place - SAME_EDGE)]
    return float(place - left.max()) if len(left) else 0.0


def _between(
    runs: Sequence[tuple[int, int, bool]], segments: _Segments, place: float, height: float
) -> Iterator[tuple[int, int]]:
    """The stretches between two with columns that keep clear of the place, and whose sides are no rows of one table.

    Each side has lines of its own, and most of one have nothing level beside them: a table or a chart may stand there
    that does not begin at the edge of its column.
    """
    crossing = (segments.x0 < place - SAME_EDGE) & (segments.x1 > place - WIDTH * height)
    right = segments.x0 >= place - SAME_EDGE
    count = int(segments.line.max()) + 1
    away = np.zeros(count) if segments.level else _away(segments, ~right, right, count)
    for (_, first, _), (last, _, _) in pairwise(runs):
        inside = (segments.line >= first) & (segments.line < last)
        if first >= last or np.any(crossing & inside):
            continue
        sides = [set(segments.line[inside & side].tolist()) for side in (~right, right)]
        level = [n for n in sides[0] & sides[1] if away[n] <= ASKEW * height]
        both, fewest = len(level), min(map(len, sides))
        if fewest - both >= FEWEST_OWN and both <= MOST_BOTH * fewest:
            yield first, last


def _candidates(x0: Floats, words: Bools, height: float) -> list[float]:
    """Places at which several stretches of words begin, not those at the left edge, the most used first."""
    if not len(x0):
        return []
    places = np.rint(x0[words & (x0 > x0.min() + LEFT * height)]).astype(np.intp)
    if len(places) < FEWEST:
        return []
    counts = Counter(places.tolist())
    tried = sorted([(-count, place) for place, count in counts.items() if count >= FEWEST])[:MOST_TRIED]
    if not tried:
        return []
    often = sorted([place for place, count in counts.items() if count >= 2])
    near = [often[bisect_left(often, place - reach * height)] for _, place in tried for reach in (INDENT, 1)]
    return [float(place) for place in dict.fromkeys(near)]


def _runs(segments: _Segments, place: float, count: int, height: float) -> list[tuple[int, int, bool]]:
    """Stretches of lines that keep clear of a place and have both sides, and whether their sides are proven columns."""
    crossing = (segments.x0 < place - SAME_EDGE) & (segments.x1 > place - WIDTH * height)
    right = ~crossing & (segments.x0 >= place - SAME_EDGE)
    left = ~crossing & ~right
    starts = right & segments.words & (segments.x0 <= place + INDENT * height)

    def lines_with(mask: Bools) -> npt.NDArray[np.bool_]:
        return np.bincount(segments.line[mask], minlength=count) > 0

    begun = lines_with(starts)
    blocked = lines_with(crossing) | _unbegun(lines_with(right), begun)
    sides = lines_with(left), lines_with(right), begun
    stretches = _two_sided(blocked, *sides)
    if not stretches:
        return []
    full = segments.prosy
    if full.any():
        full = full & (_full(segments, left) | _full(segments, right))
    kinds = [lines_with(side & kind) for side in (left, right) for kind in (full, segments.figures)]
    has = np.stack([*sides, *kinds])
    away = np.zeros(count) if segments.level else _away(segments, left, right, count)
    found = []
    for first, last in stretches:
        part = has[:, first:last]
        numbers = part.sum(axis=1).tolist()
        both = (part[0] & part[1]).nonzero()[0] + first
        askew = int((away[both] > ASKEW * height).sum())
        proven = _proven(numbers, len(both)) or (len(both) >= 3 and _share(numbers, len(both)) * askew >= len(both))
        if not proven and askew and int((part[2] & ~part[0]).sum()) >= FEWEST_ALONE:
            inside = left & (segments.line >= first) & (segments.line < last)
            proven = _is_halved(segments, inside, place, height) and _are_halves(numbers, len(both))
        if proven or numbers[2] >= FEWEST - 1:
            found.append((first, last, proven))
    return found


def _is_halved(segments: _Segments, left: Bools, place: float, height: float) -> bool:
    """Whether the room left of a place is in the middle of the page, so that both columns are of one width."""
    end, middle = segments.x1[left].max(), (segments.x0.min() + segments.x1.max()) / 2
    return bool(place - end > WIDE * height and abs((end + place) / 2 - middle) < NEAR_MIDDLE * height)


def _are_halves(numbers: list[int], both: int) -> bool:
    """Whether each side has lines of its own, and running text stands in one or figures in both."""
    left, right, _, prose_left, figures_left, prose_right, figures_right = numbers
    return min(left, right) - both >= 3 and (prose_left + prose_right >= 2 or min(figures_left, figures_right) >= 2)


def _away(segments: _Segments, left: Bools, right: Bools, count: int) -> Floats:
    """For each line how far what stands next to the place, left and right, is from standing level, by top or foot."""
    edges_of = np.zeros((2, 2, count))
    for side, nearest_last in enumerate((np.flatnonzero(left), np.flatnonzero(right)[::-1])):
        edges_of[side, 0, segments.line[nearest_last]] = segments.top[nearest_last]
        edges_of[side, 1, segments.line[nearest_last]] = segments.foot[nearest_last]
    away: Floats = np.abs(edges_of[0] - edges_of[1]).min(axis=0)
    return away


def _two_sided(blocked: Bools, left: Bools, right: Bools, begun: Bools) -> list[tuple[int, int]]:
    """The stretches of lines that are not blocked, from the first to before the last, in which both sides are used."""
    around = np.ones(len(blocked) + 2, dtype=np.int8)
    around[1:-1] = blocked
    edges = (around[1:] != around[:-1]).nonzero()[0].tolist()
    on_left, on_right, at_edge = left.tolist(), right.tolist(), begun.tolist()
    return [
        (first, last)
        for first, last in zip(edges[::2], edges[1::2], strict=True)
        if sum(on_left[first:last]) >= 2 and 2 <= sum(on_right[first:last]) <= 2 * sum(at_edge[first:last])
    ]


def _full(segments: _Segments, side: Bools) -> Bools:
    """The segments of a side that reach nearly as far as the farthest one."""
    if not side.any():
        return side
    left, right = segments.x0[side].min(), segments.x1[side].max()
    full: Bools = side & (segments.x1 > right - SHORT * (right - left))
    return full


def _unbegun(right: Bools, begun: Bools) -> Bools:
    """The lines of long stretches in which nothing begins at the left edge of the column."""
    blocked = np.zeros(len(right), dtype=bool)
    numbers = right.nonzero()[0]
    firsts = np.concatenate([[True], begun[numbers][1:] | begun[numbers][:-1]]).nonzero()[0]
    for first, last in zip(firsts.tolist(), [*firsts[1:].tolist(), len(numbers)], strict=True):
        if last - first >= MOST_UNBEGUN and not begun[numbers[first]]:
            blocked[numbers[first] : numbers[last - 1] + 1] = True
    return blocked


def _share(numbers: list[int], both: int) -> int:
    """One of how many lines with two sides must be askew: fewer where both have figures and many own lines."""
    left, right, _, _, figures_left, _, figures_right = numbers
    return 3 if min(left, right) - both >= MANY_ALONE and min(figures_left, figures_right) >= FEWEST else 2


def _proven(numbers: list[int], both: int) -> bool:
    """By the numbers of lines with something left, right, beginning right, and prose and figures on each side."""
    left, right, _, prose_left, figures_left, prose_right, figures_right = numbers
    if min(prose_left, prose_right) > FEWEST_PROSE and prose_left >= FULL * left and prose_right >= FULL * right:
        return True
    if min(left, right) - both >= FEWEST_APART and 2 * both <= min(left, right):
        return (prose_left >= 3 or figures_left >= 2) and (prose_right >= 3 or figures_right >= 2)
    return prose_left >= FEWEST_PROSE and 2 * prose_left >= left and figures_right >= 2
