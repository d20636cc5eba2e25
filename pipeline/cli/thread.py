"""``akt thread``."""

from __future__ import annotations

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import CommandError, ExitCode
from pipeline.cli.output import data_output, output_options, talk
from pipeline.cli.show import checked_id


@click.command(name="thread", short_help="Print the conversation of a message, from all documents.")
@click.argument("id")
@output_options(["table", "json", "jsonl"], "table")
@click.pass_obj
def command(workspace: Workspace, id: str, form: str, output: str | None) -> ExitCode:
    """Print the conversation that the message ID belongs to, gathered from all documents, oldest message first.

    Each message stands once, with every place it is seen in and what the copies there lack, add or change: an edited
    quotation is shown as such. Messages are joined by their ids, by identical words, or by sender, time and words
    together; never by subject alone. What is referred to and not in the workspace is counted.

    \b
    Example: akt thread 3f2a9c1b7d20.4
    """
    wanted = checked_id(id, "Give the id of a message, as search prints it.")
    workspace.open(create=False)
    from pipeline.conversations.find import NoMessageError, conversation
    from pipeline.export.formats import json_lines, pretty
    from pipeline.export.layout import counted
    from pipeline.export.shown import NotFoundError
    from pipeline.export.threads import thread_lines

    try:
        found = conversation(workspace, wanted)
    except (NotFoundError, NoMessageError) as error:
        raise CommandError(str(error), ExitCode.NOTHING_FOUND) from error
    if "." not in wanted and found.asked_among > 1:
        talk(f"The document has {found.asked_among} messages: this is the conversation of {found.asked}.")
    with data_output(output) as out:
        if form == "json":
            out.write_data([f"{pretty(found)}\n"])
        elif form == "jsonl":
            out.write_data(json_lines(found.messages))
        else:
            bold = (lambda text: out.style(text, bold=True)) if out.colour else None
            out.write_all(thread_lines(found, out.width, bold))
    missing = len(found.not_in_workspace)
    whole = f"{counted(len(found.messages), 'message')}, {counted(found.copies, 'copy', 'copies')}"
    talk(f"{whole}; not in the workspace: {missing}")
    if form != "table":
        for note in found.notes:
            talk(note)
    return ExitCode.DONE
