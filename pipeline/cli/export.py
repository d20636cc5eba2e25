"""``akt export``."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import CommandError, ExitCode
from pipeline.cli.output import NO_ROOM, no_room, talk
from pipeline.export.layout import counted
from pipeline.export.rows import TYPE_WORDS


@click.command(name="export", short_help="Write the whole workspace as Parquet, with checksums.")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def command(workspace: Workspace, folder: Path) -> ExitCode:
    """Write the workspace to the new folder DIR: a snapshot that can be cited, kept, and read back with `akt import`.

    DIR/data has what researchers work with, one Parquet file a table: documents, parts, messages, amounts, lines and
    so on, with the columns of docs/data-dictionary.md. DIR/store has what `akt import` needs. DIR/manifest.json lists
    each file with its rows and SHA-256, and has one checksum over all of them, which is printed: cite that. The same
    workspace gives the same checksum.

    The text of every document is in it, with the names of people, and the true paths of the files: keep it as you keep
    the documents. For parts of the workspace use `akt records TYPE QUERY -o FILE.parquet`.

    \b
    Example: akt export snapshot-2026-11
    """
    workspace.open(create=False)
    from corpus.store.lock import holder
    from pipeline.export.parquet import NumberTooLongError
    from pipeline.snapshot.manifest import SnapshotError
    from pipeline.snapshot.writing import export_workspace

    if writer := holder(workspace.lock_file):
        talk(f"A run is under way ({writer}): what it has not written yet is not in the snapshot.")
    try:
        manifest = export_workspace(workspace, folder)
    except SnapshotError as error:
        raise CommandError(str(error), ExitCode.USAGE) from error
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise no_room(folder, folder.absolute().parent) from error
    except NumberTooLongError as error:
        raise CommandError(str(error)) from error
    words = manifest.counts.items()
    counts = ", ".join(
        counted(count, TYPE_WORDS.get(name, name.removesuffix("s")), name) for name, count in words if count
    )
    talk(f"{counted(len(manifest.files), 'file')} in {folder}: {counts or 'no documents'}")
    click.echo(manifest.sha256)
    return ExitCode.DONE
