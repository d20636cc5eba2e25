"""``akt status``."""

from __future__ import annotations

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.output import data_output, output_options


@click.command(name="status", short_help="Print what the workspace holds.")
@output_options(["table", "json"], "table")
@click.pass_obj
def command(workspace: Workspace, form: str, output: str | None) -> ExitCode:
    """Print what the workspace holds: files, documents, parts and records.

    \b
    Example: akt status --format json
    """
    workspace.open(create=False)
    from pipeline.export.formats import pretty
    from pipeline.export.tables import status_lines
    from pipeline.ingest.status import status

    found = status(workspace)
    with data_output(output) as out:
        out.write(f"{pretty(found)}\n" if form == "json" else status_lines(found))
    return ExitCode.DONE
