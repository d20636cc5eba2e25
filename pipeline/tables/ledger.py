"""The number ledger: every number printed in a text is in a cell, in a record, or named here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.reading import Reading
from pipeline.tables.grid import Span

# Digits with the marks that join them into one printed number, a time, a date or a file number; ends in a digit.
_NUMBER = re.compile(
    r"\d+(?:[.,:/\-\u2010-\u2015\u2212]\d+|[\u00a0\u202f\u2009]\d{3}(?!\d)|(?<!\d\d\d\d) \d{3}(?!\d))*"
)


def unclaimed(reading: Reading, claimed: Iterable[Span]) -> list[Span]:
    """The numbers of ``reading.text`` that no claimed span touches, as spans in print order."""
    return list(_outside(reading.text, _merged(claimed)))


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _outside(text: str, taken: list[Span]) -> Iterable[Span]:
    """Numbers in the gaps between the claimed spans."""
    position = 0
    for start, end in [*taken, (len(text), len(text))]:
        for match in _NUMBER.finditer(text, position, max(start, position)):
            yield match.span()
        position = max(position, end)
