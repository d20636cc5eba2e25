"""Where contents lie: writing the occurrences of a file and of all that is inside it."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.store.database import now
from corpus.store.entries import FileState
from corpus.store.schema import members, occurrences
from corpus.store.writer import forget_index, insert_row

_at_disk = occurrences.c.file.is_(None)


def under(prefix: str) -> sa.ColumnElement[bool]:
    """Paths that are ``prefix`` or lie under it; "" is everything under the root."""
    if not prefix:
        return sa.true()
    return sa.or_(occurrences.c.path == prefix, occurrences.c.path.startswith(f"{prefix}/", autoescape=True))


def file_states(connection: sa.Connection, root: int, prefix: str = "") -> dict[str, FileState]:
    """The files on disk that the store knows under a root, deleted ones too, by path."""
    rows = connection.execute(sa.select(occurrences).where(occurrences.c.root == root, _at_disk, under(prefix)))
    return {
        row.path: FileState(
            id=row.id,
            path=row.path,
            sha256=row.sha256,
            mtime_ns=row.mtime_ns,
            size=row.size,
            deleted=row.deleted,
            failed=row.failure is not None,
        )
        for row in rows
    }


def put_file(
    connection: sa.Connection,
    *,
    root: int,
    path: str,
    sha256: str,
    mtime_ns: int,
    size: int,
    run: int,
    limits: Limits = DEFAULT_LIMITS,
) -> None:
    """Write that this file holds this content now, with an occurrence for everything inside it."""
    row = {"sha256": sha256, "mtime_ns": mtime_ns, "size": size, "seen_run": run, "deleted": False, "failure": None}
    _put_inside(connection, _put_row(connection, root, path, row), limits)


def refresh_files_with(connection: sa.Connection, sha256: str, limits: Limits = DEFAULT_LIMITS) -> None:
    """Write anew what is inside every file in which this container lies: its members have changed."""
    file = sa.func.coalesce(occurrences.c.file, occurrences.c.id)
    live = sa.select(file).where(occurrences.c.sha256 == sha256, occurrences.c.deleted.is_(False)).distinct()
    for found in connection.scalars(live).all():
        _put_inside(connection, int(found), limits)


def _put_inside(connection: sa.Connection, file: int, limits: Limits) -> None:
    """An occurrence for everything inside a file on disk, in place of those that were there."""
    forget_index(connection, _of_file(connection, file))
    connection.execute(occurrences.delete().where(occurrences.c.file == file))
    holder = connection.execute(sa.select(occurrences).where(occurrences.c.id == file)).one()
    common = {"root": holder.root, "file": file, "seen_run": holder.seen_run, "deleted": False, "tries": 1, "at": now()}
    rows = [
        {"path": path, "sha256": sha256, "parent": parent, **common}
        for path, sha256, parent in _inside(connection, holder.path, holder.sha256, limits)
    ]
    if rows:
        connection.execute(occurrences.insert(), rows)
    forget_index(connection, _of_file(connection, file))


def put_unopened(connection: sa.Connection, *, root: int, path: str, reason: str, run: int) -> None:
    """Write that this file could not be opened; what an earlier run found in it stays."""
    _put_row(connection, root, path, {"seen_run": run, "deleted": False, "failure": reason})


def _put_row(connection: sa.Connection, root: int, path: str, row: dict[str, object]) -> int:
    where = (occurrences.c.root == root, occurrences.c.path == path, _at_disk)
    file = connection.scalar(sa.select(occurrences.c.id).where(*where))
    row = {**row, "at": now()}
    if file is None:
        return insert_row(connection, occurrences, {"root": root, "path": path, "tries": 1, **row})
    forget_index(connection, _of_file(connection, file))
    connection.execute(
        occurrences.update().where(occurrences.c.id == file).values(tries=occurrences.c.tries + 1, **row)
    )
    return int(file)


def mark_deleted(connection: sa.Connection, file: int) -> None:
    """The file is gone from its place; its content stays in the store and leaves the index."""
    _mark(connection, file, deleted=True)


def mark_present(connection: sa.Connection, file: int) -> None:
    """A file that was gone is back as it was."""
    _mark(connection, file, deleted=False)


def _mark(connection: sa.Connection, file: int, *, deleted: bool) -> None:
    of_file = sa.or_(occurrences.c.id == file, occurrences.c.file == file)
    connection.execute(occurrences.update().where(of_file).values(deleted=deleted))
    forget_index(connection, _of_file(connection, file))


def mark_seen(connection: sa.Connection, root: int, prefix: str, run: int) -> None:
    """Everything under ``prefix`` that is not marked deleted was seen by this run."""
    connection.execute(
        occurrences.update()
        .where(occurrences.c.root == root, under(prefix), occurrences.c.deleted.is_(False))
        .values(seen_run=run)
    )


def _of_file(connection: sa.Connection, file: int) -> list[str]:
    of_file = sa.or_(occurrences.c.id == file, occurrences.c.file == file)
    found = connection.scalars(sa.select(occurrences.c.sha256).where(of_file, occurrences.c.sha256.is_not(None)))
    return [str(sha256) for sha256 in found]


def _inside(connection: sa.Connection, path: str, sha256: str, limits: Limits) -> Iterator[tuple[str, str, str]]:
    """(path, content, container) of everything inside a content, containers before what they hold.

    A container may hold itself (such archives exist) or the same one many times over: the limits on depth and number
    end that, and the walk does not go into a content that is open above.
    """
    waiting: list[tuple[str, str, tuple[str, ...]]] = [(path, sha256, (sha256,))]
    given = 0
    while waiting:
        outer_path, outer, above = waiting.pop()
        rows = connection.execute(
            sa.select(members.c.name, members.c.sha256).where(members.c.parent == outer).order_by(members.c.position)
        ).all()
        for name, inner in rows:
            if given >= limits.children:
                return
            given += 1
            inner_path = f"{outer_path}!{name}"
            yield inner_path, inner, outer
            if inner not in above and len(above) <= limits.depth:
                waiting.append((inner_path, inner, (*above, inner)))
