"""A process that has imported what a worker needs and forks workers: a start costs milliseconds, and they share memory.

It has one thread and opens no file, so that a worker has nothing but what it was sent. A worker ends with it, and it
ends with the run.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection, wait
from typing import NoReturn, Protocol

import msgspec

from pipeline.ingest.channel import Channel
from pipeline.ingest.processes import ProcessStartError, end_with, start

PRELOADED = (
    "corpus.store.packing",
    "pipeline.ingest.note",
    "pipeline.ingest.protocol",
    "pipeline.ingest.snapshot",
    "pipeline.ingest.work",
)
"""What every worker imports. Nothing in it starts a thread, of which a fork would take the locks and leave the rest."""


class Fork(msgspec.Struct, frozen=True, tag="fork"):
    """Have one more worker; its two descriptors follow."""


class Kill(msgspec.Struct, frozen=True, tag="kill"):
    """End a worker at once."""

    pid: int


class Forked(msgspec.Struct, frozen=True, tag="forked"):
    """It is there."""

    pid: int


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """It is gone, with this exit code; of a signal less than 0."""

    pid: int
    code: int


class Process(Protocol):
    """A process that was started, as :class:`subprocess.Popen` has it."""

    @property
    def pid(self) -> int:
        """Its id."""
        ...

    def kill(self) -> None:
        """Ends it at once."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code when it has ended. Raises subprocess.TimeoutExpired."""
        ...


class Starter(Protocol):
    """Starts workers."""

    def start(self, descriptors: Sequence[int]) -> Process:
        """A new worker with these descriptors: its end of the socket, and the note. Raises ProcessStartError."""
        ...

    def close(self) -> None:
        """No more will be started; those that were have been ended."""
        ...


def starter() -> Starter:
    """By forks where they are safe: outside Linux, a system's libraries may have threads of their own."""
    return ForkServer() if sys.platform == "linux" else Spawning()


class Spawning:
    """Each worker imports everything itself."""

    def start(self, descriptors: Sequence[int]) -> Process:
        return start("pipeline.ingest.worker", descriptors)

    def close(self) -> None:
        """Nothing is open."""


class ForkServer:
    """The process as the run sees it. It is started with the first worker, and again should it have died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._ended: dict[int, int] = {}

    def start(self, descriptors: Sequence[int]) -> Process:
        for _ in range(2):
            try:
                return self._forked(descriptors)
            except (EOFError, OSError):
                self.close()
        raise ProcessStartError("No worker can be started: what starts them dies. `--workers 0` needs none.")

    def _forked(self, descriptors: Sequence[int]) -> Process:
        if self._process is None:
            ours, theirs = socket.socketpair()
            with theirs:
                self._process = start("pipeline.ingest.forkserver", [theirs.fileno()])
            self._socket = ours
            self._channel: Channel[Forked | Ended] = Channel(Connection(os.dup(ours.fileno())), Forked | Ended)
        self._channel.say(Fork())
        socket.send_fds(self._socket, [b"\0"], list(descriptors))
        while True:
            heard = self._channel.hear()
            if isinstance(heard, Forked):
                return _Forked(self, heard.pid)
            self._ended[heard.pid] = heard.code

    def kill(self, pid: int) -> None:
        """End a worker. As its id is only free when this process has heard of its end, no other is hit."""
        with suppress(OSError):
            self._channel.say(Kill(pid))

    def ended(self, pid: int, timeout: float | None) -> int:
        """The exit code of a worker. Raises subprocess.TimeoutExpired."""
        until = None if timeout is None else time.monotonic() + timeout
        while pid not in self._ended:
            left = None if until is None else max(until - time.monotonic(), 0)
            try:
                if not self._channel.connection.poll(left):
                    raise subprocess.TimeoutExpired("worker", timeout or 0)
                heard = self._channel.hear()
            except (EOFError, OSError):
                return -signal.SIGKILL  # it has ended with what forked it
            if isinstance(heard, Ended):
                self._ended[heard.pid] = heard.code
        return self._ended.pop(pid)

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._channel.connection.close()
            self._socket.close()
            self._process = None


class _Forked:
    """A worker, with the face of a :class:`subprocess.Popen`."""

    def __init__(self, server: ForkServer, pid: int) -> None:
        self._server, self.pid = server, pid
        self._code: int | None = None

    def kill(self) -> None:
        if self._code is None:
            self._server.kill(self.pid)

    def wait(self, timeout: float | None = None) -> int:
        if self._code is None:
            self._code = self._server.ended(self.pid, timeout)
        return self._code


def main(control: int, parent: int) -> None:
    """The whole life of the process: ``control`` is a descriptor, ``parent`` the run's process."""
    end_with(parent, first=False)
    gc.disable()  # an import makes much and drops little
    with suppress(Exception):  # a worker imports it again, and tells what is wrong
        for name in PRELOADED:
            import_module(name)
    gc.enable()
    gc.collect()
    gc.freeze()  # so that no collection of a worker's writes to pages that all of them share
    with suppress(EOFError, OSError):  # the run is over, or dead
        _Server(control).serve()


class _Server:
    """The workers that are forked, and the conversation with the run."""

    def __init__(self, control: int) -> None:
        self._control = control
        self._channel: Channel[Fork | Kill] = Channel(Connection(control), Fork | Kill)
        self._rung, self._bell = os.pipe()
        self._living: set[int] = set()
        os.set_blocking(self._bell, False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(self._bell, warn_on_full_buffer=False)

    def serve(self) -> None:
        """Until the run closes its end."""
        while True:
            ready = wait([self._channel.connection, self._rung])
            if self._rung in ready:
                os.read(self._rung, 4096)
                self._tell_of_ended()
            if self._channel.connection in ready:
                self._obey(self._channel.hear())

    def _tell_of_ended(self) -> None:
        while self._living:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            self._living.discard(pid)
            self._channel.say(Ended(pid, os.waitstatus_to_exitcode(status)))

    def _obey(self, wish: Fork | Kill) -> None:
        if isinstance(wish, Kill):
            if wish.pid in self._living:
                os.kill(wish.pid, signal.SIGKILL)
            return
        with socket.socket(fileno=os.dup(self._control)) as control:
            _, descriptors, _, _ = socket.recv_fds(control, 1, 2)
        server = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._be_worker(descriptors, server)
        for descriptor in descriptors:
            os.close(descriptor)
        self._living.add(pid)
        self._channel.say(Forked(pid))

    def _be_worker(self, descriptors: Sequence[int], server: int) -> NoReturn:
        """In the new process: nothing of the other is left but what it has imported."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._channel.connection.close()
            os.close(self._rung)
            os.close(self._bell)
            from pipeline.ingest import worker

            connection, note = descriptors
            worker.main(connection, note, server)
            code = 0
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(code)
