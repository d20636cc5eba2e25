"""The order of a run: look, work on what is new or stale, mark what is gone, bring the index up to date."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

import sqlalchemy as sa

from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.options import PdfEngine
from corpus.store.database import open_store, sqlite_url
from corpus.store.entries import FileState
from corpus.store.lock import workspace_lock
from corpus.store.places import file_states, mark_deleted, mark_present, mark_seen, put_unopened, stamps
from corpus.store.queries import (
    all_roots,
    contents_to_extract,
    files_to_read_again,
    known_fresh,
    packed_reading,
    places_of,
)
from corpus.store.writer import begin_run, end_run
from corpus.workspace import Workspace, WorkspaceFullError, is_full
from index.engines.base import EngineName
from pipeline.extract import Options
from pipeline.ingest.changes import Due, due_of
from pipeline.ingest.discover import Found, NotTaken, discover
from pipeline.ingest.filing import Filing
from pipeline.ingest.indexing import index_meanwhile, update_index
from pipeline.ingest.options import options_of
from pipeline.ingest.progress import Progress, silent
from pipeline.ingest.protocol import Job, Renewal, Setup, Task
from pipeline.ingest.report import Report
from pipeline.ingest.scope import Scope, missing_roots, scopes
from pipeline.ingest.versions import fresh_read_versions, version_of
from pipeline.ingest.work import Batch
from pipeline.ingest.workers import crew_for, staffed

AFTER_FILES = 1 << 40  # the numbers of jobs that are about no file
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
    workers: int = 0,
) -> Report:
    """Bring the store and the index up to date with the files under ``paths``, and redo what is stale in the store.

    ``should_stop`` is asked after every document; what is done by then is committed. A folder that held documents and
    is now empty or not there (an archive that is not mounted?) is left as it was unless ``gone`` says so.

    ``ner_model``: the pipeline that names people in running text. It stays with the workspace for the runs that follow
    and say nothing (None), until another is named, or "" for none; what was extracted with another one is stale.
    ``pdf_engine`` stays likewise; PDFs that the other one has read are stale. So does ``index_engine``:
    an index of another engine is built anew.
    ``workers``: processes that read documents. With 0 this process reads them itself, and one that crashes or hangs
    takes the run with it.

    Raises ModelError before anything is done when the model cannot be used, WorkspaceBusyError, WorkspaceFullError,
    WorkspaceDamagedError or WorkspaceError; what is wrong with a
    document is in the report.
    """
    workspace.open(create=bool(paths))
    with workspace_lock(workspace.lock_file), open_store(sqlite_url(workspace.store_file)) as engine:
        options = options_of(engine, ner_model, pdf_engine)
        run = _Run(
            workspace,
            engine,
            progress,
            should_stop,
            limits,
            gone=gone,
            options=options,
            kind=index_engine,
            workers=workers,
        )
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
        workers: int,
    ) -> None:
        self.report = Report()
        self._options, self._kind = options, kind
        self._version, self._workers = version_of(options), workers
        self._setup = Setup(
            limits=limits,
            pdf_engine=options.reading.pdf_engine,
            ner_model=options.ner_model,
            told=progress is not silent,
        )
        self._fresh = fresh_read_versions(options.reading.pdf_engine)
        self._workspace, self._engine, self._limits = workspace, engine, limits
        self._progress, self._should_stop, self._gone = progress, should_stop, gone
        self._unindexed, self._indexed_at = 0, time.monotonic()
        self._scopes: list[Scope] = []
        self._vanished: list[str] = []
        with engine.begin() as connection:
            self._id = begin_run(connection)
            known = known_fresh(connection, self._fresh, self._version)
        self._filing = Filing(engine, self.report, limits, self._id, known)

    def files(self, paths: Sequence[Path]) -> None:
        """Look at all files under the paths and work on those that are new, changed or read by an old reader."""
        with self._engine.begin() as connection:
            self._scopes = scopes(connection, paths)
            self._vanished = [
                root for root in missing_roots(connection) if root not in {str(scope.root) for scope in self._scopes}
            ]
        jobs: list[Due] = []
        gone: list[FileState] = []
        for scope in self._scopes:
            found, missing = self._look(scope)
            jobs += found
            gone += missing
        with self._engine.begin() as connection:
            for state in gone:
                mark_deleted(connection, state.id)
        self._filing.gone = {state.sha256 for state in gone if state.sha256}
        self._work_on(jobs)
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

    def _look(self, scope: Scope) -> tuple[list[Due], list[FileState]]:
        """The files to work on, and those that are gone."""
        with self._engine.begin() as connection:
            before = file_states(connection, scope.root_id, scope.prefix)
            again = files_to_read_again(connection, scope.root_id, self._fresh)
            known_by = stamps(connection, scope.root_id)
            jobs: list[Due] = []
            unseen, seen = dict(before), self.report.seen
            for found in self._there(scope):
                state = unseen.pop(found.path, None)
                if isinstance(found, NotTaken):
                    self._not_taken(connection, scope, found, state, unseen)
                    continue
                self.report.seen += 1
                stamp = known_by.get(state.id) if state else None
                job = due_of(scope.root_id, found, state, stamp, again=found.path in again)
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

    def _put_unchanged(self, connection: sa.Connection, state: FileState) -> None:
        self.report.unchanged += 1
        if state.deleted:
            mark_present(connection, state.id)

    def _work_on(self, due: Sequence[Due]) -> None:
        """Have the files worked on, and write what comes of them."""
        self._do(self._tasks(due), due, crew_for(self._workers, len(due), sum(each.file.size for each in due)))
        if due and not self.report.interrupted:
            self._progress("reading", len(due), len(due), "")

    def _tasks(self, due: Sequence[Due]) -> Iterator[Job]:
        for number, each in enumerate(due):
            if self._stopped():
                return
            self._progress("reading", number, len(due), each.file.path)
            yield Task(
                number=number,
                location=os.fsencode(each.file.location),
                path=each.file.path,
                size=each.file.size,
                again=each.again,
                expected=each.before.sha256 if each.doubted and each.before else None,
            )

    def stale_extractions(self) -> None:
        """Extract anew, from the stored reading, what an older extractor has done."""
        with self._engine.connect() as connection:
            waiting = contents_to_extract(connection, self._fresh, self._version)
        self._do(self._renewals(waiting), [], crew_for(self._workers, len(waiting), 0))

    def _renewals(self, waiting: Sequence[str]) -> Iterator[Job]:
        for done, sha256 in enumerate(waiting):
            if self._stopped():
                return
            with self._engine.connect() as connection:
                place, packed = places_of(connection, sha256)[0].path, packed_reading(connection, sha256)
            self._progress("extracting", done, len(waiting), place)
            if packed is not None:
                reading, size = packed
                number = AFTER_FILES + done
                yield Renewal(number=number, sha256=sha256, size=size, reading=reading, path=place, inside="!" in place)

    def _do(self, jobs: Iterator[Job], due: Sequence[Due], workers: int) -> None:
        """Have jobs done, by so many workers; ``due`` are the files that they are about, by number."""
        filing = self._filing
        staff = staffed(workers, self._setup, filing.is_known, self._progress)
        with closing(staff), closing(staff.events(jobs, lambda: self.report.interrupted)) as events:
            for event in events:
                if event is not None:
                    job, piece = event
                    done = filing.take(job, due[job.number] if isinstance(job, Task) else None, piece)
                    self._keep_searchable(done)
                    if isinstance(piece, Batch):
                        self._tell_of_batch(job, piece)
                filing.flush_in_time()
        filing.flush()

    def _tell_of_batch(self, job: Job, batch: Batch) -> None:
        done = batch.position + len(batch.members)
        self._progress("unpacking", done, None, f"{job.path}!{batch.members[-1].name}")
        self._stopped()

    def _keep_searchable(self, documents: int) -> None:
        """Called after each document, or some: now and then, the index is brought up to date during the run."""
        self._unindexed += documents
        if self._unindexed >= INDEX_EVERY or (self._unindexed and time.monotonic() - self._indexed_at >= INDEX_AFTER):
            self._filing.flush()
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
