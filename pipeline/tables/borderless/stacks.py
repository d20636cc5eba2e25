"""Columns of a borderless table: which segments stand over each other, and which heading a figure stands under.

A figure belongs to the year it overlaps; under two, to the one whose right edge, else centre, it shares; under none, to
the column of the figures above and below it. Where that does not tell, the row is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from math import inf

import msgspec

from corpus.lazy import lazy
from pipeline.tables.borderless.underheads import SLACK, Room, head_of, is_under, rooms
from pipeline.tables.content.cells import TEXT_KIND
from pipeline.tables.layout.coded import is_code
from pipeline.tables.layout.words import PageLine, Segment

BESIDE = 0.25
"""Lines that share more than this part of their height stand beside each other."""
FEWEST_CODES = 3
FEWEST_HEADS, SAME_ROOM = 2, 2.0
"""In points: figures end equally far behind their headings, two at least."""


class Stack(msgspec.Struct, gc=False):
    """Segments that overlap each other from line to line; ``x0`` to ``x1`` is what they cover together."""

    x0: float
    x1: float
    segments: list[Segment] = []

    def overlaps(self, segment: Segment) -> bool:
        return segment.x0 < self.x1 - SLACK and self.x0 < segment.x1 - SLACK

    def add(self, segment: Segment) -> None:
        if segment.x0 < self.x0:
            self.x0 = segment.x0
        if segment.x1 > self.x1:
            self.x1 = segment.x1
        self.segments.append(segment)


def stack(segments: Iterable[Segment], *, keep_spanning: bool = False) -> list[Stack]:
    """Overlap clusters from left to right, narrow ones first; one over two clusters joins none, unless it is kept."""
    stacks: list[Stack] = []
    for segment in sorted(segments, key=lambda s: s.x1 - s.x0):
        left, right = segment.x0, segment.x1 - SLACK
        over: Stack | None = None
        several = False
        for found in stacks:  # a comprehension takes longer than these few
            if left < found.x1 - SLACK and found.x0 < right:
                if over is not None:
                    several = True
                    break
                over = found
                if keep_spanning:
                    break
        if over is None:
            stacks.append(Stack(left, segment.x1, [segment]))
        elif not several:
            if left < over.x0:
                over.x0 = left
            if segment.x1 > over.x1:
                over.x1 = segment.x1
            over.segments.append(segment)
    return sorted(stacks, key=lambda found: found.x0) if len(stacks) > 1 else stacks


def are_several(segments: Sequence[Segment]) -> bool:
    """Whether segments may be of several stacks: those that all stand over one place are one."""
    return bool(segments) and max([s.x0 for s in segments]) >= min([s.x1 for s in segments]) - SLACK


def line_numbers(lines: Sequence[PageLine]) -> dict[int, int]:
    """The number of the line of each segment, by the segment's identity."""
    return {id(segment): number for number, line in enumerate(lines) for segment in line.segments}


def _numbers(column: Stack, places: Mapping[int, int]) -> set[int]:
    """The lines in which a column has something; two columns have met where both have something in one line."""
    return {places[id(segment)] for segment in column.segments}


def merge_unmet(stacks: list[Stack], lines: Sequence[PageLine]) -> list[Stack]:
    """Neighbours that never stand on one line are one column, unless one stands beside two lines of the other."""
    if len(stacks) < 2:
        return stacks
    places = line_numbers(lines)
    coded = _codes(stacks, places)
    merged: list[Stack] = []
    taken: set[int] = set()
    for number, found in enumerate(stacks):
        own = _numbers(found, places)
        apart = bool(merged) and (
            id(merged[-1]) in coded
            or _stand_beside(merged[-1], found)
            or _heads_next(stacks[number : number + 2], places)
        )
        if merged and taken.isdisjoint(own) and not apart:
            for segment in found.segments:
                merged[-1].add(segment)
            taken |= own
        else:
            merged.append(found)
            taken = own
    return merged


def _heads_next(both: Sequence[Stack], places: Mapping[int, int]) -> bool:
    """Whether words stand above the figures of the next column, and over nothing: they are the heading of these.

    Headings in the middle of wide cells end before the figures at the right of these begin.
    """
    if len(both) < 2 or any(s.is_value or s.is_year for s in both[0].segments):
        return False
    words, below = both
    figures = [s for s in below.segments if s.is_value]
    if not figures or any(not (s.is_value or s.is_year) and any(map(str.isalnum, s.text)) for s in below.segments):
        return False
    return max(_numbers(words, places)) < min(places[id(s)] for s in figures)


def _codes(stacks: Sequence[Stack], places: Mapping[int, int]) -> set[int]:
    """The columns of nothing but codes, by identity, with names right of them on their lines: they are apart."""
    found: set[int] = set()
    for number, column in enumerate(stacks[:-1]):
        if len(column.segments) < FEWEST_CODES or not all(is_code(s.text) for s in column.segments):
            continue
        own = _numbers(column, places)
        named = ({places[id(s)] for s in other.segments if s.kind is TEXT_KIND} for other in stacks[number + 1 :])
        if any(len(own & texts) >= FEWEST_CODES for texts in named):
            found.add(id(column))
    return found


def _stand_beside(left: Stack, right: Stack) -> bool:
    """Whether something in one column stands beside the middle of two lines in the other."""
    others = [(s.box[1], s.box[3]) for s in right.segments]
    return any(
        min(bottom, s.box[3]) - max(top, s.box[1]) > BESIDE * (bottom - top)
        for s in left.segments
        for top, bottom in others
    )


def bridged(stacks: list[Stack], segments: Iterable[Segment], lines: Sequence[PageLine]) -> list[Stack]:
    """The stacks, where a text over two that never stand on one line makes them one: "I alt" below long names."""
    taken = {id(segment) for column in stacks for segment in column.segments}
    segments = [segment for segment in segments if id(segment) not in taken]
    if not segments or len(stacks) < 2:
        return stacks
    places = line_numbers(lines)
    numbers = {id(column): _numbers(column, places) for column in stacks}
    met: set[tuple[int, ...]] = set()
    coded = _codes(stacks, places)
    for segment in segments:
        over = [column for column in stacks if column.overlaps(segment)]
        together = tuple(map(id, over))
        if (
            len(over) < 2
            or together in met
            or not coded.isdisjoint(together)
            or any(places[id(segment)] in numbers[n] for n in together)
        ):
            continue
        if any(not numbers[a].isdisjoint(numbers[b]) for a, b in combinations(together, 2)):
            met.add(together)
            continue
        for other in over[1:]:
            for piece in other.segments:
                over[0].add(piece)
            numbers[id(over[0])] |= numbers[id(other)]
            stacks.remove(other)
        over[0].add(segment)
        numbers[id(over[0])].add(places[id(segment)])
    return stacks


@dataclass
class Assignment:
    """Column numbers of segments by identity; ``lost`` are the figures that no rule gives a column, and ``why``."""

    columns: dict[int, int] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    why: str = "its figures do not stand under the years"
    rooms: dict[int, Room] = field(default_factory=dict)
    """From where to where the figures of a column reach, of those known so far."""

    def reach(self, column: int, x0: float, x1: float) -> None:
        """Take in how far figures of a column reach."""
        known = self.rooms.get(column)
        self.rooms[column] = (min(known[0], x0), max(known[1], x1)) if known is not None else (x0, x1)

    @lazy
    def filled(self) -> frozenset[int]:
        """The columns with figures."""
        return frozenset(self.columns.values())


def assign(
    heads: list[tuple[float, float]], values: Sequence[Segment], lines: Sequence[PageLine], height: float
) -> Assignment:
    """Each figure's heading, by number; columns of figures under no heading are added to ``heads``.

    These come from left to right.
    """
    if (found := _each_under_one(heads, values)) is not None:
        _refuse_shared(found, lines)
        return found
    stacks = stack(values, keep_spanning=True)
    votes = _votes(stacks, heads, height)
    if all(vote is None for owns in votes for vote in owns) and (wide := _in_wide_cells(heads, stacks)):
        heads[:] = wide
        votes = _votes(stacks, heads, height)
    own = _own_columns(heads, stacks, votes, lines)
    if own:
        heads[:] = sorted([*heads, *own])
        votes = _votes(stacks, heads, height)
    found = Assignment()
    unsaid = any(all(vote is None for vote in owns) for owns in votes)
    in_order = unsaid and _in_order(stacks, heads, line_numbers(lines))
    for number, (column, owns) in enumerate(zip(stacks, votes, strict=True)):
        said = {vote for vote in owns if vote is not None}
        common = min(said) if len(said) == 1 else None
        if not said and in_order:
            common = number
        if common is not None and None not in owns:
            found.columns.update(dict.fromkeys(map(id, column.segments), common))
            found.reach(common, column.x0, column.x1)
            continue
        for segment, vote in zip(column.segments, owns, strict=True):
            chosen = common if vote is None and not is_under(segment, heads) else vote
            if chosen is None:
                found.lost.add(id(segment))
            else:
                found.columns[id(segment)] = chosen
                found.reach(chosen, segment.x0, segment.x1)
    _refuse_shared(found, lines)
    return found


def _each_under_one(heads: Sequence[Room], values: Sequence[Segment]) -> Assignment | None:
    """The heading of each figure where all overlap just one, as in most tables; else None: their columns must tell."""
    ranges = rooms(heads)
    columns: dict[int, int] = {}
    lefts, rights = [inf] * len(ranges), [-inf] * len(ranges)
    number, last = -1, len(ranges) - 1
    for segment in values:
        x0, x1 = segment.x0, segment.x1
        right = x1 - SLACK
        number = number + 1 if number < last else 0  # most figures follow that of the heading before
        begin, end, low, high = ranges[number]
        if not (begin < right <= high and low <= x0 < end):
            number = next((n for n, (b, e, lo, hi) in enumerate(ranges) if b < right <= hi and lo <= x0 < e), -1)
            if number < 0:
                return None
        columns[id(segment)] = number
        if x0 < lefts[number]:
            lefts[number] = x0
        if x1 > rights[number]:
            rights[number] = x1
    return Assignment(columns, rooms={n: (lefts[n], rights[n]) for n in {*columns.values()}})


def _in_wide_cells(heads: Sequence[tuple[float, float]], stacks: Sequence[Stack]) -> list[tuple[float, float]]:
    """The headings, each as far as its figures, where they stand in the middle of wide cells and none reaches these.

    All figures end equally far behind their headings. Others stand left of the first heading alone, and not where
    figures of one more column would: else each might be of the heading behind it. Empty where it is not so.
    """
    count = len(heads)
    before, under = stacks[:-count], stacks[-count:]
    if count < FEWEST_HEADS or len(under) < count or not all(_between(s, heads, n) for n, s in enumerate(under)):
        return []
    behind = [column.x1 - x1 for column, (_, x1) in zip(under, heads, strict=True)]
    if min(behind) <= 0 or max(behind) - min(behind) > SAME_ROOM:
        return []
    pitch = min(right.x1 - left.x1 for left, right in pairwise(under))
    if any(s.x1 > heads[0][0] or under[0].x1 - s.x1 < pitch + SAME_ROOM for s in before):
        return []
    return [(x0, column.x1) for (x0, _), column in zip(heads, under, strict=True)]


def _votes(stacks: Sequence[Stack], heads: Sequence[tuple[float, float]], height: float) -> list[list[int | None]]:
    votes: list[list[int | None]] = []
    for column in stacks:
        left, right = column.x0, column.x1 - SLACK
        near = [n for n, (x0, x1) in enumerate(heads) if x0 < right and left < x1 - SLACK]
        if len(near) == 1:  # no figure of the column overlaps another one
            number = near[0]
            x0, x1 = heads[number][0], heads[number][1] - SLACK
            votes.append([number if x0 < s.x1 - SLACK and s.x0 < x1 else None for s in column.segments])
        elif near:
            votes.append([head_of(segment, heads, height) for segment in column.segments])
        else:
            votes.append([None] * len(column.segments))
    return votes


def _in_order(stacks: Sequence[Stack], heads: Sequence[tuple[float, float]], places: Mapping[int, int]) -> bool:
    """Whether there is a column of figures for each heading, between its neighbours, with one figure to a line."""
    if len(stacks) != len(heads) or not all(_between(column, heads, n) for n, column in enumerate(stacks)):
        return False
    return all(len(_numbers(column, places)) == len(column.segments) for column in stacks)


def _between(column: Stack, heads: Sequence[tuple[float, float]], number: int) -> bool:
    """Whether a column of figures stands after the heading before its own and before the one after it."""
    after = number == 0 or column.x0 > heads[number - 1][1] - SLACK
    return after and (number + 1 == len(heads) or column.x1 < heads[number + 1][0] + SLACK)


def _own_columns(
    heads: Sequence[tuple[float, float]],
    stacks: Sequence[Stack],
    votes: Sequence[Sequence[int | None]],
    lines: Sequence[PageLine],
) -> list[tuple[float, float]]:
    """Columns of figures under no heading: each stands on one line with figures of every heading near it."""
    unsaid = [column for column, owns in zip(stacks, votes, strict=True) if all(vote is None for vote in owns)]
    if not unsaid:
        return []
    voted = {vote: column for column, owns in zip(stacks, votes, strict=True) for vote in owns if vote is not None}
    places = line_numbers(lines)
    own = []
    for column in unsaid:
        if any(is_under(s, heads) for s in column.segments):
            continue
        if not any(char.isdigit() for s in column.segments for char in s.text):
            continue
        left = max((n for n, (_, x1) in enumerate(heads) if x1 <= column.x0), default=None)
        right = min((n for n, (x0, _) in enumerate(heads) if x0 >= column.x1), default=None)
        near = [n for n in (left, right) if n is not None]
        numbers = _numbers(column, places)
        if all(n in voted and not numbers.isdisjoint(_numbers(voted[n], places)) for n in near):
            own.append((column.x0, column.x1))
    return own


def _refuse_shared(found: Assignment, lines: Sequence[PageLine]) -> None:
    """Two figures of one line cannot be of one column: both are lost."""
    columns = found.columns
    for line in lines:
        if len(line.segments) < 2:
            continue
        own = [column for segment in line.segments if (column := columns.get(id(segment))) is not None]
        if len(own) == len({*own}):
            continue
        taken: dict[int, Segment] = {}
        for segment in line.segments:
            column = columns.get(id(segment))
            if column is None:
                continue
            if column in taken:
                found.lost |= {id(segment), id(taken[column])}
            taken[column] = segment
    for lost in found.lost:
        if columns.pop(lost, None) is not None:
            found.rooms.clear()
