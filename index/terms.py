"""The table of an index: form -> words, and term -> forms. It spares a search the dictionary and the splitter.

A SQLite file beside the engine's files. The table may know more words than the index holds: they mean the same.
Numbers, codes and abbreviations are not in it: their terms follow from how they are written.
"""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path

from index.lemmas import DANISH
from index.similar import one_step, pieces, swapped, within
from index.text import Word, danish_letters, merge

SCHEMA = """
create table if not exists words
    (form text, language text, exact text, lemmas text, members text, leaves int, primary key (form, language))
    without rowid;
create table if not exists forms (term text, first text, forms text, primary key (term, first)) without rowid;
"""
# Forms of a term are kept so many in a row, by the first of them: a row for each costs half as much again to write.
FORMS_IN_ROW = 200
ADD_WORDS = "insert or ignore into words values (?, ?, ?, ?, ?, ?)"
ADD_FORMS = """
insert into forms values (?, ?, ?) on conflict (term, first) do update set forms = forms || ' ' || excluded.forms
"""
MOST_FORMS = 20_000
MOST_BEGUN = 1_000
LONGEST_FORM = 60
AT_ONCE = 500
PAGE = 16_384  # bytes: new words lie all over the table, and each page that has one is written
CACHE = 24_000  # kB, of a writer: rows of all letters come at once
FURTHEST = 2


class TermTable:
    """``read_only`` tables are opened without a lock and never created."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        if read_only:
            self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        else:
            self._db = sqlite3.connect(path)
            self._db.execute(f"pragma page_size = {PAGE}")
            self._db.executescript(SCHEMA)
            if not self.mark:
                self._db.execute(f"pragma user_version = {int.from_bytes(os.urandom(4)) >> 1 or 1}")
            self._db.execute(f"pragma cache_size = -{CACHE}")

    def words(self, form: str) -> dict[str, Word]:
        """What a form is filed under, by language; empty for a form that was never indexed."""
        rows = self._db.execute("select language, exact, lemmas, members, leaves from words where form = ?", (form,))
        return {row[0]: Word(row[1], tuple(row[2].split()), tuple(row[3].split()), row[4]) for row in rows}

    def words_of(self, forms: Iterable[str]) -> dict[str, dict[str, Word]]:
        """What each of many forms is filed under, as :meth:`words`, in a third of the time; those that were never
        indexed are not among them."""
        found: dict[str, dict[str, Word]] = {}
        ordered = sorted(forms)  # neighbours stand on the same page
        for start in range(0, len(ordered), AT_ONCE):
            some = ordered[start : start + AT_ONCE]
            marks = ",".join("?" * len(some))
            sql = f"select form, language, exact, lemmas, members, leaves from words where form in ({marks})"
            for form, language, exact, lemmas, members, leaves in self._db.execute(sql, some):
                word = Word(exact, tuple(lemmas.split()), tuple(members.split()), leaves)
                found.setdefault(form, {})[language] = word
        return found

    @property
    def mark(self) -> int:
        """A number of the table's own, by which it is told from one that stood in the same place before."""
        return int(self._db.execute("pragma user_version").fetchone()[0])

    def is_empty(self) -> bool:
        """True for the table of a new index."""
        return self._db.execute("select 1 from words limit 1").fetchone() is None

    def word(self, form: str) -> Word | None:
        """What a form is filed under in any language; None for a form that was never indexed."""
        words = self.words(form)
        return (
            merge([words[language] for language in sorted(words, key=lambda name: name != DANISH)]) if words else None
        )

    def forms(self, terms: Iterable[str]) -> set[str]:
        """The indexed forms that are filed under any of the terms, as lemma or as member; of a term that very many
        are, some :data:`MOST_FORMS`."""
        found: set[str] = set()
        for term in terms:
            rows = self._db.execute("select forms from forms where term = ?", (term,))
            of_term = chain.from_iterable(row[0].split() for row in rows)
            found.update(islice(of_term, MOST_FORMS))
        return found

    def begun(self, starts: Iterable[str], letters: str) -> set[str] | None:
        """The exact terms of the forms that begin with one of ``starts`` and go on with one of ``letters``; None for
        very many."""
        found: set[str] = set()
        for start in (begin + letter for begin in starts for letter in letters):
            sql = "select distinct exact from words where form >= ? and form < ? limit ?"
            after = start[:-1] + chr(ord(start[-1]) + 1)
            found.update(row[0] for row in self._db.execute(sql, (start, after, MOST_BEGUN + 1)))
            if len(found) > MOST_BEGUN:
                return None
        return found

    def similar(self, form: str, distance: int) -> list[str]:
        """The forms at most ``distance`` steps (1 or 2, see :mod:`index.similar`) from a lower-case form or from its
        spelling with Danish letters, in alphabetical order; the form itself is one if it is there.

        Raises ValueError for another distance.
        """
        if not 1 <= distance <= FURTHEST:
            raise ValueError(f"words are similar at a distance of 1 or {FURTHEST}, not {distance}")
        spellings = {form[:LONGEST_FORM], danish_letters(form[:LONGEST_FORM])}
        near = {found for spelling in spellings for found in self._one_step(spelling)}
        if distance > 1:
            near.update(found for spelling in spellings for found in self._two_steps(spelling))
        return sorted(near)

    def _one_step(self, form: str) -> Iterator[str]:
        made = list(set(one_step(form)))
        for start in range(0, len(made), AT_ONCE):
            some = made[start : start + AT_ONCE]
            marks = ",".join("?" * len(some))
            for row in self._db.execute(f"select distinct form from words where form in ({marks})", some):
                yield row[0]

    def _two_steps(self, form: str) -> Iterator[str]:
        """Two steps leave one of three pieces as it is, unless two letters are swapped where pieces meet."""
        thirds = pieces(form, FURTHEST + 1)
        for at, _ in thirds[1:]:
            if 0 < at < len(form):
                yield from self._one_step(swapped(form, at))
        kept = [(max(at - FURTHEST, 0) + 1, min(at, FURTHEST) + len(piece) + FURTHEST, piece) for at, piece in thirds]
        sql = "select form from words where length(form) between ? and ? and ("
        sql += " or ".join(["instr(substr(form, ?, ?), ?)"] * len(kept)) + ")"
        values = [len(form) - FURTHEST, len(form) + FURTHEST, *(value for piece in kept for value in piece)]
        for row in self._db.execute(sql, values):
            if within(form, row[0], FURTHEST):
                yield row[0]

    def add(self, words: Mapping[tuple[str, str], Word]) -> None:
        """Adds words, by form and language, and makes them safe. Longer ones than a person types are left out."""
        kept = [(*key, word) for key, word in words.items() if len(key[0]) <= LONGEST_FORM]
        kept.sort(key=itemgetter(0))
        filed: dict[str, list[str]] = defaultdict(list)
        for form, _, word in kept:
            for term in word.lemmas:
                filed[term].append(form)
            for term in word.members:
                filed[term].append(form)
        with self._db:
            self._db.executemany(ADD_WORDS, (_row(*one) for one in kept))
            self._db.executemany(ADD_FORMS, _in_rows(filed))

    def close(self) -> None:
        """Gives up the file."""
        self._db.close()


def _row(form: str, language: str, word: Word) -> tuple[str, str, str, str, str, int]:
    return form, language, word.exact, " ".join(word.lemmas), " ".join(word.members), word.leaves


def _in_rows(filed: Mapping[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    """By term: the first form of a row, and all of it."""
    for term in sorted(filed):
        forms = filed[term]
        if len(forms) == 1:
            yield term, forms[0], forms[0]
        else:
            for start in range(0, len(forms), FORMS_IN_ROW):
                yield term, forms[start], " ".join(forms[start : start + FORMS_IN_ROW])
