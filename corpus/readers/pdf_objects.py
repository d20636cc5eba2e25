"""The objects of a PDF page in the order in which they are painted, forms looked into."""

from __future__ import annotations

import ctypes
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium_c

from corpus.readers.pdf_bulk import Handle, Slots, each, fast, handle
from corpus.readers.pdf_chars import Floats

MAX_DEPTH = 8

IDENTITY = np.eye(3)[:, :2].ravel()

_count = fast("FPDFPage_CountObjects", ctypes.c_int)
_get = fast("FPDFPage_GetObject", Handle)
_count_inside = fast("FPDFFormObj_CountObjects", ctypes.c_int)
_get_inside = fast("FPDFFormObj_GetObject", Handle)
_kind = fast("FPDFPageObj_GetType", ctypes.c_int)
_get_matrix = fast("FPDFPageObj_GetMatrix")
_MATRICES = Slots(np.float32, 6, pointers=1)


class Thing(NamedTuple):
    """An object of a page: pdfium's kind of it, and the matrix of the form it lies in (None on the page itself)."""

    handle: Handle
    kind: int
    outer: Floats | None


def read_objects(page: Any) -> list[Thing]:
    """All objects of a pypdfium2 page that are no forms."""
    raw = handle(page.raw)
    return _within(each(_get, raw, _count(raw)), None, 0)


def matrices(things: list[Thing]) -> Floats:
    """(n, 6): a to f of the way from each object's own space to the page's user space."""
    inner: Floats = _MATRICES.ask(_get_matrix, [thing.handle for thing in things], count=len(things)).astype("f8")
    inner[~inner.any(axis=1)] = IDENTITY
    for row, thing in enumerate(things):
        if thing.outer is not None:
            inner[row] = _combined(inner[row], thing.outer)
    return inner


def _within(handles: list[Handle], outer: Floats | None, depth: int) -> list[Thing]:
    kinds = list(map(_kind, handles))
    if pdfium_c.FPDF_PAGEOBJ_FORM not in kinds:
        return list(map(Thing, handles, kinds, repeat(outer)))
    things: list[Thing] = []
    for found, kind in zip(handles, kinds, strict=True):
        if kind != pdfium_c.FPDF_PAGEOBJ_FORM:
            things.append(Thing(found, kind, outer))
        elif depth < MAX_DEPTH:
            (matrix,) = matrices([Thing(found, kind, outer)])
            things += _within(each(_get_inside, found, _count_inside(found)), matrix, depth + 1)
    return things


def _combined(inner: Floats, outer: Floats) -> Floats:
    """First ``inner``, then ``outer``."""
    combined: Floats = inner.reshape(3, 2) @ outer[:4].reshape(2, 2)
    combined[2] += outer[4:]
    return combined.ravel()
