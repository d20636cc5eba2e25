"""Which copies are of one message, by their words: asked of the store, and decided without a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.store import messages as stored
from corpus.store.keys import MINUTES_A_DAY, key_of_id
from corpus.store.messages import MessageRow
from pipeline.conversations.copies import (
    WIDEST_ZONE,
    Match,
    contradict,
    grouped,
    is_telling,
    match,
    may_be_one,
    quote_apart,
)
from pipeline.conversations.excerpts import are_identical
from pipeline.conversations.library import MOST_ALIKE, Copy, Key, Library


class Matcher:
    """Copies by their words. ``doubtful``: copies that fit so many messages, and nothing says which."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.doubtful: dict[Key, int] = {}
        self._groups: dict[str, list[list[Copy]]] = {}
        self._matches: dict[Key, list[Match]] = {}
        self._messages: dict[Key, str] = {}

    def answered(self, copy: Copy) -> str | None:
        """The Message-ID that the message above a quoted copy says it answers."""
        direct = any(link.lower == copy.row.part and link.direct for link in self._library.links(copy))
        above = self._library.above(copy) if direct else None
        if above is None:
            return None
        named = above.message.in_reply_to or next(reversed(above.message.references), None)
        return key_of_id(named) if named else None

    def below(self, copy: Copy) -> Copy | None:
        """The message that a copy quotes directly below it in its document."""
        here = self._library.of_content(copy.row.sha256)
        links = (link for link in self._library.links(copy) if link.upper == copy.row.part and link.direct)
        return next((here[link.lower] for link in links), None)

    # --- identical copies -------------------------------------------------------------------------------------

    def known_id(self, copy: Copy) -> str | None:
        """The Message-ID of a copy, or of one that is identical."""
        return copy.row.message_id or _id_of(self.identical(copy))

    def identical(self, copy: Copy) -> list[Copy]:
        """The identical copies of the same message, this one with them, in the same order for each of them."""
        if not is_telling(copy):
            return [copy]
        return next((group for group in self._groups_of(copy.row.fingerprint) if copy in group), [copy])

    def _groups_of(self, fingerprint: str) -> list[list[Copy]]:
        """The copies with this fingerprint by message. What fits two goes to the one that is answered above it."""
        if fingerprint not in self._groups:
            library = self._library
            rows = stored.with_fingerprint(library.connection, fingerprint, MOST_ALIKE + 1)
            alike = [copy for copy in library.copies(library.within(rows, "the same words")) if is_telling(copy)]
            groups, doubtful = grouped(alike, self.below)
            for copy in doubtful:
                answered = self.answered(copy)
                named = [group for group in groups if answered is not None and _id_of(group) == answered]
                if named:
                    named[0].append(copy)
                else:
                    self.doubtful[copy.key] = len(groups)
            self._groups[fingerprint] = [*groups, *([copy] for copy in doubtful if copy.key in self.doubtful)]
        return self._groups[fingerprint]

    # --- copies that are not identical ------------------------------------------------------------------------

    def alike(self, copy: Copy) -> list[Match]:
        """The copies of the same message that are not identical: each must be the other's match without doubt."""
        answered = self.answered(copy) if copy.row.message_id is None else None
        return [
            found
            for found in self._resolved(copy)
            if found.other.row.message_id == answered is not None
            or any(are_identical(back.other.row, copy.row) for back in self._resolved(found.other))
        ]

    def _resolved(self, copy: Copy) -> list[Match]:
        """The matches without doubt: of those with an id, all with the same; where only the day or zone fits, of one
        message, and only as long as no match of the same minute says which message it is.
        """
        found = self._matches_of(copy)
        if copy.row.message_id:
            return found
        answered, known = self.answered(copy), self.known_id(copy)
        ids = {self.known_id(match.other) for match in found} - {None}
        if known or answered in ids:
            found = [match for match in found if self.known_id(match.other) in (None, known or answered)]
        elif len(ids) > 1:
            self.doubtful[copy.key] = len(ids)
            found = [match for match in found if self.known_id(match.other) is None]
        exact = [
            match for match in found if match.time == "minute" or match.other.row.message_id == answered is not None
        ]
        if any(self.known_id(match.other) for match in exact):
            return exact
        # A copy that prints no time itself speaks for no other message.
        rivals = {self._message_of(match.other) for match in found if match not in exact and match.other.row.clock}
        if len(rivals) > 1:
            self.doubtful[copy.key] = len(rivals)
            return exact
        return found

    def _message_of(self, copy: Copy) -> str:
        """What tells the message of a copy from others: its Message-ID, that of the one it matches, else its words.

        For a copy that is not quoted, only a match of the same minute counts: its own time is as good as the other's.
        """
        if copy.key not in self._messages:
            matches = [match for match in self._matches_of(copy) if copy.row.quoted or match.time == "minute"]
            ids = {match.other.row.message_id for match in matches if match.other.row.message_id}
            one = ids.pop() if len(ids) == 1 else None
            self._messages[copy.key] = self.known_id(copy) or one or copy.row.fingerprint
        return self._messages[copy.key]

    def _matches_of(self, copy: Copy) -> list[Match]:
        if copy.key not in self._matches:
            answered = self.answered(copy)
            found = []
            for other in self._candidates(copy, answered):
                mine, theirs = copy.row.message_id, other.row.message_id
                named = (theirs is not None and theirs == answered) or (
                    mine is not None and mine == self.answered(other)
                )
                matched = match(copy, other, is_answered=named)
                if matched is not None and (named or matched.time == "minute" or self._is_loose(copy, other)):
                    found.append(matched)
            self._matches[copy.key] = found
        return self._matches[copy.key]

    def _is_loose(self, one: Copy, other: Copy) -> bool:
        """Whether one of two copies is known from quotations only: its printed time is less than certain."""
        return any(all(each.row.quoted for each in self.identical(copy)) for copy in (one, other))

    def _candidates(self, copy: Copy, answered: str | None) -> Iterable[Copy]:
        """Other copies whose keys fit, a few of each that are identical with each other."""
        row, library = copy.row, self._library
        rows: list[MessageRow] = []
        if row.minute is not None:
            minute = stored.around_minute(library.connection, row.minute, MOST_ALIKE + 1)
            # Midnight of a day that is printed alone is at most a day away from any minute of it.
            wide = max(WIDEST_ZONE, MINUTES_A_DAY)
            rows = [*library.within(minute, "one minute"), *self._of_subject(row, row.minute - wide, row.minute + wide)]
        rows = [other for other in rows if may_be_one(row, other)]
        if answered is not None:
            rows += stored.with_message_id(library.connection, answered, stored.FEW_OF_EACH)
        chosen = {
            (other.sha256, other.part): other
            for other in rows
            if (other.fingerprint != row.fingerprint or _names(answered, other))
            and (other.sha256, other.part) != copy.key
        }
        return [
            other
            for other in library.copies(chosen.values())
            if _names(answered, other.row) or self._may_be_copies(copy, other)
        ]

    def _of_subject(self, row: MessageRow, first: int, last: int) -> Sequence[MessageRow]:
        if row.subject_key is None:
            return []
        found = stored.with_subject(self._library.connection, row.subject_key, first, last, MOST_ALIKE + 1)
        return self._library.within(found, "one subject")

    def _may_be_copies(self, one: Copy, other: Copy) -> bool:
        """Not where identical copies of the two say otherwise, of which one may print what is blacked out in another.

        Two messages of one document are copies only where one of them is quoted: a bundle prints each once.
        """
        if contradict(self.identical(one)[0], self.identical(other)[0]) or quote_apart(one, other, self.below):
            return False
        if one.row.sha256 != other.row.sha256:
            return True
        return self._library.above(one) is not None or self._library.above(other) is not None


def _names(answered: str | None, other: MessageRow) -> bool:
    return answered is not None and other.message_id == answered


def _id_of(group: Sequence[Copy]) -> str | None:
    return group[0].row.message_id
