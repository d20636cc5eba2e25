"""Writing what comes of the jobs of a run: some documents in one transaction, in whatever order they come.

The outcome is that of a run that does one job after another: where two jobs bring the same content, the one that comes
first in the order of files counts.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from corpus.limits import Limits
from corpus.store.entries import FileState
from corpus.store.places import (
    GROWING,
    NewFile,
    mark_present,
    put_file,
    put_growing,
    put_members_inside,
    put_new_files,
    put_stamp,
    put_unopened,
    refresh_files_with,
)
from corpus.store.rows import Packed
from corpus.store.untold import Untold
from corpus.store.writer import add_members, put_members, put_packed, put_started, put_tries
from pipeline.ingest.changes import Due
from pipeline.ingest.order import Order
from pipeline.ingest.pieces import Batch, Piece, Some, Started, WorkResult
from pipeline.ingest.protocol import Job, Renewal, Task
from pipeline.ingest.report import Report

AT_ONCE = 256
"""Files and contents in one transaction; a big one may be alone in it. With a quarter of that, writing took 1.3 times
as long: what is filed by hash lies all over its tables, and each page that is touched is written."""
AT_ONCE_BYTES = 4_000_000
AT_ONCE_SECONDS = 0.5


class Filing:
    """What is known, and what waits to be written. ``fresh``: contents of which nothing was to be done.

    ``gone``: how many files that are gone held each content; where one comes up again, such a file has moved.
    """

    def __init__(
        self, engine: sa.Engine, report: Report, limits: Limits, run: int, order: Order, untold: Untold
    ) -> None:
        self._engine, self._report, self._limits, self._run = engine, report, limits, run
        self._order, self._untold = order, untold
        self.fresh: Collection[str] = frozenset()
        self.gone: Counter[str] = Counter()
        self._done_by: dict[str, int] = {}
        self._growing: dict[int, int] = {}
        self._begun: set[str] = set()
        self._results: list[_Result] = []
        self._contents: list[Packed] = []
        self._replaced: list[Packed] = []
        self._size, self._since = 0, time.monotonic()
        self._again = 0
        self._tries: dict[str, int] = {}

    def is_known(self, job: Job, sha256: str) -> bool:
        """Whether this job need not work on that content: it is done, by an earlier run or an earlier job of this one.

        One that a later job has done is done again, which is rare, so that it is said of the same place whoever is
        faster; so is what a killed run has done too early. Of a file that an old reader has read, nothing counts that
        this run has not done.
        """
        if sha256 not in self._done_by and self._order.comes_before(job, sha256):
            return False
        again = isinstance(job, Task) and job.again
        if not again and sha256 in self.fresh:
            return True
        return self._done_by.get(sha256, job.number + 1) <= job.number

    def take(self, job: Job, due: Due | None, piece: Piece) -> int:
        """Take a piece of a job; ``due`` is its file, None where there is none. Returns how many documents it is."""
        if isinstance(piece, WorkResult):
            self._order.finish(job)
            self._keep(job, piece.contents)
            self._results.append(_Result(due, piece, self._growing.pop(job.number, None) is not None))
            if len(self._results) + len(self._contents) >= AT_ONCE or self._size >= AT_ONCE_BYTES:
                self.flush()
            return max(len(piece.contents), 1)
        self.flush()
        if isinstance(piece, Started):
            if due is not None:
                self._growing[job.number] = self._start(job, due, piece)
            return 0
        self._put_some(job, piece)
        return len(piece.contents)

    def _keep(self, job: Job, contents: Sequence[Packed]) -> None:
        """What was asked for twice before it was done counts once."""
        for content in contents:
            by = self._done_by.get(content.sha256)
            if by is not None and by <= job.number:
                continue
            self._done_by[content.sha256] = job.number
            self._size += content.size
            if by is None and not self._order.comes_before(job, content.sha256):
                self._contents.append(content)
                self._again += isinstance(job, Renewal) or job.again
            else:
                self._replaced.append(content)

    def flush_in_time(self) -> None:
        """Write what waits, if it has waited."""
        if time.monotonic() - self._since >= AT_ONCE_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what waits, in one transaction."""
        self._since = time.monotonic()
        if not self._results:
            return
        added = self._contents
        with self._engine.begin() as connection:
            changed = self._put_contents(connection)
            new: list[NewFile] = []
            known: list[tuple[Due, WorkResult]] = []
            for due, result, growing in self._results:
                if due is None:
                    continue
                if due.before is None and not growing and result.sha256 is not None:
                    new.append(_new_file(due, result.sha256))
                else:
                    known.append((due, result))
            self._untold.keep(connection, [due.before.id for due, _ in known if due.before is not None])
            for due, result in known:
                self._put_known(connection, due, result)
            put_new_files(connection, new, self._run, self._limits)
            for sha256 in changed:
                refresh_files_with(connection, sha256, self._limits)
        self._count_stored(added)
        for due, result, _ in self._results:
            if due is not None:
                self._count(due, result)
        self._results = []

    def _count_stored(self, added: Sequence[Packed]) -> None:
        """Count what a transaction has added, once it is over: what is rolled back is not there."""
        for content in added:
            self._report.count(content)
            if content.sha256 in self._begun:
                self._begun.discard(content.sha256)
                self._report.documents -= 1
        self._report.again += self._again
        self._again = 0

    def _put_contents(self, connection: sa.Connection) -> list[str]:
        """Write the contents that wait and what they hold. Returns the containers of which that is a change."""
        found = [*self._contents, *self._replaced]
        stored = put_packed(connection, self._contents) | put_packed(connection, self._replaced, counted=False)
        self._contents, self._replaced, self._size = [], [], 0
        self._order.write(connection, {content.sha256: self._done_by[content.sha256] for content in found})
        for content in found:
            if content.sha256 in self._tries:
                put_tries(connection, content.sha256, self._tries.pop(content.sha256))
        changed = [
            content.sha256
            for content in found
            if (content.members or (content.members is not None and content.sha256 in stored))
            and put_members(connection, content.sha256, content.members)
        ]
        return [sha256 for sha256 in changed if sha256 in stored]

    def _put_known(self, connection: sa.Connection, due: Due, result: WorkResult) -> None:
        file = due.file
        if result.sha256 is None:
            reason = result.failure.reason if result.failure else "The file cannot be opened."
            put_unopened(connection, root=due.root, path=file.path, reason=reason, run=self._run)
        elif _is_recognised(due, result) and due.before is not None:
            put_stamp(connection, due.before.id, file.stamp)
            if due.before.deleted:
                mark_present(connection, due.before.id)
        else:
            put_file(
                connection,
                root=due.root,
                path=file.path,
                sha256=result.sha256,
                mtime_ns=file.mtime_ns,
                size=file.size,
                stamp=file.stamp,
                run=self._run,
                limits=self._limits,
            )

    def _start(self, job: Job, due: Due, started: Started) -> int:
        """Write that a large container is being read: it counts from then on. Returns the id of its place."""
        sha256 = started.content.sha256
        with self._engine.begin() as connection:
            if due.before is not None:
                self._untold.keep(connection, [due.before.id])
            self._tries[sha256] = put_started(connection, started.content)
            file = put_growing(connection, root=due.root, path=due.file.path, sha256=sha256, run=self._run)
        if not (sha256 in self._done_by or sha256 in self._begun or self._order.comes_before(job, sha256)):
            self._begun.add(sha256)
            self._report.documents += 1
        return file

    def _put_some(self, job: Job, piece: Batch | Some) -> None:
        """Write some of what is in a file: that of a large container is found before it is read to its end."""
        self._keep(job, piece.contents)
        file, added = self._growing.get(job.number), self._contents
        with self._engine.begin() as connection:
            for sha256 in self._put_contents(connection):
                refresh_files_with(connection, sha256, self._limits, but=file)
            if isinstance(piece, Batch):
                add_members(connection, piece.container, piece.position, piece.members)
                if file is not None:
                    put_members_inside(connection, file, piece.members, self._limits)
        self._count_stored(added)

    def _count(self, due: Due, result: WorkResult) -> None:
        if result.sha256 is None:
            self._report.unreadable += 1
        else:
            self._report.continued += due.before is not None and due.before.size == GROWING
            self.count(due.told, result.sha256)

    def count(self, told: FileState | None, sha256: str) -> None:
        """Count a file that holds this content now; ``told`` is what the last report has told of it."""
        report = self._report
        if told is None or told.deleted:
            self._count_arrived(told, sha256)
        elif told.sha256 == sha256:
            report.unchanged += 1
        else:
            report.changed += 1

    def _count_arrived(self, told: FileState | None, sha256: str) -> None:
        """Count a file that was not there at the last run; each file that is gone has moved once."""
        report = self._report
        if self.gone[sha256] > 0:
            self.gone[sha256] -= 1
            report.moved += 1
            report.deleted -= 1
        elif told is not None and told.sha256 == sha256:
            report.back += 1
        else:
            report.new += 1


class _Result(NamedTuple):
    """What came of a file; ``growing``: its place was written when it was begun."""

    due: Due | None
    result: WorkResult
    growing: bool


def _is_recognised(due: Due, result: WorkResult) -> bool:
    """Whether a doubted file holds what it held; then it is known by its new stamp from now on."""
    return due.doubted and due.before is not None and due.before.sha256 == result.sha256 and not result.contents


def _new_file(due: Due, sha256: str) -> NewFile:
    file = due.file
    return NewFile(
        root=due.root, path=file.path, sha256=sha256, mtime_ns=file.mtime_ns, size=file.size, stamp=file.stamp
    )
