"""Drawn lines and filled rectangles of a PDF page, and whether it shows pictures."""

from __future__ import annotations

import ctypes
from itertools import chain, pairwise, repeat
from typing import NamedTuple

import msgspec
import numpy as np
import pypdfium2.raw as pdfium_c

from corpus.readers.pdf_bulk import Handle, Slots, calls, fast, places_of, rows_of, some
from corpus.readers.pdf_chars import Floats, Frame
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
_MOVE, _LINE, _CURVE = pdfium_c.FPDF_SEGMENT_MOVETO, pdfium_c.FPDF_SEGMENT_LINETO, pdfium_c.FPDF_SEGMENT_BEZIERTO
_ONE_LINE = [_MOVE, _LINE]
"""The segments of most paths: a line that is no side of anything."""

Point = tuple[float, float]
Ends = tuple[float, float, float, float]
"""Two ends of a line, or two opposite corners of a rectangle."""

_NOTHING: Floats = np.empty((4, 0))


class Drawn(NamedTuple):
    """What a page shows beside text, (n, 4) boxes on the page as shown: its straight lines, from the top down, and its
    filled rectangles that are not white, in the order of painting. ``images``, ``paths`` and ``cut`` as in drawings.
    """

    rulings: Floats
    fills: Floats
    images: int
    paths: int
    cut: bool


class Drawings(NamedTuple):
    """What a page shows beside text, in user space: (4, n) two ends of drawn lines, two corners of filled rectangles.

    ``images`` and ``paths`` count the pictures and the painted paths; ``cut`` says that there were too many to look at.
    """

    segments: Floats
    fills: Floats
    images: int
    paths: int
    cut: bool


def read_drawn(scene: Scene, frame: Frame) -> Drawn:
    """What the objects of a page show on it, as far as :func:`read_drawings` looks at them; each line once."""
    found = read_drawings(scene)
    return Drawn(rulings(found, frame), fills(found, frame), found.images, found.paths, found.cut)


def read_drawings(scene: Scene) -> Drawings:
    """What the objects of a page show; over ``MAX_SEGMENTS`` the rest is not looked at.

    Number by number, for most pages have fewer than a hundred of them: arrays would cost them three times as much.
    """
    images = [thing.kind for thing in scene.pictures.things].count(pdfium_c.FPDF_PAGEOBJ_IMAGE)
    if not scene.paths:
        return Drawings(_NOTHING, _NOTHING, images, 0, False)
    colours = iter(scene.fills.colours.tolist())
    paths: list[_Path] = []
    painted = segments = 0
    counts = calls(_count_segments, [thing.handle for thing in scene.paths])
    for thing, (filled, stroked), count in zip(scene.paths, scene.drawn.tolist(), counts, strict=True):
        coloured = bool(filled) and _is_coloured(*next(colours))
        if filled or stroked:
            painted += 1
            segments += count
            if count > 1 and segments <= MAX_SEGMENTS and (stroked or coloured):
                paths.append(_Path(thing, count, bool(stroked), coloured))
    lines, areas = _traced(paths) if paths else ([], [])
    return Drawings(_columns(lines), _columns(areas), images, painted, segments > MAX_SEGMENTS)


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
    x0, top, x1, bottom = rows_of(sides)
    sides = sides.take(np.lexsort((bottom, x1, x0, top)), axis=1)
    same = np.logical_and.reduce(sides[:, 1:] == sides[:, :-1], axis=0)
    return (sides[:, [True, *(~same).tolist()]] if some(same) else sides).T


def fills(found: Drawings, frame: Frame) -> Floats:
    """The filled rectangles that are not white, (n, 4) boxes within the page as shown, in the order of painting."""
    if not found.fills.shape[1]:
        return _NOTHING.T
    sides = _shown(found.fills, frame).round(2)
    large = sides[2:] > sides[:2]
    return sides.take(places_of(large[0] & large[1]), axis=1).T


def _shown(corners: Floats, frame: Frame) -> Floats:
    """(4, n) boxes within the page as shown."""
    sides = frame.sides(corners)
    if some(sides[:2] < 0) or some(sides[2] > frame.width) or some(sides[3] > frame.height):
        sides = np.minimum(np.maximum(sides, 0), [[frame.width], [frame.height], [frame.width], [frame.height]])
    return sides


class _Path(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A path of so many segments that shows: stroked, or ``coloured`` with what can be told from white paper."""

    thing: Thing
    size: int
    stroked: bool
    coloured: bool


def _columns(ends: list[Ends]) -> Floats:
    return np.array(ends).T if ends else _NOTHING


def _is_coloured(red: int, green: int, blue: int, opacity: int) -> bool:
    """Whether a filling can be told from white paper; patterns and shadings can."""
    return red == NO_COLOUR or 255 - (255 - min(red, green, blue)) * opacity // 255 < WHITE


def _traced(paths: list[_Path]) -> tuple[list[Ends], list[Ends]]:
    """Drawn lines and filled rectangles of these paths."""
    numbers = [path.size for path in paths]
    owning = chain.from_iterable(map(repeat, [path.thing.handle for path in paths], numbers))
    segments = list(calls(_get_segment, owning, chain.from_iterable(map(range, numbers))))
    kinds = list(calls(_segment_kind, segments))
    across, up = _POINTS.ask(_segment_point, segments, count=len(segments)).tolist()
    lines: list[Ends] = []
    areas: list[Ends] = []
    start = 0
    for path, (a, b, c, d, e, f) in zip(paths, matrices([path.thing for path in paths]).tolist(), strict=True):
        end = start + path.size
        if kinds[start:end] == _ONE_LINE and not _segment_closes(segments[start + 1]):
            x0, y0, x1, y1 = across[start], up[start], across[start + 1], up[start + 1]
            lines.append((a * x0 + c * y0 + e, b * x0 + d * y0 + f, a * x1 + c * y1 + e, b * x1 + d * y1 + f))
            start = end
            continue
        places = zip(across[start:end], up[start:end], strict=True)
        points = [(a * x + c * y + e, b * x + d * y + f) for x, y in places]
        subpaths = _subpaths(segments[start:end], kinds[start:end], points)
        squares = _squares(subpaths) if path.coloured else [None] * len(subpaths)
        for subpath, square in zip(subpaths, squares, strict=True):
            _trace(path, subpath, square, lines, areas)
        start = end
    return lines, areas


class _Subpath(NamedTuple):
    """The points of a subpath, what leads to each, and its last segment."""

    points: list[Point]
    kinds: list[int]
    last: Handle


def _subpaths(segments: list[Handle], kinds: list[int], points: list[Point]) -> list[_Subpath]:
    if _MOVE not in kinds[1:]:
        return [_Subpath(points, kinds, segments[-1])]
    firsts = [0, *(at for at, kind in enumerate(kinds) if at and kind == _MOVE)]
    return [
        _Subpath(points[first:end], kinds[first:end], segments[end - 1])
        for first, end in pairwise([*firsts, len(points)])
    ]


def _trace(path: _Path, subpath: _Subpath, square: Ends | None, lines: list[Ends], areas: list[Ends]) -> None:
    """Add what a subpath shows; ``square`` are the corners of a filled rectangle."""
    if path.stroked or square is None:
        points = subpath.points
        lines += [(*points[n - 1], *points[n]) for n in range(1, len(points)) if subpath.kinds[n] == _LINE]
        if _segment_closes(subpath.last):
            lines.append((*points[-1], *points[0]))
    if square is None:
        return
    if abs(square[0] - square[2]) >= THIN and abs(square[1] - square[3]) >= THIN:
        areas.append(square)
    elif not path.stroked:
        lines.append(_middle(square))


def _squares(subpaths: list[_Subpath]) -> list[Ends | None]:
    """For each subpath of a path the corners of a filled rectangle along the page's sides, None where it is none.

    A rectangle and the next one that lie in one another are a frame, and not filled.
    """
    squares = [_square(subpath.points, subpath.kinds) for subpath in subpaths]
    nested = {n for n, (one, other) in enumerate(pairwise(squares)) if one and other and _are_nested(one, other)}
    return [None if n in nested or n - 1 in nested else square for n, square in enumerate(squares)]


def _square(points: list[Point], kinds: list[int]) -> Ends | None:
    """Two opposite corners of a rectangle along the page's sides."""
    if not 4 <= len(points) <= 5 or _CURVE in kinds:
        return None
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), (x4, y4) = [*points, points[0]][:5]
    if not (abs(x4 - x0) < SQUARE and abs(y4 - y0) < SQUARE):
        return None
    across = abs(y1 - y0) < SQUARE and abs(x2 - x1) < SQUARE and abs(y3 - y2) < SQUARE and abs(x0 - x3) < SQUARE
    upwards = abs(x1 - x0) < SQUARE and abs(y2 - y1) < SQUARE and abs(x3 - x2) < SQUARE and abs(y0 - y3) < SQUARE
    return (x0, y0, x2, y2) if across or upwards else None


def _are_nested(one: Ends, other: Ends) -> bool:
    low, high = _low_high(one)
    inner_low, inner_high = _low_high(other)
    inside = all(a >= b for a, b in zip(inner_low, low, strict=True))
    inside = inside and all(a <= b for a, b in zip(inner_high, high, strict=True))
    around = all(a <= b for a, b in zip(inner_low, low, strict=True))
    return inside or (around and all(a >= b for a, b in zip(inner_high, high, strict=True)))


def _low_high(corners: Ends) -> tuple[Point, Point]:
    x0, y0, x1, y1 = corners
    return (min(x0, x1), min(y0, y1)), (max(x0, x1), max(y0, y1))


def _middle(corners: Ends) -> Ends:
    """The line that a thin rectangle is."""
    x0, y0, x1, y1 = corners
    if abs(y1 - y0) <= abs(x1 - x0):
        centre = (y0 + y1) / 2
        return x0, centre, x1, centre
    centre = (x0 + x1) / 2
    return centre, y0, centre, y1
