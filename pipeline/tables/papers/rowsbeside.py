"""Sides of a page that are one table: names in the middle of their rows, or rows of words that begin level."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.tables.content.cells import TEXT_KIND
from pipeline.tables.content.rows import is_prose
from pipeline.tables.layout.middlenames import Band, in_the_middle
from pipeline.tables.layout.words import PageLine

Numbered = tuple[int, PageLine]
MOSTLY = 0.85
FEWEST_ROWS = 3
APART, CLOSE = 0.5, 0.75
"""Rows of words are parted by more than this share of a line's height; lines of one cell by less than that."""


def are_one_table(left: Sequence[Numbered], right: Sequence[Numbered]) -> bool:
    """Whether what stands left and right of a place are the columns of one table by how its rows stand."""
    return _names_rows(left, right) or _begin_level(left, right)


def _names_rows(left: Sequence[Numbered], right: Sequence[Numbered]) -> bool:
    """Whether what stands left are names, each in the middle of several rows on the right, below headings perhaps."""
    if len(left) >= len(right) or any(line.values or len(line.segments) > 1 or is_prose(line.text) for _, line in left):
        return False
    named = sum(len(line.segments) > 1 and line.segments[0].kind is TEXT_KIND for _, line in right)
    if named < MOSTLY * sum(len(line.segments) > 1 or line.values > 0 for _, line in right):
        return False
    rows: list[Band] = []
    for _, line in right:
        if rows and len(line.segments) == 1 and not line.values:
            rows[-1] = rows[-1]._replace(bottom=line.box[3])
        else:
            rows.append(Band(line.box[1], line.box[3]))
    names = [Band(line.box[1], line.box[3], line.text) for _, line in left]
    return in_the_middle(names, rows, skip=True) is not None


def _begin_level(left: Sequence[Numbered], right: Sequence[Numbered]) -> bool:
    """Whether all rows on the left, a name and words beside it, begin on a line with words alone on the right.

    Room parts these, and what else stands on the right is level with something or close below it: cells go on there.
    """
    below = [line.box[1] - upper.box[3] for (_, upper), (_, line) in pairwise(left)]
    begun = [line for line, gap in zip(left, (float("inf"), *below), strict=False) if gap >= APART * line[1].height]
    rows = {n for n, line in begun if len(line.segments) > 1}
    others = dict(right)
    if len(rows) < FEWEST_ROWS or not rows <= others.keys():
        return False
    if any(line.values or len(line.segments) > 1 for line in others.values()):
        return False
    beside = {n for n, _ in left}
    for (_, upper), (number, lower) in pairwise(right):
        gap = lower.box[1] - upper.box[3]
        if gap < APART * lower.height if number in rows else number not in beside and gap > CLOSE * lower.height:
            return False
    return True
