"""The way through the compiled part of the PDF reader, for ordinary pages.

Each function here gives what the one of its name elsewhere gives, or None for a page that it leaves to that one.
"""

from __future__ import annotations

import ctypes

import numpy as np
import pypdfium2.raw as pdfium_c

from corpus import compiled
from corpus.readers import pdf_chars
from corpus.readers.pdf_bulk import Handle
from corpus.readers.pdf_chars import Chars, Frame

INTERFACE = 1
USED = compiled.in_use("corpus.readers._pdf", INTERFACE)
"""Whether pages are read in this way at all."""

if USED:
    from corpus.readers import _pdf

    _pdf.bind({name: ctypes.cast(getattr(pdfium_c, name), ctypes.c_void_p).value or 0 for name in _pdf.FUNCTIONS})


def read_chars(text: Handle, frame: Frame, *, level: bool = False) -> Chars | None:
    """The characters of a page without odd ones, each with a box."""
    found = _pdf.read_chars(
        text.value or 0,
        level,
        pdf_chars.KINDS,
        frame.left,
        frame.low,
        frame.right,
        frame.high,
        frame.rotation,
        pdf_chars.SAME_EDGE,
        pdf_chars.TOUCHING,
        pdf_chars.BREAK,
    )
    if found is None:
        return None
    count, memory = found
    numbers = np.frombuffer(memory, np.int64, 3 * count, 4 * 8 * count).reshape(3, count)
    return Chars(
        codes=np.frombuffer(memory, np.uint32, count, 7 * 8 * count),
        sides=np.frombuffer(memory, np.float64, 4 * count).reshape(4, count),
        turns=numbers[0],
        places=numbers[1],
        indexes=numbers[2],
    )
