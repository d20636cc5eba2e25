"""``akt ingest``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.limits import limit_option
from pipeline.cli.models import NER_HELP
from pipeline.cli.pdf_engine import pdf_engine_option


class FromEnvironment(click.Option):
    """An option that may stand in the environment: what is wrong there is said of the variable."""

    def value_from_envvar(self, ctx: click.Context) -> Any:
        """As click's. Raises UsageError for a value that is none of the option's."""
        value = super().value_from_envvar(ctx)
        try:
            self.type_cast_value(ctx, value)
        except click.BadParameter as error:
            raise click.UsageError(
                f"Invalid value in the environment variable {self.envvar}: {error.message}", ctx
            ) from error
        return value


@click.command(name="ingest", short_help="Read documents into the workspace.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--reindex", is_flag=True, help="Build the index anew from the store; needs no PATH.")
@click.option("--gone", is_flag=True, help="Mark what was at PATH as gone, though nothing at all is left there.")
@click.option(
    "--ner-model",
    metavar="NAME",
    help=f"{NER_HELP} The workspace keeps it for later runs; what was read without it is read anew.",
)
@click.option("--no-ner-model", is_flag=True, help="Drop the model that the workspace keeps, and what it found.")
@click.option(
    "--engine",
    type=click.Choice(["tantivy", "whoosh"]),
    help="What keeps the index: tantivy (the default), or whoosh, pure Python and slower; searches find the same. The "
    "workspace keeps it for later runs; an index of the other one is built anew.",
)
@pdf_engine_option(" The workspace keeps it for later runs; PDFs that the other one has read are read anew.")
@limit_option()
@click.option(
    "--workers",
    cls=FromEnvironment,
    type=click.IntRange(0, 64),
    metavar="N",
    envvar="AKT_WORKERS",
    help="Read N documents at a time, each in a process of its own, so that one that crashes or hangs costs no other. "
    "[default: the processor cores that may be used, at most 4; fewer for a few small files]  0: read in this process, "
    "without the limits of time and memory.  [env: AKT_WORKERS]",
)
@click.option("--dry-run", is_flag=True, help="Print what would be done about each file, and write nothing at all.")
@click.option(
    "--prune",
    is_flag=True,
    help="Drop for good what lies nowhere any more, of the whole workspace; needs no PATH.",
)
@click.option(
    "--reread",
    is_flag=True,
    help="Read all that is at PATH anew, though nothing about it has changed: with another --limit, say.",
)
@click.option("--failfast", is_flag=True, help="Stop at the first document that fails, with exit code 1.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors; for cron, with --report.")
@click.option(
    "--report",
    "report_file",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write what the run did to this file, as JSON; it appears when the run is over.",
)
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How stderr speaks: in sentences, or in one JSON object for each event.",
)
@click.pass_obj
def command(workspace: Workspace, /, **given: Any) -> ExitCode:
    """Read the documents at PATH, folders and files, into the workspace.

    A second run does only what is new, changed or stale. Files that are gone are marked, and no longer found; a folder
    that has been moved is followed when you ingest its new place. One that held documents and is empty or not there now
    is left as it was (is it mounted?), with exit code 1; when it is gone for good, name it once more with --gone.
    One document that cannot be read never stops the others: it is listed, and the exit code is 3.

    For a nightly run see docs/batch.md.

    \b
    Example: akt ingest ~/aktindsigt/budget2025
             akt ingest --dry-run ~/aktindsigt
             akt ingest --reread --limit pages=5000 ~/aktindsigt/budget2025/bilag.pdf
             akt ingest --quiet --report kørsel.json /srv/postliste
    """
    from pipeline.cli.running import Wishes, carry_out

    return carry_out(workspace, Wishes(**given))
