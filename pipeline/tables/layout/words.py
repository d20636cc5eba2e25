"""Segments: stretches of a printed line that belong to one cell; lines of them; the words that they are made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import msgspec
import numpy as np

from corpus.model import Box
from corpus.reading import Word
from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.grid import TextLine
from pipeline.tables.content.headings import is_total_heading, is_year_heading
from pipeline.tables.layout.segments import Floats, Strips

LETTER, NO_FIGURE = r"[^\W\d_]", r"[^\d¼½¾⁰¹²³⁴⁵⁶⁷⁸⁹]"
_WORDS = re.compile(rf"{LETTER}{{3}}{NO_FIGURE}*")
"""What is plainly no figure; most segments are."""
_DIGIT = re.compile(r"\d")
_REACH = ((1, np.minimum), (2, np.maximum), (3, np.maximum))
"""How the words of a segment make the sides of its box, apart from the left one."""
_is_total = lru_cache(4096)(is_total_heading)
_word = partial(tuple.__new__, Word)
"""A word of all its eight values at once, without the call that a constructor in Python takes."""


@lru_cache(4096)
def read_text(text: str) -> tuple[Kind, bool, bool]:
    """What a text is, whether it heads a year, and whether it is a figure or a lone dash, but no year."""
    kind = Kind.TEXT if _WORDS.fullmatch(text) else read_cell(text).kind
    year = _DIGIT.search(text) is not None and is_year_heading(text)
    return kind, year, kind is not Kind.TEXT and not year


class Segment(msgspec.Struct, eq=False, gc=False):
    """Words of one line that stand close together, with the box around them; ``text`` is as printed.

    ``count``: how many words. ``is_value``: a figure or a lone dash, but no year. :func:`segment_of` makes one of
    words; those of a page have their words made of ``_printed``, from number ``_first`` on, when they are asked for.
    """

    text: str
    page: int
    box: Box
    x0: float
    x1: float
    kind: Kind
    is_year: bool
    is_value: bool
    count: int
    _printed: Printed | None = None
    _first: int = 0
    _words: tuple[Word, ...] = ()
    _piece: TextLine | None = None
    _boxes: Sequence[Sequence[float]] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        if not self._words and self._printed is not None:
            self._words = tuple(self._printed.words(self._first, self._first + self.count))
        return self._words

    @property
    def boxes(self) -> Sequence[Sequence[float]]:
        """The box of each word."""
        if self.count == 1:
            return (self.box,)
        if not self._boxes:
            if self._printed is not None:
                self._boxes = self._printed.sides[self._first : self._first + self.count].tolist()
            else:
                self._boxes = [word[2:6] for word in self._words]
        return self._boxes

    @property
    def place(self) -> tuple[int, int]:
        """Where in the text the first word begins and the last one ends."""
        if self._printed is not None:
            return self._printed.starts[self._first], self._printed.ends[self._first + self.count - 1]
        return self._words[0].start, self._words[-1].end

    def count_year(self) -> None:
        """Take it for a figure though it reads like a year."""
        self.is_year, self.is_value = False, self.kind is not Kind.TEXT

    def count_name(self) -> None:
        """Take it for a name though it looks like figures."""
        self.kind, self.is_year, self.is_value = Kind.TEXT, False, False

    @property
    def is_heading(self) -> bool:
        return self.is_year or _is_total(self.text)

    @property
    def is_stacked(self) -> bool:
        """Whether the words are those of a heading of several lines, so that no gap parts them."""
        if self.count == 1:
            return False
        last: Sequence[float] | None = None
        for box in self.boxes:
            if last is not None and box[1] > (last[1] + last[3]) / 2:
                return True
            last = box
        return False

    def piece(self) -> TextLine:
        if self._piece is None:
            printed = self._printed
            if printed is None:
                start, end = self._words[0].start, self._words[-1].end
            else:
                first = self._first
                start, end = printed.starts[first], printed.ends[first + self.count - 1]
            spans = ((start, end),) if end - start == len(self.text) else _spans(self.words)
            self._piece = TextLine(self.text, spans, self.page, self.box)
        return self._piece


def segment_of(words: tuple[Word, ...], text: str, page: int, box: Box | None = None) -> Segment:
    """A segment of these words; ``box`` is the one around them, if it is known."""
    box = box or _around(words)
    return Segment(text, page, box, box[0], box[2], *read_text(text), len(words), _words=words)


def _around(words: Sequence[Word]) -> Box:
    _, _, left, top, right, bottom, *_ = words[0]
    if len(words) == 1:
        return left, top, right, bottom
    for word in words[1:]:
        top, right, bottom = min(top, word.top), max(right, word.x1), max(bottom, word.bottom)
    return left, top, right, bottom


def _spans(words: Sequence[Word]) -> tuple[tuple[int, int], ...]:
    """The stretches of the text in which the words stand one after the other."""
    if words[-1].end - words[0].start == sum([word.end - word.start + 1 for word in words]) - 1:
        return ((words[0].start, words[-1].end),)
    spans: list[tuple[int, int]] = []
    for word in words:
        if spans and word.start == spans[-1][1] + 1:
            spans[-1] = spans[-1][0], word.end
        else:
            spans.append((word.start, word.end))
    return tuple(spans)


class PageLine:
    """A printed line of a page, with the box around it; ``years`` and ``values`` are how many of each it has."""

    __slots__ = ("_text", "box", "centre", "height", "segments", "values", "years")

    def __init__(self, segments: tuple[Segment, ...], height: float | None = None) -> None:
        self.segments = segments
        if len(segments) == 1:
            box: Box = segments[0].box
            self._text: str | None = segments[0].text
        else:
            box, self._text = _whole(segments), None
        self.box = box
        self.centre = (box[1] + box[3]) / 2
        self.height = _middle_height(segments) if height is None else height
        self.recount()

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = " ".join([segment.text for segment in self.segments])
        return self._text

    def recount(self) -> None:
        """Count its years and figures."""
        years = values = 0
        for segment in self.segments:
            if segment.is_value:
                values += 1
            elif segment.is_year:
                years += 1
        self.years, self.values = years, values

    def count_years(self) -> None:
        """Take its years for figures: they are those of a row whose table is headed by other years."""
        for segment in self.segments:
            segment.count_year()
        self.years, self.values = 0, sum(segment.is_value for segment in self.segments)

    def piece(self) -> TextLine:
        if len(self.segments) == 1:
            return self.segments[0].piece()
        start, end = self.segments[0].place[0], self.segments[-1].place[1]
        whole = end - start == len(self.text)
        spans = ((start, end),) if whole else _spans([word for segment in self.segments for word in segment.words])
        return TextLine(self.text, spans, self.segments[0].page, self.box)


def _middle_height(segments: Sequence[Segment]) -> float:
    """The median height of the words."""
    heights: list[float] = []
    for s in segments:
        heights += [s.box[3] - s.box[1]] if s.count == 1 else [bottom - top for _, top, _, bottom in s.boxes]
    heights.sort()
    middle = len(heights) // 2
    return (heights[middle] + heights[middle - 1 + len(heights) % 2]) / 2


def _whole(segments: Sequence[Segment]) -> Box:
    left, top, right, bottom = segments[0].box
    for segment in segments:
        _, upper, end, lower = segment.box
        if upper < top:
            top = upper
        if end > right:
            right = end
        if lower > bottom:
            bottom = lower
    return left, top, right, bottom


@dataclass(slots=True)
class Printed:
    """The words of a page one by one: where in the text they begin and end, and their boxes, ``sides``."""

    page: int
    starts: list[int]
    ends: list[int]
    sides: Floats

    def words(self, first: int, stop: int) -> list[Word]:
        """The words from number ``first`` to before ``stop``."""
        starts, ends = self.starts[first:stop], self.ends[first:stop]
        sides = self.sides[first:stop].tolist()
        return [_word((start, end, *box, 0, 0)) for start, end, box in zip(starts, ends, sides, strict=True)]


@dataclass(slots=True)
class LaidOut(Printed):
    """The words of a page, and what its segments and lines are made of.

    ``firsts`` and ``lines``: the numbers of the words and of the segments where segments and lines begin. ``boxes``:
    those of the segments; ``lengths``: how long the text of each segment is with a blank between its words; ``kinds``:
    what its characters are; ``heights``: of the words of each line, the median.
    """

    firsts: list[int]
    lines: list[int]
    boxes: list[Box]
    lengths: list[int]
    kinds: list[int]
    heights: list[float]

    @classmethod
    def of(cls, strips: Strips, page: int) -> LaidOut:
        starts, ends = strips.spans.T.tolist()
        begins = strips.firsts[:-1]
        lengths = (np.add.reduceat(strips.spans[:, 1] - strips.spans[:, 0] + 1, begins) - 1).tolist()
        sides = [reach.reduceat(strips.boxes[:, side], begins).tolist() for side, reach in _REACH]
        boxes = list(zip(strips.boxes[begins, 0].tolist(), *sides, strict=True))
        firsts, lines = strips.firsts.tolist(), strips.lines.tolist()
        kinds, heights = strips.kinds.tolist(), strips.heights.tolist()
        return cls(page, starts, ends, strips.boxes, firsts, lines, boxes, lengths, kinds, heights)
