"""Headings of two years whose second one is printed in the row below them: "Ændring 2025-", "26"."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.grid import Grid, GridCell, TextLine, union
from pipeline.tables.content.headings import is_year_heading

_OPEN = re.compile(r"(?:.*\s)?(?:19|20)(?P<year>\d\d)\s?[-–—/]")
_REST = re.compile(r"(?:19|20)?(?P<year>\d\d)")
_ENDS = "-–—/"
DEEPEST = 8
"""A heading stands in one of so many rows at the top."""


def with_whole_ranges(grid: Grid) -> Grid:
    """The same grid, with the last year of a heading in its cell where it hangs into the row of a name below.

    All figures of that row must be such years. "2029-" and "BO 2029-" are whole: they are the year and those behind it.
    """
    for upper, lower in pairwise(grid.rows[: DEEPEST + 1]):
        begun = {cell.column: cell for cell in upper if cell.column and cell.text[-1:] in _ENDS and _is_open(cell)}
        if not begun:
            continue
        hanging = [cell for cell in lower if cell.column and read_cell(cell.text).kind is not Kind.TEXT]
        if hanging and all(c.column in begun and _ends(begun[c.column], c) for c in hanging):
            for cell in hanging:
                begun[cell.column].put([_whole(begun[cell.column], cell)])
                lower.remove(cell)
    return grid


def _is_open(cell: GridCell) -> bool:
    return _OPEN.fullmatch(cell.text) is not None and not is_year_heading(cell.text)


def _ends(heading: GridCell, rest: GridCell) -> bool:
    """Whether a cell is the later year of a range that a heading begins."""
    first, last = _OPEN.fullmatch(heading.text), _REST.fullmatch(rest.text)
    return first is not None and last is not None and int(last["year"]) > int(first["year"]) and rest.row_span == 1


def _whole(heading: GridCell, rest: GridCell) -> TextLine:
    pieces = [*heading.pieces, *rest.pieces]
    page = heading.page
    box = union(piece.box for piece in pieces if piece.page == page)
    return TextLine(heading.text + rest.text, tuple(span for p in pieces for span in p.spans), page, box)
