"""The characters of a PDF page in bulk: codes and boxes as arrays, in the coordinates of the page as shown."""

from __future__ import annotations

import ctypes
import math
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

from corpus.readers.pdf_bulk import Handle, Slots, fast, handle, places_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

HYPHEN_MARK = 0xFFFE
OLD_HYPHEN_MARK = 0x0002
REPLACEMENT = 0xFFFD
SURROGATES = (0xD800, 0xE000)
ASCENT = 0.8
"""Share of the font size that a character without a box of its own reaches up."""
SLIVER = 0.1
SAME_EDGE = 0.01
"""Points by which the edges of characters in one run of writing differ, for pdfium counts in single precision."""

_BLANKS = [*range(0x21), 0x7F, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
_IS_BLANK = np.zeros(0x110000, dtype=np.bool_)
_IS_BLANK[_BLANKS] = True


_get_text = fast("FPDFText_GetText", ctypes.c_int)
_get_unicode = fast("FPDFText_GetUnicode", ctypes.c_uint)
_get_loose_box = fast("FPDFText_GetLooseCharBox")
_get_angle = fast("FPDFText_GetCharAngle", ctypes.c_float)
_get_font_size = fast("FPDFText_GetFontSize", ctypes.c_double)
_BOXES = Slots(np.float32, 4, pointers=1)


class Frame:
    """The way from PDF user space to the page as shown: crop box cut out, then turned clockwise by ``rotation``."""

    def __init__(self, crop: tuple[float, float, float, float], rotation: int) -> None:
        self.left, self.low, self.right, self.high = crop
        self.rotation = rotation % 360
        across, up = self.right - self.left, self.high - self.low
        self.width, self.height = (up, across) if self.rotation in (90, 270) else (across, up)

    def point(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """``x`` and distance from the top, for points of user space."""
        if self.rotation == 90:
            return y - self.low, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.low
        if self.rotation == 270:
            return self.high - y, self.right - x
        return x - self.left, self.high - y

    def boxes(self, corners: Floats) -> Floats:
        """``(n, 4)`` boxes of two opposite corners each, as ``x0, top, x1, bottom``."""
        xa, ya = self.point(corners[:, 0], corners[:, 1])
        xb, yb = self.point(corners[:, 2], corners[:, 3])
        boxes = np.empty((len(corners), 4))
        np.minimum(xa, xb, out=boxes[:, 0])
        np.minimum(ya, yb, out=boxes[:, 1])
        np.maximum(xa, xb, out=boxes[:, 2])
        np.maximum(ya, yb, out=boxes[:, 3])
        return boxes


class Chars:
    """Characters in pdfium's order. ``turns``: quarter turns of the writing on the page as shown (1 is upwards)."""

    def __init__(self, codes: Ints, boxes: Floats, turns: Ints) -> None:
        self.codes, self.boxes, self.turns = codes, boxes, turns
        self._blank: Bools = _IS_BLANK[codes]

    def blank(self) -> Bools:
        """True for the characters between words; they have no box."""
        return self._blank

    def keep(self, wanted: Bools) -> Chars:
        """The characters that are wanted, in the same order."""
        return Chars(self.codes[wanted], self.boxes[wanted], self.turns[wanted])


def read_chars(textpage: Any, frame: Frame) -> Chars:
    """All characters of a pypdfium2 text page. Hyphens that pdfium marks at a line's end keep ``HYPHEN_MARK``."""
    raw = handle(textpage.raw)
    codes = _codes(raw, max(textpage.count_chars(), 0))
    blank = _IS_BLANK[codes]
    marks = codes == OLD_HYPHEN_MARK
    asked = places_of(~blank | marks | (codes == 0))
    rects: Floats = _BOXES.ask(_get_loose_box, repeat(raw), asked.tolist(), count=len(asked)).astype(np.float64)
    flat = (rects[:, 2] <= rects[:, 0]) | (rects[:, 1] <= rects[:, 3])
    if flat.any():
        for i in places_of(flat & ~blank[asked]).tolist():
            rects[i] = _tight_box(textpage, raw, int(asked[i]))
    codes[asked[(codes[asked] == 0) & (rects[:, 2] > rects[:, 0])]] = REPLACEMENT
    codes[marks] = HYPHEN_MARK
    boxes = np.zeros((len(codes), 4))
    boxes[asked] = frame.boxes(rects)
    turns = np.zeros(len(codes), dtype=np.int64)
    turns[asked] = (_turns(raw, asked, rects) - frame.rotation // 90) % 4
    chars = Chars(codes, boxes, turns)
    halves = (codes >= SURROGATES[0]) & (codes < SURROGATES[1])
    return chars.keep(~halves) if halves.any() else chars


def _codes(raw: Handle, count: int) -> Ints:
    """Unicode code points; one call for the page, unless characters outside the basic plane make the lengths differ."""
    units = np.zeros(count + 1, dtype=np.uint16)
    written = _get_text(raw, 0, count, ctypes.c_void_p(units.ctypes.data)) if count else 0
    codes = units[:count].astype(np.int64)
    if written == count + 1 and not ((codes >= SURROGATES[0]) & (codes < SURROGATES[1])).any():
        return codes
    return np.fromiter(map(_get_unicode, repeat(raw), range(count)), dtype=np.int64, count=count)


def _turns(raw: Handle, asked: npt.NDArray[np.intp], rects: Floats) -> Ints:
    """Quarter turns in user space. A character between the same two edges as the last one is turned as that is."""
    fresh = np.ones(len(asked), dtype=np.bool_)
    same = np.abs(rects[1:] - rects[:-1]) < SAME_EDGE
    fresh[1:] = ~(same[:, 1] & same[:, 3]) & ~(same[:, 0] & same[:, 2])
    angles = np.array(list(map(_get_angle, repeat(raw), asked[fresh].tolist())), dtype=np.float64)
    turns: Ints = -np.rint(angles / (math.pi / 2)).astype(np.int64)[np.cumsum(fresh) - 1]
    return turns


def _tight_box(textpage: Any, raw: Handle, index: int) -> list[float]:
    """Two corners in user space of a character whose font has no height: the ink, and a share of the font size."""
    left, right, low, high = (ctypes.c_double() for _ in range(4))
    pdfium_c.FPDFText_GetCharBox(textpage.raw, index, left, right, low, high)
    size = _get_font_size(raw, index)
    west, south = left.value, low.value
    return [west, max(high.value, south + ASCENT * size), max(right.value, west + SLIVER), south]
