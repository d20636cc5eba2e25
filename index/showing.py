"""Hits from what was found: which copy of a message is shown, what of it, where else it stands."""

from __future__ import annotations

import hashlib
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from index.engines.base import Known, Reader, Row
from index.groups import LOTS, Group
from index.plan import Mark
from index.results import Hit, Snippet
from index.snippets import Marker, cut
from index.stored import Head, stands_of, text_of, unpack_head
from index.terms import TermTable

MOST_COPIES = 500
# What is shown again by the next query.
REMEMBERED_TERMS, REMEMBERED_WORDS, REMEMBERED_HEADS = 64, 20_000, 5_000
# Of more hits on a page than these, texts are not held from reading what is shown to cutting snippets.
MOST_KEPT = 100


class _Shown(msgspec.Struct, frozen=True, gc=False):
    """What is remembered of an entry: its head, the hit without what differs by search, and whether its message or its
    content may stand elsewhere too."""

    head: Head
    hit: Hit
    elsewhere: bool


class Shower:
    """Makes the hits of an open index."""

    def __init__(self, reader: Reader, table: TermTable) -> None:
        self._reader = reader
        self._forms = lru_cache(maxsize=REMEMBERED_TERMS)(table.forms)
        self._word = lru_cache(maxsize=REMEMBERED_WORDS)(table.word)
        self._remembered: list[Known] = []
        self._marker = lru_cache(maxsize=REMEMBERED_TERMS)(lambda marks: Marker(marks, self._forms, self._word))

    def hits(self, groups: list[Group], rank: int, marks: tuple[Mark, ...], snippets: int) -> list[Hit]:
        """The hits of some groups, ranked from ``rank`` on, with up to so many snippets each."""
        read: dict[Known, bytes] | None = {} if snippets > 0 and len(groups) <= MOST_KEPT else None
        rows, shown, hits, elsewhere = [], [], [], False
        for number, group in enumerate(groups, rank):
            row = group.rows[0] if len(group.rows) == 1 else self._row(group)
            one: _Shown = row.entry.shown or self._shown(row, read)
            rows.append(row)
            shown.append(one)
            hits.append(
                replace(
                    one.hit,
                    rank=number,
                    score=row.score,
                    match=LOTS[group.lot],
                    matches=[],
                    snippets=[],
                    also_in=[],
                )
            )
            elsewhere = elsewhere or one.elsewhere
        if elsewhere:
            hits = self._with_places(hits, [one.head for one in shown])
        if not snippets:
            return hits
        marker, read = self._marker(marks), read or {}
        return [
            _with_snippets(hit, *self._cut(self._data(row, read), one.head, marker, snippets))
            for hit, row, one in zip(hits, rows, shown, strict=True)
        ]

    def id(self, group: Group) -> str:
        """The id of the part that is shown."""
        return self._head(self._row(group)).id

    def mark(self, group: Group) -> str:
        """What stays the same of a hit: a message's fingerprint, "|" and its Message-ID (none of a quoted copy); the id
        of any other part, "|" and a digest of its text."""
        row = self._row(group)
        head = self._head(row)
        if head.fingerprint is not None:
            return f"{head.fingerprint}|{head.message_id or ''}"
        return f"{head.id}|{hashlib.sha256(self._text(row, {}).encode()).hexdigest()[:16]}"

    def _row(self, group: Group) -> Row:
        """The copy that stands for all: one that is not a quotation, if there is any."""
        rows = group.rows
        if len(rows) == 1:
            return rows[0]
        quoted = [self._head(row).quoted for row in rows[:MOST_COPIES]]
        return rows[quoted.index(min(quoted))]

    def _head(self, row: Row) -> Head:
        shown: _Shown = row.entry.shown or self._shown(row, None)
        return shown.head

    def _shown(self, row: Row, read: dict[Known, bytes] | None) -> _Shown:
        """What a hit shows beside its text is remembered: good hits are found by many a query. ``read``: for what is
        stored with the entry."""
        data = self._reader.stored([row])[0]
        if read is not None:
            read[row.entry] = data
        head = unpack_head(data)
        if len(self._remembered) >= REMEMBERED_HEADS:
            for one in self._remembered:
                one.shown = None
            self._remembered.clear()
        self._remembered.append(row.entry)
        copied = head.fingerprint is not None and self._reader.at_most("fingerprint", head.fingerprint) > 1
        row.entry.shown = shown = _Shown(head, _plain(head), len(head.paths) > 1 or copied)
        return shown

    def _text(self, row: Row, read: dict[Known, bytes]) -> str:
        return text_of(self._data(row, read))

    def _data(self, row: Row, read: dict[Known, bytes]) -> bytes:
        return read[row.entry] if row.entry in read else self._reader.stored([row])[0]

    @staticmethod
    def _cut(data: bytes, head: Head, marker: Marker, most: int) -> tuple[Snippet, list[Snippet]]:
        stands = stands_of(data) if marker.asks_records else b""
        return cut(text_of(data), head.body_start, marker, most, head.page_at, stands)

    def _with_places(self, hits: list[Hit], heads: list[Head]) -> list[Hit]:
        from index.alike import copies

        alike = copies(self._reader, heads)
        return [replace(hit, also_in=_places(head, alike)) for hit, head in zip(hits, heads, strict=True)]


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


def _with_snippets(hit: Hit, best: Snippet, several: list[Snippet]) -> Hit:
    """Its lists are its own."""
    return replace(hit, snippet=best.text, matches=[*best.matches], snippets=[*several])


def _places(shown: Head, alike: list[Head]) -> list[str]:
    """The other paths of the content, then those of all copies of the message, found by this query or not."""
    from index.alike import same_message

    paths = dict.fromkeys(shown.paths[1:])
    others = [path for copy in alike if same_message(shown, copy) for path in copy.paths]
    paths.update(dict.fromkeys(sorted(others)))
    paths.pop(shown.paths[0], None)
    return list(paths)
