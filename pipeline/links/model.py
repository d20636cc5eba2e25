"""What ``links`` of ``akt show --format json`` gives: docs/links.md describes the shapes."""

from __future__ import annotations

from typing import Literal

import msgspec

State = Literal["resolved", "ambiguous", "dangling", "unclear", "external", "itself"]
"""``resolved``: to its targets; ``ambiguous``: to one of them, and nothing says which, or perhaps to the only
one; ``dangling``: the paper is not in the workspace; ``unclear``: no one paper is named; ``external``: a law, or the
state's budget; ``itself``: the number of the paper it stands in, or the budget that it is of."""

EvidenceKind = Literal["case-number", "proposal-number", "reference", "title-words", "amount", "body", "date-window"]


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A paper that a reference points to: a part, or a whole document. ``text``: the number as it is printed there."""

    id: str
    path: str
    kind: str
    title: str | None
    page: int | None
    municipality: str | None
    year: int | None
    date: str | None
    text: str | None


class LinkTo(msgspec.Struct, frozen=True, kw_only=True):
    """A reference and what it points to. ``by``: what says so; ``reason``: why it points to nothing, or to several.

    ``more``: there are more targets than are given.
    """

    id: str
    kind: str
    value: str
    text: str
    state: State
    by: str | None = None
    reason: str | None = None
    targets: list[Target] = []
    more: bool = False


class LinkFrom(msgspec.Struct, frozen=True, kw_only=True):
    """A reference in another part that points here: its id, where it stands, and the sentence around it."""

    id: str
    path: str
    to: str
    text: str
    quote: str
    state: State
    by: str | None = None


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A reason to take a message to be about a decision: the words on both sides, and what it adds to the score."""

    kind: EvidenceKind
    message: str
    target: str
    weight: float


class About(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that the message ``message`` (id of the part) may be about; ``score`` from 0 to 1.

    ``record`` is the id of the decision's record and ``status`` what was decided, where the paper says it. ``statuses``
    has each status of its points once, in printed order, where they are decided one by one. ``negated``: one of these
    decisions says that something, or a part of it, is not to be done.
    """

    message: str
    id: str
    record: str | None
    status: str | None
    statuses: list[str]
    negated: bool
    path: str
    kind: str
    title: str | None
    page: int | None
    body: str | None
    date: str | None
    year: int | None
    score: float
    evidence: list[Evidence]


class Links(msgspec.Struct, frozen=True, kw_only=True):
    """``to``: what the references of the shown parts point to; ``from``: what points to them; ``about``: for messages.

    ``notes``: what could not be looked at, or was left out.
    """

    to: list[LinkTo] = []
    back: list[LinkFrom] = msgspec.field(default=[], name="from")
    about: list[About] = []
    notes: list[str] = []
