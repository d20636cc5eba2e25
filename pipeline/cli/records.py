"""``akt records``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.explaining import tell_of_rows_with_minus
from pipeline.cli.exporting import Wanted, export, export_options
from pipeline.cli.filters import QueryCommand, Typed, asked, must_have_index, utf8
from pipeline.cli.output import Output, talk
from pipeline.export.layout import counted
from pipeline.export.rows import DANISH_TYPE_WORDS, TYPE_WORDS, Row

if TYPE_CHECKING:
    from corpus.store.entries import Quote

T = TypeVar("T")
WORDS = {**TYPE_WORDS, **{singular: singular for singular in TYPE_WORDS.values()}, **DANISH_TYPE_WORDS}


class RecordType(click.ParamType[str]):
    """amounts, ftes … or amount, fte … or beløb, årsværk …"""

    name = "type"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "TYPE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        word = utf8(value)
        found = WORDS.get(word.lower())
        return found or self.fail(f"{word!r} is no record type: use {', '.join(TYPE_WORDS)}.", param, ctx)


@click.command(name="records", cls=QueryCommand, short_help="Print the amounts, dates, decisions … found.")
@click.argument("record_type", metavar="TYPE", type=RecordType())
@click.argument("query", type=Typed(), required=False)
@click.option("--dangling", is_flag=True, help="Only references to papers that are not in the workspace.")
@export_options()
@click.pass_obj
def command(workspace: Workspace, record_type: str, query: str | None, dangling: bool, wanted: Wanted) -> ExitCode:
    """Print the records of one type, each with its place and the sentence around it.

    TYPE is amounts, ftes, committees, dates, decisions, references, identifiers or people; lines prints the figures of
    the budget tables, one row per value; problems prints what could not be read safely. The Danish words work too:
    beløb, årsværk, udvalg, datoer, beslutninger, henvisninger, personer, linjer, problemer.

    With QUERY, only those in the parts that have all its words (the language of `akt search`). Its filters status:,
    role:, amount:, fte: and year: then hold for each record itself, unless they stand in OR or NOT.

    A reference is given with the ids of the papers it points to (resolved) and with its state (resolution): resolved,
    ambiguous (one of several), dangling (the paper is not in the workspace), unclear (no one paper is named), external
    (a law) or itself (the paper's own number).

    With -o, the format is told by the ending of the file, and FILE.datapackage.json says what each column means. All
    columns: docs/data-dictionary.md.

    \b
    Example: akt records amounts 'kind:budget-proposal' -o amounts.csv
             akt records lines -o lines.xlsx
    """
    if dangling and record_type != "reference":
        raise click.UsageError("--dangling is for references: akt records references --dangling")
    workspace.open(create=False)
    if query:
        must_have_index(workspace)
    from pipeline.export.records import found_rows
    from pipeline.export.sheets import sheet_of

    seen = _Counted()
    with asked(query or ""), found_rows(workspace, record_type, query, dangling=dangling) as found:
        rows = seen.each(found)
        sheet = sheet_of(record_type)
        export(wanted, sheet, (row for row, _ in rows), query=query, shown=lambda out: _blocks(rows, out))
    _sum_up(workspace, record_type, seen.count)
    if query:
        tell_of_rows_with_minus(workspace, record_type, query, seen.count)
    return ExitCode.DONE if seen.count else ExitCode.NOTHING_FOUND


def _sum_up(workspace: Workspace, record_type: str, count: int) -> None:
    from pipeline.export.records import links_wait

    noun = record_type if record_type in ("line", "problem") else "record"
    talk(counted(count, noun))
    if record_type == "reference" and links_wait(workspace):
        talk("Some documents were read by an older version and not looked at for links yet: run `akt ingest`.")


class _Counted:
    """Counts what goes by."""

    count = 0

    def each(self, found: Iterable[T]) -> Iterator[T]:
        for one in found:
            self.count += 1
            yield one


def _blocks(found: Iterable[tuple[Row, Quote]], out: Output) -> Iterator[str]:
    from pipeline.export.tables import record_blocks

    bold = (lambda text: out.style(text, bold=True)) if out.colour else None
    yield from record_blocks(found, out.width, bold)
