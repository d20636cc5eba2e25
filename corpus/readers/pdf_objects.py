"""The objects of a PDF page in the order in which they are painted, forms looked into."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

import msgspec
import numpy as np
import pypdfium2.raw as pdfium_c

from corpus.readers.pdf_bulk import Handle, Slots, calls, each, fast, some
from corpus.readers.pdf_chars import Floats

MAX_DEPTH = 8
_USUAL_MODES = frozenset([-1, 0])
"""The rendering modes of what is no text, and of text that is filled."""

IDENTITY = np.eye(3)[:, :2].ravel()

_count = fast("FPDFPage_CountObjects", ctypes.c_int)
_get = fast("FPDFPage_GetObject", Handle)
_count_inside = fast("FPDFFormObj_CountObjects", ctypes.c_int)
_get_inside = fast("FPDFFormObj_GetObject", Handle)
_TEXT, _FORM = pdfium_c.FPDF_PAGEOBJ_TEXT, pdfium_c.FPDF_PAGEOBJ_FORM
_render_mode = fast("FPDFTextObj_GetTextRenderMode", ctypes.c_int)
_kind = fast("FPDFPageObj_GetType", ctypes.c_int)
_get_matrix = fast("FPDFPageObj_GetMatrix")
_MATRICES = Slots(np.float32, 6, pointers=1)


class Thing(msgspec.Struct, frozen=True, eq=False, gc=False):
    """An object of a page: pdfium's kind of it, and the matrix of the form it lies in (None on the page itself).

    ``mode`` is the rendering mode of a text (PDF 1.7, table 106).
    """

    handle: Handle
    kind: int
    mode: int
    outer: Floats | None


class Objects(NamedTuple):
    """The objects of a page that are no forms, and their kinds.

    ``forms``: there are forms, in which some of them may lie; ``plain``: all texts are filled, as most are.
    """

    things: list[Thing]
    kinds: list[int]
    forms: bool
    plain: bool


def read_objects(page: Handle) -> Objects:
    """All objects of a page."""
    handles = each(_get, page, _count(page))
    kinds, modes = _kinds(handles)
    things = _within(handles, kinds, modes, None, 0)
    if _FORM not in kinds:
        return Objects(things, kinds, False, _USUAL_MODES.issuperset(modes))
    return Objects(things, [thing.kind for thing in things], True, all(thing.mode <= 0 for thing in things))


def is_bare(page: Handle) -> bool:
    """Whether nothing at all is painted on a page."""
    return bool(_count(page) <= 0)


def are_level(texts: Sequence[Handle]) -> bool:
    """Whether these texts, which lie in no form, run from left to right in user space."""
    found = _MATRICES.written(_get_matrix, texts, count=len(texts))
    return not (np.count_nonzero(found[:, 1:3]) or some(found[:, 0] <= 0))


def matrices(things: list[Thing]) -> Floats:
    """(n, 6): a to f of the way from each object's own space to the page's user space."""
    found: Floats = _MATRICES.ask(_get_matrix, [thing.handle for thing in things], count=len(things)).T
    if some(found[:, 0] == 0):
        found[~found.any(axis=1)] = IDENTITY
    for row, thing in enumerate(things):
        if thing.outer is not None:
            found[row] = _combined(found[row], thing.outer)
    return found


def _kinds(handles: list[Handle]) -> tuple[list[int], list[int]]:
    """Kind and rendering mode of each object; what has no mode is asked what it is."""
    modes = list(calls(_render_mode, handles))
    if min(modes, default=0) >= 0:
        return [_TEXT] * len(modes), modes
    return [_kind(found) if mode < 0 else _TEXT for found, mode in zip(handles, modes, strict=True)], modes


def _within(handles: list[Handle], kinds: list[int], modes: list[int], outer: Floats | None, depth: int) -> list[Thing]:
    found = map(Thing, handles, kinds, modes, repeat(outer))
    if _FORM not in kinds:
        return list(found)
    things: list[Thing] = []
    for thing in found:
        if thing.kind != _FORM:
            things.append(thing)
        elif depth < MAX_DEPTH:
            inner = each(_get_inside, thing.handle, _count_inside(thing.handle))
            (matrix,) = matrices([thing])
            things += _within(inner, *_kinds(inner), matrix, depth + 1)
    return things


def _combined(inner: Floats, outer: Floats) -> Floats:
    """First ``inner``, then ``outer``."""
    combined: Floats = inner.reshape(3, 2) @ outer[:4].reshape(2, 2)
    combined[2] += outer[4:]
    return combined.ravel()
