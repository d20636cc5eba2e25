"""What is painted on a PDF page, in the order of painting: text, filled areas and pictures, as far as they may hide."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium_c

from corpus.readers.pdf_bulk import Handle, Slots, calls, fast, places_of, some
from corpus.readers.pdf_chars import Bools, Floats, Ints
from corpus.readers.pdf_objects import Objects, Thing, are_level

NO_COLOUR = 1_000
"""In the place of red, green, blue and opacity: a picture, a shading, a pattern."""
_PICTURES = (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING)

_fill_colour = fast("FPDFPageObj_GetFillColor")
_TEXT, _PATH = pdfium_c.FPDF_PAGEOBJ_TEXT, pdfium_c.FPDF_PAGEOBJ_PATH
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

    @property
    def kinds(self) -> set[tuple[int, ...]]:
        """The fillings, each once. On most pages all text has one."""
        if self.things and not some(self.colours != self.colours[0]):
            return {tuple(self.colours[0].tolist())}
        return set(map(tuple, self.colours.tolist()))

    def chosen(self, wanted: Bools) -> Painted:
        """Those that are wanted."""
        at = places_of(wanted)
        if len(at) == len(self.things):
            return self
        return Painted([self.things[i] for i in at.tolist()], self.orders[at], self.colours[at])

    def with_others(self, others: Painted) -> Painted:
        """Both, one after the other."""
        return Painted(
            self.things + others.things,
            np.concatenate([self.orders, others.orders]),
            np.concatenate([self.colours, others.colours]),
        )


_UNDRAWN = np.empty((0, 2), dtype=np.int64)
NOTHING = Painted([], np.empty(0, dtype=np.int64), np.empty((0, 4), dtype=np.int64))


class Scene(NamedTuple):
    """The objects of a page by kind.

    ``layered`` texts belong to a layer, which may be switched off; ``plain``: none does, and all are filled as usual.
    ``level``: all texts are known to run from left to right in user space. ``drawn`` (n, 2) says how each of the
    ``paths`` is filled and whether it is stroked; ``fills`` are the filled ones among them.
    """

    texts: Painted
    layered: Bools
    plain: bool
    level: bool
    paths: list[Thing]
    drawn: Ints
    fills: Painted
    pictures: Painted

    @property
    def modes(self) -> Ints:
        """The rendering modes of the texts (PDF 1.7, table 106)."""
        return np.array([text.mode for text in self.texts.things], dtype=np.int64)

    @property
    def size(self) -> int:
        """How many objects there are."""
        return len(self.texts.things) + len(self.paths) + len(self.pictures.things)


def read_scene(objects: Objects, *, layers: bool = True) -> Scene:
    """The objects of a page, which come in the order of painting; without ``layers``, nobody asks for their marks."""
    things, kinds, forms, plain = objects
    count = kinds.count(_TEXT)
    if count == len(kinds):
        texts, orders = things, np.arange(count)
        paths, fills, pictures, drawn = [], NOTHING, NOTHING, _UNDRAWN
    else:
        places = [at for at, kind in enumerate(kinds) if kind == _TEXT]
        texts, orders = [things[at] for at in places], np.array(places, dtype=np.int64)
        paths = [thing for thing in things if thing.kind == _PATH]
        drawn = _MODES.ask(_draw_mode, [path.handle for path in paths], count=len(paths)).T if paths else _UNDRAWN
        fills, pictures = _filled(things, kinds, drawn), NOTHING
        if count + len(paths) < len(kinds):
            pictures = _of(things, [at for at, kind in enumerate(kinds) if kind in _PICTURES], coloured=False)
    handles = [text.handle for text in texts]
    layered = _layered(handles) if layers else np.zeros(count, dtype=np.bool_)
    written = Painted(texts, orders, _coloured(handles)) if count else NOTHING
    plain = plain and not (layers and some(layered))
    return Scene(written, layered, plain, not forms and are_level(handles), paths, drawn, fills, pictures)


def bounds(things: Sequence[Thing]) -> Floats:
    """(n, 4) boxes in user space: left, bottom, right, top."""
    if not things:
        return np.empty((0, 4))
    boxes: Floats = _BOUNDS.ask(_get_bounds, [thing.handle for thing in things], count=len(things)).T
    for row, thing in enumerate(things):
        if thing.outer is not None:
            x, y = boxes[row, [0, 0, 2, 2]], boxes[row, [1, 3, 1, 3]]
            a, b, c, d, e, f = thing.outer
            across, up = a * x + c * y + e, b * x + d * y + f
            boxes[row] = across.min(), up.min(), across.max(), up.max()
    return boxes


def _filled(things: Sequence[Thing], kinds: Sequence[int], drawn: Ints) -> Painted:
    filled = drawn[:, 0].tolist()
    if not any(filled):
        return NOTHING
    paths = [at for at, kind in enumerate(kinds) if kind == _PATH]
    return _of(things, [at for at, mode in zip(paths, filled, strict=True) if mode])


def _of(things: Sequence[Thing], places: Sequence[int], *, coloured: bool = True) -> Painted:
    if not places:
        return NOTHING
    chosen = [things[at] for at in places]
    colours = _coloured([thing.handle for thing in chosen]) if coloured else np.full((len(chosen), 4), NO_COLOUR)
    return Painted(chosen, np.array(places, dtype=np.int64), colours)


def _coloured(handles: Sequence[Handle]) -> Ints:
    """(n, 4): the fillings of these objects."""
    return _COLOURS.ask(_fill_colour, handles, count=len(handles)).T


def _layered(handles: list[Handle]) -> Bools:
    """Whether the outermost mark of each says that it belongs to optional content (PDF 1.7, 8.11.3.2)."""
    marks = list(calls(_get_mark, handles, repeat(0)))
    names = _NAMES.ask(_put_name, marks, count=len(marks))
    found: Bools = (names[: len(_LAYER)].T == _LAYER).all(axis=1)
    return found


def _put_name(mark: Handle, target: ctypes.c_void_p) -> None:
    _mark_name(mark, target, _NAME_SIZE, _LENGTH)
