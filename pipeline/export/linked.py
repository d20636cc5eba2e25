"""The decisions of which a filter on figures is true: those with a linked amount or FTE that fulfils it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import sqlalchemy as sa

from corpus.identity import ID_LENGTH
from corpus.model import Decision
from corpus.store.entries import StoredRecord
from corpus.store.exports import stream_records
from pipeline.export.narrow import Asked

_FIGURES = {"amount": ("amount", "role"), "fte": ("fte",)}
"""The filters that speak of amounts, and those that speak of FTEs."""
_Place = tuple[str, int, int]


def decisions_of(
    connection: sa.Connection, parts: Collection[tuple[str, int]] | None, asked: Asked
) -> Iterator[StoredRecord]:
    """The decisions in ``parts`` of which ``asked`` is true, what it asks of figures of a figure that is linked."""
    filters = [(kind, one) for kind, fields in _FIGURES.items() for one in asked.filters if one.field in fields]
    decisions = (found for found in stream_records(connection, "decision", parts) if asked.record(found.record))
    if not filters:
        return decisions
    linked = {_part(found) for found in stream_records(connection, "decision", parts) if _links(found)}
    wanted = [(kind, _places(connection, kind, linked, Asked((one,)))) for kind, one in filters]
    return (found for found in decisions if all(_has(found, kind, places) for kind, places in wanted))


def _part(found: StoredRecord) -> tuple[str, int]:
    return found.origin.sha256[:ID_LENGTH], found.record.part


def _links(found: StoredRecord) -> bool:
    return isinstance(found.record, Decision) and any(link.type in _FIGURES for link in found.record.links)


def _places(connection: sa.Connection, kind: str, parts: Collection[tuple[str, int]], asked: Asked) -> set[_Place]:
    """Where the figures of one type stand that are what is asked for."""
    figures = stream_records(connection, kind, parts)
    return {(*_part(found), found.record.start) for found in figures if asked.record(found.record)}


def _has(found: StoredRecord, kind: str, places: set[_Place]) -> bool:
    """Whether a figure that the decision links stands at one of these places."""
    record = found.record
    links = record.links if isinstance(record, Decision) else []
    return any(link.type == kind and (*_part(found), link.start) in places for link in links)
