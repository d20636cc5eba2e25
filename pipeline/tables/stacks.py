"""Columns of a borderless table: which segments stand over each other, and which heading a figure stands under.

A figure belongs to the year it overlaps; under two, to the one whose right edge, else centre, it shares; under none, to
the column of the figures above and below it. Where that does not tell, the row is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.tables.words import PageLine, Segment

SLACK = 0.5
EDGE = 0.6
"""Two edges are the same within this share of a line's height."""


@dataclass(slots=True)
class Stack:
    """Segments that overlap each other from line to line; ``x0`` to ``x1`` is what they cover together."""

    x0: float
    x1: float
    segments: list[Segment] = field(default_factory=list)

    def overlaps(self, segment: Segment) -> bool:
        return segment.x0 < self.x1 - SLACK and self.x0 < segment.x1 - SLACK

    def add(self, segment: Segment) -> None:
        self.x0, self.x1 = min(self.x0, segment.x0), max(self.x1, segment.x1)
        self.segments.append(segment)


def stack(segments: Iterable[Segment], *, keep_spanning: bool = False) -> list[Stack]:
    """Overlap clusters from left to right, narrow ones first; one over two clusters joins none, unless it is kept."""
    stacks: list[Stack] = []
    for segment in sorted(segments, key=lambda s: s.x1 - s.x0):
        over = [found for found in stacks if found.overlaps(segment)]
        if not over:
            stacks.append(Stack(segment.x0, segment.x1, [segment]))
        elif len(over) == 1 or keep_spanning:
            over[0].add(segment)
    return sorted(stacks, key=lambda found: found.x0)


def met(first: Stack, second: Stack, lines: Sequence[PageLine]) -> bool:
    """Whether one line has a segment of each."""
    ids = {id(s) for s in first.segments}, {id(s) for s in second.segments}
    return any(all(any(id(s) in group for s in line.segments) for group in ids) for line in lines)


def merge_unmet(stacks: list[Stack], lines: Sequence[PageLine]) -> list[Stack]:
    """Neighbours that never stand on one line are one column."""
    merged: list[Stack] = []
    for found in stacks:
        if merged and not met(merged[-1], found, lines):
            for segment in found.segments:
                merged[-1].add(segment)
        else:
            merged.append(found)
    return merged


@dataclass
class Assignment:
    """Column numbers of segments by identity; ``lost`` are the figures that no rule gives a column."""

    columns: dict[int, int] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)

    @cached_property
    def filled(self) -> frozenset[int]:
        """The columns with figures."""
        return frozenset(self.columns.values())


def under_headings(
    heads: Sequence[tuple[float, float]], values: Sequence[Segment], lines: Sequence[PageLine], height: float
) -> Assignment:
    """Each figure's heading, by number."""
    found = Assignment()
    stacks = stack(values, keep_spanning=True)
    clean = all(not _twice(s, lines) for s in stacks)
    in_order = clean and len(stacks) == len(heads) and all(_between(s, heads, n) for n, s in enumerate(stacks))
    for number, column in enumerate(stacks):
        owns = [_vote(segment, heads, height) for segment in column.segments]
        votes = {vote for vote in owns if vote is not None}
        common = min(votes) if len(votes) == 1 else None
        if not votes and in_order:
            common = number
        for segment, own in zip(column.segments, owns, strict=True):
            chosen = own
            if own is None:
                over = any(segment.x0 < x1 - SLACK and x0 < segment.x1 - SLACK for x0, x1 in heads)
                chosen = None if over else common
            if chosen is None:
                found.lost.add(id(segment))
            else:
                found.columns[id(segment)] = chosen
    _refuse_shared(found, lines)
    return found


def _between(column: Stack, heads: Sequence[tuple[float, float]], number: int) -> bool:
    """Whether a column of figures stands after the heading before its own and before the one after it."""
    after = number == 0 or column.x0 > heads[number - 1][1] - SLACK
    return after and (number + 1 == len(heads) or column.x1 < heads[number + 1][0] + SLACK)


def own_columns(
    heads: Sequence[tuple[float, float]], values: Sequence[Segment], lines: Sequence[PageLine], height: float
) -> list[tuple[float, float]]:
    """Columns of figures under no heading: each stands on one line with figures of every heading near it."""
    stacks = stack(values, keep_spanning=True)
    voted: dict[int, Stack] = {}
    silent = []
    for column in stacks:
        votes = {vote for s in column.segments if (vote := _vote(s, heads, height)) is not None}
        voted |= dict.fromkeys(votes, column)
        printed = any(char.isdigit() for s in column.segments for char in s.text)
        if (
            printed
            and not votes
            and not any(s.x0 < x1 - SLACK and x0 < s.x1 - SLACK for s in column.segments for x0, x1 in heads)
        ):
            silent.append(column)
    own = []
    for column in silent:
        left = max((n for n, (_, x1) in enumerate(heads) if x1 <= column.x0), default=None)
        right = min((n for n, (x0, _) in enumerate(heads) if x0 >= column.x1), default=None)
        near = [n for n in (left, right) if n is not None]
        if all(n in voted and met(voted[n], column, lines) for n in near):
            own.append((column.x0, column.x1))
    return own


def _vote(segment: Segment, heads: Sequence[tuple[float, float]], height: float) -> int | None:
    """The heading that the segment alone speaks for: the only one it overlaps, or the one whose edge it shares."""
    left, right = segment.x0, segment.x1 - SLACK
    over = [n for n, (x0, x1) in enumerate(heads) if x0 < right and left < x1 - SLACK]
    if len(over) == 1:
        return over[0]
    for edge in (_right, _centre):
        near = [n for n in over if abs(edge(segment.x0, segment.x1) - edge(*heads[n])) < EDGE * height]
        if len(near) == 1:
            return near[0]
    return None


def _right(_x0: float, x1: float) -> float:
    return x1


def _centre(x0: float, x1: float) -> float:
    return (x0 + x1) / 2


def _twice(column: Stack, lines: Sequence[PageLine]) -> bool:
    ids = {id(s) for s in column.segments}
    return any(sum(id(s) in ids for s in line.segments) > 1 for line in lines)


def _refuse_shared(found: Assignment, lines: Sequence[PageLine]) -> None:
    """Two figures of one line cannot be of one column: both are lost."""
    for line in lines:
        taken: dict[int, Segment] = {}
        for segment in line.segments:
            column = found.columns.get(id(segment))
            if column is None:
                continue
            if column in taken:
                found.lost |= {id(segment), id(taken[column])}
            taken[column] = segment
    for lost in found.lost:
        found.columns.pop(lost, None)
