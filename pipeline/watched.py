"""Work done in a process of its own, for the commands that read files without a workspace.

No document, however made, may hold them up or take the machine's memory: the process is ended, and the next document
gets a new one. It is a copy of this one (``fork``), so it has imported all that is needed and starts in no time.
"""

from __future__ import annotations

import contextlib
import multiprocessing.connection
import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Generic, TypeVar, cast

from corpus.counts import counted
from corpus.limits import Limits
from corpus.model import Problem
from corpus.problems import Code, problem

Asked = TypeVar("Asked")
Given = TypeVar("Given")
TICK = 0.25
"""Seconds between two looks at the memory that it takes."""
LAST_MOMENTS = 2.0


class GivenUpError(Exception):
    """What was asked for cost the process; ``problem`` is to be put in the place of the document."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.message)
        self.problem = found


class Watched(Generic[Asked, Given]):
    """``work``, done elsewhere within ``limits.seconds`` and ``limits.memory``; here where there is no ``fork``.

    What is asked and given goes through a pipe (pickle). The process lives until it is ended or ``close`` is called.
    """

    def __init__(self, work: Callable[[Asked], Given], limits: Limits) -> None:
        self._work, self._limits = work, limits
        self._told: list[Callable[..., None]] = []
        self._child = 0
        self._line: Connection | None = None

    def telling(self, listener: Callable[..., None]) -> Callable[..., None]:
        """For the work to call there; ``listener`` is called here with the same numbers or strings."""
        self._told.append(listener)
        number = len(self._told) - 1

        def tell(*what: object) -> None:
            if self._child or self._line is None:
                listener(*what)
            else:
                self._line.send(("told", (number, what)))

        return tell

    def __call__(self, asked: Asked) -> Given:
        """Raises GivenUpError, and what the work raises."""
        if not hasattr(os, "fork"):
            return self._work(asked)
        if not self._child:
            self._start()
        assert self._line is not None
        until = time.monotonic() + self._limits.seconds
        try:
            self._line.send(asked)
            return self._answer(self._line, until)
        except (EOFError, BrokenPipeError, ConnectionError):
            raise GivenUpError(self._ended()) from None

    def close(self) -> None:
        """Ends the process."""
        if self._child:
            self._end()

    def _answer(self, line: Connection, until: float) -> Given:
        while True:
            if not line.poll(TICK):
                self._look(until)
                continue
            kind, what = line.recv()
            if kind == "told":
                number, told = what
                self._told[number](*told)
                self._look(until)
            elif kind == "raised":
                if isinstance(what, MemoryError):
                    self._end()
                    raise GivenUpError(self._too_large())
                raise cast("Exception", what)
            else:
                return cast("Given", what)

    def _look(self, until: float) -> None:
        if time.monotonic() > until:
            self._end()
            note = f"It was not done after {counted(self._limits.seconds, 'second')} and was given up."
            raise GivenUpError(problem(Code.TIMED_OUT, note))
        if resident(self._child) > self._limits.memory:
            self._end()
            raise GivenUpError(self._too_large())

    def _too_large(self) -> Problem:
        return problem(Code.OUT_OF_MEMORY, f"It needs more than {counted(self._limits.memory, 'byte')} of memory.")

    def _ended(self) -> Problem:
        """Why it died by itself."""
        until = time.monotonic() + LAST_MOMENTS
        while not (found := os.waitpid(self._child, os.WNOHANG))[0] and time.monotonic() < until:
            time.sleep(0.01)
        if not found[0]:
            self._end()
            return problem(Code.WORKER_DIED, "The process that read it went silent.")
        self._forget()
        code = os.waitstatus_to_exitcode(found[1])
        if code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
            return problem(Code.WORKER_DIED, f"The process that read it was ended by {name}.")
        return problem(Code.WORKER_DIED, f"The process that read it ended itself with code {code}.")

    def _end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._child, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._child, 0)
        self._forget()

    def _forget(self) -> None:
        if self._line is not None:
            self._line.close()
        self._child, self._line = 0, None

    def _start(self) -> None:
        ours, theirs = multiprocessing.connection.Pipe()
        parent = os.getpid()
        held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        child = os.fork()
        if not child:
            try:
                ours.close()
                self._line = theirs
                self._live(theirs, parent)
            finally:
                os._exit(0)
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
        theirs.close()
        self._child, self._line = child, ours

    def _live(self, line: Connection, parent: int) -> None:
        """The whole life of the other process. Nothing that is written here may wait in its buffers."""
        from pipeline.ingest.processes import end_with
        from pipeline.ingest.worker import limit

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        end_with(parent)
        limit(self._limits)
        with contextlib.suppress(EOFError, OSError):
            while True:
                asked = line.recv()
                try:
                    answer: tuple[str, object] = ("given", self._work(asked))
                except Exception as error:
                    answer = ("raised", error)
                del asked
                try:
                    line.send(answer)
                except MemoryError as error:
                    line.send(("raised", error))


def resident(process: int) -> int:
    """Bytes of memory that a process takes; 0 where that cannot be told."""
    if sys.platform != "linux":
        return 0
    try:
        pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
