"""Charts: figures of bars stand as far to the right as they are large, those of columns and axes in no column."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.content.cells import read_cell
from pipeline.tables.layout.words import PageLine

FEWEST = 4
OFF = 0.35
"""A figure is in its place if it is off by less than this share of a line's height."""
FEWEST_ROWS = 3
"""So many rows at least show where the columns of a table are."""
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


def is_beside_columns(rows: Sequence[PageLine], line: PageLine) -> bool:
    """Whether a line is figures alone, none of them under a figure of the rows above, which all have names.

    So are the figures over the columns of a chart, and those of its axis, below a table.
    """
    if not line.values or line.values != len(line.segments):
        return False
    valued = [row for row in rows if row.values]
    if len(valued) < FEWEST_ROWS or any(row.segments[0].is_value for row in valued):
        return False
    columns = [s for row in valued for s in row.segments[1:] if s.is_value]
    return not any(s.x0 < other.x1 and other.x0 < s.x1 for s in line.segments for other in columns)
