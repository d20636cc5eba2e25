"""``akt show``."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import CommandError, ExitCode
from pipeline.cli.output import data_output, escaped, output_options, talk

if TYPE_CHECKING:
    from pipeline.export.shown import Shown

ID_LETTERS = frozenset("0123456789abcdefghijklmnopqrstuvwxyz.-_")


@click.command(name="show", short_help="Print a document, a part or a record.")
@click.argument("id")
@click.option("--page", type=click.IntRange(1), metavar="N", help="The page to draw; a record's own is known.")
@click.option(
    "--image",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.png",
    help="Draw a page of a PDF, with boxes around what was read there, in the place of printing.",
)
@output_options(["table", "json"], "table")
@click.pass_obj
def command(
    workspace: Workspace, id: str, page: int | None, image: Path | None, form: str, output: str | None
) -> ExitCode:
    """Print a document, a part or a record by its ID, as search and records give it; its beginning is enough.

    With it stand its links, where they are known: what its references point to, which references of other papers point
    to it, and for a message the decisions it may be about, each with what speaks for that.

    With --image, the page is painted from the source file, which must be the one that was read: every record on it has
    a box; of a record's ID, its own alone. CPR numbers are blacked out, but not those that only a picture shows.

    \b
    Example: akt show 3f2a9c1b7d20.4
             akt show 3f2a9c1b7d20.4.amount.118 --image bevis.png
    """
    if page is not None and image is None:
        raise click.UsageError("--page is for --image FILE.png, which names the picture to draw.")
    if image is not None and image.suffix.lower() != ".png":
        raise click.UsageError(f"{image}: the picture is a PNG; end its name in .png.")
    wanted = checked_id(id, "Give the id of a document, a part or a record, as search and records print it.")
    workspace.open(create=False)
    from pipeline.export.formats import pretty
    from pipeline.export.shown import NotFoundError, find, lines

    try:
        shown = find(workspace, wanted)
    except NotFoundError as error:
        raise CommandError(str(error), ExitCode.NOTHING_FOUND) from error
    if image is not None:
        _draw(workspace, shown, page, image)
        return ExitCode.DONE
    with data_output(output) as out:
        if form == "json":
            out.write_data([f"{pretty(shown)}\n"])
        else:
            bold = (lambda text: out.style(text, bold=True)) if out.colour else None
            out.write_all(lines(shown, out.width, bold, out.table_width))
    return ExitCode.DONE


def _draw(workspace: Workspace, shown: Shown, page: int | None, image: Path) -> None:
    """Raises CommandError where there is no picture, or no page is named and none is known."""
    from corpus.store.database import open_store, sqlite_url
    from pipeline.export.saving import save_picture
    from pipeline.figures.pictures import NoPictureError, page_picture

    about = shown.records[0] if shown.id.count(".") > 1 and shown.records else None
    first = [part.page_first for part in shown.parts] if shown.id.count(".") == 1 else []
    number = next(filter(None, (about.page if about else None, page, *first)), None)
    if number is None and shown.document.pages:
        order = f"akt show {shown.id} --page 1 --image {shlex.quote(str(image))}"
        raise CommandError(f"Name the page to draw: {order}", ExitCode.USAGE)
    if number is None:
        raise CommandError(f"No picture of {shown.id}: only a PDF has pages to draw.")
    if about is not None and page not in (None, number):
        raise CommandError(f"{shown.id} stands on page {number}: leave --page out.", ExitCode.USAGE)
    if about is not None and about.bbox is None:
        raise CommandError(f"It is not known where on page {number} {shown.id} stands.", ExitCode.NOTHING_FOUND)
    try:
        with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
            picture = page_picture(connection, shown.document, shown.records, number, about, shown.id)
        save_picture(image, picture)
    except NoPictureError as error:
        raise CommandError(f"No picture of {shown.id}: {str(error).rstrip('.')}.") from error
    except OSError as error:
        raise CommandError(f"{image} cannot be written: {error.strerror}.") from error
    talk(f"Page {number} of {shown.document.path} drawn: {image}")


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
