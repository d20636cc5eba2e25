"""From one message to all that belong with it, from look-up to look-up over the store's indexes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import msgspec

from corpus.store import messages as stored
from corpus.store.keys import key_of_id
from pipeline.conversations.copies import are_two, header_of
from pipeline.conversations.excerpts import Excerpt, Excerpts
from pipeline.conversations.keys import MAIL_FILES
from pipeline.conversations.library import Copy, Key, Library
from pipeline.conversations.matching import Matcher
from pipeline.conversations.model import How

MOST_COPIES = 20_000


class Bond(msgspec.Struct, frozen=True, kw_only=True):
    """What ties two copies: ``same`` when they are of one message, else ``one`` answers or carries ``other``."""

    how: How
    one: Key
    other: Key
    detail: str
    same: bool = False


class Gathered(msgspec.Struct, kw_only=True):
    """The copies of a conversation and what ties them.

    ``unknown``: who names each Message-ID that nobody has; ``answered``: the one that the message above a quoted copy
    says it answers; ``doubtful``: quoted copies that fit so many messages and were joined with none;
    ``crowded``: Message-IDs that so many documents have for different mails; ``excerpts``: what answers quote between
    their lines, with a copy of the message that it is of, and what says so; ``unclear``: answers with lines that fit so
    many messages and were compared with none.
    """

    copies: dict[Key, Copy] = {}
    bonds: list[Bond] = []
    unknown: dict[str, list[Key]] = {}
    answered: dict[Key, str] = {}
    doubtful: dict[Key, int] = {}
    crowded: dict[str, int] = {}
    excerpts: list[tuple[Excerpt, Key, str]] = []
    unclear: dict[Key, int] = {}
    truncated: bool = False


def gather(library: Library, start: Copy, most: int = MOST_COPIES) -> Gathered:
    """Everything that hangs together with ``start``, the nearest first, at most ``most`` copies."""
    return _Walk(library, most).run(start)


class _Walk:
    def __init__(self, library: Library, most: int) -> None:
        self._library, self._most = library, most
        self._matcher = Matcher(library)
        self._excerpts = Excerpts(library)
        self._found = Gathered()
        self._waiting: deque[Copy] = deque()
        self._ids: set[str] = set()
        self._contents: set[str] = set()
        self._starred: set[Key] = set()
        self._compared: set[tuple[Key, Key | None, str]] = set()

    def run(self, start: Copy) -> Gathered:
        self._take(start)
        while self._waiting:
            copy = self._waiting.popleft()
            for bond, others in self._steps(copy):
                if all(map(self._take, others)):
                    self._found.bonds.append(bond)
        self._found.doubtful, self._found.unclear = self._matcher.doubtful, self._excerpts.doubtful
        self._found.bonds = list(dict.fromkeys(self._found.bonds))
        self._found.answered = {
            key: answered
            for key, copy in self._found.copies.items()
            if copy.row.message_id is None and (answered := self._matcher.answered(copy)) is not None
        }
        return self._found

    def _take(self, copy: Copy) -> bool:
        """Whether the copy is in the conversation now; not when that is full."""
        if copy.key in self._found.copies:
            return True
        if len(self._found.copies) >= self._most:
            self._found.truncated = True
            return False
        self._found.copies[copy.key] = copy
        self._waiting.append(copy)
        return True

    def _steps(self, copy: Copy) -> Iterator[tuple[Bond, list[Copy]]]:
        if copy.row.sha256 not in self._contents:
            self._contents.add(copy.row.sha256)
            yield from self._attached(copy.row.sha256)
        yield from self._in_document(copy)
        yield from self._named(copy)
        yield from self._identical(copy)
        yield from self._quoted_between(copy)
        yield from self._alike(copy)

    # --- inside a document, and between a mail and the mails attached to it -----------------------------------

    def _in_document(self, copy: Copy) -> Iterator[tuple[Bond, list[Copy]]]:
        here = self._library.of_content(copy.row.sha256)
        for link in self._library.links(copy):
            yield _bond("quoted-below", here[link.upper], here[link.lower], link.detail)

    def _attached(self, sha256: str) -> Iterator[tuple[Bond, list[Copy]]]:
        """A mail file in a mail belongs to it; what an archive or a mailbox holds does not belong together."""
        library = self._library
        mine = library.outermost(sha256)
        if mine is None or mine.row.media_type not in MAIL_FILES:
            return
        for inside, other in stored.attached_to(library.connection, sha256):
            if stored.media_type_of(library.connection, other) not in MAIL_FILES:
                continue
            theirs = library.outermost(other)
            if theirs is not None:
                outer, inner = (mine, theirs) if inside else (theirs, mine)
                yield _bond("attached", outer, inner, "attached as a file")

    # --- Message-ID, In-Reply-To, References ------------------------------------------------------------------

    def _named(self, copy: Copy) -> Iterator[tuple[Bond, list[Copy]]]:
        message = copy.message
        for named in filter(None, (message.message_id, message.in_reply_to, *message.references)):
            message_id = key_of_id(named)
            if message_id not in self._ids:
                self._ids.add(message_id)
                yield from self._around(message_id)

    def _around(self, message_id: str) -> Iterator[tuple[Bond, list[Copy]]]:
        """All that has this id or names it. Some programs give one id to all their mails: then it says nothing."""
        library, most = self._library, self._most + 1
        having = library.copies(stored.with_message_id(library.connection, message_id, most))
        naming = [
            (copy, found.answer)
            for found in stored.referring_to(library.connection, message_id, most)
            if (copy := library.copy(found.row)) is not None
        ]
        if any(are_two(having[0], copy) for copy in having[1:]):
            self._found.crowded[message_id] = len(having)
            return
        for copy in having[1:]:
            yield _bond("message-id", having[0], copy, message_id, same=True)
        for copy, answer in naming:
            if having and copy.key != having[0].key:
                yield _bond("in-reply-to" if answer else "references", copy, having[0], message_id)
            elif not having and copy is not naming[0][0]:
                yield _bond("same-reference", copy, naming[0][0], message_id)
        if not having:
            self._found.unknown[message_id] = [copy.key for copy, _ in naming]

    # --- copies by their words --------------------------------------------------------------------------------

    def _identical(self, copy: Copy) -> Iterator[tuple[Bond, list[Copy]]]:
        first, *others = self._matcher.identical(copy)
        if first.key not in self._starred:
            self._starred.add(first.key)
            for other in others:
                yield _bond("fingerprint", first, other, "the same words, the same minute", same=True)

    def _alike(self, copy: Copy) -> Iterator[tuple[Bond, list[Copy]]]:
        """Asked once for each message that has an id, else once for quoted copies with one header."""
        first = self._matcher.identical(copy)[0]
        known = self._matcher.known_id(copy)
        alone = None if known or self._library.above(copy) else copy.key
        what = (first.key, alone, known or f"{self._matcher.answered(copy)} {header_of(copy)}")
        if what in self._compared:
            return
        self._compared.add(what)
        best = first if known else copy
        for found in self._matcher.alike(best):
            yield _bond("quoted-text", best, found.other, found.detail, same=True)
        for answer, detail in self._excerpts.answers(best):
            yield _bond("quoted-between", answer, best, detail)

    def _quoted_between(self, copy: Copy) -> Iterator[tuple[Bond, list[Copy]]]:
        """What an answer quotes between its lines."""
        for found in self._excerpts.of(copy):
            first = found.copies[0]
            self._found.excerpts.append((found.excerpt, first.key, found.detail))
            for other in found.copies:
                yield _bond("quoted-between", copy, other, found.detail)


def _bond(how: How, one: Copy, other: Copy, detail: str, *, same: bool = False) -> tuple[Bond, list[Copy]]:
    return Bond(how=how, one=one.key, other=other.key, detail=detail, same=same), [one, other]
