"""Grids drawn with lines: which of a page's drawn tables hold a table of words, and what stands in its cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

import numpy as np

from corpus.model import Box
from corpus.reading import Page
from pipeline.tables.cellwords import Part, Tracks, in_cells, tracks_of, words_of
from pipeline.tables.edges import edges_of
from pipeline.tables.forms import is_form
from pipeline.tables.grid import Grid, GridCell
from pipeline.tables.lattice import drawn_tables
from pipeline.tables.rows import is_prose
from pipeline.tables.stretched import Laid, split_rows
from pipeline.tables.words import PageLine

SLIVER = 4.5
"""Rules no further apart than this many points enclose nothing: a double line, or one that is drawn askew."""
LEAST_FILLED = 0.3
LEAST_REGULAR = 0.4
UNRULED = 0.5
PROSE_LINES = 3


def ruled_grids(page: Page, lines: Sequence[PageLine]) -> list[tuple[Grid, Box]]:
    """The drawn grids of a page that hold a table, each with its box. A frame, a chart or shading holds none.

    A table inside a cell of another one keeps its words to itself.
    """
    tables = [(_around(boxes), boxes) for boxes in drawn_tables(edges_of(page))]
    if not tables:
        return []
    words = words_of(lines, page.number)
    centres = words.centres
    free = np.ones(len(centres), dtype=bool)
    found = []
    for box, boxes in sorted(tables, key=lambda table: _area(table[0])):
        tracks = tracks_of(boxes, SLIVER)
        if tracks is None or min(tracks.owner.shape) < 1:
            continue
        filled, inside = in_cells(words, centres, tracks, free)
        grid = _grid(tracks, filled)
        if grid is not None and not _outside(box, lines):
            free[inside] = False
            found.append((grid, box))
    return sorted(found, key=lambda pair: (pair[1][1], pair[1][0]))


def _around(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _grid(tracks: Tracks, filled: dict[int, list[Part]]) -> Grid | None:
    """The table in a drawn grid. None for a chart, a frame or a form, and where not all columns are ruled."""
    if not filled or len(filled) < LEAST_FILLED * len(tracks.cells) or _are_columns_missing(filled.values()):
        return None
    cells, rows, xs = _laid(tracks, filled)
    cells, rows = _without_prose(cells, rows, len(xs) - 1)
    columns = len({cell.column for cell in cells if cell.parts})
    if columns < 2 or len(cells) < LEAST_REGULAR * rows * (len(xs) - 1):
        return None
    cells, rows, refused = split_rows(cells, rows)
    if len({cell.row for cell in cells if cell.parts}) < 2 or is_form(cells, rows, columns):
        return None
    table: list[list[GridCell]] = [[] for _ in range(rows)]
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        if cell.parts:
            pieces = [part.piece for part in cell.parts]
            table[cell.row].append(GridCell(cell.row, cell.column, pieces, cell.row_span, cell.column_span))
    return Grid(table, len(xs) - 1, refused=refused, edges=tuple(round(x, 1) for x in xs), ruled=True)


def _are_columns_missing(cells: Iterable[list[Part]]) -> bool:
    """Whether figures stand beside each other in the cells, or words apart in most lines: no rule parts them."""
    figures = lines = apart = 0
    for parts in cells:
        figures += sum(part.figures > 1 for part in parts if len(part.segments) > 1)
        lines += len(parts)
        apart += sum(len(part.segments) > 1 for part in parts)
    return figures > 1 or apart > UNRULED * lines


def _laid(tracks: Tracks, filled: dict[int, list[Part]]) -> tuple[list[Laid], int, list[float]]:
    """The cells in the rows and columns in which one begins, the number of rows, and the columns' rules.

    A blank row or column stays, but not a gap between two rules that no line of words would fit into.
    """
    height = median(part.height for parts in filled.values() for part in parts)
    begun = [{cell[axis] for cell in tracks.cells} for axis in (0, 1)]
    used = [{tracks.cells[number][axis] for number in filled} for axis in (0, 1)]
    before: list[list[int]] = []
    for rules, starts, full in zip((tracks.ys, tracks.xs), begun, used, strict=True):
        wide = [n in full or (n in starts and rules[n + 1] - rules[n] > 0.6 * height) for n in range(len(rules) - 1)]
        before.append(np.concatenate(([0], np.cumsum(wide))).tolist())
    down, across = before
    cells = []
    for number, (row, column, row_span, column_span) in enumerate(tracks.cells):
        spans = down[row + row_span] - down[row], across[column + column_span] - across[column]
        if min(spans) > 0:
            cells.append(Laid(down[row], across[column], *spans, tuple(filled.get(number, ()))))
    kept = [n for n in range(len(across) - 1) if across[n + 1] > across[n]]
    return cells, down[-1], [*(tracks.xs[n] for n in kept), tracks.xs[-1]]


def _without_prose(cells: list[Laid], rows: int, columns: int) -> tuple[list[Laid], int]:
    """Without first and last rows of one cell of running text, the frame around a table that shares its rules."""
    while rows > 2:
        for row in (0, rows - 1):
            level = [cell for cell in cells if cell.row <= row < cell.row + cell.row_span]
            if len(level) == 1 and level[0].column_span == columns and _is_text(level[0].parts):
                cells = [_moved(cell, row) for cell in cells if cell is not level[0]]
                rows -= 1
                break
        else:
            break
    return cells, rows


def _moved(cell: Laid, gone: int) -> Laid:
    return Laid(cell.row - (cell.row > gone), cell.column, cell.row_span, cell.column_span, cell.parts)


def _is_text(parts: Sequence[Part]) -> bool:
    return len(parts) >= PROSE_LINES and sum(is_prose(part.piece.text) for part in parts) >= 0.5 * len(parts)


def _outside(box: Box, lines: Sequence[PageLine]) -> bool:
    """True where figures stand beside the grid on most of its lines: it is shading behind part of a table."""
    level = [line for line in lines if box[1] <= line.centre <= box[3]]
    beside = [
        line
        for line in level
        if any(not box[0] - 1 <= (s.x0 + s.x1) / 2 <= box[2] + 1 and s.is_value for s in line.segments)
    ]
    return bool(level) and len(beside) > 0.5 * len(level)
