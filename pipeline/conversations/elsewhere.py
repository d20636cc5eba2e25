"""The same words under another header: what nothing says to be one message, and a reader should see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.store import messages as stored
from pipeline.conversations.keys import words_key
from pipeline.conversations.library import Copy, Key, Library
from pipeline.conversations.model import Message
from pipeline.conversations.people import printed

MOST_TOLD = 3
MOST_NOTES = 20
MOST_FOUND = 50


def same_words_notes(library: Library, messages: Sequence[Sequence[Copy]]) -> list[str]:
    """A sentence for each message whose very words stand in another one too; ``messages`` by their copies.

    Only words of some length are telling. Automatic answers and newsletters say the same too: of many, a few are named.
    """
    found: list[str] = []
    told: set[str] = set()
    for copies in messages:
        mine = {copy.key for copy in copies}
        for words in _keys(copies):
            if words not in told and len(found) < MOST_NOTES:
                told.add(words)
                others = _others(library, words, mine)
                found += [_note(library, copies[0], others)] if others else []
    return found


def quoted_only_notes(messages: Sequence[Message]) -> list[str]:
    """A sentence for each message of which only quotations are known that differ: none of them is the original."""
    unsure = [each for each in messages if is_of_quotations(each)]
    told = [
        f"{each.id} is known from quotations only, and they differ: none of them is known to be the original."
        for each in unsure[:MOST_NOTES]
    ]
    more = len(unsure) - len(told)
    return [*told, f"So are {more} more."] if more else told


def is_of_quotations(message: Message) -> bool:
    """Whether only quotations of a message are known, and they differ: the one that is shown is no original."""
    return message.quoted and any(seen.differences for seen in message.seen_in)


def _keys(copies: Sequence[Copy]) -> Iterator[str]:
    for keys in dict.fromkeys(tuple(copy.keys) for copy in copies):
        words = words_key(keys)
        if words is not None:
            yield words


def _others(library: Library, words: str, mine: set[Key]) -> list[Copy]:
    """The messages of these words that are not this one, each header once."""
    rows = stored.with_words(library.connection, words, MOST_FOUND + 1)
    apart = [row for row in rows if (row.sha256, row.part) not in mine]
    headers = {(row.sender_name, row.sender_address, row.minute): row for row in reversed(apart)}
    return library.copies(headers.values())


def _note(library: Library, shown: Copy, others: Sequence[Copy]) -> str:
    named = "; ".join(_named(library, copy) for copy in others[:MOST_TOLD])
    more = f", and {len(others) - MOST_TOLD} more" if len(others) > MOST_TOLD else ""
    return f"The same words as in {shown.id} stand under another sender or time in {named}{more}."


def _named(library: Library, copy: Copy) -> str:
    who = printed(copy.message.sender) or "no sender"
    places = library.places(copy.row.sha256)
    where = f" ({places[0].path})" if places else ""
    return f"{copy.id}{where}: {who}, {(copy.message.sent or 'no time').replace('T', ' ')[:16]}"
