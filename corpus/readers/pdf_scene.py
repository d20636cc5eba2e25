"""What is painted on a PDF page, in the order of painting: text, filled areas and pictures, as far as they may hide."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium_c

from corpus.readers.pdf_bulk import Handle, Slots, fast, places_of
from corpus.readers.pdf_chars import Bools, Floats, Ints
from corpus.readers.pdf_objects import Thing

NO_COLOUR = 1_000
"""In the place of red, green, blue and opacity: a picture, a shading, a pattern."""
_PICTURES = (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING)

_render_mode = fast("FPDFTextObj_GetTextRenderMode", ctypes.c_int)
_fill_colour = fast("FPDFPageObj_GetFillColor")
_draw_mode = fast("FPDFPath_GetDrawMode")
_get_bounds = fast("FPDFPageObj_GetBounds")
_get_mark = fast("FPDFPageObj_GetMark", Handle)
_mark_name = fast("FPDFPageObjMark_GetName")
_COLOURS = Slots(np.uint32, 4, pointers=4, empty=NO_COLOUR)
_MODES = Slots(np.int32, 2, pointers=2)
_NAMES = Slots(np.uint16, 8, pointers=1)
_NAME_SIZE, _LENGTH = 16, ctypes.byref(ctypes.c_ulong())
_LAYER = [ord("O"), ord("C"), 0]
_BOUNDS = Slots(np.float32, 4, pointers=4)


class Painted(NamedTuple):
    """Objects: their places in the order of painting, and their fillings: (n, 4) red, green, blue, opacity to 255."""

    things: list[Thing]
    orders: Ints
    colours: Ints

    def chosen(self, wanted: Bools) -> Painted:
        """Those that are wanted."""
        at = places_of(wanted)
        return Painted([self.things[i] for i in at.tolist()], self.orders[at], self.colours[at])

    def with_others(self, others: Painted) -> Painted:
        """Both, one after the other."""
        return Painted(
            self.things + others.things,
            np.concatenate([self.orders, others.orders]),
            np.concatenate([self.colours, others.colours]),
        )


class Scene(NamedTuple):
    """The objects of a page by kind.

    ``modes`` are the rendering modes of the texts (PDF 1.7, table 106); ``layered`` texts belong to a layer, which may
    be switched off. ``drawn`` (n, 2) says how each of the ``paths`` is filled and whether it is stroked; ``fills`` are
    the filled ones among them.
    """

    texts: Painted
    modes: Ints
    layered: Bools
    paths: list[Thing]
    drawn: Ints
    fills: Painted
    pictures: Painted

    @property
    def size(self) -> int:
        """How many objects there are."""
        return len(self.texts.things) + len(self.paths) + len(self.pictures.things)


def read_scene(things: Sequence[Thing], *, layers: bool = True) -> Scene:
    """The objects of a page, which come in the order of painting; without ``layers``, nobody asks for their marks."""
    kinds = [thing.kind for thing in things]
    texts = [at for at, kind in enumerate(kinds) if kind == pdfium_c.FPDF_PAGEOBJ_TEXT]
    paths = [at for at, kind in enumerate(kinds) if kind == pdfium_c.FPDF_PAGEOBJ_PATH]
    pictures = [at for at, kind in enumerate(kinds) if kind in _PICTURES]
    drawings = [things[at] for at in paths]
    drawn = _MODES.ask(_draw_mode, [path.handle for path in drawings], count=len(paths)).astype(np.int64)
    handles = [things[at].handle for at in texts]
    return Scene(
        texts=_of(things, texts),
        modes=np.array(list(map(_render_mode, handles)), dtype=np.int64),
        layered=_layered(handles) if layers else np.zeros(len(handles), dtype=np.bool_),
        paths=drawings,
        drawn=drawn,
        fills=_of(things, [at for at, mode in zip(paths, drawn[:, 0].tolist(), strict=True) if mode]),
        pictures=_of(things, pictures, coloured=False),
    )


def bounds(things: Sequence[Thing]) -> Floats:
    """(n, 4) boxes in user space: left, bottom, right, top."""
    boxes: Floats = _BOUNDS.ask(_get_bounds, [thing.handle for thing in things], count=len(things)).astype(np.float64)
    for row, thing in enumerate(things):
        if thing.outer is not None:
            x, y = boxes[row, [0, 0, 2, 2]], boxes[row, [1, 3, 1, 3]]
            a, b, c, d, e, f = thing.outer
            across, up = a * x + c * y + e, b * x + d * y + f
            boxes[row] = across.min(), up.min(), across.max(), up.max()
    return boxes


def _of(things: Sequence[Thing], places: list[int], *, coloured: bool = True) -> Painted:
    chosen = [things[at] for at in places]
    if coloured:
        colours = _COLOURS.ask(_fill_colour, [thing.handle for thing in chosen], count=len(chosen)).astype(np.int64)
    else:
        colours = np.full((len(chosen), 4), NO_COLOUR)
    return Painted(chosen, np.array(places, dtype=np.int64), colours)


def _layered(handles: list[Handle]) -> Bools:
    """Whether the outermost mark of each says that it belongs to optional content (PDF 1.7, 8.11.3.2)."""
    marks = list(map(_get_mark, handles, repeat(0)))
    names = _NAMES.ask(_put_name, marks, count=len(marks))
    found: Bools = (names[:, : len(_LAYER)] == _LAYER).all(axis=1)
    return found


def _put_name(mark: Handle, target: ctypes.c_void_p) -> None:
    _mark_name(mark, target, _NAME_SIZE, _LENGTH)
