"""Tables printed sideways: a page is read along the way that most of its words run, and the boxes are turned back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from corpus.model import Box
from corpus.reading import Page
from pipeline.tables.content.grid import Grid, TextLine


def turn_of(page: Page) -> int:
    """The quarter turns of most words of a page, 0 for upright ones."""
    return int(np.bincount(page.spans[:, 3] % 4, minlength=4).argmax()) if page.has_turned else 0


def upright(page: Page, turn: int) -> Page:
    """The page as it reads with its turned words upright; words that run another way are left out."""
    own = page.spans[:, 3] % 4 == turn
    spans = page.spans[own].copy()
    spans[:, 3] = 0
    sides = (page.height, page.width) if turn % 2 else (page.width, page.height)
    return Page.build(
        number=page.number,
        width=sides[0],
        height=sides[1],
        start=page.start,
        end=page.end,
        spans=spans,
        boxes=_turned(page.boxes[own], turn, page.width, page.height),
        rulings=_turned(page.ruling_boxes, turn, page.width, page.height),
        fills=_turned(page.fill_boxes, turn, page.width, page.height),
    )


def _turned(boxes: npt.NDArray[np.float32], turn: int, width: float, height: float) -> npt.NDArray[np.float32]:
    x0, top, x1, bottom = boxes.T
    if turn == 1:
        return np.stack([height - bottom, x0, height - top, x1], axis=1)
    if turn == 2:
        return np.stack([width - x1, height - bottom, width - x0, height - top], axis=1)
    return np.stack([top, width - x1, bottom, width - x0], axis=1)


def turn_back(grids: Sequence[Grid], pages: dict[int, tuple[int, Page]]) -> Sequence[Grid]:
    """The grids; their pieces that stand on turned pages get the boxes they have on the page as shown.

    ``pages``: the turn, and the page as shown, by page number.
    """
    if not pages:
        return grids
    for grid in grids:
        for cell in grid.cells():
            cell.pieces = [_back(piece, pages) for piece in cell.pieces]
        for lines in (grid.above, grid.below, grid.again):
            lines[:] = [_back(piece, pages) for piece in lines]
    return grids


def _back(piece: TextLine, pages: dict[int, tuple[int, Page]]) -> TextLine:
    if piece.box is None or piece.page not in pages:
        return piece
    turn, page = pages[piece.page]
    return replace(piece, box=_box_back(piece.box, turn, page.width, page.height))


def _box_back(box: Box, turn: int, width: float, height: float) -> Box:
    x0, top, x1, bottom = box
    turned = {
        1: (top, height - x1, bottom, height - x0),
        2: (width - x1, height - bottom, width - x0, height - top),
        3: (width - bottom, x0, width - top, x1),
    }[turn]
    return round(turned[0], 2), round(turned[1], 2), round(turned[2], 2), round(turned[3], 2)
