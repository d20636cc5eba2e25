"""Reading the store: contents, their places, their records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from corpus.model import Document
from corpus.reading import Reading
from corpus.store.entries import Member, Place, Root, Stage
from corpus.store.packing import unpack_document, unpack_reading
from corpus.store.rows import batched
from corpus.store.schema import contents, members, occurrences, roots, stages

BYTES_AT_ONCE = 1_000_000
"""Of packed documents that are fetched at a time; a larger one is alone."""


def is_live() -> sa.ColumnElement[bool]:
    """Contents that lie somewhere now."""
    return sa.exists().where(occurrences.c.sha256 == contents.c.sha256, occurrences.c.deleted.is_(False))


def gone_contents(connection: sa.Connection) -> list[str]:
    """Contents that lie nowhere now. These are few: to count the others, take them from all."""
    marked = """
        select gone.sha256 from occurrences as gone where gone.deleted and gone.sha256 is not null and not exists (
            select 1 from occurrences as there where there.sha256 = gone.sha256 and not there.deleted)"""
    placed = "select count(distinct sha256) from occurrences"
    nowhere = (
        "select sha256 from contents where sha256 not in (select sha256 from occurrences where sha256 is not null)"
    )
    found = set(connection.scalars(sa.text(marked)))
    if connection.scalar(sa.text(placed)) != row_count(connection, contents):
        found |= set(connection.scalars(sa.text(nowhere)))
    return sorted(found)


def load_document(connection: sa.Connection, sha256: str) -> Document | None:
    """The stored document, without children, or None for a content that is not in the store."""
    packed = connection.scalar(sa.select(contents.c.document).where(contents.c.sha256 == sha256))
    return None if packed is None else unpack_document(packed)


def sized_documents(connection: sa.Connection, found: Sequence[str]) -> dict[str, int]:
    """How many bytes the stored document of each of these contents has, packed."""
    query = sa.select(contents.c.sha256, sa.func.length(contents.c.document))
    return {str(sha256): int(size) for sha256, size in connection.execute(query.where(contents.c.sha256.in_(found)))}


def packed_documents(connection: sa.Connection, found: Sequence[str]) -> dict[str, bytes]:
    """The stored documents of these contents as they are stored: :func:`corpus.store.packing.unpack_document`."""
    query = sa.select(contents.c.sha256, contents.c.document).where(contents.c.sha256.in_(found))
    return {str(sha256): bytes(packed) for sha256, packed in connection.execute(query)}


def some_at_once(found: Iterable[str], sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """The contents in order, as many at a time as have a megabyte of packed documents; a larger one is alone."""
    few: list[str] = []
    size = 0
    for sha256 in found:
        if few and size + sizes.get(sha256, 0) > BYTES_AT_ONCE:
            yield few
            few, size = [], 0
        few.append(sha256)
        size += sizes.get(sha256, 0)
    if few:
        yield few


def load_reading(connection: sa.Connection, sha256: str) -> tuple[Reading, int] | None:
    """The stored reading, without children, and the size of the file in bytes."""
    row = connection.execute(
        sa.select(contents.c.reading, contents.c.size).where(contents.c.sha256 == sha256)
    ).one_or_none()
    return None if row is None else (unpack_reading(row.reading), row.size)


def packed_reading(connection: sa.Connection, sha256: str) -> tuple[bytes, int] | None:
    """The stored reading as it is stored, and the size of the file in bytes."""
    query = sa.select(contents.c.reading, contents.c.size).where(contents.c.sha256 == sha256)
    row = connection.execute(query).one_or_none()
    return None if row is None else (bytes(row.reading), int(row.size))


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


def best_place_first() -> tuple[sa.ColumnElement[Any], ...]:
    """The order of a content's places: a file of its own says more than a place in a container."""
    return occurrences.c.file.is_not(None), sa.func.length(occurrences.c.path), occurrences.c.path


def places_of(connection: sa.Connection, sha256: str) -> list[Place]:
    """Where a content lies now: files on disk before members, short paths before long ones."""
    rows = connection.execute(
        sa.select(roots.c.path.label("root"), occurrences.c.path)
        .join_from(occurrences, roots, occurrences.c.root == roots.c.id)
        .where(occurrences.c.sha256 == sha256, occurrences.c.deleted.is_(False))
        .order_by(*best_place_first(), roots.c.path)
    )
    return [Place(root=row.root, path=row.path) for row in rows]


def numbered_places(connection: sa.Connection, sha256: str) -> dict[str, int]:
    """The paths of :func:`places_of` in that order, each with the number of its place: masked ones may be alike."""
    query = (
        sa.select(occurrences.c.path, occurrences.c.id)
        .join_from(occurrences, roots, occurrences.c.root == roots.c.id)
        .where(occurrences.c.sha256 == sha256, occurrences.c.deleted.is_(False))
        .order_by(*best_place_first(), roots.c.path)
    )
    found: dict[str, int] = {}
    for path, number in connection.execute(query):
        found.setdefault(path, number)
    return found


def places_of_all(connection: sa.Connection, found: Sequence[str]) -> dict[str, list[Place]]:
    """The places of :func:`places_of` for each of these contents that lies somewhere now."""
    query = (
        sa.select(occurrences.c.sha256, roots.c.path.label("root"), occurrences.c.path)
        .join_from(occurrences, roots, occurrences.c.root == roots.c.id)
        .where(occurrences.c.sha256.in_(found), occurrences.c.deleted.is_(False))
        .order_by(*best_place_first(), roots.c.path)
    )
    places: dict[str, list[Place]] = {}
    for sha256, root, path in connection.execute(query):
        places.setdefault(str(sha256), []).append(Place(root=root, path=path))
    return places


def contents_with_prefix(connection: sa.Connection, prefix: str, limit: int = 10) -> list[str]:
    """The hashes that begin with ``prefix``, at most ``limit`` of them."""
    # The range goes over the index, which a LIKE with an escape character does not; no hex digit comes after "f".
    among = (contents.c.sha256 >= prefix, contents.c.sha256 < f"{prefix}g")
    found = connection.scalars(
        sa.select(contents.c.sha256)
        .where(*among, contents.c.sha256.startswith(prefix, autoescape=True))
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
    # The sum keeps a database from going through all places of the root.
    query = """
        select file.path from occurrences as file where file.root + 0 = :root and file.id in (
            select coalesce(place.file, place.id) from occurrences as place
            where not place.deleted and place.sha256 in (
                select sha256 from stages where stage = 'read' and version not in :readers))"""
    asked = sa.text(query).bindparams(sa.bindparam("readers", list(readers), expanding=True), root=root)
    return {str(path) for path in connection.scalars(asked)}


def contents_to_extract(connection: sa.Connection, readers: Iterable[str], extractor: str) -> list[str]:
    """Live contents whose reading is fresh and whose extraction is not."""
    # Two ranges are looked up in the index on versions, which a "not equal" goes through.
    query = """
        select done.sha256 from stages as done join stages as seen on seen.sha256 = done.sha256
        where done.stage = 'extract' and (done.version < :extractor or done.version > :extractor)
        and exists (select 1 from occurrences where occurrences.sha256 = done.sha256 and not occurrences.deleted)
        and seen.stage = 'read' and seen.version in :readers
        order by done.sha256"""
    fresh: sa.BindParameter[list[str]] = sa.bindparam("readers", list(readers), expanding=True)
    asked = sa.text(query).bindparams(fresh, extractor=extractor)
    return [str(sha256) for sha256 in connection.scalars(asked)]


def contents_to_index(
    connection: sa.Connection, version: str, *, gone: bool = True, stage: Stage = Stage.INDEX
) -> list[str]:
    """Contents of which the index is not known to say what the store says; ``gone`` ones too, which are to leave it.

    ``stage`` is REBUILD for the index that is built beside the other.
    """
    counts = "select (select count(*) from stages where stage = :stage and version = :version) = count(*) from contents"
    if connection.scalar(sa.text(counts).bindparams(stage=stage.value, version=version)):
        return []  # each content has one row of a stage
    made = (stages.c.stage == stage.value, stages.c.version == version)
    fresh = sa.exists().where(stages.c.sha256 == contents.c.sha256, *made)
    wanted = sa.true() if gone else is_live()
    found = connection.scalars(sa.select(contents.c.sha256).where(~fresh, wanted).order_by(contents.c.sha256))
    return [str(sha256) for sha256 in found]


def indexed_count(connection: sa.Connection, stage: Stage = Stage.INDEX) -> int:
    """How many documents the index must hold: live contents with parts that were indexed without a failure."""
    done = """
        select count(*) from stages where stage = :stage and status = 'done'
        and exists (select 1 from parts where parts.sha256 = stages.sha256)"""
    every = connection.scalar(sa.text(done).bindparams(stage=stage.value)) or 0
    among: sa.BindParameter[list[str]] = sa.bindparam("gone", expanding=True)
    gone = sa.text(f"{done} and sha256 in :gone").bindparams(among, stage=stage.value)
    lots = batched(gone_contents(connection))
    return every - sum(connection.scalar(gone, {"gone": some}) or 0 for some in lots)


def row_count(connection: sa.Connection, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
    """How many rows of a table this holds for."""
    return connection.scalar(sa.select(sa.func.count()).select_from(table).where(*where)) or 0
