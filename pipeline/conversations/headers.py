"""What the header of a copy lacks, adds or changes against the message as shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from corpus.model import Address, Message
from pipeline.conversations.copies import time_fits
from pipeline.conversations.differences import Side, differences
from pipeline.conversations.library import Copy
from pipeline.conversations.model import Difference, Kind, Touches, Where
from pipeline.conversations.people import is_same, name_words, printed
from pipeline.conversations.subjects import base_subject
from pipeline.conversations.words import tokens
from pipeline.mail.labels import is_redacted


def header_differences(original: Copy, copy: Copy) -> list[Difference]:
    """In the order of a header. A field that one of the two does not print says nothing, but for recipients.

    An introduction ("Den … skrev …:") prints no recipients and drops none; a header block that prints a subject or some
    recipients would print them all.
    """
    ours, theirs = original.message, copy.message
    found = [*_sender(ours, theirs), *_sent(original, copy)]
    if theirs.subject or theirs.to:
        found += _people("to", ours.to, theirs.to)
        found += _people("cc", ours.cc, theirs.cc)
    return [*found, *_subject(ours, theirs)]


def _sender(ours: Message, theirs: Message) -> list[Difference]:
    if ours.sender is None or theirs.sender is None or not _differ(ours.sender, theirs.sender):
        return []
    return [_of_people("changes", "from", [ours.sender], [theirs.sender])]


def _sent(original: Copy, copy: Copy) -> list[Difference]:
    one, other = original.row, copy.row
    if one.minute is None or other.minute is None or time_fits(one, other) in ("minute", "day"):
        return []
    return [_field("changes", "sent", original.message.sent, copy.message.sent, ["date"])]


def _subject(ours: Message, theirs: Message) -> list[Difference]:
    if not ours.subject or not theirs.subject or base_subject(ours.subject) == base_subject(theirs.subject):
        return []
    sides = [Side(subject, tokens(subject), 0) for subject in (ours.subject, theirs.subject)]
    touched = [touch for each in differences(*sides) for touch in each.touches if touch != "name"]
    return [_field("changes", "subject", ours.subject, theirs.subject, list(dict.fromkeys(touched)))]


def _people(where: Literal["to", "cc"], ours: Sequence[Address], theirs: Sequence[Address]) -> list[Difference]:
    """Recipients by pairs: first who is surely the same, then those who may be (a name here, an address there)."""
    if not ours:
        return []
    left, right = list(ours), list(theirs)
    changed: list[Difference] = []
    for sure in (True, False):
        for person in list(left):
            same = next((each for each in right if _pairs(person, each, sure=sure)), None)
            if same is not None:
                left.remove(person)
                right.remove(same)
                if _differ(person, same):
                    changed.append(_of_people("changes", where, [person], [same]))
    if left:
        changed.append(_of_people("lacks", where, left, []))
    if right:
        changed.append(_of_people("adds", where, [], right))
    return changed


def _pairs(one: Address, other: Address, *, sure: bool) -> bool:
    same = is_same(one, other)
    return same is True if sure else same is None


def _differ(one: Address, other: Address) -> bool:
    """Whether two prints of one participant say different things: another name, another address, one blacked out."""
    if _is_hidden(other) and not _is_hidden(one):
        return True
    if one.address and other.address and one.address.casefold() != other.address.casefold():
        return True
    names, others = name_words(one.name), name_words(other.name)
    return bool(names and others and not (names <= others or others <= names))


def _is_hidden(person: Address) -> bool:
    return any(value and is_redacted(value) for value in (person.name, person.address))


def _of_people(kind: Kind, where: Where, ours: Sequence[Address], theirs: Sequence[Address]) -> Difference:
    hidden = any(map(_is_hidden, theirs)) and not any(map(_is_hidden, ours))
    printed_ours, printed_theirs = ("; ".join(map(printed, people)) for people in (ours, theirs))
    return _field(kind, where, printed_ours, printed_theirs, ["redaction" if hidden else "name"])


def _field(kind: Kind, where: Where, original: str | None, copy: str | None, touches: list[Touches]) -> Difference:
    return Difference(kind=kind, where=where, original=original or "", copy=copy or "", touches=touches)
