"""``akt tables``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.cpr import mask_digits
from pipeline.cli.exits import CommandError, ExitCode
from pipeline.cli.output import Output, data_output, output_options, talk
from pipeline.cli.pdf_engine import pdf_engine_option

if TYPE_CHECKING:
    from corpus.model import Document
    from corpus.options import PdfEngine
    from corpus.reading import Reading
    from pipeline.export.grids import FoundTables


@click.command(name="tables", short_help="Print the tables of files, and draw what was read; needs no workspace.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--draw",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Save each PDF page that has a table as a PNG in this folder, with what was read drawn over it.",
)
@click.option("--all-pages", is_flag=True, help="Draw the pages without a table too.")
@click.option("--show-identifiers", is_flag=True, help="Do not mask CPR numbers, nor black them out in the pictures.")
@pdf_engine_option(default="pdfium")
@output_options(["table", "json", "csv"], "table")
def command(
    files: tuple[str, ...],
    draw: Path | None,
    all_pages: bool,
    show_identifiers: bool,
    pdf_engine: PdfEngine,
    form: str,
    output: str | None,
) -> ExitCode:
    """Print the tables of FILE and of its attachments, each as printed and as it was read. Needs no workspace.

    A budget table is followed by its figures in kr. and årsværk under their years, and by the sums that do not hold.
    The CSV has one row for each printed cell. - is standard input.

    With --draw, you see where each figure was read: grey boxes are words, red lines are drawn ones, orange boxes
    shading, blue boxes cells with the numbers of row and column, and the green text below a cell is its value. CPR
    numbers are blacked out, but not those that only a picture in the page shows.

    \b
    Example: akt tables forslag.pdf --draw billeder
    """
    for name in files:
        if name != "-" and Path(name).is_dir():
            raise click.UsageError(f"{name} is a folder: name the files in it ({name}/*).")
    if len(files) == 1 and files[0] != "-" and not os.path.lexists(files[0]):
        raise click.UsageError(f"{mask_digits(files[0])} does not exist.")
    if all_pages and draw is None:
        raise click.UsageError("--all-pages is for --draw DIR, which names the folder of the pictures.")
    run = _Run(files, draw, all_pages=all_pages, show_identifiers=show_identifiers, pdf_engine=pdf_engine)
    with data_output(output) as out:
        _write(run, form, out)
    run.sum_up()
    if run.failed:
        return ExitCode.SOME_FAILED
    return ExitCode.DONE if run.count else ExitCode.NOTHING_FOUND


def _write(run: _Run, form: str, out: Output) -> None:
    from pipeline.export.grids import table_blocks, table_csv, table_json

    if form == "json":
        out.write_data(table_json(run.tables()))
    elif form == "csv":
        out.write_data(table_csv(run.tables()))
    else:
        bold = (lambda text: out.style(text, bold=True)) if out.colour else None
        for found in run.tables():
            out.write_all(table_blocks(found, out.width, bold))


class _Run:
    """The tables of the named files, one document at a time; what fails is said on stderr and counted."""

    def __init__(
        self,
        files: Sequence[str],
        draw: Path | None,
        *,
        all_pages: bool,
        show_identifiers: bool,
        pdf_engine: PdfEngine,
    ) -> None:
        self._files, self._draw = files, draw
        self._all_pages, self._show, self._engine = all_pages, show_identifiers, pdf_engine
        self._names: set[str] = set()
        self.failed = self.count = self.pictures = 0

    def tables(self) -> Iterator[FoundTables]:
        """The tables of each document; its pictures are saved on the way."""
        from pipeline.export.grids import tables_of

        for name in self._files:
            try:
                data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            except OSError as error:
                self._say(name, f"The file cannot be opened: {error.strerror}.")
                continue
            for document, reading, content in self._documents(data, name, 0):
                self.count += len(document.tables)
                if self._draw is not None:
                    self._save(document, reading, content)
                yield tables_of(document)

    def sum_up(self) -> None:
        talk(f"{self.count} table{'' if self.count == 1 else 's'}")
        if self._draw is not None:
            what = f"{self.pictures} picture{'' if self.pictures == 1 else 's'} in {self._draw}"
            talk(
                what
                if self.pictures
                else "No page was drawn: only PDF pages with a table are, or with --all-pages all."
            )

    def _documents(self, data: bytes, path: str, depth: int) -> Iterator[tuple[Document, Reading, bytes]]:
        """The document and those inside it, each with its unmasked reading and its bytes."""
        from corpus.identity import content_hash
        from corpus.limits import DEFAULT_LIMITS
        from corpus.options import ReadOptions
        from pipeline.extract import Options, extract, member_names, read_document
        from pipeline.masking import mask_names, mask_reading

        reading = read_document(
            data, path, Options(show_identifiers=True, reading=ReadOptions(pdf_engine=self._engine))
        )
        shown = reading if self._show else mask_reading(reading)
        options = Options(show_identifiers=self._show)
        document = extract(shown, path=path, name=None, sha256=content_hash(data), options=options)
        self._look_for_failures(document, inside=depth > 0)
        yield document, reading, data
        children = (reading if self._show else mask_names(reading)).children if depth < DEFAULT_LIMITS.depth else []
        for name, child in zip(member_names(children), children, strict=True):
            yield from self._documents(child.data, f"{path}!{name}", depth + 1)

    def _save(self, document: Document, reading: Reading, data: bytes) -> None:
        from corpus.readers.pdf import MEDIA_TYPE
        from pipeline.export.drawing import drawn_pages, pages_to_draw

        assert self._draw is not None
        if reading.media_type != MEDIA_TYPE:
            return
        numbers = pages_to_draw(reading, document.tables, all_pages=self._all_pages)
        stem = self._stem(document.path)
        for number, png in drawn_pages(data, reading, document.tables, numbers, show_identifiers=self._show):
            if png is None:
                self._say(document.path, f"Page {number} cannot be painted; there is no picture of it.")
                continue
            place = self._draw / f"{stem}-p{number:03}.png"
            try:
                self._draw.mkdir(parents=True, exist_ok=True)
                place.write_bytes(png)
            except OSError as error:
                raise CommandError(f"{place} cannot be written: {error.strerror}.") from error
            self.pictures += 1

    def _stem(self, path: str) -> str:
        """A name for a document's pictures, no two alike: "brev.eml!bilag.pdf" is "brev.eml!bilag"."""
        outer, *inner = path.split("!")
        name = "!".join(
            [Path(outer).name if outer != "-" else "stdin", *(part.replace("/", "_") for part in inner)]
        ).removesuffix(".pdf")
        stem, count = name, 1
        while stem in self._names:
            count += 1
            stem = f"{name} ({count})"
        self._names.add(stem)
        return stem

    def _look_for_failures(self, document: Document, *, inside: bool) -> None:
        from pipeline.ingest.hints import failure_of

        failure = failure_of(document, inside=inside)
        if failure is not None:
            self._say(document.path, failure.reason)

    def _say(self, path: str, reason: str) -> None:
        self.failed += 1
        talk(f"akt: {path}: {reason}")
