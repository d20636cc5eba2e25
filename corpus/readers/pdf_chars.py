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
ASCENT = 0.8
"""Share of the font size that a character without a box of its own reaches up."""
SLIVER = 0.1


def _fast(name: str, restype: Any, *argtypes: Any) -> Any:
    address = ctypes.cast(getattr(pdfium_c, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(restype, *argtypes)(address)


_POINTER = ctypes.c_void_p
_get_text = _fast("FPDFText_GetText", ctypes.c_int, _POINTER, ctypes.c_int, ctypes.c_int, _POINTER)
_get_unicode = _fast("FPDFText_GetUnicode", ctypes.c_uint, _POINTER, ctypes.c_int)
_get_loose_box = _fast("FPDFText_GetLooseCharBox", ctypes.c_int, _POINTER, ctypes.c_int, _POINTER)
_get_angle = _fast("FPDFText_GetCharAngle", ctypes.c_float, _POINTER, ctypes.c_int)
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
    angles = np.empty(count, dtype=np.float64)
    for i in range(count):
        _get_loose_box(raw, i, start + i * step)
        angles[i] = _get_angle(raw, i)
    corners = rects.astype(np.float64)
    turns = (-np.rint(angles / (math.pi / 2)).astype(np.int64) - frame.rotation // 90) % 4
    flat = (corners[:, 2] <= corners[:, 0]) | (corners[:, 1] <= corners[:, 3])
    for i in np.flatnonzero(flat & ~np.isin(codes, BLANKS)).tolist():
        corners[i] = _tight_box(textpage, raw, i)
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


def _tight_box(textpage: Any, raw: int | None, index: int) -> list[float]:
    """Two corners in user space of a character whose font has no height: the ink, and a share of the font size."""
    left, right, low, high = (ctypes.c_double() for _ in range(4))
    pdfium_c.FPDFText_GetCharBox(textpage.raw, index, left, right, low, high)
    size = _get_font_size(raw, index)
    west, south = left.value, low.value
    return [west, max(high.value, south + ASCENT * size), max(right.value, west + SLIVER), south]
