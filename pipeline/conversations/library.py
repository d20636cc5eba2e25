"""The store as a conversation is gathered from it: what was read once is kept while one command runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

import sqlalchemy as sa

from corpus.identity import part_id
from corpus.model import Message
from corpus.store import messages as stored
from corpus.store.entries import Place
from corpus.store.messages import MessageRow
from corpus.store.queries import places_of
from pipeline.conversations.holes import Holes
from pipeline.conversations.keys import MAIL_FILES, as_compared
from pipeline.conversations.links import Link, links_of
from pipeline.conversations.words import Token, tokens
from pipeline.masking import mask_name

Key = tuple[str, int]
"""The content and the index of the part."""

MOST_ALIKE = 500
"""Rows of one look-up by fingerprint, minute or subject; that there were more is said in the notes."""


class Copy:
    """A part in which a message stands."""

    def __init__(self, row: MessageRow, message: Message, holes: Holes) -> None:
        self.row, self.message, self.holes = row, message, holes
        self.key: Key = (row.sha256, row.part)
        self.id = part_id(row.sha256, row.part)

    @cached_property
    def tokens(self) -> list[Token]:
        """The words of the body."""
        return tokens(self.message.text, self.message.body_start, self.holes)

    @cached_property
    def every_token(self) -> list[Token]:
        """The words of the body with what stands in the holes."""
        return tokens(self.message.text, self.message.body_start)

    @cached_property
    def keys(self) -> list[str]:
        return [token.key for token in self.tokens]

    @property
    def of_mail_file(self) -> bool:
        """Whether it is the mail of a mail file, neither quoted nor pasted."""
        return self.row.media_type in MAIL_FILES and not self.row.quoted


class Library:
    """Rows, messages, links and places by content."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.crowded: set[str] = set()
        self._copies: dict[str, dict[int, Copy]] = {}
        self._links: dict[str, dict[int, list[Link]]] = {}
        self._places: dict[str, list[Place]] = {}

    def of_content(self, sha256: str) -> dict[int, Copy]:
        """The messages of a live content by part; none for one that lies nowhere now."""
        if sha256 not in self._copies:
            rows = stored.of_content(self.connection, sha256)
            loaded = stored.load_messages(self.connection, sha256) if rows else {}
            parts = [loaded[index] for index in sorted(loaded)]
            messages, holes = self._compared(sha256, parts, rows[0].media_type) if rows else ([], {})
            by_part = {message.index: message for message in messages}
            self._copies[sha256] = {
                row.part: Copy(row, by_part[row.part], holes.get(row.part, [])) for row in rows if row.part in by_part
            }
        return self._copies[sha256]

    def copy(self, row: MessageRow) -> Copy | None:
        return self.of_content(row.sha256).get(row.part)

    def copies(self, rows: Iterable[MessageRow]) -> list[Copy]:
        """The messages of these rows; what was found over the limit is noted by the caller."""
        found = [self.copy(row) for row in rows]
        return [copy for copy in found if copy is not None]

    def links(self, copy: Copy) -> list[Link]:
        """The links of its document that a message is at one end of."""
        sha256 = copy.row.sha256
        if sha256 not in self._links:
            copies = self.of_content(sha256)
            mail = any(each.row.media_type in MAIL_FILES for each in copies.values())
            found: dict[int, list[Link]] = defaultdict(list)
            for link in links_of([copies[part].message for part in sorted(copies)], is_mail=mail):
                found[link.upper].append(link)
                found[link.lower].append(link)
            self._links[sha256] = found
        return self._links[sha256].get(copy.row.part, [])

    def above(self, copy: Copy) -> Copy | None:
        """The message that quotes or carries this one in its document."""
        here = self.of_content(copy.row.sha256)
        return next((here[link.upper] for link in self.links(copy) if link.lower == copy.row.part), None)

    def outermost(self, sha256: str) -> Copy | None:
        """The message that a mail file is."""
        copies = self.of_content(sha256).values()
        return next((copy for copy in copies if not copy.row.quoted), None)

    def places(self, sha256: str) -> list[Place]:
        """Where a content lies now, the best place first, CPR numbers in the paths masked."""
        if sha256 not in self._places:
            self._places[sha256] = [
                Place(root=mask_name(found.root), path=mask_name(found.path))
                for found in places_of(self.connection, sha256)
            ]
        return self._places[sha256]

    def within(self, rows: Sequence[MessageRow], what: str) -> Sequence[MessageRow]:
        """The rows of a look-up that was asked for one more than the limit; what is left out is noted."""
        if len(rows) > MOST_ALIKE:
            self.crowded.add(what)
        return rows[:MOST_ALIKE]

    def _compared(
        self, sha256: str, parts: Sequence[Message], media_type: str
    ) -> tuple[list[Message], dict[int, Holes]]:
        """The messages, and what a print, also one pasted as text, put at the edges of its pages, by part."""
        printed = any(part.page_first is not None for part in parts)
        pages = stored.load_pages(self.connection, sha256) if printed else []
        return as_compared(parts, pages, media_type)
