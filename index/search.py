"""Searching: a query in, hits out. Imports nothing heavy, and no dictionary for words that the index knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict, Unpack

from index import cursor
from index.engines.base import MOST_VALUES as MOST_FACET_VALUES
from index.engines.base import Order, Reader, Request, engine, ranked
from index.engines.faults import EngineError, sound
from index.finding import Finder, Lots, has_copies
from index.generations import held
from index.plan import Begun, Mark, Plan, Planner, Similar, WordOf, plan
from index.query import parse
from index.results import Counts, Hit, Results, Value
from index.showing import Shower
from index.signs import without_signs
from index.terms import TermTable
from index.text import Analyser
from index.weights import Having, Rarity

if TYPE_CHECKING:
    from index.alike import Alike
    from index.explain import Explained
    from index.tree import AnyNode

Sort = Literal["relevance", "date", "-date", "amount", "-amount", "fte", "-fte"]
SORTS: tuple[Sort, ...] = ("relevance", "date", "-date", "amount", "-amount", "fte", "-fte")
# What hits can be counted by; the sender is the field from.
FACETS = ("kind", "municipality", "committee", "year", "role", "sender")
FIELDS = {"sender": "from"}
# Queries that may be asked again.
REMEMBERED = 256
MOST_SNIPPETS = 20
MOST_VALUES = 1_000
FURTHEST = 10**9
# When no more hits have all words, a slip in one of them is looked for.
FEW = 3


class Options(TypedDict, total=False):
    """How to search; see :func:`search`."""

    limit: int
    offset: int
    after: str | None
    sort: Sort
    all_words: bool
    like: str | None
    snippets: int
    facets: Sequence[str]
    facet_values: int
    suggest: bool


DEFAULTS: Options = {
    "limit": 10, "offset": 0, "after": None, "sort": "relevance", "all_words": False, "like": None,
    "snippets": 1, "facets": (), "facet_values": 10, "suggest": False,
}  # fmt: skip


class _Question(NamedTuple):
    """A query or a part to be like, planned: what is looked for, and what is marked in the snippets.

    ``wider`` makes the question that is put instead where little is found, and which is ``apart``; None where that
    would find no more. ``digest`` is the same of both.
    """

    query: str
    lots: Lots
    marks: tuple[Mark, ...]
    digest: bytes
    wider: Callable[[], _Question] | None = None
    apart: bool = False

    def wider_lots(self) -> Lots:
        """What is looked for where little is found."""
        return (self.wider() if self.wider else self).lots

    def as_before(self, place: cursor.Cursor) -> _Question:
        """As it was put for the page before that of a cursor, whatever is found now."""
        return self.wider() if place.apart and self.wider else self._replace(wider=None)

    def as_put(self, finder: Finder) -> _Question:
        """As a finder has put it in the end."""
        return self.wider() if finder.widened and self.wider else self


class Searcher:
    """An open index. For many searches keep one; it shows the index as it was when it was opened."""

    def __init__(self, index_dir: Path) -> None:
        made, self._hold = held(index_dir)
        self._folder = index_dir / made.folder
        self._sound = sound(self._folder)
        with self._sound:
            self._state = cursor.index_state(self._folder)
            self._reader: Reader = engine(made.engine).reader(self._folder)
            self._table = TermTable(self._folder / "terms.sqlite", read_only=True)
        self._analyser = Analyser(lru_cache(maxsize=REMEMBERED)(self._table.words))
        self._shower = Shower(self._reader, self._table)
        self._planned = lru_cache(maxsize=REMEMBERED)(self._plan)
        self._put = lru_cache(maxsize=REMEMBERED)(self._put_anew)

    @cached_property
    def _copies_there(self) -> bool:
        return has_copies(self._reader)

    def close(self) -> None:
        """Gives up the files."""
        self._reader.close()
        self._table.close()
        self._hold.close()

    def plan(self, query: str, *, apart: bool = False) -> Plan:
        """The questions that a query puts to the engine, see :func:`index.plan.plan`. Raises QueryError."""
        return self._planned(query, apart)

    def _plan(self, query: str, apart: bool) -> Plan:
        tree = parse(query)
        with self._sound:
            return plan(tree, *self._knowledge, apart=apart)

    @property
    def _knowledge(self) -> tuple[WordOf, Similar, Rarity, Having, Begun]:
        """What a plan asks of the index."""
        return self._analyser.word, self._similar, self._reader.rarity, self._reader.at_most, self._table.begun

    def explain(self, query: str, like: str | None = None) -> Explained:
        """See :func:`explain`."""
        from index.explain import explained, with_likeness

        tree = None if like is not None and not query.strip() else parse(query)
        with self._sound:
            planner = Planner(*self._knowledge)
            told = None if tree is None else explained(query, tree, planner)
        return told if told and like is None else with_likeness(told, str(like), self._alike(str(like)))

    def _alike(self, like: str, also: Plan | None = None) -> Alike:
        from index.alike import alike

        with self._sound:
            return alike(self._reader, like, self._analyser.word, also.all.must if also else None)

    def parts_with_all(self, asked: AnyNode) -> int:
        """How many parts, copies by themselves, have all that a parsed query asks for."""
        with self._sound:
            return self._reader.count(plan(asked, *self._knowledge).all)

    def _similar(self, form: str, distance: int) -> list[str]:
        return self._table.similar(form, distance)

    def search(self, query: str, **options: Unpack[Options]) -> Results:
        """See :func:`search`."""
        wanted = _checked(options)
        question = self._question(query, wanted)
        with self._sound:
            return self._search(question, wanted)

    def count(self, query: str, *, all_words: bool = False, like: str | None = None) -> Counts:
        """See :func:`count`."""
        question = self._question(query, _checked({"all_words": all_words, "like": like}))
        with self._sound:
            return self._finder(question).counts()

    def _question(self, query: str, options: Options) -> _Question:
        like = options["like"]
        if like is None:
            return self._put(query, options["all_words"])
        asked = self.plan(query, apart=True) if query.strip() else None
        found = self._alike(like, asked)
        digest = cursor.question(query, options["all_words"], like)
        return _Question(query, Lots((found.request,)), (*(asked.marks if asked else ()), *found.marks), digest)

    def _put_anew(self, query: str, all_words: bool, apart: bool = False) -> _Question:
        asked = self.plan(query, apart=apart)
        lots = Lots((asked.all,))
        if asked.most is not None and not all_words:
            lots = Lots((asked.all, asked.most), asked.both)
        wider = partial(self._put, query, all_words, apart=True) if asked.in_pieces else None
        return _Question(query, lots, asked.marks, cursor.question(query, all_words), wider, apart)

    def _finder(self, question: _Question, order: Order | None = None) -> Finder:
        wider = None if question.wider is None else question.wider_lots
        return Finder(self._reader, question.lots, order, copies=self._copies_there, wider=wider)

    def _search(self, question: _Question, options: Options) -> Results:
        sort, offset, given = options["sort"], options["offset"], options["after"]
        order = None if sort == "relevance" else Order(f"sort_{sort.lstrip('-')}", sort.startswith("-"))
        asked = cursor.Asked(question.digest, sort, self._state)
        finder = self._finder(question, order)
        moves = finder.moves
        place = None if given is None else cursor.read(given, asked, moves=moves)
        if place is not None:
            question = question.as_before(place)
            finder = self._finder(question, order)
            moves = finder.moves
        after = cursor.FIRST if place is None else cursor.After(place, moves=moves)
        page = finder.page(options["limit"], offset, after)
        question = question.as_put(finder) if finder.widened else question
        following = None
        if page.more:
            following = cursor.following(
                place, asked, page.groups, page.skipped, moves=moves, apart=question.apart
            ).written()
        counts = page.counts
        first = options["suggest"] and after.shown + offset == 0 and not options["like"]
        return Results(
            hits=self._shower.hits(page.groups, after.shown + offset + 1, question.marks, options["snippets"]),
            total=counts.total,
            total_all=counts.total_all,
            parts=counts.parts,
            exact=counts.exact,
            next=following,
            facets=self._facets(question.lots.requests, options["facets"], options["facet_values"])
            if options["facets"]
            else {},
            did_you_mean=self.did_you_mean(question.query, counts.total_all) if first else None,
        )

    def _facets(self, lots: Sequence[Request], names: Sequence[str], most: int) -> dict[str, list[Value]]:
        """Counts over all lots, which have no part in common."""
        fields = {name: FIELDS.get(name, name) for name in names}
        if len(lots) == 1:
            found = self._reader.facets(lots[0], list(dict.fromkeys(fields.values())), most)
            return {name: _values(found[field]) for name, field in fields.items()}
        totals: dict[str, dict[str, int]] = {name: {} for name in fields}
        for lot in lots:
            found = self._reader.facets(lot, list(dict.fromkeys(fields.values())), MOST_FACET_VALUES)
            for name, field in fields.items():
                for value, count in found[field]:
                    totals[name][value] = totals[name].get(value, 0) + count
        return {name: _values(ranked(counts.items(), most)) for name, counts in totals.items()}

    def did_you_mean(self, query: str, found: int) -> str | None:
        """The query with its slips put right, if it has few parts with all words (``found``) and that finds more."""
        if found > FEW:
            return None
        from index.suggest import Suggester

        with self._sound:
            return Suggester(self._reader, self._analyser.word, self._similar, self._table.begun).better(query, found)

    def part_ids(self, query: str) -> list[str]:
        """The ids of all parts with all words of the query, each message once; no snippets are cut."""
        question = self._question(query, _checked({"all_words": True}))
        with self._sound:
            return [self._shower.id(group) for group in self._finder(question).everything()]

    def everything(self, query: str, *, all_words: bool = False) -> Iterator[tuple[str, Callable[[], Hit]]]:
        """All hits in order, each with a mark that stays the same (:meth:`index.showing.Shower.mark`), and with what
        makes the hit. Raises as :func:`search`."""
        question = self._question(query, _checked({"all_words": all_words}))
        with self._sound:
            finder = self._finder(question)
            groups = finder.everything()
        question = question.as_put(finder)
        for rank, group in enumerate(groups, 1):
            with self._sound:
                mark = self._shower.mark(group)
            yield mark, lambda group=group, rank=rank: self._shower.hits([group], rank, question.marks, 1)[0]  # type: ignore[misc]


def _values(counts: Iterable[tuple[str, int]]) -> list[Value]:
    return [Value(value=value, count=count) for value, count in counts]


def _checked(options: Options) -> Options:
    """The options with their defaults. Raises ValueError for what no page can be."""
    wanted: Options = {**DEFAULTS, **options}
    limit, offset, snippets = wanted["limit"], wanted["offset"], wanted["snippets"]
    if limit < 1 or offset < 0 or wanted["sort"] not in SORTS:
        raise ValueError(f"limit is at least 1, offset at least 0, sort one of {', '.join(SORTS)}")
    if limit > FURTHEST or offset > FURTHEST:
        raise ValueError(f"limit and offset are at most {FURTHEST}")
    if not (0 <= snippets <= MOST_SNIPPETS and 0 < wanted["facet_values"] <= MOST_VALUES):
        raise ValueError(f"snippets are 0 to {MOST_SNIPPETS}, facet_values 1 to {MOST_VALUES}")
    if wanted["facets"] and not set(wanted["facets"]) <= set(FACETS):
        raise ValueError(f"facets are of {', '.join(FACETS)}")
    return wanted


@contextmanager
def open_index(index_dir: Path) -> Iterator[Searcher]:
    """A searcher that is closed at the end. Raises EngineError for none, IndexMismatch for an old one."""
    searcher = Searcher(index_dir)
    try:
        yield searcher
    finally:
        searcher.close()


def search(index_dir: Path, query: str, **options: Unpack[Options]) -> Results:
    """The parts that a query finds: first those with all of its words, then those with most of them.

    ``all_words`` leaves the second lot out. ``sort`` orders within each lot: by day, or by the amount or FTE furthest
    from zero (without its sign); "-" is largest or latest first, and parts without a value come last. ``limit`` hits
    are given after the first ``offset``, or after the page that has the cursor ``after`` as its ``next``
    (:mod:`index.cursor`). ``like`` is the id of a part: what is like it and is found by the query, which may be empty
    then (:mod:`index.alike`). Up to ``snippets`` are cut for each hit; with 0 no
    text is looked at, and hits have an empty ``snippet``. ``facets`` (:data:`FACETS`) counts all parts
    found by their most frequent values, at most ``facet_values`` of each. ``suggest`` looks for slips in the words when
    little is found (``did_you_mean``).

    Raises QueryError for a query that cannot be answered (CursorError for such a cursor), NoSuchPartError for the id of
    none, ValueError for a page that is none, EngineError (IndexMismatch) for an index that cannot be used.
    """
    with open_index(index_dir) as searcher:
        return searcher.search(query, **options)


def count(index_dir: Path, query: str, *, all_words: bool = False, like: str | None = None) -> Counts:
    """How many hits a search has, always exact. Raises as :func:`search`."""
    with open_index(index_dir) as searcher:
        return searcher.count(query, all_words=all_words, like=like)


def part_ids(index_dir: Path, query: str) -> list[str]:
    """The ids of all parts with all words of the query, each message once. Raises as :func:`search`."""
    with open_index(index_dir) as searcher:
        return searcher.part_ids(query)


def explain(index_dir: Path, query: str, *, like: str | None = None) -> Explained:
    """How a query is understood: its tree, what the engine is asked, and which words stand for the part of that id.

    Raises as :func:`search`.
    """
    with open_index(index_dir) as searcher:
        return searcher.explain(query, like)


def more_with_minus(index_dir: Path, query: str) -> int:
    """How many more parts a query would find if amounts counted without their sign. Raises as :func:`search`.

    0, and the index is not opened, for a query that asks for no amount above a positive limit.
    """
    asked = parse(query)
    unsigned = without_signs(asked)
    if unsigned == asked:
        return 0
    with open_index(index_dir) as searcher:
        return searcher.parts_with_all(unsigned) - searcher.parts_with_all(asked)


__all__ = ["EngineError", "Searcher", "count", "explain", "more_with_minus", "open_index", "part_ids", "search"]
