"""The portable engine: Whoosh, pure Python. Its files hold pickles: open only an index that is your own.

Its faults are worked around here: a multi-valued number posts one term twice (`term AND range` then breaks), deleting
by term opens a reader for each document, a packed segment is copied into memory; for those of its questions see
:mod:`index.engines.whoosh_matching`.
"""

from __future__ import annotations

import itertools
import os
import time
import warnings
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from index.engines import base
from index.engines.base import Entry, Found, Known, Order, Request, Row
from index.engines.faults import EngineError, IndexBusy, sound

with warnings.catch_warnings():
    # The package's own source, when it is first compiled: DeprecationWarning to Python 3.11, SyntaxWarning after.
    warnings.simplefilter("ignore")
    from whoosh import columns, fields
    from whoosh.analysis import RegexTokenizer
    from whoosh.codec import whoosh3  # noqa: F401 - loaded late by the package, and no quieter
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import FileIndex

    from index.engines.whoosh_matching import Matching, Weighting

PAUSE = 0.1
STORED = "stored"
FACET = "facet_"
BITS = 64
NONE = -1  # in the column of a sort
DIGITS = 4
REMEMBERED = 20_000


class Numbers(fields.NUMERIC):  # type: ignore[misc]  # whoosh has no types
    """A number field of many values that gives each of its terms once."""

    def index(self, num: Any, **kwargs: Any) -> Iterator[Any]:
        """The terms of a list of numbers."""
        seen: set[bytes] = set()
        for item in super().index(num, **kwargs):
            if item[0] not in seen:
                seen.add(item[0])
                yield item


def _schema() -> fields.Schema:
    terms, values = RegexTokenizer(r"\S+"), RegexTokenizer(r"[^\n]+")
    made: dict[str, Any] = {name: fields.TEXT(analyzer=terms) for name in base.TEXTS}
    made[base.PARTS] = fields.TEXT(analyzer=terms, phrase=False)
    made |= {name: fields.KEYWORD(analyzer=values) for name in (*base.KEYWORDS, *(FACET + n for n in base.FACETS))}
    made |= {name: Numbers(int, bits=BITS) for name in base.NUMBERS}
    made |= {name: fields.COLUMN(columns.NumericColumn("q", default=NONE)) for name in base.SORTS}
    made |= {name: fields.COLUMN(columns.NumericColumn("Q")) for name in (base.GROUP, base.OWN, base.TIE)}
    made[STORED] = fields.STORED()
    return fields.Schema(**made)


def _open(folder: Path) -> FileIndex:
    with sound(folder):
        return FileIndex(FileStorage(str(folder)))


class WhooshEngine:
    """See :class:`index.engines.base.Engine`."""

    def create(self, folder: Path) -> None:
        """An empty index in an empty folder."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.chmod(folder, 0o700)
        FileIndex.create(FileStorage(str(folder)), _schema(), "MAIN")

    def reader(self, folder: Path) -> WhooshReader:
        """A reader of the last commit."""
        with sound(folder):
            return WhooshReader(_open(folder))

    def writer(self, folder: Path, wait: float) -> WhooshWriter:
        """The writer, when the lock is free within ``wait`` seconds."""
        return WhooshWriter(_open(folder), folder, wait)


class WhooshWriter:
    """See :class:`index.engines.base.Writer`.

    It holds the lock itself: a Whoosh writer makes files when it is opened, and leaves them when it is given up, so
    there is one at a commit only.
    """

    def __init__(self, index: FileIndex, folder: Path, wait: float) -> None:
        self._index = index
        self._closed = False
        self._deletes: set[str] = set()
        self._adds: dict[str, list[Entry]] = {}
        self._lock = index.lock("WRITELOCK")
        give_up = time.monotonic() + wait
        while not self._lock.acquire():
            if time.monotonic() >= give_up:
                raise IndexBusy(f"another process is writing to the index in {folder}; try again later")
            time.sleep(PAUSE)

    def delete(self, sha256: str) -> None:
        """Takes out every entry of a content, those added since the last commit too."""
        self._check_open()
        self._deletes.add(sha256)
        self._adds.pop(sha256, None)

    def add(self, entry: Entry) -> None:
        """Puts an entry in. It is kept in memory until the commit, so that a later delete can take it out again."""
        self._check_open()
        (sha256,) = entry.keywords["sha256"]
        self._adds.setdefault(sha256, []).append(entry)

    def commit(self) -> None:
        """Deletes with one searcher for all, then adds, then makes it visible."""
        self._check_open()
        # compound=False: segments are then read in place and not copied into memory.
        writer = self._index.writer(compound=False, limitmb=128, _lk=False)
        try:
            self._write(writer)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        self._deletes.clear()
        self._adds.clear()

    def _write(self, writer: Any) -> None:
        with self._index.searcher() as searcher:
            for sha256 in sorted(self._deletes):
                writer.delete_by_term("sha256", sha256, searcher=searcher)
        for group in self._adds.values():
            for entry in group:
                writer.add_document(**_document(entry))

    def close(self) -> None:
        """Drops what is not committed and gives up the lock."""
        if not self._closed:
            self._closed = True
            self._lock.release()

    def _check_open(self) -> None:
        if self._closed:
            raise EngineError("this index writer is closed")


def _document(entry: Entry) -> dict[str, Any]:
    document: dict[str, Any] = {name: terms for name, terms in entry.texts.items() if terms}
    document[base.PARTS] = entry.parts
    document |= {name: "\n".join(values) for name, values in entry.keywords.items() if values}
    document |= {FACET + name: "\n".join(values) for name, values in entry.facets.items() if values}
    document |= {name: numbers for name, numbers in entry.numbers.items() if numbers}
    # In every segment: readers of several mistake those that lack a column for their neighbours.
    document |= {name: entry.sorts.get(name, NONE) for name in base.SORTS}
    return document | {
        base.GROUP: entry.group,
        base.OWN: entry.own,
        base.TIE: entry.tie,
        STORED: zlib.compress(entry.stored),
    }


class WhooshReader:
    """See :class:`index.engines.base.Reader`."""

    def __init__(self, index: FileIndex) -> None:
        self._searcher = index.searcher(weighting=Weighting())
        self._matching = Matching(self._searcher)
        self._columns: dict[str, Any] = {}
        self._known: dict[int, Known] = {}

    def search(self, request: Request, limit: int, order: Order | None = None) -> Found:
        """The best ``limit`` entries."""
        if order is None and not request.unranked:
            return self._scored(request, limit)
        found = self._matching.found(request)
        if not found:
            return Found(0, [])
        tie = self._column(base.TIE)
        if order is None:
            return Found(len(found), [Row(0.0, self._entry(number)) for number in sorted(found, key=tie)[:limit]])
        value = self._column(order.field)
        values = ((number, value(number)) for number in found)
        keyed = sorted((order.key(None if v == NONE else v), tie(number), number) for number, v in values)
        return Found(len(found), [Row(0.0, self._entry(number), key) for key, _, number in keyed[:limit]])

    def _scored(self, request: Request, limit: int) -> Found:
        found = {number: round(score, DIGITS) for number, score in self._matching.scores(request).items()}
        if not found:
            return Found(0, [])
        tie = self._column(base.TIE)
        least = sorted(found.values(), reverse=True)[min(limit, len(found)) - 1]
        best = sorted((-score, tie(number), number) for number, score in found.items() if score >= least)
        return Found(len(found), [Row(-score, self._entry(number)) for score, _, number in best[:limit]])

    def _entry(self, number: int) -> Known:
        known = self._known.get(number)
        if known is None:
            tie, words, own = (self._column(field)(number) for field in (base.TIE, base.GROUP, base.OWN))
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[number] = Known(tie, words, own, number)
        return known

    def count(self, request: Request) -> int:
        """How many entries the request finds."""
        return len(self._matching.found(request))

    def frequency(self, field: str, term: str) -> int:
        """How many entries have the term."""
        return self.count(Request(base.Term(field, term)))

    def at_most(self, field: str, term: str) -> int:
        """How many entries have had the term. Whoosh's reader of an empty index knows of none."""
        reader = self._searcher.reader()
        return cast(int, reader.doc_frequency(field, term)) if reader.doc_count_all() else 0

    def rarity(self, field: str, term: str) -> float:
        """How much the term says."""
        return cast(float, self._searcher.idf(field, term)) if self.at_most(field, term) else 0.0

    def facets(self, request: Request, fields: Sequence[str], limit: int) -> dict[str, list[tuple[str, int]]]:
        """Values with their counts."""
        found = self._matching.found(request)
        return {field: base.ranked(self._facet(found, FACET + field), limit) for field in fields}

    def _facet(self, found: set[int], field: str) -> Iterator[tuple[str, int]]:
        reader = self._searcher.reader()
        for value in reader.field_terms(field):
            count = sum(number in found for number in reader.postings(field, value).all_ids())
            if count:
                yield value, count

    def words(self, request: Request, limit: int) -> list[int]:
        """The ``group`` of the entries found."""
        return list(map(self._column(base.GROUP), itertools.islice(self._matching.found(request), limit)))

    def stored(self, rows: Sequence[Row]) -> list[bytes]:
        """What was stored with each row."""
        return [zlib.decompress(self._searcher.stored_fields(row.entry.ref)[STORED]) for row in rows]

    def _column(self, field: str) -> Callable[[int], int]:
        if field not in self._columns:
            self._columns[field] = self._searcher.reader().column_reader(field)
        return cast("Callable[[int], int]", self._columns[field].__getitem__)

    def close(self) -> None:
        """Gives up the files."""
        self._searcher.close()
