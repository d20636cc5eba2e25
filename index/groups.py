"""What was found, with the copies of a message together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

import msgspec

from index.engines.base import Row
from index.results import Match

LOTS: tuple[Match, ...] = ("all", "some")
Key = tuple[int | float, ...]


class Rank(msgspec.Struct, frozen=True, order=True, gc=False):
    """Where a row stands among all that is found: those with all words first, then by ``key``, then by ``tie``.

    ``key`` is smaller for what comes earlier; of a sort by a value it is (without a value, the value or its negative).
    """

    lot: int
    key: Key
    tie: int


class Group(msgspec.Struct, gc=False):
    """The copies of one message that were found, or one part that is no message. ``words``, ``own``: see ``Entry``.

    ``ranks`` are those of ``rows``, the best first.
    """

    match: Match
    words: int
    own: int
    rows: list[Row]
    ranks: list[Rank]


class Groups:
    """What was found, copies together, in order.

    Copies without an id of their own (quotations) go with the first mail of the same words; two mails with an id each
    are two messages, however alike they are (a scanner's mails, a mailing to many). ``sizes`` counts those of each lot.
    """

    def __init__(self) -> None:
        self._by_words: dict[int, list[Group]] = {}
        self.found: list[Group] = []
        self.sizes = [0 for _ in LOTS]

    @property
    def words(self) -> Set[int]:
        """Of all that was found."""
        return self._by_words.keys()

    def add_alone(self, lot: int, rows: Sequence[Row], keys: Iterable[Key], marks: Iterable[tuple[int, int]]) -> None:
        """Put in rows of which none has a copy anywhere."""
        match = LOTS[lot]
        self.found += [
            Group(match, words, own, [row], [Rank(lot, key, row.tie)])
            for row, key, (words, own) in zip(rows, keys, marks, strict=True)
        ]
        self.sizes[lot] += len(rows)

    def add(self, row: Row, rank: Rank, words: int, own: int) -> None:
        """Put a row to its group; one that was found before by more words is not found again."""
        match = LOTS[rank.lot]
        alike = self._by_words.get(words)
        if alike is None:
            alike = self._by_words[words] = []
        for group in alike:
            if not own or not group.own or group.own == own:
                break
        else:
            group = Group(match, words, own, [row], [rank])
            alike.append(group)
            self.found.append(group)
            self.sizes[rank.lot] += 1
            return
        group.own = group.own or own
        if group.match == match:
            group.rows.append(row)
            group.ranks.append(rank)
