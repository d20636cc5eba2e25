"""When all pages of the database file were last looked at, so that a run needs not do it that follows soon after.

A note beside the file says so, with the marks that the file had when a run that came to its own end had closed it. It
is taken away while a run goes on: one that dies leaves none. A disk may fail without a mark of the file changing, and
so the pages are looked at every :data:`SOON` at least, which is each night.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
import sqlalchemy as sa

from corpus.store.integrity import must_look_sound

SOON = dt.timedelta(hours=12)


class _Note(msgspec.Struct, frozen=True):
    """``marks``: size, ``mtime_ns``, ``ctime_ns`` and inode of the file; ``at``: when its pages were looked at."""

    at: dt.datetime
    marks: tuple[int, int, int, int]


@contextmanager
def looked_through(file: Path, note: Path) -> Iterator[Callable[[sa.Engine], None]]:
    """What looks at the pages of a database file that is to be opened within this, and closed again.

    It raises WorkspaceDamagedError where one is broken; it does nothing where they were looked at of late, and the file
    is what the run that ended last has left.
    """
    at = _looked_at(note, file)
    note.unlink(missing_ok=True)

    def look(engine: sa.Engine) -> None:
        nonlocal at
        if at is None:
            at = dt.datetime.now(dt.UTC)
            must_look_sound(engine, file)

    yield look
    if at is not None and not _has_log(file):
        with suppress(OSError):
            note.write_bytes(msgspec.json.encode(_Note(at, _marks(file))))


def _looked_at(note: Path, file: Path) -> dt.datetime | None:
    """When the pages were looked at; None where that is long ago or not sure to be of this file as it is."""
    try:
        noted = msgspec.json.decode(note.read_bytes(), type=_Note)
        if noted.marks == _marks(file) and not _has_log(file):
            since = dt.datetime.now(dt.UTC) - noted.at
            return noted.at if dt.timedelta() <= since < SOON else None
    except (OSError, ValueError, TypeError):  # none, half a note, or a time without its offset
        pass
    return None


def _marks(file: Path) -> tuple[int, int, int, int]:
    status = file.stat()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _has_log(file: Path) -> bool:
    """Whether something is written that is not in the file yet."""
    log = file.with_name(f"{file.name}-wal")
    return log.is_file() and log.stat().st_size > 0
