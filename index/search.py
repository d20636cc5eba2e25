"""Searching: a query in, hits out. Imports nothing heavy, and no dictionary for words that the index knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from index import manifest
from index.engines.base import EngineError, Order, Reader, Request, Row, Term, engine, sound
from index.plan import Plan, Planner, plan, without_signs
from index.query import parse
from index.results import Hit, Results
from index.snippets import Marker, cut
from index.stored import Stored, unpack
from index.terms import TermTable
from index.text import Analyser

if TYPE_CHECKING:
    from index.explain import Explained

Sort = Literal["relevance", "date", "-date", "amount", "-amount", "fte", "-fte"]
SORTS: tuple[Sort, ...] = ("relevance", "date", "-date", "amount", "-amount", "fte", "-fte")
# Up to so many entries found, copies of messages are told from each other among all of them, and totals are exact.
EXACT_LIMIT = 20_000
MOST_COPIES = 500
MOST_PARTS = 1_000_000
FURTHEST = 10**9

_Match = Literal["all", "some"]


class _Group(msgspec.Struct):
    """The copies of one message that were found, or one part that is no message. ``own``: see :class:`Entry`."""

    match: _Match
    rows: list[Row]
    own: int


class _Groups:
    """What was found, copies together, in order.

    Copies without an id of their own (quotations) go with the first mail of the same words; two mails with an id each
    are two messages, however alike they are (a scanner's mails, a mailing to many).
    """

    def __init__(self) -> None:
        self._by_words: dict[int, list[_Group]] = {}
        self.found: list[_Group] = []

    def add(self, match: _Match, row: Row, words: int, own: int) -> None:
        """Put a row to its group; one that was found before by more words is not found again."""
        alike = self._by_words.setdefault(words, [])
        group = next((group for group in alike if not own or not group.own or group.own == own), None)
        if group is None:
            group = _Group(match, [], own)
            alike.append(group)
            self.found.append(group)
        group.own = group.own or own
        if group.match == match:
            group.rows.append(row)


class Searcher:
    """An open index. For many searches keep one; it shows the index as it was when it was opened."""

    def __init__(self, index_dir: Path) -> None:
        made = manifest.read(index_dir)
        self._folder = index_dir / made.folder
        with sound(self._folder):
            self._reader: Reader = engine(made.engine).reader(self._folder)
            self._table = TermTable(self._folder / "terms.sqlite", read_only=True)
        self._analyser = Analyser(self._table.words)

    def close(self) -> None:
        """Gives up the files."""
        self._reader.close()
        self._table.close()

    def plan(self, query: str) -> Plan:
        """The questions that a query puts to the engine. Raises QueryError."""
        tree = parse(query)
        with sound(self._folder):
            return plan(tree, self._analyser.word, self._similar)

    def explain(self, query: str) -> Explained:
        """See :func:`explain`."""
        from index.explain import explained

        tree = parse(query)
        with sound(self._folder):
            return explained(query, tree, Planner(self._analyser.word, self._similar))

    def more_with_minus(self, query: str) -> int:
        """See :func:`more_with_minus`."""
        tree = parse(query)
        bare = without_signs(tree)
        if bare == tree:
            return 0
        with sound(self._folder):
            plans = [plan(asked, self._analyser.word, self._similar) for asked in (bare, tree)]
            more, those = (self._reader.count(asked.all) for asked in plans)
        return more - those

    def _similar(self, form: str, distance: int) -> list[str]:
        return self._table.similar(form, distance)

    def search(
        self, query: str, *, limit: int = 10, offset: int = 0, sort: Sort = "relevance", all_words: bool = False
    ) -> Results:
        """See :func:`search`."""
        if limit < 1 or offset < 0 or sort not in SORTS:
            raise ValueError(f"limit is at least 1, offset at least 0, sort one of {', '.join(SORTS)}")
        if limit > FURTHEST or offset > FURTHEST:
            raise ValueError(f"limit and offset are at most {FURTHEST}")
        asked = self.plan(query)
        with sound(self._folder):
            return self._search(asked, limit, offset, sort, all_words=all_words)

    def _search(self, asked: Plan, limit: int, offset: int, sort: Sort, *, all_words: bool) -> Results:
        order = None if sort == "relevance" else Order(f"sort_{sort.lstrip('-')}", sort.startswith("-"))
        groups = _Groups()
        total_all, exact = self._fill(groups, "all", asked.all, offset + limit, order)
        total = total_all
        if asked.most is not None and not all_words:
            total, some_exact = self._fill(groups, "some", asked.most, offset + limit, order)
            exact = exact and some_exact
        page = groups.found[offset : offset + limit]
        marker = Marker(asked.marks, self._table.forms)
        hits = [self._hit(group, offset + number, marker) for number, group in enumerate(page, start=1)]
        return Results(hits=hits, total=total, total_all=total_all, exact=exact)

    def _fill(
        self, groups: _Groups, match: _Match, request: Request, needed: int, order: Order | None
    ) -> tuple[int, bool]:
        """Add what a request finds. Returns how many groups there are in all, and whether that is exact."""
        found = self._reader.search(request, EXACT_LIMIT if needed < EXACT_LIMIT else needed * 2, order)
        for row, (words, own) in zip(found.rows, self._reader.groups(found.rows), strict=True):
            groups.add(match, row, words, own)
        return len(groups.found) + found.total - len(found.rows), found.total == len(found.rows)

    def part_ids(self, query: str) -> list[str]:
        """The ids of all parts with all words of the query, each message once; no snippets are cut."""
        asked = self.plan(query).all
        with sound(self._folder):
            groups = _Groups()
            self._fill(groups, "all", asked, MOST_PARTS, None)
            return [self._shown(group)[0].id for group in groups.found]

    def _shown(self, group: _Group) -> tuple[Stored, Row]:
        """The copy that stands for all: one that is not a quotation, if there is any."""
        copies = [unpack(data) for data in self._reader.stored(group.rows[:MOST_COPIES])]
        best = min(range(len(copies)), key=lambda number: (copies[number].quoted, number))
        return copies[best], group.rows[best]

    def _hit(self, group: _Group, rank: int, marker: Marker) -> Hit:
        stored, row = self._shown(group)
        snippet, matches = cut(stored.text, stored.body_start, marker)
        return Hit(
            rank=rank,
            score=round(row.score, 4),
            match=group.match,
            id=stored.id,
            path=stored.paths[0],
            part=stored.part,
            kind=stored.kind,
            part_kind=stored.part_kind,
            title=stored.title,
            date=stored.date,
            committee=stored.committee,
            municipality=stored.municipality,
            page=stored.page,
            snippet=snippet,
            matches=matches,
            also_in=self._also_in(stored),
        )

    def _also_in(self, stored: Stored) -> list[str]:
        """The other paths of the content, then those of all copies of the message, found by this query or not."""
        paths = dict.fromkeys(stored.paths[1:])
        if stored.fingerprint is not None:
            copies = self._reader.search(Request(Term("fingerprint", stored.fingerprint)), MOST_COPIES).rows
            alike = [unpack(data) for data in self._reader.stored(copies)]
            mine = (None, stored.message_id)
            same = [copy for copy in alike if stored.message_id is None or copy.message_id in mine]
            others = [path for copy in same for path in copy.paths]
            paths.update(dict.fromkeys(sorted(others)))
        paths.pop(stored.paths[0], None)
        return list(paths)


@contextmanager
def open_index(index_dir: Path) -> Iterator[Searcher]:
    """A searcher that is closed at the end. Raises EngineError for none, IndexMismatch for an old one."""
    searcher = Searcher(index_dir)
    try:
        yield searcher
    finally:
        searcher.close()


def search(
    index_dir: Path, query: str, *, limit: int = 10, offset: int = 0, sort: Sort = "relevance", all_words: bool = False
) -> Results:
    """The parts that a query finds: first those with all of its words, then those with most of them.

    ``all_words`` leaves the second lot out. ``sort`` orders within each lot: by day, or by the amount or FTE furthest
    from zero (without its sign); "-" is largest or latest first, and parts without a value come last. Raises QueryError
    for a query that cannot be answered, EngineError (IndexMismatch) for an index that cannot be used.
    """
    with open_index(index_dir) as searcher:
        return searcher.search(query, limit=limit, offset=offset, sort=sort, all_words=all_words)


def part_ids(index_dir: Path, query: str) -> list[str]:
    """The ids of all parts with all words of the query, each message once. Raises as :func:`search`."""
    with open_index(index_dir) as searcher:
        return searcher.part_ids(query)


def explain(index_dir: Path, query: str) -> Explained:
    """How a query is understood: its tree, and what the engine is asked. Raises as :func:`search`."""
    with open_index(index_dir) as searcher:
        return searcher.explain(query)


def more_with_minus(index_dir: Path, query: str) -> int:
    """How many more parts a query would find if amounts counted without their sign. Raises as :func:`search`."""
    with open_index(index_dir) as searcher:
        return searcher.more_with_minus(query)


__all__ = ["EngineError", "Searcher", "explain", "more_with_minus", "open_index", "part_ids", "search"]
