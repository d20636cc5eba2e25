"""Where contents lie: writing the occurrences of a file and of all that is inside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.store.database import now
from corpus.store.entries import FileState, Member, Stamp
from corpus.store.rows import AT_ONCE, batched
from corpus.store.schema import file_stamps, members, occurrences
from corpus.store.writer import forget_index, insert_row, insert_values

_at_disk = occurrences.c.file.is_(None)

GROWING = -1
"""The size and time of a container that is being read, or that a run which died has not read to its end."""


def under(prefix: str) -> sa.ColumnElement[bool]:
    """Paths that are ``prefix`` or lie under it; "" is everything under the root."""
    if not prefix:
        return sa.true()
    return sa.or_(occurrences.c.path == prefix, occurrences.c.path.startswith(f"{prefix}/", autoescape=True))


class KnownFile(NamedTuple):
    """A file on disk as its rows say: what :class:`FileState` and :class:`Stamp` hold, cheap to make by the thousand.

    ``inode`` and ``ctime_ns`` are None for what an older Akt wrote.
    """

    id: int
    path: str
    sha256: str | None
    mtime_ns: int | None
    size: int | None
    deleted: bool
    failure: str | None
    inode: str | None
    ctime_ns: int | None

    @property
    def state(self) -> FileState:
        return FileState(
            id=self.id,
            path=self.path,
            sha256=self.sha256,
            mtime_ns=self.mtime_ns,
            size=self.size,
            deleted=self.deleted,
            failed=self.failure is not None,
        )

    @property
    def stamp(self) -> Stamp | None:
        return None if self.inode is None else Stamp(inode=self.inode, ctime_ns=self.ctime_ns or 0)


def known_files(connection: sa.Connection, root: int, prefix: str = "") -> dict[str, KnownFile]:
    """The files on disk that the store knows under a root, deleted ones too, by path."""
    columns = [occurrences.c[name] for name in KnownFile._fields[:-2]]
    query = (
        sa.select(*columns, file_stamps.c.inode, file_stamps.c.ctime_ns)
        .select_from(occurrences.outerjoin(file_stamps, file_stamps.c.file == occurrences.c.id))
        .where(occurrences.c.root == root, _at_disk, under(prefix))
    )
    return {row[1]: KnownFile._make(row) for row in connection.execute(query).all()}


Marks = tuple[int | None, int | None, str | None, int | None]
"""Size, ``mtime_ns``, inode and ``ctime_ns`` of a file, by which it is known to be as it was."""


def steady_marks(connection: sa.Connection, root: int, prefix: str = "") -> dict[str, Marks]:
    """The marks of the files of :func:`known_files` that are not deleted, by path, at half its price.

    The size is None for one that could not be opened, which no file that is there has.
    """
    read = sa.and_(occurrences.c.failure.is_(None), occurrences.c.sha256.is_not(None))
    size = sa.case((read, occurrences.c.size))
    query = (
        sa.select(occurrences.c.path, size, occurrences.c.mtime_ns, file_stamps.c.inode, file_stamps.c.ctime_ns)
        .select_from(occurrences.outerjoin(file_stamps, file_stamps.c.file == occurrences.c.id))
        .where(occurrences.c.root == root, _at_disk, occurrences.c.deleted.is_(False), under(prefix))
    )
    rows = chain.from_iterable(connection.execute(query).partitions(AT_ONCE))
    return {path: (size, mtime, inode, ctime) for path, size, mtime, inode, ctime in rows}


def file_states(connection: sa.Connection, root: int, prefix: str = "") -> dict[str, FileState]:
    """The same without stamps."""
    return {path: file.state for path, file in known_files(connection, root, prefix).items()}


MENDED = 0
"""The run that wrote the row of a file which was mended when a damaged store was made anew."""


def mended_files(connection: sa.Connection, root: int) -> list[FileState]:
    """The files on disk under a root whose rows were mended, and that no run has looked at since."""
    there = known_files(connection, root)
    query = sa.select(occurrences.c.path).where(
        occurrences.c.root + 0 == root, _at_disk, occurrences.c.seen_run == MENDED
    )
    return [there[path].state for path in connection.scalars(query)]


def put_stamp(connection: sa.Connection, file: int, stamp: Stamp) -> None:
    """Write that this file holds what the store says, and how it is told from another one in its place."""
    connection.execute(file_stamps.delete().where(file_stamps.c.file == file))
    connection.execute(file_stamps.insert().values(file=file, inode=stamp.inode, ctime_ns=stamp.ctime_ns))


class NewFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file on disk that the store does not know yet, not as deleted either, and the content that it holds."""

    root: int
    path: str
    sha256: str
    mtime_ns: int
    size: int
    stamp: Stamp


def put_new_files(
    connection: sa.Connection, files: Sequence[NewFile], run: int, limits: Limits = DEFAULT_LIMITS
) -> None:
    """Write files of which no place is known, all at once, with an occurrence for everything inside them."""
    common = {"seen_run": run, "deleted": False, "tries": 1, "at": now()}
    names = ("root", "path", "sha256", "mtime_ns", "size")
    rows = [{**common, **{name: getattr(file, name) for name in names}} for file in files]
    insert = occurrences.insert().returning(occurrences.c.id, sort_by_parameter_order=True)
    ids = [int(file) for some in batched(rows) for file in connection.scalars(insert, some)]
    stamps = ((file, each.stamp.inode, each.stamp.ctime_ns) for file, each in zip(ids, files, strict=True))
    insert_values(connection, file_stamps, ("file", "inode", "ctime_ns"), stamps)
    hashes = {file.sha256 for file in files}
    forget_index(connection, hashes)
    query = sa.select(members.c.parent).distinct()
    holding = {
        parent for each in batched(hashes) for parent in connection.scalars(query.where(members.c.parent.in_(each)))
    }
    for file, each in zip(ids, files, strict=True):
        if each.sha256 in holding:
            put_inside(connection, file, limits)


def put_file(
    connection: sa.Connection,
    *,
    root: int,
    path: str,
    sha256: str,
    mtime_ns: int,
    size: int,
    run: int,
    stamp: Stamp | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> None:
    """Write that this file holds this content now, with an occurrence for everything inside it.

    Without a ``stamp``, the next run looks into the file to know it again.
    """
    row = {"sha256": sha256, "mtime_ns": mtime_ns, "size": size, "seen_run": run, "deleted": False, "failure": None}
    file = _put_row(connection, root, path, row)
    if stamp is not None:
        put_stamp(connection, file, stamp)
    put_inside(connection, file, limits)


def put_growing(connection: sa.Connection, *, root: int, path: str, sha256: str, run: int) -> int:
    """Write that this container is being read: what was in it stays until :func:`put_file`. Returns its id.

    Its size and time are no file's, so that a run that dies leaves it to be read again.
    """
    row = {"sha256": sha256, "mtime_ns": GROWING, "size": GROWING, "seen_run": run, "deleted": False, "failure": None}
    return _put_row(connection, root, path, row)


def put_members_inside(
    connection: sa.Connection, file: int, found: Sequence[Member], limits: Limits = DEFAULT_LIMITS
) -> None:
    """Write the places of some members of a container that is being read, with everything inside them."""
    holder = connection.execute(sa.select(occurrences).where(occurrences.c.id == file)).one()
    inner = sa.select(members.c.parent).where(members.c.parent.in_([member.sha256 for member in found]))
    holding = set(connection.scalars(inner.distinct()))
    rows = ((member.name, member.sha256, member.sha256 in holding) for member in found)
    for places in batched(_with_inner(connection, holder.path, holder.sha256, rows, limits)):
        _put_some(connection, holder, places)


def refresh_files_with(
    connection: sa.Connection, sha256: str, limits: Limits = DEFAULT_LIMITS, *, but: int | None = None
) -> None:
    """Write anew what is inside every file in which this container lies, ``but`` this one: its members have changed."""
    file = sa.func.coalesce(occurrences.c.file, occurrences.c.id)
    live = sa.select(file).where(occurrences.c.sha256 == sha256, occurrences.c.deleted.is_(False)).distinct()
    for found in connection.scalars(live).all():
        if found != but:
            put_inside(connection, int(found), limits)


def put_inside(connection: sa.Connection, file: int, limits: Limits = DEFAULT_LIMITS) -> None:
    """An occurrence for everything inside a file on disk, in place of those that were there.

    Those that stay as they were are left, and their contents need not be indexed anew: of a mailbox that has grown,
    only the new mails do.
    """
    holder = connection.execute(sa.select(occurrences).where(occurrences.c.id == file)).one()
    before = connection.scalars(sa.select(occurrences.c.id).where(occurrences.c.file == file)).all()
    gone = set(before)
    for rows in batched(_inside(connection, holder.path, holder.sha256, limits)):
        gone.difference_update(_put_some(connection, holder, rows))
    for ids in batched(sorted(gone)):
        where = occurrences.c.id.in_(ids)
        forget_index(connection, _contents_at(connection, where))
        connection.execute(occurrences.delete().where(where))


def files_with_inner(connection: sa.Connection) -> set[int]:
    """The files on disk that hold something, or have places inside them: only of these :func:`places_differ` need be
    asked."""
    there = connection.scalars(sa.select(occurrences.c.file).where(~_at_disk).distinct())
    holding = sa.select(occurrences.c.id).where(_at_disk, occurrences.c.sha256.in_(sa.select(members.c.parent)))
    return {int(file) for file in there if file is not None} | set(connection.scalars(holding))


def places_differ(connection: sa.Connection, file: int, limits: Limits = DEFAULT_LIMITS) -> bool:
    """Whether what is inside a file on disk does not lie where :func:`put_inside` would put it."""
    holder = connection.execute(sa.select(occurrences).where(occurrences.c.id == file)).one()
    query = sa.select(occurrences.c.path, occurrences.c.sha256).where(occurrences.c.file == file)
    there = sorted((row.path, row.sha256) for row in connection.execute(query))
    wanted = _inside(connection, holder.path, holder.sha256, limits)
    return there != sorted((path, sha256) for path, sha256, _ in wanted)


def _put_some(connection: sa.Connection, holder: sa.Row[Any], places: Sequence[tuple[str, str, str]]) -> list[int]:
    """Write some (path, content, container) inside the file ``holder``. Returns the ids of those that were there."""
    at = (occurrences.c.root == holder.root, occurrences.c.path.in_([path for path, _, _ in places]))
    found = connection.execute(sa.select(occurrences).where(*at))  # by the index on paths; the one on files is coarse
    there = {row.path: row for row in found if row.file == holder.id}
    row = {"seen_run": holder.seen_run, "deleted": False}
    added, changed, other = [], [], set()
    for path, sha256, parent in places:
        known = there.get(path)
        if known is None:
            added.append({"path": path, "sha256": sha256, "parent": parent, **row})
        else:
            changed.append({"known": known.id, "sha256": sha256, "parent": parent, **row})
        if known is None or known.deleted or known.sha256 != sha256:
            other |= {sha256} if known is None else {sha256, known.sha256}
    if added:
        common = {"root": holder.root, "file": holder.id, "tries": 1, "at": now()}
        connection.execute(occurrences.insert(), [{**common, **each} for each in added])
    if changed:
        connection.execute(occurrences.update().where(occurrences.c.id == sa.bindparam("known")), changed)
    forget_index(connection, other)
    return [known.id for known in there.values()]


def put_unopened(connection: sa.Connection, *, root: int, path: str, reason: str, run: int) -> None:
    """Write that this file could not be opened; what an earlier run found in it stays."""
    _put_row(connection, root, path, {"seen_run": run, "deleted": False, "failure": reason})


def _put_row(connection: sa.Connection, root: int, path: str, row: dict[str, object]) -> int:
    where = (occurrences.c.root == root, occurrences.c.path == path, _at_disk)
    file = connection.scalar(sa.select(occurrences.c.id).where(*where))
    row = {**row, "at": now()}
    if file is None:
        file = insert_row(connection, occurrences, {"root": root, "path": path, "tries": 1, **row})
    else:
        forget_index(connection, _contents_at(connection, occurrences.c.id == file))
        connection.execute(
            occurrences.update().where(occurrences.c.id == file).values(tries=occurrences.c.tries + 1, **row)
        )
    forget_index(connection, _contents_at(connection, occurrences.c.id == file))
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
    forget_index(connection, _contents_at(connection, of_file))


def _contents_at(connection: sa.Connection, where: sa.ColumnElement[bool]) -> list[str]:
    found = connection.scalars(sa.select(occurrences.c.sha256).where(where, occurrences.c.sha256.is_not(None)))
    return [str(sha256) for sha256 in found]


def _inside(connection: sa.Connection, path: str, sha256: str, limits: Limits) -> Iterator[tuple[str, str, str]]:
    """(path, content, container) of everything inside a content, containers before what they hold.

    A container may hold itself (such archives exist) or the same one many times over: the limits on depth and number
    end that, and the walk does not go into a content that is open above. The limit on number holds for what is inside
    each member, for a mailbox may have any number of them.
    """
    return _with_inner(connection, path, sha256, _members(connection, sha256), limits)


def _with_inner(
    connection: sa.Connection, path: str, outer: str, found: Iterable[tuple[str, str, bool]], limits: Limits
) -> Iterator[tuple[str, str, str]]:
    """The places of members of a file's own content, each with what is inside it."""
    for name, inner, holds in found:
        yield f"{path}!{name}", inner, outer
        if holds and inner != outer:
            deeper = _below(connection, f"{path}!{name}", inner, (outer, inner), limits)
            yield from islice(deeper, limits.children)


def _below(
    connection: sa.Connection, path: str, outer: str, above: tuple[str, ...], limits: Limits
) -> Iterator[tuple[str, str, str]]:
    for name, inner, holds in _members(connection, outer):
        yield f"{path}!{name}", inner, outer
        if holds and inner not in above and len(above) <= limits.depth:
            yield from _below(connection, f"{path}!{name}", inner, (*above, inner), limits)


def _members(connection: sa.Connection, parent: str) -> Iterator[tuple[str, str, bool]]:
    """(name, content, whether it holds something itself) of each member, in order, some at a time."""
    inner = members.alias()
    holds = sa.exists().where(inner.c.parent == members.c.sha256)
    after = -1
    while True:
        rows = connection.execute(
            sa.select(members.c.position, members.c.name, members.c.sha256, holds.label("holds"))
            .where(members.c.parent == parent, members.c.position > after)
            .order_by(members.c.position)
            .limit(AT_ONCE)
        ).all()
        if not rows:
            return
        yield from ((row.name, row.sha256, bool(row.holds)) for row in rows)
        after = rows[-1].position
