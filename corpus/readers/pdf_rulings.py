"""Drawn lines and filled rectangles of a PDF page, and whether it shows pictures."""

from __future__ import annotations

import ctypes
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

from corpus.readers.pdf_bulk import Handle, Slots, calls, fast, lasts_of, places_of, some
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

_AROUND = np.array([[0], [1], [2], [3], [0], [4]])
"""The way around a rectangle from its first point, and the point that follows, which is the first one again."""
_NOTHING: Floats = np.empty((4, 0))


class Drawings(NamedTuple):
    """What a page shows beside text, in user space: (4, n) two ends of drawn lines, two corners of filled rectangles.

    ``images`` and ``paths`` count the pictures and the painted paths; ``cut`` says that there were too many to look at.
    """

    segments: Floats
    fills: Floats
    images: int
    paths: int
    cut: bool


def read_drawings(scene: Scene) -> Drawings:
    """What the objects of a page show; over ``MAX_SEGMENTS`` the rest is not looked at."""
    images = [thing.kind for thing in scene.pictures.things].count(pdfium_c.FPDF_PAGEOBJ_IMAGE)
    things = scene.paths
    if not things:
        return Drawings(_NOTHING, _NOTHING, images, 0, False)
    filled, stroked = scene.drawn.T != 0
    painted = filled | stroked
    coloured = filled
    if scene.fills.things:
        coloured = filled.copy()
        coloured[filled] = _coloured(scene.fills.colours)
    counts = np.array(list(calls(_count_segments, [thing.handle for thing in things])))
    counts *= painted
    looked = counts.cumsum() <= MAX_SEGMENTS
    cut = not looked[-1] and some(painted & ~looked)
    chosen = places_of(looked & (counts > 1) if cut else counts > 1)
    if not len(chosen):
        segments, areas = _NOTHING, _NOTHING
    else:
        if len(chosen) < len(things):
            things, counts = [things[at] for at in chosen.tolist()], counts[chosen]
            stroked, coloured = stroked[chosen], coloured[chosen]
        segments, areas = _traced(_strokes(things, counts), stroked, coloured)
    return Drawings(segments, areas, images, int(np.count_nonzero(painted)), cut)


def rulings(found: Drawings, frame: Frame) -> Floats:
    """The straight lines, (n, 4) boxes on the page as shown, from the top down; each place once."""
    if not found.segments.shape[1]:
        return _NOTHING.T
    sides = _shown(found.segments, frame)
    across, down = sides[2] - sides[0], sides[3] - sides[1]
    straight = places_of((np.minimum(across, down) <= STRAIGHT) & (np.maximum(across, down) >= SHORTEST))
    if not len(straight):
        return _NOTHING.T
    sides = sides.take(straight, axis=1).round(2)
    x0, top, x1, bottom = sides
    sides = sides.take(np.lexsort((bottom, x1, x0, top)), axis=1)
    same = (sides[:, 1:] == sides[:, :-1]).all(axis=0)
    return (sides[:, [True, *(~same).tolist()]] if some(same) else sides).T


def fills(found: Drawings, frame: Frame) -> Floats:
    """The filled rectangles that are not white, (n, 4) boxes within the page as shown, in the order of painting."""
    if not found.fills.shape[1]:
        return _NOTHING.T
    sides = _shown(found.fills, frame).round(2)
    (broad, high) = sides[2:] > sides[:2]
    return sides.take(places_of(broad & high), axis=1).T


def _shown(corners: Floats, frame: Frame) -> Floats:
    """(4, n) boxes within the page as shown."""
    sides = frame.sides(corners)
    if some(sides[:2] < 0) or some(sides[2] > frame.width) or some(sides[3] > frame.height):
        sides = np.minimum(np.maximum(sides, 0), [[frame.width], [frame.height], [frame.width], [frame.height]])
    return sides


class _Strokes(NamedTuple):
    """The points (2, n) of all paths: what leads to each, its path, and where each subpath begins and ends."""

    points: Floats
    kinds: npt.NDArray[np.int64]
    owners: Places
    firsts: Places
    lasts: Places
    closes: Bools


def _traced(strokes: _Strokes, stroked: Bools, coloured: Bools) -> tuple[Floats, Floats]:
    """Drawn lines and filled rectangles of these paths; ``stroked`` and ``coloured`` hold for each path.

    ``coloured`` are the fillings that can be told from white paper.
    """
    stroked = stroked[strokes.owners]
    if not some(coloured):
        return _sides(strokes, stroked), _NOTHING
    filled = coloured[strokes.owners]
    corners, square = _rectangles(strokes)
    painted = square & filled[strokes.firsts]
    across, up = np.abs(corners[:2] - corners[2:]) < THIN
    thin = painted & (across | up)
    lines = _sides(strokes, stroked | (filled & ~square[_subpaths(strokes)]))
    if some(thin):
        bare = places_of(thin & ~stroked[strokes.firsts])
        lines = np.concatenate([lines, _middles(corners.take(bare, axis=1))], axis=1)
        painted &= ~thin
    return lines, corners.take(places_of(painted), axis=1)


def _strokes(things: list[Thing], counts: Places) -> _Strokes:
    numbers = counts.tolist()
    owning = chain.from_iterable(map(repeat, [thing.handle for thing in things], numbers))
    segments = list(calls(_get_segment, owning, chain.from_iterable(map(range, numbers))))
    kinds = np.array(list(calls(_segment_kind, segments)))
    ends = counts.cumsum()
    kinds[ends - counts] = pdfium_c.FPDF_SEGMENT_MOVETO
    firsts = places_of(kinds == pdfium_c.FPDF_SEGMENT_MOVETO)
    lasts = lasts_of(firsts, len(kinds))
    closes = np.array(list(calls(_segment_closes, [segments[at] for at in lasts.tolist()])), dtype=np.bool_)
    x, y = _POINTS.ask(_segment_point, segments, count=len(segments))
    owners = np.arange(len(things)).repeat(counts)
    placed = matrices(things).T.take(owners, axis=1)
    points = placed[:2] * x + placed[2:4] * y + placed[4:]
    return _Strokes(points, kinds, owners, firsts, lasts, closes)


def _subpaths(strokes: _Strokes) -> Places:
    return np.arange(len(strokes.firsts)).repeat(strokes.lasts - strokes.firsts + 1)


def _coloured(colours: Ints) -> Bools:
    """Which fillings can be told from white paper; patterns and shadings can."""
    shade = 255 - (255 - colours[:, :3].min(axis=1)) * colours[:, 3] // 255
    return np.asarray((shade < WHITE) | (colours[:, 0] == NO_COLOUR), dtype=np.bool_)


def _rectangles(strokes: _Strokes) -> tuple[Floats, Bools]:
    """(4, n) two opposite corners of each subpath, and whether it is a rectangle along the page's sides."""
    firsts = strokes.firsts
    around = np.minimum(firsts + _AROUND, len(strokes.kinds) - 1)
    points = strokes.points.take(around, axis=1)
    x, y = np.abs(points[:, 1:] - points[:, :-1]) < SQUARE
    across = y[0] & x[1] & y[2] & x[3]
    upwards = x[0] & y[1] & x[2] & y[3]
    size = strokes.lasts - firsts + 1
    four = (size == 4) | ((size == 5) & x[4] & y[4])
    curved = strokes.kinds == pdfium_c.FPDF_SEGMENT_BEZIERTO
    if some(curved):
        four &= ~np.logical_or.reduceat(curved, firsts)
    corners = np.concatenate([points[:, 0], points[:, 2]])
    square = four & (across | upwards)
    if strokes.owners[-1] + 1 == len(firsts):
        return corners, square
    return corners, square & ~_hollow(corners, strokes.owners[firsts], square)


def _hollow(corners: Floats, owners: Places, square: Bools) -> Bools:
    """Whether a rectangle and the next one of the same path lie in one another: they are a frame, and not filled."""
    hollow = np.zeros(len(square), dtype=np.bool_)
    pair = (owners[1:] == owners[:-1]) & square[1:] & square[:-1]
    if not some(pair):
        return hollow
    low, high = np.minimum(corners[:2], corners[2:]), np.maximum(corners[:2], corners[2:])
    inside = (low[:, 1:] >= low[:, :-1]).all(axis=0) & (high[:, 1:] <= high[:, :-1]).all(axis=0)
    around = (low[:, 1:] <= low[:, :-1]).all(axis=0) & (high[:, 1:] >= high[:, :-1]).all(axis=0)
    pair &= inside | around
    hollow[1:] = pair
    hollow[:-1] |= pair
    return hollow


def _sides(strokes: _Strokes, outlined: Bools) -> Floats:
    """(4, n) two ends of each straight side, the closing ones included."""
    ends = places_of((strokes.kinds == pdfium_c.FPDF_SEGMENT_LINETO) & outlined)
    closing = strokes.closes & outlined[strokes.firsts]
    starts = ends - 1
    if some(closing):
        starts = np.concatenate([starts, strokes.lasts[closing]])
        ends = np.concatenate([ends, strokes.firsts[closing]])
    return np.concatenate([strokes.points.take(starts, axis=1), strokes.points.take(ends, axis=1)])


def _middles(corners: Floats) -> Floats:
    """The lines that thin rectangles are."""
    middles = corners.copy()
    flat = np.abs(corners[3] - corners[1]) <= np.abs(corners[2] - corners[0])
    rows, columns = flat.astype(np.intp), np.arange(corners.shape[1])
    centre = (corners[rows, columns] + corners[rows + 2, columns]) / 2
    middles[rows, columns] = middles[rows + 2, columns] = centre
    return middles
