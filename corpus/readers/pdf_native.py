"""The way through the compiled part of the PDF reader, for ordinary pages.

Each function here gives what the modules that it names give, or None for a page that it leaves to those.
"""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium_c

from corpus import compiled, normalise
from corpus.readers import pdf_chars, pdf_columns, pdf_hidden, pdf_layout, pdf_lines, pdf_rulings, pdf_scene, pdf_words
from corpus.readers.pdf_bulk import Handle
from corpus.readers.pdf_chars import Chars, Frame
from corpus.readers.pdf_layout import PageText
from corpus.readers.pdf_rulings import Drawn

INTERFACE = 5
USED = compiled.in_use("corpus.readers._pdf", INTERFACE)
"""Whether pages are read in this way at all."""

_RULES = {
    **{name: getattr(pdf_chars, name) for name in ("SAME_EDGE", "TOUCHING", "KERNED", "LIGATED")},
    **{name: getattr(pdf_chars, name) for name in ("BREAK", "HYPHEN_MARK")},
    **{name: getattr(pdf_hidden, name) for name in ("TINY", "NEAR", "CLEAR", "OPAQUE", "THICK")},
    **{
        name: getattr(pdf_rulings, name) for name in ("MAX_SEGMENTS", "STRAIGHT", "SHORTEST", "THIN", "SQUARE", "WHITE")
    },
    **{name: getattr(pdf_words, name) for name in ("FIRST_MARK", "JUMP", "NOTE")},
    **{name: getattr(pdf_lines, name) for name in ("SAME_LINE", "RAISED", "MOST_RAISED")},
    **{
        name: getattr(pdf_columns, name)
        for name in ("WORDS_A_LINE", "MANY", "MARGIN", "GUTTER", "NARROWEST", "COMMON", "LATIN")
    },
    **{name: getattr(pdf_layout, name) for name in ("PARAGRAPH", "USUAL")},
    **{kind: getattr(pdfium_c, f"FPDF_PAGEOBJ_{kind}") for kind in ("TEXT", "PATH", "IMAGE", "SHADING", "FORM")},
    "WORDS_TOUCHING": pdf_lines.TOUCHING,
    "SOFT_HYPHEN": ord(normalise.SOFT_HYPHEN),
    "NO_COLOUR": pdf_scene.NO_COLOUR,
    "PAPER": max(pdf_hidden.PAPER),
    "MOVE": pdfium_c.FPDF_SEGMENT_MOVETO,
    "LINE": pdfium_c.FPDF_SEGMENT_LINETO,
    "CURVE": pdfium_c.FPDF_SEGMENT_BEZIERTO,
}
"""The numbers of the rules, from where they are explained."""

if USED:
    from corpus.readers import _pdf

    _pdf.bind(
        {name: ctypes.cast(getattr(pdfium_c, name), ctypes.c_void_p).value or 0 for name in _pdf.FUNCTIONS},
        _RULES,
        pdf_chars.KINDS,
        pdf_columns.cased(),
    )


class Painted(NamedTuple):
    """What is painted on a page. ``seen``: no text of it may be unseen, but for its size; ``level`` as in a scene."""

    seen: bool
    level: bool
    drawn: Drawn


def read_painted(page: Handle, frame: Frame) -> Painted | None:
    """A page without forms and layers (``pdf_scene``, ``pdf_rulings``, the first look of ``pdf_hidden``)."""
    found = _pdf.read_painted(page.value or 0, frame.left, frame.low, frame.right, frame.high, frame.rotation)
    if found is None:
        return None
    seen, level, images, paths, cut, ruled, room, filled, memory = found
    rulings = np.ndarray((ruled, 4), np.float64, memory)
    fills = np.ndarray((filled, 4), np.float64, memory, 32 * room)
    return Painted(bool(seen), bool(level), Drawn(rulings, fills, images, paths, bool(cut)))


def read_chars(text: Handle, frame: Frame, *, level: bool) -> tuple[Chars, bool] | None:
    """The characters of a page without odd ones, each with a box (``pdf_chars``), and whether all are ordinary.

    Ordinary ones lie within the page and are large enough to be read.
    """
    found = _pdf.read_chars(text.value or 0, level, frame.left, frame.low, frame.right, frame.high, frame.rotation)
    if found is None:
        return None
    count, ordinary, memory = found
    numbers = np.ndarray((3, count), np.int64, memory, 32 * count)
    sides = np.ndarray((4, count), np.float64, memory)
    codes = np.ndarray(count, np.uint32, memory, 56 * count)
    return Chars(codes, sides, numbers[0], numbers[1], numbers[2]), bool(ordinary)


def page_text(chars: Chars) -> PageText | None:
    """The text of a page that is written from left to right in one column (``pdf_words`` to ``pdf_layout``)."""
    if not len(chars.codes):
        return pdf_layout.NOTHING
    if not chars.sides.flags.c_contiguous:
        chars = chars._replace(sides=np.ascontiguousarray(chars.sides))
    found = _pdf.page_text(chars.codes, chars.sides, chars.turns, chars.places)
    if found is None:
        return None
    text, count, memory = found
    spans = np.ndarray((count, 4), np.int64, memory)
    return PageText(text, spans, np.ndarray((count, 4), np.float64, memory, 32 * count))
