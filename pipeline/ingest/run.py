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
from corpus.store.database import make_durable, moment, open_store, sqlite_url
from corpus.store.lock import workspace_lock
from corpus.store.places import file_states, mark_deleted, mark_present, put_unopened
from corpus.store.pruning import prune
from corpus.store.queries import (
    all_roots,
    contents_to_extract,
    known_fresh,
    members_of,
    packed_reading,
    places_of,
)
from corpus.store.state import indexed_since
from corpus.store.writer import begin_run, end_run
from corpus.workspace import Workspace, WorkspaceFullError, is_full
from index.engines.base import EngineName
from pipeline.ingest.changes import Due
from pipeline.ingest.filing import Filing
from pipeline.ingest.indexer import Indexer
from pipeline.ingest.indexing import abandon_rebuild, index_meanwhile, update_index
from pipeline.ingest.looking import Look, Seen
from pipeline.ingest.options import options_of
from pipeline.ingest.pieces import Batch, has_failed
from pipeline.ingest.progress import Progress, silent
from pipeline.ingest.protocol import Job, Renewal, Setup, Task
from pipeline.ingest.report import Report
from pipeline.ingest.retry import all_scopes, failed_ones, forget_failed_index
from pipeline.ingest.scope import Scope, missing_roots, scopes
from pipeline.ingest.versions import fresh_read_versions, version_of
from pipeline.ingest.workers import crew_for, staffed
from pipeline.options import Options

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
    prune: bool = False,
    failfast: bool = False,
    retry: bool = False,
    report: Report | None = None,
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

    ``prune`` drops what lies nowhere any more, of the whole workspace. ``failfast`` stops at the first document that
    fails, when those in hand are done. ``retry`` works again on what failed, and needs no paths. ``report`` is filled
    in as the run goes on, for whoever wants to know of one that an error ends.

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
            failfast=failfast,
            report=Report() if report is None else report,
        )
        try:
            if retry:
                run.failed_ones()
            else:
                run.files(paths)
                run.stale_extractions()
            run.index(reindex)
            if prune and not run.report.interrupted:
                run.prune()
        except BaseException as error:
            with suppress(Exception):  # what stopped the run may stop this too; the first error is the one to tell
                run.end("broken")
            if is_full(error, workspace.root):
                raise WorkspaceFullError(workspace.root) from error
            raise
        finally:
            run.close()
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
        failfast: bool,
        report: Report,
    ) -> None:
        self.report, self._begun = report, moment()
        self._failfast = failfast
        self._at: tuple[str, int, int | None, str] = ("reading", 0, None, "")
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
        self._indexer: Indexer | None = None
        with engine.begin() as connection:
            self._id = begin_run(connection)
            self._known = known_fresh(connection, self._fresh, self._version)
        self._filing = Filing(engine, self.report, limits, self._id, self._known)

    def files(self, paths: Sequence[Path]) -> None:
        """Look at all files under the paths and work on those that are new, changed or read by an old reader."""
        with self._engine.begin() as connection:
            self._scopes = scopes(connection, paths)
            self._vanished = [
                root for root in missing_roots(connection) if root not in {str(scope.root) for scope in self._scopes}
            ]
        look = Look(self.report, self._fresh, self._workspace.root.resolve(), gone=self._gone)
        with self._engine.connect() as connection:
            for scope in self._scopes:
                look.at(connection, scope)
        seen = look.seen
        self._vanished += seen.vanished
        with self._engine.begin() as connection:
            self._note(connection, seen)
        self._filing.gone = {state.sha256 for state in seen.gone if state.sha256}
        self._work_on(seen.due)
        with self._engine.begin() as connection:
            if self._vanished:
                self._follow_moved(connection)
            self._tell_emptied(connection)

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

    def _tell_emptied(self, connection: sa.Connection) -> None:
        """The emptied places of which files are still counted as present: the others have moved."""
        for scope in self._scopes:
            place = str(scope.location)
            if place in self.report.emptied:
                states = file_states(connection, scope.root_id, scope.prefix).values()
                left = sum(not state.deleted for state in states)
                self.report.emptied[place] = left
        self.report.emptied = {place: left for place, left in self.report.emptied.items() if left}

    def _note(self, connection: sa.Connection, seen: Seen) -> None:
        """Write what needs no work: files that are gone, are back, or cannot be looked at."""
        for state in seen.gone:
            mark_deleted(connection, state.id)
        for state in seen.back:
            mark_present(connection, state.id)
        for root, found in seen.unopened:
            put_unopened(connection, root=root, path=found.path, reason=found.reason, run=self._id)

    def failed_ones(self) -> None:
        """Work once more on what failed."""
        with self._engine.begin() as connection:
            self._scopes = all_scopes(connection)
            again = failed_ones(connection, self._scopes)
            forget_failed_index(connection, again)
        self.report.seen = len(again.due)
        self._known -= again.doubtful
        self._work_on(again.due)

    def prune(self) -> None:
        """Drop what lies nowhere any more; the index has left it out before."""
        abandon_rebuild(self._engine, self._workspace.index_dir)
        with self._engine.begin() as connection:
            self.report.pruned = prune(connection)

    def _work_on(self, due: Sequence[Due]) -> None:
        """Have the files worked on, and write what comes of them."""
        self._do(self._tasks(due), due, crew_for(self._workers, len(due), sum(each.file.size for each in due)))
        if due and not self.report.interrupted:
            self._progress("reading", len(due), len(due), "")

    def _tasks(self, due: Sequence[Due]) -> Iterator[Job]:
        for number, each in enumerate(due):
            if self._stopped():
                return
            self._tell("reading", number, len(due), each.file.path)
            yield Task(
                number=number,
                location=os.fsencode(each.file.place),
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
                attached = len(members_of(connection, sha256))
            self._tell("extracting", done, len(waiting), place)
            if packed is not None:
                reading, size = packed
                number = AFTER_FILES + done
                yield Renewal(
                    number=number,
                    sha256=sha256,
                    size=size,
                    reading=reading,
                    path=place,
                    inside="!" in place,
                    attached=attached,
                )

    def _do(self, jobs: Iterator[Job], due: Sequence[Due], workers: int) -> None:
        """Have jobs done, by so many workers; ``due`` are the files that they are about, by number."""
        filing = self._filing
        if workers > 1 and self._indexer is None:
            self._indexer = Indexer(self._workspace, self._kind)
        staff = staffed(workers, self._setup, filing.is_known, self._progress)
        with closing(staff), closing(staff.events(jobs, lambda: self.report.interrupted)) as events:
            for event in events:
                if event is not None:
                    job, piece = event
                    done = filing.take(job, due[job.number] if isinstance(job, Task) else None, piece)
                    self.report.stopped_at_failure |= self._failfast and has_failed(piece)
                    self._keep_searchable(done)
                    if isinstance(piece, Batch):
                        self._tell_of_batch(job, piece)
                else:
                    self._tell(*self._at)  # a log says now and then that the run is there
                filing.flush_in_time()
        filing.flush()

    def _tell(self, step: str, done: int, total: int | None, path: str) -> None:
        self._at = step, done, total, path
        self._progress(step, done, total, path)

    def _tell_of_batch(self, job: Job, batch: Batch) -> None:
        done = batch.position + len(batch.members)
        self._progress("unpacking", done, None, f"{job.path}!{batch.members[-1].name}")
        self._stopped()

    def _keep_searchable(self, documents: int) -> None:
        """Called after each document, or some: now and then, the index is brought up to date during the run."""
        self._unindexed += documents
        late = self._unindexed and time.monotonic() - self._indexed_at >= INDEX_AFTER
        if not (late or self._unindexed >= INDEX_EVERY):
            return
        if self._indexer is None:
            self._filing.flush()
            trouble = index_meanwhile(self._engine, self._workspace.index_dir, self._kind)
            self.report.take_troubles([trouble] if trouble else [])
        elif self._indexer.is_done():
            self._filing.flush()
            self._indexer.begin()
        else:
            return
        self._unindexed, self._indexed_at = 0, time.monotonic()

    def index(self, reindex: bool) -> None:
        """Bring the index up to date, also after an interruption: what is in the store is to be found."""
        if self._indexer is not None:
            self._indexer.is_done(wait=True)
            self.report.take_troubles(self._indexer.troubles)
            self._indexer.close()
        update_index(
            self._engine,
            self._workspace.index_dir,
            lambda done, total: self._progress("indexing", done, total, ""),
            rebuild=reindex,
            kind=self._kind,
        )

    def end(self, status: str) -> None:
        """Close the run in the store, with the failures that stand in the named paths."""
        with self._engine.begin() as connection:
            self.report.indexed = indexed_since(connection, self._begun)
            self.report.take_standing(connection, self._scopes)
            self.report.end(status)
            end_run(connection, self._id, status, self.report.figures())
        make_durable(self._engine)

    def close(self) -> None:
        """End what runs beside."""
        if self._indexer is not None:
            self._indexer.close()

    def _stopped(self) -> bool:
        self.report.interrupted |= self.report.stopped_at_failure or self._should_stop()
        return self.report.interrupted
