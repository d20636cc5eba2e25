"""The lines of a page as segments: stretches of a line that belong to one cell, made where they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
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


@dataclass(frozen=True)
class Segment:
    """Words of one line that stand close together; ``text`` is printed between ``start`` and ``end``."""

    words: tuple[Word, ...]
    text: str
    page: int

    @cached_property
    def x0(self) -> float:
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @cached_property
    def box(self) -> Box:
        words = self.words
        return (self.x0, min(w.top for w in words), self.x1, max(w.bottom for w in words))

    @cached_property
    def kind(self) -> Kind:
        return Kind.TEXT if _WORDS.fullmatch(self.text) else read_cell(self.text).kind

    @cached_property
    def is_year(self) -> bool:
        return _DIGIT.search(self.text) is not None and is_year_heading(self.text)

    @cached_property
    def is_value(self) -> bool:
        """A figure or a lone dash, but no year."""
        return self.kind is not Kind.TEXT and not self.is_year

    @cached_property
    def is_heading(self) -> bool:
        return self.is_year or is_total_heading(self.text)

    def piece(self) -> TextLine:
        return TextLine(self.text, ((self.words[0].start, self.words[-1].end),), self.page, self.box)


@dataclass(frozen=True)
class PageLine:
    """A printed line of a page."""

    segments: tuple[Segment, ...]

    @cached_property
    def box(self) -> Box:
        boxes = [segment.box for segment in self.segments]
        return boxes[0][0], min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)

    @cached_property
    def height(self) -> float:
        return median(word.bottom - word.top for segment in self.segments for word in segment.words)

    @cached_property
    def centre(self) -> float:
        return (self.box[1] + self.box[3]) / 2

    @cached_property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)

    @cached_property
    def years(self) -> int:
        return sum(segment.is_year for segment in self.segments)

    @cached_property
    def values(self) -> int:
        return sum(segment.is_value for segment in self.segments)

    def piece(self) -> TextLine:
        first, last = self.segments[0], self.segments[-1]
        return TextLine(self.text, ((first.words[0].start, last.words[-1].end),), first.page, self.box)


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
        for start, end in zip(edges, edges[1:], strict=False):
            yield from _years_apart(self._words[start:end], self._text, self._page)


def _years_apart(words: Sequence[Word], text: str, page: int) -> Iterable[Segment]:
    """One segment, or one for each year where the words are nothing but year headings a blank apart."""
    whole = _segment(words, text, page)
    if len(words) == 1 or _DIGIT.search(whole.text) is None:
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
    return Segment(tuple(words), " ".join(text[w.start : w.end] for w in words), page)
