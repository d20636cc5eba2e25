"""A process that keeps the index up to date while a run with workers reads and writes: it takes half as long as they.

It reads the store and notes there what is in the index; a content that the run changes meanwhile is not noted, so that
it is indexed again.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from corpus.workspace import Workspace, WorkspaceFullError
from pipeline.ingest.channel import Channel
from pipeline.ingest.processes import end_with, start


class Bring(msgspec.Struct, frozen=True):
    """Bring the index up to date with the store, as it is now."""


class Brought(msgspec.Struct, frozen=True):
    """It was tried. ``trouble``: what went wrong; ``full``: there is no room left on the disk."""

    trouble: str | None
    full: bool = False


def main(descriptor: int, parent: int, root: str, kind: str | None) -> None:
    """The whole life of the process."""
    end_with(parent)
    from corpus.store.database import open_store, sqlite_url

    channel: Channel[Bring] = Channel(Connection(descriptor), Bring)
    workspace = Workspace(Path(root))
    with suppress(EOFError, OSError), open_store(sqlite_url(workspace.store_file)) as engine:
        while True:
            channel.hear()
            channel.say(_brought(workspace, engine, kind))


def _brought(workspace: Workspace, engine: object, kind: object) -> Brought:
    """What goes wrong here is told, and tried once more at the end of the run."""
    from typing import cast, get_args

    import sqlalchemy as sa

    from corpus.workspace import is_full
    from index.engines.base import EngineName
    from pipeline.ingest.indexing import index_meanwhile

    named = next((name for name in get_args(EngineName) if name == kind), None)
    try:
        return Brought(index_meanwhile(cast("sa.Engine", engine), workspace.index_dir, named))
    except Exception as error:
        return Brought(f"{type(error).__name__}: {error}", full=is_full(error, workspace.root))


class Indexer:
    """The process as the run sees it; started when there is something to index."""

    def __init__(self, workspace: Workspace, kind: str | None) -> None:
        self._root, self._kind = workspace.root.resolve(), kind
        self._channel: Channel[Brought] | None = None
        self._busy = False
        self.troubles: list[str] = []

    def begin(self) -> None:
        """Have the index brought up to date with what is written by now."""
        if self._channel is None:
            ours, theirs = socket.socketpair()
            with theirs:
                self._process = start("pipeline.ingest.indexer", [theirs.fileno()], str(self._root), self._kind)
            self._channel = Channel(Connection(ours.detach()), Brought)
        with suppress(OSError):
            self._channel.say(Bring())
        self._busy = True

    def is_done(self, *, wait: bool = False) -> bool:
        """Whether what :meth:`begin` asked for is over; what went wrong is among the ``troubles``.

        Raises WorkspaceFullError.
        """
        if self._channel is None or not self._busy:
            return True
        if not (wait or self._channel.has_more()):
            return False
        self._busy = False
        try:
            heard = self._channel.hear()
        except (EOFError, OSError):  # it died: the end of the run does its work
            self.troubles.append("its process has died")
            return True
        if heard.full:
            raise WorkspaceFullError(self._root)
        if heard.trouble:
            self.troubles.append(heard.trouble)
        return True

    def close(self) -> None:
        """End it at once; what is not committed is indexed again."""
        if self._channel is not None:
            self._process.kill()
            self._process.wait()
            self._channel.connection.close()
            self._channel = None
