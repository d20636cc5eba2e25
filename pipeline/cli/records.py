"""``akt records``."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

import click
import msgspec

from corpus.workspace import Workspace
from pipeline.cli.danish import LETTERS
from pipeline.cli.exits import ExitCode
from pipeline.cli.explaining import tell_of_other_staff, tell_of_rows_with_minus
from pipeline.cli.exporting import Wanted, export, export_options
from pipeline.cli.filters import QueryCommand, Typed, asked, must_have_index
from pipeline.cli.output import Output, talk, utf8
from pipeline.export.layout import counted
from pipeline.export.rows import DANISH_TYPE_WORDS, TYPE_WORDS, Row

if TYPE_CHECKING:
    from corpus.store.entries import Quote

_MEANT = {**TYPE_WORDS, **{singular: singular for singular in TYPE_WORDS.values()}, **DANISH_TYPE_WORDS}
WORDS = {**_MEANT, **{word.translate(LETTERS): name for word, name in DANISH_TYPE_WORDS.items()}}
MOST_PROBLEMS = 5
"""Of one code that are printed of a document: one that is odd has thousands."""
NEAR = 0.72  # how alike a word is that was meant, from 0 to 1: "belob", but not "kroner" for "personer"


class RecordType(click.ParamType[str]):
    """amounts, ftes … or amount, fte … or beløb, årsværk …"""

    name = "type"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "TYPE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        word = utf8(value)
        found = WORDS.get(word.lower()) or WORDS.get(word.lower().translate(LETTERS))  # "årsvaerk" too
        return found or self.fail(f"{word!r} is no record type{_instead(word)}", param, ctx)


def _instead(word: str) -> str:
    near = difflib.get_close_matches(word.lower(), _MEANT, n=1, cutoff=NEAR)
    return f". Did you mean {near[0]!r}?" if near else f": use {', '.join(TYPE_WORDS)}."


@click.command(name="records", cls=QueryCommand, short_help="Print the amounts, dates, decisions … found.")
@click.argument("record_type", metavar="TYPE", type=RecordType())
@click.argument("query", type=Typed(), required=False)
@click.option("--dangling", is_flag=True, help="Only references to papers that are not in the workspace.")
@click.option(
    "--negated/--not-negated",
    default=None,
    help="Only decisions that something, or a part of it, is not done; or only the others.",
)
@click.option("--all", "every", is_flag=True, help=f"Problems: print all, not {MOST_PROBLEMS} of a kind and document.")
@export_options()
@click.pass_obj
def command(
    workspace: Workspace,
    record_type: str,
    query: str | None,
    dangling: bool,
    negated: bool | None,
    every: bool,
    wanted: Wanted,
) -> ExitCode:
    """Print the records of one type, each with its place and the sentence around it.

    TYPE is amounts, ftes, committees, dates, decisions, references, identifiers or people; lines prints the figures of
    the budget tables, one row per value; problems prints what could not be read safely: as a table, a few of each kind
    and document, and how many more there are (--all prints each; so do the other formats). The Danish words work too:
    beløb, årsværk, udvalg, datoer, beslutninger, henvisninger, personer, linjer, problemer.

    With QUERY, only those in the parts that have all its words (the language of `akt search`). Its filters status:,
    role:, amount:, fte: and year: then hold for each record itself, unless they stand in OR or NOT; of decisions so
    does committee:, the body that decides, and of their figures (amount:, role:, fte:) those count that they link.

    A body may decide that something is not done ("besluttede ikke at lukke skolen"): such a decision is negated.

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
    if negated is not None and record_type != "decision":
        raise click.UsageError("--negated and --not-negated are for decisions: akt records decisions --negated")
    if every and record_type != "problem":
        raise click.UsageError("--all is for problems; of all else, all are printed: akt records problems --all")
    workspace.open(create=False)
    if query:
        must_have_index(workspace)
    from pipeline.export.records import found_rows
    from pipeline.export.sheets import sheet_of

    seen = _Counted()
    opened = found_rows(workspace, record_type, query, dangling=dangling, negated=negated)
    with asked(query or ""), opened as found:
        rows = seen.each(found)
        sheet = sheet_of(record_type)
        few = MOST_PROBLEMS if record_type == "problem" and not every else None
        shown = partial(_problem_blocks, rows, few) if record_type == "problem" else partial(_blocks, rows)
        export(wanted, sheet, (row for row, _ in rows), query=query, shown=shown)
    _sum_up(workspace, record_type, seen.count)
    if few is not None and wanted.form == "table":
        _sum_up_codes(seen.codes, few)
    if query:
        tell_of_rows_with_minus(workspace, record_type, query, seen.count)
        if not seen.count:
            tell_of_other_staff(query)
            _tell_of_days(workspace, record_type, query)
        if record_type == "decision" and negated is None:
            _tell_of_no_body(workspace, query)
    return ExitCode.DONE if seen.count else ExitCode.NOTHING_FOUND


def _sum_up(workspace: Workspace, record_type: str, count: int) -> None:
    from pipeline.export.records import links_wait

    noun = record_type if record_type in ("line", "problem") else "record"
    talk(counted(count, noun))
    if record_type == "reference" and links_wait(workspace):
        talk("Some documents were read by an older version and not looked at for links yet: run `akt ingest`.")


def _sum_up_codes(codes: Mapping[tuple[str, str], int], few: int) -> None:
    """Where not all were printed: how many there are of each kind, and in how many documents."""
    left = sum(count - few for count in codes.values() if count > few)
    if not left:
        return
    by_code: dict[str, list[int]] = {}
    for (code, _), count in codes.items():
        by_code.setdefault(code, []).append(count)
    for code, counts in sorted(by_code.items(), key=lambda item: -sum(item[1])):
        talk(f"  {code}: {sum(counts)} in {counted(len(counts), 'document')}")
    talk(f"{left} of them are not printed: at most {few} of a kind and document are. --all or --format csv gives all.")


def _tell_of_no_body(workspace: Workspace, query: str) -> None:
    from pipeline.export.records import left_out_without_body

    more = left_out_without_body(workspace, query)
    if more:
        said = counted(more, "more decision of these parts does", "more decisions of these parts do")
        talk(f"{said} not say who decides: leave the body out of the query, and read them.")


def _tell_of_days(workspace: Workspace, record_type: str, query: str) -> None:
    """Where år: finds nothing, say how many there are of the days of that year."""
    from pipeline.export.records import found_rows

    asked = _by_day(query)
    if asked is None:
        return
    days, instead = asked
    with found_rows(workspace, record_type, instead) as rows:
        more = sum(1 for _ in rows)
    if more:
        said = counted(more, "record", "records")
        talk(f"år: asks for the budget year, or the year a figure is of; the day is {days}, which finds {said}.")


def _by_day(query: str) -> tuple[str, str] | None:
    """ "dato:2025" and the query with it for "år:2025"; None for one without a year that must hold."""
    from index import tree
    from index.printer import printed
    from index.query import parse

    asked = parse(query)
    items = asked.items if isinstance(asked, tree.Group | tree.AllOf) else (asked,)
    years = [each for each in items if isinstance(each, tree.Filter) and each.field == "year"]
    span = years[0].value if len(years) == 1 else None
    if not isinstance(span, tree.Span) or span.low is None or span.high is None:
        return None
    days = f"dato:{span.low}" if span.low == span.high else f"dato:{span.low}..{span.high}"
    others = tuple(each for each in items if each is not years[0])
    if not others:
        return days, days
    rest = printed(msgspec.structs.replace(asked, items=others))
    return days, f"({rest}) {days}" if len(others) > 1 and isinstance(asked, tree.AllOf) else f"{rest} {days}"


class _Counted:
    """Counts what goes by."""

    def __init__(self) -> None:
        self.count = 0
        self.codes: Counter[tuple[str, str]] = Counter()
        """Of problems: how many there are of each code in each document."""

    def each(self, found: Iterable[tuple[Row, Quote]]) -> Iterator[tuple[Row, Quote]]:
        for row, quote in found:
            self.count += 1
            if "code" in row and "message" in row:
                self.codes[str(row["code"]), str(row["id"]).partition(".")[0]] += 1
            yield row, quote


def _problem_blocks(found: Iterable[tuple[Row, Quote]], most: int | None, out: Output) -> Iterator[str]:
    from pipeline.export.tables import problem_blocks

    bold = (lambda text: out.style(text, bold=True)) if out.colour else None
    yield from problem_blocks(found, out.width, bold, most)


def _blocks(found: Iterable[tuple[Row, Quote]], out: Output) -> Iterator[str]:
    from pipeline.export.tables import record_blocks

    bold = (lambda text: out.style(text, bold=True)) if out.colour else None
    yield from record_blocks(found, out.width, bold)
