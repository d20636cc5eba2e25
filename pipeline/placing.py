"""From offsets in the whole text to part, page and box: the provenance of every record."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TypeVar

import msgspec

from corpus.model import AnyPart, Box, Evidence, LineValue, Message, Problem, Quantity, Record, Table
from corpus.reading import Page, Reading, rounded

R = TypeVar("R", bound=Record)


class Placing:
    """Knows where each part begins in ``reading.text`` and which words stand on which page."""

    def __init__(self, reading: Reading, parts: Sequence[AnyPart]) -> None:
        self._pages = reading.pages
        self._page_starts = [page.start for page in reading.pages]
        self._spans: dict[int, tuple[list[int], list[int]]] = {}
        self._parts = parts
        self.starts = [0, *accumulate(len(part.text) for part in parts)][: len(parts)]

    def part_at(self, position: int) -> int:
        """The index of the part that holds this character of the whole text."""
        return max(bisect_right(self.starts, position) - 1, 0)

    def page_at(self, position: int) -> Page | None:
        """The page that holds this character, None for formats without pages."""
        if not self._pages:
            return None
        return self._pages[max(bisect_right(self._page_starts, position) - 1, 0)]

    def box(self, start: int, end: int) -> tuple[int | None, Box | None]:
        """Page number and box of the words of ``[start, end)`` on the page where the stretch begins."""
        page = self.page_at(start)
        if page is None:
            return None, None
        starts, ends = self._word_spans(page.number - self._pages[0].number)
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        if first >= last:
            return page.number, None
        x0, top, x1, bottom = zip(*rounded(page.boxes[first:last]), strict=True)
        return page.number, (min(x0), min(top), max(x1), max(bottom))

    def _word_spans(self, index: int) -> tuple[list[int], list[int]]:
        """Where the words of a page begin and end in the whole text."""
        known = self._spans.get(index)
        if known is None:
            spans = self._pages[index].spans
            known = self._spans[index] = spans[:, 0].tolist(), spans[:, 1].tolist()
        return known

    def place(self, record: R, part: int) -> R:
        """A record of a part's text with its part, page and box; its source is ``header`` in a mail's header block."""
        start = self.starts[part] + record.start
        page, box = self.box(start, start + record.end - record.start)
        source = record.source
        owner = self._parts[part]
        if isinstance(owner, Message) and record.end <= owner.body_start:
            source = "header"
        return msgspec.structs.replace(record, part=part, page=page, bbox=box, source=source)

    def place_whole(self, record: R) -> R:
        """A record found in the whole text (a table's cell), moved to its part."""
        part = self.part_at(record.start)
        shift = self.starts[part]
        moved = msgspec.structs.replace(record, start=record.start - shift, end=record.end - shift)
        if isinstance(moved, Quantity):
            moved = msgspec.structs.replace(moved, evidence=[self._place_words(each, part) for each in moved.evidence])
        placed = self.place(moved, part)
        return msgspec.structs.replace(placed, bbox=record.bbox or placed.bbox, source=record.source)

    def _place_words(self, words: Evidence, part: int) -> Evidence:
        """Evidence counted from the start of its part; in another part than its record it has no place."""
        if words.start is None or words.end is None:
            return words
        low = self.starts[part]
        if low <= words.start and words.end <= low + len(self._parts[part].text):
            return msgspec.structs.replace(words, start=words.start - low, end=words.end - low)
        return msgspec.structs.replace(words, start=None, end=None)

    def place_problems(self, problems: Sequence[Problem], starts: Sequence[int]) -> list[Problem]:
        """Problems without a part get that of the character of the whole text where what they are about begins."""
        return [
            msgspec.structs.replace(note, part=self.part_at(start)) if note.part is None and self._parts else note
            for note, start in zip(problems, starts, strict=True)
        ]

    def place_table(self, table: Table, start: int) -> Table:
        """A table beginning at character ``start`` of the whole text; its values' offsets are moved to their parts."""
        lines = [
            msgspec.structs.replace(line, values=[self._place_value(value) for value in line.values])
            for line in table.lines
        ]
        return msgspec.structs.replace(table, part=self.part_at(start), lines=lines)

    def _place_value(self, value: LineValue) -> LineValue:
        if value.start is None or value.end is None:
            return value
        part = self.part_at(value.start)
        shift = self.starts[part]
        return msgspec.structs.replace(value, part=part, start=value.start - shift, end=value.end - shift)

    def local_spans(self, spans: Iterable[tuple[int, int]], part: int) -> list[tuple[int, int]]:
        """Spans of the whole text, cut to this part and counted from its start."""
        low = self.starts[part]
        high = low + len(self._parts[part].text)
        return [(max(start, low) - low, min(end, high) - low) for start, end in spans if start < high and low < end]


def in_print_order(records: Iterable[Record]) -> list[Record]:
    """By part, place and type, so that the output does not depend on the order of the steps."""
    return sorted(records, key=lambda record: (record.part, record.start, record.end, type(record).__name__))
