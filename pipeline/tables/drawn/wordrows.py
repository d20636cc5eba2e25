"""Rows of a grid that rules only its columns: blank bands across all of them, or lines level in all, part the rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import Protocol

from pipeline.tables.layout.cellwords import Part

LEVEL = 0.4
"""Words whose middles differ by less than this share of their height stand on one line."""
WIDER = 0.15
"""A band between rows is wider than the room between the lines of a cell by this share of a line's height."""
FEWEST, FEWEST_OF_MANY, MANY = 3, 2, 4
"""So many rows at least, or so many of a table of many columns."""

TALL = 4
"""Where a stretch between two bands has so many lines, bands may part groups of rows ("every fifth")."""

NEARLY, FEW = 0.85, 0.5
"""So large a share of the lines has something in every column where each is a row; so few of the words are others."""

FEWEST_WORDED = 2
"""So many columns have several lines of words: where names alone have, these tell the rows better."""


class Cell(Protocol):
    """What stands in a cell."""

    @property
    def column(self) -> int: ...

    @property
    def parts(self) -> tuple[Part, ...]: ...


def band_starts(level: Sequence[Cell]) -> list[float]:
    """The heights at which the rows of a stretched one begin; none where the words do not show them.

    Each of them fills two columns at least, and has no more than one figure in a cell.
    """
    filled = [cell for cell in level if cell.parts]
    worded = [cell for cell in filled if 2 * sum(part.is_value for part in cell.parts) < len(cell.parts) > 1]
    if len(worded) < FEWEST_WORDED:
        return []
    lines = _level_lines([part for row in _groups(filled, inf) for part in row])
    if _are_full(lines):
        return [min(part.middle for _, part in line) for line in lines]
    rows = _groups(filled, _room(filled))
    if len(rows) == 1 or max(len({part.middle for _, part in row}) for row in rows) >= TALL:
        rows = [line for row in rows for line in _level_rows(row)]
    if len(rows) < (FEWEST_OF_MANY if len(filled) >= MANY else FEWEST) or not all(map(_is_row, rows)):
        return []
    return [min(part.middle for _, part in row) for row in rows]


_Row = list[tuple[int, Part]]
"""The lines of a row with their columns, from the top down."""


def _room(filled: Sequence[Cell]) -> float:
    """The least room between two lines of one cell, in points."""
    rooms = [
        b.middle - a.middle - (a.height + b.height) / 2
        for cell in filled
        for a, b in pairwise(sorted(cell.parts, key=lambda part: part.middle))
    ]
    return max(min(rooms), 0.0)


def _groups(filled: Sequence[Cell], room: float) -> list[_Row]:
    """The lines between bands that are blank in every column and wider than the lines of a cell are apart."""
    parts = sorted(((cell.column, part) for cell in filled for part in cell.parts), key=lambda pair: pair[1].middle)
    groups: list[_Row] = []
    foot = 0.0
    for column, part in parts:
        if not groups or part.middle - part.height / 2 - foot > room + WIDER * part.height:
            groups.append([])
        groups[-1].append((column, part))
        foot = max(foot, part.middle + part.height / 2)
    return groups


def _level_lines(group: _Row) -> list[_Row]:
    lines: list[_Row] = []
    for column, part in group:
        if lines and part.middle - lines[-1][0][1].middle < LEVEL * part.height:
            lines[-1].append((column, part))
        else:
            lines.append([(column, part)])
    return lines


def _level_rows(group: _Row) -> list[_Row]:
    """A group whose lines are each level in the first column and another one, in rows of one line; else the group."""
    lines = _level_lines(group)
    first = min(column for column, _ in group)
    alike = all(len(line) > 1 and first in {column for column, _ in line} for line in lines)
    begun = not any(part.piece.text[:1].islower() for line in lines[1:] for column, part in line if column == first)
    return lines if alike and begun and not any(_goes_on(line, first) for line in lines[1:]) else [group]


def _are_full(lines: Sequence[_Row]) -> bool:
    """Whether nearly all lines have something in every column, one word in each but the first: "yes", "no".

    The others are a name's, and which row that is of is not said: it is in none.
    """
    columns = {column for line in lines for column, _ in line}
    first = min(columns)
    full = sum(len(line) == len(columns) for line in lines)
    if len(columns) < MANY or full < max(MANY, NEARLY * len(lines)):
        return False
    words = [part for line in lines for column, part in line if column != first]
    names = sum(len(line) == 1 and line[0][0] == first for line in lines)
    few = len({part.piece.text for part in words}) < FEW * len(words)
    return full + names == len(lines) and few and not any(" " in p.piece.text or p.is_value for p in words)


def _goes_on(line: _Row, first: int) -> bool:
    """Whether all that stands on a line behind the names begins with a small letter, and some of it has several words.

    So the name is one of several lines, too: "Environmental", "Protection", "Agency".
    """
    behind = [part.piece.text for column, part in line if column != first]
    return all(text[:1].islower() for text in behind) and any(" " in text for text in behind)


def _is_row(row: _Row) -> bool:
    values = [column for column, part in row if part.is_value]
    return len({column for column, _ in row}) > 1 and len(values) == len(set(values))
