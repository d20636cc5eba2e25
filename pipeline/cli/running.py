"""A run of ``akt ingest``, from what is wished to the exit code."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click
import msgspec

from corpus.cpr import mask_in_name
from corpus.limits import Limits
from corpus.options import PdfEngine
from corpus.workspace import Workspace, WorkspaceHeldError
from index.engines.base import EngineName
from pipeline.cli.exits import ExitCode
from pipeline.cli.logs import Format, Log, speaking
from pipeline.cli.models import check_model, resolved, told_of_model
from pipeline.cli.output import check_output, data_output
from pipeline.ingest.progress import Progress
from pipeline.ingest.report import Report
from pipeline.masking import mask_name


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """The options of ``akt ingest``."""

    paths: tuple[Path, ...]
    reindex: bool
    gone: bool
    ner_model: str | None
    no_ner_model: bool
    engine: EngineName | None
    pdf_engine: PdfEngine | None
    limits: Limits
    workers: int | None
    dry_run: bool
    prune: bool
    failfast: bool
    reread: bool
    quiet: bool
    report_file: str | None
    log_format: Format

    def model(self) -> str | None:
        """The pipeline for names: None for the one the workspace has, "" for none. Raises UsageError, ModelError."""
        if self.ner_model and self.no_ner_model:
            raise click.UsageError("--ner-model and --no-ner-model exclude each other.")
        model = "" if self.no_ner_model else resolved(self.ner_model)
        if not (self.paths or self.reindex or self.prune or model is not None or self.engine):
            raise click.UsageError("Name the folders or files to read: akt ingest PATH…")
        if self.reread and not self.paths:
            raise click.UsageError("--reread wants the files or folders to read anew: akt ingest --reread PATH…")
        check_model(model)
        return model


def carry_out(workspace: Workspace, wishes: Wishes) -> ExitCode:
    """Run, or say what a run would do. In JSON, what ends the run is an event as well."""
    model, report = wishes.model(), Report()
    _must_be_documents(wishes.paths, workspace)
    if wishes.report_file:
        _must_lie_outside(wishes.report_file, wishes.paths, workspace)
        check_output("--report", wishes.report_file)
    with speaking(wishes.log_format, quiet=wishes.quiet) as log:
        try:
            paths, unknown = _known(workspace, wishes.paths, log)
            report.missing = [mask_name(str(path)) for path in unknown]
            if wishes.dry_run:
                return _told_only(workspace, wishes, paths, log)
            return _run(workspace, wishes, model, paths, log, report, unknown=bool(unknown))
        except Exception as error:
            if wishes.report_file and not isinstance(error, WorkspaceHeldError):  # it may be that of who holds it
                _write_report(wishes.report_file, _broken(report, error))
            if log.form != "json" or isinstance(error, click.ClickException):
                raise
            said, code = _explained(error)
            log.error("broken", said, exit_code=int(code))
            return code


def _must_be_documents(paths: tuple[Path, ...], workspace: Workspace) -> None:
    """Raises UsageError for a path in the workspace: its files would be read as documents."""
    from pipeline.ingest.scope import is_inside

    for path in paths:
        if is_inside(path, workspace):
            raise click.UsageError(
                f"{mask_name(str(path))} lies in the workspace {workspace.root}, whose files are Akt's own: "
                "name the folder of the documents, or another workspace with --workspace."
            )


def _must_lie_outside(report_file: str, paths: tuple[Path, ...], workspace: Workspace) -> None:
    """Raises UsageError for a report that the next run would read as a document, or that would replace one."""
    report = Path(report_file).resolve()
    if report.is_relative_to(workspace.root.resolve()):  # which is never read
        return
    for path in paths:
        if report_file != "-" and report.is_relative_to(path.resolve()):
            raise click.UsageError(
                f"--report: {mask_name(report_file)} lies in {mask_name(str(path))}, and would be read as a document: "
                "name a file outside of it."
            )


def _explained(error: Exception) -> tuple[str, ExitCode]:
    from pipeline.cli.app import explain

    return explain(error)


def _broken(report: Report, error: Exception) -> dict[str, object]:
    """What a run did that an error has ended: what is counted is stored."""
    said, code = _explained(error)
    report.end("broken")
    figures: dict[str, object] = msgspec.to_builtins(report)
    return figures | {"error": mask_in_name(said), "exit_code": int(code)}


def _run(
    workspace: Workspace,
    wishes: Wishes,
    model: str | None,
    paths: tuple[Path, ...],
    log: Log,
    report: Report,
    *,
    unknown: bool,
) -> ExitCode:
    from pipeline.cli.summary import tell

    reads = ", ".join(map(str, paths)) or "no folder"
    log.note(
        "run-started",
        f"The run begins; it reads {reads}.",
        paths=[str(path) for path in paths],
        workspace=str(workspace.root),
    )
    with ExitStack() as stack:
        stopped, progress = watched(stack, log, quiet=wishes.quiet)
        _ingested(workspace, wishes, model, paths, progress, lambda: bool(stopped), report)
    tell(report, workspace, by_paths=bool(paths), reread=wishes.reread, log=log)
    code = _code(report, paths, stopped, log, unknown=unknown)
    if wishes.report_file:
        _write_report(wishes.report_file, msgspec.to_builtins(report) | {"exit_code": int(code)})
    figures, ended = msgspec.json.decode(report.figures()), f"The run has ended: {report.status}."
    log.note("run-ended", ended, status=report.status, exit_code=int(code), figures=figures)
    return code


def watched(stack: ExitStack, log: Log, *, quiet: bool = False) -> tuple[list[int], Progress]:
    """The signals that ask for an end, and whom to tell how far the run has come."""
    from pipeline.cli.progress import finish_on_interrupt, progress_of
    from pipeline.ingest.progress import silent

    stopped = stack.enter_context(finish_on_interrupt(log))
    progress = silent if quiet else stack.enter_context(progress_of(log))
    stack.enter_context(told_of_model())
    return stopped, progress


def _ingested(
    workspace: Workspace,
    wishes: Wishes,
    model: str | None,
    paths: tuple[Path, ...],
    progress: Progress,
    should_stop: Callable[[], bool],
    report: Report,
) -> None:
    from pipeline.ingest import run
    from pipeline.ingest.options import RunOptions
    from pipeline.ingest.workers import usual_workers

    run.ingest(
        workspace,
        paths,
        RunOptions(
            reindex=wishes.reindex,
            gone=wishes.gone,
            ner_model=model,
            pdf_engine=wishes.pdf_engine,
            index_engine=wishes.engine,
            limits=wishes.limits,
            workers=usual_workers() if wishes.workers is None else wishes.workers,
            index_apart=True,
            prune=wishes.prune,
            failfast=wishes.failfast,
            reread=wishes.reread,
        ),
        report=report,
        progress=progress,
        should_stop=should_stop,
    )


def _write_report(target: str, report: object) -> None:
    from pipeline.export.formats import pretty

    with data_output(target) as out:
        out.write(f"{pretty(report)}\n")


def _told_only(workspace: Workspace, wishes: Wishes, paths: tuple[Path, ...], log: Log) -> ExitCode:
    """Print the plan: a line for each file on stdout, the sums on stderr."""
    from pipeline.cli.summary import tell_hollow, tell_left
    from pipeline.export.state import plan_lines, plan_sums
    from pipeline.ingest.dry import plan

    found = plan(
        workspace,
        paths,
        gone=wishes.gone,
        prune=wishes.prune,
        reread=wishes.reread,
        pdf_engine=wishes.pdf_engine,
    )
    with data_output(None) as out:
        out.write_all(plan_lines(found))
    if wishes.report_file:
        _write_report(wishes.report_file, found)
    for said in plan_sums(found, reindex=wishes.reindex):
        log.info("plan", said)
    log.note("plan-ended", "That is the whole plan.", figures=found.counts)
    for place, held in found.emptied.items():
        log.error("folder-emptied", f"akt: {place} is empty or not there now: is it mounted?", path=place, files=held)
    tell_hollow(found.hollow, found.not_pruned, log, would=True)
    tell_left(found.left, log)
    return ExitCode.ERROR if found.emptied or found.not_pruned else ExitCode.DONE


def _code(report: Report, paths: tuple[Path, ...], stopped: list[int], log: Log, *, unknown: bool) -> ExitCode:
    if report.stopped_at_failure:
        return ExitCode.ERROR
    if report.interrupted:
        return ExitCode.TERMINATED if signal.SIGTERM in stopped else ExitCode.INTERRUPTED
    if report.emptied or report.not_pruned:
        return ExitCode.ERROR
    if report.failures or unknown:
        return ExitCode.SOME_FAILED
    if paths and not (report.seen or report.gone or report.deleted):
        log.warning("no-documents", f"akt: there are no documents in {', '.join(map(str, paths))}.")
        return ExitCode.NOTHING_FOUND
    return ExitCode.DONE


def _known(workspace: Workspace, paths: tuple[Path, ...], log: Log) -> tuple[tuple[Path, ...], list[Path]]:
    """The paths that are there or were once ingested, and the others. Raises UsageError when all are others."""
    missing = [path for path in paths if not os.path.lexists(path)]
    if not missing:
        return paths, []
    from pipeline.ingest.scope import known_places

    gone = known_places(workspace, missing)
    unknown = [path for path in missing if path not in gone]
    if unknown and len(unknown) == len(paths):
        raise click.UsageError(f"{mask_in_name(', '.join(map(str, unknown)))} does not exist.")
    for path in unknown:
        log.error("no-such-path", f"akt: {path} does not exist.", path=str(path))
    return tuple(path for path in paths if path not in unknown), unknown
