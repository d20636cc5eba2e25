"""The parts of a document: messages, proposals, agenda items, and what is none of these."""

from __future__ import annotations

import msgspec

from corpus.model.basis import Struct


class Address(Struct, kw_only=True, frozen=True):
    """A mail participant as printed: at least one of the two is given."""

    name: str | None = None
    address: str | None = None


class Part(Struct, kw_only=True, frozen=True, tag_field="kind"):
    """The unit that is searched and cited. The parts of a document, joined in order, are its whole text.

    ``page_breaks``: the characters of ``text`` at which the pages after ``page_first`` begin, up to ``page_last``.
    """

    index: int
    title: str | None
    text: str
    body_start: int = 0
    page_first: int | None = None
    page_last: int | None = None
    page_breaks: list[int] = []


class Message(Part, kw_only=True, frozen=True, tag="message"):
    """One e-mail message, on its own or quoted in another. ``sent`` is ISO 8601, local as printed.

    ``inline``: its answers are written between the lines that it quotes; quote and answers are one text.
    """

    sender: Address | None = msgspec.field(default=None, name="from")
    to: list[Address] = []
    cc: list[Address] = []
    sent: str | None = None
    subject: str | None = None
    quoted: bool = False
    inline: bool = False
    fingerprint: str
    attachments: list[int] = []
    message_id: str | None = None
    in_reply_to: str | None = None
    references: list[str] = []


class Section(Struct, kw_only=True, frozen=True):
    """A headed stretch of a part: ``start`` is the heading's first character, ``end`` one past the section's last."""

    heading: str
    start: int
    end: int


class Proposal(Part, kw_only=True, frozen=True, tag="proposal"):
    """One budget proposal; a catalogue holds many."""

    number: str | None = None
    committee: str | None = None
    proposer: str | None = None
    expense_type: str | None = None
    budget_years: list[int] = []
    sections: list[Section] = []


class AgendaItem(Part, kw_only=True, frozen=True, tag="agenda-item"):
    """One item of an agenda or of minutes. ``decision_start`` is where "Beslutning" begins, None without one.

    ``committee`` is the body whose meeting it is.
    """

    number: str | None = None
    committee: str | None = None
    heading: str | None = None
    decision_start: int | None = None


class Body(Part, kw_only=True, frozen=True, tag="body"):
    """Everything else: a headed section of a longer document, or a page of it."""


AnyPart = Message | Proposal | AgendaItem | Body
