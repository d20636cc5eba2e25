"""A part's text as its finders read it: as its writer wrote it, without quote marks and what printing put between.

"Det koster 3,6", the foot of a page, "mio. kr." is one sentence, and so is a quoted one with ">" before each line. The
finders see it so; each record is then moved to where it is printed, foot and marks included.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TypeVar

import msgspec

from corpus.model import AnyPart, Decision, Link, Quantity, Record
from corpus.reading import Reading
from pipeline.mail.furniture import counts_pages
from pipeline.mail.lines import Line, split_lines
from pipeline.torn import goes_on

R = TypeVar("R", bound=Record)
Span = tuple[int, int]
_MARKED_LINE = re.compile(r"^[ \t\u00a0]*\\?>", re.MULTILINE)
_MARKS = re.compile(r"[ \t\u00a0]*(?:\\?>[ \t\u00a0]?)+")
_Piece = tuple[int, str]
"""Where a stretch stands in the part, and the stretch; what is put in stands where the next one does."""


class Flow:
    """What the finders read, and where it is printed. ``text`` is the part's own where nothing is to be left out."""

    def __init__(self, printed: str, pieces: Sequence[_Piece]) -> None:
        self.printed = printed
        self.text = "".join(text for _, text in pieces)
        self._places = [place for place, _ in pieces]
        self._cuts = [0, *accumulate(len(text) for _, text in pieces)][: len(pieces)]
        self._sizes = [len(text) for _, text in pieces]

    def printed_span(self, start: int, end: int) -> Span:
        """Where ``text[start:end]`` is printed. With the parts turned about, from the first to the last character."""
        first, last = self._printed_at(start), self._printed_at(max(end - 1, start))
        return min(first, last), max(first, last) + (1 if end > start else 0)

    def _printed_at(self, position: int) -> int:
        piece = max(bisect_right(self._cuts, position) - 1, 0)
        return min(self._places[piece] + position - self._cuts[piece], len(self.printed))

    def read_spans(self, spans: Sequence[Span]) -> list[Span]:
        """Where stretches of the print stand in ``text``, each cut where pieces end."""
        found = []
        for place, cut, size in zip(self._places, self._cuts, self._sizes, strict=True):
            found += [
                (cut + max(start - place, 0), cut + min(end - place, size))
                for start, end in spans
                if start < place + size and place < end
            ]
        return sorted(found)

    def printed_record(self, record: R) -> R:
        """A record of ``text`` with its printed place and words, those of its evidence and links too."""
        start, end = self.printed_span(record.start, record.end)
        changed: dict[str, object] = {"start": start, "end": end}
        if record.text == self.text[record.start : record.end]:  # not where it was masked
            changed["text"] = self.printed[start:end]
        if isinstance(record, Quantity):
            changed["evidence"] = [
                msgspec.structs.replace(each, **self._words(each.start, each.end))
                if each.start is not None and each.end is not None
                else each
                for each in record.evidence
            ]
        if isinstance(record, Decision):
            changed["links"] = [self._link(each) for each in record.links]
        return msgspec.structs.replace(record, **changed)

    def _link(self, link: Link) -> Link:
        return msgspec.structs.replace(link, **self._words(link.start, link.end))

    def _words(self, start: int, end: int) -> dict[str, object]:
        first, last = self.printed_span(start, end)
        return {"start": first, "end": last, "text": self.printed[first:last]}


def flows(reading: Reading, parts: Sequence[AnyPart]) -> list[Flow | None]:
    """How each part is read, None where it is read as it is printed."""
    if len(reading.pages) < 2 and not _MARKED_LINE.search(reading.text) and not _may_have_pages(reading.text):
        return [None] * len(parts)
    lines = split_lines(reading.text, reading.pages)
    starts = [line.start for line in lines]
    found: list[Flow | None] = []
    begin = 0
    for part in parts:
        end = begin + len(part.text)
        own = lines[bisect_right(starts, begin - 1) : bisect_right(starts, end - 1)]
        found.append(_flow(part.text, own, begin))
        begin = end
    return found


def flow_of(text: str) -> Flow | None:
    """How a text of which nothing else is known is read, None where it is read as it is printed."""
    if not _MARKED_LINE.search(text) and not _may_have_pages(text):
        return None
    return _flow(text, split_lines(text), 0)


def _may_have_pages(text: str) -> bool:
    return "\f" in text or "side" in text.casefold() or "page" in text


def _flow(text: str, lines: Sequence[Line], begin: int) -> Flow | None:
    if not any(line.depth or line.noise for line in lines):
        return None
    pieces = list(_Reader(text, lines, begin).pieces())
    flow = Flow(text, pieces)
    return None if flow.text == text else flow


class _Reader:
    """Goes through the lines of a part and gives them as they are to be read."""

    def __init__(self, text: str, lines: Sequence[Line], begin: int) -> None:
        self.text, self.lines, self.begin = text, lines, begin
        self.held: list[_Piece] = []

    def pieces(self) -> Iterator[_Piece]:
        if self.lines and self.lines[0].start > self.begin:
            yield 0, self.text[: self.lines[0].start - self.begin]
        number = 0
        while number < len(self.lines):
            if self.lines[number].blank:
                end = self._end_of_blanks(number)
                yield from self._blanks(number, end)
                number = end
                continue
            yield from self._line(number)
            number += 1
            end = self._end_of_blanks(number)
            heads = self._heads(number - 1, end)
            if heads or self._is_torn(number - 1, end):
                self.held += [self._read(each) for each in range(number, end) if self.lines[each].content]
                number = end
                if heads:
                    yield self._place(number), "\n"
            elif number < len(self.lines) and self._turns(number):
                yield self._place(number), "\n"
        yield from self._flushed(len(self.text))

    def _end_of_blanks(self, number: int) -> int:
        while number < len(self.lines) and self.lines[number].blank:
            number += 1
        return number

    def _line(self, number: int) -> Iterator[_Piece]:
        """A line with ink; where its sentence goes on overleaf, a line end instead of the page's."""
        place, printed = self._read(number)
        if printed.endswith("\f") and self._is_torn(number, self._end_of_blanks(number + 1)):
            yield place, printed.rstrip("\n\f")
            yield self._place(number + 1), "\n"
        else:
            yield place, printed

    def _is_torn(self, number: int, end: int) -> bool:
        """Whether a page ends between line ``number`` and line ``end``, the next with ink, in a sentence."""
        if end >= len(self.lines):
            return False
        above, below = self.lines[number], self.lines[end]
        between = self.text[above.end - self.begin : below.start - self.begin]
        if "\f" not in between and not any(line.noise and line.content for line in self.lines[number + 1 : end]):
            return False
        return above.depth == below.depth and goes_on(above.content, below.content)

    def _heads(self, number: int, end: int) -> bool:
        """Whether line ``number`` ends in a colon, and what it heads stands overleaf."""
        return (
            end < len(self.lines)
            and self.lines[number].content.endswith(":")
            and any(line.noise and line.content for line in self.lines[number + 1 : end])
        )

    def _turns(self, number: int) -> bool:
        """Whether somebody else speaks from this line on: it is quoted more or less deep than the one above."""
        line = self.lines[number]
        return not line.blank and line.depth != self.lines[number - 1].depth

    def _blanks(self, first: int, end: int) -> Iterator[_Piece]:
        """What stands between two lines. A page's number is alone, so that no figure is made of it."""
        if not any(self.lines[number].content for number in range(first, end)):
            yield from self._flushed(self._place(first))
        for number in range(first, end):
            counted = counts_pages(self.lines[number].content)
            if counted:
                yield self._place(number), "\n"
            yield self._read(number)
            if counted:
                yield self._place(number + 1), "\n"

    def _flushed(self, place: int) -> Iterator[_Piece]:
        """What stood in the middle of the paragraph, behind it."""
        if self.held:
            yield place, "\n\n"
            yield from self.held
            yield place, "\n"
            self.held = []

    def _place(self, number: int) -> int:
        return self.lines[number].start - self.begin if number < len(self.lines) else len(self.text)

    def _read(self, number: int) -> _Piece:
        """A line with its break, without quote marks."""
        start, end = self._place(number), self._place(number + 1)
        line = self.lines[number]
        marks = _MARKS.match(self.text, start, line.end - self.begin) if line.depth else None
        start = marks.end() if marks else start
        return start, self.text[start:end]
