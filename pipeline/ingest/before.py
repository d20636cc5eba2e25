"""What had failed when a run began, so that what fails for the first time is told apart from what is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence, Set

import sqlalchemy as sa

from corpus.store.entries import Member
from corpus.store.overview import Standing, failed_contents, failed_places
from pipeline.ingest.changes import Due
from pipeline.ingest.pieces import Batch, Piece, Some, Started, WorkResult
from pipeline.ingest.protocol import Job, Task


class Before:
    """The failures that stood in the store when it was asked."""

    def __init__(self, connection: sa.Connection) -> None:
        self._places: set[tuple[int, str]] = set()
        self._of: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for place, sha256, code in failed_places(connection):
            self._places.add((place, code))
            if sha256 is not None:
                self._of[sha256, code].add(place)

    def known(self, found: Sequence[Standing], here: Set[int]) -> list[bool]:
        """Of each failure that stands now, whether it stood before: at its place, or at one that its content has left.
        ``here``: all places where something fails now.

        One with another code is another failure, and so is a second file with the same bytes.
        """
        return [
            (each.place, each.failed.code) in self._places
            or (each.sha256 is not None and bool(self._of.get((each.sha256, each.failed.code), set()) - here))
            for each in found
        ]


class FailedBytes:
    """The contents that earlier runs have failed to read: a file that holds one fails without being read again."""

    def __init__(self, connection: sa.Connection) -> None:
        self._failed: Collection[str] = failed_contents(connection)

    def come_again(self, job: Job, due: Due | None, piece: Piece) -> bool:
        """Whether that is what has come of a job. A file that is as it was is none that comes, nor is a mail that an
        archive or mailbox held before; ``due`` is the file of the job.
        """
        if due is None or not isinstance(job, Task) or isinstance(piece, Started | Some):
            return False
        if isinstance(piece, WorkResult) and not piece.contents:
            return piece.sha256 in self._failed and job.expected != piece.sha256
        return due.before is None and any(member.sha256 in self._failed for member in _members(piece))


def _members(piece: Batch | WorkResult) -> Iterator[Member]:
    if isinstance(piece, Batch):
        yield from piece.members
    for content in piece.contents:
        yield from content.members or ()
