"""Putting right what :mod:`pipeline.ingest.verify` has found: from stored readings, from the files, from the store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Set
from pathlib import Path

import sqlalchemy as sa

from corpus.counts import counted
from corpus.store.integrity import (
    drop_homeless,
    drop_orphans,
    file_faults,
    files_with,
    packed_of,
    rebuild_keys,
)
from corpus.store.packing import unpack_reading
from corpus.store.places import put_inside
from corpus.store.queries import members_of, places_of
from corpus.store.rows import Packed
from corpus.store.views import make_views
from corpus.store.writer import forget_index, put_members, put_packed
from corpus.workspace import Workspace
from pipeline.ingest.discover import location_of
from pipeline.ingest.indexing import abandon_rebuild, update_index
from pipeline.ingest.options import index_engine_of, options_of
from pipeline.ingest.progress import Progress
from pipeline.ingest.verify import Fault, Verification, Verified
from pipeline.ingest.verify_content import BROKEN
from pipeline.ingest.work import Terms, extract_again, work

FROM_SOURCE = frozenset({"content-lost", "reading-broken"})
"""Faults of a content whose stored reading is of no use."""
LOST_READING = "Its file is not what was read, or not there: nothing can be made of it again."


def repaired(
    workspace: Workspace, engine: sa.Engine, found: Verified, progress: Progress, say: Callable[[str], None]
) -> None:
    """Put right what can be, and mark those faults as healed that are not found by a second look."""
    say(f"Found {counted(len(found.damaged) + len(found.outdated), 'fault')}; putting right what can be.")
    repair = _Repair(workspace, engine, found, progress, say)
    repair.database()
    if not any(fault.code == "store-file" and not fault.healed for fault in found.faults):
        repair.rows()
        repair.contents()
        repair.places()
        repair.index()
    say("Looking at everything once more.")
    _look_again(workspace, engine, found, progress)


def _look_again(workspace: Workspace, engine: sa.Engine, found: Verified, progress: Progress) -> None:
    """What a second look finds is not healed; what is new to it is added."""
    again = Verification(workspace, engine, progress, full=found.full).all()
    left = {(fault.area, fault.code, fault.sha256, fault.path) for fault in (*again.damaged, *again.outdated)}
    for fault in (*found.damaged, *found.outdated):
        fault.healed = (fault.area, fault.code, fault.sha256, fault.path) not in left
    known = {(fault.area, fault.code, fault.sha256, fault.path) for fault in found.faults}
    found.faults += [f for f in again.damaged if (f.area, f.code, f.sha256, f.path) not in known]
    if not any(fault.area == "source" for fault in found.faults):
        found.faults += again.sources
    found.contents, found.waiting, found.files = again.contents, again.waiting, again.files


class _Repair:
    def __init__(
        self,
        workspace: Workspace,
        engine: sa.Engine,
        found: Verified,
        progress: Progress,
        say: Callable[[str], None],
    ) -> None:
        self._workspace, self._engine, self._found = workspace, engine, found
        self._progress, self._say = progress, say
        self._terms = Terms(options=options_of(engine, None))

    def database(self) -> None:
        """The database's own indexes can be made again; its tables cannot."""
        faults = [fault for fault in self._found.faults if fault.code == "store-file"]
        if not faults:
            return
        self._say("Making the database's own indexes anew.")
        try:
            with self._engine.begin() as connection:
                rebuild_keys(connection)
            with self._engine.connect() as connection:
                whole = not file_faults(connection)
        except sa.exc.DatabaseError:
            whole = False
        for fault in faults:
            fault.healed = whole

    def rows(self) -> None:
        """Rows that point to nothing are taken out, and views that were lost made again."""
        if self._has("views-lost"):
            self._say("Making the views for other programs anew.")
            with self._engine.begin() as connection:
                make_views(connection)
        if self._has("orphan-rows", "homeless-places"):
            self._say("Taking out rows that belong to nothing.")
            with self._engine.begin() as connection:
                drop_orphans(connection)
                drop_homeless(connection)

    def contents(self) -> None:
        """Each broken content anew: from its stored reading where that is whole, else from a file it lies in."""
        broken = {f.sha256 for f in self._faults("content") if f.sha256 and f.code != "places-differ"}
        from_source = {f.sha256 for f in self._faults("content") if f.sha256 and f.code in FROM_SOURCE}
        from_source |= self._not_extracted(sorted(broken - from_source))
        left = set(from_source)
        if left:
            self._say(f"Reading {counted(len(left), 'document')} anew from the files.")
        for sha256 in sorted(from_source):
            if sha256 in left:
                self._progress("reading", len(from_source) - len(left), len(from_source), "")
                left -= self._read_again(sha256, left)
        for sha256 in left:
            self._tell_lost(sha256)

    def _not_extracted(self, broken: Collection[str]) -> set[str]:
        """Extract these contents again from their stored readings. Returns those whose reading is of no use."""
        if broken:
            self._say(f"Making {counted(len(broken), 'document')} anew from what was read.")
        left = set()
        for done, sha256 in enumerate(broken):
            self._progress("extracting", done, len(broken), "")
            if not self._extracted(sha256):
                left.add(sha256)
        return left

    def _extracted(self, sha256: str) -> bool:
        """Extract a content again from its stored reading."""
        with self._engine.begin() as connection:
            row, places = packed_of(connection, sha256), places_of(connection, sha256)
            if row is None:
                return False
            try:
                reading = unpack_reading(row.reading)
            except BROKEN:
                return False
            path = places[0].path if places else sha256
            attached = len(members_of(connection, sha256))
            packed = extract_again(sha256, row.size, reading, path, self._terms, inside="!" in path, attached=attached)
            put_packed(connection, [packed], counted=False)
        return True

    def _read_again(self, sha256: str, wanted: Set[str]) -> set[str]:
        """Read the files on disk in which a content lies until one still holds it. Returns which were ``wanted``."""
        with self._engine.connect() as connection:
            files = files_with(connection, sha256)
        done: set[str] = set()
        for file in files:
            done |= self._taken_from(location_of(Path(file.root), file.path), file.path, file.id, wanted)
            if sha256 in done:
                break
        return done

    def _taken_from(self, place: Path, path: str, file: int, wanted: Set[str]) -> set[str]:
        """Members come before the containers that hold them, so that what these point to is there."""
        done = set()
        for piece in work(place, path, self._terms):
            found: list[Packed] = [each for each in getattr(piece, "contents", ()) if each.sha256 in wanted]
            with self._engine.begin() as connection:
                put_packed(connection, found, counted=False)
                for each in found:
                    put_members(connection, each.sha256, each.members or [])
            done |= {each.sha256 for each in found}
        if done:
            with self._engine.begin() as connection:
                put_inside(connection, file)
        return done

    def _tell_lost(self, sha256: str) -> None:
        for fault in self._found.faults:
            if fault.sha256 == sha256 and LOST_READING not in fault.message:
                fault.message = f"{fault.message} {LOST_READING}"

    def places(self) -> None:
        """What containers hold is put where it should lie."""
        misplaced = [f.sha256 for f in self._faults("content") if f.sha256 and f.code == "places-differ"]
        if misplaced:
            self._say(f"Putting what {counted(len(misplaced), 'document')} hold where it should lie.")
        for sha256 in misplaced:
            with self._engine.begin() as connection:
                for file in files_with(connection, sha256):
                    put_inside(connection, file.id)

    def index(self) -> None:
        """Single contents are indexed again; what is wrong with the index as a whole is a reason to build it anew."""
        faults = list(self._faults("index"))
        anew = any(fault.sha256 is None for fault in faults)
        if faults:
            again = f"Indexing {counted(len(faults), 'document')} again."
            self._say("Building the index anew." if anew else again)
        if anew:
            abandon_rebuild(self._engine, self._workspace.index_dir)
        elif faults:
            with self._engine.begin() as connection:
                forget_index(connection, [fault.sha256 for fault in faults if fault.sha256])
        update_index(
            self._engine,
            self._workspace.index_dir,
            lambda done, total: self._progress("indexing", done, total, ""),
            rebuild=anew,
            kind=index_engine_of(self._engine, self._workspace.index_dir, None),
        )

    def _faults(self, area: str) -> Iterator[Fault]:
        return (fault for fault in self._found.faults if fault.area == area)

    def _has(self, *codes: str) -> bool:
        return any(fault.code in codes for fault in self._found.faults)
