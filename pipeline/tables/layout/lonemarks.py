"""Marks of footnotes that wrap by themselves: "1)" below "Afledt drift" is the end of its name, and heads no rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pipeline.tables.content.footmarks import is_mark
from pipeline.tables.layout.halves import Lined

NEXT_LINE = 1.5
"""A mark is no further below the name than so many line heights."""
L = TypeVar("L", bound=Lined)


def marks_joined(lines: Sequence[L], merged: Callable[[Sequence[L]], L]) -> list[L]:
    """The lines, each that is a mark and nothing more made one with the row above it that has figures and a name."""
    found: list[L] = []
    for line in lines:
        if not line.valued and found and _is_mark(line) and found[-1].valued and _is_below(found[-1], line):
            found[-1] = merged([found[-1], line])
        else:
            found.append(line)
    return found


def _is_mark(line: Lined) -> bool:
    pieces = line.cells.get(line.label_column, ())
    return len(pieces) == len(line.cells) == 1 and is_mark(pieces[0].text)


def _is_below(upper: Lined, line: Lined) -> bool:
    return bool(upper.cells.get(upper.label_column)) and line.centre - upper.centre < NEXT_LINE * line.height
