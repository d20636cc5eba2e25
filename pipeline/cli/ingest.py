"""``akt ingest``."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.output import talk


@click.command(name="ingest", short_help="Read documents into the workspace.")
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(exists=True, path_type=Path))
@click.option("--reindex", is_flag=True, help="Build the index anew from the store; no document is read again.")
@click.pass_obj
def command(workspace: Workspace, paths: tuple[Path, ...], reindex: bool) -> ExitCode:
    """Read the documents at PATH, folders and files, into the workspace.

    A second run does only what is new, changed or stale. Files that are gone are marked, and no longer found. One
    document that cannot be read never stops the others: it is listed, and the exit code is 3.

    \b
    Example: akt ingest ~/aktindsigt/budget2025
    """
    if not paths and not reindex:
        raise click.UsageError("Name the folders or files to read: akt ingest PATH…")
    from pipeline.cli.progress import finish_on_interrupt, progress_bar
    from pipeline.cli.summary import tell
    from pipeline.ingest.run import ingest

    with finish_on_interrupt() as stopped, progress_bar() as progress:
        report = ingest(workspace, paths, reindex=reindex, progress=progress, should_stop=lambda: bool(stopped))
    tell(report, workspace, by_paths=bool(paths))
    if report.interrupted:
        return ExitCode.INTERRUPTED
    if report.failures:
        return ExitCode.SOME_FAILED
    if paths and not report.seen:
        talk(f"akt: there are no documents in {', '.join(map(str, paths))}.")
        return ExitCode.NOTHING_FOUND
    return ExitCode.DONE
