"""The words of a page as lines of segments: stretches of a line that belong to one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from corpus.model import Box
from corpus.reading import Page, Ruling, Word
from pipeline.tables.cells import MINUS, Kind, read_cell
from pipeline.tables.grid import TextLine
from pipeline.tables.headings import is_total_heading, is_year_heading, split_headings

# Gaps that part two cells, in shares of the height of a word's box (a box is about 1.17 em high).
WORD_GAP = 0.85
MIXED_GAP = 0.72
NUMBER_GAP = 0.43
GROUP_GAP = 0.34
_FIGURE = re.compile(rf"[{MINUS}+(]*\d[{MINUS}\d.,)%*]*|[{MINUS}+]")
_GROUPS = re.compile(rf"[{MINUS}+(]*\d{{1,3}}|\d{{3}}")
_THREE = re.compile(rf"\d{{3}}(?:,\d+)?[{MINUS})]?")


@dataclass(frozen=True)
class Segment:
    """Words of one line that stand close together; ``text`` is printed between ``start`` and ``end``."""

    words: tuple[Word, ...]
    text: str
    page: int

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @cached_property
    def box(self) -> Box:
        words = self.words
        return (self.x0, min(w.top for w in words), self.x1, max(w.bottom for w in words))

    @cached_property
    def kind(self) -> Kind:
        return read_cell(self.text).kind

    @cached_property
    def is_year(self) -> bool:
        return is_year_heading(self.text)

    @property
    def is_value(self) -> bool:
        """A figure or a lone dash, but no year."""
        return self.kind is not Kind.TEXT and not self.is_year

    @property
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

    @property
    def centre(self) -> float:
        return (self.box[1] + self.box[3]) / 2

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)

    @property
    def years(self) -> int:
        return sum(segment.is_year for segment in self.segments)

    @property
    def values(self) -> int:
        return sum(segment.is_value for segment in self.segments)

    def piece(self) -> TextLine:
        first, last = self.segments[0], self.segments[-1]
        return TextLine(self.text, ((first.words[0].start, last.words[-1].end),), first.page, self.box)


def page_lines(page: Page, text: str) -> list[PageLine]:
    """The lines of a page in the reader's order, cut into segments. Words written upwards are left out."""
    if not page.words:
        return []
    usual = median(word.bottom - word.top for word in page.words)
    walls = [r for r in page.rulings if r.x1 - r.x0 < r.bottom - r.top]
    lines: list[list[Word]] = []
    for word in page.words:
        if word.bottom - word.top > 3 * usual and word.x1 - word.x0 < word.bottom - word.top:
            continue
        if not lines or "\n" in text[lines[-1][-1].end : word.start] or word.start < lines[-1][-1].end:
            lines.append([])
        lines[-1].append(word)
    return [PageLine(tuple(_segments(line, text, walls, page.number))) for line in lines]


def _segments(words: Sequence[Word], text: str, walls: Sequence[Ruling], page: int) -> Iterable[Segment]:
    height = median(word.bottom - word.top for word in words)
    middle = median((word.bottom + word.top) / 2 for word in words)
    near = [r for r in walls if r.top <= middle <= r.bottom]
    current = [words[0]]
    for word in words[1:]:
        last = current[-1]
        wall = any(last.x1 - 1 <= (r.x0 + r.x1) / 2 <= word.x0 + 1 for r in near)
        if wall or word.x0 - last.x1 > _limit(text, current, word) * height:
            yield from _years_apart(current, text, page)
            current = []
        current.append(word)
    yield from _years_apart(current, text, page)


def _limit(text: str, before: Sequence[Word], word: Word) -> float:
    """The gap beyond which ``word`` is in another cell than the one before it."""
    left, right = text[before[-1].start : before[-1].end], text[word.start : word.end]
    figures = bool(_FIGURE.fullmatch(left)) + bool(_FIGURE.fullmatch(right))
    if figures == 2:
        return GROUP_GAP if _GROUPS.fullmatch(left) and _THREE.fullmatch(right) else NUMBER_GAP
    return MIXED_GAP if figures else WORD_GAP


def _years_apart(words: Sequence[Word], text: str, page: int) -> Iterable[Segment]:
    """One segment, or one for each year where the words are nothing but year headings a blank apart."""
    groups = split_headings([(w.start, w.end, text[w.start : w.end]) for w in words]) if len(words) > 1 else None
    texts = [" ".join(token[2] for token in group) for group in groups or []]
    if groups is None or not all(is_year_heading(t) or is_total_heading(t) for t in texts):
        yield _segment(words, text, page)
        return
    position = 0
    for group in groups:
        yield _segment(words[position : position + len(group)], text, page)
        position += len(group)


def _segment(words: Sequence[Word], text: str, page: int) -> Segment:
    return Segment(tuple(words), " ".join(text[w.start : w.end] for w in words), page)
