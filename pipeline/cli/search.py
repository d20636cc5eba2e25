"""``akt search``. Nothing here may load SQLAlchemy, spaCy or a PDF library: a search is to answer at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, get_args

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.filters import Typed, asked, filter_options, must_have_index, with_filters
from pipeline.cli.output import Output, data_output, output_options, talk

if TYPE_CHECKING:
    from index.results import Hit, Results

# As in index.search, which is loaded only when the command runs; a test holds the two together.
Sort = Literal["relevance", "date", "-date", "amount", "-amount", "fte", "-fte"]
MOST = 1_000_000  # hits
COLUMNS = ("rank", "score", "match", "id", "path", "part", "kind", "title", "date", "committee", "municipality", "page")


@click.command(name="search", short_help="Find messages, proposals and agenda items.")
@click.argument("query", type=Typed(), default="")
@filter_options
@click.option("--limit", type=click.IntRange(1, MOST), default=10, show_default=True, help="The most hits to print.")
@click.option("--offset", type=click.IntRange(0, MOST), default=0, help="Leave out this many hits at the beginning.")
@click.option(
    "--sort",
    type=click.Choice(get_args(Sort)),
    default="relevance",
    show_default=True,
    help="The order of the hits; with - in front the last or largest first.",
)
@click.option("--all-words", is_flag=True, help="Only parts with every word of QUERY, not those with most of them.")
@output_options(["table", "json", "jsonl", "csv"], "table")
@click.pass_obj
def command(
    workspace: Workspace,
    /,
    query: str,
    limit: int,
    offset: int,
    sort: Sort,
    all_words: bool,
    form: str,
    output: str | None,
    **filters: str | None,
) -> ExitCode:
    """Find the messages, proposals and agenda items that QUERY describes.

    Plain words find parts that have all of them, then parts that have most. "In quotes" the words stand together; *
    ends a word early; fields narrow it down: committee:, municipality:, kind:, amount:>=1mio, date:2023..2024.
    In Danish: udvalg:, kommune:, type:, beløb:, årsværk:, dato:, år:, fra:, til:, nummer:, rolle:, status:.

    \b
    Example: akt search 'støttepædagog* "ekstra midler"' --committee "Børne- og Ungdomsudvalget"
    """
    workspace.open(create=False)
    must_have_index(workspace)
    from index.search import search
    from pipeline.export.formats import write_rows

    full = with_filters(query, filters)
    with asked(full):
        found = search(workspace.index_dir, full, limit=limit, offset=offset, sort=sort, all_words=all_words)
    with data_output(output) as out:
        if form == "table":
            out.write_all(_blocks(found, out))
        else:
            out.write_all(write_rows(form, found.hits, [*COLUMNS, "snippet", "matches", "also_in"]))
    if not found.hits:
        _suggest(full)
    talk(f"{len(found.hits)} of {'' if found.exact else 'at most '}{found.total} hits")
    return ExitCode.DONE if found.hits else ExitCode.NOTHING_FOUND


def _suggest(query: str) -> None:
    """Say which municipality has a name near to one that nothing was found for."""
    from pipeline.export.suggest import near_names

    for wrong, near in near_names(query):
        talk(f"Nothing is of {wrong}. Did you mean {near}?")


def _day_and_time(date: str | None) -> str | None:
    """ "2024-03-18T08:12:00+01:00" as a person reads it: "2024-03-18 08:12"."""
    return date[:16].replace("T", " ") if date else None


def _blocks(found: Results, out: Output) -> Iterator[str]:
    for hit in found.hits:
        yield _block(hit, out)


def _block(hit: Hit, out: Output) -> str:
    from pipeline.export.safety import on_one_line
    from pipeline.export.tables import marked, place, wrapped

    title = on_one_line(hit.title or "(no title)")
    some = "some of the words" if hit.match == "some" else None
    about = [hit.kind, hit.committee, hit.municipality, _day_and_time(hit.date), some]
    bold = (lambda text: out.style(text, bold=True)) if out.colour else None
    lines = [
        out.style(wrapped(f"{hit.rank}. {title}", out.width, ""), bold=True),
        wrapped(on_one_line(" · ".join(filter(None, about))), out.width),
        out.style(wrapped(f"{place(hit.path, hit.page)}  [{hit.id}]", out.width), fg="cyan"),
        marked(hit.snippet, hit.matches, out.width, bold),
    ]
    if hit.also_in:
        lines.append(wrapped(f"also in: {on_one_line(', '.join(hit.also_in))}", out.width))
    return "\n".join(lines) + "\n\n"
