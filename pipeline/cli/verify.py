"""``akt verify``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.output import data_output, output_options, talk

if TYPE_CHECKING:
    from pipeline.ingest.verify import Fault, Verified

COLUMNS = ("area", "code", "message", "path", "sha256", "healed")


@click.command(name="verify", short_help="Check that the workspace is whole; put right what is not.")
@click.option("--repair", is_flag=True, help="Put right what can be: from what is stored, from the files, or anew.")
@click.option(
    "--full", is_flag=True, help="Read every file again to compare its bytes, and try words of every document."
)
@output_options(["table", "json", "jsonl", "csv"], "table")
@click.pass_obj
def command(workspace: Workspace, repair: bool, full: bool, form: str, output: str | None) -> ExitCode:
    """Check the store, what it says of each document, the index against it, and whether the files are still there.

    Without --repair nothing is changed. With it, rows are made again from the stored reading, readings from the files,
    the index from the store, and a store whose file is damaged from what can be read of it (the old one is kept); then
    everything is looked at once more, and what could not be put right is told.

    The exit code is 6 when something is damaged (and still is, after --repair), and 3 when only files are gone or not
    what they were, another version of Akt has made the index, or the first run has not got to it: that is no damage,
    the next `akt ingest` takes it in.

    \b
    Example: akt verify --repair
    """
    workspace.open(create=False)
    from pipeline.cli.progress import progress_bar
    from pipeline.export.formats import pretty, write_rows
    from pipeline.ingest.verify import verify

    with progress_bar() as progress:
        found = verify(workspace, repair=repair, full=full, progress=progress, say=talk)
    with data_output(output) as out:
        if form == "json":
            out.write_data([f"{pretty(found)}\n"])
        elif form == "table":
            out.write_all(_lines(found.faults))
        else:
            out.write_data(write_rows(form, found.faults, COLUMNS))
    _tell(found, repair=repair)
    if found.damaged:
        return ExitCode.DAMAGED
    return ExitCode.SOME_FAILED if found.sources or found.outdated else ExitCode.DONE


def _lines(faults: list[Fault]) -> Iterator[str]:
    from pipeline.export.safety import on_one_line

    for fault in faults:
        about = fault.path or fault.sha256
        healed = " (put right)" if fault.healed else ""
        place = f"{on_one_line(about)}: " if about else ""
        yield f"{fault.area}: {place}{on_one_line(fault.message)}{healed}\n"


def _tell(found: Verified, *, repair: bool) -> None:
    from pipeline.export.layout import counted

    looked = f"Looked at {counted(found.contents, 'document')} and {counted(found.files, 'file')}"
    healed = sum(fault.healed for fault in found.faults)
    if found.waiting:
        talk(f"Waiting for the index: {counted(found.waiting, 'document')}; `akt reindex` takes them in.")
    if healed:
        talk(f"{counted(healed, 'fault')} put right.")
    if found.damaged_copy:
        talk(f"The damaged store is kept as {found.damaged_copy}.")
        talk("Run `akt ingest` with your folders next: it finds the files again whose rows were lost without a trace.")
    if found.damaged:
        cure = "`akt verify --repair` puts right what can be"
        if found.damaged_copy:
            cure = "the rest is in the new store; put back a copy of the old one, or ingest what is named again"
        elif repair:
            cure = "cannot be put right; put back a copy of the workspace, or ingest into a new one"
        talk(f"{looked}: {counted(len(found.damaged), 'fault')}; {cure}.")
    elif found.sources or found.outdated:
        sources = [f"{counted(len(found.sources), 'source')} gone or changed"] if found.sources else []
        made = "made anew" if any(fault.code == "index-outdated" for fault in found.outdated) else "there"
        index = [f"no search works before the index is {made} (`akt ingest` or `akt reindex`)"] * bool(found.outdated)
        talk(f"{looked}: the workspace is whole; {', '.join(sources + index)}.")
    else:
        talk(f"{looked}: all is well.")
