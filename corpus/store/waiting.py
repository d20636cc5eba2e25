"""How many documents wait for the index, asked by a search: by sqlite3 itself, for SQLAlchemy takes longer to load than
a search takes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

ENDED_WELL = ("done", "folder-emptied")
"""Of a run that ends so, nothing waits: bringing the index up to date is the last that it does."""
BUSY = 1.0  # seconds
LAST_RUN = "select status from runs order by id desc limit 1"
WAITING = """
select count(*) from contents where
    not exists (select 1 from stages where stages.sha256 = contents.sha256 and stage = 'index' and version = ?)
    and exists (select 1 from occurrences where occurrences.sha256 = contents.sha256 and not deleted)
"""


def waiting(store_file: Path, version: str) -> int:
    """How many documents that lie somewhere are not in the index of this version.

    They are counted only where the last run goes on or has not ended well, so that it costs nothing otherwise. 0, too,
    where the store cannot be read now: a search needs the index alone.
    """
    try:
        with closing(_opened(store_file)) as store:
            last = store.execute(LAST_RUN).fetchone()
            if last is None or last[0] in ENDED_WELL:
                return 0
            return int(store.execute(WAITING, (version,)).fetchone()[0])
    except (sqlite3.Error, OSError):
        return 0


def _opened(store_file: Path) -> sqlite3.Connection:
    """To read. Where no log is beside it, SQLite is told that it need make none: it would stay, and needs room."""
    log = store_file.with_name(f"{store_file.name}-wal")
    alone = not log.exists() or not log.stat().st_size
    how = "mode=ro&immutable=1" if alone else "mode=ro"
    return sqlite3.connect(f"{store_file.absolute().as_uri()}?{how}", uri=True, timeout=BUSY)
