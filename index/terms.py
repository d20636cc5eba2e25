"""The table of an index: form -> word, and term -> forms. It spares a search the dictionary and the splitter.

A SQLite file beside the engine's files. The table may know more words than the index holds: they mean the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from index.text import Word

SCHEMA = """
create table if not exists words
    (form text primary key, exact text, lemmas text, members text, leaves int) without rowid;
create table if not exists forms (term text, form text, primary key (term, form)) without rowid;
"""
MOST_FORMS = 20_000


class TermTable:
    """``read_only`` tables are opened without a lock and never created."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        if read_only:
            self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        else:
            self._db = sqlite3.connect(path)
            self._db.executescript(SCHEMA)

    def word(self, form: str) -> Word | None:
        """What a form is filed under; None for a form that was never indexed."""
        row = self._db.execute("select exact, lemmas, members, leaves from words where form = ?", (form,)).fetchone()
        return None if row is None else Word(row[0], tuple(row[1].split()), tuple(row[2].split()), row[3])

    def forms(self, terms: Iterable[str]) -> set[str]:
        """The indexed forms that are filed under any of the terms, as lemma or as member."""
        found: set[str] = set()
        for term in terms:
            rows = self._db.execute("select form from forms where term = ? limit ?", (term, MOST_FORMS))
            found.update(row[0] for row in rows)
        return found

    def add(self, words: Mapping[str, Word]) -> None:
        """Adds words and makes them safe."""
        with self._db:
            self._db.executemany(
                "insert or ignore into words values (?, ?, ?, ?, ?)",
                ((f, w.exact, " ".join(w.lemmas), " ".join(w.members), w.leaves) for f, w in words.items()),
            )
            self._db.executemany(
                "insert or ignore into forms values (?, ?)",
                ((term, form) for form, word in words.items() for term in set(word.terms)),
            )

    def close(self) -> None:
        """Gives up the file."""
        self._db.close()
