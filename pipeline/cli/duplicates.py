"""``akt duplicates``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
import msgspec

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.exporting import Wanted, export, export_options
from pipeline.cli.filters import QueryCommand, Typed, asked, must_have_index
from pipeline.cli.output import talk
from pipeline.export.layout import counted

if TYPE_CHECKING:
    from pipeline.figures.alike import Alike

LOWEST = 50


@click.command(name="duplicates", cls=QueryCommand, short_help="Group documents that are nearly the same.")
@click.argument("query", type=Typed(), required=False)
@click.option(
    "--at-least",
    type=click.IntRange(LOWEST, 100),
    default=80,
    show_default=True,
    metavar="PERCENT",
    help="How much of their text must be the same.",
)
@export_options()
@click.pass_obj
def command(workspace: Workspace, query: str | None, at_least: int, wanted: Wanted) -> ExitCode:
    """Group documents that are nearly the same: drafts, versions, reprints, letters that were sent to many.

    The text is compared in runs of five words; what is printed is the share of runs that a document has in common with
    the first of its group, give or take 4 percent. What is the same byte for byte is one document in several places.
    With QUERY, only groups with a document that has all its words. `akt compare A B` says what differs.

    \b
    Example: akt duplicates --at-least 90
    """
    workspace.open(create=False)
    if query:
        must_have_index(workspace)
    from corpus.store.database import open_store, sqlite_url
    from pipeline.export.records import parts_found
    from pipeline.figures.alike import near_duplicates
    from pipeline.figures.sheets import ALIKE

    with asked(query or ""):
        parts = frozenset(parts_found(workspace, query)) if query else None
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        found = list(near_duplicates(connection, at_least / 100, parts))
    export(
        wanted, ALIKE, map(msgspec.structs.asdict, found), query=query, shown=lambda out: _lines(found, out.table_width)
    )
    groups = counted(len({each.group for each in found}), "group")
    talk(f"{counted(len(found), 'document')} in {groups}, at least {at_least} % alike.")
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


def _lines(found: list[Alike], room: int) -> Iterator[str]:
    from pipeline.export.layout import beside_or_below
    from pipeline.export.safety import on_one_line

    for group in dict.fromkeys(each.group for each in found):
        yield f"{'' if group == 1 else chr(10)}group {group}\n"
        yield beside_or_below(
            [
                [f"  {each.likeness:.0%}", each.id, str(each.document_date or ""), on_one_line(each.path)]
                for each in found
                if each.group == group
            ],
            room,
        )
