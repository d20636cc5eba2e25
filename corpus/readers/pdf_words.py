"""From characters with boxes to printed words: runs between blanks, cut where the next character lies elsewhere."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.normalise import BYTE_ORDER_MARK, SOFT_HYPHEN, normalise
from corpus.readers.pdf_bulk import places_of
from corpus.readers.pdf_chars import HYPHEN_MARK, Bools, Chars, Floats, Ints

JUMP = 0.6
"""A word ends where the next character lies further off than this share of its height, blank or no blank."""
NOTE = 0.85
"""A figure smaller than this share of the figure beside it is no digit of the same number."""

# Some producers map the hyphen to U+00AD: away from letters it parts no word and is a minus or a dash.
_LOOSE_SOFT_HYPHEN = re.compile(rf"(?<![^\W\d_]){SOFT_HYPHEN}(?![^\W\d_])")


class Words(NamedTuple):
    """Words of one direction of writing. ``upright`` (n, 4): boxes turned so that it runs from left to right.

    ``boxes`` (n, 4) are those on the page as shown; ``parted`` says that the file has a blank in front of a word.
    """

    texts: list[str]
    upright: Floats
    boxes: Floats
    parted: Bools

    def take(self, order: npt.NDArray[np.intp]) -> Words:
        """The words at these places, in this order."""
        texts = [self.texts[i] for i in order.tolist()]
        return Words(texts, self.upright[order], self.boxes[order], self.parted[order])


def read_words(chars: Chars, turn: int) -> Words:
    """The words written in this direction, in the file's order."""
    blank = chars.blank() | (chars.turns != turn)
    upright = _upright(chars.boxes, turn)
    printed = places_of(~blank)
    if not len(printed):
        return Words([], upright[:0], upright[:0], blank[:0])
    firsts = places_of(_begins(chars.codes, blank, upright)[printed])
    starts = printed[firsts]
    ends = np.append(printed[firsts[1:] - 1], printed[-1]) + 1
    boxes = _unions(chars.boxes[printed], firsts)
    parted = np.concatenate([[False], blank[:-1]])[starts]
    texts = _spelled(chars.codes, starts, ends)
    words = Words(texts, _upright(boxes, turn), boxes.round(2), parted)
    return words if all(texts) else words.take(places_of(np.array(texts) != ""))


def spelled(text: str) -> str:
    """A word as it is kept: normalised, without soft hyphens, those that stand for a minus or a dash printed as one."""
    text = _LOOSE_SOFT_HYPHEN.sub("-", text)
    return "".join(normalise(text).replace(SOFT_HYPHEN, "").split())


def _spelled(codes: Ints, starts: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]) -> list[str]:
    """The words between these places, cut out of the page's characters decoded once."""
    shown = np.where(codes == HYPHEN_MARK, ord("-"), codes)
    text = shown.astype("<u4").tobytes().decode("utf-32-le")
    words = [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    clean = SOFT_HYPHEN not in text and BYTE_ORDER_MARK not in text and unicodedata.is_normalized("NFC", text)
    return words if clean else [spelled(word) for word in words]


def _upright(boxes: Floats, turn: int) -> Floats:
    """Boxes turned so that writing of this direction runs from left to right."""
    x0, top, x1, bottom = boxes.T
    if turn == 1:
        return np.stack([-bottom, x0, -top, x1], axis=1)
    if turn == 2:
        return np.stack([-x1, -bottom, -x0, -top], axis=1)
    if turn == 3:
        return np.stack([top, -x1, bottom, -x0], axis=1)
    return boxes


def _begins(codes: Ints, blank: Bools, upright: Floats) -> Bools:
    """True at each character that begins a word; a smaller figure after a figure is a note's number, not its digit."""
    digit = (codes >= ord("0")) & (codes <= ord("9"))
    x0, top, x1, bottom = upright.T
    height = np.maximum(bottom - top, 1e-6)
    smaller = np.minimum(height[1:], height[:-1])
    centre = (top + bottom) / 2
    jump = (
        (np.abs(centre[1:] - centre[:-1]) > JUMP * smaller)
        | (x0[1:] - x1[:-1] > JUMP * height[:-1])
        | (x0[1:] < x0[:-1] - JUMP * height[:-1])
        | (digit[1:] & digit[:-1] & (smaller < NOTE * np.maximum(height[1:], height[:-1])))
    )
    begins = ~blank
    begins[1:] &= blank[:-1] | (codes[:-1] == HYPHEN_MARK) | jump
    return begins


def _unions(boxes: Floats, firsts: npt.NDArray[np.intp]) -> Floats:
    return np.concatenate(
        [np.minimum.reduceat(boxes[:, :2], firsts), np.maximum.reduceat(boxes[:, 2:], firsts)], axis=1
    )
