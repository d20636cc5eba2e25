"""Charts of upright columns: an axis of even steps at their left, and figures over the columns at any height."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.tables.content.cells import read_cell
from pipeline.tables.layout.words import PageLine, Segment

FEWEST_STEPS, FEWEST_ALONE, FEWEST_BETWEEN = 4, 2, 2
"""So many steps make an axis; so many of them have nothing beside them, and so many lines of figures stand at none."""
SAME_END = 1.5
OFF = 0.35
"""A step is in its place if it is off by less than this share of a line's height."""


def is_column_chart(lines: Sequence[PageLine]) -> bool:
    """Whether the figures of lines are those of an axis and of columns beside it, which have names below them at most.

    The rows of a table whose names are as even ("10", "20", "30") all have their figures on their own lines.
    """
    figures = [line for line in lines if line.values]
    if len(figures) < FEWEST_STEPS + FEWEST_BETWEEN or any(line.values < len(line.segments) for line in figures):
        return False
    left = min(line.segments[0].x1 for line in figures)
    axis = [line for line in figures if abs(line.segments[0].x1 - left) < SAME_END]
    alone = sum(len(line.segments) == 1 for line in axis)
    if len(axis) < FEWEST_STEPS or alone < FEWEST_ALONE or len(figures) - len(axis) < FEWEST_BETWEEN:
        return False
    return _are_steps([line.segments[0] for line in axis])


def _are_steps(steps: Sequence[Segment]) -> bool:
    """Whether figures fall from one to the next by as much as they stand apart, and by one amount."""
    values = [read_cell(step.text.rstrip(" %")).number for step in steps]
    numbers = [float(number) for number in values if number is not None]
    if (
        len(numbers) < len(steps)
        or len({round(a - b, 6) for a, b in pairwise(numbers)}) > 1
        or numbers[0] <= numbers[1]
    ):
        return False
    apart = [b.box[3] - a.box[3] for a, b in pairwise(steps)]
    return max(apart) - min(apart) < OFF * (steps[0].box[3] - steps[0].box[1])
