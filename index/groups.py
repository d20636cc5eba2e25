"""What was found, with the copies of a message together."""

from __future__ import annotations

from collections.abc import Sequence, Set

import msgspec

from index.engines.base import Key, Row
from index.results import Match

LOTS: tuple[Match, ...] = ("all", "some")


class Rank(msgspec.Struct, frozen=True, order=True, gc=False):
    """Where a row stands among all that is found: those with all words first, then by ``key``, then by ``tie``."""

    lot: int
    key: Key
    tie: int


class Group(msgspec.Struct, gc=False):
    """The copies of one message that were found, or one part that is no message, the best first.

    ``words``, ``own`` (the message's, if any of the copies has one): see ``Entry``.
    """

    lot: int
    words: int
    own: int
    rows: list[Row]

    @property
    def match(self) -> Match:
        """Whether it has all words or most of them."""
        return LOTS[self.lot]

    @property
    def first(self) -> Rank:
        """Where the best row stands."""
        return self._rank(self.rows[0])

    @property
    def last(self) -> Rank:
        """Where the row stands that comes last."""
        return max(map(self._rank, self.rows))

    def _rank(self, row: Row) -> Rank:
        return Rank(self.lot, row.key or (-row.score,), row.entry.tie)


def alone(lot: int, rows: Sequence[Row]) -> list[Group]:
    """The groups of rows of which none has a copy anywhere."""
    return [Group(lot, row.entry.words, row.entry.own, [row]) for row in rows]


class Groups:
    """What was found, copies together, in order.

    Copies without an id of their own (quotations) go with the first mail of the same words; two mails with an id each
    are two messages, however alike they are (a scanner's mails, a mailing to many). ``sizes`` counts those of each lot.
    """

    def __init__(self) -> None:
        self._by_words: dict[int, list[Group]] = {}
        self.found: list[Group] = []
        self.sizes = [0, 0]

    @property
    def words(self) -> Set[int]:
        """Of all that was found."""
        return self._by_words.keys()

    def add(self, lot: int, row: Row) -> None:
        """Put a row to its group; one that was found before by more words is not found again."""
        own, words = row.entry.own, row.entry.words
        alike = self._by_words.get(words)
        if alike is None:
            alike = self._by_words[words] = []
        for group in alike:
            if not own or not group.own or group.own == own:
                break
        else:
            group = Group(lot, words, own, [row])
            alike.append(group)
            self.found.append(group)
            self.sizes[lot] += 1
            return
        group.own = group.own or own
        if group.lot == lot:
            group.rows.append(row)
