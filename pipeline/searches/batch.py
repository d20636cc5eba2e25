"""Many queries in one go: a row for each hit, and for each query that found nothing or could not be answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from index.query import QueryError
from index.search import Searcher, Sort
from pipeline.export.columns import Sheet
from pipeline.export.rows import Row
from pipeline.masking import mask_name
from pipeline.searches.hits import HIT, QUERY_BEGIN, QUERY_END, batch_sheet, hit_row, total_row
from pipeline.searches.masked import cpr_refusal
from pipeline.searches.queries import QueryFile


class Tally(msgspec.Struct):
    """How the queries went. ``wrong`` are the lines of those that could not be answered, ``cut`` of those with more
    hits than were printed. ``masked`` counts the cells of the user's own columns with a CPR number in them."""

    asked: int = 0
    found: int = 0
    masked: int = 0
    wrong: list[int] = []
    cut: list[int] = []


class Batch:
    """The queries of a file put to an open index.

    ``written`` makes one query of a typed one and its filters. ``tally`` counts while rows are taken. A query
    with a CPR number cannot be answered, and is masked in its row. The user's own columns are copied, and masked, too.
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

    def sheet(self, *, counts: bool) -> Sheet:
        """The columns of the rows."""
        return batch_sheet(self._names.values(), counts=counts)

    def rows(self, form: str, *, counts: bool = False) -> Iterator[Row]:
        """A row for each hit; one without a hit for a query that has none. With ``counts`` one for each query."""
        for asked in self._queries.asked:
            self.tally.asked += 1
            about: Row = {"line": asked.line, **self._own(asked.own)}
            query = self._written(asked.query, asked.filters)
            shown = mask_name(query)
            try:
                if not query:
                    raise QueryError("the line has no query", None)
                if refused := cpr_refusal(query):
                    raise QueryError(refused, None)
                found = self._counted(query) if counts else self._hits(asked.line, query, form)
                for row in found:
                    yield {**about, **row, "query": shown}
            except QueryError as error:
                self.tally.wrong.append(asked.line)
                nothing = {} if counts else hit_row(None, form)
                yield {**about, **total_row(shown, None, None, mask_name(_told(error))), **nothing}

    def _own(self, cells: Mapping[str, str]) -> Row:
        """The cells of the user's own columns, with CPR numbers masked."""
        masked = {name: mask_name(cell) for name, cell in cells.items()}
        self.tally.masked += sum(masked[name] != cell for name, cell in cells.items())
        return {self._names[name]: cell for name, cell in masked.items()}

    def _counted(self, query: str) -> list[Row]:
        counts = self._searcher.count(query, all_words=self._all_words)
        self.tally.found += bool(counts.total)
        return [total_row(query, counts.total, counts.total_all)]

    def _hits(self, line: int, query: str, form: str) -> Iterator[Row]:
        found = self._searcher.search(query, limit=self._limit, sort=self._sort, all_words=self._all_words)
        exact = found if found.exact else self._searcher.count(query, all_words=self._all_words)
        self.tally.found += bool(found.hits)
        if found.next:
            self.tally.cut.append(line)
        about = total_row(query, exact.total, exact.total_all)
        if not found.hits:
            yield {**about, **hit_row(None, form)}
        for hit in found.hits:
            yield {**about, **hit_row(hit, form)}


def _names(own: list[str]) -> dict[str, str]:
    """One's own columns by the names they get: one that is called as a column of ours has "own_" in front."""
    taken = {column.name for column in (*QUERY_BEGIN, *QUERY_END, *HIT)}
    names: dict[str, str] = {}
    for name in own:
        given = mask_name(name)
        while given in taken:
            given = f"own_{given}"
        taken.add(given)
        names[name] = given
    return names


def _told(error: QueryError) -> str:
    place = "" if error.position is None else f", at character {error.position + 1}"
    hint = f" Did you mean {error.suggestion}?" if error.suggestion else ""
    return f"{error.message[:1].upper()}{error.message[1:]}{place}.{hint}"
