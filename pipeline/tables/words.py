"""The lines of a page as segments: stretches of a line that belong to one cell, made where they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate, pairwise
from typing import overload

import msgspec
import numpy as np

from corpus.model import Box
from corpus.reading import Page, Word
from pipeline.tables.cells import Kind, read_cell
from pipeline.tables.grid import TextLine
from pipeline.tables.headings import (
    LEVEL_ENDS,
    bracketed_years,
    counted_years,
    is_total_heading,
    is_year_heading,
    leveled_years,
)
from pipeline.tables.leaders import LEADING, are_leaders, may_lead, without_leaders
from pipeline.tables.segments import DIGIT, Floats, Strips, page_strips
from pipeline.tables.yearwords import may_be_years, year_groups

LETTER, NO_FIGURE = r"[^\W\d_]", r"[^\d¼½¾⁰¹²³⁴⁵⁶⁷⁸⁹]"
_WORDS = re.compile(rf"{LETTER}{{3}}{NO_FIGURE}*")
"""What is plainly no figure; most segments are."""
_DIGIT = re.compile(r"\d")
FEWEST_SPACED, FEWEST_JUSTIFIED, SAME_GAP = 3, 5, 0.3
"""So many stretches and words at least has a line with widened blanks; these differ by less than so many points."""
_REACH = ((1, np.minimum), (2, np.maximum), (3, np.maximum))
"""How the words of a segment make the sides of its box, apart from the left one."""
NEAR_DOTS = 1.5
"""Letters of usual width."""
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

    @property
    def words(self) -> tuple[Word, ...]:
        if not self._words and self._printed is not None:
            self._words = tuple(self._printed.words(self._first, self._first + self.count))
        return self._words

    @property
    def boxes(self) -> list[list[float]]:
        """The box of each word."""
        if self._printed is not None:
            sides: list[list[float]] = self._printed.sides[self._first : self._first + self.count].tolist()
            return sides
        return [[word.x0, word.top, word.x1, word.bottom] for word in self._words]

    @property
    def place(self) -> tuple[int, int]:
        """Where in the text the first word begins and the last one ends."""
        if self._printed is not None:
            return self._printed.starts[self._first], self._printed.ends[self._first + self.count - 1]
        return self._words[0].start, self._words[-1].end

    def count_year(self) -> None:
        """Take it for a figure though it reads like a year."""
        self.is_year, self.is_value = False, self.kind is not Kind.TEXT

    @property
    def is_heading(self) -> bool:
        return self.is_year or _is_total(self.text)

    @property
    def is_stacked(self) -> bool:
        """Whether the words are those of a heading of several lines, so that no gap parts them."""
        return any(lower[1] > (upper[1] + upper[3]) / 2 for upper, lower in pairwise(self.boxes))

    def piece(self) -> TextLine:
        piece = self._piece
        if piece is None:
            text, printed, first = self.text, self._printed, self._first
            place = self.place if printed is None else (printed.starts[first], printed.ends[first + self.count - 1])
            spans = (place,) if place[1] - place[0] == len(text) else _spans(self.words)
            piece = self._piece = TextLine(text, spans, self.page, self.box)
        return piece


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
        years = values = 0
        for segment in segments:
            if segment.is_value:
                values += 1
            elif segment.is_year:
                years += 1
        self.years, self.values = years, values

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = " ".join([segment.text for segment in self.segments])
        return self._text

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
    """The words of a page one by one, and the numbers where its segments and its lines begin.

    ``starts``, ``ends`` and ``sides`` are the places and the boxes of the words. ``boxes``: those of the segments;
    ``lengths``: how long the text of each segment is with a blank between its words; ``kinds``: what its characters
    are; ``heights``: of the words of each line, the median.
    """

    page: int
    starts: list[int]
    ends: list[int]
    sides: Floats
    firsts: list[int]
    lines: list[int]
    boxes: list[Box]
    lengths: list[int]
    kinds: list[int]
    heights: list[float]

    @classmethod
    def of(cls, strips: Strips, page: int) -> Printed:
        starts, ends = strips.spans.T.tolist()
        begins = strips.firsts[:-1]
        lengths = (np.add.reduceat(strips.spans[:, 1] - strips.spans[:, 0] + 1, begins) - 1).tolist()
        sides = [reach.reduceat(strips.boxes[:, side], begins).tolist() for side, reach in _REACH]
        boxes = list(zip(strips.boxes[begins, 0].tolist(), *sides, strict=True))
        firsts, lines = strips.firsts.tolist(), strips.lines.tolist()
        kinds, heights = strips.kinds.tolist(), strips.heights.tolist()
        return cls(page, starts, ends, strips.boxes, firsts, lines, boxes, lengths, kinds, heights)

    def words(self, first: int, stop: int) -> list[Word]:
        """The words from number ``first`` to before ``stop``."""
        starts, ends = self.starts[first:stop], self.ends[first:stop]
        sides = self.sides[first:stop].tolist()
        return [_word((start, end, *box, 0, 0)) for start, end, box in zip(starts, ends, sides, strict=True)]


class PageLines(Sequence[PageLine]):
    """The upright lines of a page in the reader's order; each is made when it is first asked for.

    ``printed`` and ``made`` are given where the page is cut already: lines that are None are made here.
    """

    def __init__(
        self,
        page: Page,
        text: str,
        strips: Strips | None,
        printed: Printed | None = None,
        made: list[PageLine | None] | None = None,
    ) -> None:
        self.strips = strips
        self._text, self._page, self._known = text, page.number, printed
        self._made = made or [None] * (len(strips.lines) - 1 if strips is not None else 0)
        self.is_made = made is not None

    @classmethod
    def of(cls, page: Page, text: str) -> PageLines:
        return cls(page, text, page_strips(page, text))

    def whole(self) -> list[PageLine]:
        """All of them, made."""
        return [made or self[number] for number, made in enumerate(self._made)]

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, index: int) -> PageLine: ...
    @overload
    def __getitem__(self, index: slice) -> list[PageLine]: ...
    def __getitem__(self, index: int | slice) -> PageLine | list[PageLine]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self._made)))]
        made = self._made[index]
        if made is None:
            made = self._made[index] = self._line(index if index >= 0 else index + len(self._made))
        return made

    @property
    def _printed(self) -> Printed:
        if self._known is None:
            assert self.strips is not None
            self._known = Printed.of(self.strips, self._page)
        return self._known

    def _line(self, index: int) -> PageLine:
        printed, whole = self._printed, self._text
        starts, ends, firsts = printed.starts, printed.ends, printed.firsts
        first, last = printed.lines[index], printed.lines[index + 1]
        height: float | None = printed.heights[index]
        segments: list[Segment] = []
        stop = firsts[first]
        for number in range(first, last):
            start, stop = stop, firsts[number + 1]
            end = ends[stop - 1]
            if whole[end - 1] in LEADING and may_lead(whole[starts[stop - 1] : end]):
                height = None
                words = printed.words(start, stop)
                if number in {first, last - 1} or not (are_leaders(words, whole) or _are_near(words, segments)):
                    kept = without_leaders(words, whole, followed=number < last - 1)
                    segments += _years_apart(kept, [whole[w.start : w.end] for w in kept], self._page)
                continue
            count = stop - start
            text = whole[starts[start] : end]
            if count > 1 and (len(text) != printed.lengths[number] or text.count(" ") != count - 1):
                text = " ".join([whole[starts[n] : ends[n]] for n in range(start, stop)])
            box = printed.boxes[number]
            if count > 1 and printed.kinds[number] & DIGIT and may_be_years(text, count):
                texts = [whole[starts[n] : ends[n]] for n in range(start, stop)]
                segments += _years_apart(printed.words(start, stop), texts, self._page, box)
            else:
                x0, _, x1, _ = box
                kind, year, value = read_text(text)
                segments.append(Segment(text, self._page, box, x0, x1, kind, year, value, count, printed, start))
        if len(segments) > 1:
            _tell_leveled(segments)
            _tell_dated(segments)
            _tell_repeated(segments)
            if len(segments) >= FEWEST_SPACED and _is_justified(segments, printed.sides[firsts[first] : stop]):
                words = printed.words(firsts[first], stop)
                segments = [segment_of(tuple(words), " ".join([s.text for s in segments]), self._page)]
        return PageLine(tuple(segments), height)


def _tell_repeated(segments: Sequence[Segment]) -> None:
    """Take what reads like the same year with a sign, in all places, for figures: "2010–", "2010–".

    The year itself may stand over the columns of two that are compared: "Koncern", "Moder".
    """
    years = [segment for segment in segments if segment.is_year and not segment.text.isdigit()]
    if len(years) > 1 and len({segment.text for segment in years}) == 1 and years[0].kind is not Kind.TEXT:
        for segment in years:
            segment.count_year()


def _is_justified(segments: Sequence[Segment], sides: Floats) -> bool:
    """Whether a line is one of running text whose blanks are widened, all by the same: most stretches are small words.

    ``sides`` (n, 4) are those of its words.
    """
    texts = [s for s in segments if s.kind is Kind.TEXT]
    small = sum([s.text[0].islower() for s in texts])
    if 2 * small < len(texts) or 2 * len(texts) <= len(segments) or len(sides) < FEWEST_JUSTIFIED:
        return False
    gaps = sides[1:, 0] - sides[:-1, 2]
    return bool(gaps.max() - gaps.min() < SAME_GAP)


def _tell_leveled(segments: Sequence[Segment]) -> None:
    """Take headings that say each year's price level for years."""
    ends = 0
    for segment in segments:
        ends += segment.text[-1] in LEVEL_ENDS
    if ends > 1 and (leveled := leveled_years([segment.text for segment in segments])):
        for segment in segments:
            segment.is_year |= segment.text in leveled


def _tell_dated(segments: Sequence[Segment]) -> None:
    """Take years in brackets behind others for years, and numbered estimates: "2029", "(2030)"; "B 2029", "BO 1"."""
    texts = [segment.text for segment in segments]
    dated: set[str] = set()
    if any(text[-1] == ")" for text in texts):
        dated |= bracketed_years(texts).keys()
    if any(segment.is_year for segment in segments):
        dated |= counted_years(texts)
    for segment in segments:
        if segment.text in dated:
            segment.is_year, segment.is_value = True, False


def _are_near(words: Sequence[Word], segments: Sequence[Segment]) -> bool:
    """Whether two or three dots stand as near behind a label as a word: the last of a row of dots had no more room."""
    dots, label = words[0], segments[-1] if segments else None
    if label is None or len(words) > 1 or dots.end - dots.start < 2 or label.kind is not Kind.TEXT:
        return False
    return dots.x0 - label.x1 < NEAR_DOTS * (label.x1 - label.x0) / len(label.text)


def _years_apart(words: list[Word], texts: list[str], page: int, box: Box | None = None) -> Iterable[Segment]:
    """One segment, or one for each year where the words are nothing but year headings a blank apart."""
    text = " ".join(texts)
    if len(words) > 1 and may_be_years(text, len(words)):
        wide = tuple([after.start - before.end > 1 for before, after in pairwise(words)])
        groups = year_groups(tuple(texts), wide)
        edges = pairwise(accumulate(groups, initial=0))
        if groups:
            return [segment_of(tuple(words[a:b]), " ".join(texts[a:b]), page) for a, b in edges]
    return (segment_of(tuple(words), text, page, box),)
