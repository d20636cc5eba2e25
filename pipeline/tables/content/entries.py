"""The lines of a table with their figures by column, as the checks of its sums need them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from corpus.model import Check, Line, LineValue

Checked = tuple[Check, int | None]
"""A check, and the page on which its sum is printed."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of a line with its ``quantum``: what one unit of the last printed digit is worth."""

    value: LineValue
    quantum: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """A line with its figures by column number. ``part_of``: a "heraf" row, already contained in another.

    ``lost``: columns in which a figure is printed but was refused; no sum over them can be told to be wrong.
    ``scale``: the kroner of one in a unit that its section states, if it is not the table's: "Balance (mia. kr.)".
    """

    line: Line
    figures: dict[int, Figure]
    part_of: bool = False
    lost: frozenset[int] = frozenset()
    scale: Decimal | None = None
