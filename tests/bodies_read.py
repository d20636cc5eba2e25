"""Committees, councils and boards of a text, for tables of cases."""

from __future__ import annotations

from corpus.model import Committee
from pipeline.context import Context
from pipeline.facts.committees import find
from pipeline.language import Prose


def committees(text: str, municipality: str | None = None, meeting_body: str | None = None) -> list[Committee]:
    records, problems = find(Prose(text), Context(municipality=municipality, meeting_body=meeting_body))

    assert problems == []
    for record in records:
        assert text[record.start : record.end] == record.text
    return [record for record in records if isinstance(record, Committee)]


def names(text: str) -> list[tuple[str, str]]:
    return [(record.text, record.name or "") for record in committees(text)]
