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
from pipeline.ingest.protocol import SMALL, Ask, Broken, FromWorker, Job, Renewal, Setup

AHEAD, AHEAD_BYTES = 8, 65_536
"""Small files that may wait with a worker, so that it has something to do while the run writes to the store, and how
much there may be in them: what waits with one is not done by another that is idle."""
LAST_MOMENTS = 5.0
"""Seconds that a worker has to end by itself, so that how it ended is told."""


class Hired:
    """A worker. ``jobs`` are those that it was given, the one in hand first.

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
        self.is_ready = False
        self.broken: Broken | None = None
        self._since = time.monotonic()
        self._hand: tuple[int, str | None] = (0, None)
        with suppress(OSError):  # its end is found when it is listened to
            self.channel.say(setup)

    def give(self, job: Job) -> None:
        """One more job. It must not be a large message while the worker may be talking: both would wait."""
        self.jobs.append(job)
        with suppress(OSError):
            self.channel.say(job)

    def has_room_for(self, job: Job) -> bool:
        """An idle worker takes any job; one that is at a small file further small files, so that it need not wait."""
        if not self.jobs:
            return True
        if not all(map(_is_small, (*self.jobs, job))):
            return False
        return len(self.jobs) == 1 or (len(self.jobs) <= AHEAD and sum(each.size for each in self.jobs) <= AHEAD_BYTES)

    def asked_for(self, question: Ask) -> Job | None:
        """The job that a question is about."""
        return next((job for job in self.jobs if job.number == question.number), None)

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
