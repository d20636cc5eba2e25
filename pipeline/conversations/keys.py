"""What messages are found by beside their headers: their words, and the times of what they quote inside."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from corpus.model import Document, Message
from corpus.reading import Page
from corpus.store.entries import MessageKeys
from corpus.store.keys import utc_minute
from pipeline.conversations.holes import Holes, without_holes
from pipeline.conversations.quotations import quotations_of
from pipeline.conversations.words import HIDDEN, keys

MAIL_FILES = frozenset(["message/rfc822", "application/vnd.ms-outlook"])
"""The types of a file that is one mail: what it carries, quoted or attached, belongs to it."""
TELLING_LETTERS = 80
"""As in :mod:`pipeline.mail.fingerprints`: a body of so many letters is in the fingerprint without its sender."""
TELLING_WORDS = 12
"""Fewer words than this are standard text, and say nothing by themselves."""


def message_keys(document: Document, pages: Sequence[Page]) -> list[MessageKeys]:
    """The keys of every message of a document; ``pages`` are those of its text."""
    parts = [part for part in document.parts if isinstance(part, Message)]
    messages, holes = as_compared(parts, pages, document.media_type)
    found = []
    for message in messages:
        gaps = holes.get(message.index, [])
        words = words_key(keys(message.text, message.body_start, gaps))
        times = [utc_minute(quotation.sent) for quotation in quotations_of(message, gaps)]
        quoted = sorted({(minute, clock) for minute, clock in times if minute is not None})
        if words is not None or quoted:
            found.append(MessageKeys(part=message.index, words=words, quoted=quoted))
    return found


def as_compared(
    messages: Sequence[Message], pages: Sequence[Page], media_type: str
) -> tuple[list[Message], dict[int, Holes]]:
    """As :func:`pipeline.conversations.holes.without_holes`; a mail file has no pages, also where its text looks so."""
    return (list(messages), {}) if media_type in MAIL_FILES or not messages else without_holes(messages, pages)


def words_key(said: Sequence[str]) -> str | None:
    """A hash of the words as they are compared; None for few words, and for what is blacked out for the most part."""
    told = [key for key in said if key != HIDDEN]
    if len(told) < max(TELLING_WORDS, len(said) // 2) or sum(map(len, told)) < TELLING_LETTERS:
        return None
    return hashlib.sha256(" ".join(said).encode()).hexdigest()[:16]
