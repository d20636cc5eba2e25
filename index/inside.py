"""What an index holds of each content, for whoever compares it with the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.model import Document
from index.build import TERMS
from index.engines.base import AllOf, Entry, Everything, Reader, Request, Term, engine, rotten
from index.engines.faults import MET_DAMAGE, EngineError, sound
from index.entry import entries
from index.generations import held
from index.stored import Head, Stored, unpack, unpack_head
from index.streams import Streamer
from index.text import Analyser

EVERYTHING = Request(Everything())
FIELD = "exact"
TERMS_OF_ENTRY = 5
AT_ONCE = 1000


class Inside:
    """An open index, looked at from the store's side. What broken files raise is an EngineError."""

    def __init__(self, reader: Reader, folder: Path) -> None:
        self._reader, self._folder = reader, folder
        self._streamer: Streamer | None = None

    def parts(self) -> int:
        """How many entries there are in all."""
        with sound(self._folder):
            return self._reader.count(EVERYTHING)

    def count(self, sha256: str) -> int:
        """How many entries there are of a content."""
        with sound(self._folder):
            return self._reader.count(Request(Term("sha256", sha256)))

    def stored(self, sha256: str, most: int) -> list[Stored]:
        """What is shown of the parts of a content, of ``most`` of them."""
        with sound(self._folder):
            found = self._reader.search(Request(Term("sha256", sha256)), max(most, 1))
            return [unpack(data) for data in self._reader.stored(found.rows)]

    def heads(self) -> Iterator[Head]:
        """Every entry, without its text."""
        with sound(self._folder):
            rows = self._reader.search(EVERYTHING, max(self._reader.count(EVERYTHING), 1)).rows
            for first in range(0, len(rows), AT_ONCE):
                yield from map(unpack_head, self._reader.stored(rows[first : first + AT_ONCE]))

    def lacking(self, document: Document, paths: list[str]) -> str | None:
        """A word or value of the document by which one of its parts is not found, though it is there; None: all are.

        Some words of each part are tried (the first, the last and some between), and all values it is filtered by.
        """
        if self._streamer is None:
            self._streamer = Streamer(Analyser())
        for entry in entries(document, paths, self._streamer):
            (part,) = entry.keywords["id"]
            for field, value in _tried(entry):
                with sound(self._folder):
                    if self._reader.count(Request(AllOf((Term("id", part), Term(field, value))))) != 1:
                        return value
        return None


def _tried(entry: Entry) -> Iterator[tuple[str, str]]:
    words = list(dict.fromkeys(entry.texts[FIELD].split()))
    step = max(len(words) // TERMS_OF_ENTRY, 1)
    yield from ((FIELD, word) for word in [*words[::step], *words[-1:]])
    yield from ((field, value) for field, values in entry.keywords.items() for value in values)


@contextmanager
def look_inside(index_dir: Path) -> Iterator[Inside]:
    """The index that is searched now. Raises EngineError (IndexMismatch) for one that cannot be read."""
    made, hold = held(index_dir)
    folder = index_dir / made.folder
    try:
        with sound(folder):
            _check_terms(folder / TERMS)
            reader = engine(made.engine).reader(folder)
        try:
            yield Inside(reader, folder)
        finally:
            reader.close()
    finally:
        hold.close()


def damage(index_dir: Path) -> str | None:
    """What is wrong with the files of the index that is searched now, as a sentence; None where nothing is.

    Every file is read to its end where the engine keeps sums of them. Raises EngineError (IndexMismatch) for an index
    that is not there, or that cannot be read at all.
    """
    made, hold = held(index_dir)
    try:
        folder = index_dir / made.folder
        if files := rotten(made.engine, folder):
            return f"The index is damaged: the bytes of {', '.join(files)} in {folder} are not those that were written."
        return "A search has met damage in the index." if has_met_damage(folder) else None
    finally:
        hold.close()


def has_met_damage(folder: Path) -> bool:
    """Whether somebody who searched in this folder of an index could not read it."""
    return (folder / MET_DAMAGE).exists()


def _check_terms(path: Path) -> None:
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        (said,) = db.execute("pragma integrity_check(1)").fetchone()
        db.execute("select 1 from words limit 1")
    finally:
        db.close()
    if said != "ok":
        raise EngineError(f"the table of words {path} is damaged ({said})")
