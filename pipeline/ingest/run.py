"""The order of a run: look, work on what is new or stale, mark what is gone, bring the index up to date."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.options import PdfEngine
from corpus.store.database import open_store, sqlite_url
from corpus.store.entries import Content, FileState
from corpus.store.lock import workspace_lock
from corpus.store.places import (
    file_states,
    mark_deleted,
    mark_present,
    mark_seen,
    put_file,
    put_growing,
    put_members_inside,
    put_stamp,
    put_unopened,
    refresh_files_with,
    stamps,
)
from corpus.store.queries import (
    all_roots,
    contents_to_extract,
    files_to_read_again,
    known_fresh,
    load_reading,
    places_of,
)
from corpus.store.writer import add_members, begin_run, end_run, put_content, put_members, put_started
from corpus.workspace import Workspace, WorkspaceFullError, is_full
from index.engines.base import EngineName
from pipeline.extract import Options
from pipeline.ingest.changes import Job, holds, job_of
from pipeline.ingest.discover import Found, NotTaken, discover
from pipeline.ingest.indexing import index_meanwhile, update_index
from pipeline.ingest.options import options_of, version_of
from pipeline.ingest.progress import Progress, silent, telling_of_pages
from pipeline.ingest.report import Report
from pipeline.ingest.scope import Scope, missing_roots, scopes
from pipeline.ingest.versions import fresh_read_versions
from pipeline.ingest.work import Batch, Started, WorkResult, extract_again, work

INDEX_EVERY = 200  # documents between two commits of the index during a run
INDEX_AFTER = 30.0  # seconds, when they are slow


def ingest(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    reindex: bool = False,
    gone: bool = False,
    ner_model: str | None = None,
    pdf_engine: PdfEngine | None = None,
    index_engine: EngineName | None = None,
    progress: Progress = silent,
    should_stop: Callable[[], bool] = lambda: False,
    limits: Limits = DEFAULT_LIMITS,
) -> Report:
    """Bring the store and the index up to date with the files under ``paths``, and redo what is stale in the store.

    ``should_stop`` is asked after every document; what is done by then is committed. A folder that held documents and
    is now empty or not there (an archive that is not mounted?) is left as it was unless ``gone`` says so.

    ``ner_model``: the pipeline that names people in running text. It stays with the workspace for the runs that follow
    and say nothing (None), until another is named, or "" for none; what was extracted with another one is stale.
    ``pdf_engine`` stays likewise; PDFs that the other one has read are stale. So does ``index_engine``:
    an index of another engine is built anew.

    Raises ModelError before anything is done when the model cannot be used, WorkspaceBusyError, WorkspaceFullError,
    WorkspaceDamagedError or WorkspaceError; what is wrong with a
    document is in the report.
    """
    workspace.open(create=bool(paths))
    with workspace_lock(workspace.lock_file), open_store(sqlite_url(workspace.store_file)) as engine:
        options = options_of(engine, ner_model, pdf_engine)
        run = _Run(workspace, engine, progress, should_stop, limits, gone=gone, options=options, kind=index_engine)
        try:
            run.files(paths)
            run.stale_extractions()
            run.index(reindex)
        except BaseException as error:
            with suppress(Exception):  # what stopped the run may stop this too; the first error is the one to tell
                run.end("broken")
            if is_full(error, workspace.root):
                raise WorkspaceFullError(workspace.root) from error
            raise
        run.end("interrupted" if run.report.interrupted else "done")
        return run.report


class _Run:
    def __init__(
        self,
        workspace: Workspace,
        engine: sa.Engine,
        progress: Progress,
        should_stop: Callable[[], bool],
        limits: Limits,
        *,
        gone: bool,
        options: Options,
        kind: EngineName | None,
    ) -> None:
        self.report = Report()
        self._options, self._kind = options, kind
        self._version = version_of(options)
        self._fresh = fresh_read_versions(options.reading.pdf_engine)
        self._workspace, self._engine, self._limits = workspace, engine, limits
        self._progress, self._should_stop, self._gone = progress, should_stop, gone
        self._unindexed, self._indexed_at = 0, time.monotonic()
        self._redone: set[str] = set()
        self._scopes: list[Scope] = []
        self._vanished: list[str] = []
        with engine.begin() as connection:
            self._id = begin_run(connection)

    def files(self, paths: Sequence[Path]) -> None:
        """Look at all files under the paths and work on those that are new, changed or read by an old reader."""
        with self._engine.begin() as connection:
            self._scopes = scopes(connection, paths)
            self._vanished = [
                root for root in missing_roots(connection) if root not in {str(scope.root) for scope in self._scopes}
            ]
        jobs: list[Job] = []
        gone: list[FileState] = []
        for scope in self._scopes:
            found, missing = self._look(scope)
            jobs += found
            gone += missing
        with self._engine.begin() as connection:
            self._known = known_fresh(connection, self._fresh, self._version)
            for state in gone:
                mark_deleted(connection, state.id)
        self._work_on(jobs, {state.sha256 for state in gone if state.sha256})
        with self._engine.begin() as connection:
            for scope in self._scopes:
                mark_seen(connection, scope.root_id, scope.prefix, self._id)
            self._follow_moved(connection)

    def _follow_moved(self, connection: sa.Connection) -> None:
        """What lay in a folder that is not there now and was found in a named path has moved there."""
        here = {
            state.sha256
            for scope in self._scopes
            if str(scope.location) not in self.report.emptied
            for state in file_states(connection, scope.root_id, scope.prefix).values()
            if not state.deleted
        }
        for root in all_roots(connection):
            if root.path not in self._vanished:
                continue
            for state in file_states(connection, root.id).values():
                if not state.deleted and state.sha256 in here:
                    mark_deleted(connection, state.id)
                    if self.report.new:
                        self.report.new -= 1
                        self.report.moved += 1
        self._tell_emptied(connection)

    def _tell_emptied(self, connection: sa.Connection) -> None:
        """The emptied places of which files are still counted as present: the others have moved."""
        for scope in self._scopes:
            place = str(scope.location)
            if place in self.report.emptied:
                states = file_states(connection, scope.root_id, scope.prefix).values()
                left = sum(not state.deleted for state in states)
                self.report.emptied[place] = left
        self.report.emptied = {place: left for place, left in self.report.emptied.items() if left}

    def _look(self, scope: Scope) -> tuple[list[Job], list[FileState]]:
        """The files to work on, and those that are gone."""
        with self._engine.begin() as connection:
            before = file_states(connection, scope.root_id, scope.prefix)
            again = files_to_read_again(connection, scope.root_id, self._fresh)
            known_by = stamps(connection, scope.root_id)
            jobs: list[Job] = []
            unseen, seen = dict(before), self.report.seen
            for found in self._there(scope):
                state = unseen.pop(found.path, None)
                if isinstance(found, NotTaken):
                    self._not_taken(connection, scope, found, state, unseen)
                    continue
                self.report.seen += 1
                stamp = known_by.get(state.id) if state else None
                job = job_of(scope.root_id, found, state, stamp, again=found.path in again)
                if job is not None:
                    jobs.append(job)
                elif state is not None:
                    self._put_unchanged(connection, state)
        gone = [state for state in unseen.values() if not state.deleted]
        if self.report.seen == seen and gone and self._keep_emptied(scope, gone):
            return [], []
        if not os.path.lexists(scope.location):
            self.report.gone.append(str(scope.location))
        self.report.deleted += sum(state.sha256 is not None for state in gone)
        return jobs, gone

    def _there(self, scope: Scope) -> Iterator[Found]:
        """What is at the named path now; nothing at one that is gone."""
        if os.path.lexists(scope.location):
            yield from discover(scope.root, scope.location, self._workspace.root.resolve())

    def _keep_emptied(self, scope: Scope, gone: Sequence[FileState]) -> bool:
        """Whether what was in this place is left as it was, since no file is left of all it held."""
        if self._gone or any(state.path == scope.prefix for state in gone):
            return False
        self.report.emptied[str(scope.location)] = len(gone)
        if not scope.prefix:
            self._vanished.append(str(scope.root))
        return True

    def _not_taken(
        self,
        connection: sa.Connection,
        scope: Scope,
        found: NotTaken,
        state: FileState | None,
        unseen: dict[str, FileState],
    ) -> None:
        """Note it. What lies in a folder that cannot be listed is not gone, only out of sight."""
        self.report.not_taken.append(found)
        if found.failed:
            put_unopened(connection, root=scope.root_id, path=found.path, reason=found.reason, run=self._id)
            for path in [path for path in unseen if found.path == "." or path.startswith(f"{found.path}/")]:
                del unseen[path]
        elif state is not None and not state.deleted:
            unseen[found.path] = state

    def _work_on(self, jobs: Sequence[Job], gone: set[str]) -> None:
        for done, job in enumerate(jobs):
            if self._stopped():
                return
            self._progress("reading", done, len(jobs), job.file.path)
            if not (job.doubted and self._recognised(job)):
                self._work_on_file(job, gone)
                self._keep_searchable()
        if jobs:
            self._progress("reading", len(jobs), len(jobs), "")

    def _put_unchanged(self, connection: sa.Connection, state: FileState) -> None:
        self.report.unchanged += 1
        if state.deleted:
            mark_present(connection, state.id)

    def _recognised(self, job: Job) -> bool:
        """Whether the file holds what it held; then it is known by its new stamp from now on."""
        if job.before is None or not holds(job.file, job.before.sha256):
            return False
        with self._engine.begin() as connection:
            put_stamp(connection, job.before.id, job.file.stamp)
            self._put_unchanged(connection, job.before)
        return True

    def _work_on_file(self, job: Job, gone: set[str]) -> None:
        known = self._redone if job.again else self._known
        place = 0
        options = telling_of_pages(self._options, self._progress, job.file.path)
        for piece in work(job.file.location, job.file.path, known, self._limits, options):
            if isinstance(piece, WorkResult):
                self._put(job, piece, gone)
            elif isinstance(piece, Started):
                place = self._start(job, piece)
            else:
                self._put_batch(job, place, piece)
                if self._stopped():
                    return

    def _start(self, job: Job, started: Started) -> int:
        """Write that a large container is being read. Returns the id of its place."""
        sha256 = started.content.sha256
        with self._engine.begin() as connection:
            put_started(connection, started.content)
            return put_growing(connection, root=job.root, path=job.file.path, sha256=sha256, run=self._id)

    def _put_batch(self, job: Job, file: int, batch: Batch) -> None:
        """Write some of what a large container holds: it can be found before the container is read to its end."""
        with self._engine.begin() as connection:
            changed = self._put_contents(connection, batch.contents)
            for sha256 in changed:
                refresh_files_with(connection, sha256, self._limits, but=file)
            add_members(connection, batch.container, batch.position, batch.members)
            put_members_inside(connection, file, batch.members, self._limits)
        self._count_contents(job, batch.contents)
        done = batch.position + len(batch.members)
        self._progress("unpacking", done, None, f"{job.file.path}!{batch.members[-1].name}")
        self._keep_searchable(len(batch.contents))

    def _put_contents(self, connection: sa.Connection, contents: Sequence[Content]) -> list[str]:
        """Write contents and what they hold. Returns the containers of which that is a change."""
        for content in contents:
            put_content(connection, content)
        return [c.sha256 for c in contents if put_members(connection, c.sha256, c.members or [])]

    def _put(self, job: Job, result: WorkResult, gone: set[str]) -> None:
        """Write one file and everything in it, in one transaction."""
        file = job.file
        with self._engine.begin() as connection:
            if result.sha256 is None:
                reason = result.failure.reason if result.failure else "The file cannot be opened."
                put_unopened(connection, root=job.root, path=file.path, reason=reason, run=self._id)
                self.report.unreadable += 1
                return
            changed = self._put_contents(connection, result.contents)
            put_file(
                connection,
                root=job.root,
                path=file.path,
                sha256=result.sha256,
                mtime_ns=file.mtime_ns,
                size=file.size,
                stamp=file.stamp,
                run=self._id,
                limits=self._limits,
            )
            for sha256 in changed:
                refresh_files_with(connection, sha256, self._limits)
        self._count(job, result, gone)
        self._count_contents(job, result.contents)

    def _count(self, job: Job, result: WorkResult, gone: set[str]) -> None:
        if job.before is None or job.before.deleted:
            moved = result.sha256 in gone
            self.report.moved += moved
            self.report.deleted -= moved
            self.report.new += not moved
        elif job.before.sha256 == result.sha256:
            self.report.unchanged += 1
        else:
            self.report.changed += 1

    def _count_contents(self, job: Job, contents: Sequence[Content]) -> None:
        """They are known from now on."""
        fresh = {content.sha256 for content in contents}
        self._redone |= fresh
        self._known |= fresh
        for content in contents:
            self.report.count(content)
            self.report.again += job.again

    def stale_extractions(self) -> None:
        """Extract anew, from the stored reading, what an older extractor has done."""
        with self._engine.connect() as connection:
            waiting = contents_to_extract(connection, self._fresh, self._version)
        for done, sha256 in enumerate(waiting):
            if self._stopped():
                return
            with self._engine.begin() as connection:
                reading, path = load_reading(connection, sha256), places_of(connection, sha256)[0].path
                self._progress("extracting", done, len(waiting), path)
                if reading is not None:
                    content = extract_again(
                        sha256, reading[1], reading[0], path, inside="!" in path, options=self._options
                    )
                    put_content(connection, content)
                    self.report.count(content)
                    self.report.again += 1
            self._keep_searchable()

    def _keep_searchable(self, documents: int = 1) -> None:
        """Called after each document, or some: now and then, the index is brought up to date during the run."""
        self._unindexed += documents
        if self._unindexed >= INDEX_EVERY or time.monotonic() - self._indexed_at >= INDEX_AFTER:
            self.report.indexed += index_meanwhile(self._engine, self._workspace.index_dir, self._kind)
            self._unindexed, self._indexed_at = 0, time.monotonic()

    def index(self, reindex: bool) -> None:
        """Bring the index up to date, also after an interruption: what is in the store is to be found."""
        self.report.indexed += update_index(
            self._engine,
            self._workspace.index_dir,
            lambda done, total: self._progress("indexing", done, total, ""),
            rebuild=reindex,
            kind=self._kind,
        )

    def end(self, status: str) -> None:
        """Close the run in the store, with the failures that stand in the named paths."""
        with self._engine.begin() as connection:
            self.report.take_standing(connection, self._scopes)
            end_run(connection, self._id, status, self.report.figures())

    def _stopped(self) -> bool:
        self.report.interrupted = self.report.interrupted or self._should_stop()
        return self.report.interrupted
