"""The lines of a page as segments: stretches of a line that belong to one cell, made where they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import overload

from corpus.model import Box
from corpus.reading import Page, Word
from pipeline.tables.cells import Kind, read_cell
from pipeline.tables.grid import TextLine
from pipeline.tables.headings import is_total_heading, is_year_heading, split_headings
from pipeline.tables.segments import Strips, page_strips

_WORDS = re.compile(r"[^\W\d_]{3}[^\d¼½¾⁰¹²³⁴⁵⁶⁷⁸⁹]*")
"""What is plainly no figure; most segments are."""
_DIGIT = re.compile(r"\d")
_TWO_DIGITS = re.compile(r"\d\d")
LEADING = ".…_"
"""What leads the eye from a label to the next cell."""
MOST_WORDS = 4
"""The heading of a year has no more words."""
_kind = lru_cache(4096)(lambda text: read_cell(text).kind)
_is_year = lru_cache(4096)(is_year_heading)


class Segment:
    """Words of one line that stand close together, with the box around them; ``text`` is as printed."""

    __slots__ = ("_kind", "_piece", "_value", "_year", "box", "page", "text", "words", "x0", "x1")

    def __init__(self, words: tuple[Word, ...], text: str, page: int) -> None:
        self.words, self.text, self.page = words, text, page
        _, _, left, top, right, bottom, *_ = words[0]
        for word in words[1:]:
            top, right, bottom = min(top, word.top), max(right, word.x1), max(bottom, word.bottom)
        self.box: Box = (left, top, right, bottom)
        self.x0, self.x1 = left, right
        self._kind: Kind | None = None
        self._year: bool | None = None
        self._value: bool | None = None
        self._piece: TextLine | None = None

    @property
    def kind(self) -> Kind:
        if self._kind is None:
            self._kind = Kind.TEXT if _WORDS.fullmatch(self.text) else _kind(self.text)
        return self._kind

    @property
    def is_year(self) -> bool:
        if self._year is None:
            self._year = _DIGIT.search(self.text) is not None and _is_year(self.text)
        return self._year

    @property
    def is_value(self) -> bool:
        """A figure or a lone dash, but no year."""
        if self._value is None:
            self._value = self.kind is not Kind.TEXT and not self.is_year
        return self._value

    def count_year(self) -> None:
        """Take it for a figure though it reads like a year."""
        self._year, self._value = False, self.kind is not Kind.TEXT

    @property
    def is_heading(self) -> bool:
        return self.is_year or is_total_heading(self.text)

    def piece(self) -> TextLine:
        if self._piece is None:
            self._piece = TextLine(self.text, _spans(self.words), self.page, self.box)
        return self._piece


def _spans(words: Sequence[Word]) -> tuple[tuple[int, int], ...]:
    """The stretches of the text in which the words stand one after the other."""
    if words[-1].end - words[0].start == sum(word.end - word.start + 1 for word in words) - 1:
        return ((words[0].start, words[-1].end),)
    spans: list[tuple[int, int]] = []
    for word in words:
        if spans and word.start == spans[-1][1] + 1:
            spans[-1] = spans[-1][0], word.end
        else:
            spans.append((word.start, word.end))
    return tuple(spans)


class PageLine:
    """A printed line of a page, with the box around it."""

    def __init__(self, segments: tuple[Segment, ...]) -> None:
        self.segments = segments
        left, top, right, bottom = segments[0].box
        for segment in segments[1:]:
            _, upper, end, lower = segment.box
            top, right, bottom = min(top, upper), max(right, end), max(bottom, lower)
        self.box: Box = (left, top, right, bottom)
        self.centre = (top + bottom) / 2

    @cached_property
    def height(self) -> float:
        heights = sorted([word.bottom - word.top for segment in self.segments for word in segment.words])
        middle = len(heights) // 2
        return heights[middle] if len(heights) % 2 else (heights[middle - 1] + heights[middle]) / 2

    @cached_property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)

    @cached_property
    def years(self) -> int:
        return sum([segment.is_year for segment in self.segments])

    @cached_property
    def values(self) -> int:
        return sum([segment.is_value for segment in self.segments])

    def count_years(self) -> None:
        """Take its years for figures: they are those of a row whose table is headed by other years."""
        for segment in self.segments:
            segment.count_year()
        self.__dict__.pop("years", None)
        self.__dict__.pop("values", None)

    def piece(self) -> TextLine:
        words = [word for segment in self.segments for word in segment.words]
        return TextLine(self.text, _spans(words), self.segments[0].page, self.box)


class PageLines(Sequence[PageLine]):
    """The upright lines of a page in the reader's order; each is made when it is first asked for."""

    def __init__(self, page: Page, text: str) -> None:
        self.strips: Strips | None = page_strips(page, text)
        self._text, self._page = text, page.number
        self._made: dict[int, PageLine] = {}

    def __len__(self) -> int:
        return len(self.strips.lines) - 1 if self.strips is not None else 0

    @overload
    def __getitem__(self, index: int) -> PageLine: ...
    @overload
    def __getitem__(self, index: slice) -> list[PageLine]: ...
    def __getitem__(self, index: int | slice) -> PageLine | list[PageLine]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        if index not in self._made:
            self._made[index] = PageLine(tuple(self._segments(index)))
        return self._made[index]

    @cached_property
    def _words(self) -> list[Word]:
        assert self.strips is not None
        pairs = zip(self.strips.spans.tolist(), self.strips.boxes.tolist(), strict=True)
        return [Word(start, end, *box) for (start, end), box in pairs]

    def _segments(self, index: int) -> Iterable[Segment]:
        assert self.strips is not None
        first, last = self.strips.lines[index : index + 2].tolist()
        edges = self.strips.firsts[first : last + 1].tolist()
        for place, (start, end) in enumerate(pairwise(edges)):
            if place == 1 and end < edges[-1] and _are_leaders(self._words[start:end], self._text):
                continue
            yield from _years_apart(_without_leaders(self._words[start:end], self._text), self._text, self._page)


def _without_leaders(words: list[Word], text: str) -> list[Word]:
    """The words without the dots at their end, which only lead the eye to the next cell."""
    if text[words[-1].end - 1] not in LEADING:
        return words
    whole = len(words)
    while len(words) > 1 and _is_leader(words, text):
        words = words[:-1]
    if 1 < len(words) < whole and not text[words[-1].start : words[-1].end].strip(LEADING):
        words = words[:-1]
    last = text[words[-1].start : words[-1].end]
    dots = len(last) - len(last.rstrip(LEADING))
    if 4 <= dots < len(last):
        words = [*words[:-1], words[-1]._replace(end=words[-1].end - dots)]
    return words


def _are_leaders(words: Sequence[Word], text: str) -> bool:
    """Whether words are nothing but dots with blanks between them, between a label and its figures."""
    return len(words) >= 3 and all(text[word.start : word.end] == "." for word in words)


def _is_leader(words: Sequence[Word], text: str) -> bool:
    last = text[words[-1].start : words[-1].end]
    if last.strip(LEADING):
        return False
    return len(last) >= 4 or not text[words[-2].start : words[-2].end].strip(LEADING)


def _years_apart(words: Sequence[Word], text: str, page: int) -> Iterable[Segment]:
    """One segment, or one for each year where the words are nothing but year headings a blank apart."""
    whole = _segment(words, text, page)
    if len(words) == 1 or len(words) > MOST_WORDS * len(_TWO_DIGITS.findall(whole.text)):
        yield whole
        return
    groups = split_headings([(w.start, w.end, text[w.start : w.end]) for w in words])
    texts = [" ".join(token[2] for token in group) for group in groups or []]
    if groups is None or not all(is_year_heading(t) or is_total_heading(t) for t in texts):
        yield whole
        return
    position = 0
    for group in groups:
        yield _segment(words[position : position + len(group)], text, page)
        position += len(group)


def _segment(words: Sequence[Word], text: str, page: int) -> Segment:
    if len(words) == 1:
        return Segment(tuple(words), text[words[0].start : words[0].end], page)
    return Segment(tuple(words), " ".join([text[w.start : w.end] for w in words]), page)
