"""The characters of a PDF page in bulk: codes and boxes as arrays, in the coordinates of the page as shown."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.readers.pdf_bulk import Handle, Slots, calls, fast, passed, places_of, some

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint32]
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

TOUCHING = 0.02
"""Characters touch whose gap is no more than this share of their height."""
KERNED = 0.15
"""They overlap by less than this share of it where one reaches over the other: "Ta", "Re"."""
LIGATED = 0.1
"""The letters of a ligature share a box that is lower than a line and ends before it: others are so near, at most."""
_LIGATED = np.array([ord(letter) for letter in "fil"])
BREAK = 0x0D
"""Pdfium puts it, and a line feed, where it begins another line."""

INKED = 0.01
"""Share of its size that the ink of a letter is wide and high at least; a blank's is less."""

BLANK, PRINTED, ODD = range(3)
"""Kinds of code points; the odd ones may be blank or printed: pdfium's hyphen, a code without meaning, half a pair."""
CONTROLS = [code for code in range(1, 0x20) if code not in b"\t\n\r"]
"""What no letter has as its code: numbers of glyphs, where a font does not say which letters these are."""
_BLANKS = [*range(0x21), 0x7F, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
KINDS = np.full(0x110000, PRINTED, dtype=np.uint8)
KINDS[_BLANKS] = BLANK
KINDS[[0, *CONTROLS, *range(*SURROGATES)]] = ODD

_count_chars = fast("FPDFText_CountChars", ctypes.c_int)
_get_text = fast("FPDFText_GetText", ctypes.c_int)
_get_unicode = fast("FPDFText_GetUnicode", ctypes.c_uint)
_get_loose_box = fast("FPDFText_GetLooseCharBox")
_get_box = fast("FPDFText_GetCharBox")
_get_angle = fast("FPDFText_GetCharAngle", ctypes.c_float)
_has_no_name = fast("FPDFText_HasUnicodeMapError", ctypes.c_int)
_get_font_size = fast("FPDFText_GetFontSize", ctypes.c_double)
_BOXES = Slots(np.float32, 4, pointers=1)
_UNITS = np.zeros(16_384, dtype=np.uint16)
_INTO_UNITS = passed(_UNITS.ctypes.data)
"""Where the text of most pages has room, one page at a time as in :class:`Slots`."""


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
        return self.sides(corners.T).T

    def sides(self, corners: Floats, *, from_top_left: bool = False) -> Floats:
        """The same from and to columns: ``(4, n)``. A box is given ``from_top_left`` if its first corner is that."""
        if from_top_left and not self.rotation:
            sides = self.high - corners
            np.subtract(corners[::2], self.left, out=sides[::2])
            return sides
        x, y = self.point(corners[::2], corners[1::2])
        sides = np.empty((4, corners.shape[1]))
        np.minimum(x[0], x[1], out=sides[0])
        np.minimum(y[0], y[1], out=sides[1])
        np.maximum(x[0], x[1], out=sides[2])
        np.maximum(y[0], y[1], out=sides[3])
        return sides


class Chars(NamedTuple):
    """The printed characters of a page in pdfium's order; the blanks between them have no box.

    ``sides`` (4, n) are x0, top, x1 and bottom of each; ``turns`` the quarter turns of the writing on the page as shown
    (1 is upwards); ``places`` count the characters with the blanks, so that neighbours without a blank between them
    have places next to each other. ``indexes`` are pdfium's own numbers, -1 for what is no part of its text.
    """

    codes: Codes
    sides: Floats
    turns: Ints
    places: Ints
    indexes: Ints

    @property
    def boxes(self) -> Floats:
        """(n, 4): x0, top, x1, bottom."""
        return self.sides.T

    def chosen(self, wanted: Bools) -> Chars:
        """The characters that are wanted; in the place of the others are blanks."""
        at = places_of(wanted)
        return Chars(self.codes[at], self.sides[:, at], self.turns[at], self.places[at], self.indexes[at])

    def keep(self, wanted: Bools) -> Chars:
        """The characters that are wanted, as if there had never been others."""
        if not some(~wanted):
            return self
        return self.chosen(wanted)._replace(places=(self.places - np.cumsum(~wanted))[wanted])

    @classmethod
    def joined(cls, pieces: Sequence[Chars]) -> tuple[Chars, list[int]]:
        """All of them with blanks between the pieces, and the place from which on the characters of each piece are."""
        if len(pieces) == 1:
            return pieces[0], [0]
        starts = [0]
        for piece in pieces[:-1]:
            starts.append(starts[-1] + (int(piece.places[-1]) + 2 if len(piece.places) else 0))
        chars = cls(
            np.concatenate([piece.codes for piece in pieces]),
            np.concatenate([piece.sides for piece in pieces], axis=1),
            np.concatenate([piece.turns for piece in pieces]),
            np.concatenate([piece.places + start for piece, start in zip(pieces, starts, strict=True)]),
            np.concatenate([piece.indexes for piece in pieces]),
        )
        return chars, starts


def written(text: str, boxes: Floats) -> Chars:
    """Characters of a text that no page holds, each with its box (n, 4)."""
    codes = np.array(list(map(ord, text)), dtype=np.uint32)
    at = places_of(KINDS[codes])
    return Chars(codes[at], boxes[at].T, np.zeros(len(at), dtype=np.int64), at, np.full(len(at), -1))


def read_chars(text: Handle, frame: Frame, *, level: bool = False) -> Chars:
    """All characters of a text page. Hyphens that pdfium marks at a line's end keep ``HYPHEN_MARK``.

    ``level`` says that all writing is known to run from left to right in user space.
    """
    codes, kinds = _codes(text, max(_count_chars(text), 0))
    asked, printed = places_of(kinds), codes
    codes = codes.take(asked).astype(np.uint32, copy=False)
    rects: Floats = _BOXES.ask(_get_loose_box, repeat(passed(text.value)), asked.tolist(), count=len(asked))
    odd = kinds.take(asked) == ODD if ODD in kinds.tobytes() else None
    flat = (rects[2] <= rects[0]) | (rects[1] <= rects[3])
    is_flat = some(flat)
    if is_flat:
        for i in places_of(flat if odd is None else flat & (~odd | _is_half(codes))).tolist():
            rects[:, i] = _tight_box(text, int(asked[i]))
    turns = np.zeros(len(asked), dtype=np.int64) if level else _turns(text, asked, rects)
    places = _unbroken(asked, printed, rects, turns, codes)
    if frame.rotation:
        turns = (turns - frame.rotation // 90) % 4
    chars = Chars(codes, frame.sides(rects, from_top_left=not is_flat), turns, places, asked)
    return chars if odd is None else _settled(text, chars, rects)


def count_unnamed(text: Handle, chars: Chars) -> int:
    """How many of a page's characters are letters of which the file does not say which ones they are."""
    return int(((chars.codes == REPLACEMENT) | _without_name(text, chars.indexes)).sum())


def _without_name(text: Handle, indexes: Ints) -> Bools:
    """Which characters have the number of a glyph as their code, for the file names no letter."""
    found = np.fromiter(calls(_has_no_name, repeat(passed(text.value)), indexes.tolist()), np.int64, len(indexes))
    return np.asarray(found == 1, dtype=np.bool_)


def _unbroken(places: Ints, printed: Codes | npt.NDArray[np.uint16], rects: Floats, turns: Ints, codes: Codes) -> Ints:
    """The places of characters without the line breaks within a word: pdfium sets one before a letter that the file
    writes by itself, though it touches the one before it on the same level, or begins a little within it.
    """
    before = places_of(places[1:] - places[:-1] == 3)
    left, right = rects[1:4:2].take(before, axis=1), rects[1:4:2].take(before + 1, axis=1)
    low = np.abs(right[1] - left[1]) < SAME_EDGE
    nested = ((right[0] > left[0]) != (right[1] > left[1])) & ~low  # one reaches higher and lower than the other
    if not (some(low) or some(nested)):  # most pages: each break is a new line's
        return places
    ligated = np.isin(codes.take(before), _LIGATED) | np.isin(codes.take(before + 1), _LIGATED)
    kept = (low | (nested & ligated)) & (printed[places[before] + 1] == BREAK) & (turns[before] == 0)
    before, low = before[kept], low[kept]
    left, right = rects.take(before, axis=1), rects.take(before + 1, axis=1)
    gaps, height = right[0] - left[2], np.maximum(left[1] - left[3], right[1] - right[3])
    within = (gaps < np.where(low, TOUCHING, LIGATED) * height) & (gaps > -KERNED * height)
    if not some(within):
        return places
    gone = np.zeros_like(places)
    gone[before[within] + 1] = 2
    unbroken: Ints = places - gone.cumsum()
    return unbroken


def _settled(text: Handle, chars: Chars, rects: Floats) -> Chars:
    """The odd characters put right: a code without meaning is printed if it has a width, half a pair never is."""
    codes = chars.codes.copy()
    codes[(codes == 0) & (rects[2] > rects[0])] = REPLACEMENT
    if some(np.isin(codes, CONTROLS)):
        _settle_controls(text, chars, rects, codes)
    chars = chars._replace(codes=codes).chosen(codes != 0)
    return chars.keep(~_is_half(chars.codes))


def _settle_controls(text: Handle, chars: Chars, rects: Floats, codes: Codes) -> None:
    """Numbers of glyphs are told from letters: one that leaves ink and is no letter's code shows that those beside it
    are no letters either, whatever they look like, and all of them are printed as unknown.
    """
    nameless = _without_name(text, chars.indexes)
    codes[(codes == OLD_HYPHEN_MARK) & ~nameless] = HYPHEN_MARK
    controls = places_of(np.isin(codes, CONTROLS))
    inked = [at for at in controls.tolist() if _leaves_ink(text, int(chars.indexes[at]), rects[:, at])]
    codes[controls] = 0
    codes[inked] = REPLACEMENT
    if inked:
        codes[nameless & (codes != 0)] = REPLACEMENT


def _leaves_ink(text: Handle, index: int, rect: Floats) -> bool:
    west, right, south, high = _ink(text, index)
    size = max(rect[2] - rect[0], rect[1] - rect[3])
    return bool(min(right - west, high - south) > INKED * size)


def _is_half(codes: Codes | npt.NDArray[np.uint16]) -> Bools:
    return np.asarray((codes >= SURROGATES[0]) & (codes < SURROGATES[1]), dtype=np.bool_)


def _codes(text: Handle, count: int) -> tuple[Codes | npt.NDArray[np.uint16], npt.NDArray[np.uint8]]:
    """Unicode code points and their kinds; one call for the page, unless characters outside the basic plane make the
    lengths differ."""
    if not count:
        return _UNITS[:0], KINDS[:0]
    roomy = count < len(_UNITS)
    units = _UNITS if roomy else np.zeros(count + 1, dtype=np.uint16)
    written = _get_text(text, 0, count, _INTO_UNITS if roomy else passed(units.ctypes.data))
    units = units[:count]
    kinds = KINDS.take(units)
    if written == count + 1 and not (ODD in kinds.tobytes() and some(_is_half(units))):
        return units, kinds
    codes = np.fromiter(calls(_get_unicode, repeat(text), range(count)), dtype=np.uint32, count=count)
    return codes, KINDS.take(codes)


def _turns(text: Handle, asked: Ints, rects: Floats) -> Ints:
    """Quarter turns in user space. A character between the same two edges as the last one is turned as that is."""
    if not len(asked):
        return asked
    level = np.abs(rects[1::2, 1:] - rects[1::2, :-1]) < SAME_EDGE
    fresh = places_of(~(level[0] & level[1])) + 1
    sheer = np.abs(rects[::2, fresh] - rects[::2, fresh - 1]) < SAME_EDGE
    fresh = np.concatenate([[0], fresh[~(sheer[0] & sheer[1])]])
    angles = list(calls(_get_angle, repeat(passed(text.value)), asked[fresh].tolist()))
    turns = -np.rint(np.array(angles) / (math.pi / 2)).astype(np.int64) % 4
    return np.repeat(turns, np.diff(fresh, append=len(asked)))


def _ink(text: Handle, index: int) -> list[float]:
    """The box of what is painted of a character: left, right, bottom and top in user space."""
    sides = (ctypes.c_double * 4)()
    _get_box(text, index, *(ctypes.byref(sides, at) for at in range(0, ctypes.sizeof(sides), 8)))
    return list(sides)


def _tight_box(text: Handle, index: int) -> list[float]:
    """Two corners in user space of a character whose font has no height: the ink, and a share of the font size."""
    west, right, south, high = _ink(text, index)
    size = _get_font_size(text, index)
    return [west, max(high, south + ASCENT * size), max(right, west + SLIVER), south]
