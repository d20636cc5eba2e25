"""The tables of a workspace, those of one document or part, or those that a query finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from corpus.identity import ID_LENGTH
from corpus.model import Table
from corpus.store.database import open_store, sqlite_url
from corpus.store.entries import Origin, TablesOutline
from corpus.store.exports import origin_of, stream_contents
from corpus.workspace import Workspace
from pipeline.export.grids import FoundTable, FoundTables, OfDocument, notes_on
from pipeline.export.lines import line_rows
from pipeline.export.narrow import asked_of_records
from pipeline.export.records import documents_of, parts_found
from pipeline.export.rows import day, masked_paths
from pipeline.export.shown import content_with
from pipeline.masking import mask_name

Wants = Callable[[int, Table], bool]


@contextmanager
def tables_found(workspace: Workspace, query: str | None) -> Iterator[Iterator[FoundTables]]:
    """The tables in the parts that have all words of the query, or with None all, document by document.

    Of a query with filters on records (``role:``, ``year:``, ``amount:``, ``fte:``), only tables with a line of which
    they are all true. Raises WorkspaceError and QueryError.
    """
    workspace.open(create=False)
    asked = asked_of_records(query)
    parts = None if query is None else frozenset(parts_found(workspace, query))
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        origins = stream_contents(connection, TablesOutline, documents_of(parts))
        yield _narrowed(origins, parts, asked.line if asked.filters else None)


@contextmanager
def tables_with_id(workspace: Workspace, wanted: str) -> Iterator[Iterator[FoundTables]]:
    """The tables of a document, or of the part that the id names. Raises WorkspaceError and NotFoundError."""
    workspace.open(create=False)
    beginning, *rest = wanted.split(".")
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        origin = origin_of(connection, content_with(connection, beginning), TablesOutline)
        part = int(rest[0]) if rest else None
        parts = None if part is None else frozenset({(origin.sha256[:ID_LENGTH], part)})
        yield _narrowed(iter([origin]), parts, None)


def _narrowed(
    origins: Iterator[Origin[TablesOutline]],
    parts: frozenset[tuple[str, int]] | None,
    fits: Callable[[dict[str, object]], bool] | None,
) -> Iterator[FoundTables]:
    for origin in origins:
        if not origin.outline.tables:
            continue
        short = origin.sha256[:ID_LENGTH]
        fitting = None if fits is None else {row["table"] for _, row in line_rows(origin) if fits(row)}
        of = of_origin(origin)
        tables = [
            FoundTable(of=of, number=number, table=table)
            for number, table in enumerate(origin.outline.tables, 1)
            if (fitting is None or number in fitting) and (parts is None or _stands_in(table, short, parts))
        ]
        if tables:
            pages = {page for found in tables for page in (found.table.page, *found.table.pages)}
            problems = [problem for problem in origin.outline.problems if parts is None or problem.page in pages]
            yield FoundTables(tables=tables, notes=notes_on(problems))


def _stands_in(table: Table, short: str, parts: frozenset[tuple[str, int]]) -> bool:
    """Whether the table or one of its figures stands in one of the parts."""
    inside = {table.part, *(value.part for line in table.lines for value in line.values if value.part is not None)}
    return any((short, part) in parts for part in inside)


def of_origin(origin: Origin[TablesOutline]) -> OfDocument:
    """What the rows of a stored document's tables say of it."""
    outline = origin.outline
    return OfDocument(
        path=mask_name(origin.path),
        sha256=origin.sha256,
        document=outline.title,
        document_date=day(outline.date),
        municipality=outline.municipality,
        extractor_version=outline.extractor_version,
        also_in=masked_paths(origin.also_in),
    )
