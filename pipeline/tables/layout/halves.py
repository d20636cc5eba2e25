"""Figures that a narrow cell breaks over two lines, "15" over "321,9": no half is one, and their row is refused.

Signs of another size, as the dash of a blank cell, that stand beside a row on a line of their own are in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

from pipeline.tables.content.cells import MINUS
from pipeline.tables.content.grid import TextLine
from pipeline.tables.content.rows import continues
from pipeline.tables.layout.spacing import JUMP

_FIRST = re.compile(rf"[{MINUS}+]?\(?[{MINUS}+]?\d{{1,3}}")
_REST = re.compile(rf"\d{{3}}(?:,\d+)?[{MINUS}]?\)?")
_POINT = re.compile(rf"[{MINUS}+(]*\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?[{MINUS})]*")
DASHES = frozenset(MINUS)
OVERLAP = 0.75
"""Lines nearer than this share of their height stand beside each other."""
LEVEL = 0.25
"""So are signs of another height, as a dash, whose middle is nearer than this share of it to that of a line."""
NEAR = 1.4
"""The two lines of a cell are no further apart than so many of their heights."""
WHY = "a figure of it is broken over two lines"


class Lined(Protocol):
    """A printed line with its pieces by column."""

    centre: float
    cells: dict[int, list[TextLine]]
    refused: str | None
    label_column: int

    @property
    def valued(self) -> bool: ...
    @property
    def height(self) -> float: ...
    @property
    def label(self) -> str: ...


L = TypeVar("L", bound=Lined)


def level_joined(lines: Sequence[L], merged: Callable[[Sequence[L]], L]) -> list[L]:
    """The lines, two of them made one where they stand level, one without a name and in none of the other's columns.

    Dashes alone need only stand beside a row with figures, lower than these perhaps: they say that there is no figure.
    """
    found = list(lines[:1])
    for line in lines[1:]:
        last = found[-1]
        if _fit(last, line) and _are_level(last, line):
            found[-1] = merged([last, line])
        else:
            found.append(line)
    return found


def _are_level(upper: Lined, lower: Lined) -> bool:
    apart = lower.centre - upper.centre
    if apart < LEVEL * min(lower.height, upper.height):
        return True
    nil = (upper.valued and _is_nil(lower)) or (lower.valued and _is_nil(upper))
    return nil and apart < OVERLAP * max(lower.height, upper.height)


def _is_nil(line: Lined) -> bool:
    """Whether a line has no name and nothing but dashes."""
    return not line.label and all(DASHES.issuperset(p.text) for pieces in line.cells.values() for p in pieces)


def _fit(upper: Lined, lower: Lined) -> bool:
    return not (upper.label and lower.label) and upper.cells.keys().isdisjoint(lower.cells)


def halves_joined(lines: Sequence[L], merged: Callable[[Sequence[L]], L]) -> list[L]:
    """The lines, those of a row with broken figures made one, which is refused.

    Where points part thousands there is no blank at which a cell could break a figure.
    """
    if any(map(_has_point, lines)):
        return list(lines)
    found: list[L] = []
    number = 0
    while number < len(lines):
        count = _broken(lines[number : number + 3]) or (2 if _hangs(lines, number) else 0)
        group = lines[number : number + max(count, 1)]
        found.append(merged(group) if count else group[0])
        if count:
            found[-1].refused = found[-1].refused or WHY
        number += len(group)
    return found


def _broken(lines: Sequence[L]) -> int:
    """How many of the lines are those of one row with a broken figure, with a name halfway between two; else 0."""
    if len(lines) > 2 and _is_between(lines[1], lines[0], lines[2]) and _are_halves(lines[0], lines[2]):
        return 3
    if len(lines) < 2 or not _are_halves(*lines[:2]):
        return 0
    upper, lower = lines[0].label, lines[1].label
    return 2 if not (upper or lower) or (upper and lower and continues(upper, lower)) else 0


def _hangs(lines: Sequence[L], number: int) -> bool:
    """Whether halves without a name stand nearer to a row than rows do to each other."""
    if number + 1 == len(lines) or lines[number + 1].label or not _are_halves(lines[number], lines[number + 1]):
        return False
    step = lines[number + 1].centre - lines[number].centre
    around = [
        b.centre - a.centre for a, b in pairwise(lines[max(number - 1, 0) : number + 3]) if b is not lines[number + 1]
    ]
    return all(other > step + JUMP * lines[number].height for other in around)


def _is_between(line: L, upper: L, lower: L) -> bool:
    return max(line.centre - upper.centre, lower.centre - line.centre) < OVERLAP * line.height


def _are_halves(upper: L, lower: L) -> bool:
    """Whether below the beginnings of figures stand their other halves, and no other figures."""
    if lower.centre - upper.centre >= NEAR * upper.height:
        return False
    below = _figures(lower)
    above = _figures(upper) if below else {}
    return (
        bool(below)
        and below.keys() == above.keys()
        and all(_FIRST.fullmatch(above[column]) and _REST.fullmatch(below[column]) for column in below)
    )


def _has_point(line: L) -> bool:
    """Whether a point parts thousands in a figure behind the name of a line."""
    named = line.label_column
    for column, pieces in line.cells.items():
        if column > named:
            text = pieces[0].text if len(pieces) == 1 else " ".join([piece.text for piece in pieces])
            if "." in text and _POINT.fullmatch(text):
                return True
    return False


def _figures(line: L) -> dict[int, str]:
    """What stands behind the name of a line with a digit in it, by column."""
    found: dict[int, str] = {}
    for column, pieces in line.cells.items():
        if column > line.label_column:
            text = pieces[0].text if len(pieces) == 1 else " ".join([piece.text for piece in pieces])
            if any(map(str.isdigit, text)):
                found[column] = text
    return found
