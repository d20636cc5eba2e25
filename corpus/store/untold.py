"""What no report has told yet: a run that is killed tells nothing, so the next one tells what it has found as well.

Of each file that a run changes, the store keeps as what the last report has told it, until a run comes to its end. A
file that was new needs no such note: the run that wrote its row has told nothing. Failures are few, so those that were
told are kept, all of them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from corpus.store.places import GROWING, under
from corpus.store.rows import batched
from corpus.store.schema import occurrences, runs, told_failures, untold_files
from corpus.store.settings import FAILURES_TOLD, put_setting, setting

ENDED = ("done", "folder-emptied", "interrupted")
"""Of a run that has told what it found."""

_at_disk = occurrences.c.file.is_(None)
_noted = sa.select(untold_files.c.file)
_LAST_ENDED = sa.select(runs.c.id, runs.c.status).where(runs.c.status.in_(ENDED)).order_by(runs.c.id.desc()).limit(1)
_NOTE = ("file", "known", "sha256", "deleted", "run")


class Told(NamedTuple):
    """A file on disk as the last report has told it. ``known`` false: no report has told of it."""

    known: bool
    sha256: str | None
    deleted: bool


class Failing(NamedTuple):
    """A failure at a place, which is known by its number; its path tells it from a later one of that number."""

    place: int
    code: str
    root: int
    path: str
    sha256: str
    """"" where that could never be told."""


class Untold:
    """The files that a run changes, and those that runs before it have changed without telling. ``run``: its number.

    ``runs``: how many runs before it did so, since the last that came to its end. ``is_open``: something may be untold.
    ``was_stopped``: the last of those was.
    """

    def __init__(self, connection: sa.Connection, run: int) -> None:
        self._run = run
        last = connection.execute(_LAST_ENDED).one_or_none()
        self._since = last.id if last else 0
        self.was_stopped = last is not None and last.status == "interrupted"
        between = sa.select(sa.func.count()).select_from(runs).where(runs.c.id > self._since, runs.c.id < run)
        self.runs = connection.scalar(between) or 0
        self.is_open = bool(self.runs) or connection.execute(_noted.limit(1)).first() is not None
        self._has_kept = False

    def keep(self, connection: sa.Connection, files: Iterable[int]) -> None:
        """To be called before these files are changed: note how they were told, unless that is noted."""
        known = occurrences.c.seen_run <= self._since
        run = sa.case((known, self._run), else_=occurrences.c.seen_run)
        row = (occurrences.c.id, known, occurrences.c.sha256, occurrences.c.deleted, run)
        unnoted = (_at_disk, occurrences.c.seen_run < self._run, occurrences.c.id.not_in(_noted))
        for some in batched(files):
            found = sa.select(*row).where(occurrences.c.id.in_(some), *unnoted)
            connection.execute(untold_files.insert().from_select(_NOTE, found))
            self._has_kept = True

    def files(self, connection: sa.Connection, root: int, prefix: str = "") -> dict[str, Told]:
        """By their paths, the files that earlier runs have changed, and told nobody of; gone ones, too."""
        return untold_in(connection, self._since, self._run, root, prefix) if self.is_open else {}

    def followed(self, connection: sa.Connection, root: int, here: Container[str | None]) -> int:
        """How many files of a root, told as there and noted as gone by an earlier run, hold what is ``here`` now.

        They are told with that.
        """
        if not self.is_open:
            return 0
        query = sa.select(untold_files.c.file, untold_files.c.sha256).join_from(
            untold_files, occurrences, occurrences.c.id == untold_files.c.file
        )
        gone = (occurrences.c.root == root, occurrences.c.deleted, untold_files.c.run < self._run)
        told = (untold_files.c.known, sa.not_(untold_files.c.deleted))
        found = [row.file for row in connection.execute(query.where(*gone, *told)).all() if row.sha256 in here]
        for some in batched(found):
            connection.execute(untold_files.delete().where(untold_files.c.file.in_(some)))
        return len(found)

    def end(self, connection: sa.Connection, scopes: Sequence[tuple[int, str]], *, stopped: bool) -> None:
        """The run tells what there is in these scopes, each a root and a prefix, and what it has changed elsewhere.

        A container that a run which was ``stopped`` has read in part is not told, for it is not counted.
        """
        if not (self.is_open or self._has_kept or stopped):
            return
        unread = sa.and_(occurrences.c.seen_run == self._run, occurrences.c.size == GROWING)
        if self.runs or stopped:
            self._note_new(connection, unread if stopped else sa.false())
        growing = sa.select(occurrences.c.id).where(_at_disk, occurrences.c.size == GROWING)
        kept = untold_files.c.file.not_in(growing) if stopped else sa.true()
        for root, prefix in scopes:
            here = sa.select(occurrences.c.id).where(_at_disk, occurrences.c.root == root, under(prefix))
            connection.execute(untold_files.delete().where(untold_files.c.file.in_(here), kept))
        connection.execute(untold_files.delete().where(untold_files.c.run == self._run, kept))
        connection.execute(untold_files.delete().where(untold_files.c.file.not_in(sa.select(occurrences.c.id))))

    def end_silently(self, connection: sa.Connection) -> None:
        """The run comes to its end and tells nothing of what it found and changed: the next one does."""
        self._note_new(connection, occurrences.c.seen_run == self._run)

    def _note_new(self, connection: sa.Connection, mine: sa.ColumnElement[bool]) -> None:
        """From now on this run counts as the last that told: what earlier ones found new is noted, and of its own what
        ``mine`` says."""
        earlier = sa.and_(occurrences.c.seen_run > self._since, occurrences.c.seen_run < self._run)
        row = (occurrences.c.id, sa.false(), sa.null(), sa.false(), occurrences.c.seen_run)
        found = sa.select(*row).where(_at_disk, sa.or_(earlier, mine), occurrences.c.id.not_in(_noted))
        connection.execute(untold_files.insert().from_select(_NOTE, found))


def last_ended(connection: sa.Connection) -> int:
    """The last run that has come to its end; 0 where none has."""
    return int(connection.scalar(_LAST_ENDED) or 0)


def untold_in(connection: sa.Connection, since: int, run: int, root: int, prefix: str = "") -> dict[str, Told]:
    """The files under ``prefix`` that runs after ``since`` and before ``run`` have changed, or whose notes are left."""
    here = (_at_disk, occurrences.c.root == root, under(prefix))
    new = sa.select(occurrences.c.path).where(
        *here, occurrences.c.seen_run > since, occurrences.c.seen_run < run, occurrences.c.id.not_in(_noted)
    )
    noted = (
        sa.select(occurrences.c.path, untold_files.c.known, untold_files.c.sha256, untold_files.c.deleted)
        .join_from(untold_files, occurrences, occurrences.c.id == untold_files.c.file)
        .where(sa.not_(_is_as_told()))
    )
    found = {path: Told(known=False, sha256=None, deleted=False) for path in connection.scalars(new)}
    return found | {
        row.path: Told(row.known, row.sha256, row.deleted) for row in connection.execute(noted.where(*here))
    }


def _is_as_told() -> sa.ColumnElement[bool]:
    """Whether a file that was changed is what it was before again."""
    same = untold_files.c.sha256.is_not_distinct_from(occurrences.c.sha256)
    return sa.and_(untold_files.c.known, same, untold_files.c.deleted == occurrences.c.deleted)


_FAILING = [told_failures.c[name] for name in Failing._fields]


def failures_told(connection: sa.Connection) -> list[Failing] | None:
    """The failures that the reports of earlier runs have told and that stood then; None in an older Akt's store."""
    if setting(connection, FAILURES_TOLD) is None:
        return None if last_ended(connection) else []
    return [Failing(*row) for row in connection.execute(sa.select(*_FAILING))]


def put_failures_told(
    connection: sa.Connection, scopes: Sequence[tuple[int, str]], standing: Iterable[Failing]
) -> None:
    """The report of a run tells these failures, all that stand in its scopes. What no longer stands is forgotten."""
    kept, now = set(failures_told(connection) or ()), set(standing)
    new = now - kept
    again = {(each.place, each.code) for each in new}
    for each in kept - now:
        if (each.place, each.code) in again or any(_is_in(each, root, prefix) for root, prefix in scopes):
            where = (told_failures.c.place == each.place, told_failures.c.code == each.code)
            connection.execute(told_failures.delete().where(*where))
    for some in batched(each._asdict() for each in sorted(new)):
        connection.execute(told_failures.insert(), some)
    if setting(connection, FAILURES_TOLD) is None:
        put_setting(connection, FAILURES_TOLD, "yes")


def _is_in(failing: Failing, root: int, prefix: str) -> bool:
    inside = not prefix or failing.path == prefix or failing.path.startswith((f"{prefix}/", f"{prefix}!"))
    return failing.root == root and inside
