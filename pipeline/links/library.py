"""The store as links are looked up in it: what was read once is kept while one command runs."""

from __future__ import annotations

import sqlalchemy as sa

from corpus.identity import document_id, part_id
from corpus.store import links as stored
from corpus.store.links import PaperRow, PointerRow
from corpus.store.queries import places_of
from pipeline.links.model import Target
from pipeline.masking import mask_name

MOST_PAPERS = 50
"""Papers under one number; that there are more is told."""
MOST_KEPT = 10_000
"""Answers that are kept; an export of all references asks for many more."""
WHOLE = ("agreement", "catalogue")
"""Kinds of papers that are a whole document."""

Key = tuple[int, int]
Days = tuple[str, str]


class Library:
    """Papers, pointers and paths by their keys."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._papers: dict[tuple[str, str, str | None, Days | None], list[PaperRow]] = {}
        self._pointers: dict[str, dict[Key, PointerRow]] = {}
        self._own: dict[str, list[PaperRow]] = {}
        self._paths: dict[str, str] = {}
        self._waiting: dict[str | None, bool] = {}

    def papers(
        self, kind: str, key: str, municipality: str | None, days: Days | None = None
    ) -> tuple[list[PaperRow], bool]:
        """The papers filed under a number, and whether there are more."""
        asked = (kind, key, municipality, days)
        if len(self._papers) > MOST_KEPT:
            self._papers.clear()
        if asked not in self._papers:
            self._papers[asked] = stored.papers_with(
                self.connection, kind, key, MOST_PAPERS + 1, municipality=municipality, days=days
            )
        found = self._papers[asked]
        return found[:MOST_PAPERS], len(found) > MOST_PAPERS

    def pointers(self, sha256: str) -> dict[Key, PointerRow]:
        """The references of a content by part and first character. Only those of the last content are kept."""
        if sha256 not in self._pointers:
            rows = stored.pointers_of(self.connection, sha256)
            self._pointers = {sha256: {(row.part, row.start): row for row in rows}}
        return self._pointers[sha256]

    def own(self, sha256: str) -> list[PaperRow]:
        """The papers of a content. Only those of the last content are kept."""
        if sha256 not in self._own:
            self._own = {sha256: stored.papers_of(self.connection, sha256)}
        return self._own[sha256]

    def path(self, sha256: str) -> str:
        """The best path of a content, CPR numbers masked."""
        if sha256 not in self._paths:
            places = places_of(self.connection, sha256)
            self._paths[sha256] = mask_name(places[0].path) if places else ""
        return self._paths[sha256]

    def waits(self, sha256: str | None = None) -> bool:
        """Whether a content, or anything at all, is to be extracted again before its links are known."""
        if sha256 not in self._waiting:
            self._waiting[sha256] = stored.waits_for_links(self.connection, sha256)
        return self._waiting[sha256]

    def target(self, paper: PaperRow) -> Target:
        return Target(
            id=paper_id(paper),
            path=self.path(paper.sha256),
            kind=paper.kind,
            title=paper.title,
            page=None if paper.kind in WHOLE else paper.page,
            municipality=paper.municipality,
            year=paper.year,
            date=paper.day,
            text=paper.text,
        )


def paper_id(paper: PaperRow) -> str:
    """Of the part; of a paper that is a whole document, of the document."""
    return document_id(paper.sha256) if paper.kind in WHOLE else part_id(paper.sha256, paper.part)
