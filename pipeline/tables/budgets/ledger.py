"""The number ledger: every number printed in a text is in a cell, in a record, or named here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.reading import Reading
from pipeline.tables.content.grid import Span

# Digits with the marks that join them into one printed number, a time, a date or a file number; ends in a digit.
_NUMBER = re.compile(
    r"\d+(?:[.,:/\-\u2010-\u2015\u2212]\d+|[\u00a0\u202f\u2009]\d{3}(?!\d)|(?<!\d\d\d\d) \d{3}(?!\d))*"
)


_FREE = re.compile(rb"\0+")


class Marked:
    """Which characters of a text are taken; a byte for each, for a long paper has a span for each of 50,000 cells."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def mark(self, spans: Iterable[Span]) -> None:
        for start, end in spans:
            self._taken[start:end] = b"\1" * (end - start)

    def any_in(self, start: int, end: int) -> bool:
        return self._taken.find(1, start, end) >= 0

    def free(self) -> Iterator[Span]:
        """The stretches of which nothing is taken, in order."""
        return (match.span() for match in _FREE.finditer(self._taken))


def unclaimed(reading: Reading, claimed: Marked) -> Iterator[Span]:
    """The numbers of ``reading.text`` of which nothing is claimed, as spans in print order."""
    for start, end in claimed.free():
        yield from (match.span() for match in _NUMBER.finditer(reading.text, start, end))
