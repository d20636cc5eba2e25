"""The records of a workspace, as rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

import sqlalchemy as sa

from corpus.identity import ID_LENGTH
from corpus.model import Reference
from corpus.store.database import open_store, sqlite_url
from corpus.store.entries import Outline, Quote, StoredRecord, TablesOutline
from corpus.store.exports import stream_contents, stream_records
from corpus.store.links import waits_for_links
from corpus.store.queries import numbered_places
from corpus.workspace import Workspace
from index.printer import printed
from index.query import parse
from index.signs import without_signs
from pipeline.export.lines import line_rows, problem_rows
from pipeline.export.linked import decisions_of
from pipeline.export.narrow import Asked, asked_of_records
from pipeline.export.rows import Row, record_row
from pipeline.links.find import Resolved
from pipeline.masking import mask_place

Found = Iterator[tuple[Row, Quote]]
Parts = frozenset[tuple[str, int]]


@contextmanager
def found_rows(
    workspace: Workspace,
    record_type: str,
    query: str | None = None,
    *,
    dangling: bool = False,
    negated: bool | None = None,
) -> Iterator[Found]:
    """The records of one type by path and place, as rows with the sentence around each.

    ``record_type`` is one of corpus.model.RECORD_TYPES, "line" or "problem". With ``query``, only those in parts that
    have all its words, and of these only those that its filters on records (``status:``, ``role:``, ``amount:``,
    ``fte:``, ``year:``, and of decisions ``committee:``) are true of; those on figures are true of a decision that
    links such a figure. ``dangling``: only references to what is not in
    the workspace. ``negated``: only decisions that something is not done, or only others. Raises WorkspaceError where
    there is no readable workspace and QueryError. A masked path of a problem has the number of its place behind it.
    """
    workspace.open(create=False)
    asked = asked_of_records(query)
    parts = None if query is None else frozenset(parts_found(workspace, query))
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        found = rows_of(connection, record_type, parts, asked, dangling=dangling)
        if record_type == "problem":
            found = _told_apart(connection, found)
        yield found if negated is None else (one for one in found if one[0].get("negated") is negated)


def rows_of(
    connection: sa.Connection,
    record_type: str,
    parts: Parts | None = None,
    asked: Asked | None = None,
    *,
    dangling: bool = False,
) -> Found:
    """As :func:`found_rows`, from an open store: those in ``parts`` of which ``asked`` is true, or all."""
    asked = asked or asked_of_records(None)
    if record_type == "line":
        return _lines(connection, parts, asked)
    if record_type == "problem":
        return _problems(connection, parts)
    if record_type == "reference":
        return _references(connection, parts, asked, dangling=dangling)
    return _records(connection, record_type, parts, asked)


def left_out_for_their_sign(workspace: Workspace, record_type: str, query: str, found: int | None = None) -> int:
    """How many more rows there were if amounts and FTEs counted without their sign: tables print a cut with a minus.

    ``found``: how many rows the query gives, where that is known. 0, and nothing is read, for a query that asks for no
    amount above a positive limit. Raises as :func:`found_rows`.
    """
    asked = parse(query)
    unsigned = without_signs(asked)
    if unsigned == asked:
        return 0
    counts = [found] if found is not None else []
    for one in [printed(asked), printed(unsigned)][len(counts) :]:
        with found_rows(workspace, record_type, one) as rows:
            counts.append(sum(1 for _ in rows))
    return counts[1] - counts[0]


def left_out_without_body(workspace: Workspace, query: str) -> int:
    """How many more decisions the query finds of which it is not known who decides; 0 where it names no body."""
    asked = asked_of_records(query)
    if not asked.names_body():
        return 0
    parts = frozenset(parts_found(workspace, query))
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        found = rows_of(connection, "decision", parts, asked.of_any_body())
        return sum(row["body"] is None for row, _ in found)


def links_wait(workspace: Workspace) -> bool:
    """Whether some documents were extracted by a version that kept no links: nothing resolves in them yet."""
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        return waits_for_links(connection)


def _records(connection: sa.Connection, record_type: str, parts: Parts | None, asked: Asked) -> Found:
    if record_type == "decision":
        found = decisions_of(connection, parts, asked)
    else:
        found = (one for one in stream_records(connection, record_type, parts) if asked.record(one.record))
    for stored in found:
        yield record_row(stored), stored.quote


def _references(connection: sa.Connection, parts: Parts | None, asked: Asked, *, dangling: bool) -> Found:
    """The references with the ids of what they point to, and what is to be said of that."""
    links = Resolved(connection)
    for stored in stream_records(connection, "reference", parts):
        if isinstance(stored.record, Reference) and asked.record(stored.record):
            resolved, resolution = links.of(stored.origin.sha256, stored.record)
            if not dangling or resolution == "dangling":
                yield {**record_row(stored), "resolved": resolved, "resolution": resolution}, stored.quote


def _lines(connection: sa.Connection, parts: Parts | None, asked: Asked) -> Found:
    for origin in stream_contents(connection, TablesOutline, documents_of(parts)):
        short = origin.sha256[:ID_LENGTH]
        for part, row in line_rows(origin):
            if (parts is None or (short, part.index) in parts) and asked.line(row):
                yield row, _quote(f"{row['label']} {row['raw']}", str(row["raw"]))


def documents_of(parts: Parts | None) -> frozenset[str] | None:
    """The short ids of the documents that the parts stand in; None for all."""
    return None if parts is None else frozenset(document for document, _ in parts)


def _quote(text: str, marked: str) -> Quote:
    return Quote(text, len(text) - len(marked), len(text))


def _problems(connection: sa.Connection, parts: Parts | None) -> Found:
    """A problem of the whole document is a problem of each of its parts."""
    documents = documents_of(parts)
    for origin in stream_contents(connection, Outline, documents):
        short = origin.sha256[:ID_LENGTH]
        for part, row in problem_rows(origin):
            if parts is None or (short, part) in parts or (part is None and short in (documents or ())):
                yield row, Quote("", 0, 0)


def _told_apart(connection: sa.Connection, found: Found) -> Found:
    """The rows with the number of its place behind each masked path, as `akt failures` prints it.

    Not so in a snapshot: these numbers are a workspace's own.
    """
    for sha256, rows in groupby(found, lambda one: str(one[0]["sha256"])):
        places = [mask_place(path, number) for path, number in numbered_places(connection, sha256).items()]
        told = {"path": places[0], "also_in": places[1:]} if places else {}  # a run may be taking it away
        for row, quote in rows:
            yield {**row, **told}, quote


def parts_found(workspace: Workspace, query: str) -> list[tuple[str, int]]:
    """Short document id and part index of every part that has all words of the query."""
    from index.search import part_ids

    found = [id.rpartition(".") for id in part_ids(workspace.index_dir, query)]
    return [(document, int(part)) for document, _, part in found]


__all__ = ["StoredRecord", "found_rows", "parts_found"]
