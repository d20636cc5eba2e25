"""``akt status``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.output import data_output, output_options, talk

if TYPE_CHECKING:
    from pipeline.cli.output import Output

COVERAGE = (
    *("path", "root", "sha256", "pages", "pages_without_text", "unread_members", "unread_pictures"),
    *("unclaimed_numbers", "cut", "hidden_text"),
)


@click.command(name="status", short_help="Print what the workspace holds.")
@click.option("--runs", metavar="N", type=click.IntRange(1, 10_000), help="Print the last N runs, too.")
@click.option(
    "--coverage",
    is_flag=True,
    help="Print each document of which not all is accounted for: pages without text, attachments that were not read, "
    "numbers in no cell and no record, text cut or left out.",
)
@output_options(["table", "json", "jsonl", "csv"], "table")
@click.pass_obj
def command(workspace: Workspace, runs: int | None, coverage: bool, form: str, output: str | None) -> ExitCode:
    """Print what the workspace holds: files, documents, parts and records; what is left out, stale or failed.

    --format jsonl and csv are for --coverage, one document to a line. What else was met in each document is told by
    `akt records problems`.

    \b
    Example: akt status --format json
             akt status --coverage --format csv -o dækning.csv
    """
    if form in ("jsonl", "csv") and not coverage:
        raise click.UsageError(f"--format {form} needs --coverage; the state as a whole is table or json.")
    if coverage and runs:
        raise click.UsageError("--runs and --coverage exclude each other.")
    workspace.open(create=False)
    with data_output(output) as out:
        if coverage:
            return _write_coverage(workspace, form, out)
        _write_state(workspace, form, out, runs or 0)
    return ExitCode.DONE


def _write_state(workspace: Workspace, form: str, out: Output, runs: int) -> None:
    from pipeline.export.formats import pretty
    from pipeline.export.state import status_lines
    from pipeline.ingest.status import status

    found = status(workspace, runs)
    out.write(f"{pretty(found)}\n" if form == "json" else status_lines(found, out.table_width))


def _write_coverage(workspace: Workspace, form: str, out: Output) -> ExitCode:
    from pipeline.export.formats import write_rows
    from pipeline.export.state import coverage_lines
    from pipeline.ingest.status import not_covered

    found = list(not_covered(workspace))
    if form == "table":
        out.write_all(coverage_lines(found, out.table_width))
    else:
        out.write_data(write_rows(form, found, COVERAGE))
    if not found:
        talk("Everything is accounted for.")
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND
