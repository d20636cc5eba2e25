"""``akt show``."""

from __future__ import annotations

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import CommandError, ExitCode
from pipeline.cli.output import data_output, escaped, output_options

ID_LETTERS = frozenset("0123456789abcdefghijklmnopqrstuvwxyz.-_")


@click.command(name="show", short_help="Print a document, a part or a record.")
@click.argument("id")
@output_options(["table", "json"], "table")
@click.pass_obj
def command(workspace: Workspace, id: str, form: str, output: str | None) -> ExitCode:
    """Print a document, a part or a record by its ID, as search and records give it; its beginning is enough.

    With it stand its links, where they are known: what its references point to, which references of other papers point
    to it, and for a message the decisions it may be about, each with what speaks for that.

    \b
    Example: akt show 3f2a9c1b7d20.4
    """
    wanted = checked_id(id, "Give the id of a document, a part or a record, as search and records print it.")
    workspace.open(create=False)
    from pipeline.export.formats import pretty
    from pipeline.export.shown import NotFoundError, find, lines

    try:
        shown = find(workspace, wanted)
    except NotFoundError as error:
        raise CommandError(str(error), ExitCode.NOTHING_FOUND) from error
    with data_output(output) as out:
        if form == "json":
            out.write_data([f"{pretty(shown)}\n"])
        else:
            out.write_all(lines(shown, out.width, (lambda text: out.style(text, bold=True)) if out.colour else None))
    return ExitCode.DONE


def checked_id(id: str, hint: str) -> str:
    """An id as it was typed, without the brackets that the output puts around it.

    Raises UsageError with the hint for none, CommandError for what cannot be one.
    """
    named = id.strip().removeprefix("[").removesuffix("]").strip()
    if not named:
        raise click.UsageError(hint)
    if not set(named.lower()) <= ID_LETTERS:
        told = f'"{escaped(id[:80])}" is no id: give one as search and records print it, like 3f2a9c1b7d20.4.'
        raise CommandError(told, ExitCode.NOTHING_FOUND)
    if named.endswith("."):
        told = f'"{named[:80]}" ends in a dot: put the number of a part behind it, or leave the dot out.'
        raise CommandError(told, ExitCode.NOTHING_FOUND)
    return named
