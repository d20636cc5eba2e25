"""``akt tables``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.cpr import mask_in_name
from corpus.workspace import Workspace, WorkspaceError
from pipeline.cli.exits import CommandError, ExitCode
from pipeline.cli.explaining import tell_of_minus
from pipeline.cli.exporting import Wanted, describe, export, export_options
from pipeline.cli.filters import QueryCommand, Typed, asked, must_have_index
from pipeline.cli.limits import limit_option
from pipeline.cli.output import data_output, talk
from pipeline.cli.pdf_engine import pdf_engine_option
from pipeline.cli.readings import Files, Id, Query, told_apart
from pipeline.export.layout import counted

if TYPE_CHECKING:
    from corpus.limits import Limits
    from corpus.model import Document
    from corpus.options import PdfEngine
    from corpus.reading import Reading
    from pipeline.export.grids import FoundTable, FoundTables


@click.command(name="tables", cls=QueryCommand, short_help="Print the tables of files or of the workspace; draw them.")
@click.argument("what", nargs=-1, metavar="[FILE...|ID|QUERY]")
@click.option(
    "--query", type=Typed(), help="The tables of the workspace that this query finds, whatever it looks like."
)
@click.option("--all", "everything", is_flag=True, help="All tables of the workspace.")
@click.option(
    "--draw",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Save each PDF page that has a table as a PNG in this folder, with what was read drawn over it.",
)
@click.option("--all-pages", is_flag=True, help="Draw the pages without a table too.")
@click.option("--show-identifiers", is_flag=True, help="Do not mask CPR numbers, nor black them out in the pictures.")
@pdf_engine_option(default="pdfium")
@limit_option()
@export_options()
@click.pass_obj
def command(
    workspace: Workspace,
    what: tuple[str, ...],
    query: str | None,
    everything: bool,
    draw: Path | None,
    all_pages: bool,
    show_identifiers: bool,
    pdf_engine: PdfEngine,
    limits: Limits,
    wanted: Wanted,
) -> ExitCode:
    """Print the tables of FILE and of its attachments, each as printed and as it was read. Needs no workspace.

    With an ID or a QUERY instead, those of the workspace: of that document or part, or of the parts that the query
    finds. A word is a file if there is one of that name, or if it looks like one (a folder in front, .pdf behind); an
    id as search and records print it is an ID; all else is a QUERY. --query, or ./ before a file, leaves no doubt.

    A budget table is followed by its figures in kr. and årsværk under their years, and by the sums that do not hold.
    csv, tsv and parquet have one row for each printed cell; json and jsonl the tables; a workbook (xlsx) has the tables
    as printed on one sheet and the cells on another. - is standard input.

    With --draw, you see where each figure was read: grey boxes are words, red lines are drawn ones, orange boxes
    shading, blue boxes cells with the numbers of row and column, and the green text below a cell is its value. CPR
    numbers are blacked out, but not those that only a picture in the page shows.

    \b
    Example: akt tables forslag.pdf --draw billeder
             akt tables 'vikarer role:saving' -o tabeller.xlsx
    """
    asked_for = told_apart(what, query, everything=everything)
    if all_pages and draw is None:
        raise click.UsageError("--all-pages is for --draw DIR, which names the folder of the pictures.")
    if isinstance(asked_for, Files):
        run = _Run(
            asked_for.names,
            draw,
            limits,
            all_pages=all_pages,
            show_identifiers=show_identifiers,
            pdf_engine=pdf_engine,
        )
        with closing(run):
            return _of_files(run, wanted)
    _only_of_files(draw=draw is not None, show_identifiers=show_identifiers)
    count = _of_workspace(workspace, asked_for, wanted)
    _talk_of(count)
    return ExitCode.DONE if count else ExitCode.NOTHING_FOUND


def _of_files(run: _Run, wanted: Wanted) -> ExitCode:
    count = _write(run.tables(), wanted, None)
    run.sum_up()
    if run.failed:
        return ExitCode.SOME_FAILED
    return ExitCode.DONE if count else ExitCode.NOTHING_FOUND


def _only_of_files(**given: bool) -> None:
    for name, there in given.items():
        if there:
            option = f"--{name.replace('_', '-')}"
            raise click.UsageError(f"{option} is for files: the workspace keeps what was read, masked, and no pages.")


def _of_workspace(workspace: Workspace, asked_for: Id | Query, wanted: Wanted) -> int:
    """Writes the stored tables; a query or id that finds nothing is told with its other reading."""
    from pipeline.export.shown import NotFoundError
    from pipeline.export.stored_tables import tables_found, tables_with_id

    doubt = f" (there is no file {mask_in_name(asked_for.typed)})" if asked_for.typed else ""
    try:
        workspace.open(create=False)
    except WorkspaceError as error:
        raise CommandError(f"{error}{doubt}") from error
    if isinstance(asked_for, Id):
        try:
            with tables_with_id(workspace, asked_for.id) as found:
                return _write(found, wanted, None)
        except NotFoundError as error:
            told = f"{error} To search for {asked_for.id}, use --query {asked_for.id}."
            raise CommandError(told, ExitCode.NOTHING_FOUND) from error
    if asked_for.query is not None:
        must_have_index(workspace)
    with asked(asked_for.query or ""), tables_found(workspace, asked_for.query) as found:
        count = _write(found, wanted, asked_for.query)
    if asked_for.query is not None:
        tell_of_minus(workspace, asked_for.query)
    if not count and doubt:
        talk(f"Nothing in the workspace is found by {asked_for.query}{doubt}.")
    return count


def _write(found: Iterator[FoundTables], wanted: Wanted, query: str | None) -> int:
    """Writes the tables in the format that is wanted; returns how many."""
    from pipeline.export.grids import cell_rows, table_blocks, table_row
    from pipeline.export.sheets import CELLS, TABLES

    seen = _Counted()
    tables = seen.each(found)
    if wanted.form == "table":
        with data_output(wanted.output) as out:
            bold = (lambda text: out.style(text, bold=True)) if out.colour else None
            for some in seen.documents(found):
                out.write_all(table_blocks(some, out.width, out.table_width, bold))
    elif wanted.form == "xlsx":
        _write_book(tables, wanted, query)
    elif wanted.form in ("json", "jsonl"):
        export(wanted, TABLES, map(table_row, tables), query=query)
    else:
        export(wanted, CELLS, (row for table in tables for row in cell_rows(table)), query=query)
    return seen.count


def _write_book(tables: Iterator[FoundTable], wanted: Wanted, query: str | None) -> None:
    from pipeline.export.sheets import CELLS
    from pipeline.export.table_book import write_table_book

    versions: set[str] = set()

    def noted() -> Iterator[FoundTable]:
        for table in tables:
            versions.add(table.of.extractor_version or "")
            yield table

    with data_output(wanted.output) as out:
        notes, count = write_table_book(CELLS, noted(), out.binary)
    describe(wanted, CELLS, query, count, sorted(versions - {""}), notes)


def _talk_of(count: int) -> None:
    talk(counted(count, "table"))


class _Counted:
    """Counts the tables that go by."""

    count = 0

    def documents(self, found: Iterator[FoundTables]) -> Iterator[FoundTables]:
        for tables in found:
            self.count += len(tables.tables)
            yield tables

    def each(self, found: Iterator[FoundTables]) -> Iterator[FoundTable]:
        for tables in self.documents(found):
            yield from tables.tables


class _Run:
    """The tables of the named files, one document at a time; what fails is said on stderr and counted."""

    def __init__(
        self,
        files: Sequence[str],
        draw: Path | None,
        limits: Limits,
        *,
        all_pages: bool,
        show_identifiers: bool,
        pdf_engine: PdfEngine,
    ) -> None:
        from pipeline.watched import Watched

        self._files, self._draw, self._limits = files, draw, limits
        self._watched = Watched(self._read, limits)
        self._all_pages, self._show, self._engine = all_pages, show_identifiers, pdf_engine
        self._names: set[str] = set()
        self.failed = self.count = self.pictures = 0

    def close(self) -> None:
        """Ends the process in which files are read."""
        self._watched.close()

    def tables(self) -> Iterator[FoundTables]:
        """The tables of each document; its pictures are saved on the way."""
        from pipeline.export.grids import tables_of
        from pipeline.watched import GivenUpError

        for name in self._files:
            try:
                found = self._watched(name)
            except OSError as error:
                self._say(name, f"The file cannot be opened: {error.strerror}.")
                continue
            except GivenUpError as error:
                self._say(name, error.problem.message)
                continue
            for number, (document, reading, content) in enumerate(found):
                self._look_for_failures(document, inside=number > 0)
                self.count += len(document.tables)
                if reading is not None and content is not None:
                    self._save(document, reading, content)
                yield tables_of(document)

    def sum_up(self) -> None:
        _talk_of(self.count)
        if self._draw is not None:
            what = f"{counted(self.pictures, 'picture')} in {self._draw}"
            talk(
                what
                if self.pictures
                else "No page was drawn: only PDF pages with a table are, or with --all-pages all."
            )

    def _read(self, name: str) -> list[tuple[Document, Reading | None, bytes | None]]:
        """The documents in a file, with what pictures are made of where some are wanted. Raises OSError."""
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        documents = self._documents(data, name, 0)
        if self._draw is None:
            return [(document, None, None) for document, _, _ in documents]
        return list(documents)

    def _documents(self, data: bytes, path: str, depth: int) -> Iterator[tuple[Document, Reading, bytes]]:
        """The document and those inside it, each with its unmasked reading and its bytes."""
        from corpus.identity import content_hash
        from corpus.options import ReadOptions
        from pipeline.extract import Options, extract, member_names, read_document
        from pipeline.masking import mask_names, mask_reading

        how = Options(show_identifiers=True, reading=ReadOptions(pdf_engine=self._engine))
        reading = read_document(data, path, how, self._limits)
        shown = reading if self._show else mask_reading(reading)
        options = Options(show_identifiers=self._show)
        document = extract(shown, path=path, name=None, sha256=content_hash(data), options=options)
        yield document, reading, data
        children = (reading if self._show else mask_names(reading)).children if depth < self._limits.depth else []
        for name, child in zip(member_names(children), children, strict=True):
            yield from self._documents(child.data, f"{path}!{name}", depth + 1)

    def _save(self, document: Document, reading: Reading, data: bytes) -> None:
        from corpus.readers.pdf import MEDIA_TYPE
        from pipeline.export.drawing import drawn_pages, pages_to_draw
        from pipeline.export.saving import save_picture

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
                save_picture(place, png)
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
