"""Who does the jobs of a run: this process itself, or workers, of which none can take the run down.

A document that costs its worker (it crashed, hung, or took too much memory) is tried once more with nothing beside it;
then it is given up, with its reason, and what else is in the file is read.
"""

from __future__ import annotations

import os
import selectors
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from corpus.model import Problem
from corpus.problems import Code, problem
from pipeline.ingest.forkserver import starter
from pipeline.ingest.hired import Hired
from pipeline.ingest.pieces import Batch, Piece, WorkResult, unopened
from pipeline.ingest.processes import ProcessStartError, can_be_started
from pipeline.ingest.progress import Progress, telling_of_pages
from pipeline.ingest.protocol import Answer, Ask, Broken, Job, Ready, Setup, Task, Told

MOST = 4
"""Workers that a run has by itself: the one process that writes keeps about so many busy."""
FEW = 16
"""Documents for which one more worker is not worth its start, unless they are large."""
LARGE = 1_000_000
TICK = 0.25
"""Seconds between two looks at the workers."""
TRIES = 2
"""A content that costs so many workers, the last one with nothing beside it, is given up."""
MOST_LOST = 20
"""Contents of one file that may be given up before the file is."""

Known = Callable[[Job, str], bool]
"""Whether a content need not be worked on for this job."""
Event = tuple[Job, Piece] | None
"""A piece of a job, or None when there is time for other things. A job's last piece is its result."""
Events = Generator[Event, None, None]
"""Closing it ends what is in hand."""


class Staff(Protocol):
    """Does jobs."""

    def events(self, jobs: Iterator[Job], halted: Callable[[], bool]) -> Events:
        """What comes of the jobs. A mailbox in hand is left when ``halted`` says so, any other document is finished."""
        ...

    def close(self) -> None:
        """Lets the workers go."""
        ...


def usable_cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def usual_workers() -> int:
    """How many workers a run has when nobody says."""
    return min(usable_cores(), MOST)


def crew_for(most: int, jobs: int, size: int) -> int:
    """How many workers this many jobs are worth, of so many bytes; at most ``most``, and none where none can be had."""
    return min(most, 1 + max(jobs // FEW, size // LARGE)) if can_be_started() else 0


def staffed(workers: int, setup: Setup, known: Known, progress: Progress) -> Staff:
    """So many workers, or this process where there are none."""
    return Crew(workers, setup, known, progress) if workers > 0 else Alone(setup, known, progress)


class Alone:
    """This process does the jobs, one after another and without limits of time and memory."""

    def __init__(self, setup: Setup, known: Known, progress: Progress) -> None:
        self._setup, self._known, self._progress = setup, known, progress

    def events(self, jobs: Iterator[Job], halted: Callable[[], bool]) -> Events:
        for job in jobs:
            for piece in self._pieces(job):
                yield job, piece
                if isinstance(piece, Batch) and halted():
                    break

    def _pieces(self, job: Job) -> Iterator[Piece]:
        """A fault of ours, or too little memory, costs the content in hand."""
        from pipeline.ingest.work import Terms  # takes long, and only here the run reads itself
        from pipeline.ingest.worker import pieces

        options = telling_of_pages(self._setup.options(), self._progress, job.path)
        blame, known = _Blame(), _KnownTo(self._known, job)
        terms = Terms(known=known, limits=self._setup.limits, options=options, in_hand=blame.in_hand)
        while True:
            try:
                yield from pieces(job, terms)
                return
            except Exception as error:
                cause, hand = _cause(error), blame.taken()
            if hand is None or hand in job.lost or len(job.lost) >= MOST_LOST:
                yield _given_up(job, hand, cause, self._setup, self._known)
                return
            job = replace(job, lost={**job.lost, hand: cause})

    def close(self) -> None:
        """Nothing is open."""


def _unstartable(broken: Broken | None, cause: Problem) -> str:
    if broken is not None and not broken.memory:
        return f"No worker can be started ({broken.reason}). Is Akt installed whole? Install it anew."
    return f"No worker can be started ({cause.message}) Is the memory limit too low? `--workers 0` needs none."


class _Blame:
    """Remembers what was in hand when something was raised."""

    def __init__(self) -> None:
        self._hand: str | None = None

    @contextmanager
    def in_hand(self, sha256: str) -> Iterator[None]:
        try:
            yield
        except Exception:
            self._hand = self._hand or sha256
            raise

    def taken(self) -> str | None:
        hand, self._hand = self._hand, None
        return hand


def _cause(error: Exception) -> Problem:
    if isinstance(error, MemoryError):
        return problem(Code.OUT_OF_MEMORY, "There was not enough memory for it.")
    return problem(Code.WORKER_DIED, f"What read it broke ({type(error).__name__}: {error}).")


class _KnownTo:
    def __init__(self, known: Known, job: Job) -> None:
        self._known, self._job = known, job

    def __contains__(self, sha256: object) -> bool:
        return self._known(self._job, str(sha256))


def _given_up(job: Job, hand: str | None, cause: Problem, setup: Setup, known: Known) -> WorkResult:
    """The result of a job that is tried no more, under the cause's own code where it is about a file as a whole."""
    if hand is not None or not isinstance(job, Task):
        return unopened(cause.message, cause.code)
    from pipeline.ingest.work import Terms, given_up  # as above

    terms = Terms(known=_KnownTo(known, job), limits=setup.limits, options=setup.options())
    return given_up(Path(os.fsdecode(job.location)), job.path, terms, cause)


class _Trial(NamedTuple):
    """A job that cost a worker, the content that was in hand, and why."""

    job: Job
    hand: str | None
    cause: Problem


class Crew:
    """Up to ``most`` workers, started as they are needed."""

    def __init__(self, most: int, setup: Setup, known: Known, progress: Progress) -> None:
        self._most, self._setup, self._known, self._progress = most, setup, known, progress
        self._starter = starter()
        self._workers: list[Hired] = []
        self._ears = selectors.DefaultSelector()
        self._returned: deque[Job] = deque()
        self._trials: list[_Trial] = []
        self._looked_at = time.monotonic()

    def events(self, jobs: Iterator[Job], halted: Callable[[], bool]) -> Events:
        try:
            yield from self._side_by_side(jobs, halted)
            trials, self._trials = self._trials, []
            if trials:
                self._leave_all()  # nothing is to be left of what was beside them
            for trial in trials:
                yield from self._tried_alone(trial, halted)
        finally:
            self._trials.clear()
            self._returned.clear()
            for worker in [worker for worker in self._workers if worker.jobs]:
                self._leave(worker)

    def close(self) -> None:
        self._leave_all()
        self._ears.close()
        self._starter.close()

    def _leave_all(self) -> None:
        for worker in list(self._workers):
            self._leave(worker)

    def _side_by_side(self, jobs: Iterator[Job], halted: Callable[[], bool]) -> Iterator[Event]:
        """Until all jobs are done but those that cost a worker."""
        while True:
            self._hand_out(jobs, halted)
            if not any(worker.jobs for worker in self._workers):
                return
            yield from self._round(halted)

    def _round(self, halted: Callable[[], bool]) -> Iterator[Event]:
        """Hear who has something to say within a tick, and look after those that say nothing."""
        for talking, _ in self._ears.select(TICK):
            yield from self._heard(talking.data, halted)
        if time.monotonic() - self._looked_at >= TICK:
            self._looked_at = time.monotonic()
            for worker in list(self._workers):
                trouble = worker.trouble()
                if trouble is not None:
                    self._lose(worker, trouble)
        yield None

    def _hand_out(self, jobs: Iterator[Job], halted: Callable[[], bool]) -> None:
        if halted():
            self._returned.clear()
        takers = [worker for worker in self._workers if worker.has_little()]
        while takers or len(self._workers) < self._most:
            job = self._returned.popleft() if self._returned else next(jobs, None)
            if job is None:
                break
            worker = self._free_for(job, takers)
            if worker is None:
                self._returned.appendleft(job)
                break
            worker.put(job)
        for worker in takers:
            worker.give()

    def _free_for(self, job: Job, takers: list[Hired]) -> Hired | None:
        idle = next((worker for worker in takers if not worker.jobs), None)
        if idle is None and len(self._workers) < self._most:
            idle = self._hire()
            takers.append(idle)
        with_room = [worker for worker in takers if worker.has_room_for(job)]
        return idle or min(with_room, key=lambda worker: len(worker.jobs), default=None)

    def _hire(self) -> Hired:
        worker = Hired(self._setup, self._starter)
        self._workers.append(worker)
        self._ears.register(worker.channel.connection, selectors.EVENT_READ, worker)
        return worker

    def _leave(self, worker: Hired) -> None:
        self._forget(worker)
        worker.kill()

    def _forget(self, worker: Hired) -> None:
        """It is heard no more, and is about to end: its socket is still open."""
        self._workers.remove(worker)
        self._ears.unregister(worker.channel.connection)

    def _heard(self, worker: Hired, halted: Callable[[], bool]) -> Iterator[Event]:
        """Hear one message, and do what it asks for."""
        try:
            message = worker.hear()
            if isinstance(message, Ask):
                known = [job is not None and self._known(job, sha) for job, sha in worker.asked_for(message)]
                worker.channel.say(Answer(known))
        except (EOFError, OSError):
            self._lose(worker)
            return
        if isinstance(message, Ready):
            worker.is_ready = True
        elif isinstance(message, Broken):
            worker.broken = message
        elif worker.jobs and isinstance(message, Told):
            self._progress(message.step, message.done, message.total, worker.jobs[0].path)
        elif worker.jobs and not isinstance(message, Ask | Told):
            yield from self._given(worker, message, halted)

    def _given(self, worker: Hired, piece: Piece, halted: Callable[[], bool]) -> Iterator[Event]:
        job = worker.jobs[0]
        if isinstance(piece, WorkResult):
            worker.has_done()
            if not worker.jobs and worker.resident() > self._setup.limits.memory // 3:
                self._leave(worker)  # memory that was freed in small pieces does not come back
        yield job, piece
        if isinstance(piece, Batch) and halted():
            self._leave(worker)

    def _lose(self, worker: Hired, trouble: Problem | None = None) -> None:
        """It died, or must: its other jobs go to others, the one in hand is tried alone later."""
        hand = worker.hand()
        self._forget(worker)
        cause = trouble or worker.cause()
        worker.kill()
        if not worker.is_ready:
            self._returned.extendleft(reversed(worker.jobs))
            self._most = len(self._workers)
            if not self._most:
                raise ProcessStartError(_unstartable(worker.broken, cause))
        elif worker.jobs:
            self._trials.append(_Trial(worker.has_done(), hand, cause))
            self._returned.extendleft(reversed(worker.jobs))

    def _tried_alone(self, trial: _Trial, halted: Callable[[], bool]) -> Iterator[Event]:
        """A worker for this job alone, and another one for each that it costs."""
        cost = Counter([trial.hand])
        job = trial.job
        while not halted():
            worker = self._workers[0] if self._workers else self._hire()
            worker.put(job)
            worker.give()
            while worker in self._workers and worker.jobs:
                yield from self._round(halted)
            if not self._trials:
                return
            _, hand, cause = self._trials.pop()
            cost[hand] += 1
            if cost[hand] < TRIES:
                continue
            if hand is None or hand in job.lost or len(job.lost) >= MOST_LOST:
                yield job, _given_up(job, hand, cause, self._setup, self._known)
                return
            job = replace(job, lost={**job.lost, hand: cause})
