"""What answers quote between their own lines, and of which messages those pieces are copies."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from corpus.store import messages as stored
from corpus.store.keys import MINUTES_A_DAY, key_of_id, utc_minute
from corpus.store.messages import MessageRow
from pipeline.conversations.copies import (
    FEW_WORDS,
    HALF,
    LITTLE,
    MOSTLY,
    answered_between,
    same_subject,
    time_fits,
)
from pipeline.conversations.keys import TELLING_WORDS
from pipeline.conversations.library import MOST_ALIKE, Copy, Key, Library
from pipeline.conversations.people import holds, is_same, participants
from pipeline.conversations.quotations import Quotation, quotations_of
from pipeline.conversations.words import HIDDEN, Token, containment, shingles

LATEST_ANSWER = 60 * MINUTES_A_DAY
CLOSE = 0.1
"""Two messages of which an answer's lines hold nearly as much fit it equally well."""


class Excerpt(Copy):
    """Pieces of a message in an answer: header fields are those that the introduction prints, the key the answer's."""

    def __init__(self, answer: Copy, number: int, quotation: Quotation) -> None:
        minute, clock = utc_minute(quotation.sent)
        sender = quotation.sender
        row = replace(
            answer.row,
            quoted=True,
            inline=False,
            fingerprint="",
            message_id=None,
            subject_key=None,
            minute=minute,
            clock=clock,
            sender_name=sender.name if sender else None,
            sender_address=sender.address if sender else None,
        )
        message = replace(answer.message, sender=sender, sent=quotation.sent, to=[], cc=[], subject=None, inline=False)
        super().__init__(row, message, [])
        self.number, self.nested = number, quotation.nested
        self._tokens = quotation.tokens

    @property
    def tokens(self) -> list[Token]:
        """The quoted words, with gaps."""
        return self._tokens

    @property
    def every_token(self) -> list[Token]:
        """The quoted words, with gaps."""
        return self._tokens

    @property
    def keys(self) -> list[str]:
        """The quoted words, without gaps."""
        return [token.key for token in self._tokens if token.kind != "gap"]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The copies of the one message that an excerpt is of, the one that fits best first, and what says so."""

    excerpt: Excerpt
    copies: list[Copy]
    detail: str


class _Fit(msgspec.Struct, frozen=True, kw_only=True):
    """``rank``: 0 for what the answer names, 1 for a time and a sender, 2 for the words under one subject."""

    rank: int
    contained: float
    other: Copy
    detail: str


class Excerpts:
    """Excerpts with what they are of, asked of the store. ``doubtful``: answers with one that fits so many messages."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.doubtful: dict[Key, int] = {}
        self._found: dict[Key, list[Found]] = {}
        self._inline: dict[tuple[str, int], Sequence[MessageRow]] = {}

    def of(self, answer: Copy) -> list[Found]:
        """The excerpts of an answer of which the message is known; none in doubt between two."""
        if answer.key not in self._found:
            quotations = quotations_of(answer.message, answer.holes)
            found = [self._resolved(answer, Excerpt(answer, at, each)) for at, each in enumerate(quotations)]
            self._found[answer.key] = [each for each in found if each is not None]
        return self._found[answer.key]

    def answers(self, copy: Copy) -> list[tuple[Copy, str]]:
        """The answers that quote a message between their lines, as far as they do not name it."""
        minute, library = copy.row.minute, self._library
        if minute is None:
            return []
        rows = [*stored.quoting(library.connection, minute, MOST_ALIKE + 1, clock=copy.row.clock)]
        rows += [row for row in self._inline_under(copy.row.subject_key, minute) if minute <= (row.minute or 0)]
        chosen = {(row.sha256, row.part): row for row in library.within(rows, "a quotation")}
        return [
            (answer, found.detail)
            for answer in library.copies(chosen.values())
            for found in self.of(answer)
            if any(are_identical(other.row, copy.row) for other in found.copies)
        ]

    def _resolved(self, answer: Copy, excerpt: Excerpt) -> Found | None:
        """Under one subject is looked only where nothing is named and no sender and time are known."""
        fits: list[_Fit] = []
        for rows in (self._known, self._of_one_subject):
            chosen = {(row.sha256, row.part): row for row in rows(answer, excerpt)}
            chosen.pop(answer.key, None)
            found = (_fit(answer, excerpt, other) for other in self._library.copies(chosen.values()))
            fits = [fit for fit in found if fit is not None]
            if fits:
                break
        if not fits:
            return None
        rank = min(fit.rank for fit in fits)
        most = max(fit.contained for fit in fits if fit.rank == rank)
        best = [fit for fit in fits if fit.rank == rank and fit.contained >= most - CLOSE]
        if _are_many(best):
            best = [fit for fit in best if same_subject(answer, fit.other)] or best
        if _are_many(best):
            self.doubtful[answer.key] = max(len({fit.other.row.minute for fit in best}), len(_ids(best)))
            return None
        best.sort(key=lambda fit: (-fit.contained, fit.other.key))
        return Found(excerpt=excerpt, copies=[fit.other for fit in best], detail=best[0].detail)

    def _known(self, answer: Copy, excerpt: Excerpt) -> list[MessageRow]:
        """What the answer names, and what was sent at the printed time."""
        library = self._library
        named, minute = _answered(answer), excerpt.row.minute
        rows: list[MessageRow] = []
        if named is not None and not excerpt.nested:
            rows += stored.with_message_id(library.connection, named, stored.FEW_OF_EACH)
        if minute is not None and excerpt.row.clock:
            rows += library.within(stored.around_minute(library.connection, minute, MOST_ALIKE + 1), "one minute")
        return rows

    def _of_one_subject(self, answer: Copy, excerpt: Excerpt) -> Sequence[MessageRow]:
        minute = excerpt.row.minute
        if answer.row.minute is not None:
            return self._of_subject(answer.row, answer.row.minute - LATEST_ANSWER, answer.row.minute)
        return [] if minute is None else self._of_subject(answer.row, minute, minute + MINUTES_A_DAY)

    def _of_subject(self, row: MessageRow, first: int, last: int) -> Sequence[MessageRow]:
        if row.subject_key is None:
            return []
        library = self._library
        found = stored.with_subject(library.connection, row.subject_key, first, last, MOST_ALIKE + 1)
        return library.within(found, "one subject")

    def _inline_under(self, subject: str | None, minute: int) -> Sequence[MessageRow]:
        """The answers between lines under one subject of at least the time in which an answer may come, and at most
        twice of it: asked once for all the messages of such a time.
        """
        if subject is None:
            return []
        key = subject, minute // LATEST_ANSWER
        if key not in self._inline:
            first, library = key[1] * LATEST_ANSWER, self._library
            last = first + 2 * LATEST_ANSWER
            found = stored.with_subject(library.connection, subject, first, last, MOST_ALIKE + 1, inline=True)
            self._inline[key] = library.within(found, "one subject")
        return self._inline[key]


def _answered(answer: Copy) -> str | None:
    named = answer.message.in_reply_to or next(reversed(answer.message.references), None)
    return key_of_id(named) if named else None


def _fit(answer: Copy, excerpt: Excerpt, other: Copy) -> _Fit | None:
    """Whether the excerpt is of that message."""
    told = [key for key in excerpt.keys if key != HIDDEN]
    contained = containment(told, other.keys)
    if len(other.keys) < len(told):
        contained = min(contained, len(other.keys) / len(told))
    sender, time = is_same(excerpt.message.sender, other.message.sender), time_fits(excerpt.row, other.row)
    exact = sender is True and time == "minute"
    if not excerpt.nested and other.row.message_id is not None and other.row.message_id == _answered(answer):
        telling = len(told) >= TELLING_WORDS and contained >= MOSTLY
        if telling or (contained >= (LITTLE if exact else HALF) and sender is not False):
            return _fitting(0, contained, other, "what the answer names")
        return None
    if time == "minute" and sender is not False:
        enough = contained >= HALF if sender else contained >= MOSTLY and len(told) >= FEW_WORDS
        return _fitting(1, contained, other, "the printed sender and time") if enough else None
    if time == "day" and not excerpt.row.clock and sender:
        enough = contained >= MOSTLY and len(told) >= TELLING_WORDS and same_subject(answer, other) is True
        return _fitting(1, contained, other, "the printed sender and day") if enough else None
    if sender is False or time_is_apart(excerpt, other):
        return None
    share = max(answered_between(answer, other), _by_words(answer, other, told))
    return _fitting(2, share, other, "answered between its lines") if share else None


def time_is_apart(excerpt: Excerpt, other: Copy) -> bool:
    """Whether both print a time, and not one message's."""
    return None not in (excerpt.row.minute, other.row.minute) and time_fits(excerpt.row, other.row) is None


def _by_words(answer: Copy, other: Copy, told: Sequence[str]) -> float:
    """How much of the quoted words stands in a longer message that the answer may be to; 0 where that does not fit."""
    if len(told) < FEW_WORDS or not same_subject(answer, other):
        return 0.0
    if answer.row.minute is None or other.row.minute is None or other.row.minute >= answer.row.minute:
        return 0.0
    if is_same(answer.message.sender, other.message.sender) or not holds(
        participants(answer.message), other.message.sender
    ):
        return 0.0
    pieces = shingles(told)
    contained = len(pieces & shingles(other.keys)) / len(pieces)
    return contained if contained >= MOSTLY else 0.0


def _fitting(rank: int, contained: float, other: Copy, what: str) -> _Fit:
    return _Fit(rank=rank, contained=contained, other=other, detail=f"{what}, {contained:.0%} of the quoted words")


def _are_many(fits: Sequence[_Fit]) -> bool:
    return len({fit.other.row.minute for fit in fits}) != 1 or len(_ids(fits)) > 1


def _ids(fits: Sequence[_Fit]) -> set[str]:
    return {fit.other.row.message_id for fit in fits if fit.other.row.message_id}


def are_identical(one: MessageRow, other: MessageRow) -> bool:
    """Whether the two are copies with the same words, minute and id."""
    return (one.fingerprint, one.message_id) == (other.fingerprint, other.message_id)
