"""Hits from what was found: which copy of a message is shown, what of it, where else it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from index.engines.base import Reader, Row
from index.groups import Group
from index.plan import Mark
from index.results import Hit, Match, Snippet
from index.snippets import Marker, cut
from index.stored import Head, text_of, unpack_head
from index.terms import TermTable

MOST_COPIES = 500
# What is shown again by the next query.
REMEMBERED_TERMS, REMEMBERED_WORDS, REMEMBERED_HEADS = 64, 20_000, 5_000
# Of more hits on a page than these, texts are not held from reading what is shown to cutting snippets.
MOST_KEPT = 100
NO_SNIPPET = Snippet(text="", matches=[], page=None)


class _Known(NamedTuple):
    """What is remembered of an entry: the engine's handle on it, its head, the hit without what differs by search, and
    whether its message or its content may stand elsewhere too."""

    ref: object
    head: Head
    hit: Hit
    copied: bool
    elsewhere: bool


class _Shown(msgspec.Struct, frozen=True, gc=False):
    """What a hit is made of; ``data`` is what is stored, where it has just been read."""

    known: _Known
    row: Row
    match: Match
    data: bytes | None = None


class Shower:
    """Makes the hits of an open index."""

    def __init__(self, reader: Reader, table: TermTable) -> None:
        self._reader = reader
        self._forms = lru_cache(maxsize=REMEMBERED_TERMS)(table.forms)
        self._word = lru_cache(maxsize=REMEMBERED_WORDS)(table.word)
        self._heads: dict[int, _Known] = {}
        self._marker = lru_cache(maxsize=REMEMBERED_TERMS)(lambda marks: Marker(marks, self._forms, self._word))

    def hits(self, groups: list[Group], rank: int, marks: tuple[Mark, ...], snippets: int) -> list[Hit]:
        """The hits of some groups, ranked from ``rank`` on, with up to so many snippets each."""
        keep = snippets > 0 and len(groups) <= MOST_KEPT
        of_row = self._of_row
        shown = [
            of_row(group.rows[0], group.match, keep=keep) if len(group.rows) == 1 else self._of_copies(group, keep=keep)
            for group in groups
        ]
        copied = [one.known.head for one in shown if one.known.copied]
        alike = self._copies(copied) if copied else []
        if not snippets:
            return [_hit(one, number, alike) for number, one in enumerate(shown, rank)]
        marker = self._marker(marks)
        return [_hit(one, number, alike, *self._cut(one, marker, snippets)) for number, one in enumerate(shown, rank)]

    def id(self, group: Group) -> str:
        """The id of the part that is shown."""
        return self._shown(group).known.head.id

    def mark(self, group: Group) -> str:
        """What stays the same of a hit: a message's fingerprint, "|" and its Message-ID (none of a quoted copy); the id
        of any other part, "|" and a digest of its text."""
        shown = self._shown(group)
        head = shown.known.head
        if head.fingerprint is not None:
            return f"{head.fingerprint}|{head.message_id or ''}"
        return f"{head.id}|{hashlib.sha256(self._text(shown).encode()).hexdigest()[:16]}"

    def _shown(self, group: Group) -> _Shown:
        if len(group.rows) == 1:
            return self._of_row(group.rows[0], group.match)
        return self._of_copies(group)

    def _of_copies(self, group: Group, *, keep: bool = True) -> _Shown:
        """The copy that stands for all: one that is not a quotation, if there is any. ``keep`` what is read."""
        rows = group.rows
        stored = self._reader.stored(rows[:MOST_COPIES])
        copies = list(map(unpack_head, stored))
        best = min(range(len(copies)), key=lambda number: (copies[number].quoted, number))
        known = self._known(rows[best], copies[best])
        return _Shown(known, rows[best], group.match, stored[best] if keep else None)

    def _of_row(self, row: Row, match: Match, *, keep: bool = True) -> _Shown:
        """What a hit shows beside its text is remembered: good hits are found by many a query."""
        known = self._heads.get(row.tie)
        if known is not None and known.ref == row.ref:
            return _Shown(known, row, match)
        data = self._reader.stored([row])[0]
        if len(self._heads) >= REMEMBERED_HEADS:
            self._heads.clear()
        known = self._heads[row.tie] = self._known(row, unpack_head(data))
        return _Shown(known, row, match, data if keep else None)

    def _known(self, row: Row, head: Head) -> _Known:
        copied = head.fingerprint is not None and self._reader.at_most("fingerprint", head.fingerprint) > 1
        return _Known(row.ref, head, _plain(head), copied, len(head.paths) > 1)

    def _text(self, shown: _Shown) -> str:
        return text_of(self._reader.stored([shown.row])[0] if shown.data is None else shown.data)

    def _copies(self, heads: list[Head]) -> list[Head]:
        from index.alike import copies

        return copies(self._reader, heads)

    def _cut(self, shown: _Shown, marker: Marker, snippets: int) -> tuple[Snippet, list[Snippet]]:
        head = shown.known.head
        return cut(self._text(shown), head.body_start, marker, snippets, head.page_at)


def _plain(head: Head) -> Hit:
    """A hit as it is whatever was asked, with none of what depends on that."""
    return Hit(
        rank=0,
        score=0.0,
        match="all",
        id=head.id,
        path=head.paths[0],
        part=head.part,
        kind=head.kind,
        part_kind=head.part_kind,
        title=head.title,
        date=head.date,
        committee=head.committee,
        municipality=head.municipality,
        page=head.page,
        snippet="",
        matches=[],
        snippets=[],
        also_in=[],
    )


def _hit(
    shown: _Shown, rank: int, alike: list[Head], best: Snippet = NO_SNIPPET, several: Sequence[Snippet] = ()
) -> Hit:
    """The hit; its lists are its own."""
    known = shown.known
    return replace(
        known.hit,
        rank=rank,
        score=shown.row.score,
        match=shown.match,
        snippet=best.text,
        matches=[*best.matches],
        snippets=[*several],
        also_in=_places(known.head, alike) if alike or known.elsewhere else [],
    )


def _places(shown: Head, alike: list[Head]) -> list[str]:
    """The other paths of the content, then those of all copies of the message, found by this query or not."""
    from index.alike import same_message

    paths = dict.fromkeys(shown.paths[1:])
    others = [path for copy in alike if same_message(shown, copy) for path in copy.paths]
    paths.update(dict.fromkeys(sorted(others)))
    paths.pop(shown.paths[0], None)
    return list(paths)
