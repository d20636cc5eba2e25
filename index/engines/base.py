"""What an engine must do, and the few kinds of question it is asked.

An engine knows no Danish and no query language: it gets ready-made terms in named fields, and trees of the nodes below.
Both sides are checked by one contract suite over all engines: the same question gives the same entries.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Protocol

import msgspec

from index.engines.faults import EngineError, sound
from index.terms import LONGEST_FORM

# Text fields hold terms in order; a phrase can be asked of them. ``parts`` has no positions.
# ``body`` and ``title`` are lemmas, ``exact`` and ``title_exact`` the same words as printed.
TEXTS = ("body", "exact", "title", "title_exact")
PARTS = "parts"
# Keyword fields hold whole values; an entry may have many. ``copy`` is a mark, see index/copies.py.
KEYWORDS = (
    "id", "sha256", "first", "fingerprint", "kind", "committee", "municipality", "from", "to", "number", "reference",
    "path", "role", "status", "has", "copy",
)  # fmt: skip
# Whole numbers, many per entry: days as yyyymmdd, amounts in øre, FTEs in thousandths.
# The last two hold value, role and year of one record each (index/records.py).
NUMBERS = ("date", "year", "amount", "fte", "amount_record", "fte_record")
# One whole number per entry, read back for the hits: 64 bits that are equal for copies of one message; 64 bits of the
# mail's own id (0: a copy that has none); 64 bits of the content and the part's place in it, by which entries that
# are otherwise equal are ordered, whenever they were indexed.
GROUP, OWN, TIE = "group", "own", "tie"
# The same, but an entry may have none: the day (1 is 1 January of the year 1), and the largest amount and FTE, all at
# least 0.
SORTS = ("sort_date", "sort_amount", "sort_fte")
# What found entries are counted by. The values are whole, as printed, and an entry may have many.
FACETS = ("kind", "municipality", "committee", "year", "role", "from")
MOST_VALUES = 50_000
INT_MAX = 2**63 - 1


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One part, ready for an engine: ``texts`` and ``parts`` are terms with a blank between, a term holds none.

    The dicts are by field, those of the constants above; ``stored`` comes back with a hit as it is.
    """

    texts: dict[str, str]
    parts: str
    keywords: dict[str, list[str]]
    numbers: dict[str, list[int]]
    facets: dict[str, list[str]]
    sorts: dict[str, int]
    group: int
    own: int = 0
    tie: int
    stored: bytes


class Everything(msgspec.Struct, frozen=True, tag=True):
    """Every entry."""


class Term(msgspec.Struct, frozen=True, tag=True):
    """Entries with this term in a text or keyword field."""

    field: str
    value: str


class Phrase(msgspec.Struct, frozen=True, tag=True):
    """Entries with these terms next to each other, in this order."""

    field: str
    values: tuple[str, ...]


class Near(msgspec.Struct, frozen=True, tag=True):
    """Entries with these terms in any order, at most ``slop`` other words between the first and the last of them.

    An engine may ask for each placing as a phrase, so keep :func:`placings` small.
    """

    field: str
    values: tuple[str, ...]
    slop: int


def placings(values: tuple[str, ...], slop: int) -> int:
    """In how many ways the terms can stand within ``slop`` other words of each other."""
    return math.perm(len(values)) * math.comb(slop + len(values) - 1, len(values) - 1)


def placed(values: tuple[str, ...], slop: int) -> Iterator[tuple[tuple[int, str], ...]]:
    """Those ways, each once: (position, term) in order of position, the first at 0."""
    for order in sorted(set(itertools.permutations(values))):
        for rest in itertools.combinations(range(1, len(order) + slop), len(order) - 1):
            yield tuple(zip((0, *rest), order, strict=True))


class Close(msgspec.Struct, frozen=True, tag=True):
    """Entries in which ``second`` stands at most ``reach`` places from right after ``first``.

    The other way round they are two places further: "a b" is 0 off, "a x b" 1, "b a" 2. The two differ.
    """

    field: str
    first: str
    second: str
    reach: int


class Prefix(msgspec.Struct, frozen=True, tag=True):
    """Entries with a term that begins so; all score the same.

    ``but``: none that goes on with one of these letters, if it is of the letters a to z and no longer than the forms
    that an index lists (the term is then known as it was written, see :mod:`index.beginnings`), or whatever it is of if
    it is ``listed`` by its first word.
    """

    field: str
    value: str
    but: str = ""
    listed: bool = False

    @property
    def pattern(self) -> str:
        """The terms as a regular expression."""
        value = re.escape(self.value)
        if not self.but:
            return f"{value}.*"
        if self.listed:
            return f"{value}([^{self.but}].*)?"
        unlisted = f"[a-z-]*[^a-z-].*|[a-z-]{{{max(LONGEST_FORM - len(self.value), 0)}}}.*"
        return f"{value}([^{self.but}].*|[{self.but}]({unlisted}))?"


class Range(msgspec.Struct, frozen=True, tag=True):
    """Entries with a number in ``[low, high]``; None is no limit. All score the same."""

    field: str
    low: int | None
    high: int | None


class AllOf(msgspec.Struct, frozen=True, tag=True):
    """Entries that each child finds; at least one child. Scores add up."""

    children: tuple[Node, ...]


class AnyOf(msgspec.Struct, frozen=True, tag=True):
    """Entries that a child finds. Scores add up."""

    children: tuple[Node, ...]


class Without(msgspec.Struct, frozen=True, tag=True):
    """Entries that the child does not find."""

    child: Node


class Alike(msgspec.Struct, frozen=True, tag=True):
    """What the child finds; all score the same, 1."""

    child: Node


class Boost(msgspec.Struct, frozen=True, tag=True):
    """What the child finds, its score times ``factor``; 0 for a filter, which finds and does not rank."""

    child: Node
    factor: float


Node = Everything | Term | Phrase | Near | Close | Prefix | Range | AllOf | AnyOf | Without | Alike | Boost


class Request(msgspec.Struct, frozen=True, dict=True):
    """Entries that ``must`` finds, and at least ``minimum`` of ``some``; what ``bonus`` finds only adds to scores."""

    must: Node
    some: tuple[Node, ...] = ()
    minimum: int = 0
    bonus: tuple[Node, ...] = ()

    @cached_property
    def unranked(self) -> bool:
        """True when every entry that is found has the same score."""
        return is_unscored(self.must) and not self.some and not self.bonus


Key = tuple[int | float, ...]


class Known(msgspec.Struct, gc=False, eq=False):
    """What tells an entry from others: its :data:`TIE`, :data:`GROUP` and :data:`OWN`, and the engine's own handle on
    it, good for the life of the reader.

    While a reader remembers an entry, this is one object; ``shown`` is for whoever wants to remember something of it.
    """

    tie: int
    words: int
    own: int
    ref: object
    shown: Any = None


class Row(msgspec.Struct, frozen=True, gc=False):
    """A found entry with its score (0 where nothing is ranked).

    ``key`` is what it is ordered by where that is not the score: (without a value, the value or its negative), smaller
    for what comes earlier.
    """

    score: float
    entry: Known
    key: Key | None = None


class Found(msgspec.Struct, frozen=True, gc=False):
    """``rows`` are the first of ``total``."""

    total: int
    rows: list[Row]


class Order(msgspec.Struct, frozen=True):
    """By a sort field instead of by score; entries without a value come last."""

    field: str
    descending: bool

    def key(self, value: int | None) -> Key:
        """What an entry with that value is ordered by."""
        if value is None:
            return (1, 0)
        return (0, -value if self.descending else value)


def ranked(counts: Iterable[tuple[str, int]], limit: int) -> list[tuple[str, int]]:
    """Values with their counts in the order in which facets are given."""
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:limit]


def is_unscored(node: Node) -> bool:
    """True when every entry the node finds has the same score."""
    if isinstance(node, AllOf):
        return all(map(is_unscored, node.children))
    return isinstance(node, Everything | Prefix | Range | Without | Alike) or (
        isinstance(node, Boost) and node.factor == 0
    )


def rarity(entries: int, having: int) -> float:
    """What a term says that so many of all entries have (BM25's idf): much when few have it, never nothing."""
    return math.log(1 + (entries - having + 0.5) / (having + 0.5))


class Reader(Protocol):
    """A view of the index as it was at its last commit."""

    def search(self, request: Request, limit: int, order: Order | None = None) -> Found:
        """The best ``limit`` entries (at least 1), equal ones in the order of their :data:`TIE`.

        So the order does not depend on when an entry was indexed, and for one by a sort field it is the same in every
        engine.
        """

    def count(self, request: Request) -> int:
        """How many entries the request finds."""

    def frequency(self, field: str, term: str) -> int:
        """How many entries have the term in a text or keyword field."""

    def at_most(self, field: str, term: str) -> int:
        """The same, sooner; entries that are gone may count until their segment is merged."""

    def rarity(self, field: str, term: str) -> float:
        """The :func:`rarity` by which the term is scored in a text field; 0 for one that no entry has.

        Quick; entries that are gone may count until their segment is merged.
        """

    def facets(self, request: Request, fields: Sequence[str], limit: int) -> dict[str, list[tuple[str, int]]]:
        """By each of the :data:`FACETS` asked for: its values, and how many of the entries found have them.

        Exact; the most frequent first, equal ones in the order of their letters (code points), at most ``limit``
        (itself at most :data:`MOST_VALUES`).
        """

    def words(self, request: Request, limit: int) -> list[int]:
        """The ``group`` of the entries found, in any order, of ``limit`` (at least 1) at most. Quicker than rows."""

    def stored(self, rows: Sequence[Row]) -> list[bytes]:
        """What was stored with each row."""

    def close(self) -> None:
        """Gives up the files."""


class Writer(Protocol):
    """The one writer of an index. What it does is seen by readers opened after :meth:`commit`, all of it or nothing."""

    def delete(self, sha256: str) -> None:
        """Takes out every entry of a content."""

    def add(self, entry: Entry) -> None:
        """Puts an entry in."""

    def commit(self) -> None:
        """Makes everything so far visible and safe against a killed process."""

    def close(self) -> None:
        """Drops what is not committed and gives up the lock."""


class Engine(Protocol):
    """A kind of index on disk."""

    def create(self, folder: Path) -> None:
        """An empty index in an empty folder."""

    def reader(self, folder: Path) -> Reader:
        """Raises EngineError for a folder without an index, or with a broken one."""

    def writer(self, folder: Path, wait: float) -> Writer:
        """Raises IndexBusy when another process still writes after ``wait`` seconds."""


EngineName = Literal["tantivy", "whoosh"]
USUAL: EngineName = "tantivy"
"""The engine of an index that nobody asked another one for."""


def engine(name: str) -> Engine:
    """The engine of that name, imported only now. Raises EngineError for a name that is none."""
    if name == "tantivy":
        from index.engines.tantivy import TantivyEngine

        return TantivyEngine()
    if name == "whoosh":
        from index.engines.whoosh import WhooshEngine

        return WhooshEngine()
    raise EngineError(f"there is no index engine {name!r}; use tantivy or whoosh")


def rotten(name: str, folder: Path) -> list[str]:
    """The files of an index whose bytes are not those that were written, by the sums that its engine keeps.

    Whoosh keeps none: of its files it is seen only that they can be opened.
    """
    if name != "tantivy":
        return []
    from index.engines import tantivy_sums

    with sound(folder):
        return tantivy_sums.rotten(folder)


def pieces_missing(name: str, folder: Path) -> int:
    """With how many commits more an engine would join the small pieces of its index; 0 where that is not worth it.

    Whoosh joins its own at each commit.
    """
    if name != "tantivy":
        return 0
    from index.engines import tantivy_pieces

    with sound(folder):
        return tantivy_pieces.missing(folder)
