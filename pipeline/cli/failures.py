"""``akt failures``."""

from __future__ import annotations

import signal
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from corpus.counts import counted
from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.exporting import Wanted, export, export_options
from pipeline.cli.limits import limit_option
from pipeline.cli.output import data_output, talk

if TYPE_CHECKING:
    from corpus.limits import Limits
    from corpus.store.entries import FailedFile

PLAIN = ("json", "jsonl", "csv")
"""Written as they always were, without a description beside the file."""
COLUMNS = ("path", "stage", "code", "reason", "hint", "tries", "last", "root", "file")


@click.command(name="failures", short_help="Print the documents that could not be read.")
@click.option(
    "--retry",
    is_flag=True,
    help="Work once more on these documents, with --limit also on those that a lower one cut, and print the rest.",
)
@limit_option()
@click.option("--show-identifiers", is_flag=True, help="Do not mask CPR numbers in paths.")
@export_options("table", ("table", *PLAIN, "tsv", "xlsx", "parquet"))
@click.pass_obj
def command(workspace: Workspace, retry: bool, limits: Limits, show_identifiers: bool, wanted: Wanted) -> ExitCode:
    """Print the documents that could not be read, why, and what you can do about each.

    A path in which a CPR number is masked has a number behind it, "(no. 12)": another one may differ in no more than
    the CPR number. With --retry the exit code is 3 while something still fails, and 0 when nothing does any more.

    \b
    Example: akt failures --format csv -o mangler.csv
             akt failures --retry --limit seconds=1h
    """
    if not retry and click.get_current_context().get_parameter_source("limits") == ParameterSource.COMMANDLINE:
        raise click.UsageError("--limit wants --retry: without it, nothing is read.")
    workspace.open(create=False)
    from pipeline.ingest.status import readable_further, standing_failures

    tried = further = 0
    if retry:
        tried, further = len(standing_failures(workspace)), readable_further(workspace, limits)
        code = _try_again(workspace, limits) if tried or further else None
        if code is not None:
            return code
        further -= readable_further(workspace, limits)  # their files may be out of sight
    found = standing_failures(workspace, masked=not show_identifiers)
    _write(found, wanted)
    if further:
        talk(f"{counted(further, 'document')} read in part before {'was' if further == 1 else 'were'} read anew.")
    if tried or further:
        talk(f"{tried} failed before, {len(found)} do now.")
        return ExitCode.SOME_FAILED if found else ExitCode.DONE
    if not found:
        talk("Nothing failed.")
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


def _write(found: list[FailedFile], wanted: Wanted) -> None:
    from pipeline.export.failed import FAILURES, failure_rows
    from pipeline.export.formats import write_rows
    from pipeline.export.tables import failure_lines

    if wanted.form in PLAIN and not wanted.excel_da:
        with data_output(wanted.output) as out:
            out.write_data(write_rows(wanted.form, found, COLUMNS))
    else:
        export(
            wanted, FAILURES, failure_rows(found), query=None, shown=lambda out: failure_lines(found, out.table_width)
        )


def _try_again(workspace: Workspace, limits: Limits) -> ExitCode | None:
    """Work on them; a code when it was stopped."""
    from pipeline.cli.logs import speaking
    from pipeline.cli.running import watched
    from pipeline.ingest import run
    from pipeline.ingest.options import RunOptions
    from pipeline.ingest.workers import usual_workers

    with speaking() as log, ExitStack() as stack:
        stopped, progress = watched(stack, log)
        report = run.ingest(
            workspace,
            [],
            RunOptions(retry=True, limits=limits, workers=usual_workers()),
            progress=progress,
            should_stop=lambda: bool(stopped),
        )
    if not report.interrupted:
        return None
    talk("Stopped. What is read is kept; the same command goes on with the rest.")
    return ExitCode.TERMINATED if signal.SIGTERM in stopped else ExitCode.INTERRUPTED
