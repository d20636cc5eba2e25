"""Reading the store: contents, their places, their records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import sqlalchemy as sa

from corpus.identity import ID_LENGTH
from corpus.model import AnyRecord, Document
from corpus.reading import Reading
from corpus.store.entries import Member, Place, Quote, Root, Stage, StoredRecord
from corpus.store.packing import unpack_document, unpack_reading
from corpus.store.schema import contents, members, occurrences, parts, records, roots, stages

_record_decoder = msgspec.json.Decoder(AnyRecord)


def is_live() -> sa.ColumnElement[bool]:
    """Contents that lie somewhere now."""
    return sa.exists().where(occurrences.c.sha256 == contents.c.sha256, occurrences.c.deleted.is_(False))


def load_document(connection: sa.Connection, sha256: str) -> Document | None:
    """The stored document, without children, or None for a content that is not in the store."""
    packed = connection.scalar(sa.select(contents.c.document).where(contents.c.sha256 == sha256))
    return None if packed is None else unpack_document(packed)


def load_reading(connection: sa.Connection, sha256: str) -> tuple[Reading, int] | None:
    """The stored reading, without children, and the size of the file in bytes."""
    row = connection.execute(
        sa.select(contents.c.reading, contents.c.size).where(contents.c.sha256 == sha256)
    ).one_or_none()
    return None if row is None else (unpack_reading(row.reading), row.size)


def members_of(connection: sa.Connection, sha256: str) -> list[Member]:
    """What a container holds, in its order."""
    rows = connection.execute(
        sa.select(members.c.name, members.c.sha256).where(members.c.parent == sha256).order_by(members.c.position)
    )
    return [Member(name=row.name, sha256=row.sha256) for row in rows]


def all_roots(connection: sa.Connection) -> list[Root]:
    """The roots, outer ones before those inside them."""
    rows = connection.execute(sa.select(roots).order_by(sa.func.length(roots.c.path), roots.c.path))
    return [Root(id=row.id, path=row.path, whole=row.whole) for row in rows]


def places_of(connection: sa.Connection, sha256: str) -> list[Place]:
    """Where a content lies now, files on disk before members, then by path."""
    rows = connection.execute(
        sa.select(roots.c.path.label("root"), occurrences.c.path)
        .join_from(occurrences, roots, occurrences.c.root == roots.c.id)
        .where(occurrences.c.sha256 == sha256, occurrences.c.deleted.is_(False))
        .order_by(occurrences.c.file.is_not(None), occurrences.c.path, roots.c.path)
    )
    return [Place(root=row.root, path=row.path) for row in rows]


def contents_with_prefix(connection: sa.Connection, prefix: str, limit: int = 10) -> list[str]:
    """The hashes that begin with ``prefix``, at most ``limit`` of them."""
    found = connection.scalars(
        sa.select(contents.c.sha256)
        .where(contents.c.sha256.startswith(prefix, autoescape=True))
        .order_by(contents.c.sha256)
        .limit(limit)
    )
    return [str(sha256) for sha256 in found]


def known_fresh(connection: sa.Connection, readers: Iterable[str], extractor: str) -> set[str]:
    """The contents that were read and extracted by these versions: nothing is to be done about them again."""
    read, extract = stages.alias(), stages.alias()
    found = connection.scalars(
        sa.select(read.c.sha256)
        .join_from(read, extract, read.c.sha256 == extract.c.sha256)
        .where(read.c.stage == Stage.READ.value, read.c.version.in_(list(readers)))
        .where(extract.c.stage == Stage.EXTRACT.value, extract.c.version == extractor)
    )
    return {str(sha256) for sha256 in found}


def files_to_read_again(connection: sa.Connection, root: int, readers: Iterable[str]) -> set[str]:
    """Paths of the files on disk in which something was read by a version other than these."""
    member = occurrences.alias()
    stale = sa.select(stages.c.sha256).where(stages.c.stage == Stage.READ.value, stages.c.version.not_in(list(readers)))
    file_ids = sa.select(sa.func.coalesce(member.c.file, member.c.id)).where(
        member.c.sha256.in_(stale), member.c.deleted.is_(False)
    )
    found = connection.scalars(
        sa.select(occurrences.c.path).where(occurrences.c.root == root, occurrences.c.id.in_(file_ids))
    )
    return {str(path) for path in found}


def contents_to_extract(connection: sa.Connection, readers: Iterable[str], extractor: str) -> list[str]:
    """Live contents whose reading is fresh and whose extraction is not."""
    read, extract = stages.alias(), stages.alias()
    found = connection.scalars(
        sa.select(contents.c.sha256)
        .join(read, read.c.sha256 == contents.c.sha256)
        .join(extract, extract.c.sha256 == contents.c.sha256)
        .where(read.c.stage == Stage.READ.value, read.c.version.in_(list(readers)))
        .where(extract.c.stage == Stage.EXTRACT.value, extract.c.version != extractor)
        .where(is_live())
        .order_by(contents.c.sha256)
    )
    return [str(sha256) for sha256 in found]


def contents_to_index(connection: sa.Connection, version: str) -> list[str]:
    """Contents of which the index is not known to say what the store says; gone ones are to leave it."""
    fresh = sa.exists().where(
        stages.c.sha256 == contents.c.sha256, stages.c.stage == Stage.INDEX.value, stages.c.version == version
    )
    found = connection.scalars(sa.select(contents.c.sha256).where(~fresh).order_by(contents.c.sha256))
    return [str(sha256) for sha256 in found]


def indexed_count(connection: sa.Connection) -> int:
    """How many documents the index must hold: live contents with parts that were indexed without a failure."""
    indexed = sa.exists().where(
        stages.c.sha256 == contents.c.sha256, stages.c.stage == Stage.INDEX.value, stages.c.status == "done"
    )
    has_parts = sa.exists().where(parts.c.sha256 == contents.c.sha256)
    query = sa.select(sa.func.count()).select_from(contents).where(indexed, has_parts, is_live())
    return connection.scalar(query) or 0


def stream_records(
    connection: sa.Connection, record_type: str, part_ids: Sequence[tuple[str, int]] | None = None
) -> Iterator[StoredRecord]:
    """The records of one type in live contents, by path and place.

    ``part_ids``: only those in these parts, named by the short document id and the part's index.
    """
    wanted = None if part_ids is None else set(part_ids)
    for row in connection.execution_options(yield_per=1000).execute(_records_query(record_type)):
        if wanted is None or (row.sha256[:ID_LENGTH], row.part) in wanted:
            yield StoredRecord(
                sha256=row.sha256,
                record=_record_decoder.decode(row.payload),
                quote=Quote(row.quote, row.quote_start, row.quote_end),
                path=row.path,
                document=row.document,
                document_date=row.document_date,
                municipality=row.municipality,
                part_kind=row.part_kind,
                part_title=row.part_title,
            )


def _records_query(record_type: str) -> sa.Select[tuple[object, ...]]:
    first_place = (
        sa.select(occurrences.c.sha256, sa.func.min(occurrences.c.path).label("path"))
        .where(occurrences.c.deleted.is_(False))
        .group_by(occurrences.c.sha256)
        .subquery()
    )
    return (
        sa.select(
            records.c.sha256,
            records.c.part,
            records.c.payload,
            records.c.quote,
            records.c.quote_start,
            records.c.quote_end,
            first_place.c.path,
            contents.c.title.label("document"),
            contents.c.date.label("document_date"),
            contents.c.municipality,
            parts.c.kind.label("part_kind"),
            parts.c.title.label("part_title"),
        )
        .join_from(records, first_place, first_place.c.sha256 == records.c.sha256)
        .join(contents, contents.c.sha256 == records.c.sha256)
        .join(parts, sa.and_(parts.c.sha256 == records.c.sha256, parts.c.part == records.c.part))
        .where(records.c.type == record_type)
        .order_by(first_place.c.path, records.c.sha256, records.c.ordinal)
    )
