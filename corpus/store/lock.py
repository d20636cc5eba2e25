"""One writer at a time: a lock on a file, which the operating system lets go of when its process ends."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.workspace import WorkspaceError, WorkspaceFullError, WorkspaceHeldError, is_full

TRIES, PAUSE = 5, 0.02


@contextmanager
def workspace_lock(path: Path) -> Iterator[None]:
    """Hold the lock. Raises WorkspaceHeldError, with who holds it, when another process does, and WorkspaceError when
    the workspace cannot be written.
    """
    descriptor = _opened(path)
    try:
        if not _locked(descriptor):
            raise WorkspaceHeldError(f"The workspace is being written to by {_holder(path)}: wait until that is done.")
        from corpus.store.database import now  # who only asks for the holder loads no SQLAlchemy

        with suppress(OSError):  # on a full disk nobody is named; the lock holds all the same
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()} since {now()}".encode())
        yield
    finally:
        os.close(descriptor)


def holder(path: Path) -> str | None:
    """Who writes to the workspace now, or None when nobody does."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        return None if _try_lock(descriptor) else _holder(path)
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except IsADirectoryError as error:
        raise WorkspaceError(f"{path} is a folder where a file should be: remove it and try again.") from error
    except OSError as error:
        if is_full(error, path.parent):
            raise WorkspaceFullError(path.parent) from error
        from corpus.store.database import cannot_be_written

        raise cannot_be_written(path.parent, error.strerror or str(error)) from error


def _holder(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace").strip() or "another process"
    except OSError:  # Windows does not let others read a locked file
        return "another process"


def _locked(descriptor: int) -> bool:
    """Who asks :func:`holder` has the lock for a moment: that is no reason to give up."""
    for _ in range(TRIES):
        if _try_lock(descriptor):
            return True
        time.sleep(PAUSE)
    return False


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
