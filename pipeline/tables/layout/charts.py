"""Charts: figures of bars stand as far to the right as they are large, those of columns and axes in no column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from pipeline.tables.content.cells import read_cell
from pipeline.tables.content.footmarks import is_mark
from pipeline.tables.content.rows import closes
from pipeline.tables.layout.words import PageLine, Segment

FEWEST = 4
OFF = 0.35
"""A figure is in its place if it is off by less than this share of a line's height."""
FEWEST_STEPS = 5
"""So many figures at least make the scale of an axis."""
FEWEST_ROWS = 3
"""So many rows at least show where the columns of a table are."""
FEWEST_OVER_YEARS, FEWEST_ALONE = 2, 4
"""So many lines of figures alone at least are a chart: above its years, and without them."""
SAME_PLACE = 1.5
"""Figures of one column end, or have their middle, within so many points."""
_LAST_NUMBER = re.compile(r"\d{1,4}\s?[A-ZÆØÅa-zæøå]?|\d{1,4}\s?[-–/]\s?\d{1,4}|\d{1,3}(?:,\d+)?\s?(?:pct\.?|%)")
NEXT_LINE = 0.6
"""The last line of a name is such a number, "2", "184", "2026-2029", "1,5 pct.", no further below than this share of
its height."""
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


def is_scale(lines: Sequence[PageLine]) -> bool:
    """Whether the only figures of lines are the steps of an axis, some without a name: "70%", "60%", "50%" ….

    They fall: numbers that rise from line to line count the rows of a table.
    """
    figures = [(s, len(line.segments)) for line in lines for s in line.segments if s.is_value]
    if not FEWEST_STEPS <= len(figures) <= len(lines) or all(count > 1 for _, count in figures):
        return False
    values = [read_cell(s.text).number for s, _ in figures]
    numbers = [number for number in values if number is not None]
    steps = {lower - upper for upper, lower in pairwise(numbers)}
    return len(numbers) == len(values) and len(steps) == 1 and max(steps) < 0


def is_beside_columns(lines: Sequence[PageLine], first: int, number: int) -> bool:
    """Whether line ``number``, below a table from line ``first`` on whose rows all have names, is of no column of it.

    It is figures alone, none of them under one of the rows; or the first of several such lines, most of whose figures
    neither end where those of the rows do nor have their middle. So are those over the columns of a chart and of its
    axis.
    """
    line = lines[number]
    if not _is_bare(line) or is_mark(line.text) or closes(lines[number - 1].text, line.text):
        return False
    valued = [row for row in lines[first:number] if row.values and not row.years]
    if len(valued) < FEWEST_ROWS or any(row.segments[0].is_value for row in valued):
        return False
    columns = [s for row in valued for s in row.segments[1:] if s.is_value]
    if not any(s.x0 < other.x1 and other.x0 < s.x1 for s in line.segments for other in columns):
        return not _ends_name(lines[max(number - 2, first) : number], line)
    run = list(takewhile(_is_bare, lines[number:]))
    below = lines[number + len(run) : number + len(run) + 1]
    dated = any(each.years == len(each.segments) for each in below)
    if len(run) < (FEWEST_OVER_YEARS if dated else FEWEST_ALONE):
        return False
    figures = [s for each in run for s in each.segments]
    return 2 * sum(not any(_is_level(s, other) for other in columns) for s in figures) > len(figures)


def _ends_name(rows: Sequence[PageLine], line: PageLine) -> bool:
    """Whether a number alone right below a row begins where its name does: the last line of it, "etape", "2".

    ``rows``: the line above, with the one before it: figures may stand between the two lines of the name. A number of
    the row may stand before its name: "SD06".
    """
    row = rows[-1]
    if row.segments[0].is_value or not any(s.is_value for s in row.segments[1:]):
        return False
    lone = rows[-2:-1] if len(rows) > 1 and len(rows[-2].segments) == 1 else []
    near = [
        s
        for each, most in [(row, NEXT_LINE), *((above, 2 * NEXT_LINE) for above in lone)]
        for s in each.segments
        if line.box[1] - each.box[3] < most * line.height and not s.is_value
    ]
    level = any(abs(line.box[0] - s.x0) < SAME_PLACE for s in near)
    return level and _LAST_NUMBER.fullmatch(line.text) is not None


def _is_bare(line: PageLine) -> bool:
    return 0 < line.values == len(line.segments)


def _is_level(one: Segment, other: Segment) -> bool:
    """Whether two figures end in one place, or have one middle."""
    return abs(one.x1 - other.x1) < SAME_PLACE or abs(one.x0 + one.x1 - other.x0 - other.x1) < 2 * SAME_PLACE
