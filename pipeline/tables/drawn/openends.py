"""Drawn grids that stop before their table does: rows printed on below the last rule, under the same columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np

from corpus.model import Box
from pipeline.tables.content.grid import is_cut_code
from pipeline.tables.layout.cellwords import Tracks
from pipeline.tables.layout.coded import is_code
from pipeline.tables.layout.words import PageLine

FARTHEST = 1.0
"""A row goes on below a drawn one when the gap is no more than this many line heights."""
LABEL_LINES = 2
FEWEST_ROWS = 3
EDGE = 1.0
"""Points: names begin in one place, and figures end in one, within so much."""
FEWEST_LEVEL = 2


def is_open(box: Box, tracks: Tracks, lines: Sequence[PageLine], first: int, rows: Sequence[PageLine] = ()) -> bool:
    """Whether a row of the grid is printed from line ``first`` on, the one after the grid's last; ``rows``: its own."""
    return _after_row(lines, first, box[3], tracks.xs, rows) is not None


def is_middle(box: Box, tracks: Tracks, lines: Sequence[PageLine]) -> bool:
    """Whether a row of the grid is printed right above or below it, of the lines of its own column of the page."""
    above = [line for line in lines if line.centre < box[1]]
    below = [line for line in lines if line.centre > box[3]]
    return is_open(box, tracks, below, 0) or _is_row_above(above, box[1], tracks.xs)


def _is_row_above(lines: Sequence[PageLine], top: float, xs: Sequence[float]) -> bool:
    """Whether the last line has a figure in two columns, or the one above the lines of its label."""
    for line in lines[: -LABEL_LINES - 2 : -1]:
        valued = _columns(line, xs)
        if valued is None or not -0.5 * line.height < top - line.box[3] < FARTHEST * line.height:
            return False
        if len(valued) > 1 or valued or len(line.segments) > 1:
            return len(valued) > 1
        top = line.box[1]
    return False


def lengthened(
    box: Box, tracks: Tracks, lines: Sequence[PageLine], first: int, rows: Sequence[PageLine]
) -> tuple[Box, Tracks]:
    """The grid with the printed rows from line ``first`` on that go on with it, undivided but around a lone figure.

    Of which row a line of words is that stands between such a row and another one is not known: there it ends.
    """
    bottoms: list[float] = []
    bottom, divided = box[3], False
    while (after := _after_row(lines, first, bottom, tracks.xs, rows)) is not None:
        lone = lines[after - 1].values < 2
        if (lone or divided) and after > first + 1:
            break
        bottom = lines[after - 1].box[3]
        if bottoms and not lone and not divided:
            bottoms.pop()
        bottoms.append(bottom)
        first, divided = after, lone
    if not bottoms:
        return box, tracks
    rows_drawn, columns = tracks.owner.shape
    count = len(tracks.cells)
    owners = np.arange(count, count + columns * len(bottoms)).reshape(len(bottoms), columns)
    cells = [(rows_drawn + n, column, 1, 1) for n in range(len(bottoms)) for column in range(columns)]
    ys = [*tracks.ys, *bottoms[:-1], bottom + 1.0]
    owner = np.vstack((tracks.owner, owners))
    return (*box[:3], bottom + 1.0), Tracks(tracks.xs, ys, [*tracks.cells, *cells], owner)


def _after_row(
    lines: Sequence[PageLine], first: int, bottom: float, xs: Sequence[float], rows: Sequence[PageLine]
) -> int | None:
    """The line after the next with a figure in two columns, where none but lines of its label stand before it.

    One figure is enough where it ends, and its name begins, as those of ``rows`` do.
    """
    for number in range(first, min(first + LABEL_LINES + 1, len(lines))):
        line = lines[number]
        valued = _columns(line, xs)
        if valued is None or not -0.5 * line.height < line.box[1] - bottom < FARTHEST * line.height:
            return None
        if len(valued) > 1 or (valued and _keeps_edges(line, rows)):
            return number + 1
        if valued or not _is_label(line, lines[number + 1 : number + 2]):
            return None
        bottom = line.box[3]
    return None


def _keeps_edges(line: PageLine, rows: Sequence[PageLine]) -> bool:
    """Whether a name and the figures behind it begin and end where those of two rows at least do."""
    name, *figures = line.segments
    if name.is_value or not all(figure.is_value for figure in figures):
        return False
    level = [row for row in rows if abs(row.segments[0].x0 - name.x0) < EDGE]
    ends = [[s.x1 for s in row.segments[1:] if s.is_value] for row in level]
    return all(sum(any(abs(end - f.x1) < EDGE for end in row) for row in ends) >= FEWEST_LEVEL for f in figures)


def is_cut_short(box: Box, tracks: Tracks, lines: Sequence[PageLine], first: int) -> bool:
    """Whether a named row with one figure is printed from line ``first`` on, right below the grid: it may be shading of
    some rows, and the words say more of these than it does.
    """
    bottom = box[3]
    for number in range(first, min(first + LABEL_LINES + 1, len(lines))):
        line = lines[number]
        valued = _columns(line, tracks.xs)
        if valued is None or not -0.5 * line.height < line.box[1] - bottom < FARTHEST * line.height:
            return False
        if valued:
            return 0 not in valued and line.segments[0].x0 < tracks.xs[1]
        if not _is_label(line, lines[number + 1 : number + 2]):
            return False
        bottom = line.box[3]
    return False


def _is_label(line: PageLine, below: Sequence[PageLine]) -> bool:
    """Whether a line is a name alone, or a name beside its code, which may end on the line below."""
    if len(line.segments) == 1:
        return True
    code = line.segments[0].text
    cut = any(is_cut_code(code, other.segments[0].text) for other in below)
    return len(line.segments) == 2 and (cut or is_code(code))


def _columns(line: PageLine, xs: Sequence[float]) -> set[int] | None:
    """The columns in which the line has figures; None where words stand outside all, or across a column's end."""
    valued: set[int] = set()
    for segment in line.segments:
        column = bisect_right(xs, segment.x0 + 1) - 1
        if not 0 <= column < len(xs) - 1 or bisect_left(xs, segment.x1 - 1) - 1 != column:
            return None
        if segment.is_value:
            valued.add(column)
    return valued
