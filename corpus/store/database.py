"""Opening the store: SQLite in WAL mode by default, another database by its SQLAlchemy URL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from corpus.store.schema import SCHEMA_VERSION, meta, metadata
from corpus.workspace import WorkspaceBusyError, WorkspaceDamagedError, WorkspaceError

BUSY_TIMEOUT_MS = 30_000


def now() -> str:
    """The present second in UTC, ISO 8601."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def sqlite_url(path: Path) -> str:
    return sa.URL.create("sqlite", database=str(path)).render_as_string()


@contextmanager
def open_store(url: str) -> Iterator[sa.Engine]:
    """The store behind ``url``, its tables made if they are not there.

    Raises WorkspaceDamagedError when the database cannot be read, now or while it is open, WorkspaceBusyError when
    another process holds it, and WorkspaceError when another version of Akt has made it.
    """
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _configure_sqlite)
    try:
        with translated_errors(url):
            _prepare(engine)
            yield engine
    finally:
        engine.dispose()


@contextmanager
def translated_errors(url: str) -> Iterator[None]:
    """Turns the database's own errors into ours."""
    try:
        yield
    except exc.IntegrityError:
        raise
    except exc.OperationalError as error:
        if "locked" in str(error.orig) or "busy" in str(error.orig):
            raise WorkspaceBusyError("The store is in use by another program: wait until it is done.") from error
        raise WorkspaceDamagedError(_damage(url, error)) from error
    except exc.DatabaseError as error:
        raise WorkspaceDamagedError(_damage(url, error)) from error


def _damage(url: str, error: exc.DBAPIError) -> str:
    place = sa.make_url(url).database
    return (
        f"The store {place} cannot be used ({error.orig}): "
        "put back a copy of it, or name a new folder with --workspace and ingest the documents again."
    )


def _configure_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",  # with WAL, a power cut may cost the last transactions, never the file
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare(engine: sa.Engine) -> None:
    metadata.create_all(engine)
    with engine.begin() as connection:
        found = connection.scalar(sa.select(meta.c.value).where(meta.c.key == "schema"))
        if found is None:
            connection.execute(meta.insert().values(key="schema", value=str(SCHEMA_VERSION)))
        elif found != str(SCHEMA_VERSION):
            raise WorkspaceError(
                f"The store has format {found}, this Akt reads format {SCHEMA_VERSION}: "
                "use the Akt that made it, or ingest the documents into a new workspace."
            )
