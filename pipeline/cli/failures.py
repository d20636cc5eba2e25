"""``akt failures``."""

from __future__ import annotations

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.output import data_output, output_options, talk

COLUMNS = ("path", "stage", "code", "reason", "hint", "tries", "last", "root", "file")


@click.command(name="failures", short_help="Print the documents that could not be read.")
@output_options(["table", "json", "jsonl", "csv"], "table")
@click.pass_obj
def command(workspace: Workspace, form: str, output: str | None) -> ExitCode:
    """Print the documents that could not be read, why, and what you can do about each.

    \b
    Example: akt failures --format csv -o mangler.csv
    """
    workspace.open(create=False)
    from pipeline.export.formats import write_rows
    from pipeline.export.tables import failure_lines
    from pipeline.ingest.status import standing_failures

    found = standing_failures(workspace)
    with data_output(output) as out:
        if form == "table":
            out.write_all(failure_lines(found))
        else:
            out.write_data(write_rows(form, found, COLUMNS))
    if not found:
        talk("Nothing failed.")
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND
