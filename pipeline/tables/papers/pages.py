"""The tables of a PDF: drawn and borderless ones page by page, joined where they go on overleaf."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise, takewhile

from corpus.model import Box
from corpus.options import OnPage
from corpus.reading import Page, Reading
from pipeline.tables.around.breaks import Edges, is_printed_around
from pipeline.tables.around.context import CONTEXT_LINES, WIDE, add_context
from pipeline.tables.around.overleaf import (
    MARGIN_LINES,
    Carried,
    Placed,
    append,
    goes_on,
    is_headed_again,
    may_go_on,
    widen,
)
from pipeline.tables.around.surroundings import is_other
from pipeline.tables.borderless.banded import words_parted
from pipeline.tables.borderless.broken import mended
from pipeline.tables.borderless.endcuts import cut_at_ends
from pipeline.tables.borderless.finder import borderless_grids
from pipeline.tables.borderless.rules import level_rules
from pipeline.tables.borderless.shapes import hangs
from pipeline.tables.content.found import Heads
from pipeline.tables.content.grid import Grid, GridCell, TextLine, union
from pipeline.tables.content.rows import is_footnote, is_short_name
from pipeline.tables.content.yearrows import is_year_row
from pipeline.tables.drawn.ruled import ruled_grids
from pipeline.tables.layout.cellwords import beside
from pipeline.tables.layout.fullfigures import full_figures_cut
from pipeline.tables.layout.gutters import Cuts, column_starts
from pipeline.tables.layout.headdates import with_days
from pipeline.tables.layout.justified import unspread
from pipeline.tables.layout.page_native import printed_lines
from pipeline.tables.layout.segments import Strips
from pipeline.tables.layout.signs import with_signs
from pipeline.tables.layout.words import PageLine, Segment
from pipeline.tables.papers.asides import parts_of
from pipeline.tables.papers.besiderules import cuts_beside, kept_whole
from pipeline.tables.papers.clipped import with_clipped
from pipeline.tables.papers.nextcolumn import columns_joined
from pipeline.tables.papers.prosebeside import without_prose_beside
from pipeline.tables.papers.turned import turn_back, turn_of, upright
from pipeline.tables.papers.turnedheads import add_turned_heads

CLOSE = 0.75
"""Lines of one heading are parted by less than this share of their height."""
LINES_BEFORE, LINES_AFTER = 5, 10
"""So many lines above and below one that looks like a row may belong to its table."""
DASHES = 4
_DRAWN = frozenset("-–—_=. ")
OnBreak = Callable[[int, int, Exception], None]
"""Told of a page on which finding tables broke: its number, where in the text it begins, and the fault."""


def page_grids(reading: Reading, on_page: OnPage | None = None, on_break: OnBreak | None = None) -> Iterator[Grid]:
    """Every table of the pages that have words, in print order; each is given when it goes on no further.

    A fault on one page costs its tables and no others, if somebody is there to be told of it.
    """
    grids: list[Grid] = []
    edges = Edges(reading)
    carried: Carried | None = None
    before: tuple[Sequence[Placed], Sequence[PageLine]] = [], []
    turned: dict[int, tuple[int, Page]] = {}
    for index, page in enumerate(reading.pages):
        if turn := turn_of(page):
            turned[page.number] = turn, page
            page = upright(page, turn)
        printed = printed_lines(page, reading.text)
        lines = with_days(with_signs(printed), page, reading.text)
        before_it = carried.placed if carried else None
        placed = _guarded(page, reading.text, lines, printed.strips, before_it, on_break)
        if placed and before[1] and _is_on_top(lines[: placed[0].first], edges, index, titled=not before[0]):
            placed[0].grid.above[:0] = _foot(*before, edges, index - 1)
        joined = carried is not None and _joined(carried, placed, lines, edges, index)
        if joined and carried is not None and carried.placed.bare:
            grids.append(carried.placed.grid)
        elif carried is not None and not joined:
            carried.placed.grid.below += _notes(lines, placed[0].first if placed else len(lines), edges, index)
        grids += [p.grid for p in placed[joined:] if not p.bare]
        carried, before = _carried(placed, lines, edges, index), (placed, lines)
        pending = grids[-1:] if carried is not None and grids and grids[-1] is carried.placed.grid else []
        yield from turn_back(grids[: len(grids) - len(pending)], turned)
        grids = pending
        if on_page is not None:
            on_page(index + 1, len(reading.pages))
    yield from turn_back(grids, turned)


def _joined(carried: Carried, placed: Sequence[Placed], lines: Sequence[PageLine], edges: Edges, index: int) -> bool:
    """Make a page's first table one with the last of the page before where it goes on with it."""
    if not placed:
        return False
    if carried.placed.bare and is_headed_again(carried.placed.grid, placed[0].grid):
        placed[0].grid.above[:0] = carried.placed.grid.above
        return False
    if not may_go_on(carried.placed, placed[0]):
        return False
    above = [line.piece() for line in lines[: placed[0].first] if not edges.in_head(line.text, index)]
    if not goes_on(carried, placed[0], above):
        return False
    widen(carried.placed, placed[0])
    append(carried.placed.grid, placed[0].grid, above, carried.section)
    placed[0].grid = carried.placed.grid
    return True


def _carried(placed: Sequence[Placed], lines: Sequence[PageLine], edges: Edges, index: int) -> Carried | None:
    after = lines[placed[-1].last + 1 :] if placed else []
    if not placed or sum(not is_footnote(line.text) for line in after) > MARGIN_LINES:
        return None
    below = [line.piece() for line in after if not edges.in_foot(line.text, index)]
    return Carried(placed[-1], below)


def _is_on_top(above: Sequence[PageLine], edges: Edges, index: int, *, titled: bool) -> bool:
    """Whether nothing stands over the first table of a page but its head, or a title that says no unit, if it may."""
    own = list(islice((line.text for line in above if not edges.in_head(line.text, index)), 2))
    return not own or (titled and len(own) == 1 and is_short_name(own[0]) and not is_other(own[0]))


def _foot(placed: Sequence[Placed], lines: Sequence[PageLine], edges: Edges, index: int) -> list[TextLine]:
    """The last lines of a page's text, which may speak of a table on top of the next page; none of a table's own."""
    last = placed[-1].last if placed else -1
    first = max(last + 1, len(lines) - CONTEXT_LINES)
    if placed and first <= last + CONTEXT_LINES:
        gaps = (n for n in range(first, len(lines)) if lines[n].box[1] - lines[n - 1].box[3] > WIDE * lines[n].height)
        first = next(gaps, len(lines))
    return [line.piece() for line in lines[first:] if not edges.in_foot(line.text, index)]


def _notes(lines: Sequence[PageLine], stop: int, edges: Edges, index: int) -> list[TextLine]:
    """The notes at the top of a page on marks in the table that the page before ends with: "(a) Vedtaget i maj."."""
    own = (lines[n] for n in range(stop) if not edges.in_head(lines[n].text, index))
    return [line.piece() for line in takewhile(lambda line: is_footnote(line.text), own)]


def _cuts(page: Page, lines: Sequence[PageLine], strips: Strips | None) -> Cuts:
    """Where columns of a page begin, for each line; empty where no line may be a row."""
    if strips is None or not strips.promising:
        return []
    cuts = column_starts(strips)
    return kept_whole(cuts, lines, level_rules(page)) if any(cuts) else cuts_beside(lines, level_rules(page))


def _guarded(
    page: Page,
    text: str,
    lines: Sequence[PageLine],
    strips: Strips | None,
    before: Placed | None,
    on_break: OnBreak | None,
) -> list[Placed]:
    """As :func:`_with_context`; none where that breaks, if ``on_break`` is there to be told."""
    try:
        return _with_context(page, text, lines, strips, before)
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours must cost the tables of this page, not those of the document
        if on_break is None:
            raise
        on_break(page.number, page.start, error)
        return []


def _with_context(
    page: Page, text: str, lines: Sequence[PageLine], strips: Strips | None, before: Placed | None
) -> list[Placed]:
    """The tables of a page, each with the headings that run sideways and what stands over and below it."""
    cuts = _cuts(page, lines, strips)
    placed = _on_page(page, lines, strips, cuts, before)
    for table in placed:
        add_turned_heads(table, lines, page, text)
    add_context(placed, lines, cuts)
    return columns_joined(placed, lines, level_rules(page) if len(placed) > 1 else ())


def _on_page(
    page: Page, lines: Sequence[PageLine], strips: Strips | None, cuts: Cuts, before: Placed | None
) -> list[Placed]:
    """The tables of a page from the top down. ``before``: the table that the page before ends with."""
    placed = []
    boxes: list[Box] = []
    for grid, box in ruled_grids(page, lines, before.grid.edges if before and before.grid.ruled else (), cuts):
        inside = [n for n in beside(lines, [box]) if _inside(lines[n], box)]
        if grid is None:
            boxes.append(box)
        elif inside:
            first = _with_heading(grid, lines, with_clipped(grid, lines, inside[0]))
            boxes.append((box[0], min(box[1], lines[first].box[1]), box[2], box[3]))
            placed.append(Placed(grid, first, inside[-1], []))
    if strips is None or not strips.promising:
        return placed
    rules = level_rules(page)
    ends = 0, len(lines) - 1
    for first, last in _windows(strips.promising, len(lines)):
        free = [
            (n, full_figures_cut(line))
            for n, line in enumerate(lines[first:last], first)
            if not ((n in ends or line.segments[0].text[:1] in _DRAWN) and _says_nothing(lines, n))
        ]
        for box in boxes:
            free = [(n, rest) for n, line in free if (rest := _outside(line, box)) is not None]
        parts = map(without_prose_beside, map(unspread, parts_of(free, cuts, rules)))
        for part in map(mended, map(cut_at_ends, (words_parted(part, rules) for part in parts))):
            carried: Heads = before.heads if before and not placed and part and part[0][0] <= 3 else []
            for found in borderless_grids([line for _, line in part], rules, carried):
                first, last = part[found.first][0], part[found.last][0]
                placed.append(Placed(found.grid, first, last, found.heads, found.bare, found.labels))
    return placed if len(placed) < 2 else sorted(placed, key=lambda p: (p.first, p.grid.start))


def _says_nothing(lines: Sequence[PageLine], number: int) -> bool:
    """Whether a line is a rule of dashes, or what a browser prints around a page."""
    around = number in {0, len(lines) - 1} and is_printed_around(lines[number].text)
    return around or _is_dashes(lines[number])


def _is_dashes(line: PageLine) -> bool:
    """Whether a line is drawn with characters and says nothing."""
    if line.segments[0].text[:1] not in _DRAWN:
        return False
    return all(len(s.text) >= DASHES and _DRAWN.issuperset(s.text) for s in line.segments)


def _windows(promising: Sequence[int], count: int) -> list[tuple[int, int]]:
    """Stretches of lines, from the first to before the last, around those that may be rows."""
    if not promising:
        return []
    firsts, ends = [promising[0]], []
    before = promising[0]
    for number in promising:
        if number - LINES_BEFORE > before + LINES_AFTER:
            firsts.append(number)
            ends.append(before)
        before = number
    ends.append(before)
    return [
        (max(first - LINES_BEFORE, 0), min(end + LINES_AFTER, count)) for first, end in zip(firsts, ends, strict=True)
    ]


def _with_heading(grid: Grid, lines: Sequence[PageLine], first: int) -> int:
    """Put a line of years that stands right above a grid on top of it; the number of the table's first line."""
    line = lines[first - 1] if first else None
    if line is None or line.years < 1 or any(is_year_row(row) for row in grid.rows):
        return first
    if lines[first].box[1] - line.box[3] > 1.5 * line.height:
        return first
    places = _drawn_columns(grid, line.segments)
    if places is None or places == [0]:
        return first
    cells = [GridCell(0, place, [segment.piece()]) for place, segment in zip(places, line.segments, strict=True)]
    for cell in grid.cells():
        cell.row += 1
    grid.rows.insert(0, cells)
    return _with_words(grid, lines, first - 1)


def _with_words(grid: Grid, lines: Sequence[PageLine], first: int) -> int:
    """Put the words right above the years on top of a grid into their cells, each over one column; the first line."""
    upper = lines[first - 1] if first else None
    if upper is None or len(upper.segments) < 2 or upper.values or upper.years or not hangs(upper):
        return first
    places = _drawn_columns(grid, upper.segments)
    if lines[first].box[1] - upper.box[3] > CLOSE * upper.height or places is None or places[0] == 0:
        return first
    heads = {cell.column: cell for cell in grid.rows[0]}
    for place, segment in zip(places, upper.segments, strict=True):
        if place in heads:
            heads[place].put([segment.piece(), *heads[place].pieces])
        else:
            heads[place] = GridCell(0, place, [segment.piece()])
    grid.rows[0] = [heads[place] for place in sorted(heads)]
    return first - 1


def _drawn_columns(grid: Grid, segments: Sequence[Segment]) -> list[int] | None:
    """The column of a drawn grid that each heading above it stands over; None where one has none of its own.

    It overlaps what is printed in one column, or stands between the rules of one.
    """
    boxes = [
        union(p.box for row in grid.rows for c in row if c.column == n for p in c.pieces) for n in range(grid.width)
    ]
    over = [[n for n, box in enumerate(boxes) if box and s.x0 < box[2] and box[0] < s.x1] for s in segments]
    rooms = list(pairwise(grid.edges))
    between = [[n for n, (x0, x1) in enumerate(rooms) if x0 - 1 < s.x0 and s.x1 < x1 + 1] for s in segments]
    for found in (over, between):
        places = [each[0] for each in found if len(each) == 1]
        if len(set(places)) == len(segments):
            return places
    return None


def _inside(line: PageLine, box: Box) -> bool:
    x0, _, x1, _ = line.box
    return box[1] <= line.centre <= box[3] and x0 < box[2] and box[0] < x1


def _outside(line: PageLine, box: Box) -> PageLine | None:
    """What stands beside a drawn grid on a line: all of it above and below the grid."""
    if not _inside(line, box):
        return line
    rest = tuple(s for s in line.segments if s.x1 <= box[0] or box[2] <= s.x0)
    return PageLine(rest) if rest else None
