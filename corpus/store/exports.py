"""Reading the store for an export: content by content in the order of their paths, nothing kept in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from corpus.identity import ID_LENGTH
from corpus.model import AnyRecord
from corpus.store.entries import Origin, Outline, Quote, StoredRecord
from corpus.store.packing import unpack_as
from corpus.store.queries import best_place_first, places_of
from corpus.store.schema import contents, occurrences, records

Form = TypeVar("Form", bound=Outline)

_record_decoder = msgspec.json.Decoder(AnyRecord)


def stream_records(
    connection: sa.Connection, record_type: str, part_ids: Collection[tuple[str, int]] | None = None
) -> Iterator[StoredRecord]:
    """The records of one type in live contents, by path and place.

    ``part_ids``: only those in these parts, named by the short document id and the part's index.
    """
    wanted = None if part_ids is None else set(part_ids)
    origin: Origin[Outline] | None = None
    for row in connection.execution_options(yield_per=1000).execute(_records_query(record_type)):
        if wanted is not None and (row.sha256[:ID_LENGTH], row.part) not in wanted:
            continue
        if origin is None or origin.sha256 != row.sha256:
            origin = _origin(connection, row.sha256, row.path, Outline)
        yield StoredRecord(
            origin=origin,
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
    for row in connection.execution_options(yield_per=1000).execute(query):
        if among is None or row.sha256[:ID_LENGTH] in among:
            yield _origin(connection, row.sha256, row.path, form)


def origin_of(connection: sa.Connection, sha256: str, form: type[Form]) -> Origin[Form]:
    """One stored content with its best path; the path is empty where it lies nowhere now."""
    places = places_of(connection, sha256)
    return _origin(connection, sha256, places[0].path if places else "", form)


def _origin(connection: sa.Connection, sha256: str, path: str, form: type[Form]) -> Origin[Form]:
    packed = connection.scalar(sa.select(contents.c.document).where(contents.c.sha256 == sha256))
    others = dict.fromkeys(place.path for place in places_of(connection, sha256) if place.path != path)
    outline = form() if packed is None else unpack_as(packed, form)
    return Origin(sha256=sha256, path=path, also_in=list(others), outline=outline)


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
