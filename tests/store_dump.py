"""A whole store as plain values, so that two can be compared."""

from __future__ import annotations

import sqlalchemy as sa

from corpus.store.database import open_store, sqlite_url
from corpus.store.schema import metadata, occurrences, roots
from corpus.workspace import Workspace

Row = tuple[tuple[str, object], ...]


def stored(workspace: Workspace) -> dict[str, list[Row]]:
    """All rows of the store but for times, runs, and ids, in whose place are paths."""
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        found = {
            table.name: [row._asdict() for row in connection.execute(sa.select(table))]
            for table in metadata.sorted_tables
        }
    paths = {row["id"]: row["path"] for row in found[occurrences.name]}
    named = {row["id"]: row["path"] for row in found[roots.name]}
    dumped = {}
    for table, rows in found.items():
        if table != "runs":
            dumped[table] = sorted((_told(row, paths, named) for row in rows), key=repr)
    return dumped


def _told(row: dict[str, object], paths: dict[object, object], named: dict[object, object]) -> Row:
    row = {name: value for name, value in row.items() if name not in ("id", "at", "seen_run", "inode", "ctime_ns")}
    for name, names in (("file", paths), ("place", paths), ("root", named)):
        if row.get(name) is not None:
            row[name] = names[row[name]]
    return tuple(row.items())
