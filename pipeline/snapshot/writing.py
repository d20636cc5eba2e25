"""`akt export`: the workspace as it is at one moment, whatever is written to it meanwhile."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import msgspec
import sqlalchemy as sa

from corpus.durable import put_in_place, sync_tree
from corpus.store.database import now, open_store, sqlite_url
from corpus.store.entries import Stage
from corpus.store.lock import holder, workspace_lock
from corpus.store.schema import SCHEMA_VERSION, stages
from corpus.workspace import Workspace
from pipeline.export.parquet import write_parquet
from pipeline.export.rows import TYPE_WORDS
from pipeline.export.sheets import sheet_of
from pipeline.searches.saved import FILE as SAVED
from pipeline.snapshot.documents import SHEETS
from pipeline.snapshot.manifest import DATA, NAME, STORE, Manifest, SnapshotError, SnapshotFile, checksum, digest
from pipeline.snapshot.tables import store_tables, write_table

OnFile = Callable[[str, int], None]
UNDER_WAY = ".partial"
LOCK = "lock"
_NAMED = re.compile(rf"\..+\.\d+{re.escape(UNDER_WAY)}", re.DOTALL)


def export_workspace(workspace: Workspace, folder: Path, on_file: OnFile = lambda name, rows: None) -> Manifest:
    """Write the workspace to a folder that is new or empty; it appears when it is whole.

    ``data/`` is for people and programs: documents, parts, messages, records and budget lines, one table a file, with
    the columns of the data dictionary. ``store/`` is what :func:`pipeline.snapshot.reading.import_workspace` needs.
    ``on_file`` is told each file that is written, with its rows. What exports that were killed have left in the same
    place is removed.

    Raises SnapshotError for a folder that holds something, and WorkspaceError.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SnapshotError(f"{folder} is not empty: name a new folder; nothing is written over.")
    _remove_left_over(folder.absolute().parent)
    scratch = folder.with_name(f".{folder.name}.{os.getpid()}{UNDER_WAY}")
    lock = scratch / LOCK
    try:
        for name in (DATA, STORE):
            (scratch / name).mkdir(parents=True)
        with workspace_lock(lock):
            with open_store(sqlite_url(workspace.store_file)) as engine, _moment(engine) as connection:
                files = list(_write(workspace, connection, scratch, on_file))
                manifest = _manifest(connection, files)
            (scratch / NAME).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
            sync_tree(scratch)
            if sys.platform != "win32":  # which removes no file that is open
                lock.unlink()
        lock.unlink(missing_ok=True)
        if folder.exists():
            folder.rmdir()
        put_in_place(scratch, folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return manifest


def _remove_left_over(place: Path) -> None:
    """An export holds the lock in what it writes: where nobody does, it was killed."""
    for left in place.glob(f".*{UNDER_WAY}"):
        lock = left / LOCK
        ours = _NAMED.fullmatch(left.name) and all((left / name).is_dir() for name in (DATA, STORE))
        if ours and lock.is_file() and holder(lock) is None:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _moment(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees the store as it is now to its end: SQLite keeps what a transaction first read."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        yield connection
        connection.rollback()


def _write(workspace: Workspace, connection: sa.Connection, folder: Path, on_file: OnFile) -> Iterator[SnapshotFile]:
    from pipeline.export.records import rows_of

    wanted = [(sheet, rows(connection)) for sheet, rows in SHEETS.values()]
    wanted += [(sheet_of(kind), (row for row, _ in rows_of(connection, kind))) for kind in TYPE_WORDS.values()]
    for sheet, rows in wanted:
        path = f"{DATA}/{sheet.name}.parquet"
        counted = _Counted()
        with (folder / path).open("wb") as stream:
            write_parquet(sheet, counted.each(rows), stream)
        yield _file(folder, path, counted.rows, on_file)
    for table in store_tables():
        path = f"{STORE}/{table.name}.parquet"
        yield _file(folder, path, write_table(connection, table, folder / path), on_file)
    if (workspace.root / SAVED).is_file():
        shutil.copyfile(workspace.root / SAVED, folder / STORE / SAVED)
        yield _file(folder, f"{STORE}/{SAVED}", 0, on_file)


class _Counted:
    rows = 0

    def each(self, rows: Iterator[dict[str, object]]) -> Iterator[dict[str, object]]:
        for row in rows:
            self.rows += 1
            yield row


def _file(folder: Path, path: str, rows: int, on_file: OnFile) -> SnapshotFile:
    place = folder / path
    on_file(path, rows)
    return SnapshotFile(path=path, rows=rows, bytes=place.stat().st_size, sha256=checksum(place))


def _manifest(connection: sa.Connection, files: list[SnapshotFile]) -> Manifest:
    made_by = sa.select(stages.c.version).where(stages.c.stage.in_([Stage.READ, Stage.EXTRACT])).distinct()
    return Manifest(
        akt=version("akt"),
        store_format=SCHEMA_VERSION,
        created=now(),
        sha256=digest(files),
        counts={Path(file.path).stem: file.rows for file in files if file.path.startswith(DATA)},
        versions=sorted(str(one) for one in connection.scalars(made_by)),
        files=files,
    )
