"""The order of a run: look, work on what is new or stale, mark what is gone, bring the index up to date."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from corpus.store.database import make_durable, moment, open_store, sqlite_url
from corpus.store.links import forget_uncounted
from corpus.store.lock import workspace_lock
from corpus.store.looked import looked_through
from corpus.store.places import mark_deleted, mark_present, put_unopened
from corpus.store.pruning import prune, untold_pruned
from corpus.store.queries import (
    contents_to_extract,
    contents_to_index,
    known_fresh,
    members_of,
    packed_reading,
    places_of,
)
from corpus.store.settings import PRUNED_UNTOLD, put_setting
from corpus.store.state import indexed_since
from corpus.store.untold import ENDED, Failing, Untold, put_failures_told
from corpus.store.writer import begin_run, end_run
from corpus.workspace import Workspace, WorkspaceFullError, is_full
from pipeline.ingest.before import Before, FailedBytes
from pipeline.ingest.changes import Due
from pipeline.ingest.discover import NotTaken
from pipeline.ingest.filing import Filing
from pipeline.ingest.folders import follow_moved, tell_emptied, tell_left
from pipeline.ingest.hollow import hollow_below, hollow_folders
from pipeline.ingest.indexing import abandon_rebuild
from pipeline.ingest.keeping import Keeper
from pipeline.ingest.looking import Look, Seen
from pipeline.ingest.options import RunOptions, index_engine_of, options_of
from pipeline.ingest.order import AFTER_FILES, Order
from pipeline.ingest.pieces import Batch, WorkResult, has_failed
from pipeline.ingest.processes import can_be_started
from pipeline.ingest.progress import Progress, silent
from pipeline.ingest.protocol import Job, Renewal, Setup, Task
from pipeline.ingest.report import Report
from pipeline.ingest.retry import all_scopes, failed_ones, forget_failed_index
from pipeline.ingest.scope import Scope, missing_roots, scopes
from pipeline.ingest.versions import fresh_read_versions, index_version, version_of
from pipeline.ingest.workers import crew_for, staffed


def never() -> bool:
    """Nobody wants it stopped."""
    return False


def ingest(
    workspace: Workspace,
    paths: Sequence[Path],
    options: RunOptions = RunOptions(),  # noqa: B008 - it cannot change
    *,
    progress: Progress = silent,
    should_stop: Callable[[], bool] = never,
    report: Report | None = None,
) -> Report:
    """Bring the store and the index up to date with the files under ``paths``, and redo what is stale in the store.

    ``should_stop`` is asked after every document; what is done by then is committed. ``report`` is filled
    in as the run goes on, for whoever wants to know of one that an error ends.

    Raises ModelError before anything is done when the model cannot be used, WorkspaceBusyError, WorkspaceFullError,
    WorkspaceDamagedError or WorkspaceError; what is wrong with a
    document is in the report.
    """
    report = Report() if report is None else report
    workspace.open(create=bool(paths))
    with (
        workspace_lock(workspace.lock_file),
        looked_through(workspace.store_file, workspace.looked_file) as look,
        open_store(sqlite_url(workspace.store_file)) as engine,
    ):
        look(engine)
        with closing(_Run(workspace, engine, options, progress, should_stop, report)) as run:
            try:
                run.through(paths)
            except BaseException as error:
                with suppress(Exception):  # what stopped the run may stop this too; the first error is the one to tell
                    run.end("broken")
                if is_full(error, workspace.root):
                    raise WorkspaceFullError(workspace.root) from error
                raise
        run.end("interrupted" if report.interrupted else "folder-emptied" if report.emptied else "done")
    return report


class _Run:
    def __init__(
        self,
        workspace: Workspace,
        engine: sa.Engine,
        wishes: RunOptions,
        progress: Progress,
        should_stop: Callable[[], bool],
        report: Report,
    ) -> None:
        self._workspace, self._engine, self._wishes = workspace, engine, wishes
        self._progress, self._should_stop, self._report = progress, should_stop, report
        self._begun = moment()
        self._at: tuple[str, int, int | None, str] = ("reading", 0, None, "")
        options = options_of(engine, wishes.ner_model, wishes.pdf_engine)
        self._setup = Setup(
            limits=wishes.limits,
            pdf_engine=options.reading.pdf_engine,
            ner_model=options.ner_model,
            told=progress is not silent,
        )
        self._version = version_of(options)
        self._fresh = fresh_read_versions(options.reading.pdf_engine)
        self._scopes: list[Scope] = []
        self._vanished: list[str] = []
        self._told_to_stop = False
        index_engine = index_engine_of(engine, workspace.index_dir, wishes.index_engine)
        self._keeper = Keeper(workspace, engine, index_engine, report)
        with engine.begin() as connection:
            self._id = begin_run(connection)
            forget_uncounted(connection)  # an older Akt kept words of what was pruned
            self._untold = Untold(connection, self._id)
            report.unended = self._untold.runs
            report.pruned = untold_pruned(connection)
            self._order = Order(connection)
            self._before = Before(connection)
            self._failed_bytes = FailedBytes(connection) if wishes.failfast else None
        self._known: set[str] | None = None
        self._doubtful: set[str] = set()
        self._filing = Filing(engine, report, wishes.limits, self._id, self._order, self._untold)

    def through(self, paths: Sequence[Path]) -> None:
        """The steps of the run, one after another."""
        if self._untold.runs or self._untold.was_stopped:
            self._take_up_index()
        if self._wishes.retry:
            self.failed_ones()
        else:
            self.files(paths)
            self.stale_extractions()
        self._report.interrupted |= self._report.stopped_at_failure  # also where what failed was the last
        self._keeper.finish(self._progress, rebuild=self._wishes.reindex, should_stop=self._has_to_stop)
        self._report.interrupted |= self._has_to_stop() and self._waiting() > 0
        if self._wishes.prune and not self._report.interrupted:
            self.prune()

    def files(self, paths: Sequence[Path]) -> None:
        """Look at all files under the paths and work on those that are new, changed or read by an old reader."""
        with self._engine.begin() as connection:
            self._scopes = scopes(connection, paths)
            self._vanished = [
                root for root in missing_roots(connection) if root not in {str(scope.root) for scope in self._scopes}
            ]
        exclude = self._workspace.root.resolve()
        wishes = self._wishes
        look = Look(self._report, self._fresh, exclude, gone=wishes.gone, untold=self._untold, reread=wishes.reread)
        with self._engine.connect() as connection:
            for scope in self._scopes:
                look.at(connection, scope)
        seen = look.seen
        self._vanished += seen.vanished
        with self._engine.begin() as connection:
            self._note(connection, seen)
        self._filing.gone = Counter(state.sha256 for state in seen.lost if state.sha256)
        for told, sha256 in seen.kept:
            self._filing.count(told, sha256)
        self._work_on(seen.due)
        if not self._wishes.gone:
            self._report.hollow = self._hollow(seen)
        with self._engine.begin() as connection:
            if self._vanished or self._untold.runs:
                follow_moved(connection, self._scopes, self._vanished, self._report, self._untold)
            tell_emptied(connection, self._scopes, self._report)
            tell_left(connection, self._scopes, self._report)

    def _hollow(self, seen: Seen) -> dict[str, int]:
        """The folders that are empty now, and held these files at the last run; not those that have moved."""
        left = Counter(self._filing.gone)
        lost = []
        for state in seen.lost:
            if state.sha256 is not None and left[state.sha256] > 0:
                left[state.sha256] -= 1
                lost.append((seen.tops[state.id], state.path))
        return hollow_below(lost)

    def _note(self, connection: sa.Connection, seen: Seen) -> None:
        """Write what needs no work: files that are gone, are back, or cannot be looked at."""
        self._untold.keep(connection, [state.id for state in (*seen.gone, *seen.back)])
        for state in seen.gone:
            mark_deleted(connection, state.id)
        for state in seen.back:
            mark_present(connection, state.id)
        self._put_unopened(connection, seen.unopened)

    def _put_unopened(self, connection: sa.Connection, unopened: Sequence[tuple[int, NotTaken, int | None]]) -> None:
        self._untold.keep(connection, [file for _, _, file in unopened if file is not None])
        for root, found, _ in unopened:
            put_unopened(connection, root=root, path=found.path, reason=found.reason, run=self._id)

    def failed_ones(self) -> None:
        """Work once more on what failed."""
        with self._engine.begin() as connection:
            self._scopes = all_scopes(connection)
            again = failed_ones(connection, self._scopes, self._wishes.limits, partial(self._looked_at, connection))
            forget_failed_index(connection, again)
            self._untold.keep(connection, again.listed)
            for folder in again.listed:
                mark_deleted(connection, folder)
            self._put_unopened(connection, again.unopened)
        self._report.seen = len(again.due)
        self._doubtful = again.doubtful
        self._work_on(again.due)

    def _looked_at(self, connection: sa.Connection, folder: Scope) -> Seen:
        """What is in a folder now, for itself."""
        look = Look(Report(), self._fresh, self._workspace.root.resolve(), gone=self._wishes.gone)
        look.at(connection, folder)
        return look.seen

    def _waiting(self) -> int:
        with self._engine.connect() as connection:
            return len(contents_to_index(connection, index_version()))

    def prune(self) -> None:
        """Drop what lies nowhere any more; the index has left it out before. Nothing where it may be out of sight."""
        if not self._wishes.gone:
            with self._engine.connect() as connection:
                hollow = hollow_folders(connection)
            if hollow:
                self._report.not_pruned = list(hollow)
                self._report.hollow = dict(sorted((self._report.hollow | hollow).items()))
                return
        abandon_rebuild(self._engine, self._workspace.index_dir)
        with self._engine.begin() as connection:
            self._report.pruned = prune(connection)

    def _work_on(self, found: list[Due]) -> None:
        """Have the files worked on, and write what comes of them. None is held longer: ``found`` is emptied."""
        if not found:
            return
        due, size = dict(enumerate(found)), sum(each.file.size for each in found)
        found.clear()
        count = len(due)
        self._do(self._tasks(due), due, count, crew_for(self._wishes.workers, count, size))
        if not self._report.interrupted:
            self._progress("reading", count, count, "")

    def _tasks(self, due: Mapping[int, Due]) -> Iterator[Job]:
        count = len(due)
        for number in range(count):
            if self._stopped():
                return
            each = due[number]
            self._tell("reading", number, count, each.file.path)
            yield Task(
                number=number,
                location=os.fsencode(each.file.place),
                root=each.root,
                path=each.file.path,
                size=each.file.size,
                again=each.again,
                expected=each.before.sha256 if each.doubted and each.before else None,
            )

    def stale_extractions(self) -> None:
        """Extract anew, from the stored reading, what an older extractor has done."""
        with self._engine.connect() as connection:
            waiting = contents_to_extract(connection, self._fresh, self._version)
        if waiting:
            self._do(self._renewals(waiting), {}, len(waiting), crew_for(self._wishes.workers, len(waiting), 0))

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

    def _do(self, jobs: Iterator[Job], due: dict[int, Due], left: int, workers: int) -> None:
        """Have jobs done, ``left`` of them, by so many workers; ``due`` are their files, each until it is done."""
        filing = self._filing
        filing.fresh = self._known_before()
        if workers > 0 or (self._wishes.index_apart and can_be_started()):
            self._keeper.work_beside(in_turn=workers < 2)
        staff = staffed(workers, self._setup, filing.is_known, self._progress)
        with closing(staff), closing(staff.events(jobs, lambda: self._report.interrupted)) as events:
            for event in events:
                if event is not None:
                    job, piece = event
                    is_last = isinstance(piece, WorkResult)
                    of, left = (due.pop, left - 1) if is_last else (due.get, left)
                    file = of(job.number, None)
                    done = filing.take(job, file, piece)
                    if self._failed_bytes is not None:
                        failed = has_failed(piece) or self._failed_bytes.come_again(job, file, piece)
                        self._report.stopped_at_failure |= failed
                    self._keep_searchable(done, left)
                    if isinstance(piece, Batch):
                        self._tell_of_batch(job, piece)
                else:
                    self._tell(*self._at)  # a log says now and then that the run is there
                filing.flush_in_time()
        filing.flush()

    def _known_before(self) -> set[str]:
        """The contents of which nothing was to be done when the run began. Asked for when there is work to do."""
        if self._known is None:
            with self._engine.connect() as connection:
                self._known = known_fresh(connection, self._fresh, self._version) - self._doubtful
        return self._known

    def _tell(self, step: str, done: int, total: int | None, path: str) -> None:
        self._at = step, done, total, path
        self._progress(step, done, total, path)

    def _tell_of_batch(self, job: Job, batch: Batch) -> None:
        done = batch.position + len(batch.members)
        self._progress("unpacking", done, None, f"{job.path}!{batch.members[-1].name}")
        self._stopped()

    def _keep_searchable(self, documents: int, left: int) -> None:
        """Called after each document, or some: now and then, the index is brought up to date during the run."""
        if self._keeper.is_due(documents, left):
            self._filing.flush()
            self._keeper.bring_up()

    def _take_up_index(self) -> None:
        """What earlier runs have left for the index goes into it first, unless that is built anew anyway."""
        if not self._wishes.reindex and self._waiting():
            beside = (self._wishes.workers > 0 or self._wishes.index_apart) and can_be_started()
            self._keeper.take_up(self._progress, self._has_to_stop, beside=beside)

    def end(self, status: str) -> None:
        """Close the run in the store, with the failures that stand in the named paths."""
        with self._engine.begin() as connection:
            self._report.indexed = indexed_since(connection, self._begun)
            self._report.waiting = len(contents_to_index(connection, index_version()))
            stood = self._report.take_standing(connection, self._scopes, self._before, self._wishes.limits)
            self._report.end(status)
            if status in ENDED:
                self._note_told(connection, stood)
            if status in ("done", "folder-emptied") and not self._wishes.retry:
                self._order.end(connection, [scope.root_id for scope in self._scopes if not scope.prefix])
            end_run(connection, self._id, status, self._report.figures())
        make_durable(self._engine)

    def _note_told(self, connection: sa.Connection, stood: Sequence[Failing]) -> None:
        """The report tells what was found. A retry is about single files, and has no report."""
        told = [(scope.root_id, scope.prefix) for scope in self._scopes]
        if self._wishes.retry:
            self._untold.end_silently(connection)
        else:
            self._untold.end(connection, told, stopped=self._report.interrupted)
            put_failures_told(connection, told, stood)
            put_setting(connection, PRUNED_UNTOLD, None)

    def close(self) -> None:
        """End what runs beside."""
        self._keeper.close()

    def _stopped(self) -> bool:
        self._report.interrupted |= self._report.stopped_at_failure or self._has_to_stop()
        return self._report.interrupted

    def _has_to_stop(self) -> bool:
        """Whether somebody has asked for an end, by now or before."""
        self._told_to_stop = self._told_to_stop or self._should_stop()
        return self._told_to_stop
