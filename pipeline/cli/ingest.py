"""``akt ingest``."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.cpr import mask_digits
from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.limits import limit_option
from pipeline.cli.models import NER_HELP, check_model, resolved, told_of_model
from pipeline.cli.output import talk
from pipeline.cli.pdf_engine import pdf_engine_option

if TYPE_CHECKING:
    from corpus.limits import Limits
    from corpus.options import PdfEngine
    from index.engines.base import EngineName
    from pipeline.ingest.report import Report


@click.command(name="ingest", short_help="Read documents into the workspace.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--reindex", is_flag=True, help="Build the index anew from the store; needs no PATH.")
@click.option("--gone", is_flag=True, help="Mark what was at PATH as gone, though nothing at all is left there.")
@click.option(
    "--ner-model",
    metavar="NAME",
    help=f"{NER_HELP} The workspace keeps it for later runs; what was read without it is read anew.",
)
@click.option("--no-ner-model", is_flag=True, help="Drop the model that the workspace keeps, and what it found.")
@click.option(
    "--engine",
    type=click.Choice(["tantivy", "whoosh"]),
    help="What keeps the index: tantivy (the default), or whoosh, pure Python and slower; searches find the same. The "
    "workspace keeps it for later runs; an index of the other one is built anew.",
)
@pdf_engine_option(" The workspace keeps it for later runs; PDFs that the other one has read are read anew.")
@limit_option()
@click.option(
    "--workers",
    type=click.IntRange(0, 64),
    metavar="N",
    envvar="AKT_WORKERS",
    help="Read N documents at a time, each in a process of its own, so that one that crashes or hangs costs no other. "
    "[default: the processor cores that may be used, at most 4; fewer for a few small files]  0: read in this process, "
    "without the limits of time and memory.  [env: AKT_WORKERS]",
)
@click.pass_obj
def command(
    workspace: Workspace,
    paths: tuple[Path, ...],
    reindex: bool,
    gone: bool,
    ner_model: str | None,
    no_ner_model: bool,
    engine: EngineName | None,
    pdf_engine: PdfEngine | None,
    limits: Limits,
    workers: int | None,
) -> ExitCode:
    """Read the documents at PATH, folders and files, into the workspace.

    A second run does only what is new, changed or stale. Files that are gone are marked, and no longer found; a folder
    that has been moved is followed when you ingest its new place. One that held documents and is empty or not there now
    is left as it was (is it mounted?), with exit code 1; when it is gone for good, name it once more with --gone.
    One document that cannot be read never stops the others: it is listed, and the exit code is 3.

    \b
    Example: akt ingest ~/aktindsigt/budget2025
    """
    if ner_model and no_ner_model:
        raise click.UsageError("--ner-model and --no-ner-model exclude each other.")
    model = "" if no_ner_model else resolved(ner_model)
    if not paths and not reindex and model is None and engine is None:
        raise click.UsageError("Name the folders or files to read: akt ingest PATH…")
    check_model(model)
    from pipeline.cli.progress import finish_on_interrupt, progress_bar
    from pipeline.cli.summary import tell
    from pipeline.ingest.run import ingest
    from pipeline.ingest.workers import usual_workers

    paths, unknown = _known(workspace, paths)
    with finish_on_interrupt() as stopped, progress_bar() as progress, told_of_model():
        report = ingest(
            workspace,
            paths,
            reindex=reindex,
            gone=gone,
            ner_model=model,
            pdf_engine=pdf_engine,
            index_engine=engine,
            progress=progress,
            should_stop=lambda: bool(stopped),
            limits=limits,
            workers=usual_workers() if workers is None else workers,
        )
    tell(report, workspace, by_paths=bool(paths))
    return _code(report, paths, stopped, unknown)


def _code(report: Report, paths: tuple[Path, ...], stopped: list[int], unknown: list[Path]) -> ExitCode:
    if report.interrupted:
        return ExitCode.TERMINATED if signal.SIGTERM in stopped else ExitCode.INTERRUPTED
    if report.emptied:
        return ExitCode.ERROR
    if report.failures or unknown:
        return ExitCode.SOME_FAILED
    if paths and not (report.seen or report.gone or report.deleted):
        talk(f"akt: there are no documents in {', '.join(map(str, paths))}.")
        return ExitCode.NOTHING_FOUND
    return ExitCode.DONE


def _known(workspace: Workspace, paths: tuple[Path, ...]) -> tuple[tuple[Path, ...], list[Path]]:
    """The paths that are there or were once ingested, and the others. Raises UsageError when all are others."""
    missing = [path for path in paths if not os.path.lexists(path)]
    if not missing:
        return paths, []
    from pipeline.ingest.scope import known_places

    gone = known_places(workspace, missing)
    unknown = [path for path in missing if path not in gone]
    if unknown and len(unknown) == len(paths):
        raise click.UsageError(f"{mask_digits(', '.join(map(str, unknown)))} does not exist.")
    for path in unknown:
        talk(f"akt: {path} does not exist.")
    return tuple(path for path in paths if path not in unknown), unknown
