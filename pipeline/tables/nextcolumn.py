"""A table that goes on at the top of the page's next column: its rows stand there as they do in the first one.

It does where nothing stands below it in its column, nothing but the page's head above the rows in the next one, and
each column of figures is as far from its own in the first column of the page as all others are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.model import Box
from pipeline.tables.cells import Kind, read_cell
from pipeline.tables.grid import Grid, GridCell
from pipeline.tables.overleaf import MARGIN_LINES, Placed, append, follows
from pipeline.tables.words import PageLine, Segment

SAME_EDGE = 1.0
"""Figures of a column end, and columns are apart, alike within so many points."""
INDENT = 20.0
"""Names of rows begin no further right of where the first one's column begins, in points."""
APART = 2.0
"""The page's head and foot are parted from its columns by more than so many line heights: titles stand nearer."""
FEWEST = 2


def columns_joined(placed: list[Placed], lines: Sequence[PageLine]) -> list[Placed]:
    """The tables of a page, each with what stands of it at the top of the next column."""
    taken: list[Placed] = []
    head = lines[: MARGIN_LINES + 1]
    for table in placed:
        box = table.grid.box(lines[table.first].segments[0].page)
        if table in taken or table.bare or box is None:
            continue
        if len(placed) < 2 and not any(_beside(line, box) for line in head):
            continue
        ends = _ends(table.grid)
        if not _is_last(table, lines, box):
            continue
        own = len(table.grid.rows)
        more = next((other for other in placed if _goes_on(table, other, lines, box)), None)
        if more is not None:
            append(table.grid, more.grid, [])
            taken.append(more)
        elif ends and not any(_is_right(other, box) and other.first <= MARGIN_LINES for other in placed):
            _take_rows(table.grid, lines, box, ends)
        table.grid.beside = range(own, len(table.grid.rows))
    return [table for table in placed if table not in taken]


def _ends(grid: Grid) -> list[float] | None:
    """Where each column of figures ends, of a table whose first column names the rows; None if they do not."""
    return _places(grid)[0]


def _places(grid: Grid) -> tuple[list[float] | None, list[float] | None]:
    """Where the columns of figures end, and where their middles are; None where figures of one have none in common."""
    ends: list[float] = []
    middles: list[float] = []
    for column in range(1, grid.width):
        cells = [c for c in grid.cells() if c.column == column and read_cell(c.text).kind is Kind.NUMBER]
        boxes = [cell.box for cell in cells if cell.box is not None]
        if not boxes:
            return None, None
        for found, places in ((ends, [b[2] for b in boxes]), (middles, [(b[0] + b[2]) / 2 for b in boxes])):
            if max(places) - min(places) <= SAME_EDGE:
                found.append(max(places))
    full = max(grid.width - 1, FEWEST)
    return ends if len(ends) == full else None, middles if len(middles) == full else None


def _is_last(table: Placed, lines: Sequence[PageLine], box: Box) -> bool:
    """Whether nothing stands below a table in its column but the foot of the page."""
    foot = [line for line in lines[-MARGIN_LINES:] if line.box[1] - box[3] > APART * line.height]
    below = [line for line in lines[table.last + 1 :] if line not in foot and line.box[1] > box[3] - line.height / 2]
    return not any(s.x0 < box[2] and box[0] < s.x1 for line in below for s in line.segments)


def _is_right(other: Placed, box: Box) -> bool:
    """Whether a table begins right of a box, and higher up the page than it."""
    own = other.grid.box(other.grid.pages[0]) if other.grid.pages else None
    return own is not None and own[0] > box[2] and own[1] < box[1]


def _goes_on(table: Placed, other: Placed, lines: Sequence[PageLine], box: Box) -> bool:
    if other.bare or not _is_right(other, box) or other.grid.width != table.grid.width:
        return False
    if not _is_first(other.first, lines, box) or not follows(table.grid, other.grid):
        return False
    if table.grid.ruled and other.grid.ruled:
        return _shift(table.grid.edges, other.grid.edges) is not None
    return any(
        old is not None and new is not None and _shift(old, new) is not None
        for old, new in zip(_places(table.grid), _places(other.grid), strict=True)
    )


def _shift(ends: Sequence[float], again: Sequence[float]) -> float | None:
    """How far the columns are from the first ones, None where they are not all as far."""
    away = [b - a for a, b in zip(ends, again, strict=True)]
    return away[0] if max(away) - min(away) <= SAME_EDGE else None


def _beside(line: PageLine, box: Box) -> list[Segment]:
    return [segment for segment in line.segments if segment.x0 > box[2]]


def _is_first(number: int, lines: Sequence[PageLine], box: Box) -> bool:
    """Whether nothing stands over a line in the next column but the head of the page, far above all columns.

    So may be the last line of a form over both of them ("Type", "Status").
    """
    head = max((n for n, line in enumerate(lines[:number]) if _beside(line, box)), default=None)
    if head is None:
        return True
    foot, top = max(line.box[3] for line in lines[: head + 1]), min(line.box[1] for line in lines[head + 1 :])
    apart = APART * max(s.box[3] - s.box[1] for s in lines[head].segments)
    shared = any(segment.x1 < box[2] for segment in lines[head].segments) and _starts(lines[head + 1 : number], box)
    return top - foot > apart or (shared and lines[number].box[1] - foot > apart)


def _starts(lines: Sequence[PageLine], box: Box) -> bool:
    """Whether words of the first column stand on some lines, one at least."""
    return any(segment.x0 < box[2] for line in lines for segment in line.segments)


def _take_rows(grid: Grid, lines: Sequence[PageLine], box: Box, ends: Sequence[float]) -> None:
    """Add the rows at the top of the next column that stand in the table's columns, one for each line."""
    first = next(
        (n for n, line in enumerate(lines[: MARGIN_LINES + 1]) if _is_row(_beside(line, box), box, ends)), None
    )
    if first is None or lines[first].box[1] > box[1] or not _is_first(first, lines, box):
        return
    for segments in _rows(lines[first:], box, ends):
        number = len(grid.rows)
        grid.rows.append([GridCell(number, column, [s.piece()]) for column, s in enumerate(segments)])


def _rows(lines: Sequence[PageLine], box: Box, ends: Sequence[float]) -> Iterator[list[Segment]]:
    for line in lines:
        segments = _beside(line, box)
        if segments and not _is_row(segments, box, ends):
            return
        if segments:
            yield segments


def _is_row(segments: Sequence[Segment], box: Box, ends: Sequence[float]) -> bool:
    """Whether a name and figures stand in the columns of a table, all as far away from these."""
    if len(segments) != len(ends) + 1 or segments[0].kind is not Kind.TEXT:
        return False
    if not all(segment.kind is Kind.NUMBER and not segment.is_year for segment in segments[1:]):
        return False
    shift = _shift(ends, [segment.x1 for segment in segments[1:]])
    return shift is not None and -SAME_EDGE <= segments[0].x0 - shift - box[0] <= INDENT
