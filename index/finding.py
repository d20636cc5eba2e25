"""A page of what is found, and how much there is in all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import msgspec

from index.copies import FIELD, MARK, MARKED
from index.cursor import After
from index.engines.base import AllOf, Boost, Found, Order, Reader, Request, Row
from index.groups import LOTS, Group, Groups, Key, Rank
from index.results import Counts

# Where fewer parts than fill a page have all words, more is looked for: compounds by their members apart.
ENOUGH = 10
# Of more entries than these, copies are not told from each other beyond the page.
LOOKED_AT = 1_000
SPARE = 4
MORE = 4
ALL_ROWS = 10**9
COPIES = Boost(MARKED, 0)


class Page(msgspec.Struct, frozen=True):
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
        self._copies = copies
        self._order = order
        self._wider = wider
        self.widened = False
        self._begin(lots)

    def _begin(self, lots: Lots) -> None:
        self._lots = lots
        self._groups = Groups()
        self._words: set[int] = set()
        self._unseen = False
        self._owed: int | None = None
        self._totals = [0] * len(LOTS)
        self._parts = 0
        self._exact = True

    def _begins_anew(self) -> bool:
        """After the first lot: True where it was too little and there is something wider to look for."""
        if self._wider is None or self._parts >= ENOUGH:
            return False
        self._begin(self._wider())
        self._wider, self.widened = None, True
        return True

    @property
    def moves(self) -> bool:
        """Whether the order moves when other parts are indexed: by score it does, for scores compare all parts."""
        return self._order is None and self._lots.ranked

    def page(self, limit: int, offset: int, after: After) -> Page:
        """``limit`` groups after the first ``offset`` of those that come after a cursor."""
        admitted: list[Group] = []
        wanted = offset + limit + 1
        for lot in range(len(self._lots.requests)):
            admitted = self._fill(lot, wanted, after, admitted)
            if not lot and self._begins_anew():
                return self.page(limit, offset, after)
        found = admitted[:wanted]
        return Page(found[offset : offset + limit], found[:offset], len(found) == wanted, self._counts())

    def everything(self) -> list[Group]:
        """All groups in order."""
        for lot, request in enumerate(self._lots.requests):
            found = self._reader.search(request, ALL_ROWS, self._order)
            self._add(lot, found.rows)
            self._parts += found.total
            if not lot and self._begins_anew():
                return self.everything()
        return self._groups.found

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
            if not lot and self._begins_anew():
                return self.counts()
        return self._counts()

    def _fill(self, lot: int, wanted: int, after: After, admitted: list[Group]) -> list[Group]:
        """Look into a lot until there is enough for the page; the groups so far that come after the cursor.

        What has few hits is looked at whole, to tell copies from each other; of much, only what the page needs.
        """
        request = self._lots.requests[lot]
        if len(admitted) >= wanted and (total := self._total(lot)) > self._whole():
            self._only_count(lot, total)
            self._exact = self._exact and not self._copies
            return admitted
        limit, known = (SPARE if self._copies else 0) + wanted + after.shown, 0
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
                looked_at = found.total <= self._whole()
                self._owed = known if looked_at and not lot else self._owed
                self._exact = self._exact and (looked_at or not self._copies)
                break
            else:
                limit *= MORE
        self._count(lot, found)
        return admitted

    def _may_be_with_copies(self, lot: int, found: Found) -> bool:
        """False where it need not be asked: for so much that not all is looked at, or a first lot that is in hand."""
        if not found.total or found.total > self._whole() or (not lot and len(found.rows) == found.total):
            return False
        if not self._are_marked(self._lots.both if lot and self._lots.both else self._lots.requests[lot]):
            self._unseen = not lot
            return False
        if lot and self._unseen:
            self._words.update(self._reader.words(self._lots.requests[0], self._parts))
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

    def _whole(self) -> int:
        """Up to so many entries are looked at to the last one."""
        return LOOKED_AT if self._copies else 0

    def _add(self, lot: int, rows: Sequence[Row]) -> None:
        if not rows:
            return
        keys, marks = self._keys(rows), self._reader.groups(rows)
        if not self._copies:
            self._groups.add_alone(lot, rows, keys, marks)
            return
        for row, key, (words, own) in zip(rows, keys, marks, strict=True):
            self._groups.add(row, Rank(lot, key, row.tie), words, own)

    def _keys(self, rows: Sequence[Row]) -> list[Key]:
        if self._order is None:
            return [(-row.score,) for row in rows]
        sign = -1 if self._order.descending else 1
        values = self._reader.values(rows, self._order.field)
        return [(1, 0) if value is None else (0, sign * value) for value in values]

    def _count(self, lot: int, found: Found) -> None:
        self._totals[lot] = self._groups.sizes[lot] + found.total - len(found.rows)
        self._parts += found.total

    def _only_count(self, lot: int, total: int) -> None:
        self._totals[lot] = total
        self._parts += total

    def _counts(self) -> Counts:
        return Counts(total=sum(self._totals), total_all=self._totals[0], parts=self._parts, exact=self._exact)
