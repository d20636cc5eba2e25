"""Whether a workspace is whole: the store, what it says of each content, the index, and the files it was read from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import msgspec
import sqlalchemy as sa

from corpus.counts import counted
from corpus.store.database import open_store, sqlite_url
from corpus.store.held import all_held
from corpus.store.integrity import file_faults, homeless, is_of_keys, lost_contents, orphan_rows
from corpus.store.lock import workspace_lock
from corpus.store.places import GROWING, file_states, files_with_inner, places_differ
from corpus.store.queries import all_roots, contents_to_index, places_of
from corpus.store.views import lost_views
from corpus.workspace import Workspace, WorkspaceDamagedError
from pipeline.ingest.discover import location_of
from pipeline.ingest.options import kept_version
from pipeline.ingest.progress import Progress, silent
from pipeline.ingest.snapshot import digest
from pipeline.ingest.verify_content import check_content
from pipeline.ingest.verify_index import OUTDATED, UNBUILT, index_faults
from pipeline.ingest.versions import index_version
from pipeline.masking import mask_name

Area = Literal["store", "content", "index", "source"]


class Fault(msgspec.Struct, kw_only=True):
    """Something that is not as it should be. ``path``: a place of the content, or the file. ``healed``: put right.

    A fault in the area "source" is none of the workspace: a file is not what or where it was.
    Two codes are no damage: "index-outdated", for another version of Akt has made the index, and "index-unbuilt", for
    the first run did not get to it.
    """

    area: Area
    code: str
    message: str
    sha256: str | None = None
    path: str | None = None
    healed: bool = False


class Verified(msgspec.Struct, kw_only=True):
    """What was looked at, and what was found. ``waiting``: contents that the next run or `akt reindex` is to index.

    ``beyond_repair``: the database file itself is broken; a repair makes a new one of what can be read of it, and keeps
    the old one as ``damaged_copy``.
    """

    contents: int = 0
    files: int = 0
    waiting: int = 0
    full: bool = False
    beyond_repair: bool = False
    damaged_copy: str | None = None
    faults: list[Fault] = []

    @property
    def damaged(self) -> list[Fault]:
        """The faults of the workspace itself that are there still."""
        return [fault for fault in self._left() if fault.code not in (OUTDATED, UNBUILT)]

    @property
    def outdated(self) -> list[Fault]:
        """That the index is of another version of Akt, or not there yet: no damage, but no search works till then."""
        return [fault for fault in self._left() if fault.code in (OUTDATED, UNBUILT)]

    def _left(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.area != "source" and not fault.healed]

    @property
    def sources(self) -> list[Fault]:
        """The files that are not what or where they were."""
        return [fault for fault in self.faults if fault.area == "source"]


def tell_nobody(said: str) -> None:
    """For a repair that nobody watches."""


def verify(
    workspace: Workspace,
    *,
    repair: bool = False,
    full: bool = False,
    progress: Progress = silent,
    say: Callable[[str], None] = tell_nobody,
) -> Verified:
    """Look at everything the workspace holds; with ``repair``, put right what can be, and ``say`` each step of it.

    ``full`` also reads every file to its end and compares the bytes, and looks for every content in the index by its
    words; otherwise files are known by size and time, and the words of some contents are tried.

    Raises WorkspaceBusyError while a run goes on, and WorkspaceError where there is no workspace or it is damaged
    beyond being looked at.
    """
    workspace.open(create=False)
    with workspace_lock(workspace.lock_file):
        found = _looked_at(workspace, progress, say, repair=repair, full=full)
        if repair and found.beyond_repair:
            from pipeline.ingest.salvaging import salvaged

            return salvaged(workspace, found, progress, say)
    return found


def _looked_at(
    workspace: Workspace, progress: Progress, say: Callable[[str], None], *, repair: bool, full: bool
) -> Verified:
    """What a look has found; with ``repair`` put right, unless the file of the store itself is broken."""
    try:
        with open_store(sqlite_url(workspace.store_file), mend=False) as engine:
            found = Verification(workspace, engine, progress, full=full).all()
            if repair and not found.beyond_repair and (found.damaged or found.outdated):
                from pipeline.ingest.repair import repaired

                repaired(workspace, engine, found, progress, say)
            return found
    except WorkspaceDamagedError as error:
        if not repair:
            raise
        fault = Fault(area="store", code="store-file", message=mask_name(str(error)))
        return Verified(full=full, beyond_repair=True, faults=[fault])


class Verification:
    """One look at a workspace, whose lock is held."""

    def __init__(self, workspace: Workspace, engine: sa.Engine, progress: Progress, *, full: bool) -> None:
        self._workspace, self._engine, self._progress = workspace, engine, progress
        self._found = Verified(full=full, faults=[])

    def all(self) -> Verified:
        """Everything; a database file that is broken is not looked into further."""
        with self._engine.connect() as connection:
            self._progress("store", 0, None, "")
            self.file(connection)
            if not self._found.faults:
                self.rows(connection)
                self._progress("store", 1, 1, "")
                self.contents(connection)
                self.places(connection)
                self.index(connection)
                self.sources(connection)
        return self._found

    def file(self, connection: sa.Connection) -> None:
        """The database file itself."""
        for said in file_faults(connection):
            self._found.beyond_repair |= not is_of_keys(said)
            self._add("store", "store-file", f"The database says: {said}")

    def rows(self, connection: sa.Connection) -> None:
        """Rows that point to nothing, and views that are not there or not what they were."""
        if names := lost_views(connection):
            self._add("store", "views-lost", f"Views for other programs are not as they were made: {', '.join(names)}.")
        for table, count in orphan_rows(connection).items():
            self._add("store", "orphan-rows", f"{counted(count, 'row')} of the table {table} of no content.")
        if count := homeless(connection):
            self._add(
                "store",
                "homeless-places",
                f"{counted(count, 'place is', 'places are')} in no folder or file that the store knows.",
            )

    def contents(self, connection: sa.Connection) -> None:
        """Each content by itself."""
        extractor = kept_version(connection)
        total = connection.scalar(sa.text("select count(*) from contents")) or 0
        for sha256 in lost_contents(connection):
            self._add("content", "content-lost", "It lies somewhere, and the store has nothing of it.", sha256)
        for done, held in enumerate(all_held(connection)):
            self._progress("contents", done, total, "")
            self._found.contents += 1
            for code, message in check_content(connection, held, extractor).faults:
                self._add("content", code, message, held.row.sha256, connection)

    def places(self, connection: sa.Connection) -> None:
        """Whether what containers hold lies where it should."""
        holding = files_with_inner(connection)
        for root in all_roots(connection) if holding else ():
            for state in file_states(connection, root.id).values():
                if state.id not in holding or state.deleted or state.mtime_ns == GROWING:
                    continue
                if places_differ(connection, state.id):
                    said = "What it holds does not lie where it should."
                    self._add("content", "places-differ", said, state.sha256, path=state.path)

    def index(self, connection: sa.Connection) -> None:
        """The index against the store."""
        self._found.waiting = len(contents_to_index(connection, index_version()))
        total = self._found.contents
        tell = self._telling("index", total)
        for code, sha256, message in index_faults(connection, self._workspace.index_dir, tell, full=self._found.full):
            self._add("index", code, message, sha256, connection)

    def sources(self, connection: sa.Connection) -> None:
        """The files on disk against what is known of them."""
        tell = self._telling("files", None)
        for root in all_roots(connection):
            states = [
                s for s in file_states(connection, root.id).values() if not s.deleted and s.sha256 and not s.failed
            ]
            if states and not os.path.lexists(root.path):
                said = f"The folder is not there, with {counted(len(states), 'document')} read in it."
                self._add("source", "folder-missing", said, path=root.path)
                continue
            for state in states:
                tell(self._found.files)
                self._found.files += 1
                place = location_of(Path(root.path), state.path)
                for code, said in _source_faults(
                    place, state.sha256, state.size, state.mtime_ns, full=self._found.full
                ):
                    self._add("source", code, said, state.sha256, path=f"{root.path}/{state.path}")

    def _telling(self, step: str, total: int | None) -> Callable[[int], None]:
        return lambda done: self._progress(step, done, total, "")

    def _add(
        self,
        area: Area,
        code: str,
        message: str,
        sha256: str | None = None,
        connection: sa.Connection | None = None,
        path: str | None = None,
    ) -> None:
        if path is None and sha256 is not None and connection is not None:
            path = next((place.path for place in places_of(connection, sha256)), None)
        shown = None if path is None else mask_name(path)
        self._found.faults.append(Fault(area=area, code=code, message=mask_name(message), sha256=sha256, path=shown))


def _source_faults(
    place: Path, sha256: str | None, size: int | None, mtime_ns: int | None, *, full: bool
) -> Iterator[tuple[str, str]]:
    try:
        status = place.stat()
        if size == -1:
            yield "source-unfinished", "It was not read to its end; the next `akt ingest` goes on with it."
        elif (status.st_size, status.st_mtime_ns) != (size, mtime_ns):
            yield "source-changed", "It has changed since it was read; `akt ingest` reads it again."
        elif full:
            with place.open("rb") as file:
                if digest(file, status.st_size) != sha256:
                    yield "source-rotten", "Its bytes are not those that were read, though its size and time are."
    except FileNotFoundError:
        yield "source-missing", "It is not there; what was read of it is kept until `akt ingest` notes that it is gone."
    except OSError as error:
        yield "source-unreadable", f"It cannot be looked at ({error.strerror or error})."
