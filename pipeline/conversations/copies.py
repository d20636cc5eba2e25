"""Whether two parts are copies of one message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from corpus.model import Address
from corpus.store.keys import MINUTES_A_DAY
from corpus.store.messages import MessageRow
from pipeline.conversations.keys import TELLING_LETTERS, TELLING_WORDS
from pipeline.conversations.library import Copy
from pipeline.conversations.people import are_apart, holds, is_same, participants
from pipeline.conversations.subjects import base_subject
from pipeline.conversations.words import HIDDEN, containment, shingles

Below = Callable[[Copy], "Copy | None"]
"""Gives the message that a copy quotes directly below it."""
Time = Literal["minute", "zone", "day", "other"]

FEW_WORDS = 8
WIDEST_ZONE = 14 * 60
NEARLY_ALL, MOSTLY, HALF, LITTLE = 0.9, 0.7, 0.5, 0.2


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A copy that may be of the same message: how well it is contained, and what says so."""

    other: Copy
    contained: float
    time: Time
    detail: str


def time_fits(one: MessageRow, other: MessageRow) -> Time | None:
    """The same minute; the same minute of a clock in another zone; or the same day where only a day is printed.

    A program that rounds may be a minute off.
    """
    if one.minute is None or other.minute is None:
        return None
    apart = abs(one.minute - other.minute)
    if one.clock and other.clock:
        if apart <= 1:
            return "minute"
        return "zone" if apart <= WIDEST_ZONE and apart % 15 == 0 else None
    if not one.clock and not other.clock:
        return "day" if apart == 0 else None
    timed, dated = (one, other) if one.clock else (other, one)
    since = (timed.minute or 0) - (dated.minute or 0)
    return "day" if 0 <= since < MINUTES_A_DAY else None


def may_be_one(one: MessageRow, other: MessageRow) -> bool:
    """False for what the rows alone rule out, so that the texts need not be read."""
    if one.message_id and other.message_id and one.message_id != other.message_id:
        return False
    return time_fits(one, other) is not None and is_same(_sender(one), _sender(other)) is not False


def _sender(row: MessageRow) -> Address:
    return Address(name=row.sender_name, address=row.sender_address)


def contradict(one: Copy, other: Copy) -> bool:
    """Whether the headers say that these are two messages: other ids, another sender, nobody in common who gets it."""
    if other_ids(one, other) or is_same(one.message.sender, other.message.sender) is False:
        return True
    return are_apart([*one.message.to, *one.message.cc], [*other.message.to, *other.message.cc])


def are_two(one: Copy, other: Copy) -> bool:
    """Whether two mails with one Message-ID are different mails all the same: another sender or another time."""
    if is_same(one.message.sender, other.message.sender) is False:
        return True
    return None not in (one.row.minute, other.row.minute) and time_fits(one.row, other.row) != "minute"


def match(one: Copy, other: Copy, *, is_answered: bool = False) -> Match | None:
    """Whether the text says that ``other`` is a copy of the same message though it is not identical.

    ``is_answered``: the message that carries the one names the other as what it answers. Then sender and minute are
    enough, however much of the text was changed, and sender and words, whatever time is printed; its very words are
    enough whoever is said to have written them.
    """
    if contradict(one, other):
        return _under_another_name(one, other) if is_answered else None
    time = time_fits(one.row, other.row) or "other"
    contained = _contained(one, other)
    sender = is_same(one.message.sender, other.message.sender)
    if is_answered and time == "minute" and (sender or contained >= LITTLE):
        return _match(other, contained, time, "what the answer names")
    subject = same_subject(one, other)
    few = min(sum(key != HIDDEN for key in copy.keys) for copy in (one, other))
    if time == "minute":
        return _of_one_minute(other, contained, sender, subject, few)
    if not sender or few < TELLING_WORDS or contained < MOSTLY:
        return None
    if is_answered:
        return _match(other, contained, time, "what the answer names")
    return _match(other, contained, time, "one subject, one sender") if subject and time != "other" else None


def _under_another_name(one: Copy, other: Copy) -> Match | None:
    """The very words of what an answer names, under a header that says otherwise: it was altered."""
    few = min(sum(key != HIDDEN for key in copy.keys) for copy in (one, other))
    contained = _contained(one, other)
    if few < TELLING_WORDS or contained < NEARLY_ALL or other_ids(one, other):
        return None
    return _match(other, contained, time_fits(one.row, other.row) or "other", "what the answer names, its very words")


def other_ids(one: Copy, other: Copy) -> bool:
    """Whether the two have Message-IDs that differ."""
    return None not in (one.row.message_id, other.row.message_id) and one.row.message_id != other.row.message_id


def quote_apart(one: Copy, other: Copy, below: Below) -> bool:
    """Whether two short texts quote different messages directly below them: a cover note ("Til orientering") is one
    message only together with what it forwards.
    """
    if min(letters_of(one), letters_of(other)) >= TELLING_LETTERS:
        return False
    first, second = below(one), below(other)
    if first is None or second is None:
        return False
    other_sender = is_same(first.message.sender, second.message.sender) is False
    other_time = None not in (first.row.minute, second.row.minute) and time_fits(first.row, second.row) is None
    contained = _contained(first, second)
    return contained < 1 if other_sender and other_time else contained < NEARLY_ALL and (other_sender or other_time)


def _contained(one: Copy, other: Copy) -> float:
    """The share of the words that are the same, of those that are not blacked out; of nothing else, all."""
    first, second = ([key for key in copy.keys if key != HIDDEN] for copy in (one, other))
    if any(copy.keys and not left for copy, left in ((one, first), (other, second))):
        return 1.0
    return containment(first, second)


def _of_one_minute(other: Copy, contained: float, sender: bool | None, subject: bool | None, few: int) -> Match | None:
    if few < FEW_WORDS:
        fits = bool(sender and subject) and contained >= HALF
    elif sender:
        fits = contained >= (MOSTLY if subject is False else HALF)
    else:
        fits = contained >= MOSTLY
    return _match(other, contained, "minute", "one sender" if sender else "no other sender") if fits else None


def _match(other: Copy, contained: float, time: Time, what: str) -> Match:
    when = {
        "minute": "the same minute",
        "zone": "the same minute in another zone",
        "day": "the same day",
        "other": "another time",
    }[time]
    return Match(other=other, contained=contained, time=time, detail=f"{what}, {when}, {contained:.0%} of the words")


def answered_between(answer: Copy, other: Copy) -> float:
    """How much of ``other`` stands between the lines of an answer; 0 where sender, subject or order do not fit."""
    if not answer.row.inline or len(other.keys) < FEW_WORDS or not same_subject(answer, other):
        return 0.0
    if answer.row.minute is None or other.row.minute is None or other.row.minute >= answer.row.minute:
        return 0.0
    if is_same(answer.message.sender, other.message.sender) or not holds(
        participants(answer.message), other.message.sender
    ):
        return 0.0
    pieces = shingles(other.keys)
    contained = len(pieces & shingles(answer.keys)) / len(pieces)
    return contained if contained >= HALF else 0.0


def same_subject(one: Copy, other: Copy) -> bool | None:
    """Whether two base subjects are one; None where one is not printed."""
    first, second = base_subject(one.message.subject), base_subject(other.message.subject)
    return first == second if first and second else None


def is_telling(copy: Copy) -> bool:
    """Whether an identical copy of it is the same message: its time, and its sender or enough text, are known."""
    letters = letters_of(copy)
    if copy.row.minute is None:
        return False
    known = copy.message.sender is not None and (copy.row.clock or letters >= TELLING_LETTERS)
    return known or letters >= TELLING_LETTERS


def grouped(copies: Sequence[Copy], below: Below) -> tuple[list[list[Copy]], list[Copy]]:
    """Identical copies by message, and those that may belong to more than one of them.

    The same text, sent in one minute, may be many messages (a newsletter, an automatic answer): those with an id come
    first, then those that print to whom it went; what contradicts is apart, and what fits two messages joins none.
    """
    ordered = sorted(copies, key=lambda copy: (copy.row.message_id is None, not copy.message.to, copy.key))
    groups: list[list[Copy]] = []
    headers: list[dict[str, Copy]] = []  # one copy of each header in a group: thousands may print the same
    doubtful: list[Copy] = []
    for copy in ordered:
        fitting = [
            at
            for at, printed in enumerate(headers)
            if not any(_are_apart(copy, other, below) for other in printed.values())
        ]
        same_id = [at for at in fitting if copy.row.message_id and groups[at][0].row.message_id == copy.row.message_id]
        chosen = same_id or fitting
        if not chosen:
            groups.append([])
            headers.append({})
            chosen = [len(groups) - 1]
        if len(chosen) > 1:
            doubtful.append(copy)
            continue
        groups[chosen[0]].append(copy)
        headers[chosen[0]].setdefault(f"{header_of(copy)} {_forwarded(copy, below)}", copy)
    return groups, doubtful


def _forwarded(copy: Copy, below: Below) -> str:
    """What a short text quotes, by its words; "" for a long one, of which it says nothing."""
    quoted = below(copy) if letters_of(copy) < TELLING_LETTERS else None
    return quoted.row.fingerprint if quoted else ""


def _are_apart(one: Copy, other: Copy, below: Below) -> bool:
    """Short words ("Tak!") of one minute may be two messages: under two subjects, or above two quotations."""
    if contradict(one, other) or quote_apart(one, other, below):
        return True
    return letters_of(one) < TELLING_LETTERS and same_subject(one, other) is False


def letters_of(copy: Copy) -> int:
    """The letters and digits of its words, without what is blacked out."""
    return sum(len(key) for key in copy.keys if key != HIDDEN)


def header_of(copy: Copy) -> str:
    """What the header says, but for the time: copies with one header fit the same messages."""
    message = copy.message
    return repr((copy.row.message_id, message.sender, message.to, message.cc, base_subject(message.subject)))
