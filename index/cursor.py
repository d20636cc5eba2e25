"""Where a page of hits ended, so that the next one goes on there though documents come and go meanwhile.

A cursor holds the place of its last hit in the order (all or most of the words, sort key or score, tie-break) and, as
long as they are few, a mark of every hit that was shown. An order by day, amount or FTE does not move when other parts
are indexed, so the place alone holds. Scores do move a little with every part that is indexed: then the marks say what
was shown. Where neither can hold, the cursor is refused, for a page with hits left out is worse than none.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from operator import attrgetter
from pathlib import Path

import msgspec

from index.engines.base import Key
from index.groups import Group, Rank
from index.tree import QueryError

VERSION = 2
MOST_SEEN = 1_000
WORDS_BYTES = 5
SEEN_BYTES = WORDS_BYTES + 1
REMEMBERED = 10_000
_TELLING = attrgetter("words", "own")
_encode = msgspec.msgpack.Encoder().encode
URL_SAFE = bytes.maketrans(b"+/", b"-_")
ENGINE_FILES = (".lock", ".tmp", ".sqlite", ".msgpack", "-wal", "-shm", "-journal", ".broken")


class CursorError(QueryError):
    """A cursor that cannot be followed."""

    def __init__(self, message: str) -> None:
        super().__init__(message, None)


class Asked(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a cursor belongs to. ``question`` is a digest of all that decides what is found, ``index`` of its state."""

    question: bytes
    sort: str
    index: bytes


class Cursor(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """``shown`` counts the hits before; ``seen`` has a mark of each, None when they were too many.

    ``apart``: compounds were looked for by their members apart too, for little was found; so are they for what follows.
    """

    version: int
    asked: Asked
    shown: int
    lot: int
    key: Key
    tie: int
    seen: bytes | None
    apart: bool

    @property
    def rank(self) -> Rank:
        """The place of the last hit."""
        return Rank(self.lot, self.key, self.tie)

    def written(self) -> str:
        """As it is printed and given back."""
        return binascii.b2a_base64(_encode(self), newline=False).translate(URL_SAFE).rstrip(b"=").decode()


def read(text: str, asked: Asked, *, moves: bool) -> Cursor:
    """The cursor, if it holds for what is asked now. ``moves``: the order moves when anything is indexed.

    Raises CursorError for one of another query, sort or version, and for one whose place is lost.
    """
    try:
        data = base64.urlsafe_b64decode(text.strip() + "=" * (-len(text.strip()) % 4))
        cursor = msgspec.msgpack.decode(data, type=Cursor)
        if cursor.version != VERSION:
            raise ValueError
    except (msgspec.MsgspecError, binascii.Error, ValueError):
        raise CursorError("this is no cursor: give the one that the page before has as next, whole") from None
    if cursor.asked.question != asked.question:
        raise CursorError("the cursor belongs to another query: give it with the query and the filters it came from")
    if cursor.asked.sort != asked.sort:
        raise CursorError(f"the cursor belongs to the order by {cursor.asked.sort}, not by {asked.sort}")
    if moves and cursor.seen is None and cursor.asked.index != asked.index:
        raise CursorError(
            f"the index has changed since the page before, and more than {MOST_SEEN} hits were shown: "
            "begin anew, or sort by date, where pages hold"
        )
    return cursor


class After:
    """Which groups come after a cursor (None: all of them), in the index as it is now."""

    def __init__(self, cursor: Cursor | None, *, moves: bool) -> None:
        self._cursor = cursor
        self._moves = moves
        # How many hits were shown before.
        self.shown = 0
        if cursor is not None:
            self.shown = cursor.shown
            self._seen = _split(cursor.seen) if cursor.seen is not None else None
            self._words = {mark[:WORDS_BYTES] for mark in self._seen or ()}

    def admitted(self, groups: list[Group]) -> list[Group]:
        """Those that come after the cursor; they are not copied where that is all."""
        return groups if self._cursor is None else [group for group in groups if self.admits(group)]

    def admits(self, group: Group) -> bool:
        """True for a hit that was not shown and was not passed by."""
        if self._cursor is None:
            return True
        if self._seen is None:
            return group.first > self._cursor.rank
        if self._was_shown(group):
            return False
        if self._moves:
            return group.lot >= self._cursor.lot
        return group.last > self._cursor.rank

    def _was_shown(self, group: Group) -> bool:
        """A message counts as shown when it was by a copy without an id, or is only left as such a copy."""
        assert self._seen is not None
        mark = seen_mark(group)
        words = mark[:WORDS_BYTES]
        if words not in self._words:
            return False
        return group.own == 0 or mark in self._seen or words + b"\0" in self._seen


FIRST = After(None, moves=True)


def _split(seen: bytes) -> frozenset[bytes]:
    return frozenset(seen[at : at + SEEN_BYTES] for at in range(0, len(seen), SEEN_BYTES))


def seen_mark(group: Group) -> bytes:
    """A few bytes of a message's words and of its own id (0 for none)."""
    return _marks[group.words, group.own]


class _Marks(dict[tuple[int, int], bytes]):
    """By words and own id; what has been shown is shown again."""

    def __missing__(self, told: tuple[int, int]) -> bytes:
        if len(self) >= REMEMBERED:
            self.clear()
        words, own = told
        mark = self[told] = words.to_bytes(8)[:WORDS_BYTES] + bytes([1 + own % 255 if own else 0])
        return mark


_marks = _Marks()


def following(
    cursor: Cursor | None, asked: Asked, shown: list[Group], skipped: list[Group], *, moves: bool, apart: bool
) -> Cursor:
    """The cursor after the groups ``shown`` (at least one); ``skipped`` were left out before them (an offset)."""
    last = shown[-1].first
    if cursor is not None and not moves:
        last = max(last, cursor.rank)
    count = (cursor.shown if cursor else 0) + len(skipped) + len(shown)
    before = cursor.seen if cursor else b""
    seen = None
    if before is not None and count <= MOST_SEEN:
        seen = before + b"".join(map(_marks.__getitem__, map(_TELLING, [*skipped, *shown] if skipped else shown)))
    return Cursor(VERSION, asked, count, last.lot, last.key, last.tie, seen, apart)


def question(query: str, all_words: bool, like: str | None = None) -> bytes:
    """A digest of what decides which hits there are."""
    return hashlib.sha256(repr((" ".join(query.split()), all_words, like)).encode()).digest()[:8]


def index_state(folder: Path) -> bytes:
    """A digest that changes with every commit: engines never write a segment twice under one name."""
    names = sorted(path.name for path in folder.iterdir() if not path.name.endswith(ENGINE_FILES))
    return hashlib.sha256("\n".join([folder.name, *names]).encode()).digest()[:8]
