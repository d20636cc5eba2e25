"""Dropping what lies nowhere any more: contents of files that are gone, with everything found in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from corpus.store.links import count_words
from corpus.store.queries import best_place_first
from corpus.store.rows import COLUMNS, batched
from corpus.store.schema import (
    ahead,
    contents,
    file_stamps,
    members,
    metadata,
    occurrences,
    roots,
    stages,
    untold_files,
)
from corpus.store.settings import PRUNED_UNTOLD, put_setting, setting


class Pruned(msgspec.Struct, frozen=True, kw_only=True):
    """``files`` marked as deleted and ``contents`` that lie nowhere else."""

    files: int
    contents: int


class Foreseen(msgspec.Struct, frozen=True, kw_only=True):
    """What a run would note before it prunes: files on disk that are ``gone`` and ``back``, by their ids, and the
    contents of files that have ``arrived``."""

    gone: frozenset[int] = frozenset()
    back: frozenset[int] = frozenset()
    arrived: frozenset[str] = frozenset()


NOTHING = Foreseen()


def to_prune(connection: sa.Connection, foreseen: Foreseen = NOTHING) -> tuple[int, list[str]]:
    """How many files on disk are marked as deleted, and the contents that lie nowhere any more.

    A content that a container holds stays with it, and so does the container of one that lies somewhere.
    """
    files, placed = 0, set(foreseen.arrived)
    of = occurrences.c
    for row in connection.execute(sa.select(of.id, of.file, of.sha256, of.deleted)):
        file = row.id if row.file is None else row.file
        deleted = file in foreseen.gone or (row.deleted and file not in foreseen.back)
        files += deleted and row.file is None
        if not deleted:
            placed.add(row.sha256)
    free = {str(sha256) for sha256 in connection.scalars(sa.select(contents.c.sha256))} - placed
    return files, sorted(free - _held(connection, free))


def sizes_of(connection: sa.Connection, found: Sequence[str]) -> set[int]:
    """The sizes in bytes of these contents."""
    query = sa.select(contents.c.size)
    return {
        int(size) for some in batched(found) for size in connection.scalars(query.where(contents.c.sha256.in_(some)))
    }


def last_places(connection: sa.Connection, found: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Where these contents lay last: the ingested folder and the path; those whose place holds something else now have
    none."""
    query = (
        sa.select(occurrences.c.sha256, roots.c.path.label("root"), occurrences.c.path)
        .join(roots, roots.c.id == occurrences.c.root)
        .order_by(*best_place_first())
    )
    places: dict[str, tuple[str, str]] = {}
    for some in batched(found):
        for row in connection.execute(query.where(occurrences.c.sha256.in_(some))):
            places.setdefault(str(row.sha256), (row.root, row.path))
    return places


def titles_of(connection: sa.Connection, found: Sequence[str]) -> dict[str, str | None]:
    """The titles of these contents."""
    query = sa.select(contents.c.sha256, contents.c.title)
    rows = (row for some in batched(found) for row in connection.execute(query.where(contents.c.sha256.in_(some))))
    return {str(row.sha256): row.title for row in rows}


def _held(connection: sa.Connection, free: set[str]) -> set[str]:
    """Those of them that lie in a container that stays: a limit may have left them without a place."""
    pairs = [(str(row.parent), str(row.sha256)) for row in connection.execute(sa.select(members))]
    inside: dict[str, list[str]] = {}
    for parent, sha256 in pairs:
        inside.setdefault(parent, []).append(sha256)
    kept: set[str] = set()
    waiting = [parent for parent in inside if parent not in free]
    while waiting:
        for sha256 in inside.get(waiting.pop(), ()):
            if sha256 in free and sha256 not in kept:
                kept.add(sha256)
                waiting.append(sha256)
    return kept


def prune(connection: sa.Connection) -> Pruned:
    """Drop the places that are marked as deleted, and what :func:`to_prune` says. SQLite writes noughts over it.

    Returns that with what :func:`untold_pruned` gives, as which it is kept until a run has told it.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("pragma secure_delete = on")
    files, found = to_prune(connection)
    gone = sa.select(occurrences.c.id).where(occurrences.c.deleted.is_(True))
    for table in (file_stamps, untold_files):
        connection.execute(table.delete().where(table.c.file.in_(gone)))
    connection.execute(occurrences.delete().where(occurrences.c.deleted.is_(True), occurrences.c.file.is_not(None)))
    connection.execute(occurrences.delete().where(occurrences.c.deleted.is_(True)))
    for some in batched(found):
        connection.execute(members.delete().where(members.c.parent.in_(some)))
    for some in batched(found):
        count_words(connection, Counter(), some)
        for table in (stages, ahead, *(metadata.tables[name] for name in COLUMNS)):
            connection.execute(table.delete().where(table.c.sha256.in_(some)))
        connection.execute(contents.delete().where(contents.c.sha256.in_(some)))
    before = untold_pruned(connection) or Pruned(files=0, contents=0)
    done = Pruned(files=files + before.files, contents=len(found) + before.contents)
    put_setting(connection, PRUNED_UNTOLD, msgspec.json.encode(done).decode())
    return done


def untold_pruned(connection: sa.Connection) -> Pruned | None:
    """What runs have dropped that were killed before they could tell."""
    kept = setting(connection, PRUNED_UNTOLD)
    return None if kept is None else msgspec.json.decode(kept, type=Pruned)
