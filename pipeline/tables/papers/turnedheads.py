"""Headings printed sideways over the columns of a table, whose other words are upright.

They head the columns of a drawn grid only where each column of figures has one of them, or a heading of its own; those
of a table without a grid only where each column but that of the names has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.model import Box
from corpus.reading import Page, rounded
from pipeline.tables.around.overleaf import Placed
from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.grid import Grid, GridCell, TextLine, union
from pipeline.tables.layout.words import PageLine

Turned = tuple[int, int, Box]
"""A word that runs sideways: where in the text it begins and ends, and its box."""
TOUCHING = 0.12
"""Letters of one word are no further apart than this share of their height."""
HIGHEST = 120.0
"""So far above the first row of figures, in points, a heading of it begins at most."""


def add_turned_heads(table: Placed, lines: Sequence[PageLine], page: Page, text: str) -> None:
    """Put the words that run sideways over a table's columns into its first row."""
    if not (page.has_turned and table.grid.rows):
        return
    turned = page.spans[:, 3] & 1 == 1
    if not turned.any():
        return
    spans, boxes = page.spans[turned].tolist(), rounded(page.boxes[turned])
    words = [(start, end, (x0, y0, x1, y1)) for (start, end, *_), (x0, y0, x1, y1) in zip(spans, boxes, strict=True)]
    if not (table.grid.ruled and _head_grid(table.grid, words, page, text)):
        _head_columns(table, lines, words, page, text)


def _head_grid(grid: Grid, words: Sequence[Turned], page: Page, text: str) -> bool:
    """Whether words could be put into the first row of a drawn grid."""
    columns = {c.column: c for row in reversed(grid.rows) for c in row if read_cell(c.text).kind is Kind.NUMBER}
    tops = [cell.box[1] for cell in columns.values() if cell.box is not None]
    if not tops:
        return False
    over = [word for word in words if min(tops) - HIGHEST < word[2][1] and word[2][3] < min(tops) + 1]
    heads = {n: found for n in range(grid.width) if (found := _within(over, grid.edges[n : n + 2]))}
    headed = {cell.column for cell in grid.rows[0]}
    if headed & heads.keys() or not columns.keys() <= headed | heads.keys():
        return False
    cells = [GridCell(0, n, [_piece(found, text, page.number)]) for n, found in heads.items()]
    grid.rows[0] = sorted([*grid.rows[0], *cells], key=lambda cell: cell.column)
    return True


def _head_columns(table: Placed, lines: Sequence[PageLine], words: Sequence[Turned], page: Page, text: str) -> None:
    """Put words on top of a table without a grid, with the heading of the names and the name of the first section."""
    grid = table.grid
    columns = [union(cell.box for row in grid.rows for cell in _single(row, n)) for n in range(grid.width)]
    sides = [box for box in columns if box is not None]
    if len(sides) < max(grid.width, 2):
        return
    top = min(box[1] for box in sides)
    edges = [sides[0][2], *((a[2] + b[0]) / 2 for a, b in pairwise(sides[1:]))]
    edges.append(sides[-1][2] + sides[-1][0] - edges[-1])
    over = [word for word in words if top - HIGHEST < word[2][1] and word[2][3] < top + 1]
    heads = [[w for w in over if x0 < (w[2][0] + w[2][2]) / 2 < x1] for x0, x1 in pairwise(edges)]
    if not all(heads):
        return
    foot = max(box[3] for found in heads for _, _, box in found)
    rows = [[GridCell(0, n, [_piece(sorted(found), text, page.number)]) for n, found in enumerate(heads, 1)]]
    while table.first and _is_name(lines[table.first - 1], foot - HIGHEST, sides):
        table.first -= 1
        line = lines[table.first]
        if line.box[1] < foot:
            rows[0].insert(0, GridCell(0, 0, [line.piece()]))
            break
        rows.insert(1, [GridCell(1, 0, [line.piece()])])
    grid.rows[:0] = rows
    grid.refused = {number + len(rows): why for number, why in grid.refused.items()}
    for number, row in enumerate(grid.rows):
        for cell in row:
            cell.row = number


def _single(row: Sequence[GridCell], column: int) -> list[GridCell]:
    return [cell for cell in row if cell.column == column and cell.column_span == 1]


def _is_name(line: PageLine, top: float, sides: Sequence[Box]) -> bool:
    """Whether a line above a table stands over its names alone."""
    return len(line.segments) == 1 and line.box[1] > top and line.box[2] < sides[1][0] and line.box[0] < sides[0][2]


def _within(words: Sequence[Turned], sides: Sequence[float]) -> list[Turned]:
    """The words between the sides of a column, in the order of the text."""
    if len(sides) < 2:
        return []
    return sorted(word for word in words if sides[0] - 1 <= word[2][0] and word[2][2] <= sides[1] + 1)


def _piece(words: Sequence[Turned], text: str, number: int) -> TextLine:
    """The words as one text; letters that touch each other along the line are of one word."""
    said = ""
    last: Box | None = None
    for start, end, box in words:
        apart = last is None or max(last[1] - box[3], box[1] - last[3]) > TOUCHING * (box[2] - box[0])
        said += f" {text[start:end]}" if said and (apart or last is None or box[0] > last[2]) else text[start:end]
        last = box
    return TextLine(said, tuple((start, end) for start, end, _ in words), number, union(box for _, _, box in words))
