"""Headings printed sideways over the columns of a drawn grid, whose other words are upright.

They head the columns only where each column of figures has one of them, or a heading of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Box
from corpus.reading import Page, rounded
from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.grid import Grid, GridCell, TextLine, union

HIGHEST = 120.0
"""So far above the first row of figures, in points, a heading of it begins at most."""


def add_turned_heads(grid: Grid, page: Page, text: str) -> None:
    """Put the words that run sideways over a grid's columns into its first row."""
    if not grid.ruled or not grid.rows:
        return
    turned = page.spans[:, 3] % 2 == 1
    if not turned.any():
        return
    columns = {c.column: c for row in reversed(grid.rows) for c in row if read_cell(c.text).kind is Kind.NUMBER}
    tops = [cell.box[1] for cell in columns.values() if cell.box is not None]
    if not tops:
        return
    spans, boxes = page.spans[turned].tolist(), rounded(page.boxes[turned])
    words = [(start, end, (x0, y0, x1, y1)) for (start, end, *_), (x0, y0, x1, y1) in zip(spans, boxes, strict=True)]
    over = [word for word in words if min(tops) - HIGHEST < word[2][1] and word[2][3] < min(tops) + 1]
    heads = {n: found for n in range(grid.width) if (found := _within(over, grid.edges[n : n + 2]))}
    headed = {cell.column for cell in grid.rows[0]}
    if headed & heads.keys() or not columns.keys() <= headed | heads.keys():
        return
    cells = [GridCell(0, n, [_piece(found, text, page.number)]) for n, found in heads.items()]
    grid.rows[0] = sorted([*grid.rows[0], *cells], key=lambda cell: cell.column)


def _within(words: Sequence[tuple[int, int, Box]], sides: Sequence[float]) -> list[tuple[int, int, Box]]:
    """The words between the sides of a column, in the order of the text."""
    if len(sides) < 2:
        return []
    return sorted(word for word in words if sides[0] - 1 <= word[2][0] and word[2][2] <= sides[1] + 1)


def _piece(words: Sequence[tuple[int, int, Box]], text: str, number: int) -> TextLine:
    said = " ".join(text[start:end] for start, end, _ in words)
    return TextLine(said, tuple((start, end) for start, end, _ in words), number, union(box for _, _, box in words))
