"""Headings a blank apart, cut where each keeps to the figures of its own column: "Note Primo 2031 Ultimo 2031"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.borderless.shapes import is_prosy
from pipeline.tables.layout.coded import cut
from pipeline.tables.layout.words import PageLine, Segment

Numbered = tuple[int, PageLine]
"""A line with its number on the page."""
SAME_END = 1.0
FEWEST = 3
"""So many columns at least end where words do: two may by chance, below a heading that is over both."""
FURTHEST = 6
"""The row that shows the columns stands so many lines below at most."""


def cut_at_ends(part: Sequence[Numbered]) -> list[Numbered]:
    """The lines, with the stretches of each heading cut where each of the columns of figures has a part of its own."""
    lines = list(part)
    values = [line.values for _, line in part]
    if max(values, default=0) < FEWEST:
        return lines
    for place, (number, line) in enumerate(part):
        if values[place] or (len(line.segments) == 1 and line.segments[0].count < FEWEST):
            continue  # each figure needs a word of its own
        most = max(values[place + 1 : place + 1 + FURTHEST], default=0)
        if most < FEWEST or all(s.count < 2 for s in line.segments) or is_prosy(line.segments[-1]):
            continue
        _, row = part[values.index(most, place + 1)]
        if (cut_line := _cut(line, row)) is not None:
            lines[place] = number, cut_line
    return lines


def _cut(line: PageLine, row: PageLine) -> PageLine | None:
    """A heading, cut so that each figure of a row has its own part; None where one lacks it, or nothing is cut."""
    name = row.segments[0]
    corner = [s for s in line.segments if s.x1 <= name.x1]
    right = line.segments[len(corner) :]
    if name.is_value or not right or right[0].x0 < name.x1:
        return None
    figures = [s for s in row.segments[1:] if s.is_value]
    if len(figures) < FEWEST:
        return None
    parts: list[Segment] = []
    left = figures[:]
    for segment in right:
        boxes, texts = segment.boxes, segment.text.split(" ")
        cuts = [0]
        for n, box in enumerate(boxes, 1):
            if left and _keeps(boxes[cuts[-1]][0], box[2], left[0]):
                cuts.append(n)
                del left[0]
        if cuts[-1] != len(boxes) or len(texts) != len(boxes):
            return None
        parts += cut(segment, segment.words, texts, cuts[1:-1])
    return None if left or len(parts) == len(right) else PageLine((*corner, *parts))


def _keeps(x0: float, x1: float, figure: Segment) -> bool:
    """Whether a heading ends where a figure does, or has its middle, as the number of a note below "Note"."""
    return abs(x1 - figure.x1) < SAME_END or abs(x0 + x1 - figure.x0 - figure.x1) < SAME_END
