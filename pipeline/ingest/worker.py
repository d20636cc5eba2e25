"""A worker: a process that reads and extracts what it is given, and whose end costs no more than that."""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.ingest.channel import Channel
from pipeline.ingest.processes import end_with

if TYPE_CHECKING:
    from corpus.limits import Limits
    from pipeline.ingest.note import Note
    from pipeline.ingest.pieces import Piece
    from pipeline.ingest.protocol import Job, Setup, ToWorker
    from pipeline.ingest.work import Terms
    from pipeline.options import Options

TELL_EVERY = 0.2
"""Seconds between two counts of pages."""
_LATELY = 32
"""Contents that a worker remembers as its own: more than small files wait with it."""
_GAVE_UP = 70


def main(socket: int, note: int, parent: int) -> None:
    """The whole life of a worker: ``socket`` and ``note`` are descriptors, ``parent`` the run's process."""
    end_with(parent)
    from pipeline.ingest.note import Note
    from pipeline.ingest.protocol import Ready, Setup, ToWorker

    channel: Channel[ToWorker] = Channel(Connection(socket), ToWorker)
    with suppress(EOFError, OSError):  # the run is over, or dead
        setup = channel.hear()
        if isinstance(setup, Setup):
            limit(setup.limits)
            desk = _started(channel, Note(note), setup)
            channel.say(Ready())
            desk.serve()


def _started(channel: Channel[ToWorker], note: Note, setup: Setup) -> _Desk:
    """What cannot even be imported is told, so that nobody looks for the cause in a document."""
    from pipeline.ingest.protocol import Broken

    try:
        return _Desk(channel, note, setup)
    except MemoryError:
        with suppress(Exception):
            channel.say(Broken("there was not enough memory", memory=True))
        os._exit(_GAVE_UP)  # a traceback would tell nobody more
    except Exception as error:
        channel.say(Broken(f"{type(error).__name__}: {error}", memory=False))
        raise


def limit(limits: Limits) -> None:
    """Holds this process to its memory: what is allocated counts; files that are mapped do not."""
    import resource

    which = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    with suppress(OSError, ValueError):  # a stricter one holds already
        resource.setrlimit(which, (limits.memory, limits.memory))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the document


class _Known:
    """The contents that are known, by asking the run.

    It is asked about the small files that wait before the one in hand is begun: it may be writing just when one of them
    is, and the worker would wait for it.
    """

    def __init__(self, channel: Channel[ToWorker]) -> None:
        self._channel = channel
        self.waiting: deque[Job] = deque()
        """The jobs that have come and are not begun."""
        self._job: Job | None = None
        self._unanswered: deque[tuple[int, str]] = deque()
        self._answers: dict[tuple[int, str], bool] = {}
        self._asked_ahead: set[int] = set()
        self._unknown: deque[str] = deque(maxlen=_LATELY)

    def next_job(self) -> Job:
        """Waits for one. Raises EOFError when the run is over."""
        while not self.waiting:
            self._hear()
        self._job = job = self.waiting.popleft()
        while self._channel.has_more():
            self._hear()
        self._answers = {key: known for key, known in self._answers.items() if key[0] >= job.number}
        new = [each for each in self.waiting if each.number not in self._asked_ahead]
        self._ask([(each.number, sha256) for each in new if (sha256 := _small_content(each)) is not None])
        self._asked_ahead = {each.number for each in self.waiting}
        return job

    def __contains__(self, sha256: object) -> bool:
        if self._job is None:
            return False
        key = (self._job.number, str(sha256))
        known = self._answered(*key)
        if not known and key[1] in self._unknown:  # it has been worked on here since it was asked about
            known = self._answered(*key)
        if not known:
            self._unknown.append(key[1])
        return known

    def _answered(self, number: int, sha256: str) -> bool:
        if (number, sha256) not in self._answers and (number, sha256) not in self._unanswered:
            self._ask([(number, sha256)])
        while (number, sha256) not in self._answers:
            self._hear()
        return self._answers.pop((number, sha256))

    def _ask(self, about: list[tuple[int, str]]) -> None:
        from pipeline.ingest.protocol import Ask

        if about:
            self._channel.say(Ask(about))
            self._unanswered += about

    def _hear(self) -> None:
        from pipeline.ingest.protocol import Answer, Jobs

        heard = self._channel.hear()
        if isinstance(heard, Answer):
            self._answers.update((self._unanswered.popleft(), known) for known in heard.known)
        elif isinstance(heard, Jobs):
            self.waiting += heard.jobs


def _small_content(job: Job) -> str | None:
    """The content of a small file; None for another job, and where it cannot be read: that is told when it is begun."""
    from corpus.identity import content_hash
    from pipeline.ingest.protocol import SMALL, Task

    if not isinstance(job, Task) or job.expected or job.size > SMALL:
        return None
    try:
        with Path(os.fsdecode(job.location)).open("rb") as file:
            data = file.read(SMALL + 1)
    except OSError:
        return None
    return content_hash(data) if len(data) <= SMALL else None


class _Desk:
    """What a worker does, one job after another, and the conversation with the run."""

    def __init__(self, channel: Channel[ToWorker], note: Note, setup: Setup) -> None:
        from pipeline.ingest.work import Terms

        self._channel, self._note = channel, note
        self._known = _Known(channel)
        self._told_at = 0.0
        options = self._counting(setup.options()) if setup.told else setup.options()
        self._terms: Terms = Terms(known=self._known, limits=setup.limits, options=options, in_hand=note.in_hand)

    def serve(self) -> None:
        """Until the run closes its end."""
        from pipeline.ingest.protocol import Broken

        while True:
            try:
                for piece in pieces(self._known.next_job(), self._terms):
                    self._channel.say(piece)
            except (EOFError, BrokenPipeError, ConnectionError):
                return
            except MemoryError:
                self._give_up(Broken("there was not enough memory", memory=True))
            except Exception as error:
                self._give_up(Broken(f"{type(error).__name__}: {error}", memory=False))

    def _give_up(self, why: object) -> None:
        import msgspec

        with suppress(Exception):
            if isinstance(why, msgspec.Struct):
                self._channel.say(why)
        os._exit(_GAVE_UP)

    def _counting(self, options: Options) -> Options:
        from msgspec.structs import replace

        told = replace(options.reading, on_page=lambda done, total: self._tell("pages", done, total))
        return replace(options, reading=told, on_page=lambda done, total: self._tell("tables", done, total))

    def _tell(self, step: str, done: int, total: int) -> None:
        from pipeline.ingest.protocol import Told

        if done in (1, total) or time.monotonic() - self._told_at >= TELL_EVERY:
            self._told_at = time.monotonic()
            self._channel.say(Told(step, done, total))


def pieces(job: Job, terms: Terms) -> Iterator[Piece]:
    """What comes of a job; the result is last."""
    from msgspec.structs import replace

    from corpus.store.packing import unpack_reading
    from pipeline.ingest.pieces import WorkResult
    from pipeline.ingest.protocol import Renewal
    from pipeline.ingest.snapshot import holds
    from pipeline.ingest.work import extract_again, work

    terms = replace(terms, lost=job.lost)
    if isinstance(job, Renewal):
        reading = unpack_reading(job.reading)
        content = extract_again(
            job.sha256, job.size, reading, job.path, terms, inside=job.inside, attached=job.attached
        )
        yield WorkResult(sha256=job.sha256, size=job.size, contents=[content])
        return
    location = Path(os.fsdecode(job.location))
    if job.expected and holds(location, job.size, job.expected):
        yield WorkResult(sha256=job.expected, size=job.size)
    else:
        yield from work(location, job.path, terms)
