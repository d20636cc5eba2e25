"""``akt saved``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import click

from corpus.cpr import mask
from corpus.workspace import Workspace
from pipeline.cli.exits import CommandError, ExitCode
from pipeline.cli.exporting import Wanted, export, export_options
from pipeline.cli.filters import QueryCommand, Typed, asked, filter_options, must_have_index, with_filters
from pipeline.cli.hits import block
from pipeline.cli.output import Output, data_output, output_options, talk
from pipeline.cli.waiting import tell_of_waiting
from pipeline.export.layout import counted
from pipeline.searches.masked import cpr_refusal

if TYPE_CHECKING:
    from pipeline.searches.saved import Fresh, Saved, SavedSearches

LIST_COLUMNS = ("name", "query", "all_words", "created", "last_run", "fresh", "shown")
MOST = 1_000_000


@click.group(name="saved", short_help="Keep searches, and print what is new since their last run.")
def command() -> None:
    """Keep searches by name, and print what each finds that it has not shown before.

    \b
    Example: akt saved add skoler 'skole* besparelse' --min-amount 1mio
             akt saved run
    """


@command.command(name="add", cls=QueryCommand, short_help="Keep a search.")
@click.argument("name", type=Typed())
@click.argument("query", type=Typed(), default="")
@filter_options
@click.option("--all-words", is_flag=True, help="Only parts with every word of QUERY, not those with most of them.")
@click.option("--from-now", is_flag=True, help="Take what is found today for shown; runs print what comes later.")
@click.pass_obj
def add(
    workspace: Workspace, /, name: str, query: str, all_words: bool, from_now: bool, **filters: str | None
) -> ExitCode:
    """Keep the search for QUERY under NAME. Nothing is printed until `akt saved run`.

    The first run prints all that is found then, or, with --from-now, only what came after today.

    \b
    Example: akt saved add skoler 'skole* besparelse' --municipality Fjordby --from-now
    """
    full = with_filters(query, filters)
    if not full:
        raise click.UsageError("There is nothing to search for: give a QUERY or a filter.")
    _must_hold_no_cpr_number(name, full)
    from index.query import parse

    with asked(full):
        parse(full)
    with _kept(workspace) as kept:
        kept.add(name, full, all_words=all_words)
        if from_now:
            run = _found(workspace, kept, [kept.named(name)], MOST)[0]
            kept.put_shown([run])
            talk(f"{counted(len(run.hits), 'hit of today is', 'hits of today are')} taken for shown")
    talk(f"Kept {name!r}: {full}")
    return ExitCode.DONE


def _must_hold_no_cpr_number(name: str, query: str) -> None:
    """It would be kept for good, and finds nothing: all that is searched is masked."""
    if mask(name) != name:
        raise click.UsageError(f"A CPR number is not kept, also not in a name ({mask(name)}): choose another name.")
    if refused := cpr_refusal(query):
        raise click.UsageError(f"A CPR number is not kept: {refused}.")


@command.command(name="list", short_help="Print the saved searches.")
@output_options(["table", "csv", "jsonl", "json"], "table")
@click.pass_obj
def list_all(workspace: Workspace, form: str, output: str | None) -> ExitCode:
    """Print the saved searches: their queries, their last run and how many hits they have shown."""
    with _kept(workspace) as kept, data_output(output) as out:
        found = kept.all()
        if form == "table":
            out.write_all(_listed(found, out))
        else:
            from pipeline.export.formats import write_rows

            out.write_data(write_rows(form, found, LIST_COLUMNS))
    talk(counted(len(found), "saved search", "saved searches"))
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


@command.command(name="remove", short_help="Forget a search.")
@click.argument("names", nargs=-1, required=True, type=Typed(), metavar="NAME...")
@click.pass_obj
def remove(workspace: Workspace, names: tuple[str, ...]) -> ExitCode:
    """Forget the searches called NAME, and what they have shown."""
    with _kept(workspace) as kept:
        for one in [kept.named(name) for name in names]:
            kept.remove(one.name)
            talk(f"Removed {one.name!r}: {one.query}")
    return ExitCode.DONE


@command.command(name="run", short_help="Print what is new since the last run.")
@click.argument("names", nargs=-1, type=Typed(), metavar="[NAME]...")
@click.option("--limit", type=click.IntRange(1, MOST), help="The most hits to print of a search; the next run goes on.")
@click.option("--keep", is_flag=True, help="Do not count what is printed as shown: the next run prints it again.")
@export_options()
@click.pass_obj
def run(workspace: Workspace, names: tuple[str, ...], limit: int | None, keep: bool, wanted: Wanted) -> ExitCode:
    """Run the searches called NAME, or all of them, and print only the hits that no run before has shown.

    Exit code 4 when nothing is new: a nightly job mails what is written at 0, and nothing at 4, where a CSV has its
    headings and no rows, as that of any other command. A message that was shown is not
    new when another thread quotes it; a file whose content has changed is. What is printed counts as shown only when
    all of it is written, so that a run that dies is made good by the next. A document that is gone and comes back is
    not new. After an update of Akt that cuts a document into other parts, these are shown again; none is left out.

    \b
    Example: akt saved run --format csv -o nyt.csv && mail -s "Nyt i postlisten" -A nyt.csv mig@avis.example </dev/null
    """
    wrong: list[str] = []
    with _kept(workspace) as kept:
        chosen = [kept.named(name) for name in dict.fromkeys(names)] if names else kept.all()
        if not chosen:
            raise CommandError("There are no saved searches yet: `akt saved add NAME QUERY` keeps one.")
        found = _found(workspace, kept, chosen, limit or MOST, wrong)
        _write(found, wanted)
        if not keep:
            kept.put_shown(found)
    for one in found:
        left = f", {one.left} more" if one.left else ""
        talk(f"{one.saved.name}: {len(one.hits)} new{left}")
    tell_of_waiting(workspace, [hit for one in found for hit in one.hits])
    for line in wrong:
        talk(line)
    if wrong:
        return ExitCode.SOME_FAILED
    return ExitCode.DONE if any(one.hits for one in found) else ExitCode.NOTHING_FOUND


@contextmanager
def _kept(workspace: Workspace) -> Iterator[SavedSearches]:
    from pipeline.searches.saved import SavedError, saved_searches

    workspace.open(create=False)
    try:
        with saved_searches(workspace) as kept:
            yield kept
    except SavedError as error:
        raise CommandError(str(error), ExitCode.USAGE) from error


def _found(
    workspace: Workspace, kept: SavedSearches, chosen: list[Saved], limit: int, wrong: list[str] | None = None
) -> list[Fresh]:
    """What is new in each search. A query that this Akt does not understand is told in ``wrong``, the others go on."""
    must_have_index(workspace)
    from index.query import QueryError
    from index.search import open_index

    found = []
    with open_index(workspace.index_dir) as searcher:
        for saved in chosen:
            try:
                found.append(kept.fresh(saved, searcher, limit))
            except QueryError as error:
                if wrong is None:
                    raise
                wrong.append(f"{saved.name}: {error.message}: remove it and add it anew ({saved.query})")
    return found


def _write(found: list[Fresh], wanted: Wanted) -> None:
    from pipeline.searches.hits import NEW_HITS, hit_row

    rows = ({"saved": one.saved.name, **hit_row(hit, wanted.form)} for one in found for hit in one.hits)
    export(wanted, NEW_HITS, rows, query=None, shown=partial(_shown, found))


def _shown(found: list[Fresh], out: Output) -> Iterator[str]:
    from pipeline.export.safety import on_one_line

    for one in found:
        if one.hits:
            yield f"{out.style(f'== {one.saved.name}: {on_one_line(one.saved.query)}', bold=True)}\n\n"
            yield from (block(hit, out) for hit in one.hits)


def _listed(found: list[Saved], out: Output) -> Iterator[str]:
    from pipeline.export.safety import on_one_line

    for one in found:
        last = f"last run {one.last_run}, {one.fresh} new" if one.last_run else "never run"
        words = " (all words)" if one.all_words else ""
        query = on_one_line(one.query)
        yield f"{out.style(one.name, bold=True)}\n    {query}{words}\n    {last}; {one.shown} shown\n\n"
