"""From characters with boxes to printed words: runs between blanks, cut where the next character lies elsewhere."""

from __future__ import annotations

import re
import unicodedata
from codecs import utf_32_le_decode
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.normalise import BYTE_ORDER_MARK, SOFT_HYPHEN, normalise
from corpus.readers.pdf_bulk import lasts_of, places_of, rows_of, some
from corpus.readers.pdf_chars import HYPHEN_MARK, SAME_EDGE, Bools, Chars, Codes, Floats, Ints

JUMP = 0.6
"""A word ends where the next character lies further off than this share of its height, blank or no blank."""
NOTE = 0.85
"""A figure smaller than this share of the figure beside it is no digit of the same number."""
FIRST_MARK = 0x0300
"""The first combining character: of letters below it nothing is composed (Unicode, annex 15)."""

# Some producers map the hyphen to U+00AD: away from letters it parts no word and is a minus or a dash.
_LOOSE_SOFT_HYPHEN = re.compile(rf"(?<![^\W\d_]){SOFT_HYPHEN}(?![^\W\d_])")


class Words(NamedTuple):
    """Words of one direction of writing.

    Word i is ``letters[starts[i]:starts[i] + lengths[i]]``. ``upright`` (4, n): x0, top, x1, bottom of each, turned so
    that it runs from left to right; ``sides`` (4, n) are those on the page as shown; ``parted`` says that the file has
    a blank in front of a word, and ``pages`` counts the pages of which the words are.
    """

    letters: Codes
    starts: Ints
    lengths: Ints
    upright: Floats
    sides: Floats
    parted: Bools
    pages: Ints

    @classmethod
    def of(cls, texts: Sequence[str], upright: Floats, sides: Floats) -> Words:
        """Words of one page that are spelled already, each with blanks around it."""
        letters, starts, lengths = _in_a_row(texts)
        parted = np.ones(len(texts), dtype=np.bool_)
        return cls(letters, starts, lengths, upright, sides, parted, np.zeros(len(texts), dtype=np.int64))

    def spelled(self, texts: Sequence[str]) -> Words:
        """The same words with other letters."""
        letters, starts, lengths = _in_a_row(texts)
        return self._replace(letters=letters, starts=starts, lengths=lengths)

    @property
    def texts(self) -> list[str]:
        """The words one by one."""
        text = decoded(self.letters)
        ends = self.starts + self.lengths
        return [text[start:end] for start, end in zip(self.starts.tolist(), ends.tolist(), strict=True)]

    def take(self, order: npt.NDArray[np.intp]) -> Words:
        """The words at these places, in this order."""
        sides = self.sides.take(order, axis=1)
        upright = sides if self.upright is self.sides else self.upright.take(order, axis=1)
        starts, lengths, parted, pages = self.starts, self.lengths, self.parted, self.pages
        starts, lengths, parted, pages = starts.take(order), lengths.take(order), parted.take(order), pages.take(order)
        return Words(self.letters, starts, lengths, upright, sides, parted, pages)

    def between(self, first: int, end: int) -> Words:
        """The words from this place up to that one."""
        starts, lengths, upright, sides = self.starts, self.lengths, self.upright, self.sides
        of = slice(first, end)
        return Words(
            self.letters, starts[of], lengths[of], upright[:, of], sides[:, of], self.parted[of], self.pages[of]
        )


def read_words(chars: Chars, turn: int, pages: Sequence[int] = (0,)) -> Words:
    """The words of characters written in this direction, in the file's order.

    ``pages`` are the places where those begin.
    """
    codes = chars.codes
    if not len(codes):
        nothing = np.empty((4, 0))
        return Words(codes, chars.places, chars.places, nothing, nothing, np.empty(0, dtype=np.bool_), chars.places)
    if turn % 2:
        chars = _ligatures_parted(chars, turn)
    parted = _parted(chars.places)
    begins = parted.copy()
    begins[0] = True
    simple = bool(np.maximum.reduce(codes) < FIRST_MARK)
    if not simple:
        hyphens = codes == HYPHEN_MARK
        if some(hyphens):
            codes = np.where(hyphens, np.uint32(ord("-")), codes)
            begins[1:] |= hyphens[:-1]
    straight = _begin_apart(begins, codes, upright(chars.sides, turn)) and not turn
    starts = places_of(begins)
    lasts = lasts_of(starts, len(codes))
    lengths = lasts - starts + 1
    sides = _spans(chars.sides, starts, lasts) if straight else _unions(chars.sides, starts)
    if len(pages) > 1:
        numbers = np.array(pages).searchsorted(chars.places.take(starts), side="right") - 1
    else:
        numbers = np.zeros(len(starts), dtype=np.int64)
    words = Words(codes, starts, lengths, upright(sides, turn), sides.round(2), parted.take(starts), numbers)
    return words if _is_clean(codes, simple) else _spelled(words)


def _ligatures_parted(chars: Chars, turn: int) -> Chars:
    """The characters with the letters of ligatures one after the other, as they are read.

    pdfium parts the box of "fi" across the page, also where the writing runs up or down it: its letters lie one over
    the other.
    """
    x0, top, x1, bottom = rows_of(chars.sides)
    level = np.maximum(np.abs(np.diff(top)), np.abs(np.diff(bottom))) < SAME_EDGE
    touching = np.minimum(np.abs(x1[:-1] - x0[1:]), np.abs(x0[:-1] - x1[1:])) < SAME_EDGE
    one = level & touching & (np.diff(chars.places) == 1)
    if not some(one):
        return chars
    sides = chars.sides.copy()
    starts = places_of(np.concatenate([[True], ~one]))
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(x0)], strict=True):
        if (count := end - start) == 1:
            continue
        first, last = (bottom, top) if turn == 1 else (top, bottom)
        edges = np.linspace(first[start], last[start], count + 1)
        sides[0, start:end], sides[2, start:end] = x0[start:end].min(), x1[start:end].max()
        sides[1, start:end] = np.minimum(edges[:-1], edges[1:])
        sides[3, start:end] = np.maximum(edges[:-1], edges[1:])
    return chars._replace(sides=sides)


def decoded(letters: Codes) -> str:
    """Code points as a text."""
    text, _ = utf_32_le_decode(letters.astype("<u4", copy=False).tobytes(), "strict", True)
    return text


def spelled(text: str) -> str:
    """A word as it is kept: normalised, without soft hyphens, those that stand for a minus or a dash printed as one."""
    text = _LOOSE_SOFT_HYPHEN.sub("-", text)
    return "".join(normalise(text).replace(SOFT_HYPHEN, "").split())


def upright(sides: Floats, turn: int) -> Floats:
    """(4, n) boxes turned so that writing of this direction runs from left to right."""
    if not turn:
        return sides
    x0, top, x1, bottom = rows_of(sides)
    if turn == 1:
        return np.stack([-bottom, x0, -top, x1])
    if turn == 2:
        return np.stack([-x1, -bottom, -x0, -top])
    return np.stack([top, -x1, bottom, -x0])


def _is_clean(codes: Codes, simple: bool) -> bool:
    """Whether the characters stay as they are when they are spelled; none of ``simple`` ones is to be composed."""
    if some(codes == ord(SOFT_HYPHEN)):
        return False
    if simple:
        return True
    text = decoded(codes)
    return BYTE_ORDER_MARK not in text and unicodedata.is_normalized("NFC", text)


def _spelled(words: Words) -> Words:
    words = words.spelled([spelled(text) for text in words.texts])
    return words.take(places_of(words.lengths > 0))


def _in_a_row(texts: Sequence[str]) -> tuple[Codes, Ints, Ints]:
    """The letters of words, and where each word starts and how long it is."""
    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    return letters, lengths.cumsum() - lengths, lengths


def _parted(places: Ints) -> Bools:
    """True at each character that has no other right before it."""
    parted = np.empty(len(places), dtype=np.bool_)
    parted[0] = places[0] > 0
    np.not_equal(places[1:] - places[:-1], 1, out=parted[1:])
    return parted


def _begin_apart(begins: Bools, codes: Codes, upright: Floats) -> bool:
    """Set, too, each character that begins a word because the one before it lies elsewhere.

    A smaller figure after a figure is a note's number, not its digit. Where a font does not say how high it is each box
    ends at its own ink: the one of a full stop is low, but ends below where those of the letters do. Gives whether all
    other characters are as high as the ones before them and begin and end no further to the left.
    """
    x0, top, x1, bottom = rows_of(upright)
    height = np.maximum(bottom - top, 1e-6)
    reach = JUMP * height[:-1]
    begins[1:] |= (x0[1:] - x1[:-1] > reach) | (x0[1:] < x0[:-1] - reach)
    other = upright[1::2, 1:] != upright[1::2, :-1]
    inside = ~begins[1:]
    after = places_of((other[0] | other[1]) & inside) + 1
    if len(after):
        before = after - 1
        smaller, larger = np.minimum(height[after], height[before]), np.maximum(height[after], height[before])
        centre = (top + bottom) / 2
        digit = (codes >= ord("0")) & (codes <= ord("9"))
        level = np.abs(bottom[after] - bottom[before]) < SAME_EDGE
        begins[after] = (~level & (np.abs(centre[after] - centre[before]) > JUMP * smaller)) | (
            digit[after] & digit[before] & (smaller < NOTE * larger)
        )
        return False
    back = upright[::2, 1:] < upright[::2, :-1]
    return not some((back[0] | back[1]) & inside)


def _spans(sides: Floats, firsts: npt.NDArray[np.intp], lasts: npt.NDArray[np.intp]) -> Floats:
    """(4, n) boxes of words of which the characters follow one another in a straight line."""
    spans = sides.take(firsts, axis=1)
    spans[2] = sides[2].take(lasts)
    return spans


def _unions(sides: Floats, firsts: npt.NDArray[np.intp]) -> Floats:
    unions = np.empty((4, len(firsts)))
    np.minimum.reduceat(sides[:2], firsts, axis=1, out=unions[:2])
    np.maximum.reduceat(sides[2:], firsts, axis=1, out=unions[2:])
    return unions
