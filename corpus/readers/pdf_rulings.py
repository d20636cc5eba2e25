"""Drawn lines and sides of rectangles on a PDF page, and whether it shows pictures."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c

from corpus.readers.pdf_chars import Floats, Frame

MAX_SEGMENTS = 50_000
MAX_DEPTH = 8
STRAIGHT = 1.0
"""A line is horizontal or vertical when its other extent is under this many points."""
SHORTEST = 1.0
BACKGROUND = 0.95

Matrix = tuple[float, float, float, float, float, float]
Segment = tuple[float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class Drawings:
    """What a page shows beside text: segments in user space, the number of images and of painted paths."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.images = 0
        self.paths = 0
        self.cut = False


def read_drawings(page: Any) -> Drawings:
    """Walk the objects of a pypdfium2 page, forms included; over ``MAX_SEGMENTS`` the rest is not looked at."""
    found = Drawings()
    raw = page.raw
    for index in range(pdfium_c.FPDFPage_CountObjects(raw)):
        _visit(pdfium_c.FPDFPage_GetObject(raw, index), IDENTITY, 0, found)
        if found.cut:
            break
    return found


def rulings(found: Drawings, frame: Frame) -> Floats:
    """The straight ones, (n, 4) boxes on the page as shown, from the top down; each place once."""
    if not found.segments:
        return np.empty((0, 4))
    boxes = frame.boxes(np.array(found.segments, dtype=np.float64))
    boxes = np.clip(boxes, 0, [frame.width, frame.height, frame.width, frame.height])
    across, down = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    straight = (np.minimum(across, down) <= STRAIGHT) & (np.maximum(across, down) >= SHORTEST)
    whole: Floats = np.unique(boxes[straight].round(2), axis=0)
    return whole[np.lexsort((whole[:, 0], whole[:, 1]))]


def _visit(thing: Any, outer: Matrix, depth: int, found: Drawings) -> None:
    kind = pdfium_c.FPDFPageObj_GetType(thing)
    if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
        found.images += 1
    elif kind == pdfium_c.FPDF_PAGEOBJ_PATH and _is_painted(thing):
        found.paths += 1
        _trace(thing, _combined(_matrix(thing), outer), found)
    elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
        inner = _combined(_matrix(thing), outer)
        for index in range(pdfium_c.FPDFFormObj_CountObjects(thing)):
            _visit(pdfium_c.FPDFFormObj_GetObject(thing, index), inner, depth + 1, found)
            if found.cut:
                return


def _is_painted(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(fill.value or stroke.value)


def _trace(path: Any, matrix: Matrix, found: Drawings) -> None:
    """Add the straight segments of a path, the closing side included."""
    count = pdfium_c.FPDFPath_CountSegments(path)
    if len(found.segments) + count > MAX_SEGMENTS:
        found.cut = True
        return
    here = home = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        there = _moved(x.value, y.value, matrix)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            home = there
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            found.segments.append((*here, *there))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            found.segments.append((*there, *home))
        here = there


def _matrix(thing: Any) -> Matrix:
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(thing, matrix):
        return IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _combined(inner: Matrix, outer: Matrix) -> Matrix:
    """First ``inner``, then ``outer``."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
