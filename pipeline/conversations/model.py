"""What ``akt thread`` gives: the shapes are described in docs/records.md."""

from __future__ import annotations

from typing import Literal

import msgspec

from corpus.model import Address

Kind = Literal["lacks", "adds", "changes"]
Where = Literal["text", "from", "to", "cc", "subject", "sent"]
Touches = Literal["figure", "date", "name", "negation", "redaction"]
How = Literal[
    "message-id",
    "fingerprint",
    "quoted-text",
    "in-reply-to",
    "references",
    "same-reference",
    "quoted-below",
    "quoted-between",
    "attached",
]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What a copy lacks, adds or changes against the message as shown: the words as printed, cut when they are many.

    ``before`` and ``after`` are the words around them in the original (of a difference in the text).
    Of a difference in the text, ``[original_start, original_end)`` and ``[copy_start, copy_end)`` are its characters in
    the texts of the two parts (an empty stretch says where); in a header field they are None.
    """

    kind: Kind
    where: Where = "text"
    original: str
    copy: str
    before: str = ""
    after: str = ""
    touches: list[Touches] = []
    original_start: int | None = None
    original_end: int | None = None
    copy_start: int | None = None
    copy_end: int | None = None


class SeenIn(msgspec.Struct, frozen=True, kw_only=True):
    """A part in which a message stands. ``path`` is the best place of its content, ``also_in`` are the others.

    ``known_by``: what says that it is this message; None for the copy that is shown. ``partial``: only pieces of it
    stand there, quoted between or above the lines of an answer (the part is the answer).
    """

    id: str
    path: str
    part: int
    page: int | None
    quoted: bool
    also_in: list[str]
    known_by: str | None
    partial: bool = False
    differences: list[Difference]


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """Why a message is in the conversation: ``how`` it is tied to the message ``to``, one way or the other."""

    how: How
    to: str
    detail: str


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message of a conversation, shown from its best copy, which is the first of ``seen_in``.

    ``sent`` is as in the contract, from another copy where the best one prints no time; ``undated`` when none does.
    ``text`` is the body without header. ``missing`` are the Message-IDs it refers to that no document has.
    """

    id: str
    sent: str | None
    undated: bool
    sender: Address | None = msgspec.field(name="from")
    to: list[Address]
    cc: list[Address]
    subject: str | None
    text: str
    path: str
    part: int
    page: int | None
    quoted: bool
    inline: bool
    joined_by: list[Tie]
    missing: list[str]
    seen_in: list[SeenIn]


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """A message that is referred to and has no document: ``quoted_as`` is the quoted copy that is likely to be it."""

    message_id: str
    wanted_by: list[str]
    quoted_as: str | None = None


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A whole conversation, oldest message first.

    ``asked`` is the part that was named, ``asked_among`` how many messages its document has.
    ``truncated``: more belongs to it than was gathered. ``notes`` are sentences on what is not certain or not whole.
    """

    id: str
    asked: str
    asked_among: int
    subject: str | None
    first: str | None
    last: str | None
    participants: list[Address]
    documents: int
    copies: int
    differing: int
    not_in_workspace: list[Missing]
    truncated: bool
    notes: list[str]
    messages: list[Message]
