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
    """The contents that are known, by asking the run."""

    def __init__(self, desk: _Desk) -> None:
        self._desk = desk

    def __contains__(self, sha256: object) -> bool:
        return self._desk.is_known(str(sha256))


class _Desk:
    """The jobs that have come and are not begun, and the conversation with the run."""

    def __init__(self, channel: Channel[ToWorker], note: Note, setup: Setup) -> None:
        from pipeline.ingest.work import Terms

        self._channel, self._note = channel, note
        self._waiting: deque[Job] = deque()
        self._told_at = 0.0
        options = self._counting(setup.options()) if setup.told else setup.options()
        self._terms: Terms = Terms(known=_Known(self), limits=setup.limits, options=options, in_hand=note.in_hand)

    def serve(self) -> None:
        """Until the run closes its end."""
        from pipeline.ingest.protocol import Answer, Broken, Setup

        while True:
            job = self._waiting.popleft() if self._waiting else self._channel.hear()
            if isinstance(job, Setup | Answer):
                continue
            try:
                for piece in pieces(job, self._terms):
                    self._channel.say(piece)
            except (EOFError, BrokenPipeError, ConnectionError):
                return
            except MemoryError:
                self._give_up(Broken("there was not enough memory", memory=True))
            except Exception as error:
                self._give_up(Broken(f"{type(error).__name__}: {error}", memory=False))

    def is_known(self, sha256: str) -> bool:
        from pipeline.ingest.protocol import Answer, Ask, Setup

        self._channel.say(Ask(sha256))
        while True:
            heard = self._channel.hear()
            if isinstance(heard, Answer):
                return heard.known
            if not isinstance(heard, Setup):
                self._waiting.append(heard)

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
