"""The records of a workspace, as rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from corpus.store.database import open_store, sqlite_url
from corpus.store.entries import StoredRecord
from corpus.store.queries import stream_records
from corpus.workspace import Workspace


@contextmanager
def stored_records(
    workspace: Workspace, record_type: str, query: str | None = None
) -> Iterator[Iterator[StoredRecord]]:
    """The records of one type by path and place; with ``query``, only those in parts that have all its words.

    Raises WorkspaceError where there is no readable workspace and QueryError for a wrong query.
    """
    workspace.open(create=False)
    part_ids = None if query is None else parts_found(workspace, query)
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        yield stream_records(connection, record_type, part_ids)


def parts_found(workspace: Workspace, query: str) -> list[tuple[str, int]]:
    """Short document id and part index of every part that has all words of the query."""
    from index.search import part_ids

    found = [id.rpartition(".") for id in part_ids(workspace.index_dir, query)]
    return [(document, int(part)) for document, _, part in found]
