"""Drawn lines and filled rectangles of a PDF page, and whether it shows pictures."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

from corpus.readers.pdf_bulk import Handle, Slots, each, fast, places_of
from corpus.readers.pdf_chars import Bools, Floats, Frame, Ints
from corpus.readers.pdf_objects import Thing, matrices
from corpus.readers.pdf_scene import NO_COLOUR, Scene

MAX_SEGMENTS = 50_000
STRAIGHT = 1.0
"""A line is horizontal or vertical when its other extent is under this many points."""
SHORTEST = 1.0
THIN = 2.0
"""A filled rectangle is a drawn line when it is thinner than this many points: so Office programs draw borders."""
SQUARE = 0.5
"""The sides of a rectangle run along the page within this many points."""
WHITE = 253
"""A colour is white from here on, of 255: the palest shade of the usual palettes is 249."""

_count_segments = fast("FPDFPath_CountSegments", ctypes.c_int)
_get_segment = fast("FPDFPath_GetPathSegment", Handle)
_segment_kind = fast("FPDFPathSegment_GetType", ctypes.c_int)
_segment_point = fast("FPDFPathSegment_GetPoint")
_segment_closes = fast("FPDFPathSegment_GetClose", ctypes.c_int)

_POINTS = Slots(np.float32, 2, pointers=2)

Places = npt.NDArray[np.intp]


class Drawings(NamedTuple):
    """What a page shows beside text, in user space: (n, 4) two ends of drawn lines, two corners of filled rectangles.

    ``images`` and ``paths`` count the pictures and the painted paths; ``cut`` says that there were too many to look at.
    """

    segments: Floats
    fills: Floats
    images: int
    paths: int
    cut: bool


def read_drawings(scene: Scene) -> Drawings:
    """What the objects of a page show; over ``MAX_SEGMENTS`` the rest is not looked at."""
    images = sum(thing.kind == pdfium_c.FPDF_PAGEOBJ_IMAGE for thing in scene.pictures.things)
    things, modes = scene.paths, scene.drawn != 0
    if not things:
        return Drawings(np.empty((0, 4)), np.empty((0, 4)), images, 0, False)
    painted = modes.any(axis=1)
    coloured = modes[:, 0].copy()
    coloured[coloured] = _coloured(scene.fills.colours)
    counts = np.array(list(map(_count_segments, [thing.handle for thing in things]))) * painted
    looked = painted & (np.cumsum(counts) <= MAX_SEGMENTS)
    chosen = places_of(looked & (counts > 1)).tolist()
    segments, fills = _traced([things[i] for i in chosen], modes[chosen], coloured[chosen], counts[chosen])
    return Drawings(segments, fills, images, int(painted.sum()), bool((painted & ~looked).any()))


def rulings(found: Drawings, frame: Frame) -> Floats:
    """The straight lines, (n, 4) boxes on the page as shown, from the top down; each place once."""
    boxes = _shown(found.segments, frame)
    if not len(boxes):
        return boxes
    across, down = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    straight = (np.minimum(across, down) <= STRAIGHT) & (np.maximum(across, down) >= SHORTEST)
    boxes = boxes[straight].round(2)
    boxes = boxes[np.lexsort((boxes[:, 3], boxes[:, 2], boxes[:, 0], boxes[:, 1]))]
    return boxes[np.concatenate([[True], (boxes[1:] != boxes[:-1]).any(axis=1)])] if len(boxes) else boxes


def fills(found: Drawings, frame: Frame) -> Floats:
    """The filled rectangles that are not white, (n, 4) boxes within the page as shown, in the order of painting."""
    boxes = _shown(found.fills, frame).round(2)
    return boxes[(boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1])]


def _shown(corners: Floats, frame: Frame) -> Floats:
    if not len(corners):
        return corners
    boxes = frame.boxes(corners)
    np.maximum(boxes, 0, out=boxes)
    for column, side in enumerate((frame.width, frame.height) * 2):
        np.minimum(boxes[:, column], side, out=boxes[:, column])
    return boxes


class _Strokes(NamedTuple):
    """The points of all paths: what leads to each, the path it is on, and where each subpath begins and ends."""

    points: Floats
    kinds: npt.NDArray[np.int64]
    owners: Places
    firsts: Places
    lasts: Places
    closes: Bools


def _traced(things: list[Thing], modes: Bools, coloured: Bools, counts: Places) -> tuple[Floats, Floats]:
    """Drawn lines and filled rectangles of these paths; ``modes`` (n, 2) says which are filled and which stroked.

    ``coloured`` are the fillings that can be told from white paper.
    """
    if not things:
        return np.empty((0, 4)), np.empty((0, 4))
    strokes = _strokes(things, counts)
    stroked = modes[strokes.owners, 1]
    if not coloured.any():
        return _sides(strokes, stroked), np.empty((0, 4))
    filled = coloured[strokes.owners]
    corners, square = _rectangles(strokes)
    painted = square & filled[strokes.firsts]
    thin = painted & (np.abs(corners[:, :2] - corners[:, 2:]).min(axis=1) < THIN)
    outlined = stroked | (filled & ~square[_subpaths(strokes)])
    lines = [_sides(strokes, outlined), _middles(corners[thin & ~stroked[strokes.firsts]])]
    return np.concatenate(lines), corners[painted & ~thin]


def _strokes(things: list[Thing], counts: Places) -> _Strokes:
    segments: list[Handle] = []
    for thing, count in zip(things, counts.tolist(), strict=True):
        segments += each(_get_segment, thing.handle, count)
    kinds = np.array(list(map(_segment_kind, segments)))
    owners = np.repeat(np.arange(len(things)), counts)
    kinds[np.cumsum(counts) - counts] = pdfium_c.FPDF_SEGMENT_MOVETO
    firsts = places_of(kinds == pdfium_c.FPDF_SEGMENT_MOVETO)
    lasts = np.concatenate([firsts[1:], [len(kinds)]]) - 1
    closes = np.array([_segment_closes(segments[i]) for i in lasts.tolist()], dtype=np.bool_)
    x, y = _POINTS.ask(_segment_point, segments, count=len(segments)).T.astype(np.float64)
    a, b, c, d, e, f = matrices(things)[owners].T
    points = np.empty((len(segments), 2))
    points[:, 0], points[:, 1] = a * x + c * y + e, b * x + d * y + f
    return _Strokes(points, kinds, owners, firsts, lasts, closes)


def _subpaths(strokes: _Strokes) -> Places:
    return np.repeat(np.arange(len(strokes.firsts)), strokes.lasts - strokes.firsts + 1)


def _coloured(colours: Ints) -> Bools:
    """Which fillings can be told from white paper; patterns and shadings can."""
    shade = 255 - (255 - colours[:, :3].min(axis=1)) * colours[:, 3] // 255
    return np.asarray((shade < WHITE) | (colours[:, 0] == NO_COLOUR), dtype=np.bool_)


def _rectangles(strokes: _Strokes) -> tuple[Floats, Bools]:
    """(n, 4) two opposite corners of each subpath, and whether it is a rectangle along the page's sides."""
    points, firsts = strokes.points, strokes.firsts
    last = len(points) - 1
    p, q, r, s, home = (points[np.minimum(firsts + i, last)] for i in range(5))
    size = strokes.lasts - firsts + 1
    lines = np.logical_and.reduceat(strokes.kinds != pdfium_c.FPDF_SEGMENT_BEZIERTO, firsts)
    four = lines & ((size == 4) | ((size == 5) & (np.abs(home - p) < SQUARE).all(axis=1)))
    first, second = np.abs(q - p) < SQUARE, np.abs(r - q) < SQUARE
    third, fourth = np.abs(s - r) < SQUARE, np.abs(p - s) < SQUARE
    across = first[:, 1] & second[:, 0] & third[:, 1] & fourth[:, 0]
    upwards = first[:, 0] & second[:, 1] & third[:, 0] & fourth[:, 1]
    corners = np.concatenate([p, r], axis=1)
    square = four & (across | upwards)
    return corners, square & ~_hollow(corners, strokes.owners[firsts], square)


def _hollow(corners: Floats, owners: Places, square: Bools) -> Bools:
    """Whether a rectangle and the next one of the same path lie in one another: they are a frame, and not filled."""
    low, high = np.minimum(corners[:, :2], corners[:, 2:]), np.maximum(corners[:, :2], corners[:, 2:])
    inside = (low[1:] >= low[:-1]).all(axis=1) & (high[1:] <= high[:-1]).all(axis=1)
    around = (low[1:] <= low[:-1]).all(axis=1) & (high[1:] >= high[:-1]).all(axis=1)
    pair = (inside | around) & (owners[1:] == owners[:-1]) & square[1:] & square[:-1]
    hollow: Bools = np.concatenate([pair, [False]]) | np.concatenate([[False], pair])
    return hollow


def _sides(strokes: _Strokes, outlined: Bools) -> Floats:
    """(n, 4) two ends of each straight side, the closing ones included."""
    ends = places_of((strokes.kinds == pdfium_c.FPDF_SEGMENT_LINETO) & outlined)
    closing = strokes.closes & outlined[strokes.firsts]
    starts = np.concatenate([ends - 1, strokes.lasts[closing]])
    ends = np.concatenate([ends, strokes.firsts[closing]])
    return np.concatenate([strokes.points[starts], strokes.points[ends]], axis=1)


def _middles(corners: Floats) -> Floats:
    """The lines that thin rectangles are."""
    middles = corners.copy()
    flat = np.abs(corners[:, 3] - corners[:, 1]) <= np.abs(corners[:, 2] - corners[:, 0])
    rows, columns = np.arange(len(corners)), flat.astype(np.intp)
    centre = (corners[rows, columns] + corners[rows, columns + 2]) / 2
    middles[rows, columns] = middles[rows, columns + 2] = centre
    return middles
