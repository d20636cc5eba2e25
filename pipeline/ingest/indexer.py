"""A process that keeps the index up to date while a run with workers reads and writes: it takes half as long as they.

It reads the store and notes there what is in the index; a content that the run changes meanwhile is not noted, so that
it is indexed again.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from corpus.workspace import Workspace, WorkspaceFullError
from pipeline.ingest.channel import Channel
from pipeline.ingest.processes import end_with, start
from pipeline.ingest.progress import Progress

if TYPE_CHECKING:
    import sqlalchemy as sa

    from index.engines.base import EngineName


PAUSE = 0.5
"""Seconds between two looks whether it is late."""


def never() -> bool:
    """It is never late."""
    return False


class Bring(msgspec.Struct, frozen=True):
    """Bring the index up to date with the store, as it is now. ``last``: what is gone from its place has not moved.

    ``left``: it is what earlier runs have left.
    """

    last: bool = False
    left: bool = False


class Counted(msgspec.Struct, frozen=True, tag="counted"):
    """So many of the contents that wait are indexed."""

    done: int
    total: int


class Brought(msgspec.Struct, frozen=True, tag="brought"):
    """It was tried. ``trouble``: what went wrong; ``full``: there is no room left on the disk."""

    trouble: str | None
    full: bool = False


def main(descriptor: int, parent: int, root: str, kind: EngineName | None) -> None:
    """The whole life of the process."""
    end_with(parent)
    from corpus.store.database import open_store, sqlite_url

    channel: Channel[Bring] = Channel(Connection(descriptor), Bring)
    workspace = Workspace(Path(root))
    with suppress(EOFError, OSError), open_store(sqlite_url(workspace.store_file)) as engine:
        with suppress(Exception):  # while nothing waits yet; what is wrong is told when something does
            import pipeline.ingest.indexing  # noqa: F401
        while True:
            wish = channel.hear()
            channel.say(_brought(workspace, engine, kind, channel, wish))


def _brought(
    workspace: Workspace, engine: sa.Engine, kind: EngineName | None, channel: Channel[Bring], wish: Bring
) -> Brought:
    """What goes wrong here is told, and tried once more at the end of the run."""
    from corpus.workspace import is_full
    from pipeline.ingest.indexing import index_meanwhile, reason_of

    def tell(done: int, total: int) -> None:
        with suppress(OSError):  # the run is over; what it has asked for is finished
            channel.say(Counted(done, total))

    try:
        return Brought(index_meanwhile(engine, workspace.index_dir, kind, tell, gone=wish.last, left=wish.left))
    except Exception as error:
        return Brought(reason_of(error), full=is_full(error, workspace.root))


class Indexer:
    """The process as the run sees it. One bringing up to date is asked for at a time."""

    def __init__(self, workspace: Workspace, kind: EngineName | None) -> None:
        self._root = workspace.root.resolve()
        self._busy = False
        self.troubles: list[str] = []
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = start("pipeline.ingest.indexer", [theirs.fileno()], str(self._root), kind)
        self._channel: Channel[Counted | Brought] = Channel(Connection(ours.detach()), Counted | Brought)

    def begin(self, *, last: bool = False, left: bool = False) -> None:
        """Have the index brought up to date with what is written by now."""
        with suppress(OSError):
            self._channel.say(Bring(last, left))
        self._busy = True

    def is_done(self) -> bool:
        """Whether what :meth:`begin` asked for is over. Raises WorkspaceFullError."""
        while self._busy and self._channel.has_more():
            self._hear()
        return not self._busy

    def finish(self, progress: Progress, is_late: Callable[[], bool] = never) -> None:
        """Have all that is written by now indexed, and wait for it until it is late. Raises WorkspaceFullError."""
        self.wait(progress, is_late)
        if not is_late():
            self.begin(last=True)
            self.wait(progress, is_late)

    def wait(self, progress: Progress, is_late: Callable[[], bool] = never) -> None:
        """Until what was asked for is over, or it is late. Raises WorkspaceFullError."""
        while self._busy and not is_late():
            heard = self._hear() if self._channel.has_more(PAUSE) else None
            if isinstance(heard, Counted):
                progress("indexing", heard.done, heard.total, "")

    def _hear(self) -> Counted | Brought:
        """What went wrong is among the ``troubles``."""
        try:
            heard = self._channel.hear()
        except (EOFError, OSError):  # it died: the end of the run does its work
            heard = Brought("its process has died")
        if isinstance(heard, Brought):
            self._busy = False
            if heard.full:
                raise WorkspaceFullError(self._root)
            if heard.trouble:
                self.troubles.append(heard.trouble)
        return heard

    def close(self) -> None:
        """End it at once; what is not committed is indexed again."""
        self._process.kill()
        self._process.wait()
        self._channel.connection.close()
