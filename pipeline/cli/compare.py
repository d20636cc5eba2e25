"""``akt compare``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import CommandError, ExitCode
from pipeline.cli.exporting import Wanted, export, export_options
from pipeline.cli.output import Output, talk
from pipeline.cli.show import checked_id
from pipeline.export.layout import counted

if TYPE_CHECKING:
    from pipeline.figures.differences import Side


@click.command(name="compare", short_help="Say which figures differ between two versions of a paper.")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@export_options()
@click.pass_obj
def command(workspace: Workspace, before: str, after: str, wanted: Wanted) -> ExitCode:
    """Say what differs between A and B, two versions of a proposal, a catalogue, a mail or any other paper.

    A and B are files, or the ids of documents or parts as search and records print them (3f2a9c1b7d20.4). Two files
    need no workspace. Proposals are paired by number and title, rows by group and label; a row that is called otherwise
    and is taken for the same says so. In running text, amounts, årsværk, dates, decisions and all other numbers are
    compared sentence by sentence, wherever the sentence stands; references, committees, people, their numbers and
    addresses are told where only one of the two names them. Also compared: titles, numbers, committees of proposals,
    and what lies inside A and B (attachments), by name.

    Figures of different units or price levels are printed beside each other and not subtracted. What was not compared
    is told on stderr: sentences that differ in words. The exit code is 0 when something differs,
    and 4 when nothing does.

    \b
    Example: akt compare forslag-v1.pdf forslag-v2.pdf
    """
    one, other = _side(workspace, before), _side(workspace, after)
    from pipeline.figures.compared import difference_lines, difference_row
    from pipeline.figures.inside_compared import compare_all
    from pipeline.figures.sheets import DIFFERENCES

    same = one.document.sha256 == other.document.sha256 and [p.index for p in one.parts] == [
        p.index for p in other.parts
    ]
    found = [] if same else list(compare_all(one, other))

    def blocks(out: Output) -> Iterator[str]:
        return difference_lines(found, out.width, (lambda text: out.style(text, bold=True)) if out.colour else None)

    export(wanted, DIFFERENCES, map(difference_row, found), query=None, shown=blocks)
    for note in _notes(one, other, same=same):
        talk(note)
    talk(f"{counted(len(found), 'difference')} between {one.name} and {other.name}.")
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


def _side(workspace: Workspace, named: str) -> Side:
    """A file where there is one of that name, else what the id names."""
    from pipeline.export.shown import NotFoundError
    from pipeline.figures.sides import side_of_file, side_of_id

    if os.path.lexists(named):
        if Path(named).is_dir():
            raise click.UsageError(f"{named} is a folder: name two files, or the ids of two documents.")
        try:
            return _read(side_of_file(Path(named)))
        except OSError as error:
            raise CommandError(f"{named} cannot be opened: {error.strerror}.") from error
    if any(mark in named for mark in ("/", os.sep)) or Path(named).suffix.lower() in (".pdf", ".txt", ".eml", ".msg"):
        raise click.UsageError(f"{named} does not exist.")
    wanted = checked_id(named, "Name two files, or the ids of two documents.")
    workspace.open(create=False)
    try:
        return _read(side_of_id(workspace, wanted))
    except NotFoundError as error:
        raise CommandError(str(error), ExitCode.NOTHING_FOUND) from error


def _read(side: Side) -> Side:
    """The side, if it could be read: what was not differs in nothing, and that says nothing."""
    from pipeline.ingest.hints import failure_of

    failure = failure_of(side.document, inside=False)
    if failure is not None:
        raise CommandError(f"{side.name} cannot be compared: {failure.reason}", ExitCode.SOME_FAILED)
    return side


def _notes(one: Side, other: Side, *, same: bool) -> list[str]:
    """What must be known before "no differences" is believed."""
    if same:
        return ["Both are the same content, byte for byte."]
    from pipeline.figures.inside_compared import reworded_in_all

    notes = []
    if words := reworded_in_all(one, other):
        notes.append(
            f"Words were not compared: {counted(words, 'sentence differs', 'sentences differ')} in more than figures."
        )
    for side in (one, other):
        unread = sum(not table.lines for part in side.parts for table in side.tables(part))
        if unread:
            what = counted(unread, "table")
            notes.append(f"Of {what} of {side.name} no line could be read: compared as printed, cell by cell.")
    return notes
