"""The links of what `akt show` prints, both ways, and the decisions that its messages may be about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from corpus.identity import part_id, record_id
from corpus.model import AnyPart, AnyRecord, Decision, Document, Message, Reference
from corpus.store import links as stored
from corpus.store.links import PointerRow
from pipeline.links.about import about
from pipeline.links.keys import is_national
from pipeline.links.library import Library, paper_id
from pipeline.links.model import LinkFrom, Links, LinkTo
from pipeline.links.resolve import EXTERNAL, NO_NUMBER, Resolution, resolve

INGEST = "run `akt ingest` once, with no path: it takes the documents from the workspace"
MOST_TO = 1000
MOST_FROM = 200
"""References to one number that are looked at; of all numbers of what is shown, so many are given."""
MOST_MESSAGES = 50

POINTED_AT_AS = {"agreement": ("agreement", "budget"), "catalogue": ("catalogue", "budget")}
"""The kinds of references that may mean a paper filed under a kind of number, where they are not that kind itself."""


def links_of(
    connection: sa.Connection, document: Document, parts: Sequence[AnyPart], records: Sequence[AnyRecord], depth: int
) -> Links:
    """The links of what is shown: ``parts`` and ``records`` of a document (``depth`` 0), a part (1), a record (2).

    Of a record alone: a reference points to something, a decision is pointed to as its part is, others have no links.
    """
    if not stored.has_tables(connection):
        return Links(notes=[f"The workspace was made before Akt knew of links: {INGEST}."])
    library = Library(connection)
    finder = _Finder(library, document)
    pointed_to = depth < 2 or any(isinstance(record, Decision) for record in records)
    messages = [part for part in parts if isinstance(part, Message)] if depth < 2 else []
    to = finder.to([record for record in records if isinstance(record, Reference)])
    back = finder.back(None if depth == 0 else parts[0].index) if pointed_to and parts else []
    decisions = [
        each
        for message in messages[:MOST_MESSAGES]
        for each in about(library, document.sha256, message, document.municipality)
    ]
    if len(messages) > MOST_MESSAGES:
        finder.notes.append(f"What messages are about was asked for the first {MOST_MESSAGES} only: show a part.")
    return Links(to=to, back=back, about=decisions, notes=finder.notes)


class Resolved:
    """The references of contents that come by one after the other, for an export."""

    def __init__(self, connection: sa.Connection) -> None:
        self._library = Library(connection) if stored.has_tables(connection) else None

    def of(self, sha256: str, record: Reference) -> tuple[list[str] | None, str | None]:
        """The ids of what a reference points to, None for what is never in a workspace, and the state.

        None and None for a content that waits to be extracted again.
        """
        if self._library is None or self._library.waits(sha256):
            return None, None
        found = _resolution(self._library, sha256, record)
        ids = list(dict.fromkeys(paper_id(paper) for paper in found.papers))
        return (None if found.state == "external" else ids), found.state


class _Finder:
    def __init__(self, library: Library, document: Document) -> None:
        self._library, self._document = library, document
        self.notes = _waiting(library, document.sha256)

    def to(self, references: Sequence[Reference]) -> list[LinkTo]:
        if len(references) > MOST_TO:
            self.notes.append(f"Only the first {MOST_TO} references are looked up: show a part.")
        return [self._link(record) for record in references[:MOST_TO]]

    def _link(self, record: Reference) -> LinkTo:
        found = _resolution(self._library, self._document.sha256, record)
        return LinkTo(
            id=record_id(self._document.sha256, record),
            kind=record.kind,
            value=record.value,
            text=" ".join(record.text.split()),
            state=found.state,
            by=found.by,
            reason=found.reason,
            targets=[self._library.target(paper) for paper in found.papers],
            more=found.more,
        )

    def back(self, part: int | None) -> list[LinkFrom]:
        """The references in other parts that point to the papers of the document, or to that part of it."""
        found: dict[str, LinkFrom] = {}
        for own, kind, key in stored.numbers_of(self._library.connection, self._document.sha256, part):
            for pointer in self._pointers(kind, key):
                link = self._link_back(pointer, own)
                if link is not None:
                    found.setdefault(link.id, link)
        if len(found) > MOST_FROM:
            self.notes.append(f"It is referred to more often: {MOST_FROM} references are given.")
        return list(found.values())[:MOST_FROM]

    def _pointers(self, kind: str, key: str) -> Iterator[PointerRow]:
        for pointing in POINTED_AT_AS.get(kind, (kind,)):
            yield from stored.pointers_to(
                self._library.connection, pointing, key, MOST_FROM + 1, municipality=self._document.municipality
            )

    def _link_back(self, pointer: PointerRow, own: int) -> LinkFrom | None:
        """A reference as seen from what it points to: it must point here when it is asked itself."""
        sha256 = self._document.sha256
        if (pointer.sha256, pointer.part) == (sha256, own):
            return None
        found = resolve(self._library, pointer)
        here = any((paper.sha256, paper.part) == (sha256, own) for paper in found.papers)
        if found.state not in ("resolved", "ambiguous") or not (here or (found.more and pointer.kind == "case")):
            return None
        return LinkFrom(
            id=f"{part_id(pointer.sha256, pointer.part)}.reference.{pointer.start}",
            path=self._library.path(pointer.sha256),
            to=part_id(sha256, own),
            text=" ".join(pointer.printed.split()),
            quote=pointer.quote,
            state=found.state,
            by=found.by,
        )


def _resolution(library: Library, sha256: str, record: Reference) -> Resolution:
    if record.kind == "law" or is_national(record):
        return EXTERNAL
    pointer = library.pointers(sha256).get((record.part, record.start))
    return resolve(library, pointer) if pointer else NO_NUMBER


def _waiting(library: Library, sha256: str) -> list[str]:
    if library.waits(sha256):
        return [f"This document has not been looked at for links yet: {INGEST}."]
    if library.waits():
        return [f"Some documents have not been looked at for links yet: {INGEST}."]
    return []
