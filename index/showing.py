"""Hits from what was found: which copy of a message is shown, what of it, where else it stands."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import NamedTuple

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
NO_SNIPPETS: tuple[Snippet, list[Snippet]] = (Snippet(text="", matches=[], page=None), [])


class _Shown(NamedTuple):
    """What a hit is made of; ``data`` is what is stored, where it has just been read."""

    head: Head
    row: Row
    match: Match
    data: bytes | None = None


class Shower:
    """Makes the hits of an open index."""

    def __init__(self, reader: Reader, table: TermTable) -> None:
        self._reader = reader
        self._forms = lru_cache(maxsize=REMEMBERED_TERMS)(table.forms)
        self._word = lru_cache(maxsize=REMEMBERED_WORDS)(table.word)
        self._heads: dict[int, tuple[object, Head]] = {}
        self._marker = lru_cache(maxsize=REMEMBERED_TERMS)(lambda marks: Marker(marks, self._forms, self._word))

    def hits(self, groups: list[Group], rank: int, marks: tuple[Mark, ...], snippets: int) -> list[Hit]:
        """The hits of some groups, ranked from ``rank`` on, with up to so many snippets each."""
        keep = snippets and len(groups) <= MOST_KEPT
        shown = [one if keep else one._replace(data=None) for one in map(self._shown, groups)]
        alike = [] if all(one.head.fingerprint is None for one in shown) else self._copies([one.head for one in shown])
        marker = self._marker(marks) if snippets else None
        return [self._hit(one, number, alike, marker, snippets) for number, one in enumerate(shown, rank)]

    def id(self, group: Group) -> str:
        """The id of the part that is shown."""
        return self._shown(group).head.id

    def mark(self, group: Group) -> str:
        """What stays the same of a hit: a message's fingerprint, "|" and its Message-ID (none of a quoted copy); the id
        of any other part, "|" and a digest of its text."""
        shown = self._shown(group)
        head = shown.head
        if head.fingerprint is not None:
            return f"{head.fingerprint}|{head.message_id or ''}"
        return f"{head.id}|{hashlib.sha256(self._text(shown).encode()).hexdigest()[:16]}"

    def _shown(self, group: Group) -> _Shown:
        """The copy that stands for all: one that is not a quotation, if there is any."""
        rows = group.rows
        if len(rows) == 1:
            return self._of_row(rows[0], group.match)
        stored = self._reader.stored(rows[:MOST_COPIES])
        copies = list(map(unpack_head, stored))
        best = min(range(len(copies)), key=lambda number: (copies[number].quoted, number))
        return _Shown(copies[best], rows[best], group.match, stored[best])

    def _of_row(self, row: Row, match: Match) -> _Shown:
        """What a hit shows beside its text is remembered: good hits are found by many a query."""
        known = self._heads.get(row.tie)
        if known is not None and known[0] == row.ref:
            return _Shown(known[1], row, match)
        data = self._reader.stored([row])[0]
        head = unpack_head(data)
        if len(self._heads) >= REMEMBERED_HEADS:
            self._heads.clear()
        self._heads[row.tie] = row.ref, head
        return _Shown(head, row, match, data)

    def _text(self, shown: _Shown) -> str:
        return text_of(self._reader.stored([shown.row])[0] if shown.data is None else shown.data)

    def _copies(self, heads: list[Head]) -> list[Head]:
        from index.alike import copies

        return copies(self._reader, heads)

    def _hit(self, shown: _Shown, rank: int, alike: list[Head], marker: Marker | None, snippets: int) -> Hit:
        head = shown.head
        best, several = NO_SNIPPETS
        if marker is not None:
            best, several = cut(self._text(shown), head.body_start, marker, snippets, head.page_at)
        return Hit(
            rank=rank,
            score=shown.row.score,
            match=shown.match,
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
            snippet=best.text,
            matches=best.matches,
            snippets=several,
            also_in=_places(head, alike) if alike or len(head.paths) > 1 else [],
        )


def _places(shown: Head, alike: list[Head]) -> list[str]:
    """The other paths of the content, then those of all copies of the message, found by this query or not."""
    from index.alike import same_message

    paths = dict.fromkeys(shown.paths[1:])
    others = [path for copy in alike if same_message(shown, copy) for path in copy.paths]
    paths.update(dict.fromkeys(sorted(others)))
    paths.pop(shown.paths[0], None)
    return list(paths)
