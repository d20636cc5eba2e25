"""Whether the store is whole: the database file itself, and what its rows say of each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from corpus.store.places import GROWING
from corpus.store.rows import COLUMNS
from corpus.store.schema import contents, members, metadata, occurrences, roots, stages
from corpus.workspace import WorkspaceDamagedError

MOST_FAULTS = 50  # SQLite names no more of one file
LARGEST_LOOKED_AT = 512 * 1024 * 1024


def file_faults(connection: sa.Connection) -> list[str]:
    """What is wrong with the database file; nothing for one that is whole, and for a database behind a server."""
    if connection.dialect.name != "sqlite":
        return []
    try:
        found = [str(row[0]) for row in connection.exec_driver_sql(f"pragma integrity_check({MOST_FAULTS})")]
    except sa.exc.DatabaseError as error:
        return [str(error.orig)]
    return [] if found == ["ok"] else found


def must_look_sound(engine: sa.Engine, file: Path) -> None:
    """Raises WorkspaceDamagedError where a quick look at all pages of the database file finds one that is broken.

    Some tenths of a second for the largest that is looked at. A larger one is for :func:`file_faults`, and for the run
    that meets what is broken. What is wrong in the database's own indexes only is not seen.
    """
    if engine.dialect.name != "sqlite" or file.stat().st_size > LARGEST_LOOKED_AT:
        return
    with engine.connect() as connection:
        said = " ".join(str(connection.exec_driver_sql("pragma quick_check(1)").scalar()).split())
    if said != "ok":
        raise WorkspaceDamagedError(
            f"The store {file} is damaged ({said}), and nothing was done: run `akt verify --repair`; "
            "where that does not help, put back a copy of the store, or name a new folder with --workspace "
            "and ingest the documents again."
        )


def is_of_keys(said: str) -> bool:
    """Whether what :func:`file_faults` says is wrong with an index of the database only, which can be made anew."""
    return any(mark in said for mark in ("missing from index", "entries in index", "non-unique entry in index"))


def rebuild_keys(connection: sa.Connection) -> None:
    """Make the database's own indexes anew from its tables."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("reindex")


def lost_contents(connection: sa.Connection) -> list[str]:
    """Contents that lie somewhere or are held by a container, and of which there is no row."""
    there = sa.select(contents.c.sha256)
    places = sa.select(occurrences.c.sha256).where(occurrences.c.sha256.is_not(None))
    held = sa.select(members.c.sha256)
    wanted = sa.union(places, held, sa.select(members.c.parent)).subquery()
    query = sa.select(wanted.c.sha256).where(wanted.c.sha256.not_in(there)).order_by(wanted.c.sha256)
    return [str(sha256) for sha256 in connection.scalars(query)]


def orphan_rows(connection: sa.Connection) -> dict[str, int]:
    """How many rows there are of contents that nothing else knows, by table."""
    counts = {
        table.name: connection.scalar(sa.select(sa.func.count()).select_from(table).where(_is_orphan(table))) or 0
        for table in _of_contents()
    }
    return {name: count for name, count in counts.items() if count}


def drop_orphans(connection: sa.Connection) -> None:
    """Take out the rows of contents that nothing else knows."""
    for table in _of_contents():
        connection.execute(table.delete().where(_is_orphan(table)))


def homeless(connection: sa.Connection) -> int:
    """How many occurrences lie under a root, or in a file, of which there is no row."""
    file = occurrences.alias()
    query = (
        sa.select(sa.func.count())
        .select_from(occurrences)
        .where(
            occurrences.c.root.not_in(sa.select(roots.c.id))
            | (occurrences.c.file.is_not(None) & ~sa.exists().where(file.c.id == occurrences.c.file))
        )
    )
    return connection.scalar(query) or 0


def drop_homeless(connection: sa.Connection) -> None:
    """Take out the occurrences that lie nowhere; a file whose root is lost is found again by ingesting it."""
    rootless = sa.select(occurrences.c.id).where(occurrences.c.root.not_in(sa.select(roots.c.id)))
    connection.execute(occurrences.delete().where(occurrences.c.file.is_not(None), occurrences.c.file.in_(rootless)))
    connection.execute(occurrences.delete().where(occurrences.c.root.not_in(sa.select(roots.c.id))))
    files = sa.select(occurrences.c.id)
    connection.execute(
        occurrences.delete().where(occurrences.c.file.is_not(None), occurrences.c.file.not_in(files.scalar_subquery()))
    )


def all_contents(connection: sa.Connection) -> Iterator[str]:
    """Every content, in the order of the hashes, some at a time."""
    after = ""
    while True:
        query = sa.select(contents.c.sha256).where(contents.c.sha256 > after).order_by(contents.c.sha256).limit(500)
        found = [str(sha256) for sha256 in connection.scalars(query)]
        if not found:
            return
        yield from found
        after = found[-1]


def packed_of(connection: sa.Connection, sha256: str) -> sa.Row[Any] | None:
    """The row of a content, with its packed reading and document."""
    return connection.execute(sa.select(contents).where(contents.c.sha256 == sha256)).one_or_none()


def is_begun(connection: sa.Connection, sha256: str) -> bool:
    """Whether a content of which no version is noted is a container whose reading a run began and did not end.

    That is no damage: the next run reads it again, or it lies nowhere any more, for its file has changed since.
    """
    places = connection.execute(
        sa.select(occurrences.c.size, occurrences.c.deleted).where(occurrences.c.sha256 == sha256)
    ).all()
    return any(place.size == GROWING for place in places) or all(place.deleted for place in places)


def files_with(connection: sa.Connection, sha256: str) -> list[sa.Row[Any]]:
    """The files on disk in which a content lies now: their id, root (an absolute path) and path under it."""
    file = occurrences.alias()
    query = (
        sa.select(file.c.id, roots.c.id.label("root_id"), roots.c.path.label("root"), file.c.path)
        .join_from(occurrences, file, file.c.id == sa.func.coalesce(occurrences.c.file, occurrences.c.id))
        .join(roots, roots.c.id == file.c.root)
        .where(occurrences.c.sha256 == sha256, occurrences.c.deleted.is_(False))
        .distinct()
        .order_by(file.c.id)
    )
    return list(connection.execute(query))


def _is_orphan(table: sa.Table) -> sa.ColumnElement[bool]:
    key = table.c.parent if table is members else table.c.sha256
    return key.not_in(sa.select(contents.c.sha256))


def _of_contents() -> list[sa.Table]:
    return [stages, members, *(metadata.tables[name] for name in COLUMNS)]
