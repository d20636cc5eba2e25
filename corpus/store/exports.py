"""Reading the store for an export: content by content in the order of their paths, nothing kept in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from corpus.identity import ID_LENGTH
from corpus.model import AnyRecord
from corpus.store.entries import Origin, Outline, Quote, StoredRecord
from corpus.store.packing import unpack_as
from corpus.store.queries import (
    best_place_first,
    packed_documents,
    places_of,
    places_of_all,
    sized_documents,
    some_at_once,
)
from corpus.store.schema import occurrences, records

Form = TypeVar("Form", bound=Outline)

CONTENTS_AT_ONCE, ROWS_AT_ONCE = 100, 200

_record_decoder = msgspec.json.Decoder(AnyRecord)


def stream_records(
    connection: sa.Connection, record_type: str, part_ids: Collection[tuple[str, int]] | None = None
) -> Iterator[StoredRecord]:
    """The records of one type in live contents, by path and place.

    ``part_ids``: only those in these parts, named by the short document id and the part's index.
    """
    wanted = None if part_ids is None else set(part_ids)
    rows = iter(connection.execution_options(yield_per=1000).execute(_records_query(record_type)))
    if wanted is not None:
        rows = (row for row in rows if (row.sha256[:ID_LENGTH], row.part) in wanted)
    known: dict[str, Origin[Outline]] = {}
    while some := list(islice(rows, ROWS_AT_ONCE)):
        paths = {row.sha256: row.path for row in some}
        known = {sha256: origin for sha256, origin in known.items() if sha256 in paths}  # it goes on
        unknown = [(sha256, path) for sha256, path in paths.items() if sha256 not in known]
        known |= {origin.sha256: origin for origin in _origins(connection, unknown, Outline)}
        for row in some:
            yield StoredRecord(
                origin=known[row.sha256],
                record=_record_decoder.decode(row.payload),
                quote=Quote(row.quote, row.quote_start, row.quote_end),
            )


def stream_contents(
    connection: sa.Connection, form: type[Form], among: Collection[str] | None = None
) -> Iterator[Origin[Form]]:
    """The live contents by path, each with as much of its document as ``form`` wants.

    ``among``: only those with one of these short ids.
    """
    first = _first_places()
    query = sa.select(first.c.sha256, first.c.path).order_by(first.c.path, first.c.sha256)
    rows = connection.execution_options(yield_per=1000).execute(query)
    live = ((row.sha256, row.path) for row in rows if among is None or row.sha256[:ID_LENGTH] in among)
    yield from _origins(connection, live, form)


def origin_of(connection: sa.Connection, sha256: str, form: type[Form]) -> Origin[Form]:
    """One stored content with its best path; the path is empty where it lies nowhere now."""
    places = places_of(connection, sha256)
    return next(_origins(connection, [(sha256, places[0].path if places else "")], form))


def _origins(connection: sa.Connection, found: Iterable[tuple[str, str]], form: type[Form]) -> Iterator[Origin[Form]]:
    """Contents with their best paths, in order. They are asked for many at a time: each by itself costs five times as
    much as it takes to unpack."""
    waiting = iter(found)
    while some := dict(islice(waiting, CONTENTS_AT_ONCE)):
        places, sizes = places_of_all(connection, list(some)), sized_documents(connection, list(some))
        for few in some_at_once(some, sizes):
            packed = packed_documents(connection, few)
            for sha256 in few:
                document = packed.pop(sha256, None)
                others = dict.fromkeys(place.path for place in places.get(sha256, ()) if place.path != some[sha256])
                outline = form() if document is None else unpack_as(document, form)
                yield Origin(sha256=sha256, path=some[sha256], also_in=list(others), outline=outline)


def _first_places() -> sa.Subquery:
    """The best place of every content that lies somewhere now."""
    rank = sa.func.row_number().over(partition_by=occurrences.c.sha256, order_by=best_place_first()).label("rank")
    ranked = (
        sa.select(occurrences.c.sha256, occurrences.c.path, rank)
        .where(occurrences.c.deleted.is_(False), occurrences.c.sha256.is_not(None))
        .subquery()
    )
    return sa.select(ranked.c.sha256, ranked.c.path).where(ranked.c.rank == 1).subquery()


def _records_query(record_type: str) -> sa.Select[tuple[Any, ...]]:
    first = _first_places()
    return (
        sa.select(
            records.c.sha256,
            records.c.part,
            records.c.payload,
            records.c.quote,
            records.c.quote_start,
            records.c.quote_end,
            first.c.path,
        )
        .join_from(records, first, first.c.sha256 == records.c.sha256)
        .where(records.c.type == record_type)
        .order_by(first.c.path, records.c.sha256, records.c.ordinal)
    )
