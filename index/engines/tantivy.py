"""The default engine: tantivy."""

from __future__ import annotations

import time
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec
import tantivy
from msgspec.structs import replace

from index.engines import base
from index.engines.base import Entry, Found, Known, Order, Request, Row
from index.engines.faults import EngineError, IndexBusy, sound
from index.engines.tantivy_questions import Questions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from tempfile import TemporaryDirectory

    Hits = list[tuple[Any, tantivy.DocAddress]]
    """Of a score or the value of the field by which they are ordered, and the engine's handle."""

HEAP = 64_000_000
PAUSE = 0.1
TOKENIZER = "akt_terms"
STORED = "stored"
FACET = "facet_"
# Scores differ in their last digits with the order in which segments add them up: they are compared in whole parts.
PARTS_OF_SCORE = 10_000
# Looked for beyond the limit, in case the last ones within it are as good as the next: entries, and values of a facet.
SPARE, SPARE_VALUES = 12, 4
ALL_OF_SEGMENT = 10_000_000
REMEMBERED = 256
NO_LOCK = "acquire Lockfile"
NUMBERS_READ = 20_000
UP, DOWN = tantivy.Order.Asc, tantivy.Order.Desc
_PLACE, _TIE = attrgetter("segment_ord", "doc"), attrgetter("tie")
_SECOND = itemgetter(1)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in base.TEXTS:
        builder.add_text_field(name, tokenizer_name=TOKENIZER, index_option="position")
    builder.add_text_field(base.PARTS, tokenizer_name=TOKENIZER, index_option="freq")
    for name in base.KEYWORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in base.NUMBERS:
        builder.add_integer_field(name, fast=True)
    for name in base.SORTS:
        builder.add_integer_field(name, fast=True)
    for name in base.FACETS:
        builder.add_text_field(FACET + name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in (base.GROUP, base.OWN, base.TIE):
        builder.add_unsigned_field(name, fast=True)
    builder.add_bytes_field(STORED, stored=True)
    return builder.build()


def _open(folder: Path) -> tantivy.Index:
    """A fresh handle each time: a shared one must not outlive a writer (its merges would leave files behind)."""
    with sound(folder):
        index = tantivy.Index.open(str(folder))
    # Terms are joined by blanks and hold none; the stock tokenizers would drop long ones.
    index.register_tokenizer(TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def _reader(folder: Path, links: TemporaryDirectory[str] | None = None) -> TantivyReader:
    index = _open(Path(links.name) if links else folder)
    with sound(folder):
        return TantivyReader(index, links)


def _reader_by_links(folder: Path) -> TantivyReader:
    """A reader that takes its lock elsewhere: tantivy makes a lock file beside the files it is about to open."""
    from tempfile import TemporaryDirectory  # seldom needed, and not to hold up a search

    links = TemporaryDirectory(prefix="akt-index-")
    with sound(folder):
        for file in folder.resolve().iterdir():
            if not file.name.endswith(".lock"):
                (Path(links.name) / file.name).symlink_to(file)
    return _reader(folder, links)


class TantivyEngine:
    """See :class:`index.engines.base.Engine`."""

    def create(self, folder: Path) -> None:
        """An empty index in an empty folder."""
        folder.mkdir(parents=True, exist_ok=True)
        tantivy.Index(_schema(), path=str(folder))

    def reader(self, folder: Path) -> TantivyReader:
        """A reader of the last commit, in a folder that may only be read too."""
        try:
            return _reader(folder)
        except EngineError as error:
            if NO_LOCK not in str(error.__cause__):
                raise
        return _reader_by_links(folder)

    def writer(self, folder: Path, wait: float) -> TantivyWriter:
        """The writer, when the lock is free within ``wait`` seconds."""
        index = _open(folder)
        give_up = time.monotonic() + wait
        while True:
            try:
                # One thread keeps entries in the order they came; making the terms is the slow half anyway.
                return TantivyWriter(index.writer(heap_size=HEAP, num_threads=1))
            except ValueError as error:
                if "LockBusy" not in str(error):
                    raise EngineError(f"the index in {folder} cannot be written: {error}") from error
                if time.monotonic() >= give_up:
                    raise IndexBusy(f"another process is writing to the index in {folder}; try again later") from error
            time.sleep(PAUSE)


class TantivyWriter:
    """See :class:`index.engines.base.Writer`."""

    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self._writer: tantivy.IndexWriter | None = writer

    def _live(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise EngineError("this index writer is closed")
        return self._writer

    def delete(self, sha256: str) -> None:
        """Takes out every entry of a content."""
        self._live().delete_documents_by_term("sha256", sha256)

    def add(self, entry: Entry) -> None:
        """Puts an entry in."""
        self._live().add_document(_document(entry))

    def commit(self) -> None:
        """Makes everything so far visible."""
        self._live().commit()

    def close(self) -> None:
        """Drops what is not committed, waits for merges, gives up the lock.

        No rollback: it would abandon the merges that the last commit began, and their files with them.
        """
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None


def _document(entry: Entry) -> tantivy.Document:
    """Every name is checked by hand: tantivy takes an unknown field in silence."""
    document = tantivy.Document()
    for name in base.TEXTS:
        document.add_text(name, entry.texts[name])
    document.add_text(base.PARTS, entry.parts)
    for name, values in entry.keywords.items():
        _known(name, base.KEYWORDS)
        for value in values:
            document.add_text(name, value)
    for name, numbers in entry.numbers.items():
        _known(name, base.NUMBERS)
        for number in numbers:
            document.add_integer(name, number)
    for name, number in entry.sorts.items():
        _known(name, base.SORTS)
        document.add_integer(name, number)
    for name, printed in entry.facets.items():
        _known(name, base.FACETS)
        for value in printed:
            document.add_text(FACET + name, value)
    document.add_unsigned(base.GROUP, entry.group)
    document.add_unsigned(base.OWN, entry.own)
    document.add_unsigned(base.TIE, entry.tie)
    document.add_bytes(STORED, entry.stored)
    return document


def _known(name: str, names: tuple[str, ...]) -> None:
    if name not in names:
        raise EngineError(f"the index has no field {name!r}")


class _Asked(msgspec.Struct):
    """A request with its queries: the plain one, that which ranks at first, and that which ranks from then on.

    What it finds is counted once. ``sizes``: for so many rows so many hits were enough to tell which are the best.
    """

    request: Request
    plain: tantivy.Query | None = None
    first: tantivy.Query | None = None
    final: tantivy.Query | None = None
    total: int | None = None
    sizes: dict[int, int] = {}


class TantivyReader:
    """See :class:`index.engines.base.Reader`."""

    def __init__(self, index: tantivy.Index, links: TemporaryDirectory[str] | None = None) -> None:
        self._questions = Questions(index.schema)
        self._searcher = index.searcher()
        self._links = links
        # By identity: the requests are held, so no other can have theirs.
        self._made: dict[int, _Asked] = {}
        self._entries = max(self._searcher.num_docs, 1)
        # By segment and number in it.
        self._known: dict[tuple[int, int], Known] = {}

    def search(self, request: Request, limit: int, order: Order | None = None) -> Found:
        """The best ``limit`` entries."""
        asked = self._asked(request)
        limit = min(limit, self._entries)  # tantivy makes room for as many as are asked for
        if order is not None:
            rows = self._sorted(asked, limit, order)
        elif request.unranked:
            rows = self._all_alike(asked, limit)
        else:
            rows = self._by_score(asked, limit)
        assert asked.total is not None
        return Found(asked.total, rows)

    def _hits(self, asked: _Asked, query: tantivy.Query, limit: int, field: str = "", order: Any = DOWN) -> Hits:
        """The first hits of one of its queries."""
        result = self._searcher.search(query, limit, asked.total is None, field or None, 0, order)
        if asked.total is None:
            asked.total = result.count  # type: ignore[attr-defined]  # missing in the package's stub
        return result.hits

    def _by_score(self, asked: _Asked, limit: int) -> list[Row]:
        query = asked.final or self._ranking(asked)
        size = asked.sizes.get(limit, limit + SPARE)
        while True:
            hits = self._hits(asked, query, size)
            parts = [-round(score * PARTS_OF_SCORE) for score, _ in hits]
            if len(hits) < size or parts[limit - 1] < parts[-1]:
                break
            size *= 4  # entries beyond the limit are as good as the last one within it
        if len(hits) > limit:
            end = limit + parts[limit:].count(parts[limit - 1])
            asked.sizes[limit] = min(size, end + 1)
            del hits[end:], parts[end:]
        known = self._entries_of(hits)
        if len(set(parts)) < len(parts):
            ordered = sorted(zip(parts, map(_TIE, known), range(len(parts)), strict=True))[:limit]
            return [Row(-part / PARTS_OF_SCORE, known[place]) for part, _, place in ordered]
        return [Row(-part / PARTS_OF_SCORE, entry) for part, entry in zip(parts, known, strict=True)]

    def _all_alike(self, asked: _Asked, limit: int) -> list[Row]:
        hits = self._hits(asked, self._plain(asked), limit, base.TIE, UP)
        return [Row(0.0, entry) for entry in self._entries_of(hits)]

    def _sorted(self, asked: _Asked, limit: int, order: Order) -> list[Row]:
        """By a key; of the entries with the last key that are not all within the limit, the first ones by tie."""
        query, direction = self._plain(asked), DOWN if order.descending else UP
        hits = self._hits(asked, query, limit + SPARE, order.field, direction)
        if (asked.total or 0) > len(hits) and hits[limit - 1][0] == hits[-1][0]:
            last = hits[-1][0]
            hits = [hit for hit in hits if hit[0] != last]
            alike = self._with_key(query, order.field, last)
            first = self._searcher.search(alike, limit - len(hits), False, base.TIE, 0, UP).hits
            hits += [(last, address) for _, address in first]
        known = self._entries_of(hits)
        rows = [Row(0.0, entry, order.key(value)) for (value, _), entry in zip(hits, known, strict=True)]
        rows.sort(key=lambda row: (row.key, row.entry.tie))
        return rows[:limit]

    def _with_key(self, query: tantivy.Query, field: str, key: int | None) -> tantivy.Query:
        if key is None:
            clause = (tantivy.Occur.MustNot, tantivy.Query.exists_query(field))
        else:
            clause = (tantivy.Occur.Must, self._questions.query(base.Range(field, key, key)))
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), clause])

    def _entries_of(self, hits: Hits) -> list[Known]:
        """What is read of an entry is remembered: good hits are found by many a query, and to open a column in each
        segment takes as long as reading it for a page."""
        known, addresses = self._known, [*map(_SECOND, hits)]
        try:
            return [*map(known.__getitem__, map(_PLACE, addresses))]
        except KeyError:
            pass
        columns = [self._searcher.fast_field_values(field, addresses) for field in (base.TIE, base.GROUP, base.OWN)]
        found = list(map(Known, *columns, addresses))
        if len(found) <= NUMBERS_READ:
            if len(known) + len(found) > NUMBERS_READ:
                known.clear()
            known.update(zip(map(_PLACE, addresses), found, strict=True))
        return found

    def count(self, request: Request) -> int:
        """How many entries the request finds."""
        asked = self._asked(request)
        if asked.total is None:  # in an order of its own nothing is scored
            self._hits(asked, self._plain(asked), 1, base.TIE)
        return cast(int, asked.total)

    def frequency(self, field: str, term: str) -> int:
        """How many entries have the term."""
        return self.count(Request(base.Term(field, term)))

    def at_most(self, field: str, term: str) -> int:
        """How many entries have had the term."""
        return self._searcher.doc_freq(field, term)

    def rarity(self, field: str, term: str) -> float:
        """How much the term says."""
        having = self.at_most(field, term)
        return base.rarity(max(self._entries, having), having) if having else 0.0

    def facets(self, request: Request, fields: Sequence[str], limit: int) -> dict[str, list[tuple[str, int]]]:
        """Values with their counts."""
        query = self._plain(self._asked(request))
        for field in fields:
            _known(field, base.FACETS)
        found = self._counted(query, fields, limit + SPARE_VALUES)
        # All values are asked for where those just beyond the limit are as frequent as the last one within it.
        unsure = [field for field, (counts, more) in found.items() if more and counts[limit - 1][1] == counts[-1][1]]
        found.update(self._counted(query, unsure, base.MOST_VALUES) if unsure else {})
        return {field: base.ranked(counts, limit) for field, (counts, _) in found.items()}

    def _counted(
        self, query: tantivy.Query, fields: Sequence[str], size: int
    ) -> dict[str, tuple[list[tuple[str, int]], bool]]:
        """The most frequent values of each field with their counts, and whether there are more; all in one pass."""
        asked = {
            field: {"terms": {"field": FACET + field, "size": size, "segment_size": ALL_OF_SEGMENT}} for field in fields
        }
        answer = self._searcher.aggregate(query, asked)
        return {
            field: (
                [(bucket["key"], bucket["doc_count"]) for bucket in answer[field]["buckets"]],
                bool(answer[field]["sum_other_doc_count"]),
            )
            for field in fields
        }

    def words(self, request: Request, limit: int) -> list[int]:
        """The ``group`` of the entries found: a sort by it brings it along."""
        limit = min(limit, self._entries)
        hits = self._searcher.search(self._plain(self._asked(request)), limit, False, order_by_field=base.GROUP).hits
        return [cast(int, group) for group, _ in hits]

    def stored(self, rows: Sequence[Row]) -> list[bytes]:
        """What was stored with each row."""
        doc: Callable[[Any], tantivy.Document] = self._searcher.doc
        return [doc(row.entry.ref)[STORED][0] for row in rows]

    def close(self) -> None:
        """Takes the links away, where there are any."""
        if self._links is not None:
            self._links.cleanup()

    def _asked(self, request: Request) -> _Asked:
        """A request is asked several times for a page, and again for the next: what is made for it is remembered."""
        known = self._made.get(id(request))
        if known is None:
            if len(self._made) >= REMEMBERED:
                self._made.clear()
            known = self._made[id(request)] = _Asked(request)
        return known

    def _plain(self, asked: _Asked) -> tantivy.Query:
        if asked.plain is None:
            asked.plain = self._translated(asked.request, ranked=False)
        return asked.plain

    def _ranking(self, asked: _Asked) -> tantivy.Query:
        """What is asked again is worth a look whether anything has its bonus: to look for what is nowhere takes as
        long."""
        request = asked.request
        if not request.bonus:
            query = asked.final = self._plain(asked)
        elif asked.first is None:
            query = asked.first = self._translated(request, ranked=True)
        else:
            there = tuple(node for node in request.bonus if self.count(Request(node)))
            query = asked.final = self._translated(replace(request, bonus=there), ranked=True)
        return query

    def _translated(self, request: Request, *, ranked: bool) -> tantivy.Query:
        query = self._questions.query
        must = query(request.must)
        if not request.some and not (ranked and request.bonus):
            return must
        clauses = [(tantivy.Occur.Must, must)]
        if request.some:
            some = [(tantivy.Occur.Should, query(node)) for node in request.some]
            wanted = tantivy.Query.boolean_query(some, minimum_number_should_match=request.minimum or None)
            clauses.append((tantivy.Occur.Must if request.minimum else tantivy.Occur.Should, wanted))
        if ranked:
            clauses += [(tantivy.Occur.Should, query(node)) for node in request.bonus]
        return tantivy.Query.boolean_query(clauses)
