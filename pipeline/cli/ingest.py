"""``akt ingest``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from corpus.workspace import Workspace
from index.mask import mask
from pipeline.cli.exits import ExitCode
from pipeline.cli.output import talk


@click.command(name="ingest", short_help="Read documents into the workspace.")
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--reindex", is_flag=True, help="Build the index anew from the store; no document is read again.")
@click.pass_obj
def command(workspace: Workspace, paths: tuple[Path, ...], reindex: bool) -> ExitCode:
    """Read the documents at PATH, folders and files, into the workspace.

    A second run does only what is new, changed or stale. Files that are gone are marked, and no longer found; a folder
    that has been moved is followed when you ingest its new place, one that is gone for good when you name it once more.
    One document that cannot be read never stops the others: it is listed, and the exit code is 3.

    \b
    Example: akt ingest ~/aktindsigt/budget2025
    """
    if not paths and not reindex:
        raise click.UsageError("Name the folders or files to read: akt ingest PATH…")
    from pipeline.cli.progress import finish_on_interrupt, progress_bar
    from pipeline.cli.summary import tell
    from pipeline.ingest.run import ingest

    paths, unknown = _known(workspace, paths)
    with finish_on_interrupt() as stopped, progress_bar() as progress:
        report = ingest(workspace, paths, reindex=reindex, progress=progress, should_stop=lambda: bool(stopped))
    tell(report, workspace, by_paths=bool(paths))
    if report.interrupted:
        return ExitCode.INTERRUPTED
    if report.failures or unknown:
        return ExitCode.SOME_FAILED
    if paths and not report.seen and not report.gone:
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
        raise click.UsageError(f"{mask(', '.join(map(str, unknown)))} does not exist.")
    for path in unknown:
        talk(f"akt: {path} does not exist.")
    return tuple(path for path in paths if path not in unknown), unknown
