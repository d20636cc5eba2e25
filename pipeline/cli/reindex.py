"""``akt reindex``."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.output import talk
from pipeline.export.layout import counted

if TYPE_CHECKING:
    from index.engines.base import EngineName
    from pipeline.ingest.reindex import Reindexed


@click.command(name="reindex", short_help="Bring the index up to date, or build it anew.")
@click.option("--all", "everything", is_flag=True, help="Build the whole index anew.")
@click.option(
    "--engine",
    type=click.Choice(["tantivy", "whoosh"]),
    help="What keeps the index: tantivy (the default), or whoosh, pure Python and slower; searches find the same. The "
    "workspace keeps it for later runs.",
)
@click.pass_obj
def command(workspace: Workspace, everything: bool, engine: EngineName | None) -> ExitCode:
    """Bring the index up to date with what is stored; no file is looked at, and nothing is read or extracted again.

    Without --all, only what the index lacks is indexed; an index that is missing, broken or of another version of Akt
    is built anew. A new index is built beside the old one, which is searched until the new one is whole. When it is
    stopped or killed, the next `akt reindex` goes on where it was.

    \b
    Example: akt reindex --all
    """
    workspace.open(create=False)
    from pipeline.cli.progress import finish_on_interrupt, progress_bar
    from pipeline.ingest.reindex import reindex

    with finish_on_interrupt() as stopped, progress_bar() as progress:
        done = reindex(
            workspace,
            everything=everything,
            index_engine=engine,
            progress=progress,
            should_stop=lambda: bool(stopped),
        )
    _tell(done)
    if done.interrupted:
        return ExitCode.TERMINATED if signal.SIGTERM in stopped else ExitCode.INTERRUPTED
    return ExitCode.DONE


def _tell(done: Reindexed) -> None:
    if done.interrupted:
        kept = " Searches see the old index." if done.anew else ""
        talk(f"Stopped. What is indexed is kept; `akt reindex` goes on from here.{kept}")
        return
    if not done.indexed and not done.anew:
        talk("The index is up to date: nothing was to be done.")
        return
    how = "was built anew" if done.anew else "is up to date"
    more = " (begun earlier, and gone on with)" if done.went_on else ""
    held = f"{counted(done.documents, 'document')} in {counted(done.parts, 'part')} can be found in it"
    others = done.indexed - done.documents if done.anew and not done.went_on else 0
    rest = f"; the other {others} have no text, failed, or are in no folder any more" if others > 0 else ""
    talk(f"Looked at {counted(done.indexed, 'document')} of the store; the index {how}{more}: {held}{rest}.")
