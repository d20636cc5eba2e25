"""Looking at the files of a scope without changing anything: what is due, what is gone, what is back."""

from __future__ import annotations

import gc
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
import sqlalchemy as sa

from corpus.store.entries import FileState
from corpus.store.places import KnownFile, known_files, steady_marks
from corpus.store.queries import files_to_read_again
from corpus.store.untold import Told, Untold
from pipeline.ingest.changes import Due, due_of
from pipeline.ingest.discover import Found, FoundFile, NotTaken, discover
from pipeline.ingest.report import Report
from pipeline.ingest.scope import Scope
from pipeline.masking import mask_name


class Seen(msgspec.Struct, kw_only=True):
    """What a look at one scope or more has shown. ``back``: files that were gone and are there as they were.

    ``lost`` are the files that the last report has told as there, and are not: those that are ``gone``, and what a run
    has noted as gone that was killed since. ``tops``: their ingested folders, by their ids. ``kept``: each file that is
    as such a run left it, as it was told, and its content. ``unopened``: (root, what could not be looked at, the id of
    its row where it has one). ``vanished``: roots of which nothing at all is left.
    """

    due: list[Due] = []
    gone: list[FileState] = []
    lost: list[FileState] = []
    kept: list[tuple[FileState | None, str]] = []
    tops: dict[int, Path] = {}
    back: list[FileState] = []
    unopened: list[tuple[int, NotTaken, int | None]] = []
    vanished: list[str] = []


class Look:
    """Looks at scopes, and counts in the report. ``fresh`` are the versions of readers that need no new reading.

    ``exclude`` is the workspace itself. ``gone``: a place of which no file is left is gone, not out of sight.
    ``untold``: what runs have changed that were killed; None counts it as told. ``reread``: all files are due.
    """

    def __init__(
        self,
        report: Report,
        fresh: Collection[str],
        exclude: Path,
        *,
        gone: bool,
        untold: Untold | None = None,
        reread: bool = False,
    ) -> None:
        self.seen = Seen()
        self._report, self._fresh, self._exclude, self._gone = report, fresh, exclude, gone
        self._untold, self._reread = untold, reread

    def at(self, connection: sa.Connection, scope: Scope) -> None:
        """Look at everything in a scope. Many small objects that hold no others are made, so nothing is collected."""
        collecting = gc.isenabled()
        gc.disable()
        try:
            self._look(connection, scope)
        finally:
            if collecting:
                gc.enable()

    def _look(self, connection: sa.Connection, scope: Scope) -> None:
        left = steady_marks(connection, scope.root_id, scope.prefix)
        again = files_to_read_again(connection, scope.root_id, self._fresh)
        untold = {} if self._untold is None else self._untold.files(connection, scope.root_id, scope.prefix)
        if self._reread:
            again |= left.keys()
        closely = again | untold.keys()
        other: list[Found] = []
        same = 0
        for found in self._there(scope):
            path = found.path
            if isinstance(found, FoundFile) and left.pop(path, None) == found.marks and path not in closely:
                same += 1
            else:
                other.append(found)
        self._report.seen += same
        self._report.unchanged += same
        wanted = left.keys() | {found.path for found in other} | untold.keys()
        known = known_files(connection, scope.root_id, scope.prefix) if wanted else {}
        unseen = {path: file for path, file in known.items() if path in wanted}
        told = {path: _as_told(file, untold.get(path)) for path, file in unseen.items()}
        self._look_closely(scope, other, unseen, told, again, is_empty=not same)

    def _look_closely(
        self,
        scope: Scope,
        other: Sequence[Found],
        unseen: dict[str, KnownFile],
        told: Mapping[str, FileState | None],
        again: set[str],
        *,
        is_empty: bool,
    ) -> None:
        """At what is not as it was, or not at once known to be. ``is_empty``: no other file is there."""
        due: list[Due] = []
        for found in other:
            known = unseen.pop(found.path, None)
            if isinstance(found, NotTaken):
                self._not_taken(scope, found, known, unseen)
                continue
            is_empty = False
            self._report.seen += 1
            job = due_of(scope.root_id, found, known, told.get(found.path), again=found.path in again)
            if job is not None:
                due.append(job)
            elif known is not None:
                self._unchanged(known, told[found.path])
        gone = [known.state for known in unseen.values() if not known.deleted]
        if is_empty and gone and self._keep_emptied(scope, gone):
            self._lose(scope, [told[path] for path, known in unseen.items() if known.deleted])
            return
        if not os.path.lexists(scope.location):
            self._report.gone.append(str(scope.location))
        self._lose(scope, [told[path] for path in unseen])
        self.seen.due += due
        self.seen.gone += gone

    def _lose(self, scope: Scope, told: Iterable[FileState | None]) -> None:
        """Of what is not there, that was told as there."""
        lost = [state for state in told if state is not None and not state.deleted]
        self._report.deleted += sum(state.sha256 is not None for state in lost)
        self.seen.lost += lost
        self.seen.tops |= {state.id: scope.root for state in lost}

    def _there(self, scope: Scope) -> Iterable[Found]:
        """What is at the named path now; nothing at one that is gone."""
        if not os.path.lexists(scope.location):
            return ()
        return discover(scope.root, scope.location, self._exclude, self._left_by_name)

    def _left_by_name(self) -> None:
        self._report.left_by_name += 1

    def _unchanged(self, known: KnownFile, told: FileState | None) -> None:
        """The file is as the store has it."""
        if known.deleted:
            self.seen.back.append(known.state)
        if told == known.state:
            self._report.back += known.deleted
            self._report.unchanged += not known.deleted
        elif known.sha256 is not None:
            self.seen.kept.append((told, known.sha256))

    def _keep_emptied(self, scope: Scope, gone: Sequence[FileState]) -> bool:
        """Whether what was in this place is left as it was, since no file is left of all it held."""
        if self._gone or any(state.path == scope.prefix for state in gone):
            return False
        self._report.emptied[str(scope.location)] = len(gone)
        if not scope.prefix:
            self.seen.vanished.append(str(scope.root))
        return True

    def _not_taken(self, scope: Scope, found: NotTaken, known: KnownFile | None, unseen: dict[str, KnownFile]) -> None:
        """Note it. What lies in a folder that cannot be listed is not gone, only out of sight."""
        told = {"path": mask_name(found.path), "root": mask_name(str(scope.root)), "reason": mask_name(found.reason)}
        self._report.not_taken.append(msgspec.structs.replace(found, **told))
        if found.failed:
            self._report.seen += 1
            self._report.unreadable += 1
            self.seen.unopened.append((scope.root_id, found, None if known is None else known.id))
            for path in [path for path in unseen if found.path == "." or path.startswith(f"{found.path}/")]:
                del unseen[path]
        elif known is not None and not known.deleted:
            unseen[found.path] = known


def _as_told(known: KnownFile, told: Told | None) -> FileState | None:
    """A file as the last report has told it, None where it has not; as the store has it where nobody has changed it."""
    if told is None:
        return known.state
    return msgspec.structs.replace(known.state, sha256=told.sha256, deleted=told.deleted) if told.known else None
