"""Tables without a drawn grid, by where the words stand.

Blocks of lines with figures under each other are found, their columns settled by overlap (years by their headings), and
wrapped labels joined. Prose, lists and forms are no tables: figures must stand in columns that a heading, a unit or the
other rows confirm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from corpus.reading import Ruling
from pipeline.tables.grid import Grid, GridCell, TextLine
from pipeline.tables.headings import is_total_heading
from pipeline.tables.rows import is_known_row, is_prose, is_short_name, starts_section
from pipeline.tables.stacks import Assignment, Stack, merge_unmet, own_columns, stack, under_headings
from pipeline.tables.surroundings import is_context, is_other
from pipeline.tables.units import unit_note
from pipeline.tables.words import PageLine, Segment
from pipeline.tables.wrapping import Printed, rows_of

FARTHEST = 4.5
"""Lines of one table stand no further apart than this many line heights."""
MOST_APART = 1.6
"""Years printed again below a wider gap than this many line heights head another table."""
MOST_LABELS = 6
Heads = list[tuple[float, float]]


@dataclass(slots=True)
class Block:
    """Lines ``first`` to ``last`` (included) of a page; ``heading`` the number of its line of years, if any."""

    first: int
    last: int
    heading: int | None = None


@dataclass(slots=True)
class Found:
    """A grid with the page's lines it covers, and the edges of its year columns for a table that goes on overleaf."""

    grid: Grid
    first: int
    last: int
    heads: Heads = field(default_factory=list)


def borderless_grids(lines: Sequence[PageLine], rulings: Sequence[Ruling], carried: Heads) -> list[Found]:
    """The borderless tables of a page. ``carried``: year columns of a table that the page before ended with."""
    found: list[Found] = []
    for block in _blocks(lines):
        heads = carried if carried and block.heading is None and not found and block.first <= 3 else []
        result = _read(lines, block, rulings, heads)
        if result is not None:
            found.append(result)
    return found


# --- where --------------------------------------------------------------------------------------------------------


def _is_year_line(line: PageLine) -> bool:
    others = [s for s in line.segments[1:] if not s.is_heading and s.kind.value == "number"]
    return line.years >= 2 and not others


def _is_row(line: PageLine) -> bool:
    """A line with a figure after a label, or figures alone; never one of running text."""
    figures = [s for s in line.segments if s.is_value]
    if not figures or (len(line.segments) == 1 and len(figures) == 1 and len(line.segments[0].text) < 2):
        return False
    texts = [s for s in line.segments if not s.is_value]
    return not any(is_prose(s.text) for s in texts[1:]) and not (
        len(texts) > 0 and is_prose(texts[-1].text) and len(figures) < 2
    )


def _is_label(line: PageLine) -> bool:
    text = line.text
    return len(line.segments) == 1 and not is_prose(text) and not starts_section(text)


def _blocks(lines: Sequence[PageLine]) -> list[Block]:
    blocks: list[Block] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if not (_is_year_line(line) or _is_row(line)):
            number += 1
            continue
        block = _grow(lines, number)
        blocks.append(block)
        number = block.last + 1
    return blocks


def _grow(lines: Sequence[PageLine], first: int) -> Block:
    heading = first if _is_year_line(lines[first]) else None
    block = Block(first, first, heading)
    waiting = 0
    valued = lines[first].values > 0
    for number in range(first + 1, len(lines)):
        line, before = lines[number], lines[number - 1]
        if line.box[1] - before.box[3] > FARTHEST * line.height or line.centre < before.centre:
            break
        if _is_year_line(line):
            if valued and not _repeats(lines, block, number):
                break
            block.heading = number if block.heading is None else block.heading
            block.last, waiting = number, 0
        elif _is_row(line):
            block.last, waiting = number, 0
        elif waiting < MOST_LABELS and (_is_label(line) or _hangs(line)):
            waiting += 1
        else:
            break
        valued = valued or line.values > 0
    return _trailing(lines, block)


def _repeats(lines: Sequence[PageLine], block: Block, number: int) -> bool:
    """Whether a line of years only repeats the table's: the same ones, right below the rows, and nothing new said."""
    if block.heading is None:
        return False
    old, new = lines[block.heading], lines[number]
    between = lines[block.last + 1 : number + 1]
    apart = max(line.box[1] - before.box[3] for before, line in pairwise([lines[block.last], *between]))
    if [s.text for s in old.segments if s.is_year] != [s.text for s in new.segments if s.is_year]:
        return False
    said = [line.text for line in between[:-1]] + [s.text for s in new.segments if not s.is_heading]
    known = {s.text for s in old.segments}
    return apart < MOST_APART * new.height and not any(is_other(text) and text not in known for text in said)


def _hangs(line: PageLine) -> bool:
    """Headings over columns, or a label beside a remark: short pieces, no running text."""
    return not any(is_prose(s.text) for s in line.segments) and not starts_section(line.text)


def _trailing(lines: Sequence[PageLine], block: Block) -> Block:
    """Take along the end of a wrapped label and known rows without figures ("Investering") below the last figures."""
    while block.last + 1 < len(lines):
        line, before = lines[block.last + 1], lines[block.last]
        gap = line.box[1] - before.box[3]
        heads_next = any(_is_year_line(following) for following in lines[block.last + 2 : block.last + 5])
        if not _is_label(line) or gap > 2 * line.height or is_context(line.text) or heads_next:
            break
        left = min(lines[n].box[0] for n in range(block.first, block.last + 1))
        wrapped = line.text[:1].islower() and gap < 0.6 * line.height and abs(line.box[0] - left) < 2 * line.height
        if not wrapped and not (is_known_row(line.text) and is_short_name(line.text)):
            break
        block.last += 1
    return block


# --- what ---------------------------------------------------------------------------------------------------------


def _read(lines: Sequence[PageLine], block: Block, rulings: Sequence[Ruling], heads: Heads) -> Found | None:
    body = list(range(block.first, block.last + 1))
    years = [n for n in body if _is_year_line(lines[n])]
    top = years[0] if years and not any(_is_row(lines[n]) for n in body if n < years[0]) else None
    rows = [lines[n] for n in body if n not in years and (top is None or n > top)]
    values = [s for line in rows for s in line.segments if s.is_value and not _names_row(s, line)]
    if not values:
        return None
    height = median(line.height for line in rows)
    if top is not None:
        heads = _heads(lines[top])
    assigned, columns = _columns(heads, values, rows, height)
    if columns is None or not _confirmed(lines, block, columns, rows, dated=bool(heads)):
        return None
    above = [] if top is None and not heads else [n for n in body if top is not None and n < top]
    above += _headings_above(lines, block.first, columns)
    head_lines = sorted({*above, *([top] if top is not None else [])})
    if top is None and not heads:
        while body and not _is_row(lines[body[0]]):
            head_lines.append(body.pop(0))
    return _grid(lines, sorted(head_lines), [n for n in body if n not in head_lines], columns, assigned, rulings, heads)


def _heads(line: PageLine) -> Heads:
    """The headings of a line of years, from the first year on."""
    first = next(n for n, s in enumerate(line.segments) if s.is_heading)
    return [(s.x0, s.x1) for s in line.segments[first:] if not is_prose(s.text)]


def _names_row(segment: Segment, line: PageLine) -> bool:
    """A number in front of a label is its name, not a figure: "12  Fjordskolen  -200"."""
    return segment is line.segments[0] and any(not s.is_value for s in line.segments[1:])


def _columns(
    heads: Heads, values: Sequence[Segment], rows: Sequence[PageLine], height: float
) -> tuple[Assignment, Heads | None]:
    """Columns of figures from left to right, and which figure is in which."""
    if heads:
        left = min(x0 for x0, _ in heads)
        inside = [s for s in values if s.x1 > left - 8 * height]
        heads[:] = sorted([*heads, *own_columns(heads, inside, rows, height)])
        return under_headings(heads, inside, rows, height), list(heads)
    stacks = merge_unmet(stack(values, keep_spanning=True), rows)
    assigned = Assignment({id(s): n for n, column in enumerate(stacks) for s in column.segments})
    for line in rows:
        numbers = [assigned.columns[id(s)] for s in line.segments if id(s) in assigned.columns]
        if len(numbers) != len(set(numbers)):
            return assigned, None
    return assigned, [(column.x0, column.x1) for column in stacks]


def _confirmed(
    lines: Sequence[PageLine], block: Block, columns: Heads, rows: Sequence[PageLine], *, dated: bool
) -> bool:
    """Years over figures are a table; else two columns on two lines, or one column that a unit speaks for."""
    valued = [line for line in rows if _is_row(line)]
    if dated:
        return bool(valued)
    labels = [line for line in valued if not line.segments[0].is_value or _names_row(line.segments[0], line)]
    if len(valued) < 2 or len(labels) < 2 or any("...." in line.text for line in valued):
        return False
    if len(columns) >= 2:
        return sum(line.values >= 2 for line in valued) >= 2
    around = lines[max(block.first - 4, 0) : block.first]
    edges = [s.x1 for line in valued for s in line.segments if s.is_value]
    aligned = max(edges) - min(edges) < 0.5 * lines[block.first].height
    return aligned and any(unit_note(s.text) for line in around for s in line.segments)


def _headings_above(lines: Sequence[PageLine], first: int, columns: Heads) -> list[int]:
    """Up to three lines right above that have something short over a value column and nothing like running text."""
    found: list[int] = []
    for number in range(first - 1, max(first - 4, -1), -1):
        line = lines[number]
        if lines[number + 1].box[1] - line.box[3] > 1.5 * line.height or not _hangs(line):
            break
        over = [s for s in line.segments if any(s.x0 < x1 and x0 < s.x1 for x0, x1 in columns)]
        if not over or (
            len(line.segments) == 1 and (is_context(line.text) or line.box[0] < columns[0][0] - 4 * line.height)
        ):
            break
        found.append(number)
    return found


# --- the grid -----------------------------------------------------------------------------------------------------


def _grid(
    lines: Sequence[PageLine],
    head_lines: list[int],
    body: list[int],
    columns: Heads,
    assigned: Assignment,
    rulings: Sequence[Ruling],
    heads: Heads,
) -> Found:
    rows = [lines[n] for n in body if not _is_year_line(lines[n])]
    texts = [s for line in rows for s in line.segments if id(s) not in assigned.columns]
    labels = _label_stacks(texts, rows, columns)
    after = _label_stacks([s for s in texts if s.x0 >= columns[-1][1] - 1], rows, [])
    extents = [*((c.x0, c.x1) for c in labels), *columns, *((c.x0, c.x1) for c in after)]
    printed = []
    for line in rows:
        printed.append(_printed(line, assigned, extents, len(labels)))
    rules = [r.top for r in rulings if r.x1 - r.x0 > 0.6 * (columns[-1][1] - min(x for x, _ in extents))]
    table = rows_of(printed, rules)
    cells = [_head_cells(lines[n], number, extents) for number, n in enumerate(head_lines)]
    refused = {}
    for row in table:
        if row.refused:
            refused[len(cells)] = row.refused
        cells.append([GridCell(len(cells), column, row.cells[column]) for column in sorted(row.cells)])
    grid = Grid(cells, len(extents), refused=refused, edges=tuple(round(x1, 1) for _, x1 in columns))
    used = [*head_lines, *body]
    return Found(grid, min(used), max(used), heads)


def _label_stacks(texts: Sequence[Segment], rows: Sequence[PageLine], columns: Heads) -> list[Stack]:
    """The text columns left of the figures, one at least; without ``columns`` those of the given segments."""
    if not columns:
        return merge_unmet(stack(texts), rows) if texts else []
    left = [s for s in texts if s.x0 < columns[0][0]]
    stacks = merge_unmet(stack(s for s in left if s.x1 <= columns[0][0] + 1), rows)
    return stacks or [Stack(min((s.x0 for s in left), default=columns[0][0] - 2), columns[0][0] - 1)]


def _printed(line: PageLine, assigned: Assignment, extents: Heads, labels: int) -> Printed:
    cells: dict[int, list[TextLine]] = {}
    refused = None
    for segment in line.segments:
        column = assigned.columns.get(id(segment))
        number = column + labels if column is not None else _column_of(segment, extents, labels)
        if id(segment) in assigned.lost:
            refused = "its figures do not stand under the years"
        cells.setdefault(number, []).append(segment.piece())
    valued = any(number >= labels for number in cells)
    return Printed(line.centre, line.height, cells, valued, refused)


def _column_of(segment: Segment, extents: Heads, labels: int) -> int:
    """The column that a text overlaps most; one that begins far left of the figures is a label, however long it is."""
    reach = segment.box[3] - segment.box[1]
    if segment.x0 < extents[labels][0] - 2 * reach or segment.x1 <= extents[labels][0]:
        candidates = range(labels)
    else:
        candidates = range(labels, len(extents))
    overlap = [(min(segment.x1, extents[n][1]) - max(segment.x0, extents[n][0]), -n) for n in candidates]
    return -max(overlap)[1]


def _head_cells(line: PageLine, number: int, extents: Heads) -> list[GridCell]:
    """The heading's cells by what they stand over; one over several columns spans them."""
    cells: dict[int, GridCell] = {}
    for segment in line.segments:
        over = [n for n, (x0, x1) in enumerate(extents) if segment.x0 < x1 - 0.5 and x0 < segment.x1 - 0.5]
        if not over:
            gaps = [(max(x0 - segment.x1, segment.x0 - x1), n) for n, (x0, x1) in enumerate(extents)]
            over = [min(gaps)[1]]
        if segment.is_heading or is_total_heading(segment.text):
            over = over[-1:] if segment.is_year and len(over) > 1 else over
        if over[0] in cells:
            cells[over[0]].pieces.append(segment.piece())
        else:
            cells[over[0]] = GridCell(number, over[0], [segment.piece()], 1, len(over))
    return [cells[column] for column in sorted(cells)]
