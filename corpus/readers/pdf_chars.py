"""The characters of a PDF page in bulk: codes and boxes as arrays, in the coordinates of the page as shown.

pdfium is called through prototypes that keep the interpreter lock and take plain addresses: about 0.7 µs a character,
where a call with objects per character costs twenty times as much.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

HYPHEN_MARK = 0xFFFE
OLD_HYPHEN_MARK = 0x0002
REPLACEMENT = 0xFFFD
BLANKS = np.array(
    [*range(0x21), 0x7F, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
)
ASCENT, DESCENT = 0.8, 0.25
"""Shares of the font size above and below the base line, for characters whose box pdfium cannot give."""


def _fast(name: str, restype: Any, *argtypes: Any) -> Any:
    address = ctypes.cast(getattr(pdfium_c, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(restype, *argtypes)(address)


_POINTER = ctypes.c_void_p
_get_text = _fast("FPDFText_GetText", ctypes.c_int, _POINTER, ctypes.c_int, ctypes.c_int, _POINTER)
_get_unicode = _fast("FPDFText_GetUnicode", ctypes.c_uint, _POINTER, ctypes.c_int)
_get_loose_box = _fast("FPDFText_GetLooseCharBox", ctypes.c_int, _POINTER, ctypes.c_int, _POINTER)
_get_font_size = _fast("FPDFText_GetFontSize", ctypes.c_double, _POINTER, ctypes.c_int)


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
        return np.stack([np.minimum(xa, xb), np.minimum(ya, yb), np.maximum(xa, xb), np.maximum(ya, yb)], axis=1)


class Chars:
    """Characters in pdfium's order. ``turns``: quarter turns of the writing on the page as shown (1 is upwards)."""

    def __init__(self, codes: Ints, boxes: Floats, turns: Ints) -> None:
        self.codes, self.boxes, self.turns = codes, boxes, turns

    def blank(self) -> Bools:
        """True for the characters between words."""
        return np.asarray(np.isin(self.codes, BLANKS), dtype=np.bool_)

    def keep(self, wanted: Bools) -> Chars:
        """The characters that are wanted, in the same order."""
        return Chars(self.codes[wanted], self.boxes[wanted], self.turns[wanted])


def read_chars(textpage: Any, frame: Frame) -> Chars:
    """All characters of a pypdfium2 text page. Hyphens that pdfium marks at a line's end keep ``HYPHEN_MARK``."""
    raw = ctypes.cast(textpage.raw, _POINTER).value
    count = max(textpage.count_chars(), 0)
    codes = _codes(raw, count)
    rects = np.zeros((count, 4), dtype=np.float32)
    start, step = rects.ctypes.data, rects.strides[0]
    for i in range(count):
        _get_loose_box(raw, i, start + i * step)
    corners = rects.astype(np.float64)
    turns = np.zeros(count, dtype=np.int64)
    blank = np.isin(codes, BLANKS)
    flat = (corners[:, 2] <= corners[:, 0]) | (corners[:, 1] <= corners[:, 3])
    turned = frame.rotation != 0
    for i in np.flatnonzero((flat | turned) & ~blank).tolist():
        corners[i], turns[i] = _turned_box(textpage, raw, i, frame.rotation)
    unmapped = (codes == 0) & (corners[:, 2] > corners[:, 0])
    codes[unmapped] = REPLACEMENT
    codes[codes == OLD_HYPHEN_MARK] = HYPHEN_MARK
    return Chars(codes, frame.boxes(corners), turns)


def _codes(raw: int | None, count: int) -> Ints:
    """Unicode code points; one call for the page, unless characters outside the basic plane make the lengths differ."""
    units = np.zeros(count + 1, dtype=np.uint16)
    written = _get_text(raw, 0, count, units.ctypes.data) if count else 0
    codes = units[:count].astype(np.int64)
    if written == count + 1 and not ((codes >= 0xD800) & (codes < 0xE000)).any():
        return codes
    return np.array([_get_unicode(raw, i) for i in range(count)], dtype=np.int64)


def _turned_box(textpage: Any, raw: int | None, index: int, rotation: int) -> tuple[list[float], int]:
    """Two corners in user space, and the quarter turns, of a character that is not written along the x axis.

    pdfium's loose box is flat then; this one spans the tight box along the writing and the font size across it.
    """
    left, right, low, high = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = pdfium_c.FS_MATRIX()
    page = textpage.raw
    pdfium_c.FPDFText_GetCharBox(page, index, left, right, low, high)
    pdfium_c.FPDFText_GetCharOrigin(page, index, x, y)
    if not pdfium_c.FPDFText_GetMatrix(page, index, matrix):
        return [left.value, high.value, right.value, low.value], 0
    quarter = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4
    size = _get_font_size(raw, index) * math.hypot(matrix.c, matrix.d)
    up, down = ASCENT * size, DESCENT * size
    west, east, south, north = left.value, right.value, low.value, high.value
    if quarter == 0:
        south, north = min(south, y.value - down), max(north, y.value + up)
    elif quarter == 1:
        west, east = min(west, x.value - up), max(east, x.value + down)
    elif quarter == 2:
        south, north = min(south, y.value - up), max(north, y.value + down)
    else:
        west, east = min(west, x.value - down), max(east, x.value + up)
    return [west, north, east, south], (quarter - rotation // 90) % 4
