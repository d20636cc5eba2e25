"""One worker process as the run sees it: started, given jobs, heard, watched, and ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections import deque
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.counts import counted
from corpus.model import Problem
from corpus.problems import Code, problem
from pipeline.ingest.channel import Channel
from pipeline.ingest.forkserver import Starter
from pipeline.ingest.note import read_note
from pipeline.ingest.protocol import SMALL, Ask, Broken, FromWorker, Job, Jobs, Renewal, Setup

AHEAD, AHEAD_BYTES = 16, 65_536
"""Small files that may wait with a worker, so that it has something to do while the run writes to the store, and how
much there may be in them: what waits with one is not done by another that is idle. Further ones are given when half of
them are done, some at once."""
LAST_MOMENTS = 5.0
"""Seconds that a worker has to end by itself, so that how it ended is told."""


class Hired:
    """A worker. ``jobs`` are those that it has, the one in hand first; the last of them may be still to be given.

    It is given two descriptors, its end of the socket and the note, so it can hold neither the lock nor the store.
    """

    def __init__(self, setup: Setup, starter: Starter) -> None:
        self._limits = setup.limits
        self._note = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the worker lives
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = starter.start([theirs.fileno(), self._note.fileno()])
        self.channel: Channel[FromWorker] = Channel(Connection(ours.detach()), FromWorker)
        self.jobs: deque[Job] = deque()
        self._to_give: list[Job] = []
        self._small = self._size = 0
        self.is_ready = False
        self.broken: Broken | None = None
        self._since = time.monotonic()
        self._hand: tuple[int, str | None] = (0, None)
        with suppress(OSError):  # its end is found when it is listened to
            self.channel.say(setup)

    def put(self, job: Job) -> None:
        """One more job, which is given with others at once. It must not be a large message while the worker may be
        talking: both would wait."""
        self.jobs.append(job)
        self._to_give.append(job)
        self._small += _is_small(job)
        self._size += job.size

    def give(self) -> None:
        """Give what was put."""
        if self._to_give:
            given, self._to_give = self._to_give, []
            with suppress(OSError):
                self.channel.say(Jobs(given))

    def has_done(self) -> Job:
        """The first job is done."""
        job = self.jobs.popleft()
        self._small -= _is_small(job)
        self._size -= job.size
        return job

    def has_little(self) -> bool:
        """Whether it is time for more: half of what it was given is done."""
        return len(self.jobs) <= max(AHEAD // 2, 1)

    def has_room_for(self, job: Job) -> bool:
        """An idle worker takes any job; one that is at a small file further small files, so that it need not wait."""
        count = len(self.jobs)
        if not count:
            return True
        if self._small < count or not _is_small(job):
            return False
        return count == 1 or (count <= AHEAD and self._size <= AHEAD_BYTES)

    def asked_for(self, question: Ask) -> list[tuple[Job | None, str]]:
        """The jobs and the contents that a question is about."""
        jobs = {job.number: job for job in self.jobs}
        return [(jobs.get(number), sha256) for number, sha256 in question.about]

    def hear(self) -> FromWorker:
        """The next message. Raises EOFError or OSError when it died."""
        heard = self.channel.hear()
        self._since = time.monotonic()
        return heard

    def hand(self) -> str | None:
        """The content that it has, or had, in hand."""
        return read_note(self._note.fileno())[1]

    def trouble(self) -> Problem | None:
        """Whether it is over a limit, by what it has in hand and how long. What it has said must be heard before."""
        if not self.jobs or not self.is_ready or self.channel.has_more():
            return None
        hand = read_note(self._note.fileno())
        if hand != self._hand:
            self._hand, self._since = hand, time.monotonic()
        if time.monotonic() - self._since > self._limits.seconds:
            return problem(
                Code.TIMED_OUT, f"It was not done after {counted(self._limits.seconds, 'second')} and was given up."
            )
        return self._too_large() if self.resident() > self._limits.memory else None

    def resident(self) -> int:
        """Bytes of memory that it takes; 0 where that cannot be told."""
        try:
            pages = Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def cause(self) -> Problem:
        """Why it died."""
        code = self._ended()
        if self.broken is not None:
            if self.broken.memory:
                return self._too_large()
            return problem(Code.WORKER_DIED, f"What read it broke ({self.broken.reason}).")
        if code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
            return problem(Code.WORKER_DIED, f"The process that read it was ended by {name}.")
        return problem(Code.WORKER_DIED, f"The process that read it ended itself with code {code}.")

    def _too_large(self) -> Problem:
        return problem(Code.OUT_OF_MEMORY, f"It needs more than {counted(self._limits.memory, 'byte')} of memory.")

    def kill(self) -> None:
        """Ends it at once."""
        self._process.kill()
        self._ended()

    def _ended(self) -> int:
        """Its exit code when it is gone, of a signal less than 0. Who has closed its socket is about to go."""
        with suppress(OSError):
            self.channel.connection.close()
        try:
            code = self._process.wait(LAST_MOMENTS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._note.close()
        return code


def _is_small(job: Job) -> bool:
    return not isinstance(job, Renewal) and job.size <= SMALL
