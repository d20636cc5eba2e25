"""Decisions as tuples, for tables of cases."""

from __future__ import annotations

import msgspec

from corpus.model import Decision, Problem, Record
from pipeline.context import Context
from pipeline.facts import committees, dates
from pipeline.facts.decisions import find
from pipeline.language import Prose

PLAIN = Context()
Found = tuple[str | None, str, str]  # body, verb, status
Dated = tuple[str | None, str, str, str | None]  # body, verb, status, date
Point = tuple[str | None, str]  # body, text

BUU, SOU = "Børne- og Ungdomsudvalget", "Socialudvalget"
OEU, KUU = "Økonomiudvalget", "Kulturudvalget"
DAY = "2024-04-03"
MEETING = Context(meeting_body=KUU, meeting_date=DAY)


def decided(text: str, context: Context = PLAIN) -> tuple[list[Record], list[Problem]]:
    """As :func:`find`, with the bodies and the days that the finders before it give."""
    prose = Prose(text)
    found = (*dates.find(prose, context)[0], *committees.find(prose, context)[0])
    return find(prose, msgspec.structs.replace(context, found=found))


def decisions(text: str) -> list[Decision]:
    records, problems = decided(text)

    assert problems == []
    for record in records:
        assert text[record.start : record.end] == record.text
    return [record for record in records if isinstance(record, Decision)]


def found(text: str) -> list[Found]:
    return [(record.body, record.verb, record.status) for record in decisions(text)]
