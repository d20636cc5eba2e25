"""What had failed by the last report of a run, so that what fails for the first time is told apart from that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence, Set

import sqlalchemy as sa

from corpus.store.entries import Member
from corpus.store.overview import Standing, failed_contents, failures
from corpus.store.untold import Failing, failures_told
from pipeline.ingest.changes import Due
from pipeline.ingest.pieces import Batch, Piece, Some, Started, WorkResult
from pipeline.ingest.protocol import Job, Task


class Before:
    """The failures that stood when a run has last come to its end, and told them.

    What a run has found that was killed since, nobody has heard of. An older Akt kept no note of what it told: there,
    those that stand when it is asked.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._paths: dict[tuple[int, str], str] = {}
        self._of: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        told = failures_told(connection)
        for each in told if told is not None else map(failing, failures(connection)):
            self._paths[each.place, each.code] = each.path
            if each.sha256:
                self._of[each.sha256, each.code].add(each.place)

    def known(self, found: Sequence[Standing], here: Set[int]) -> list[bool]:
        """Of each failure that stands now, whether it stood before: at its place, or at one that its content has left.
        ``here``: all places where something fails now.

        One with another code is another failure, and so is a second file with the same bytes.
        """
        return [
            self._is_as_told(each)
            or (each.sha256 is not None and bool(self._of.get((each.sha256, each.failed.code), set()) - here))
            for each in found
        ]

    def _is_as_told(self, each: Standing) -> bool:
        """By its place, whose path has grown where the folder was taken into a larger one. A number whose place was
        dropped may be that of another."""
        told = self._paths.get((each.place, each.failed.code))
        return told is not None and (each.failed.path == told or each.failed.path.endswith(f"/{told}"))


def failing(each: Standing) -> Failing:
    """A failure as the store keeps it when it is told."""
    return Failing(each.place, each.failed.code, each.root_id, each.failed.path, each.sha256 or "")


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
