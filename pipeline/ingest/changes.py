"""Which files are to be worked on: told by size, times and inode, and by the content where these leave doubt."""

from __future__ import annotations

import msgspec

from corpus.store.entries import FileState
from corpus.store.places import KnownFile
from pipeline.ingest.discover import FoundFile


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is due to be worked on. ``again``: it was read by an old reader, so nothing in it counts as known.

    ``told`` is what the last report has told of it, which is another thing than what was ``before`` where a run was
    killed since. It counts for the figures only.
    ``doubted``: size and time are as they were and the stamp is not; the work is done if it holds something else now.
    """

    root: int
    file: FoundFile
    before: FileState | None
    told: FileState | None
    again: bool
    doubted: bool


def due_of(root: int, found: FoundFile, known: KnownFile | None, told: FileState | None, *, again: bool) -> Due | None:
    """What is to be done about a file, by what the store knows of it; None when it is as it was."""
    sure = known is None or again or _differs(known, found)
    if known is not None and not sure and (known.inode, known.ctime_ns) == (found.inode, found.ctime_ns):
        return None
    before = None if known is None else known.state
    return Due(root=root, file=found, before=before, told=told, again=again, doubted=not sure)


def _differs(known: KnownFile, found: FoundFile) -> bool:
    unread = known.failure is not None or known.sha256 is None
    return unread or (known.size, known.mtime_ns) != (found.size, found.mtime_ns)
