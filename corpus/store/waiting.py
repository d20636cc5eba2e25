"""What the index does not know yet, asked by a search: by sqlite3 itself, for SQLAlchemy takes longer to load than a
search takes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

ENDED_WELL = ("done", "folder-emptied")
"""Of a run that ends so, nothing waits: bringing the index up to date is the last that it does."""
BUSY = 1.0  # seconds
LAST_RUN = "select status from runs order by id desc limit 1"
_LIVE = "exists (select 1 from occurrences where occurrences.sha256 = contents.sha256 and not deleted)"
_STALE = (
    "not exists (select 1 from stages where stages.sha256 = contents.sha256 and stage = 'index' and version = :version)"
)
WAITING = f"select count(*) from contents where {_STALE} and {_LIVE}"
GONE = f"""
select count(*) from contents where {_STALE} and not {_LIVE}
    and exists (select 1 from parts where parts.sha256 = contents.sha256)
"""
AS_IT_WAS = f"select 1 from contents where sha256 >= :begin and sha256 < :begin || 'g' and {_STALE}"  # no digit is "g"


class Late(NamedTuple):
    """``waiting``: documents that lie somewhere and are not in the index, or not as they are; ``gone``: those that lie
    nowhere any more and may still be found. ``as_they_were``: which of the contents asked for have changed in any way
    since they were indexed."""

    waiting: int = 0
    gone: int = 0
    as_they_were: frozenset[str] = frozenset()


def late(store_file: Path, version: str, shown: Sequence[str] = ()) -> Late:
    """How far the index of this version is behind the store; ``shown`` are beginnings of hashes of contents.

    They are counted only where the last run goes on or has not ended well, so that it costs nothing otherwise. None,
    too, where the store cannot be read now: a search needs the index alone.
    """
    try:
        with closing(_opened(store_file)) as store:
            last = store.execute(LAST_RUN).fetchone()
            if last is None or last[0] in ENDED_WELL:
                return Late()
            of = {"version": version}
            wait, gone = (int(store.execute(query, of).fetchone()[0]) for query in (WAITING, GONE))
            changed = (one for one in set(shown) if store.execute(AS_IT_WAS, {**of, "begin": one}).fetchone())
            return Late(wait, gone, frozenset(changed))
    except (sqlite3.Error, OSError):
        return Late()


def _opened(store_file: Path) -> sqlite3.Connection:
    """To read. Where no log is beside it, SQLite is told that it need make none: it would stay, and needs room."""
    log = store_file.with_name(f"{store_file.name}-wal")
    alone = not log.exists() or not log.stat().st_size
    how = "mode=ro&immutable=1" if alone else "mode=ro"
    return sqlite3.connect(f"{store_file.absolute().as_uri()}?{how}", uri=True, timeout=BUSY)
