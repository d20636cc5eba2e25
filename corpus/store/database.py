"""Opening the store: SQLite in WAL mode by default, another database by its SQLAlchemy URL."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from corpus.store.schema import SCHEMA_VERSION, meta, metadata
from corpus.store.views import make_views
from corpus.workspace import (
    WorkspaceBusyError,
    WorkspaceDamagedError,
    WorkspaceError,
    WorkspaceFullError,
    is_full,
)

BUSY_TIMEOUT_MS = 30_000
CACHE = 16_000
"""kB. What is filed by hash lies all over its tables: a transaction that has no room for them reads pages again."""
PAGES_IN_LOG = 8_000
"""So many changed pages are in the log before they are put into the database, for which the disk is waited for. What is
changed again and again is put there once."""


def now() -> str:
    """The present second in UTC, ISO 8601."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def moment() -> str:
    """The present moment in UTC, to the microsecond: after any :func:`now` of the same second when sorted."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


def sqlite_url(path: Path) -> str:
    return sa.URL.create("sqlite", database=str(path)).render_as_string()


@contextmanager
def open_store(url: str, *, mend: bool = True) -> Iterator[sa.Engine]:
    """The store behind ``url``, its tables made if they are not there. One that may not be written is opened to read.

    ``mend``: views that were lost are made again.

    Raises WorkspaceDamagedError when the database cannot be read, now or while it is open, WorkspaceBusyError when
    another process holds it, WorkspaceFullError when there is no room to write, and WorkspaceError when it may not be
    written or another version of Akt has made it.
    """
    reading = _to_read_only(url)
    engine = sa.create_engine(reading or url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _configure_reading if reading else _configure_sqlite)
    try:
        with translated_errors(url):
            if not reading:
                _bring_up(engine, mend=mend)
            _check_format(engine)
            yield engine
    finally:
        engine.dispose()


def make_durable(engine: sa.Engine) -> None:
    """When this returns, what is committed outlives a power cut. A commit by itself outlives the process only.

    A checkpoint writes the log to the disk before it touches the database (SQLite, "Write-Ahead Logging", 2.1).
    """
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").all()


@contextmanager
def translated_errors(url: str) -> Iterator[None]:
    """Turns the database's own errors into ours."""
    try:
        yield
    except exc.IntegrityError:
        raise
    except exc.DatabaseError as error:
        raise _translated(Path(sa.make_url(url).database or ""), error) from error


def _translated(place: Path, error: exc.DatabaseError) -> WorkspaceError:
    """What the database says, as what the user can do: advice to replace the store is for a damaged one only."""
    said = str(error.orig)
    if is_full(error, place.parent):
        return WorkspaceFullError(place.parent)
    if "locked" in said or "busy" in said:
        return WorkspaceBusyError("The store is in use by another program: wait until it is done.")
    if "readonly" in said or "read-only" in said:
        return cannot_be_written(place.parent)
    if "unable to open" in said:
        return WorkspaceError(f"The store {place} cannot be opened ({said}): check that you may read and write it.")
    if "disk I/O" in said:
        return WorkspaceDamagedError(
            f"The store {place} cannot be read or written ({said}): check the disk and try again; "
            "if that does not help, put back a copy of the store."
        )
    return WorkspaceDamagedError(
        f"The store {place} is damaged ({said}): run `akt verify --repair`; where that does not help, put back a copy "
        "of the store, or name a new folder with --workspace and ingest the documents again."
    )


def cannot_be_written(root: Path, why: str = "it is read-only for you") -> WorkspaceError:
    """What to say of a workspace that may be read at most."""
    return WorkspaceError(
        f"The workspace {root} cannot be written ({why}): it can be searched and shown; "
        "to ingest, get the right to write there, or name another folder with --workspace."
    )


def _to_read_only(url: str) -> sa.URL | None:
    """The URL to open an SQLite file with when its folder or the file itself may not be written, else None.

    ``immutable`` needs no file beside it, and is right when there is no log of writes that are not in the file yet.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    path = Path(parsed.database)
    if not path.is_file() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return None
    log = path.with_name(f"{path.name}-wal")
    how = {"mode": "ro", "uri": "true"}
    if not (log.is_file() and log.stat().st_size):
        how["immutable"] = "1"
    return sa.URL.create("sqlite", database=path.absolute().as_uri(), query=how)


def _configure_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",  # with WAL, a power cut may cost the last transactions, never the file
        f"cache_size=-{CACHE}",
        f"wal_autocheckpoint={PAGES_IN_LOG}",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is read anew may have been kept with a CPR number that is masked now
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _configure_reading(connection: Any, _record: object) -> None:
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _bring_up(engine: sa.Engine, *, mend: bool) -> None:
    """Make what is missing, in an older store too. What is to be written into new tables is left to the next run."""
    with engine.begin() as connection:
        there = sa.inspect(connection).get_table_names()  # without views
        if "messages" in there and "message_keys" not in there:  # format 1
            connection.execute(sa.text("ALTER TABLE messages RENAME TO message_keys"))
            connection.execute(meta.update().where(meta.c.key == "schema", meta.c.value == "1").values(value="2"))
    if not metadata.tables.keys() <= set(there):  # to ask for each table by itself takes some milliseconds
        metadata.create_all(engine)
    with engine.begin() as connection:
        if _format(connection) is None:
            connection.execute(meta.insert().values(key="schema", value=str(SCHEMA_VERSION)))
        if _format(connection) == str(SCHEMA_VERSION):
            make_views(connection, mend=mend)


def _format(connection: sa.Connection) -> str | None:
    found = connection.scalar(sa.select(meta.c.value).where(meta.c.key == "schema"))
    return None if found is None else str(found)


def _check_format(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        found = _format(connection)
    if found == "1":
        raise WorkspaceError("The store is of an older Akt: `akt ingest` brings it up to date, where you may write.")
    if found != str(SCHEMA_VERSION):
        raise WorkspaceError(
            f"The store has format {found}, this Akt reads format {SCHEMA_VERSION}: "
            "use the Akt that made it, or ingest the documents into a new workspace."
        )
