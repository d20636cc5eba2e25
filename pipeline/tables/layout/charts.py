"""Charts of bars: each figure stands as far to the right as it is large, and in no column."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.content.cells import read_cell
from pipeline.tables.layout.words import PageLine

FEWEST = 4
OFF = 0.35
"""A figure is in its place if it is off by less than this share of a line's height."""
WIDE = 3.0
"""The figures are spread over so many line heights at least: those of a column that end in one place are not."""


def is_bar_chart(lines: Sequence[PageLine]) -> bool:
    """Whether the only figures of lines begin where their worth says, from the least one to the largest."""
    points: list[tuple[float, float]] = []
    for line in lines:
        figures = [s for s in line.segments if s.is_value]
        value = read_cell(figures[0].text).number if len(figures) == 1 and len(line.segments) == 2 else None
        if value is not None:
            points.append((float(value), figures[0].x0))
    if len(points) < FEWEST or len({value for value, _ in points}) < FEWEST:
        return False
    (low, left), (high, right) = min(points), max(points)
    height = lines[0].height
    if right - left < WIDE * height:
        return False
    return all(abs(left + (right - left) * (value - low) / (high - low) - x0) < OFF * height for value, x0 in points)
