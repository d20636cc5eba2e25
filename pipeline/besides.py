"""Where cells stand side by side on a page of a PDF, by the white between them, whether rules are drawn or none."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from statistics import median

from corpus.lazy import lazy
from corpus.reading import Page, Word

LEAST_WHITE = 4.0
"""So many points part a cell from the next one, on a line at least."""
LEAST_ROOM = 2.0
"""A gutter is free of ink for so many points on every line."""
WIDER = 1.6
"""So many times the blank between two words of its line is a gap between cells; less is justified text."""
EVEN = 1.5
"""Lines of one cell begin no further apart than this many points."""
CLOSE = 0.8
"""Lines of one cell are parted by less than this share of their height."""
NEARER = 0.2
"""Rows are parted by more room than the lines of a cell, by this share of their height at least."""
FEWEST_EVEN = 2
_ENDED = (".", "!", "?", ":", ";")
_WORDS = re.compile(r"[^\W\d_]{4,}")
_LINE = attrgetter("line")
Span = tuple[int, int]


class Line:
    """A printed line of a page, as its words from left to right."""

    def __init__(self, words: Sequence[Word], text: str) -> None:
        self.words = sorted(words, key=attrgetter("x0"))
        self.text = text
        self.top, self.bottom = min(word.top for word in words), max(word.bottom for word in words)
        self.start, self.end = min(word.start for word in words), max(word.end for word in words)

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def gaps(self) -> Iterator[float]:
        """Where what stands apart from the words before it begins."""
        for before, after in pairwise(self.words):
            if after.x0 - before.x1 >= self.wide:
                yield after.x0

    @lazy
    def wide(self) -> float:
        """The least gap between cells of this line."""
        between = [after.x0 - before.x1 for before, after in pairwise(self.words)]
        wide = max(LEAST_WHITE, WIDER * median(between)) if len(between) > 2 else LEAST_WHITE
        return min(wide, 2 * self.height)

    def is_free(self, x: float) -> bool:
        """Whether nothing is printed right in front of ``x``, and more than a blank where both sides are."""
        left = max((word.x1 for word in self.words if word.x0 < x - EVEN), default=None)
        right = min((word.x0 for word in self.words if word.x0 >= x - EVEN), default=None)
        if left is None:
            return True
        return left <= x - LEAST_ROOM if right is None else right - left >= self.wide

    def side(self, x: float, *, right: bool) -> list[Word]:
        """What stands next to a gutter that ends at ``x``, on one side of it: up to the next gap."""
        own = [word for word in self.words if (word.x0 >= x - EVEN) is right]
        cuts = [n for n, (a, b) in enumerate(pairwise(own), 1) if b.x0 - a.x1 > max(2 * LEAST_WHITE, self.height)]
        if right:
            return own[: cuts[0]] if cuts else own
        return own[cuts[-1] :] if cuts else own


class Gutter:
    """The white in front of ``x`` on lines of a page that follow each other."""

    def __init__(self, x: float, lines: Sequence[Line]) -> None:
        self.x, self.lines = x, lines
        self.start, self.end = lines[0].start, lines[-1].end

    def is_crossed(self, start: int, end: int) -> bool:
        """Whether reading ``[start, end)`` goes over to a cell in the middle of another one."""
        if end <= self.start or self.end <= start or not self.is_of_prose:
            return False
        read = [
            (word.x0 >= self.x - EVEN, number)
            for number, line in enumerate(self.lines)
            for word in line.words
            if word.start < end and start < word.end
        ]
        return any(
            side != other and (line in self._above(right=side) or number in self._below(right=other))
            for (side, line), (other, number) in pairwise(read)
        )

    @lazy
    def is_even(self) -> bool:
        """Whether cells begin at ``x`` on several lines, and something stands left of them on several too."""
        even = sum(any(abs(word.x0 - self.x) <= EVEN for word in line.words) for line in self.lines)
        left = sum(line.words[0].x0 < self.x - EVEN for line in self.lines)
        return even >= FEWEST_EVEN and left >= FEWEST_EVEN

    @property
    def is_of_prose(self) -> bool:
        """Whether a cell on one of its sides has several lines."""
        return any(self._joins.values())

    def cells_below(self, heads: frozenset[str]) -> Iterator[list[Span]]:
        """The cells right of the gutter below one that says one of ``heads``, each as the stretches of its lines."""
        sides = [(n, line, line.side(self.x, right=True)) for n, line in enumerate(self.lines)]
        begun = [each for each in sides if each[2] and abs(each[2][0].x0 - self.x) <= EVEN]
        texts = [each[1].text[each[2][0].start : each[2][-1].end] for each in begun]
        head = next((at for at, text in enumerate(texts) if text.strip(" :").lower() in heads), len(texts))
        if head == len(texts) or not self.lines[begun[head][0]].side(self.x, right=False):
            return
        rooms = [below.top - above.bottom for (_, above, _), (_, below, _) in pairwise(begun)]
        least = min(rooms[head:], default=0.0)
        cell: list[Span] = []
        for at in range(head + 1, len(begun)):
            n, line, words = begun[at]
            is_near = rooms[at - 1] < min(CLOSE, least / line.height + NEARER) * line.height
            is_close = is_near and not texts[at - 1].endswith(_ENDED)
            if cell and not (n in self._below(right=True) or is_close):
                yield cell
                cell = []
            cell.append((words[0].start, words[-1].end))
        if cell:
            yield cell

    @lazy
    def _joins(self) -> dict[bool, list[tuple[int, int]]]:
        return {right: self._joined(right=right) for right in (False, True)}

    def _above(self, *, right: bool) -> set[int]:
        return {above for above, _ in self._joins[right]}

    def _below(self, *, right: bool) -> set[int]:
        return {below for _, below in self._joins[right]}

    def _joined(self, *, right: bool) -> list[tuple[int, int]]:
        """The lines of one side that go on in the next one of that side, by their numbers."""
        sides = [(n, line, line.side(self.x, right=right)) for n, line in enumerate(self.lines)]
        printed = [(n, line, words) for n, line, words in sides if words]
        limit = max((words[-1].x1 for _, _, words in printed), default=0.0)
        found: list[tuple[int, int]] = []
        for (n, above, words), (m, below, more) in pairwise(printed):
            is_close = below.top - above.bottom < CLOSE * above.height and abs(more[0].x0 - words[0].x0) < EVEN
            is_begun = bool(found) and found[-1][1] == n
            if is_close and _goes_on(words, more, above.text, limit, is_begun=is_begun):
                found.append((n, m))
        return found


def _goes_on(above: Sequence[Word], below: Sequence[Word], text: str, limit: float, *, is_begun: bool) -> bool:
    """Whether the words of a line go on in those right below: with a small letter, or for want of room.

    A column of units ("mio. kr.", "årsværk") has such a word on each line; ``is_begun``: the line goes on itself.
    """
    printed, first = (text[words[0].start : words[-1].end] for words in (above, below))
    if printed == first or not _WORDS.search(printed) or (len(above) == 1 and printed[0].islower() and not is_begun):
        return False
    if first[0].islower():
        return True
    last = text[above[-1].start : above[-1].end]
    is_full = above[-1].x1 + below[0].x1 - below[0].x0 > limit
    return first[0].isdigit() and is_full and len(above) > 1 and last[-1].isalpha() and not last.endswith(_ENDED)


def gutters(page: Page, text: str) -> list[Gutter]:
    """The gutters of a page between cells."""
    upright = [word for word in page.words if word.turn == 0]
    lines = [Line([*words], text) for _, words in groupby(upright, key=_LINE)]
    begins = sorted(word.x0 for word in upright)
    tried: list[Gutter] = []
    for number, line in enumerate(lines):
        for x in (*line.gaps(), *_beside(lines, number)):
            if bisect_right(begins, x + EVEN) - bisect_left(begins, x - EVEN) < FEWEST_EVEN:
                continue
            if not any(abs(x - each.x) < EVEN and each.start <= line.start < each.end for each in tried):
                tried.append(_gutter(lines, number, x))
    return [each for each in tried if each.is_even]


def _beside(lines: Sequence[Line], number: int) -> Iterator[float]:
    """Where the right one begins of a line and the next one that stand side by side, not quite level."""
    if number + 1 == len(lines):
        return
    one, other = sorted(lines[number : number + 2], key=lambda line: line.words[0].x0)
    is_level = min(one.bottom, other.bottom) - max(one.top, other.top) > 0.2 * one.height
    if is_level and other.words[0].x0 - one.words[-1].x1 >= LEAST_ROOM:
        yield other.words[0].x0


def _gutter(lines: Sequence[Line], number: int, x: float) -> Gutter:
    """The gutter in front of ``x`` around a line."""
    first = last = number
    while first > 0 and lines[first - 1].is_free(x) and lines[first - 1].top < lines[first].bottom:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].is_free(x) and lines[last + 1].bottom > lines[last].top:
        last += 1
    return Gutter(x, lines[first : last + 1])
