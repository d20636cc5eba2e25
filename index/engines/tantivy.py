"""The default engine: tantivy."""

from __future__ import annotations

import time
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import tantivy
from msgspec.structs import replace

from index.engines import base
from index.engines.base import EngineError, Entry, Found, IndexBusy, Order, Request, Row, sound
from index.engines.tantivy_questions import Questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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
_SCORE_AND_TIE = itemgetter(0, 1)
NUMBERS_READ = 20_000


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


def _total(result: tantivy.SearchResult) -> int:
    return cast(int, result.count)  # type: ignore[attr-defined]  # missing in the package's stub


def _in_parts(hit: tuple[float, tantivy.DocAddress]) -> int:
    return round(hit[0] * PARTS_OF_SCORE)


class _Made(NamedTuple):
    """The query of a request; ``final`` when it is to stay so."""

    request: Request
    query: tantivy.Query
    final: bool


class TantivyReader:
    """See :class:`index.engines.base.Reader`."""

    def __init__(self, index: tantivy.Index, links: TemporaryDirectory[str] | None = None) -> None:
        self._questions = Questions(index.schema)
        self._searcher = index.searcher()
        self._links = links
        # By identity: the requests are held, so no other can have theirs.
        self._made: dict[tuple[int, bool], _Made] = {}
        self._entries = max(self._searcher.num_docs, 1)
        self._groups: dict[int, tuple[object, tuple[int, int]]] = {}

    def search(self, request: Request, limit: int, order: Order | None = None) -> Found:
        """The best ``limit`` entries."""
        query = self._request(request, ranked=order is None)
        limit = min(limit, self._entries)  # tantivy makes room for as many as are asked for
        if order is not None:
            return self._sorted(query, limit, order)
        if request.unranked:
            return self._all_alike(query, limit)
        asked = limit + SPARE
        while True:
            result = self._searcher.search(query, asked)
            hits = result.hits
            if len(hits) < asked or _in_parts(hits[limit - 1]) > _in_parts(hits[-1]):
                break
            asked *= 4  # entries beyond the limit are as good as the last one within it
        return Found(_total(result), self._by_score(hits, limit))

    def _by_score(self, hits: Sequence[tuple[float, tantivy.DocAddress]], limit: int) -> list[Row]:
        """The rows within the limit; of the hits beyond it only those matter that are as good as its last one."""
        parts = [-round(score * PARTS_OF_SCORE) for score, _ in hits[:limit]]
        for hit in hits[limit:]:
            if -_in_parts(hit) > parts[limit - 1]:
                break
            parts.append(parts[limit - 1])
        addresses = [address for _, address in hits[: len(parts)]]
        ties = cast("list[int]", self._values(base.TIE, addresses))
        keyed: Iterable[tuple[int, int, tantivy.DocAddress]] = zip(parts, ties, addresses, strict=True)
        if len(set(parts)) < len(parts):
            keyed = sorted(keyed, key=_SCORE_AND_TIE)[:limit]
        return [Row(-score / PARTS_OF_SCORE, tie, address) for score, tie, address in keyed]

    def _all_alike(self, query: tantivy.Query, limit: int) -> Found:
        result = self._searcher.search(query, limit, order_by_field=base.TIE, order=tantivy.Order.Asc)
        return Found(_total(result), [Row(0.0, tie, address) for tie, address in result.hits])

    def _sorted(self, query: tantivy.Query, limit: int, order: Order) -> Found:
        """By a key; of the entries with the last key that are not all within the limit, the first ones by tie."""
        direction = tantivy.Order.Desc if order.descending else tantivy.Order.Asc
        result = self._searcher.search(query, limit + SPARE, order_by_field=order.field, order=direction)
        hits: list[tuple[int | None, tantivy.DocAddress]] = list(result.hits)
        if _total(result) > len(hits) and hits[limit - 1][0] == hits[-1][0]:
            last = hits[-1][0]
            hits = [hit for hit in hits if hit[0] != last]
            alike = self._searcher.search(
                self._with_key(query, order.field, last),
                limit - len(hits),
                order_by_field=base.TIE,
                order=tantivy.Order.Asc,
            )
            hits += [(last, address) for _, address in alike.hits]
        sign = -1 if order.descending else 1
        keys = [((key is None, sign * (key or 0)), address) for key, address in hits]
        return Found(_total(result), self._by_key(keys, limit))

    def _with_key(self, query: tantivy.Query, field: str, key: int | None) -> tantivy.Query:
        if key is None:
            clause = (tantivy.Occur.MustNot, tantivy.Query.exists_query(field))
        else:
            clause = (tantivy.Occur.Must, self._questions.query(base.Range(field, key, key)))
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), clause])

    def _by_key(self, hits: Sequence[tuple[Any, tantivy.DocAddress]], limit: int) -> list[Row]:
        """Hits of sort key and address in the order of their keys, then ties."""
        ties = cast("list[int]", self._values(base.TIE, [address for _, address in hits]))
        keyed = sorted(zip([key for key, _ in hits], ties, range(len(hits)), strict=True))
        return [Row(0.0, tie, hits[place][1]) for _, tie, place in keyed[:limit]]

    def count(self, request: Request) -> int:
        """How many entries the request finds."""
        # In an order of its own nothing is scored.
        return _total(self._searcher.search(self._request(request), 1, order_by_field=base.TIE))

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
        query = self._request(request)
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

    def values(self, rows: Sequence[Row], field: str) -> list[int | None]:
        """What each row has in a field."""
        _known(field, (*base.SORTS, base.GROUP, base.OWN, base.TIE))
        return self._values(field, [cast(tantivy.DocAddress, row.ref) for row in rows])

    def _values(self, field: str, addresses: list[tantivy.DocAddress]) -> list[int | None]:
        return cast("list[int | None]", self._searcher.fast_field_values(field, addresses))

    def groups(self, rows: Sequence[Row]) -> list[tuple[int, int]]:
        """The ``group`` and ``own`` of each row."""
        known = self._groups
        found: list[tuple[int, int]] = []
        for row in rows:
            one = known.get(row.tie)
            if one is None or one[0] != row.ref:
                return self._groups_read(rows)
            found.append(one[1])
        return found

    def _groups_read(self, rows: Sequence[Row]) -> list[tuple[int, int]]:
        """What is read is remembered: good hits are found by many a query."""
        addresses: list[Any] = [row.ref for row in rows]
        groups, own = self._values(base.GROUP, addresses), self._values(base.OWN, addresses)
        found = cast("list[tuple[int, int]]", list(zip(groups, own, strict=True)))
        if len(rows) <= NUMBERS_READ:
            if len(self._groups) + len(rows) > NUMBERS_READ:
                self._groups.clear()
            self._groups.update((row.tie, (row.ref, pair)) for row, pair in zip(rows, found, strict=True))
        return found

    def words(self, request: Request, limit: int) -> list[int]:
        """The ``group`` of the entries found: a sort by it brings it along."""
        limit = min(limit, self._entries)
        hits = self._searcher.search(self._request(request), limit, order_by_field=base.GROUP).hits
        return [cast(int, group) for group, _ in hits]

    def stored(self, rows: Sequence[Row]) -> list[bytes]:
        """What was stored with each row."""
        doc: Callable[[Any], tantivy.Document] = self._searcher.doc
        return [doc(row.ref)[STORED][0] for row in rows]

    def close(self) -> None:
        """Takes the links away, where there are any."""
        if self._links is not None:
            self._links.cleanup()

    def _request(self, request: Request, *, ranked: bool = False) -> tantivy.Query:
        """The query of a request, remembered: one is asked several times for a page, and again for the next.

        What is asked again is worth a look whether anything has its bonus: to look for what is nowhere takes as long.
        """
        with_bonus = ranked and bool(request.bonus)
        known = self._made.get((id(request), with_bonus))
        if known is not None and known.final:
            return known.query
        if len(self._made) >= REMEMBERED:
            self._made.clear()
        if known is None:
            made = _Made(request, self._translated(request, ranked=with_bonus), not with_bonus)
        else:
            there = tuple(node for node in request.bonus if self.count(Request(node)))
            made = _Made(request, self._translated(replace(request, bonus=there), ranked=True), True)
        self._made[id(request), with_bonus] = made
        return made.query

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
