"""``akt import``."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import CommandError, ExitCode
from pipeline.cli.output import talk
from pipeline.export.layout import counted


@click.command(name="import", short_help="Make a workspace of what `akt export` wrote.")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only say whether DIR is what was written; make nothing.")
@click.pass_obj
def command(workspace: Workspace, folder: Path, check: bool) -> ExitCode:
    """Make a new workspace of the snapshot in DIR, and its index.

    Every file is held against its checksum first: where one was changed nothing is made, and the exit code is 6.
    The workspace appears when all of it is there: after an import that was stopped, give the same command again.
    The files that were ingested need not be there; `akt ingest` of their folder goes on where the snapshot was taken.

    \b
    Example: akt import --check snapshot-2026-11
             akt --workspace kopi import snapshot-2026-11
    """
    if not folder.is_dir():
        raise click.UsageError(f"{folder} does not exist.")
    from pipeline.snapshot.manifest import NoSnapshotError, SnapshotError
    from pipeline.snapshot.reading import checked, import_workspace

    try:
        manifest = checked(folder)
    except SnapshotError as error:
        code = ExitCode.USAGE if isinstance(error, NoSnapshotError) else ExitCode.DAMAGED
        raise CommandError(str(error), code) from error
    if not check:
        documents = counted(manifest.counts.get("documents", 0), "document")
        try:
            import_workspace(workspace, folder, manifest, on_index=lambda: talk(f"Indexing {documents}"))
        except SnapshotError as error:
            raise CommandError(str(error), ExitCode.USAGE) from error
        talk(f"A new workspace of {documents} is in {workspace.root}.")
    talk(f"{folder} is what Akt {manifest.akt} wrote at {manifest.created}.")
    click.echo(manifest.sha256)
    return ExitCode.DONE
