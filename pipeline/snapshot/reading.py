"""`akt import`: a snapshot as a workspace again."""

from __future__ import annotations

import glob
import os
import shutil
from collections.abc import Callable, Container
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from corpus.durable import put_in_place
from corpus.store.database import open_store, sqlite_url
from corpus.store.lock import holder, workspace_lock
from corpus.store.schema import SCHEMA_VERSION, meta
from corpus.workspace import Workspace, WorkspaceError, WorkspaceFullError, is_full
from pipeline.searches.saved import FILE as SAVED
from pipeline.snapshot.manifest import STORE, Manifest, SnapshotError, faults, read_manifest
from pipeline.snapshot.tables import read_table, store_tables

OnTable = Callable[[str, int], None]
UNDER_WAY = ".partial"


def checked(folder: Path) -> Manifest:
    """The manifest of a snapshot that is what it was when it was written. Raises SnapshotError with all that is not."""
    manifest = read_manifest(folder)
    wrong = faults(folder, manifest)
    if wrong:
        raise SnapshotError(f"{folder} is not the snapshot that was written: {'; '.join(wrong)}.")
    return manifest


def import_workspace(
    workspace: Workspace,
    folder: Path,
    manifest: Manifest,
    on_table: OnTable = lambda name, rows: None,
    on_index: Callable[[], None] = lambda: None,
) -> None:
    """Make a workspace of a snapshot that was :func:`checked`; it appears when its store and its index are whole.

    What an import that was killed has left beside it is removed. ``on_table`` is told each table that was read,
    ``on_index`` that the index is begun. Raises SnapshotError for a snapshot of another format, or where there is a
    workspace already, and WorkspaceError where none can be made.
    """
    if manifest.store_format != SCHEMA_VERSION:
        raise SnapshotError(
            f"{folder} holds a store of format {manifest.store_format}, this Akt reads {SCHEMA_VERSION}: "
            f"use Akt {manifest.akt}. The tables in data/ can be read by any program."
        )
    root = workspace.root
    _may_be_taken(workspace)
    _remove_left_over(root)
    scratch = Workspace(root.with_name(f".{root.name}.{os.getpid()}{UNDER_WAY}"))
    try:
        scratch.open(create=True)
        with workspace_lock(scratch.lock_file):
            _make(scratch, folder, {file.path for file in manifest.files}, on_table, on_index)
        _appear(scratch.root, root)
    except BaseException as error:
        if is_full(error, root.parent):
            raise WorkspaceFullError(root) from error
        raise
    finally:
        shutil.rmtree(scratch.root, ignore_errors=True)


def _may_be_taken(workspace: Workspace) -> None:
    root = workspace.root
    if workspace.store_file.is_file():
        raise SnapshotError(f"{root} is a workspace already: name a new folder with --workspace.")
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise SnapshotError(f"{root} is not empty: name a new folder with --workspace.")
    if os.path.ismount(root):
        raise SnapshotError(f"{root} is a disk by itself, of which nothing can take the place: name a folder in it.")


def _remove_left_over(root: Path) -> None:
    """An import holds the lock of what it makes: where nobody does, it was killed."""
    for place in root.parent.glob(f".{glob.escape(root.name)}.*{UNDER_WAY}"):
        lock = Workspace(place).lock_file
        if lock.is_file() and holder(lock) is None:
            shutil.rmtree(place, ignore_errors=True)


def _make(
    scratch: Workspace, folder: Path, written: Container[str], on_table: OnTable, on_index: Callable[[], None]
) -> None:
    from pipeline.ingest.indexing import update_index

    with open_store(sqlite_url(scratch.store_file)) as engine:
        with engine.begin() as connection:
            _fill(connection, folder, written, on_table)
        if (folder / STORE / SAVED).is_file():
            shutil.copyfile(folder / STORE / SAVED, scratch.root / SAVED)
            os.chmod(scratch.root / SAVED, 0o600)
        on_index()
        update_index(engine, scratch.index_dir, rebuild=True)


def _appear(scratch: Path, root: Path) -> None:
    try:
        if root.exists():
            root.rmdir()
        put_in_place(scratch, root)
    except OSError as error:
        raise WorkspaceError(
            f"{root} cannot be put in its place ({error.strerror}): name another folder with --workspace."
        ) from error


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
