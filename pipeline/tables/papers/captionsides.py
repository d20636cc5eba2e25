"""Two tables side by side that are told by a caption: "Tabel 2. Elever" begins right of another table's rows."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.borderless.shapes import is_caption
from pipeline.tables.content.cells import Kind
from pipeline.tables.layout.words import PageLine, Segment

SAME_EDGE = 2.5
FARTHEST_LEFT = 8.0
"""The caption of the right one begins so many line heights at least right of the first words."""
FEWEST_WORDS = 3
NEAR = 6
"""Rows of both tables stand on so many lines above or below the caption."""
FEWEST = 2


def caption_gutter(lines: Sequence[tuple[int, PageLine]], position: int) -> tuple[float, int, int] | None:
    """Where the table of a caption begins beside another one, and the first and last line that the two stand on.

    The caption is the last text of a line, far right of the page's edge. None where it is no caption.
    """
    caption = lines[position][1].segments[-1]
    if caption.count < FEWEST_WORDS or not is_caption(caption.text):
        return None
    if caption.x0 <= min([line.box[0] + FARTHEST_LEFT * line.height for _, line in lines]):
        return None
    return _beside([line for _, line in lines], position, caption)


def _beside(lines: Sequence[PageLine], position: int, caption: Segment) -> tuple[float, int, int] | None:
    place = caption.x0 - SAME_EDGE
    first = last = position
    while first > 0 and _is_clear(lines[first - 1], place):
        first -= 1
    while last + 1 < len(lines) and _is_clear(lines[last + 1], place):
        last += 1
    near = lines[max(first, position - NEAR) : min(last, position + NEAR) + 1]
    right = [row for line in near if len(row := [s for s in line.segments if s.x0 >= place]) > 1]
    rows = [[s for s in line.segments if s.x0 < place] for line in lines[first : last + 1]]
    reach = SAME_EDGE + caption.box[3] - caption.box[1]
    begun = any(abs(row[0].x0 - caption.x0) <= reach for row in right)
    named = any(row[0].kind is not Kind.NUMBER and any(s.is_value for s in row[1:]) for row in right)
    return (place, first, last) if len(right) >= FEWEST and begun and named and _has_rows(rows) else None


def _has_rows(rows: Sequence[Sequence[Segment]]) -> bool:
    """Whether rows of figures stand on the other side."""
    return sum(len(row) > 1 and any(s.is_value for s in row[1:]) for row in rows) >= FEWEST


def _is_clear(line: PageLine, place: float) -> bool:
    return not any(s.x0 < place < s.x1 for s in line.segments)
