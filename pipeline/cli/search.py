"""``akt search``. Nothing here may load SQLAlchemy, spaCy or a PDF library: a search is to answer at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, get_args

import click

from corpus.patterns import late
from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.explaining import (
    answered,
    explained,
    tell_of_comparison,
    tell_of_filters,
    tell_of_minus,
    tell_of_other_staff,
    tell_of_path,
)
from pipeline.cli.exporting import Wanted, export, export_options
from pipeline.cli.filters import QueryCommand, Typed, filter_options, must_have_index, with_filters
from pipeline.cli.hits import blocks, written, written_count
from pipeline.cli.output import data_output, talk, utf8
from pipeline.cli.waiting import tell_of_waiting
from pipeline.export.layout import counted

if TYPE_CHECKING:
    from index.results import Results

# As in index.search, which is loaded only when the command runs; a test holds the two together.
Sort = Literal["relevance", "date", "-date", "amount", "-amount", "fte", "-fte"]
FACETS = ("kind", "municipality", "committee", "year", "role", "sender")
MOST = 1_000_000  # hits
MOST_SNIPPETS = 20
MOST_VALUES = 1_000
FORMATS = ("table", "json", "jsonl", "csv", "tsv", "xlsx", "parquet")
PLAIN = ("table", "json", "jsonl", "csv")
"""Written as they always were; a description beside the file and --excel-da are for tables of typed columns."""


IN_DANISH = {"relevans": "relevance", "dato": "date", "beløb": "amount", "beloeb": "amount", "årsværk": "fte"}


FILE_NAME = late(
    r"[^:\"\n]{1,200}\.(?:pdf|txt|md|eml|msg|html?|docx?|xlsx?|csv|zip|mbox|pst|ods|odt|rtf|7z|tar|gz|png|jpe?g)",
    re.IGNORECASE,
)
"""A query that ends as the name of a file does."""


class Order(click.Choice[str]):
    """What hits are sorted by, with the names that fields have in Danish."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        word = utf8(str(value)).lower()
        minus, name = ("-", word[1:]) if word.startswith("-") else ("", word)
        return super().convert(minus + IN_DANISH.get(name, name), param, ctx)


@click.command(name="search", cls=QueryCommand, short_help="Find messages, proposals and agenda items.")
@click.argument("query", type=Typed(), default="")
@filter_options
@click.option("--like", metavar="ID", type=Typed(), help="Find what is like this part (its copies left out).")
@click.option("--limit", type=click.IntRange(1, MOST), default=10, show_default=True, help="The most hits to print.")
@click.option("--offset", type=click.IntRange(0, MOST), default=0, help="Leave out this many hits at the beginning.")
@click.option(
    "--after",
    metavar="CURSOR",
    type=Typed(),
    help="Go on after the page that gave this cursor as its next, though documents were added meanwhile.",
)
@click.option(
    "--sort",
    type=Order(get_args(Sort)),
    default="relevance",
    show_default=True,
    help="The order of the hits; with - in front the last or largest first.",
)
@click.option("--all-words", is_flag=True, help="Only parts with every word of QUERY, not those with most of them.")
@click.option(
    "--snippets",
    type=click.IntRange(1, MOST_SNIPPETS),
    default=1,
    show_default=True,
    help="The most places to show of each hit, each with its page.",
)
@click.option("--facet", multiple=True, type=click.Choice(FACETS), help="Count what was found by this; repeatable.")
@click.option("--facets", "every_facet", is_flag=True, help=f"Count by all of these: {', '.join(FACETS)}.")
@click.option(
    "--facet-values",
    type=click.IntRange(1, MOST_VALUES),
    default=10,
    show_default=True,
    help="The most values to print of each facet.",
)
@click.option(
    "--explain",
    is_flag=True,
    help="Print how QUERY and --like are understood and what is looked for, not hits.",
)
@click.option("--count", is_flag=True, help="Print only how many hits there are, copies of a message once.")
@export_options("table", FORMATS)
@click.pass_obj
def command(
    workspace: Workspace,
    /,
    query: str,
    like: str | None,
    limit: int,
    offset: int,
    after: str | None,
    sort: Sort,
    all_words: bool,
    snippets: int,
    facet: tuple[str, ...],
    every_facet: bool,
    facet_values: int,
    explain: bool,
    count: bool,
    wanted: Wanted,
    **filters: str | None,
) -> ExitCode:
    """Find the messages, proposals and agenda items that QUERY describes.

    Plain words find parts that have all of them, then parts that have most. "In quotes" the words stand together; *
    ends a word early; fields narrow it down: committee:, municipality:, kind:, amount:>=1mio, date:2023..2024.
    In Danish: udvalg:, kommune:, type:, beløb:, årsværk:, dato:, år:, fra:, til:, nummer:, rolle:, status:.
    Options have Danish names, too: --udvalg, --fra, --fra-dato, --min-beløb, --antal … (docs/query-language.md).

    \b
    Example: akt search 'støttepædagog* "ekstra midler"' --committee "Børne- og Ungdomsudvalget"
             akt search besparelse --min-amount 1mio --role saving --year 2025 --facets
             akt search --like 3f2a9c1b7d20.4 kind:minutes --snippets 3

    Amount, role and year mean one amount of the part, årsværk and year one number of FTE. Facets count parts, each copy
    of a message by itself, over all that is found; hits and --count take copies once.

    --format json gives one object: hits, total, total_all (with all words), parts, exact, next, facets, did_you_mean.
    In all others the last hit has next, the cursor for --after; lines of facets come after the hits in jsonl, and take
    their place in csv, tsv, xlsx and parquet. What the columns mean is written beside a file that is tsv, xlsx, parquet
    or made with --excel-da. A cursor never repeats a hit that was shown or leaves one out; where it cannot keep that,
    or the query or the order is another, it is refused (exit code 2).
    """
    _one_kind_of_answer(after, offset, count=count, facets=every_facet or bool(facet))
    like = None if like is None else _id(like)
    workspace.open(create=False)
    must_have_index(workspace)
    full = with_filters(query, filters)
    if explain:
        return explained(workspace, full, like, wanted.form, wanted.output)
    if count:
        return _count(workspace, full, like, wanted, all_words=all_words)
    return _hits(
        workspace,
        full,
        wanted,
        limit=limit,
        offset=offset,
        after=after,
        sort=sort,
        all_words=all_words,
        like=like,
        snippets=snippets,
        facets=FACETS if every_facet else tuple(dict.fromkeys(facet)),
        facet_values=facet_values,
    )


def _one_kind_of_answer(after: str | None, offset: int, *, count: bool, facets: bool) -> None:
    """Raises UsageError for options that ask for two answers."""
    if after is not None and offset:
        raise click.UsageError("--after goes on where a page ended: leave out --offset.")
    if count and (facets or after is not None or offset):
        raise click.UsageError("--count prints one number: leave out --facet, --facets, --after and --offset.")


def _id(typed: str) -> str:
    from pipeline.cli.show import checked_id

    return checked_id(typed, "Give the id of a part, as search prints it.").lower()


def _hits(workspace: Workspace, query: str, wanted: Wanted, **options: Any) -> ExitCode:
    from index.search import search

    with answered(query):
        found = search(workspace.index_dir, query, suggest=True, **options)
    if _is_plain(wanted):
        with data_output(wanted.output) as out:
            out.write_all(blocks(found, out)) if wanted.form == "table" else out.write_data(written(wanted.form, found))
    else:
        from pipeline.searches.hits import result_rows

        export(wanted, *result_rows(found, wanted.form), query=query)
    _tell(found, query, with_cursor=wanted.form == "table")
    if ":" in query and options["like"] is None:
        tell_of_minus(workspace, query)
        if not found.hits and found.did_you_mean is None:
            tell_of_filters(workspace, query)
    tell_of_waiting(workspace, found.hits)
    return ExitCode.DONE if found.hits else ExitCode.NOTHING_FOUND


def _is_plain(wanted: Wanted) -> bool:
    return wanted.form in PLAIN and not wanted.excel_da


def _count(workspace: Workspace, query: str, like: str | None, wanted: Wanted, *, all_words: bool) -> ExitCode:
    from index.search import open_index

    with answered(query), open_index(workspace.index_dir) as searcher:
        counts = searcher.count(query, all_words=all_words, like=like)
        meant = searcher.did_you_mean(query, counts.total_all) if like is None else None
    if _is_plain(wanted):
        with data_output(wanted.output) as out:
            out.write_data(written_count(wanted.form, counts))
    else:
        from pipeline.searches.hits import COUNTS, count_row

        export(wanted, COUNTS, [count_row(counts)], query=query)
    _tell_of_slips(query, meant, counts.total)
    hits, parts = counted(counts.total, "hit"), counted(counts.parts, "part")
    each = f"{counts.total_all} with all words, {counts.total - counts.total_all} with most"
    talk(f"{hits}: {each}; {parts} with every copy of a message counted")
    tell_of_waiting(workspace)
    return ExitCode.DONE if counts.total else ExitCode.NOTHING_FOUND


def _tell(found: Results, query: str, *, with_cursor: bool) -> None:
    _tell_of_slips(query, found.did_you_mean, len(found.hits))
    talk(f"{len(found.hits)} of {'' if found.exact else 'at most '}{counted(found.total, 'hit')}")
    if found.next and with_cursor:
        talk(f"The next page: --after {found.next}")


def _tell_of_slips(query: str, meant: str | None, found: int) -> None:
    """Say which query finds more, or which municipality has a name near to one that nothing was found for."""
    if meant:
        talk(f"Did you mean: {meant}")
    if meant or found or not query:
        return
    from pipeline.export.suggest import near_names

    for wrong, near in near_names(query):
        talk(f"Nothing is of {wrong}. Did you mean {near}?")
    tell_of_other_staff(query)
    tell_of_comparison(query)
    tell_of_path(query)
    if FILE_NAME.fullmatch(query.strip().strip("'\"")):
        talk(
            "Names of files are not searched, but what stands in them: give words of the text, or an id to `akt show`."
        )
