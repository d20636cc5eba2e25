"""The copies of a conversation by message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.conversations.copies import FEW_WORDS, NEARLY_ALL, contradict
from pipeline.conversations.keys import TELLING_LETTERS
from pipeline.conversations.library import Copy, Key
from pipeline.conversations.walk import Bond, Gathered
from pipeline.conversations.words import containment

STRENGTH = ("message-id", "fingerprint", "quoted-text")


class Clusters:
    """Sets of copies that are one message. Two with different Message-IDs are never put together."""

    def __init__(self, gathered: Gathered) -> None:
        self._copies = gathered.copies
        self._above: dict[Key, Key] = {}
        self._ids: dict[Key, str] = {
            key: copy.row.message_id for key, copy in gathered.copies.items() if copy.row.message_id
        }
        self.known_by: dict[Key, str] = {}
        same = [bond for bond in gathered.bonds if bond.same]
        for bond in sorted(same, key=lambda bond: (STRENGTH.index(bond.how), bond.one, bond.other)):
            self._join(bond.one, bond.other, f"{bond.how}: {bond.detail}")
        self._quoting = sorted((bond.one, bond.other) for bond in gathered.bonds if bond.how == "quoted-below")
        self._join_undated()

    def of(self, key: Key) -> Key:
        """The copy that stands for all of its message."""
        while key in self._above:
            key = self._above[key]
        return key

    def all(self) -> dict[Key, list[Copy]]:
        """The copies of each message by the one that stands for it."""
        found: dict[Key, list[Copy]] = defaultdict(list)
        for key, copy in self._copies.items():
            found[self.of(key)].append(copy)
        return dict(found)

    def quoted(self) -> dict[Key, set[Key]]:
        """Which messages each message quotes directly below it."""
        found: dict[Key, set[Key]] = defaultdict(set)
        for upper, lower in self._quoting:
            if self.of(upper) != self.of(lower):
                found[self.of(upper)].add(self.of(lower))
        return dict(found)

    def _join(self, one: Key, other: Key, why: str) -> bool:
        first, second = self.of(one), self.of(other)
        if first == second:
            return True
        ids = self._ids.get(first), self._ids.get(second)
        if ids[0] and ids[1] and ids[0] != ids[1]:
            return False
        self._above[second] = first
        if ids[1]:
            self._ids[first] = ids[1]
        for key in (one, other):
            self.known_by.setdefault(key, why)
        return True

    # --- messages that print no time -----------------------------------------------------------------------------

    def _join_undated(self) -> None:
        """Identical words without a time are one message where both quote one message, or where they are many words.

        An answer that a paste prints without its header is the message that quotes the same and says nearly the same
        words, where there is one such message.
        """
        undated = [copy for _, copy in sorted(self._copies.items()) if copy.row.minute is None]
        alike: dict[str, list[Copy]] = defaultdict(list)
        for copy in undated:
            alike[copy.row.fingerprint].append(copy)
        for copies in alike.values():
            for copy in copies[1:]:
                self._join_if_identical(copies[0], copy)
        headless = [copy for copy in undated if copy.message.sender is None and not copy.row.quoted]
        for copy in headless:
            self._join_headless(copy)

    def _join_if_identical(self, one: Copy, other: Copy) -> None:
        letters = sum(map(len, one.keys))
        if contradict(one, other) or not letters:
            return
        if letters >= TELLING_LETTERS or self._quoted_by(one) & self._quoted_by(other):
            self._join(one.key, other.key, "fingerprint: the same words")

    def _join_headless(self, copy: Copy) -> None:
        """With the one message that quotes the same in nearly the same words; with none where two would fit."""
        mine = self._quoted_by(copy)
        fitting: dict[Key, tuple[Key, float]] = {}
        for upper, lower in self._quoting:
            other = self._copies[upper]
            if self.of(lower) in mine and other.message.sender is not None and _are_alike(copy, other):
                fitting.setdefault(self.of(upper), (upper, containment(copy.keys, other.keys)))
        if len(fitting) == 1:
            ((upper, contained),) = fitting.values()
            self._join(upper, copy.key, f"quoted-text: quotes the same, {contained:.0%} of the words")

    def _quoted_by(self, copy: Copy) -> set[Key]:
        return {self.of(lower) for upper, lower in self._quoting if upper == copy.key}


def _are_alike(one: Copy, other: Copy) -> bool:
    """Whether two texts of some length are nearly the same."""
    short, long = sorted([len(one.keys), len(other.keys)])
    return short >= max(FEW_WORDS, NEARLY_ALL * long) and containment(one.keys, other.keys) >= NEARLY_ALL


def best_first(copies: Sequence[Copy], lengths: dict[Key, int]) -> list[Copy]:
    """The copies of a message with the best one first: out of a mail file, else not quoted.

    Of equal ones the reading that most documents have, else the longest. ``lengths``: those of the paths, to tell
    equal ones apart.
    """
    readings: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for copy in copies:
        readings[tuple(copy.keys)].add(copy.row.sha256)

    def rank(copy: Copy) -> tuple[bool, bool, int, int, int, Key]:
        shared = len(readings[tuple(copy.keys)])
        return not copy.of_mail_file, copy.row.quoted, -shared, -len(copy.keys), lengths.get(copy.key, 0), copy.key

    return sorted(copies, key=rank)


def bonds_between(bonds: Iterable[Bond], clusters: Clusters) -> dict[tuple[Key, Key], list[Bond]]:
    """What ties each two messages: the message that answers or carries comes first."""
    found: dict[tuple[Key, Key], list[Bond]] = defaultdict(list)
    for bond in bonds:
        pair = clusters.of(bond.one), clusters.of(bond.other)
        if not bond.same and pair[0] != pair[1]:
            found[pair].append(bond)
    return dict(found)
