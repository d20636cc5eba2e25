"""A page of what is found, and how much there is in all."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from functools import cached_property

import msgspec

from index.copies import FIELD, MARK, MARKED
from index.cursor import After
from index.engines.base import AllOf, Boost, Found, Order, Reader, Request, Row
from index.groups import Group, Groups, alone
from index.results import Counts

# Where fewer parts than fill a page have all words, more is looked for: compounds by their members apart.
ENOUGH = 10
# Of more entries than these, copies are not told from each other beyond the page.
LOOKED_AT = 1_000
SPARE = 4
MORE = 4
ALL_ROWS = 10**9
COPIES = Boost(MARKED, 0)


class Page(msgspec.Struct, frozen=True, gc=False):
    """The groups of a page, those left out before it, and whether others come after it."""

    groups: list[Group]
    skipped: list[Group]
    more: bool
    counts: Counts


def has_copies(reader: Reader) -> bool:
    """False when no message is in the index twice."""
    return reader.at_most(FIELD, MARK) > 0


class Lots(msgspec.Struct, frozen=True, dict=True):
    """What is looked for: what has all words, and perhaps what has most of them.

    ``both`` finds what the two find together, and is counted sooner than the second.
    """

    requests: tuple[Request, ...]
    both: Request | None = None

    @cached_property
    def ranked(self) -> bool:
        """Whether anything is put in order by a score."""
        return not all(request.unranked for request in self.requests)


class Finder:
    """Looks for what has all words and then for what has most.

    ``copies``: whether anything in the index may have copies, see :func:`has_copies`. ``wider`` makes what is looked
    for instead when fewer than :data:`ENOUGH` parts have all words.
    """

    widened = False
    _exact = True
    _unseen = False
    _owed: int | None = None
    _words: Set[int] = frozenset()
    _groups: Groups

    def __init__(
        self,
        reader: Reader,
        lots: Lots,
        order: Order | None = None,
        *,
        copies: bool = True,
        wider: Callable[[], Lots] | None = None,
    ) -> None:
        self._reader = reader
        self._lots = lots
        self._order = order
        self._copies = copies
        self._wider = wider
        if copies:
            self._groups = Groups()
        self._totals = [0, 0]
        self._parts = 0

    def _instead(self) -> Finder | None:
        """After the first lot: what looks for something wider, where that was too little and there is anything."""
        if self._wider is None or self._parts >= ENOUGH:
            return None
        self.widened = True
        return Finder(self._reader, self._wider(), self._order, copies=self._copies)

    @property
    def moves(self) -> bool:
        """Whether the order moves when other parts are indexed: by score it does, for scores compare all parts."""
        return self._order is None and self._lots.ranked

    def page(self, limit: int, offset: int, after: After) -> Page:
        """``limit`` groups after the first ``offset`` of those that come after a cursor."""
        found: list[Group] = []
        wanted = offset + limit + 1
        for lot in range(len(self._lots.requests)):
            found = self._fill(lot, wanted, after, found) if self._copies else self._alone(lot, wanted, after, found)
            if not lot and (other := self._instead()):
                return other.page(limit, offset, after)
        return Page(found[offset : offset + limit], found[:offset], len(found) >= wanted, self._counts())

    def _alone(self, lot: int, wanted: int, after: After, admitted: list[Group]) -> list[Group]:
        """As :meth:`_fill`, of parts without copies: each row is a hit."""
        if len(admitted) >= wanted:
            self._only_count(lot, self._total(lot))
            return admitted
        limit = wanted + after.shown
        while True:
            found = self._reader.search(self._lots.requests[lot], limit, self._order)
            hits = after.admitted(alone(lot, found.rows))
            if len(found.rows) == found.total or len(admitted) + len(hits) >= wanted:
                break
            limit *= MORE
        self._only_count(lot, found.total)
        return admitted + hits if admitted else hits

    def everything(self) -> list[Group]:
        """All groups in order."""
        groups: list[Group] = []
        for lot, request in enumerate(self._lots.requests):
            found = self._reader.search(request, ALL_ROWS, self._order)
            if self._copies:
                self._add(lot, found.rows)
                groups = self._groups.found
            else:
                groups += alone(lot, found.rows)
            self._parts += found.total
            if not lot and (other := self._instead()):
                return other.everything()
        return groups

    def counts(self) -> Counts:
        """How much there is, exactly; copies are looked for only among what may have some."""
        copies = self._copies and self._are_marked(self._lots.both or self._lots.requests[0])
        for lot, request in enumerate(self._lots.requests):
            total = self._total(lot)
            if copies and total and self._with_copies(lot, total):
                found = self._reader.search(request, ALL_ROWS)
                self._add(lot, found.rows)
                self._count(lot, found)
            else:
                self._owed = 0 if copies and not lot else self._owed
                self._only_count(lot, total)
            if not lot and (other := self._instead()):
                return other.counts()
        return self._counts()

    def _fill(self, lot: int, wanted: int, after: After, admitted: list[Group]) -> list[Group]:
        """Look into a lot until there is enough for the page; the groups so far that come after the cursor.

        What has few hits is looked at whole, to tell copies from each other; of much, only what the page needs.
        """
        request = self._lots.requests[lot]
        if len(admitted) >= wanted and (total := self._total(lot)) > LOOKED_AT:
            self._only_count(lot, total)
            self._exact = False
            return admitted
        limit, known = SPARE + wanted + after.shown, 0
        copies: bool | None = None
        while True:
            found = self._reader.search(request, limit, self._order)
            if copies is None:
                copies = self._may_be_with_copies(lot, found)
            self._add(lot, found.rows[known:])
            known = len(found.rows)
            admitted = after.admitted(self._groups.found)
            if known == found.total:
                break
            if copies:
                limit = found.total
            elif len(admitted) >= wanted:
                looked_at = found.total <= LOOKED_AT
                self._owed = known if looked_at and not lot else self._owed
                self._exact = self._exact and looked_at
                break
            else:
                limit *= MORE
        self._count(lot, found)
        return admitted

    def _may_be_with_copies(self, lot: int, found: Found) -> bool:
        """False where it need not be asked: for so much that not all is looked at, or a first lot that is in hand."""
        if not found.total or found.total > LOOKED_AT or (not lot and len(found.rows) == found.total):
            return False
        if not self._are_marked(self._lots.both if lot and self._lots.both else self._lots.requests[lot]):
            self._unseen = not lot
            return False
        if lot and self._unseen:
            self._words |= set(self._reader.words(self._lots.requests[0], self._parts))
        return self._with_copies(lot, found.total)

    def _are_marked(self, request: Request) -> bool:
        """Whether anything found is marked as a copy; of copies that are all found only one is not."""
        return self._reader.count(msgspec.structs.replace(request, must=AllOf((request.must, COPIES)))) > 0

    def _with_copies(self, lot: int, total: int) -> bool:
        """Whether anything in a lot is a copy of something else in it or in the lot before.

        If so, what is owed is looked at: the first lot beyond so many rows, as long as there was no copy.
        """
        words = set(self._reader.words(self._lots.requests[lot], total))
        before = self._words | self._groups.words
        self._words |= words
        alone = len(words) == total and words.isdisjoint(before)
        if not alone and self._owed is not None:
            rows = self._reader.search(self._lots.requests[0], self._parts, self._order).rows
            self._add(0, rows[self._owed :])
            self._owed = None
        return not alone

    def _total(self, lot: int) -> int:
        """How many entries a lot has; the lots before it were looked at."""
        if lot == 1 and self._lots.both is not None:
            return self._reader.count(self._lots.both) - self._parts
        return self._reader.count(self._lots.requests[lot])

    def _add(self, lot: int, rows: Sequence[Row]) -> None:
        for row in rows:
            self._groups.add(lot, row)

    def _count(self, lot: int, found: Found) -> None:
        self._totals[lot] = self._groups.sizes[lot] + found.total - len(found.rows)
        self._parts += found.total

    def _only_count(self, lot: int, total: int) -> None:
        self._totals[lot] = total
        self._parts += total

    def _counts(self) -> Counts:
        return Counts(total=sum(self._totals), total_all=self._totals[0], parts=self._parts, exact=self._exact)
