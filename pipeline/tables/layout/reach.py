"""Which columns a heading stands over, by its place alone: one that it keeps to, or several whose middle it is in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from pipeline.tables.layout.words import PageLine, Segment

Extents = Sequence[tuple[float, float]]

SLACK = 0.5
CENTRED = 0.6
"""A heading is centred over columns when the middles differ by less than this share of its height."""
SAME_MIDDLE = 1.0
SAME_EDGE = 1.0
MOST_SHARED = 12
"""So many columns at most are shared out among headings over them."""


def overlapped(segment: Segment, extents: Extents) -> list[int]:
    left, right = segment.x0, segment.x1 - SLACK
    return [n for n, (x0, x1) in enumerate(extents) if left < x1 - SLACK and x0 < right]


def names_cut(extents: Extents, headings: Sequence[Segment], labels: int) -> Extents:
    """The columns, of which the last one of names, of all ``labels``, ends where headings of the first figures begin.

    Such headings are wider than the figures, and stand over a part of the names' room, but not where these begin.
    """
    if not 0 < labels < len(extents):
        return extents
    (left, right), (first, _) = extents[labels - 1], extents[labels]
    over = [s.x0 for s in headings if s.x0 - left > s.box[3] - s.box[1] and s.x0 < right < s.x1 and s.x1 > first]
    return [*extents[: labels - 1], (left, min(over) - 1), *extents[labels:]] if over else extents


def begun_level(line: PageLine, overlaps: Sequence[list[int]], leaves: dict[int, Segment]) -> dict[int, list[int]]:
    """The columns of headings that go on below, by their place: each begins where the one below it does, side by side.

    They are those of the first columns, two at least, so that none is of two.
    """
    found: dict[int, list[int]] = {}
    for position, (segment, over) in enumerate(zip(line.segments, overlaps, strict=True)):
        if 0 in over or (not over and not found):
            continue
        leaf = leaves.get(over[0]) if over else None
        if leaf is None or over[0] != len(found) + 1 or abs(segment.x0 - leaf.x0) >= SAME_EDGE:
            return {}
        found[position] = over[:1]
    return found if len(found) > 1 else {}


def shared_out(
    line: PageLine, overlaps: Sequence[list[int]], leaves: dict[int, Segment], extents: Extents
) -> dict[int, list[int]]:
    """The columns of headings over others, by their place in the line, if they share them in just one way.

    Each stands in the middle over its own: that of what stands there, of the room, or between the two.
    """
    right = [n for n, s in enumerate(line.segments) if 0 not in overlaps[n] and s.x0 >= extents[0][1] - SLACK]
    width = len(extents) - 1
    if not 1 < len(right) < width <= MOST_SHARED or any(n not in leaves for n in range(1, width + 1)):
        return {}
    for loose in (False, True):
        ways = []
        for cuts in combinations(range(2, width + 1), len(right) - 1):
            runs = [list(range(a, b)) for a, b in pairwise([1, *cuts, width + 1])]
            pairs = zip(right, runs, strict=True)
            if all(fits(line.segments[n], overlaps[n], run, leaves, extents, loose=loose) for n, run in pairs):
                ways.append(runs)
        if ways:
            return dict(zip(right, ways[0], strict=True)) if len(ways) == 1 else {}
    return {}


def fits(
    segment: Segment,
    over: list[int],
    run: list[int],
    leaves: dict[int, Segment],
    extents: Extents,
    *,
    loose: bool = False,
) -> bool:
    """Whether a heading may stand over a run of columns; ``loose``: though it keeps to the middle one, too."""
    if not set(over) <= set(run):
        return False
    if len(run) == 1:
        return bool(over) and stands_over(segment, extents[run[0]], leaves[run[0]])
    small = [leaves[n].text[0].islower() for n in run]
    if any(small) and not all(small):  # these go on with a heading above them
        return False
    middle = run[0] + run[-1]
    if any(_keeps_to(segment, leaves[n], middle=2 * n != middle) for n in run if not loose or 2 * n != middle):
        return False
    starts = (extents[run[0]][0], leaves[run[0]].x0, _room(run[0], extents))
    right = extents[run[-1]][1]
    ends = (right, right if not _begin_level(run, leaves, extents) else _end_of_room(run, extents))
    reach, place = CENTRED * (segment.box[3] - segment.box[1]), (segment.x0 + segment.x1) / 2
    return (min(starts) + right) / 2 - reach < place < (max(starts) + max(ends)) / 2 + reach


def _begin_level(run: Sequence[int], leaves: dict[int, Segment], extents: Extents) -> bool:
    """Whether each heading begins where its column does, so that the room of a column is right of it."""
    return all(abs(leaves[n].x0 - extents[n][0]) < SAME_EDGE for n in run)


def _end_of_room(run: Sequence[int], extents: Extents) -> float:
    """Where the last column's room ends if it is as wide as those of the run are on average."""
    first, last = extents[run[0]], extents[run[-1]]
    return max(last[1], last[0] + (last[0] - first[0]) / (len(run) - 1))


def _keeps_to(segment: Segment, leaf: Segment, *, middle: bool) -> bool:
    """Whether a heading is of the same column alone as the one below it, by its edges or by its middle."""
    left, right = abs(segment.x0 - leaf.x0), abs(segment.x1 - leaf.x1)
    centred = middle and abs(segment.x0 + segment.x1 - leaf.x0 - leaf.x1) < 2 * SAME_EDGE
    return left < SAME_EDGE or right < SAME_EDGE or centred


def stands_over(segment: Segment, column: tuple[float, float], leaf: Segment | None) -> bool:
    """Whether a heading keeps an edge or the middle of a column, as one of that column alone does.

    Over a heading that ends where the column ends, it tells nothing that both begin in one place.
    """
    height = segment.box[3] - segment.box[1]
    middle = (segment.x0 + segment.x1 - column[0] - column[1]) / 2
    if abs(middle) < CENTRED * height or abs(segment.x1 - column[1]) < 1.5:
        return True
    ends = leaf is not None and abs(leaf.x1 - column[1]) < 1.5 and segment.x1 > column[1] + height
    return abs(segment.x0 - column[0]) < 1.5 and not ends


def centred(
    segment: Segment, over: list[int], free: tuple[int, int], extents: Extents, leaves: dict[int, Segment]
) -> list[int]:
    """The run of columns that has the heading in its middle, holds all that it overlaps and no other heading.

    The middle is that of what stands in the columns, with the headings below, or of the room between the columns before
    and their last one; the room of the first is no wider than that of the others.
    """
    middle = (segment.x0 + segment.x1) / 2
    height = segment.box[3] - segment.box[1]
    best, least = over, CENTRED * height
    for first in range(max(free[0] + 1, 1), min(free[1], len(extents))):
        for last in range(first + 1, free[1]):
            run = list(range(first, last + 1))
            if not set(over) <= set(run):
                continue
            right = extents[last][1]
            widest = max(extents[b][1] - extents[a][1] for a, b in pairwise(run))
            room = _room(first, extents)
            lefts = [extents[first][0], room, max(room, extents[first][1] - widest)]
            if first in leaves:
                lefts.append(min(leaves[first].x0, extents[first][0]))
            away = min(abs((left + right) / 2 - middle) for left in lefts)
            if away < least - SAME_MIDDLE or (away < max(least, SAME_MIDDLE) and len(run) > len(best)):
                best, least = run, min(away, least)
    return best


def widest_run(segment: Segment, free: tuple[int, int], extents: Extents, leaves: dict[int, Segment]) -> list[int]:
    """All headed columns up to the next heading that a heading may be in the middle of: as many as there can be.

    The middle lies between that of what stands in the columns and that of their rooms.
    """
    last = free[1] - 1
    for first in range(max(free[0] + 1, 1), last):
        run = list(range(first, last + 1))
        if any(n not in leaves or leaves[n].is_year for n in run):
            continue
        widest = max(extents[b][1] - extents[a][1] for a, b in pairwise(run))
        left = max(_room(first, extents), extents[first][1] - widest)
        middle = segment.x0 + segment.x1 - extents[last][1]
        if left <= middle <= extents[first][0]:
            return run
    return []


def _room(column: int, extents: Extents) -> float:
    """Where the room of a column begins if its figures stand at the right: where the one before it ends."""
    if column > 1 or len(extents) < 3:
        return extents[column - 1][1]
    widest = max(b[1] - a[1] for a, b in pairwise(extents[1:]))
    return max(extents[0][1], extents[1][1] - widest)
