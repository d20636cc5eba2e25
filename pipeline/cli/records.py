"""``akt records``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.filters import Typed, asked
from pipeline.cli.output import Output, data_output, output_options, talk
from pipeline.export.rows import TYPE_WORDS, record_columns, record_row

if TYPE_CHECKING:
    from corpus.store.entries import StoredRecord

SINGULAR = {singular: singular for singular in TYPE_WORDS.values()}


class RecordType(click.ParamType[str]):
    """amounts, ftes … or amount, fte …"""

    name = "type"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "TYPE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        found = {**TYPE_WORDS, **SINGULAR}.get(value.lower())
        return found or self.fail(f"{value!r} is no record type: use {', '.join(TYPE_WORDS)}.", param, ctx)


@click.command(name="records", short_help="Print the amounts, dates, decisions … found.")
@click.argument("record_type", metavar="TYPE", type=RecordType())
@click.argument("query", type=Typed(), required=False)
@output_options(["table", "csv", "jsonl", "json"], "table")
@click.pass_obj
def command(workspace: Workspace, record_type: str, query: str | None, form: str, output: str | None) -> ExitCode:
    """Print the records of one type, each with its place and the sentence around it.

    TYPE is amounts, ftes, committees, dates, decisions, references, identifiers or people. With QUERY, only those in
    the parts that have all its words (the language of `akt search`).

    \b
    Example: akt records amounts 'kind:budget-proposal' --format csv -o amounts.csv
    """
    workspace.open(create=False)
    from pipeline.export.formats import write_rows
    from pipeline.export.records import stored_records

    counted = _Counted()
    with asked(query or ""), data_output(output) as out, stored_records(workspace, record_type, query) as found:
        if form == "table":
            out.write_all(_blocks(counted.each(found), out))
        else:
            out.write_all(write_rows(form, map(record_row, counted.each(found)), record_columns(record_type)))
    talk(f"{counted.count} record{'' if counted.count == 1 else 's'}")
    return ExitCode.DONE if counted.count else ExitCode.NOTHING_FOUND


class _Counted:
    """Counts what goes by."""

    count = 0

    def each(self, records: Iterable[StoredRecord]) -> Iterator[StoredRecord]:
        for record in records:
            self.count += 1
            yield record


def _blocks(records: Iterable[StoredRecord], out: Output) -> Iterator[str]:
    from pipeline.export.tables import record_blocks

    bold = (lambda text: out.style(text, bold=True)) if out.colour else None
    yield from record_blocks(((record_row(record), record.quote) for record in records), out.width, bold)
