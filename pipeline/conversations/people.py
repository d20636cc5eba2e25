"""Whether two mail participants may be the same: printed by different programs, without address, blacked out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from corpus.model import Address, Message
from pipeline.mail.addresses import display_name
from pipeline.mail.labels import is_redacted

_WORD = re.compile(r"[^\W\d_]+")
_SPELLED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "é": "e", "è": "e"})
SHORTEST_NAME = 3  # letters: shorter ones are initials


def is_same(one: Address | None, other: Address | None) -> bool | None:
    """True for the same participant, False for another, None where it cannot be told (no name, or blacked out).

    Names are the same when one has all the words of the other ("Holm, Karen", "Karen Holm (Byrådet)"); a name and an
    address when a word of the name stands in the address.
    """
    if one is None or other is None:
        return None
    if one.address and other.address and not (is_redacted(one.address) or is_redacted(other.address)):
        if one.address.casefold() == other.address.casefold():
            return True
        # One person may write from two addresses under one full name.
        return _are_full(one, other) and _same_names(one, other)
    if _same_names(one, other):
        return True
    hidden = any(value and is_redacted(value) for each in (one, other) for value in (each.name, each.address))
    if hidden:
        return None
    if one.name and other.name:
        return False
    return _in_address(one, other)


def _are_full(one: Address, other: Address) -> bool:
    return min(len(name_words(one.name)), len(name_words(other.name))) > 1


def _same_names(one: Address, other: Address) -> bool:
    first, second = name_words(one.name), name_words(other.name)
    return bool(first and second) and (first <= second or second <= first)


def _in_address(one: Address, other: Address) -> bool | None:
    """A name on one side, an address alone on the other."""
    named, addressed = (one, other) if one.name else (other, one)
    if not named.name or not addressed.address:
        return None
    local = addressed.address.casefold().translate(_SPELLED)
    long = [word.translate(_SPELLED) for word in name_words(named.name) if len(word) >= SHORTEST_NAME]
    return True if any(word in local for word in long) else None


@lru_cache(maxsize=65536)
def name_words(name: str | None) -> frozenset[str]:
    """The words of a name without its organisation, casefolded."""
    if not name or is_redacted(name):
        return frozenset()
    return frozenset(_WORD.findall(display_name(name).casefold()))


def holds(some: Iterable[Address], wanted: Address | None) -> bool:
    """Whether the participant is one of them."""
    return any(is_same(each, wanted) for each in some)


def are_apart(some: Sequence[Address], others: Sequence[Address]) -> bool:
    """Whether two lists of recipients have nobody in common, and everybody in them can be told."""
    if not some or not others:
        return False
    return all(is_same(one, other) is False for one in some for other in others)


def participants(message: Message) -> list[Address]:
    """Sender and recipients."""
    return [*([message.sender] if message.sender else []), *message.to, *message.cc]


def printed(person: Address | None) -> str:
    """ "Karen Holm <karen@fjordby.example>", "" for nobody."""
    if person is None:
        return ""
    return (
        f"{person.name} <{person.address}>" if person.name and person.address else person.name or person.address or ""
    )
