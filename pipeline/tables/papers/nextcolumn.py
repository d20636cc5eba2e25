"""A table that goes on at the top of the page's next column: its rows stand there as they do in the first one.

It does where nothing stands below it in its column but the name of a section, nothing but the page's head and such
names above the rows in the next one, and each column of figures is as far from its own in the first column of the page
as all others are. So do the rows of a heading that stands alone at the foot of a column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.model import Box
from pipeline.tables.around.overleaf import MARGIN_LINES, Carried, Placed, append, follows, groups_over, longer, widen
from pipeline.tables.borderless.heads import Rule
from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.grid import Grid, GridCell, TextLine
from pipeline.tables.layout.words import PageLine, Segment

SAME_EDGE = 1.0
"""Figures of a column end, and columns are apart, alike within so many points."""
INDENT = 20.0
"""Names of rows begin no further right of where the first one's column begins, in points."""
APART = 2.0
"""The page's head and foot are parted from its columns by more than so many line heights: titles stand nearer."""
FEWEST = 2
OUTER = 4.0
"""Names of sections that do not begin where those of rows do begin so many points further left."""
LEVEL = 1.6
"""Rules of one height differ by no more than so many points."""


def columns_joined(placed: list[Placed], lines: Sequence[PageLine], rules: Sequence[Rule]) -> list[Placed]:
    """The tables of a page, each with what stands of it at the top of the next column."""
    taken: list[Placed] = []
    head = lines[: MARGIN_LINES + 1]
    if len(placed) == 1 and not _may_have_beside(placed[0].grid, head):
        return placed
    for table in placed:
        box = table.grid.box(lines[table.first].segments[0].page)
        if table in taken or box is None:
            continue
        if len(placed) < 2 and not any(_beside(line, box) for line in head):
            continue
        below = Carried(table, _below(table, lines, box))
        if below.below and below.section is None:
            continue
        own = len(table.grid.rows)
        found = next((each for other in placed if (each := _going_on(table, other, lines, box, rules))), None)
        if found is not None:
            _join(table, *found, below.section)
            taken.append(found[0])
        elif not (table.bare or below.below or any(_is_right(o, box) and o.first <= MARGIN_LINES for o in placed)):
            _take_rows(table.grid, lines, box)
        table.grid.beside = range(own, len(table.grid.rows))
    return [table for table in placed if table not in taken]


def _may_have_beside(grid: Grid, head: Sequence[PageLine]) -> bool:
    """Whether anything on some lines may stand right of a table: right of the end of one of its rows."""
    box = grid.rows[-1][-1].box if grid.rows and grid.rows[-1] else None
    return box is None or any(segment.x0 > box[2] for line in head for segment in line.segments)


def _join(table: Placed, more: Placed, above: Sequence[TextLine], section: TextLine | None) -> None:
    if table.bare:
        widen(table, more)
        table.bare = False
    if len(above) > 1 and _begins_row(above[-2], above[-1], more.grid):
        more.grid.rows[0][0] = longer(more.grid.rows[0][0], before=above[-1:])
        above = above[:-1]
    append(table.grid, more.grid, above, section)


def _are_indented(above: Sequence[TextLine], more: Grid) -> bool:
    """Whether a row begins further right than the name above it."""
    name, row = above[-1].box if above else None, more.rows[0][0].box
    return name is not None and row is not None and name[0] < row[0] - OUTER


def _begins_row(name: TextLine, line: TextLine, more: Grid) -> bool:
    """Whether a line is the first of the name of the row below it: it begins there, and the section's name does not."""
    row = more.rows[0][0]
    if row.box is None or line.box is None or name.box is None or row.column or len(more.rows[0]) == 1:
        return False
    return abs(line.box[0] - row.box[0]) <= SAME_EDGE and name.box[0] < line.box[0] - OUTER


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


def _below(table: Placed, lines: Sequence[PageLine], box: Box) -> list[TextLine]:
    """What stands below a table in its column, but for the foot of the page."""
    foot = [line for line in lines[-MARGIN_LINES:] if line.box[1] - box[3] > APART * line.height]
    under = [line for line in lines[table.last + 1 :] if line not in foot and line.box[1] > box[3] - line.height / 2]
    parts = (tuple(s for s in line.segments if s.x0 < box[2] and box[0] < s.x1) for line in under)
    return [PageLine(part).piece() for part in parts if part]


def _is_right(other: Placed, box: Box) -> bool:
    """Whether a table begins right of a box, and higher up the page than it."""
    own = other.grid.box(other.grid.pages[0]) if other.grid.pages else None
    return own is not None and own[0] > box[2] and own[1] < box[1]


def _going_on(
    table: Placed, other: Placed, lines: Sequence[PageLine], box: Box, rules: Sequence[Rule]
) -> tuple[Placed, list[TextLine]] | None:
    """The table with which one goes on, and the names of sections above its rows; None if it does not."""
    if other.bare or not _is_right(other, box) or (other.grid.width != table.grid.width and not table.bare):
        return None
    top = _top(other.first, lines, box, rules)
    if top is None or not follows(table.grid, other.grid) or not _stand_alike(table, other):
        return None
    above = [PageLine(tuple(part)).piece() for line in lines[top : other.first] if (part := _beside(line, box))]
    told = _has_sections(table.grid) or (table.bare and (_has_sections(other.grid) or _are_indented(above, other.grid)))
    if above and not told:
        return None
    return (other, above) if not above or groups_over(above, other.grid) is not None else None


def _has_sections(grid: Grid) -> bool:
    """Whether a table has lines without figures among its rows, so that a name may stand over more of them."""
    return any(len(row) == 1 and read_cell(row[0].text).kind is Kind.TEXT for row in grid.rows[1:])


def _stand_alike(table: Placed, other: Placed) -> bool:
    """Whether all columns of figures, or all rules, of a second table are as far from those of a first one."""
    ends, middles = _places(other.grid)
    if table.bare:
        heads = [x1 for _, x1 in table.heads]
        return ends is not None and len(heads) == len(ends) and _shift(heads, ends) is not None
    if table.grid.ruled and other.grid.ruled:
        return _shift(table.grid.edges, other.grid.edges) is not None
    pairs = zip(_places(table.grid), (ends, middles), strict=True)
    return any(old is not None and new is not None and _shift(old, new) is not None for old, new in pairs)


def _shift(ends: Sequence[float], again: Sequence[float]) -> float | None:
    """How far the columns are from the first ones, None where they are not all as far."""
    away = [b - a for a, b in zip(ends, again, strict=True)]
    return away[0] if max(away) - min(away) <= SAME_EDGE else None


def _beside(line: PageLine, box: Box) -> list[Segment]:
    return [segment for segment in line.segments if segment.x0 > box[2]]


def _top(number: int, lines: Sequence[PageLine], box: Box, rules: Sequence[Rule]) -> int | None:
    """The first line of the next column, if names at most stand on it and others above a line; else None."""
    for _ in range(MARGIN_LINES + 1):
        over = next((n for n in range(number - 1, -1, -1) if _beside(lines[n], box)), None)
        if over is None or _is_first(number, lines, box) or _is_ruled_off(lines[over], lines[number], box, rules):
            return number
        number = over
    return None


def _is_ruled_off(upper: PageLine, lower: PageLine, box: Box, rules: Sequence[Rule]) -> bool:
    """Whether rules at one height over both columns, those of a form, stand between two lines of the next one."""
    left = [y for y, x0, x1 in rules if x0 < box[0] + INDENT and x1 > (box[0] + box[2]) / 2]
    right = [y for y, x0, x1 in rules if x1 > lower.box[2] - INDENT and x0 < (box[2] + lower.box[2]) / 2]
    under = [y for y in left if any(abs(y - other) < LEVEL for other in right)]
    return any(upper.box[3] - LEVEL < y < min(s.box[1] for s in _beside(lower, box)) + LEVEL for y in under)


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


def _take_rows(grid: Grid, lines: Sequence[PageLine], box: Box) -> None:
    """Add the rows at the top of the next column that stand in the table's columns, one for each line."""
    ends = _ends(grid)
    if ends is None:
        return
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
