"""Headings and units that one line prints for all tables below it on the page, as accounts do: "Mio. kr. 2020 2019".

A table with no heading of its own takes the years of the nearest line of years above it, or the headings of the nearest
table, whichever is nearer, if its columns stand right under them, one for one. A table without a unit takes the nearest
line above that says nothing but a unit ("Mio. kr."), if no other unit is printed between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from itertools import groupby
from operator import attrgetter
from statistics import median

import msgspec

from corpus.lazy import lazy
from corpus.model import Box
from corpus.reading import Page, Reading, rounded
from pipeline.tables.around.overhead import look_over
from pipeline.tables.around.running import RunningUnits
from pipeline.tables.around.statements import stated_unit
from pipeline.tables.around.surroundings import over
from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.columns import Layout, read_layout
from pipeline.tables.content.grid import Grid, TextLine, union
from pipeline.tables.content.headings import is_year_heading
from pipeline.tables.content.labels import measure_of
from pipeline.tables.content.rows import is_prose, is_said
from pipeline.tables.content.spread import Token
from pipeline.tables.content.units import is_statement, unit_note
from pipeline.tables.plain.lines import text_lines

LONGEST = 200
_SAYS = re.compile(r"kr|dkk|eur|usd|€|mi[loa]|tus|nuller|(?:19|20)\d\d.*(?:19|20)\d\d", re.IGNORECASE)
UNDER = 3.0
"""A column stands under a year if their right edges are so near, in points, or if the year's centre is over it."""


_VALUES = attrgetter(*(field.name for field in fields(Grid)))
Edges = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Head:
    """A printed line of years on a page; ``label``: what stands before them."""

    years: list[TextLine]
    label: TextLine | None

    @property
    def bottom(self) -> float:
        return max(line.box[3] for line in self.years if line.box is not None)


def carry(reading: Reading, grids: Iterable[Grid]) -> Iterator[Grid]:
    """The grids, with the headings (``read``) and the unit (``stated``) that lines further up their page print.

    ``grids`` come in print order; those that begin on one page are given when all of them are there.
    """
    pages = {page.number: page for page in reading.pages}
    running = RunningUnits(reading)
    for number, together in groupby(grids, _first_page):
        on_page = list(together)
        page = None if number is None else pages.get(number)
        if page is not None and page.has_words:
            _carry_over(page, reading.text, on_page, running)
        yield from on_page


def _first_page(grid: Grid) -> int | None:
    """The page of the first cell: no row stands on a page before that of the row above it."""
    return next((cell.page for cell in grid.cells()), None)


def _carry_over(page: Page, text: str, grids: Sequence[Grid], running: RunningUnits) -> None:
    look_over(page, text, grids)
    for grid in grids:
        grid.heads = {}
    copies = [Grid(*_VALUES(grid)) for grid in grids]  # the sheet holds none that holds it: none waits to be collected
    sheet = _Sheet(copies, _Lines(page, text, running))
    for grid, copy in zip(grids, copies, strict=True):
        grid.read = partial(sheet.layout_of, copy)
        grid.stated = partial(sheet.stated, copy)


class _Sheet:
    """The tables that begin on a page, and its lines; both are read when one of the tables asks for them.

    ``grids`` share their rows and ``heads`` with the grids that are given away.
    """

    def __init__(self, grids: Sequence[Grid], lines: _Lines) -> None:
        self._grids, self._lines = grids, lines

    @lazy
    def _read(self) -> list[tuple[Grid, Layout]]:
        """The tables as they are read by themselves; those without headings are given theirs."""
        read = [(grid, read_layout(grid)) for grid in self._grids]
        for grid, layout in read:
            if _is_headless(layout):
                grid.heads.update(_heads(grid, layout, self._lines, read))
        return read

    def layout_of(self, grid: Grid) -> Layout:
        own = next(layout for other, layout in self._read if other is grid)
        return read_layout(grid) if grid.heads else own

    def stated(self, grid: Grid) -> TextLine | None:
        """The unit further up the page, if it is not only that of a table between."""
        read = self._read
        said = self._lines.unit_above(grid.box(grid.pages[0]))
        if said is not None and not grid.heads and _is_of_another(said, grid, self._lines, read):
            said = said if self._lines.is_running(said) and self._is_silent(grid) else None
        if said is not None and not self._lines.is_of_money(said, grid):
            said = None
        return said or _title(grid, read)

    def _is_silent(self, grid: Grid) -> bool:
        """Whether nothing over a table, or in its titles, says that it counts something else than money."""
        said = over(grid, self.layout_of(grid))
        return not any(measure_of(text, heading=True) in {"percent", "count", "hours", "unclear"} for text in said)


def _is_of_another(said: TextLine, grid: Grid, lines: _Lines, read: Sequence[tuple[Grid, Layout]]) -> bool:
    """Whether a unit is printed in a table further up, or right above or below one that says no other.

    The head of a page has a title below it.
    """
    for other, layout in read:
        if other is grid or _top(other) >= _top(grid):
            continue
        spans = other.spans()
        inside = any(start <= said.start < end for start, end in spans)
        if inside or (other.start > said.end and lines.is_blank(said.end, other.start)):
            return True
        end = max(end for _, end in spans)
        if end <= said.start and lines.is_blank(end, said.start) and not _says_unit(other, layout):
            return True
    return False


def _says_unit(grid: Grid, layout: Layout) -> bool:
    """Whether a table has a unit in its headings or over it, so that the line below it is none of its notes."""
    texts = [*over(grid, layout), *(column.heading.text for column in layout.columns)]
    return any(unit_note(text) is not None for text in texts)


def _is_headless(layout: Layout) -> bool:
    return bool(layout.columns) and all(not column.heading.text for column in layout.columns)


def _top(grid: Grid) -> float:
    box = grid.box(grid.pages[0])
    return box[1] if box is not None else 0.0


def _bottom_of(grid: Grid) -> float:
    box = grid.box(grid.pages[0])
    return box[3] if box is not None else 0.0


class _Lines:
    """The printed lines of a page that say something of the tables under them; read when a table asks for them."""

    def __init__(self, page: Page, text: str, running: RunningUnits) -> None:
        self._page, self._text, self._running = page, text, running

    def is_running(self, said: TextLine) -> bool:
        """Whether a unit is the one at the head of page after page."""
        return self._running.is_running(said.text, said.start, self._page)

    def is_of_money(self, said: TextLine, grid: Grid) -> bool:
        """Whether no line between a unit and a table says that something else is counted."""
        return self._running.is_of_money(said.end, grid.start)

    @property
    def heads(self) -> list[Head]:
        return self._said[0]

    @lazy
    def _said(self) -> tuple[list[Head], list[tuple[TextLine, bool]]]:
        """The lines of years, and those that state a unit, with whether they are no sentences."""
        heads: list[Head] = []
        units: list[tuple[TextLine, bool]] = []
        last = ""
        for line in text_lines(self._text, self._page.start, self._page.end):
            above, last = last, line.text
            if len(line.text) > LONGEST or _SAYS.search(line.text) is None:
                continue
            tokens = line.tokens
            years = line.years
            if years is not None:
                groups = [self._piece(group) for group in years.groups]
                if all(piece.box is not None for piece in groups):
                    heads.append(Head(groups, self._piece(years.label) if years.label else None))
            before = _before_years(tokens) if years is None else years.label
            text = self._text[before[0][0] : before[-1][1]] if before else ""
            if stated_unit(text, above) is not None and not is_prose(text):
                units.append((self._piece(before), not is_said(text)))
        return heads, units

    def unit_above(self, box: Box | None) -> TextLine | None:
        """The nearest line above a table that states a unit, if that is all it says and it stands over the table.

        A sentence ("Alle beløb er i 1.000 kr.") speaks of its own table: what is above it does not reach below it.
        """
        if box is None:
            return None
        above = [said for said in self._said[1] if said[0].box is not None and said[0].box[3] <= box[1] + 1]
        nearest, loose = max(above, key=lambda said: _bottom(said[0]), default=(None, False))
        if nearest is None or nearest.box is None or not loose or not is_statement(nearest.text):
            return None
        return nearest if nearest.box[0] < box[2] and box[0] - UNDER < nearest.box[2] else None

    def is_blank(self, start: int, end: int) -> bool:
        return not self._text[start:end].strip()

    def _piece(self, tokens: Sequence[Token]) -> TextLine:
        span = (tokens[0][0], tokens[-1][1])
        words = [self._words[token[0]] for token in tokens if token[0] in self._words]
        boxes = rounded(self._page.boxes[words]) if words else []
        return TextLine(self._text[slice(*span)], (span,), self._page.number, union(map(_box, boxes)))

    @lazy
    def _words(self) -> dict[int, int]:
        """The upright words of the page by their start."""
        spans = self._page.spans
        return {start: number for number, (start, _, _, turn) in enumerate(spans.tolist()) if not turn}


def _box(edges: Sequence[float]) -> Box:
    x0, top, x1, bottom = edges
    return x0, top, x1, bottom


def _before_years(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words of a line without years at its end, but for a line of years."""
    end = len(tokens)
    while end > 1 and is_year_heading(tokens[end - 1][2]):
        end -= 1
    return tokens[:end]


def _bottom(piece: TextLine) -> float:
    return piece.box[3] if piece.box is not None else 0.0


def _heads(grid: Grid, its: Layout, lines: _Lines, others: Sequence[tuple[Grid, Layout]]) -> dict[int, TextLine]:
    """The headings over the columns of a grid without any; none where one of the columns is not under just one.

    They are those of the nearest table above that has headings, or of a line of years that is nearer.
    """
    top = _top(grid)
    years = max((head for head in lines.heads if head.bottom <= top + 1), key=lambda each: each.bottom, default=None)
    above = [pair for pair in others if _top(pair[0]) < top and not _is_headless(pair[1]) and pair[1].columns]
    nearest = max(above, key=lambda pair: _top(pair[0]), default=None)
    columns = [column.column for column in its.columns]
    if nearest is not None and (years is None or years.bottom <= _bottom_of(nearest[0])):
        over_its = [(piece, _edges(nearest[0], column)) for column, piece in _headings(*nearest)]
        found = {column: _same(_edges(grid, column), over_its) for column in columns}
        if (whole := _whole(found, len(nearest[1].columns))) or years is None or years.bottom <= _top(nearest[0]):
            return whole
    if years is None:
        return {}
    return _whole({column: _over(_edges(grid, column), years.years) for column in columns}, len(years.years))


def _whole(found: dict[int, TextLine | None], expected: int) -> dict[int, TextLine]:
    """The headings, if each column has one of its own and none is left; else none."""
    pieces = {column: piece for column, piece in found.items() if piece is not None}
    whole = len(pieces) == len(found) == expected
    return pieces if whole and len({(piece.start, piece.text) for piece in pieces.values()}) == expected else {}


def _headings(grid: Grid, layout: Layout) -> Iterator[tuple[int, TextLine]]:
    """The columns of a table with what their headings say, at the place of the first word of it."""
    for column in layout.columns:
        cells = [c for c in grid.cells() if c.row in layout.headings and c.column == column.column and c.pieces]
        if column.heading.text and column.column in grid.heads:
            yield column.column, grid.heads[column.column]
        elif column.heading.text and cells:
            yield column.column, msgspec.structs.replace(cells[-1].pieces[-1], text=column.heading.text)


def _title(grid: Grid, others: Sequence[tuple[Grid, Layout]]) -> TextLine | None:
    """The unit in the heading of the table whose headings a grid has."""
    starts = {piece.start for piece in grid.heads.values()}
    for other, layout in others:
        if other is not grid and any(
            c.row in layout.headings and starts & {p.start for p in c.pieces} for c in other.cells()
        ):
            return next((c.pieces[0] for c in layout.titles if is_statement(c.text) and len(c.pieces) == 1), None)
    return None


def _same(edges: Edges | None, over: Sequence[tuple[TextLine, Edges | None]]) -> TextLine | None:
    """The heading of the column whose figures end where these do."""
    near = [piece for piece, theirs in over if edges and theirs and abs(edges[1] - theirs[1]) <= UNDER]
    return near[0] if len(near) == 1 else None


def _edges(grid: Grid, column: int) -> Edges | None:
    """Where the figures of a column stand: the left-most edge, the median right edge, the right-most edge."""
    boxes = [
        cell.box
        for cell in grid.cells()
        if cell.column == column and cell.box is not None and read_cell(cell.text).kind is Kind.NUMBER
    ]
    if not boxes:
        return None
    return min(box[0] for box in boxes), median(box[2] for box in boxes), max(box[2] for box in boxes)


def _over(edges: Edges | None, years: Sequence[TextLine]) -> TextLine | None:
    if edges is None:
        return None
    left, right, end = edges
    near = []
    for piece in years:
        assert piece.box is not None
        centre = (piece.box[0] + piece.box[2]) / 2
        if abs(piece.box[2] - right) <= UNDER or left <= centre <= end:
            near.append(piece)
    return near[0] if len(near) == 1 else None
