"""Many queries in one go: a row for each hit, and for each query that found nothing or could not be answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from index.query import QueryError
from index.search import Searcher, Sort
from pipeline.searches.queries import Asked, QueryFile

# Of each query, before its hits; then the columns of the hit.
ABOUT = ("line", "query", "total", "total_all", "error")
HIT = (
    *("rank", "score", "match", "id", "path", "part", "kind", "part_kind", "title", "date", "committee"),
    *("municipality", "page", "snippet", "matches", "also_in"),
)


class Tally(msgspec.Struct):
    """How the queries went. ``wrong`` are the lines of those that could not be answered, ``cut`` of those with more
    hits than were printed."""

    asked: int = 0
    found: int = 0
    wrong: list[int] = []
    cut: list[int] = []


class Batch:
    """The queries of a file put to an open index.

    ``written`` makes one query of a typed one and its filters. ``tally`` counts while rows are taken.
    """

    def __init__(
        self,
        searcher: Searcher,
        queries: QueryFile,
        written: Callable[[str, Mapping[str, str]], str],
        *,
        limit: int,
        sort: Sort,
        all_words: bool,
    ) -> None:
        self._searcher, self._queries, self._written = searcher, queries, written
        self._limit, self._sort, self._all_words = limit, sort, all_words
        self._names = _names(queries.own)
        self.tally = Tally()

    def columns(self, *, counts: bool) -> list[str]:
        """Those of the rows: of each query, of one's own, of the hits (not with ``counts``)."""
        return [ABOUT[0], *self._names.values(), *ABOUT[1:], *(() if counts else HIT)]

    def rows(self, *, counts: bool = False) -> Iterator[dict[str, Any]]:
        """A row for each hit; one without a hit for a query that has none. With ``counts`` one for each query."""
        for asked in self._queries.asked:
            self.tally.asked += 1
            about = {"line": asked.line, **{self._names[name]: cell for name, cell in asked.own.items()}}
            query = self._written(asked.query, asked.filters)
            try:
                yield from self._answer(asked, about, query, counts=counts)
            except QueryError as error:
                self.tally.wrong.append(asked.line)
                yield {**about, "query": query, "error": _told(error)}

    def _answer(self, asked: Asked, about: dict[str, Any], query: str, *, counts: bool) -> Iterator[dict[str, Any]]:
        if not query:
            raise QueryError("the line has no query", None)
        if counts:
            total = self._searcher.count(query, all_words=self._all_words)
            self.tally.found += bool(total.total)
            yield {**about, "query": query, "total": total.total, "total_all": total.total_all}
            return
        found = self._searcher.search(query, limit=self._limit, sort=self._sort, all_words=self._all_words)
        exact = found if found.exact else self._searcher.count(query, all_words=self._all_words)
        about = {**about, "query": query, "total": exact.total, "total_all": exact.total_all}
        if not found.hits:
            yield about
            return
        self.tally.found += 1
        if found.next:
            self.tally.cut.append(asked.line)
        for hit in found.hits:
            yield {**about, **{name: getattr(hit, name) for name in HIT}}


def _names(own: list[str]) -> dict[str, str]:
    """One's own columns by the names they get: one that is called as a column of ours has "own_" in front."""
    taken = {*ABOUT, *HIT}
    names: dict[str, str] = {}
    for name in own:
        given = name
        while given in taken:
            given = f"own_{given}"
        taken.add(given)
        names[name] = given
    return names


def _told(error: QueryError) -> str:
    place = "" if error.position is None else f", at character {error.position + 1}"
    hint = f" Did you mean {error.suggestion}?" if error.suggestion else ""
    return f"{error.message[:1].upper()}{error.message[1:]}{place}.{hint}"
