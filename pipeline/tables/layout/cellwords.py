"""The words of a page in the cells of a drawn table."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import cast

import numpy as np
import numpy.typing as npt

from corpus.lazy import lazy
from corpus.model import Box
from pipeline.tables.content.cells import MINUS, Kind, read_cell
from pipeline.tables.content.grid import TextLine, union
from pipeline.tables.content.headings import is_year_heading
from pipeline.tables.layout.pagelines import PageLines
from pipeline.tables.layout.words import PageLine

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_PLAIN = re.compile(rf"[{MINUS}+(]*\d[\d.,]*[{MINUS})%*]*")
_YEAR = re.compile(r"(?:19|20)\d\d\*{0,3}")
_SAME_HEIGHT = 2.0
FEWEST_PARTED, MANY_PARTED = 3, 3
"""So many lines stand apart on both sides of a rule, for each that reaches across it."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page in reading order: ``lines`` and ``segments`` number the line and segment of each."""

    texts: list[str]
    spans: list[tuple[int, int]]
    boxes: list[Box]
    lines: list[int]
    segments: list[int]
    page: int

    @property
    def centres(self) -> Floats:
        """(n, 2): x and y."""
        boxes = np.array(self.boxes, dtype=np.float64).reshape(-1, 2, 2)
        middle: Floats = boxes.mean(axis=1)
        return middle


def words_of(lines: Sequence[PageLine], numbers: Sequence[int], page: int) -> Words:
    """The words of the lines of these numbers, with their places."""
    found = Words([], [], [], [], [], page)
    count = 0
    for number in numbers:
        for segment in lines[number].segments:
            words = segment.words
            found.texts.extend(segment.text.split(" "))
            found.spans.extend([word[:2] for word in words])
            found.boxes.extend([word[2:6] for word in words])
            found.lines.extend([number] * len(words))
            found.segments.extend([count] * len(words))
            count += 1
    return found


def beside(lines: Sequence[PageLine], boxes: Sequence[Box]) -> Sequence[int]:
    """The numbers of the lines at the height of a box. Lines that nobody has asked for are not made for it."""
    if not boxes:
        return range(len(lines))
    if not isinstance(lines, PageLines) or lines.strips is None:
        tall = [(line.box[1], line.box[3]) for line in lines]
        return [n for n, (up, low) in enumerate(tall) if any(up <= box[3] and low >= box[1] for box in boxes)]
    strips = lines.strips
    firsts = strips.firsts[strips.lines[:-1]]
    top = np.minimum.reduceat(strips.boxes[:, 1], firsts)
    bottom = np.maximum.reduceat(strips.boxes[:, 3], firsts)
    within = [(top <= box[3]) & (bottom >= box[1]) for box in boxes]
    numbers: list[int] = np.flatnonzero(np.any(within, axis=0)).tolist()
    return numbers


@dataclass(frozen=True)
class Part:
    """Words of one line in one cell; ``segments`` are the texts that stand apart in it as those of two cells do.

    ``torn``: a figure in it is printed across a rule, so that part of it may be another cell's.
    """

    piece: TextLine
    box: Box
    segments: tuple[str, ...]
    torn: bool = False

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]

    @lazy
    def figures(self) -> int:
        return sum(is_figure(text) for text in self.segments)

    @lazy
    def is_value(self) -> bool:
        """Figures other than a year."""
        if _PLAIN.fullmatch(self.piece.text):
            return _YEAR.fullmatch(self.piece.text) is None
        return self.figures > 0 and not is_year_heading(self.piece.text)


def is_figure(text: str) -> bool:
    """Whether a cell of this text holds one figure."""
    if _PLAIN.fullmatch(text):
        return True
    return any(char.isdigit() for char in text) and read_cell(text).kind is Kind.NUMBER


@dataclass(frozen=True, slots=True)
class Tracks:
    """A drawn table as rows and columns between its rules.

    ``xs`` and ``ys``: the rules, doubled ones once; ``cells``: row, column, row span and column span of each drawn
    cell, and ``owner`` (rows, columns) which of them covers a place, -1 where none does.
    """

    xs: list[float]
    ys: list[float]
    cells: list[tuple[int, int, int, int]]
    owner: Ints


def tracks_of(boxes: Sequence[Box], sliver: float) -> Tracks | None:
    """The rows and columns of a table's cells; None where nothing but slivers, narrower than ``sliver``, is left."""
    xs = _rules({x for box in boxes for x in (box[0], box[2])}, sliver)
    ys = _rules({y for box in boxes for y in (box[1], box[3])}, sliver)
    owner = np.full((len(ys) - 1, len(xs) - 1), -1, dtype=np.intp)
    cells: list[tuple[int, int, int, int]] = []
    for box in sorted(boxes, key=lambda b: (b[0] - b[2]) * (b[3] - b[1])):  # the smallest last: it is on top
        left, right = _track(xs, box[0]), _track(xs, box[2])
        top, bottom = _track(ys, box[1]), _track(ys, box[3])
        if left < right and top < bottom:
            owner[top:bottom, left:right] = len(cells)
            cells.append((top, left, bottom - top, right - left))
    return Tracks(xs, ys, cells, owner) if cells else None


def _rules(places: set[float], sliver: float) -> list[float]:
    """The places, those nearer to the one before than ``sliver`` left out."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > sliver:
            kept.append(place)
    return kept


def _track(rules: Sequence[float], place: float) -> int:
    return bisect_right(rules, place) - 1


Filled = dict[int, list[Part]]


def in_cells(
    words: Words, centres: Floats, tracks: Tracks, free: Bools, torn: Iterable[int] = ()
) -> tuple[Tracks, Filled, Ints]:
    """The cells, what stands in each line by line, and which words do; only ``free`` ones are looked at.

    ``torn``: the numbers of words that are printed across a rule.
    A cell over several columns whose words stand under each other in some of them is as many cells.
    """
    column = np.searchsorted(tracks.xs, centres[:, 0], "right") - 1
    row = np.searchsorted(tracks.ys, centres[:, 1], "right") - 1
    rows, columns = tracks.owner.shape
    inside = np.flatnonzero(free & (column >= 0) & (column < columns) & (row >= 0) & (row < rows))
    owner = tracks.owner[row[inside], column[inside]]
    tracks = _with_undrawn(words, tracks, inside, row[inside], owner)
    tracks, owner = _without_spans(words, tracks, inside, owner)
    filled: Filled = {}
    across = frozenset(torn)
    pairs = zip(owner.tolist(), inside.tolist(), strict=True)
    for (cell, _), run in groupby(pairs, key=lambda pair: (pair[0], words.lines[pair[1]])):
        _put(filled.setdefault(cell, []), _part(words, [number for _, number in run], across))
    return tracks, filled, inside


def _with_undrawn(words: Words, tracks: Tracks, inside: Ints, rows: Ints, owner: Ints) -> Tracks:
    """With a cell where words stand between the rules but no cell is drawn, an open corner; ``owner`` is filled in."""
    cells, places = list(tracks.cells), tracks.owner.copy()
    lost = np.flatnonzero(owner < 0).tolist()
    for (row, _), run in groupby(lost, key=lambda i: (int(rows[i]), words.segments[inside[i]])):
        held = list(run)
        boxes = [words.boxes[inside[i]] for i in held]
        first = max(bisect_right(tracks.xs, (boxes[0][0] + boxes[0][2]) / 2) - 1, 0)
        last = bisect_left(tracks.xs, (boxes[-1][0] + boxes[-1][2]) / 2)
        if places[row, first] < 0:
            free = next((n for n in range(first, last) if places[row, n] >= 0), last)
            places[row, first:free] = len(cells)
            cells.append((row, first, 1, free - first))
        owner[held] = places[row, first]
    return Tracks(tracks.xs, tracks.ys, cells, places)


def _without_spans(words: Words, tracks: Tracks, inside: Ints, owner: Ints) -> tuple[Tracks, Ints]:
    """Cells over several columns cut at the rules that end at them, where words stand apart on both sides."""
    cells, owner = list(tracks.cells), owner.copy()
    for number, (row, column, row_span, column_span) in enumerate(tracks.cells):
        held = np.flatnonzero(owner == number) if column_span > 1 else owner[:0]
        if len(held) < 2:
            continue
        numbers = inside[held].tolist()
        cuts = [column, *_cuts(words, tracks.xs, numbers, column, column + column_span), column + column_span]
        begun = {words.segments[n]: n for n in reversed(numbers)}
        firsts = [words.boxes[begun[words.segments[n]]] for n in numbers]
        middles = [(box[0] + box[2]) / 2 for box in firsts]
        groups = np.searchsorted([tracks.xs[cut] for cut in cuts], middles, "right") - 1
        if groups.min() == groups.max():
            continue
        owner[held] = np.where(groups == 0, number, len(cells) + groups - 1)
        cells[number] = row, column, row_span, cuts[1] - column
        cells += [(row, first, row_span, last - first) for first, last in pairwise(cuts[1:])]
    return Tracks(tracks.xs, tracks.ys, cells, tracks.owner), owner


def _cuts(words: Words, xs: Sequence[float], numbers: Sequence[int], first: int, last: int) -> list[int]:
    """The rules between column ``first`` and ``last`` that no segment reaches across, but for the name of a total
    perhaps where several lines stand apart on both sides."""
    crossed = Counter[int]()
    sides: dict[int, set[int]] = {}
    for _, run in groupby(numbers, key=lambda n: words.segments[n]):
        held = list(run)
        boxes = [words.boxes[n] for n in held]
        begin, end = bisect_right(xs, boxes[0][0] + 1), bisect_left(xs, max(box[2] for box in boxes) - 1)
        crossed.update(range(begin, end))
        sides.setdefault(words.lines[held[0]], set()).add(begin)
    parted = {n: sum(min(begun) <= n < max(begun) for begun in sides.values()) for n in range(first + 1, last)}
    return [n for n, lines in parted.items() if not crossed[n] or lines >= max(FEWEST_PARTED, MANY_PARTED * crossed[n])]


def _put(parts: list[Part], part: Part) -> None:
    """Add a part below the others, or to one at the same height (a figure and a raised mark are two lines)."""
    if not parts or abs(parts[-1].box[1] - part.box[1]) >= _SAME_HEIGHT:
        parts.append(part)
        return
    before = parts[-1]
    box = cast("Box", union([before.box, part.box]))
    piece = TextLine(
        f"{before.piece.text} {part.piece.text}", before.piece.spans + part.piece.spans, before.piece.page, box
    )
    parts[-1] = Part(piece, box, before.segments + part.segments, before.torn or part.torn)


def _part(words: Words, numbers: Sequence[int], torn: frozenset[int]) -> Part:
    first, last = numbers[0], numbers[-1]
    if first == last:
        box, text = words.boxes[first], words.texts[first]
    else:
        lefts, tops, rights, bottoms = zip(*[words.boxes[n] for n in numbers], strict=True)
        box = (lefts[0], min(tops), max(rights), max(bottoms))
        text = " ".join([words.texts[n] for n in numbers])
    piece = TextLine(text, ((words.spans[first][0], words.spans[last][1]),), words.page, box)
    is_torn = not torn.isdisjoint(numbers)
    if words.segments[first] == words.segments[last]:
        return Part(piece, box, (text,), is_torn)
    runs = groupby(numbers, key=lambda n: words.segments[n])
    texts = tuple(" ".join(words.texts[n] for n in run) for _, run in runs)
    return Part(piece, box, texts, is_torn)
