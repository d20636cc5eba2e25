"""Pointers to other papers: budget proposals, cases, budgets, agenda items and laws, by their numbers."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pipeline.facts.pointers.cases import cases
from pipeline.facts.pointers.laws import laws
from pipeline.facts.pointers.meetings import budgets, items
from pipeline.facts.pointers.proposals import proposals
from pipeline.facts.pointers.rowtitles import title_of
from pipeline.facts.pointers.words import marks

if TYPE_CHECKING:
    from corpus.model import Problem, Record, Reference
    from pipeline.context import Context
    from pipeline.language import Prose


def find(prose: Prose, context: Context) -> tuple[list[Record], list[Problem]]:
    """The references of a text in order, none inside another. ``title`` only of proposals that begin a line."""
    known = prose.words & marks()
    found: list[tuple[int, int, Reference]] = []
    for rank, group in enumerate((laws, cases, items, budgets, proposals)):
        found += [(record.start, rank, record) for record in group(prose, known)]
    records: list[Record] = []
    for record in _apart(found):
        if record.title is not None:
            record = replace(record, title=title_of(prose.text, record.end, record.title, context.taken))
        records.append(record if record.source == context.source else replace(record, source=context.source))
    return records, []


def _apart(found: list[tuple[int, int, Reference]]) -> list[Reference]:
    """The references in order: of two that meet, the one of the first kind, else the first in the text."""
    kept: list[tuple[int, Reference]] = []
    for start, rank, record in sorted(found, key=itemgetter(0, 1)):
        while kept and kept[-1][1].end > start and kept[-1][0] > rank:
            kept.pop()
        if not kept or kept[-1][1].end <= start:
            kept.append((rank, record))
    return [record for _, record in kept]
