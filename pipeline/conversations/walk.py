"""From one message to all that belong with it, from look-up to look-up over the store's indexes."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from corpus.store import messages as stored
from corpus.store.messages import MINUTES_A_DAY, MessageRow
from pipeline.conversations.copies import WIDEST_ZONE, Match, grouped, is_telling, match, may_be_one
from pipeline.conversations.library import MAIL_FILES, MOST_ALIKE, Copy, Key, Library
from pipeline.conversations.model import How

MOST_COPIES = 20_000
FEW_OF_EACH = 4


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
    says it answers; ``doubtful``: quoted copies that fit so many messages and were joined with none.
    """

    copies: dict[Key, Copy] = {}
    bonds: list[Bond] = []
    unknown: dict[str, list[Key]] = {}
    answered: dict[Key, str] = {}
    doubtful: dict[Key, int] = {}
    truncated: bool = False


def gather(library: Library, start: Copy, most: int = MOST_COPIES) -> Gathered:
    """Everything that hangs together with ``start``, the nearest first, at most ``most`` copies."""
    return _Walk(library, most).run(start)


class _Walk:
    def __init__(self, library: Library, most: int) -> None:
        self._library, self._most = library, most
        self._found = Gathered()
        self._waiting: deque[Copy] = deque()
        self._ids: set[str] = set()
        self._contents: set[str] = set()
        self._starred: set[Key] = set()
        self._compared: set[tuple[str, str | None, str | None]] = set()
        self._matches: dict[Key, list[Match]] = {}
        self._groups: dict[str, list[list[Copy]]] = {}

    def run(self, start: Copy) -> Gathered:
        self._take(start)
        while self._waiting:
            copy = self._waiting.popleft()
            for bond, others in self._steps(copy):
                if all(map(self._take, others)):
                    self._found.bonds.append(bond)
        self._found.bonds = list(dict.fromkeys(self._found.bonds))
        self._found.answered = {
            key: answered
            for key, copy in self._found.copies.items()
            if copy.row.message_id is None and (answered := self._answered(copy)) is not None
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
        yield from self._alike(copy)

    # --- inside a document, and between a mail and the mails attached to it -----------------------------------

    def _in_document(self, copy: Copy) -> Iterator[tuple[Bond, list[Copy]]]:
        here = self._library.of_content(copy.row.sha256)
        for link in self._library.links(copy.row.sha256):
            if copy.row.part in (link.upper, link.lower):
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
        ids = stored.references_of(self._library.connection, *copy.key)
        for message_id in [*([copy.row.message_id] if copy.row.message_id else []), *ids]:
            if message_id not in self._ids:
                self._ids.add(message_id)
                yield from self._around(message_id)

    def _around(self, message_id: str) -> Iterator[tuple[Bond, list[Copy]]]:
        """All that has this id or names it."""
        library, most = self._library, self._most + 1
        having = library.copies(stored.with_message_id(library.connection, message_id, most))
        naming = [
            (copy, found.answer)
            for found in stored.referring_to(library.connection, message_id, most)
            if (copy := library.copy(found.row)) is not None
        ]
        for copy in having[1:]:
            yield _bond("message-id", having[0], copy, message_id, same=True)
        for copy, answer in naming:
            if having and copy.key != having[0].key:
                yield _bond("in-reply-to" if answer else "references", copy, having[0], message_id)
            elif not having and copy is not naming[0][0]:
                yield _bond("same-reference", copy, naming[0][0], message_id)
        if not having:
            self._found.unknown[message_id] = [copy.key for copy, _ in naming]

    # --- identical copies -------------------------------------------------------------------------------------

    def _identical(self, copy: Copy) -> Iterator[tuple[Bond, list[Copy]]]:
        if not is_telling(copy):
            return
        for group in self._groups_of(copy.row.fingerprint):
            if copy in group and group[0].key not in self._starred:
                self._starred.add(group[0].key)
                for other in group[1:]:
                    yield _bond("fingerprint", group[0], other, "the same words, the same minute", same=True)

    def _groups_of(self, fingerprint: str) -> list[list[Copy]]:
        """The copies with this fingerprint by message. What fits two goes to the one that is answered above it."""
        if fingerprint not in self._groups:
            library = self._library
            rows = stored.with_fingerprint(library.connection, fingerprint, MOST_ALIKE + 1)
            alike = [copy for copy in library.copies(library.within(rows, "the same words")) if is_telling(copy)]
            groups, doubtful = grouped(alike)
            for copy in doubtful:
                answered = [
                    group for group in groups if _id_of(group) is not None and _id_of(group) == self._answered(copy)
                ]
                if answered:
                    answered[0].append(copy)
                else:
                    groups.append([copy])
                    self._found.doubtful[copy.key] = len(groups) - 1
            self._groups[fingerprint] = groups
        return self._groups[fingerprint]

    def _answered(self, copy: Copy) -> str | None:
        """The Message-ID that the message above a quoted copy says it answers."""
        here = self._library.of_content(copy.row.sha256)
        for link in self._library.links(copy.row.sha256):
            if link.lower == copy.row.part and link.direct:
                above = here[link.upper].message
                named = above.in_reply_to or (above.references[-1] if above.references else None)
                return stored.key_of_id(named) if named else None
        return None

    # --- copies that are not identical ------------------------------------------------------------------------

    def _alike(self, copy: Copy) -> Iterator[tuple[Bond, list[Copy]]]:
        what = (copy.row.fingerprint, copy.row.message_id, self._answered(copy))
        if what in self._compared:
            return
        self._compared.add(what)
        for found in self._resolved(copy):
            if any(back.other.key == copy.key for back in self._resolved(found.other)):
                yield _bond("quoted-text", copy, found.other, found.detail, same=True)

    def _resolved(self, copy: Copy) -> list[Match]:
        """The matches without doubt: of those with an id, all with the same; where only the day or zone fits, one."""
        found = self._matches_of(copy)
        own = copy.row.message_id or self._known_id(copy)
        ids = {match.other.row.message_id for match in found if match.other.row.message_id}
        if own or self._answered(copy) in ids:
            wanted = own or self._answered(copy)
            found = [match for match in found if match.other.row.message_id in (None, wanted)]
        elif len(ids) > 1:
            self._found.doubtful[copy.key] = len(ids)
            found = [match for match in found if match.other.row.message_id is None]
        exact = [match for match in found if match.time == "minute"]
        if exact or copy.row.message_id:
            return exact or found
        messages = {match.other.row.message_id or match.other.row.fingerprint for match in found}
        if len(messages) > 1:
            self._found.doubtful[copy.key] = len(messages)
            return []
        return found

    def _known_id(self, copy: Copy) -> str | None:
        """The Message-ID of an identical copy."""
        groups = self._groups_of(copy.row.fingerprint) if is_telling(copy) else []
        return next((_id_of(group) for group in groups if copy in group), None)

    def _matches_of(self, copy: Copy) -> list[Match]:
        if copy.key not in self._matches:
            answered = self._answered(copy)
            found = []
            for other in self._candidates(copy, answered):
                mine, theirs = copy.row.message_id, other.row.message_id
                is_answered = (theirs is not None and theirs == answered) or (
                    mine is not None and mine == self._answered(other)
                )
                matched = match(copy, other, is_answered=is_answered)
                if matched is not None:
                    found.append(matched)
            self._matches[copy.key] = found
        return self._matches[copy.key]

    def _candidates(self, copy: Copy, answered: str | None) -> Iterable[Copy]:
        """Other copies whose keys fit, a few of each that are identical with each other."""
        row, library = copy.row, self._library
        if row.minute is None:
            return []
        rows = list(library.within(stored.around_minute(library.connection, row.minute, MOST_ALIKE + 1), "one minute"))
        if row.subject_key is not None:
            # Midnight of a day that is printed alone is at most a day away from any minute of it.
            wide = max(WIDEST_ZONE, MINUTES_A_DAY)
            near = stored.with_subject(
                library.connection, row.subject_key, row.minute - wide, row.minute + wide, MOST_ALIKE + 1
            )
            rows += library.within(near, "one subject")
        if answered is not None:
            rows += stored.with_message_id(library.connection, answered, FEW_OF_EACH)
        given: Counter[tuple[str, str | None]] = Counter()
        chosen: dict[Key, MessageRow] = {}
        for other in rows:
            key = (other.sha256, other.part)
            if key in chosen or key == copy.key or other.fingerprint == row.fingerprint or not may_be_one(row, other):
                continue
            given[(other.fingerprint, other.message_id)] += 1
            if given[(other.fingerprint, other.message_id)] <= FEW_OF_EACH:
                chosen[key] = other
        return [other for other in library.copies(chosen.values()) if self._may_be_copies(copy, other)]

    def _may_be_copies(self, one: Copy, other: Copy) -> bool:
        """Two messages of one document are copies only where one of them is quoted: a bundle prints each once."""
        return one.row.sha256 != other.row.sha256 or self._is_carried(one) or self._is_carried(other)

    def _is_carried(self, copy: Copy) -> bool:
        return any(link.lower == copy.row.part for link in self._library.links(copy.row.sha256))


def _bond(how: How, one: Copy, other: Copy, detail: str, *, same: bool = False) -> tuple[Bond, list[Copy]]:
    return Bond(how=how, one=one.key, other=other.key, detail=detail, same=same), [one, other]


def _id_of(group: Sequence[Copy]) -> str | None:
    return group[0].row.message_id
