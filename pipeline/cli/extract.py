"""``akt extract``."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.cpr import mask_in_name
from pipeline.cli.exits import ExitCode
from pipeline.cli.limits import limit_option
from pipeline.cli.models import NER_HELP, check_model
from pipeline.cli.output import Output, data_output, output_options, talk, utf8
from pipeline.cli.pdf_engine import pdf_engine_option

if TYPE_CHECKING:
    from corpus.limits import Limits
    from corpus.model import Document
    from corpus.options import PdfEngine
    from pipeline.extract import Options


class Day(click.ParamType[dt.date]):
    """A day, as the query language has them: 2024-03-05, 05-03-2024, 5/3/2024, "5. marts 2024"."""

    name = "date"

    def convert(self, value: str | dt.date, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        from index.values import date

        try:
            span = date(utf8(str(value)))
            if span.low is not None and span.low == span.high:
                return dt.date(span.low // 10_000, span.low // 100 % 100, span.low % 100)
        except ValueError:
            pass
        return self.fail(f"{value} is no day: write it as YYYY-MM-DD, as in 2024-03-05.", param, ctx)


@click.command(name="extract", short_help="Print what is in a file; needs no workspace.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@output_options(["jsonl", "json"], "jsonl")
@click.option(
    "--document-date",
    type=Day(),
    metavar="DATE",
    help="Read short dates (d. 3/5) against this date where the document carries none: 2024-03-05 or 5. marts 2024.",
)
@click.option("--show-identifiers", is_flag=True, help="Do not mask CPR numbers.")
@click.option("--ner-model", metavar="NAME", help=NER_HELP)
@pdf_engine_option(default="pdfium")
@limit_option()
def command(
    files: tuple[str, ...],
    form: str,
    output: str | None,
    document_date: dt.date | None,
    show_identifiers: bool,
    ner_model: str | None,
    pdf_engine: PdfEngine,
    limits: Limits,
) -> ExitCode:
    """Print what is in FILE: its parts, records, tables and problems. Needs no workspace; - is standard input.

    One JSON object per file. A file that cannot be read, or not within the limits of time and memory (--limit), is
    printed with its problem (exit code 3).

    \b
    Example: akt extract forslag.pdf --format json
    """
    _check(files)
    from corpus.options import ReadOptions
    from pipeline.cli.progress import page_bar
    from pipeline.extract import Options

    check_model(ner_model)
    with page_bar() as show, data_output(output) as out:
        options = Options(
            document_date=document_date,
            show_identifiers=show_identifiers,
            ner_model=ner_model or None,
            reading=ReadOptions(pdf_engine=pdf_engine, on_page=partial(show, "pages") if show else None),
            on_page=partial(show, "tables") if show else None,
            in_blocks=True,
        )
        run = _Extraction(files, options, limits)
        with closing(run):
            _write(run, form, out, one=len(files) == 1)
    return ExitCode.SOME_FAILED if run.failed else ExitCode.DONE


def _check(files: Sequence[str]) -> None:
    """Raises UsageError for a folder, and where the only file is not there."""
    for name in files:
        if name != "-" and Path(name).is_dir():
            raise click.UsageError(f"{name} is a folder: use `akt ingest {name}`, or name the files in it ({name}/*).")
    if len(files) == 1 and files[0] != "-" and not os.path.lexists(files[0]):
        raise click.UsageError(f"{mask_in_name(files[0])} does not exist.")


def _write(run: _Extraction, form: str, out: Output, *, one: bool) -> None:
    from pipeline.export.formats import json_array, pretty_pieces

    if form == "jsonl":
        out.write_data(run.lines())
    elif one:
        for document in run.documents():
            out.write_data(pretty_pieces(document))
            out.write("\n")
    else:
        out.write_data(json_array(run.documents()))


class _Extraction:
    """The documents of the named files, one at a time; what fails is said on stderr and counted."""

    def __init__(self, files: Sequence[str], options: Options, limits: Limits) -> None:
        from pipeline.unpacking import Extractor

        self._files, self._limits = files, limits
        self._extractor = Extractor(options, limits)
        self.failed = 0

    def close(self) -> None:
        """Ends the process in which files are extracted."""
        self._extractor.close()

    def documents(self) -> Iterator[Document]:
        """One document per file, with everything inside it."""
        for document, children in self._opened():
            yield document() if children is None else self._whole(document, children)

    def lines(self) -> Iterator[str]:
        """One JSON object per file; the members of a large container are written while they are read."""
        from pipeline.export.formats import json_lines, streamed_line

        for document, children in self._opened():
            if children is None:
                yield from json_lines([document()])
            else:
                yield from streamed_line(children, document)

    def _whole(self, document: Callable[[], Document], children: Iterator[Document]) -> Document:
        from msgspec.structs import replace

        held = list(children)
        return replace(document(), children=held)

    def _opened(self) -> Iterator[tuple[Callable[[], Document], Iterator[Document] | None]]:
        """For each file how to get its document; for a large container the children too, which come first."""
        from pipeline.unpacking import unpacking

        for name in self._files:
            try:
                is_pipe = name == "-" or not Path(name).is_file()
                large = None if is_pipe else unpacking(Path(name), name, self._extractor, self._limits)
                if large is not None:
                    yield self._told(large.document, inside=False), self._each(large.children())
                    continue
                if is_pipe:
                    document = self._extractor.bytes_of(self._data(name), name)
                else:
                    document = self._extractor.file(Path(name), name)
            except OSError as error:
                self._say(name, f"The file cannot be opened: {error.strerror}.")
                continue
            yield self._told(partial(_same, document), inside=False), None

    def _data(self, name: str) -> bytes:
        """No more than shows that it is too large: a device may have no end."""
        most = self._limits.file_size + 1
        if name == "-":
            return sys.stdin.buffer.read(most)
        with Path(name).open("rb") as file:
            return file.read(most)

    def _told(self, extract: Callable[[], Document], *, inside: bool) -> Callable[[], Document]:
        def told() -> Document:
            document = extract()
            self._look_for_failures(document, inside=inside)
            return document

        return told

    def _each(self, children: Iterator[Document]) -> Iterator[Document]:
        for child in children:
            self._look_for_failures(child, inside=True)
            yield child

    def _look_for_failures(self, document: Document, *, inside: bool) -> None:
        from pipeline.ingest.hints import failure_of

        failure = failure_of(document, inside=inside)
        if failure is not None:
            self._say(document.path, failure.reason)
        for child in document.children:
            self._look_for_failures(child, inside=True)

    def _say(self, path: str, reason: str) -> None:
        self.failed += 1
        talk(f"akt: {path}: {reason}")


def _same(document: Document) -> Document:
    return document
