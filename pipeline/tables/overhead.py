"""The lines right above a table that stand over it, where a page has several columns or tables side by side.

A line of the text runs across the page: "Driftsvirkning (1.000 kr.)    Anlæg i mio. kr." speaks of two tables. Cut at
its wide gaps, each table gets what stands over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.model import Box
from corpus.reading import Page, rounded
from pipeline.tables.grid import Grid, TextLine, union

REACH = 90.0
"""So far above a table, in points, its lines are looked for."""
GAP = 1.2
"""A gap of so many times the height of the words parts a line, 10 points at least."""
NEAR = 3.0

_Word = tuple[int, int, Box]


def look_over(page: Page, text: str, grids: Sequence[Grid]) -> None:
    """Give each grid that stands beside other text the lines that are over it, as its ``above``."""
    boxes = [grid.box(page.number) for grid in grids]
    for grid, box in zip(grids, boxes, strict=True):
        if box is None:
            continue
        others = [other for other in boxes if other is not None and other is not box]
        floor = max((o[3] for o in others if (o[1] + o[3]) / 2 < box[1] and _overlap(o, box)), default=0.0)
        lines = list(_lines(page, text, (max(floor, box[1] - REACH), box[1])))
        if any(len(line) > 1 for line in lines):
            over = [_piece(words, text, page.number) for line in lines for words in line]
            grid.above = [piece for piece in over if piece.box is not None and _overlap(piece.box, box)]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] - NEAR < one[2]


def _lines(page: Page, text: str, between: tuple[float, float]) -> Iterator[list[list[_Word]]]:
    """The printed lines of a strip of the page, top down, each cut at its gaps."""
    middles = (page.boxes[:, 1] + page.boxes[:, 3]) / 2
    inside = ((middles > between[0]) & (middles < between[1])).nonzero()[0]
    words: list[_Word] = [
        (start, end, (x0, top, x1, bottom))
        for (start, end, _, turn), (x0, top, x1, bottom) in zip(
            page.spans[inside].tolist(), rounded(page.boxes[inside]), strict=True
        )
        if not turn
    ]
    line: list[list[_Word]] = []
    for word in sorted(words):
        last = line[-1][-1] if line else None
        if last is None or "\n" in text[last[1] : word[0]]:
            if line:
                yield line
            line = [[word]]
        elif word[2][0] - last[2][2] > max(GAP * (last[2][3] - last[2][1]), 10.0):
            line.append([word])
        else:
            line[-1].append(word)
    if line:
        yield line


def _piece(words: Sequence[_Word], text: str, page: int) -> TextLine:
    span = (words[0][0], words[-1][1])
    return TextLine(text[slice(*span)], (span,), page, union(box for _, _, box in words))
