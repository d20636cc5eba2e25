"""Which files are to be worked on: told by size, times and inode, and by the content where these leave doubt."""

from __future__ import annotations

import msgspec

from corpus.store.entries import FileState, Stamp
from pipeline.ingest.discover import FoundFile
from pipeline.ingest.snapshot import digest


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A file to work on. ``again``: it was read by an old reader, so nothing in it counts as known.

    ``doubted``: size and time are as they were and the stamp is not; the work is done if it holds something else now.
    """

    root: int
    file: FoundFile
    before: FileState | None
    again: bool
    doubted: bool


def job_of(root: int, found: FoundFile, before: FileState | None, stamp: Stamp | None, *, again: bool) -> Job | None:
    """What is to be done about a file, by what the store knows of it; None when it is as it was."""
    sure = before is None or _differs(before, found) or again
    if not sure and stamp == found.stamp:
        return None
    return Job(root=root, file=found, before=before, again=again, doubted=not sure)


def _differs(state: FileState, found: FoundFile) -> bool:
    return state.failed or state.sha256 is None or (state.size, state.mtime_ns) != (found.size, found.mtime_ns)


def holds(found: FoundFile, sha256: str | None) -> bool:
    """Whether the file's bytes are those of this content; False when it cannot be opened, for the reading to say so."""
    try:
        with found.location.open("rb") as file:
            return digest(file, found.size) == sha256
    except OSError:
        return False
