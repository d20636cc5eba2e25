"""`akt import`: a snapshot as a workspace again."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Callable, Container
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from corpus.durable import put_in_place
from corpus.store.database import open_store, sqlite_url
from corpus.store.schema import SCHEMA_VERSION, meta
from corpus.workspace import Workspace
from pipeline.searches.saved import FILE as SAVED
from pipeline.snapshot.manifest import STORE, Manifest, SnapshotError, faults, read_manifest
from pipeline.snapshot.tables import read_table, store_tables

OnTable = Callable[[str, int], None]


def checked(folder: Path) -> Manifest:
    """The manifest of a snapshot that is what it was when it was written. Raises SnapshotError with all that is not."""
    manifest = read_manifest(folder)
    wrong = faults(folder, manifest)
    if wrong:
        raise SnapshotError(f"{folder} is not the snapshot that was written: {'; '.join(wrong)}.")
    return manifest


def import_workspace(
    workspace: Workspace, folder: Path, manifest: Manifest, on_table: OnTable = lambda name, rows: None
) -> None:
    """Make a workspace of a snapshot that was :func:`checked`; it appears when its store is whole. It has no index yet.

    Raises SnapshotError for one of another format, or where there is a workspace already, and WorkspaceError where none
    can be made.
    """
    if manifest.store_format != SCHEMA_VERSION:
        raise SnapshotError(
            f"{folder} holds a store of format {manifest.store_format}, this Akt reads {SCHEMA_VERSION}: "
            f"use Akt {manifest.akt}. The tables in data/ can be read by any program."
        )
    root = workspace.root
    if workspace.store_file.is_file():
        raise SnapshotError(
            f"{root} is a workspace already: name a new folder with --workspace. If an import into it was stopped, "
            f"its documents are all there, and `akt --workspace {shlex.quote(str(root))} reindex` makes the index."
        )
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise SnapshotError(f"{root} is not empty: name a new folder with --workspace.")
    scratch = Workspace(root.with_name(f".{root.name}.{os.getpid()}.partial"))
    try:
        scratch.open(create=True)
        with open_store(sqlite_url(scratch.store_file)) as engine, engine.begin() as connection:
            _fill(connection, folder, {file.path for file in manifest.files}, on_table)
        if (folder / STORE / SAVED).is_file():
            shutil.copyfile(folder / STORE / SAVED, scratch.root / SAVED)
            os.chmod(scratch.root / SAVED, 0o600)
        if root.exists():
            root.rmdir()
        put_in_place(scratch.root, root)
    finally:
        shutil.rmtree(scratch.root, ignore_errors=True)


def _fill(connection: sa.Connection, folder: Path, written: Container[str], on_table: OnTable) -> None:
    """A table that is not among what was ``written`` is of a newer Akt: a store does without its rows."""
    for table in store_tables():
        name = f"{STORE}/{table.name}.parquet"
        if name not in written:
            continue
        path = folder / name
        try:
            rows = _settings(connection, path) if table is meta else read_table(connection, table, path)
        except (OSError, ValueError, pa.ArrowException) as error:
            raise SnapshotError(f"{path} cannot be read ({error}).") from error
        on_table(table.name, rows)


def _settings(connection: sa.Connection, path: Path) -> int:
    """What the workspace remembers; what the new store says of itself stays."""
    known = set(connection.scalars(sa.select(meta.c.key)))
    rows = [row for row in pq.read_table(path).to_pylist() if row["key"] not in known]
    if rows:
        connection.execute(meta.insert(), rows)
    return len(rows)
