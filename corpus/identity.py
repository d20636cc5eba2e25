"""Names that stay: the same content has the same id everywhere, and a fact keeps its id while it keeps its place."""

from __future__ import annotations

import hashlib
import re

from corpus.model import Decision, Record
from corpus.normalise import is_latin

ID_LENGTH = 12
_MAILTO = re.compile(r"\(mailto:[^)]*\)")
_NEITHER = re.compile(r"[\W_]+")
_NEITHER_LATIN = bytes(code for code in range(256) if _NEITHER.match(chr(code)))


def content_hash(data: bytes) -> str:
    """SHA-256 of a content, as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def document_id(sha256: str) -> str:
    """The short id of a content: the first 12 hex digits of its SHA-256."""
    return sha256[:ID_LENGTH]


def part_id(sha256: str, part: int) -> str:
    """``3f2a9c1b7d20.4``: part 4 of that content."""
    return f"{document_id(sha256)}.{part}"


def record_id(sha256: str, record: Record) -> str:
    """``3f2a9c1b7d20.4.amount.118``: the amount that begins at character 118 of part 4.

    ``….decision.118-2`` is the second decision of the sentence that begins there.
    """
    kind = type(record).__struct_config__.tag
    further = f"-{record.ordinal}" if isinstance(record, Decision) and record.ordinal > 1 else ""
    return f"{part_id(sha256, record.part)}.{kind}.{record.start}{further}"


def letters_and_digits(text: str) -> str:
    """The text without all else. Of Latin-1, bytes are left out in a fraction of a pattern's time."""
    if is_latin(text):
        return text.encode("latin-1").translate(None, _NEITHER_LATIN).decode("latin-1")
    return _NEITHER.sub("", text)


def message_fingerprint(sender: str | None, sent: str | None, body: str) -> str:
    """16 hex digits over sender, minute and body, the same for a message and for its quoted copies.

    Quoting changes line breaks, '>' marks, Markdown and link targets, so only letters and digits of the body count; the
    offset of the time is left out, because a quoted copy does not print it.
    """
    letters = letters_and_digits(_MAILTO.sub("", body) if "(mailto:" in body else body).casefold()
    key = "\n".join([(sender or "").casefold(), (sent or "")[:16], letters])
    return hashlib.sha256(key.encode()).hexdigest()[:16]
