"""Searches kept by name in a workspace, and what each has shown: ``saved.sqlite`` beside the store.

It is a file of its own, for a search is to be kept and run without the store, and while a run writes to that.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from corpus.workspace import Workspace, WorkspaceDamagedError, WorkspaceError
from index.results import Hit
from index.search import Searcher

FILE = "saved.sqlite"
LONGEST_NAME = 100
BUSY = 30.0  # seconds
SCHEMA = """
create table if not exists searches (name text primary key, query text not null, all_words int not null,
    created text not null, last_run text, fresh int) without rowid;
create table if not exists shown (name text references searches on delete cascade, part text, message text,
    primary key (name, part, message)) without rowid;
"""


class SavedError(Exception):
    """What was asked of the saved searches cannot be done; the message says why."""


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """A kept search. ``shown`` counts the hits that its runs have given, ``fresh`` those of the last one."""

    name: str
    query: str
    all_words: bool
    created: str
    last_run: str | None
    fresh: int | None
    shown: int


class Fresh(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of one search found that no run before has shown: ``hits``, and how many more there are."""

    saved: Saved
    hits: list[Hit]
    marks: list[str]
    left: int


class SavedSearches:
    """The kept searches of a workspace."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def add(self, name: str, query: str, *, all_words: bool) -> None:
        """Keep a search. Raises SavedError for a name that is taken (small and large letters are alike) or is none."""
        if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
            raise SavedError(f"A name is 1 to {LONGEST_NAME} letters long and on one line.")
        if (taken := self._called(name)) is not None:
            raise SavedError(
                f"There is a search called {taken.name!r} ({taken.query}): remove it, or take another name."
            )
        with self._db:
            self._db.execute(
                "insert into searches (name, query, all_words, created) values (?, ?, ?, ?)",
                (name, query, all_words, _now()),
            )

    def remove(self, name: str) -> Saved:
        """Forget a search and what it has shown. Raises SavedError when there is none of that name."""
        found = self.named(name)
        with self._db:
            self._db.execute("delete from shown where name = ?", (found.name,))
            self._db.execute("delete from searches where name = ?", (found.name,))
        return found

    def all(self) -> list[Saved]:
        """In the order of their names."""
        rows = self._db.execute(
            "select name, query, all_words, created, last_run, fresh, "
            "(select count(*) from shown where shown.name = searches.name) from searches order by name"
        )
        return [
            Saved(
                name=row[0], query=row[1], all_words=bool(row[2]), created=row[3], last_run=row[4], fresh=row[5],
                shown=row[6],
            )
            for row in rows
        ]  # fmt: skip

    def named(self, name: str) -> Saved:
        """Raises SavedError, with the names there are, when there is none of that name."""
        found = self._called(name)
        if found is None:
            names = ", ".join(repr(one.name) for one in self.all())
            there = f"there are {names}" if names else "there are none yet: `akt saved add NAME QUERY` keeps one"
            raise SavedError(f"There is no saved search called {name!r}; {there}.")
        return found

    def fresh(self, saved: Saved, searcher: Searcher, limit: int) -> Fresh:
        """The first ``limit`` hits that were not shown yet. That they are shown now is for :meth:`put_shown` to say.

        Raises QueryError for a query that an older Akt understood.
        """
        hits: list[Hit] = []
        marks: list[str] = []
        left = 0
        shown = self._shown(saved)
        for mark, hit in searcher.everything(saved.query, all_words=saved.all_words):
            if _was_shown(mark, shown):
                continue
            if len(hits) < limit:
                hits.append(hit())
                marks.append(mark)
            else:
                left += 1
        hits = [msgspec.structs.replace(hit, rank=rank) for rank, hit in enumerate(hits, 1)]
        return Fresh(saved=saved, hits=hits, marks=marks, left=left)

    def put_shown(self, runs: Sequence[Fresh]) -> None:
        """Write down that these hits have been given to the user."""
        with self._db:
            for run in runs:
                name = run.saved.name
                rows = [(name, *mark.split("|", 1)) for mark in run.marks]
                self._db.executemany("insert or ignore into shown values (?, ?, ?)", rows)
                self._db.execute(
                    "update searches set last_run = ?, fresh = ? where name = ?", (_now(), len(run.hits), name)
                )

    def _shown(self, saved: Saved) -> dict[str, set[str]]:
        shown: dict[str, set[str]] = {}
        for part, message in self._db.execute("select part, message from shown where name = ?", (saved.name,)):
            shown.setdefault(part, set()).add(message)
        return shown

    def _called(self, name: str) -> Saved | None:
        return next((one for one in self.all() if one.name.casefold() == name.casefold()), None)


def _was_shown(mark: str, shown: dict[str, set[str]]) -> bool:
    """A mail and the copies of it that others quote (without a Message-ID) are one message, whichever was shown."""
    part, _, message = mark.partition("|")
    known = shown.get(part)
    return known is not None and (not message or message in known or "" in known)


@contextmanager
def saved_searches(workspace: Workspace) -> Iterator[SavedSearches]:
    """The kept searches of an open workspace. Raises WorkspaceDamagedError when their file cannot be read, and
    WorkspaceError when it cannot be written."""
    path = workspace.root / FILE
    try:
        with closing(_opened(path)) as database:
            yield SavedSearches(database)
    except sqlite3.OperationalError as error:
        raise WorkspaceError(f"{path} cannot be used ({error}): check that you may write there.") from error
    except sqlite3.DatabaseError as error:
        raise WorkspaceDamagedError(
            f"{path} is damaged ({error}): put back a copy of it, or remove it and save your searches again."
        ) from error


def _opened(path: Path) -> sqlite3.Connection:
    if not path.exists():
        try:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise WorkspaceError(
                f"{path} cannot be made ({error.strerror}): check that you may write there."
            ) from error
    database = sqlite3.connect(path, timeout=BUSY)
    database.execute("pragma foreign_keys = on")
    database.executescript(SCHEMA)
    return database


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
