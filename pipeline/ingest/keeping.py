"""The index during a run: brought up to date now and then, by this process in between or by one of its own beside."""

from __future__ import annotations

import time
from collections.abc import Callable

import sqlalchemy as sa

from corpus.workspace import Workspace
from index.engines.base import EngineName
from pipeline.ingest.indexer import Indexer, never
from pipeline.ingest.indexing import index_meanwhile, update_index
from pipeline.ingest.progress import Progress, silent
from pipeline.ingest.report import Report

EVERY = 1000
"""Documents between two commits of the index: small segments are merged again and again, which costs more than a wait
at the end."""
LAST = 100
"""As many are few at the end of a run whose index has a process of its own: nobody else works on them then."""
AFTER = 30.0
"""Seconds, when they are slow."""
AFTER_STOP = 30.0
"""Seconds that a run which is asked to stop has for the index: for what it has read itself they are enough, not for a
whole index that is made anew, nor for what many runs before have left."""


class Keeper:
    """Keeps the index of a run; what it could not do is told in the report, and done at the end."""

    def __init__(self, workspace: Workspace, engine: sa.Engine, kind: EngineName | None, report: Report) -> None:
        self._workspace, self._engine, self._kind, self._report = workspace, engine, kind, report
        self._indexer: Indexer | None = None
        self._in_turn = False
        self._waiting, self._since = 0, time.monotonic()

    def work_beside(self, *, in_turn: bool = False) -> None:
        """From now on a process of its own does it. It is started while the workers are.

        ``in_turn``: it is started when there is something to do for the first time during the run, which waits for it;
        so what an index takes of memory is not the run's own.
        """
        self._in_turn = in_turn and self._indexer is None
        if not in_turn:
            self._hire()

    def _hire(self) -> None:
        if self._indexer is None:
            self._indexer = Indexer(self._workspace, self._kind)

    def is_due(self, documents: int, left: int) -> bool:
        """Whether it is time, now that so many documents more were read; they are to be written before.

        ``left``: how many files are still to be done. Towards the end fewer documents are enough for a process that
        works beside, so that little is left for the time when the workers are done.
        """
        self._waiting += documents
        late = self._waiting and time.monotonic() - self._since >= AFTER
        enough = EVERY if self._indexer is None or self._in_turn else min(EVERY, max(left, LAST))
        due = bool(late or self._waiting >= enough)
        return due and (self._indexer is None or self._indexer.is_done())

    def bring_up(self) -> None:
        """Bring the index up to date with what is written, or have it done. Raises WorkspaceFullError."""
        if self._in_turn:
            self._hire()
        if self._indexer is not None:
            self._indexer.begin()
            if self._in_turn:
                self._indexer.wait(silent)
        else:
            trouble = index_meanwhile(self._engine, self._workspace.index_dir, self._kind)
            self._report.take_troubles([trouble] if trouble else [])
        self._waiting, self._since = 0, time.monotonic()

    def take_up(self, progress: Progress, should_stop: Callable[[], bool], *, beside: bool) -> None:
        """Take in what earlier runs have left, before anything is read: many that die early leave no more and more.

        Raises WorkspaceFullError. What is not done when it is to stop is left to the end of the run.
        """
        if beside:
            self._hire()
        if self._indexer is not None:
            self._indexer.begin(left=True)
            self._indexer.wait(progress, should_stop)
            return
        trouble = index_meanwhile(
            self._engine,
            self._workspace.index_dir,
            self._kind,
            lambda done, total: progress("indexing", done, total, ""),
            left=True,
            should_stop=should_stop,
        )
        self._report.take_troubles([trouble] if trouble else [])

    def finish(self, progress: Progress, *, rebuild: bool, should_stop: Callable[[], bool] = never) -> None:
        """All that is in the store is to be found. Raises what stops an index.

        After a stop, that is what the process beside takes in within ``AFTER_STOP``, or this one with one commit; the
        next run goes on with the others.
        """
        is_late = _lateness(should_stop)
        if self._indexer is not None:
            if rebuild:
                self._indexer.wait(progress, is_late)
            else:
                self._indexer.finish(progress, is_late)
            self._report.take_troubles(self._indexer.troubles)
            self.close()
            if is_late():
                return
        update_index(
            self._engine,
            self._workspace.index_dir,
            lambda done, total: progress("indexing", done, total, ""),
            rebuild=rebuild,
            kind=self._kind,
            should_stop=should_stop,
        )

    def close(self) -> None:
        """End what runs beside."""
        if self._indexer is not None:
            self._indexer.close()
            self._indexer = None


def _lateness(should_stop: Callable[[], bool]) -> Callable[[], bool]:
    """Says whether ``AFTER_STOP`` has gone by since it first heard of a stop."""
    since: float | None = None

    def is_late() -> bool:
        nonlocal since
        if since is None and should_stop():
            since = time.monotonic()
        return since is not None and time.monotonic() - since >= AFTER_STOP

    return is_late
