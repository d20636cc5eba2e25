"""Which files are to be worked on: told by size, times and inode, and by the content where these leave doubt."""

from __future__ import annotations

import msgspec

from corpus.store.entries import FileState, Stamp
from pipeline.ingest.discover import FoundFile


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is due to be worked on. ``again``: it was read by an old reader, so nothing in it counts as known.

    ``doubted``: size and time are as they were and the stamp is not; the work is done if it holds something else now.
    """

    root: int
    file: FoundFile
    before: FileState | None
    again: bool
    doubted: bool


def due_of(root: int, found: FoundFile, before: FileState | None, stamp: Stamp | None, *, again: bool) -> Due | None:
    """What is to be done about a file, by what the store knows of it; None when it is as it was."""
    sure = before is None or _differs(before, found) or again
    if not sure and stamp == found.stamp:
        return None
    return Due(root=root, file=found, before=before, again=again, doubted=not sure)


def _differs(state: FileState, found: FoundFile) -> bool:
    return state.failed or state.sha256 is None or (state.size, state.mtime_ns) != (found.size, found.mtime_ns)
