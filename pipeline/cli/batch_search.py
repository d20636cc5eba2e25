"""``akt batch-search``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import CommandError, ExitCode
from pipeline.cli.exporting import Wanted, export, export_options
from pipeline.cli.filters import FILTERS, must_have_index, with_filters
from pipeline.cli.output import Output, talk
from pipeline.cli.search import MOST, Sort
from pipeline.cli.waiting import tell_of_waiting
from pipeline.export.layout import counted

if TYPE_CHECKING:
    from pipeline.searches.batch import Tally
    from pipeline.searches.queries import QueryFile

NAMED_LINES = 10  # in what is said at the end


@click.command(name="batch-search", short_help="Search for all queries of a file in one go.")
@click.argument("queries", type=click.Path(dir_okay=False, allow_dash=True), metavar="QUERIES")
@click.option("--limit", type=click.IntRange(1, MOST), default=100, show_default=True, help="The most hits of a query.")
@click.option(
    "--sort", type=click.Choice(get_args(Sort)), default="relevance", show_default=True, help="As in `akt search`."
)
@click.option("--all-words", is_flag=True, help="Only parts with every word of a query, not those with most of them.")
@click.option("--counts", is_flag=True, help="One row for each query: how many hits it has, and none of them.")
@export_options("csv", on_terminal="table")
@click.pass_obj
def command(
    workspace: Workspace,
    queries: str,
    limit: int,
    sort: Sort,
    all_words: bool,
    counts: bool,
    wanted: Wanted,
) -> ExitCode:
    """Search for all queries of the file QUERIES (- is standard input) and print their hits as one table.

    The file is a CSV whose first line names its columns, with commas, semicolons or tabs between them, in UTF-8 or as
    Excel writes it. The column query (søgning) has the words; columns named as filters of `akt search` narrow them
    down: committee, municipality, kind, from, to, path, from_date, to_date, min_amount, max_amount, min_fte, max_fte,
    role, year, status; in Danish udvalg, kommune, mappe, fra_dato, min_beløb, … Other columns are yours and are copied,
    CPR numbers in them masked.
    A file that ends in .txt has one query on each line.

    Each hit is a row: line (of the query in the file), your columns, query, total and total_all (its hits, and those of
    them with all words), then what `akt search` prints. A query without a hit has one row, with total 0. One that
    cannot be answered has one row with its error; the others go on, and the exit code is 3. At a terminal, the hits are
    listed below their queries.

    \b
    Example: akt batch-search virksomheder.csv -o fund.csv
             akt batch-search navne.txt --counts
    """
    asked = _asked(queries)
    workspace.open(create=False)
    must_have_index(workspace)
    from index.search import open_index
    from pipeline.masking import mask_name
    from pipeline.searches.batch import Batch
    from pipeline.searches.shown import batch_lines

    with open_index(workspace.index_dir) as searcher:
        batch = Batch(searcher, asked, with_filters, limit=limit, sort=sort, all_words=all_words)
        rows = batch.rows(wanted.form, counts=counts)

        def blocks(out: Output) -> Iterator[str]:
            return batch_lines(rows, out.width, (lambda text: out.style(text, bold=True)) if out.colour else None)

        export(wanted, batch.sheet(counts=counts), rows, query=None, shown=blocks)
    if asked.own:
        talk(f"Copied from the file, no filters: {mask_name(', '.join(asked.own))}")
        if masked := batch.tally.masked:
            talk(f"CPR numbers are masked in {counted(masked, 'cell')} of these columns")
    tell_of_waiting(workspace)
    return _sum_up(batch.tally, limit)


def _asked(queries: str) -> QueryFile:
    from pipeline.searches.queries import QueryFileError, read_queries

    try:
        asked = read_queries(_data(queries), tuple(FILTERS), plain=queries.lower().endswith(".txt"))
    except QueryFileError as error:
        raise CommandError(f"{queries}: {error}", ExitCode.USAGE) from error
    if not asked.asked:
        raise CommandError(f"{queries} has no query.", ExitCode.USAGE)
    return asked


def _data(queries: str) -> bytes:
    if queries == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(queries).read_bytes()
    except OSError as error:
        raise CommandError(f"{queries} cannot be read: {error.strerror}.", ExitCode.USAGE) from error


def _sum_up(tally: Tally, limit: int) -> ExitCode:
    quiet = tally.asked - tally.found - len(tally.wrong)
    talk(f"{counted(tally.asked, 'query', 'queries')}: {tally.found} found something, {quiet} nothing")
    if tally.cut:
        talk(f"More than {counted(limit, 'hit')}, not all printed (--limit): line{_lines(tally.cut)}")
    if tally.wrong:
        talk(f"Not answered, see the column error: line{_lines(tally.wrong)}")
        return ExitCode.SOME_FAILED
    return ExitCode.DONE if tally.found else ExitCode.NOTHING_FOUND


def _lines(lines: list[int]) -> str:
    shown = ", ".join(map(str, lines[:NAMED_LINES]))
    more = f" and {len(lines) - NAMED_LINES} more" if len(lines) > NAMED_LINES else ""
    return f"{'' if len(lines) == 1 else 's'} {shown}{more}"
