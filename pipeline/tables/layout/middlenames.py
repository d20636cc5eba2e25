"""Names that stand in the middle of several rows: which rows each is of.

A name of three rows stands beside the second one, one of two rows between them; together they use up all rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.tables.content.rows import continues

OFF = 0.3
"""A name is no further from the middle of its rows than this share of a line's height."""
OFF_STEP = 0.24
"""And than this share of the distance between two rows: the middles of two stretches of rows differ by half of it."""
TOUCHING = 0.6
"""Lines of one name are parted by less than this share of their height."""
MOST_LINES = 4
MOST_SKIPPED = 3
"""So many lines at most stand above the first name, or row, that are headings."""


class Band(NamedTuple):
    """A line of a name, or a row: where it begins and ends down the page, and what it says."""

    top: float
    bottom: float
    text: str = ""


class Named(NamedTuple):
    """The lines of a name and its rows, from the first to before the last."""

    lines: range
    rows: range


def in_the_middle(names: Sequence[Band], rows: Sequence[Band], *, skip: bool = False) -> list[Named] | None:
    """The rows of each name, where all names and all rows belong together so, and a name is of several; else None.

    ``skip``: headings may stand above both, and above the rows those of a name that is not there.
    """
    if len(names) < 2 or len(rows) < 3:
        return None
    height = min(band.bottom - band.top for band in names)
    steps = [lower.top - upper.top for upper, lower in pairwise(rows)]
    off = min(OFF * height, OFF_STEP * min(steps))
    lines = range(min(MOST_SKIPPED, len(names) - 2) + 1) if skip else range(1)
    starts = [(n, r) for n in lines for r in (range(len(rows) - 1) if skip else range(1))]
    tried: set[tuple[int, int]] = set()
    for name, row in starts:
        found = _from(name, row, names, rows, off, tried)
        if found is not None and _is_sure(found):
            return found
    return None


def _is_sure(found: Sequence[Named]) -> bool:
    """Whether the first name is of several rows, or one stands between two: else each may stand at its first row."""
    return len(found[0].rows) > 1 or any(len(each.rows) % 2 == 0 for each in found)


def _from(
    name: int, row: int, names: Sequence[Band], rows: Sequence[Band], off: float, tried: set[tuple[int, int]]
) -> list[Named] | None:
    """The rows of the names from one on, which begin at a row.

    ``tried`` are names and rows that led nowhere: names as close as their rows could be parted in countless ways.
    """
    if name == len(names):
        return [] if row == len(rows) else None
    if (name, row) in tried:
        return None
    for count in _counts(names[name:]):
        middle = (names[name].top + names[name + count - 1].bottom) / 2
        for end in range(row, len(rows)):
            away = (rows[row].top + rows[end].bottom) / 2 - middle
            if away > off:
                break
            if away >= -off and (rest := _from(name + count, end + 1, names, rows, off, tried)) is not None:
                return [Named(range(name, name + count), range(row, end + 1)), *rest]
    tried.add((name, row))
    return None


def _counts(names: Sequence[Band]) -> list[int]:
    """How many lines a name may have: as many as go on in words first, then one, then others that are near."""
    near = 1
    while near < min(MOST_LINES, len(names)) and names[near].top - names[near - 1].bottom < TOUCHING * (
        names[near].bottom - names[near].top
    ):
        near += 1
    going = 1
    while going < near and continues(names[going - 1].text, names[going].text):
        going += 1
    return [going, *(n for n in range(1, near + 1) if n != going)]
