"""``akt extract``."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import ExitCode
from pipeline.cli.output import data_output, output_options, talk

if TYPE_CHECKING:
    from corpus.model import Document
    from pipeline.extract import Options


@click.command(name="extract", short_help="Print what is in a file; needs no workspace.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@output_options(["jsonl", "json"], "jsonl")
@click.option(
    "--document-date",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="ISO",
    help="Read short dates (d. 3/5) against this date where the document carries none, as in 2024-03-05.",
)
@click.option("--show-identifiers", is_flag=True, help="Do not mask CPR numbers.")
def command(
    files: tuple[str, ...], form: str, output: str | None, document_date: dt.datetime | None, show_identifiers: bool
) -> ExitCode:
    """Print what is in FILE: its parts, records, tables and problems. Needs no workspace; - is standard input.

    One JSON object per file. A file that cannot be read is printed with its problem (exit code 3).

    \b
    Example: akt extract forslag.pdf --format json
    """
    for name in files:
        if name != "-" and Path(name).is_dir():
            raise click.UsageError(f"{name} is a folder: use `akt ingest {name}`, or name the files in it ({name}/*).")
    from pipeline.export.formats import json_array, json_lines, pretty
    from pipeline.extract import Options

    date = document_date.date() if document_date else None
    run = _Extraction(files, Options(document_date=date, show_identifiers=show_identifiers))
    with data_output(output) as out:
        if form == "jsonl":
            out.write_all(json_lines(run.documents()))
        elif len(files) == 1:
            out.write_all(f"{pretty(document)}\n" for document in run.documents())
        else:
            out.write_all(json_array(run.documents()))
    return ExitCode.SOME_FAILED if run.failed else ExitCode.DONE


class _Extraction:
    """The documents of the named files, one at a time; what fails is said on stderr and counted."""

    def __init__(self, files: Sequence[str], options: Options) -> None:
        self._files, self._options = files, options
        self.failed = 0

    def documents(self) -> Iterator[Document]:
        from pipeline.extract import extract_bytes

        for name in self._files:
            try:
                data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            except OSError as error:
                self._say(name, f"The file cannot be opened: {error.strerror}.")
                continue
            document = extract_bytes(data, name, self._options)
            self._look_for_failures(document, inside=False)
            yield document

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
