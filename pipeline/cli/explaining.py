"""What ``akt search`` says of a query: how it is understood, and what it leaves out that was perhaps meant."""

from __future__ import annotations

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.filters import asked
from pipeline.cli.output import data_output, talk


def explained(workspace: Workspace, query: str, form: str, output: str | None) -> ExitCode:
    """Print the tree of the query and the terms that the index is asked for; nothing is searched."""
    if form == "csv":
        raise click.UsageError("--explain prints a tree: use --format table, json or jsonl.")
    from index.search import explain

    with asked(query):
        told = explain(workspace.index_dir, query)
    with data_output(output) as out:
        if form == "table":
            out.write(told.text)
        else:
            out.write_data([told.json(indented=form == "json")])
    return ExitCode.DONE


def tell_of_minus(workspace: Workspace, query: str) -> None:
    """Say how many parts have the amount or FTE with a minus, which tables print for a cut: signs count in a query."""
    from index.search import more_with_minus

    more = more_with_minus(workspace.index_dir, query)
    if more:
        parts = "1 more part has" if more == 1 else f"{more} more parts have"
        talk(f"{parts} such a number with a minus, as tables print a cut: >=±… finds both.")
