"""The lines right above and below a table that stand over it, where a page has several columns or tables side by side.

A line of the text runs across the page: "Driftsvirkning (1.000 kr.)    Anlæg i mio. kr." speaks of two tables. Cut at
its wide gaps, each table gets what stands over it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from corpus.model import Box
from corpus.reading import Page, rounded
from pipeline.tables.content.grid import Grid, TextLine, union
from pipeline.tables.content.units import is_statement

REACH = 90.0
"""So far above a table, in points, its lines are looked for."""
GAP, NARROWEST = 1.2, 10.0
"""A gap of so many times the height of the words parts a line, and of so many points at least."""
NEAR_ENOUGH = 0.1
"""Gaps this much narrower are looked at, too: the arrays hold two decimals not quite."""
NEAR = 3.0

_Word = tuple[int, int, Box]
Ints = npt.NDArray[np.intp]


def look_over(page: Page, text: str, grids: Sequence[Grid]) -> None:
    """Give each grid that stands beside other text the lines over and under it, as its ``above`` and ``below``."""
    boxes = [_box(grid, page.number) for grid in grids]
    printed = _Upright(page)
    for grid, box in zip(grids, boxes, strict=True):
        if box is None:
            continue
        others = [other for other in boxes if other is not None and other is not box]
        floor = max((o[3] for o in others if (o[1] + o[3]) / 2 < box[1] and _overlap(o, box)), default=0.0)
        over = _standing(printed, text, box, max(floor, box[1] - REACH), box[1], others)
        grid.above = grid.above if over is None else [piece for line in over for piece in line]
        low = [piece.box[3] for piece in grid.below if piece.page == page.number and piece.box is not None]
        under = _standing(printed, text, box, box[3], max(low)) if low and len(low) == len(grid.below) else None
        grid.below = grid.below if under is None else [_whole(line, text) for line in under]


def _box(grid: Grid, page: int) -> Box | None:
    """The box of a table on a page; as wide as its rows in the next column of it, where its heading stands alone."""
    box = grid.box(page)
    if box is None or not grid.beside:
        return box
    cells = [cell.box for n in grid.beside for cell in grid.rows[n] if cell.page == page]
    there = union(cells)
    return box if there is None else (min(box[0], box[2] - (there[2] - there[0])), *box[1:])


class _Upright:
    """The upright words of a page: their ``middles``; where all are in the order of the text, before which are gaps."""

    def __init__(self, page: Page) -> None:
        self.page = page
        boxes, spans = page.boxes, page.spans
        self.middles = (boxes[:, 1] + boxes[:, 3]) / 2
        starts = spans[:, 0]
        self.gaps = None if page.has_turned or (starts[1:] <= starts[:-1]).any() else _wide(boxes)

    def between(self, top: float, bottom: float) -> Ints:
        """The numbers of the words of a strip of the page, in the order of the text."""
        inside: Ints = ((self.middles > top) & (self.middles < bottom)).nonzero()[0]
        if self.gaps is not None:
            return inside
        spans = self.page.spans.take(inside, axis=0)
        if np.count_nonzero(spans[:, 3]):
            upright = spans[:, 3] == 0
            inside, spans = inside[upright], spans[upright]
        return inside.take(spans[:, 0].argsort())

    def may_have_gaps(self, words: Ints) -> bool:
        """Whether any of these words may stand so far right of the one before it that a gap parts them."""
        if len(words) < 2:
            return False
        first, last = int(words[0]), int(words[-1])
        if self.gaps is not None and last - first + 1 == len(words):
            after = bisect_right(self.gaps, first)
            return after < len(self.gaps) and self.gaps[after] <= last
        return bool(_wide(self.page.boxes.take(words, axis=0)))


def _wide(boxes: npt.NDArray[np.float32]) -> list[int]:
    """The numbers of the words, of some that follow each other, before which a gap may be."""
    gaps = boxes[1:, 0] - boxes[:-1, 2]
    limits = np.maximum(GAP * (boxes[:-1, 3] - boxes[:-1, 1]), NARROWEST) - NEAR_ENOUGH
    wide: list[int] = ((gaps > limits).nonzero()[0] + 1).tolist()
    return wide


def _standing(
    printed: _Upright, text: str, box: Box, top: float, bottom: float, others: Sequence[Box] = ()
) -> list[list[TextLine]] | None:
    """What stands over or under a table in a strip of the page, by lines; None where no gap parts one of these.

    A unit over the titles of this table and one of the ``others`` beside it is said of both.
    """
    inside, page = printed.between(top, bottom), printed.page
    lines = list(_lines(page, text, inside)) if printed.may_have_gaps(inside) else []
    if all(len(line) == 1 for line in lines):
        return None
    pieces = [[_piece(words, text, page.number) for words in line] for line in lines]
    stated = [
        line
        for number, line in enumerate(pieces)
        if len(line) == 1
        and is_statement(line[0].text)
        and (_is_over_titles(pieces[number + 1 :], box, others) or not _is_beside(printed, box, line[0].box))
    ]
    standing = [
        line if line in stated else [piece for piece in line if piece.box is not None and _overlap(piece.box, box)]
        for line in pieces
    ]
    return [line for line in standing if line]


def _is_over_titles(below: Sequence[Sequence[TextLine]], box: Box, others: Sequence[Box]) -> bool:
    """Whether one of the lines below a unit has the title of a table, and beside it that of another, over its top."""
    for line in below:
        boxes = [piece.box for piece in line if piece.box is not None]
        beside = [own for own in boxes if not _overlap(own, box)]
        near = (any(_overlap(own, each) and own[3] <= each[1] + NEAR for each in others) for own in beside)
        if beside and len(beside) < len(boxes) and all(near):
            return True
    return False


def _is_beside(printed: _Upright, box: Box, unit: Box | None) -> bool:
    """Whether words stand beside a table on the side of a unit beyond its end: it may be said of another one."""
    boxes = printed.page.boxes.take(printed.between(box[1], box[3]), axis=0)
    left, right = boxes[:, 2] < box[0], boxes[:, 0] > box[2]
    if unit is None or (box[0] <= unit[2] and unit[0] <= box[2]):
        return bool((left | right).any())
    return bool((right if unit[0] > box[2] else left).any())


def _whole(line: Sequence[TextLine], text: str) -> TextLine:
    """The stretches of a line made one again: a note may stand far behind its mark."""
    span = line[0].spans[0][0], line[-1].spans[-1][1]
    return TextLine(text[slice(*span)], (span,), line[0].page, union(piece.box for piece in line))


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] - NEAR < one[2]


def _lines(page: Page, text: str, inside: Ints) -> Iterator[list[list[_Word]]]:
    """The printed lines of these words, top down, each cut at its gaps."""
    words: list[_Word] = [
        (start, end, (x0, top, x1, bottom))
        for (start, end, _, _), (x0, top, x1, bottom) in zip(
            page.spans[inside].tolist(), rounded(page.boxes[inside]), strict=True
        )
    ]
    line: list[list[_Word]] = []
    for word in words:
        last = line[-1][-1] if line else None
        if last is None or "\n" in text[last[1] : word[0]]:
            if line:
                yield line
            line = [[word]]
        elif word[2][0] - last[2][2] > max(GAP * (last[2][3] - last[2][1]), NARROWEST):
            line.append([word])
        else:
            line[-1].append(word)
    if line:
        yield line


def _piece(words: Sequence[_Word], text: str, page: int) -> TextLine:
    span = (words[0][0], words[-1][1])
    return TextLine(text[slice(*span)], (span,), page, union(box for _, _, box in words))
