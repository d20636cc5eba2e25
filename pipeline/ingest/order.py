"""Which contents a run writes before the files in front of theirs are done, so that being killed changes no outcome."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from corpus.store.ahead import all_ahead, drop_ahead, position, put_ahead
from pipeline.ingest.protocol import Job, Task

AFTER_FILES = 1 << 40
"""The numbers of jobs that are about no file begin here."""


class Order:
    """The order of the jobs of a run that are about files; their numbers count from 0."""

    def __init__(self, connection: sa.Connection) -> None:
        self._left = all_ahead(connection)
        """By runs that were killed."""
        self._finished: set[int] = set()
        self._first = 0
        self._ahead: dict[str, int] = {}
        self._looked_at = 0

    def finish(self, job: Job) -> None:
        """A job is done; what came of it is written with what comes of the others."""
        if isinstance(job, Task):
            self._finished.add(job.number)
            while self._first in self._finished:
                self._finished.remove(self._first)
                self._first += 1

    def comes_before(self, job: Job, sha256: str) -> bool:
        """Whether a killed run has written the content too early, and this job meets it in front of where it is."""
        if sha256 not in self._left or not isinstance(job, Task):
            return False
        there = self._left[sha256]
        return there is None or position(job.root, job.path) < there

    def write(self, connection: sa.Connection, found: Mapping[str, int]) -> None:
        """Note which contents, of those written with this transaction, are ahead, and which others no longer are.

        ``found``: each with the number of its job.
        """
        early = {sha256: number for sha256, number in found.items() if self._first < number < AFTER_FILES}
        over = {sha256 for sha256 in found if sha256 in self._left and sha256 not in early}
        if self._first > self._looked_at:
            self._looked_at = self._first
            over |= {sha256 for sha256, number in self._ahead.items() if number <= self._first} - early.keys()
        if early:
            put_ahead(connection, early)
        if over:
            drop_ahead(connection, over)
        for sha256 in over:
            self._ahead.pop(sha256, None)
        self._ahead |= early

    def end(self, connection: sa.Connection, whole: Collection[int]) -> None:
        """All jobs are done. ``whole``: the roots of which all files were looked at; what is left there is in order."""
        over = [sha256 for sha256, there in self._left.items() if there is None or there[0] in whole]
        if over:
            drop_ahead(connection, over)
