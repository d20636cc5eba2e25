"""How the messages of one document hang together: which quotes which, and where another conversation begins.

A printed bundle holds conversations one after another, so that neighbours belong together only with evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from corpus.model import Address, Message
from corpus.store.keys import utc_minute
from pipeline.conversations.people import holds, is_same, participants
from pipeline.conversations.subjects import base_subject, is_answer
from pipeline.mail.intros import is_rule, is_separator


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """``upper`` quotes ``lower`` (indexes of parts), and what says so. ``direct`` false: it only carries it."""

    upper: int
    lower: int
    detail: str
    direct: bool = True


def links_of(messages: Sequence[Message], *, is_mail: bool) -> list[Link]:
    """The links between the messages of a document in printed order. ``is_mail``: the document is one mail.

    All that a mail carries belongs to it, quoted by the message above it or else by the mail itself.
    """
    found: list[Link] = []
    people: list[Address] = []
    for above, below in pairwise(messages):
        people += participants(above)
        detail = evidence(above, below, people)
        if detail is None and is_mail:
            found.append(Link(upper=messages[0].index, lower=below.index, detail="carried by the mail", direct=False))
            continue
        if detail is None:
            people = []
            continue
        upper, lower = (below, above) if above.quoted and not below.quoted else (above, below)
        found.append(Link(upper=upper.index, lower=lower.index, detail=detail))
    return found


def evidence(above: Message, below: Message, people: Sequence[Address]) -> str | None:
    """What says that the message above quotes the one below; None for two messages that only stand together.

    ``people`` are those of the messages above that belong together. With a visible mark of quotation one subject or
    shared people in falling time are enough. Without one, as in a bundle of mails, one subject needs an answer's mark
    in it, or that the one answers the other: the same secretary calls a meeting under one subject every month.
    """
    if _is_headless(above) or _is_headless(below):
        return "it has no header of its own"
    if below.subject is None and not below.to:
        return "introduced as quoted"
    one_subject = base_subject(above.subject) == base_subject(below.subject) != ""
    falling = _falls(above, below)
    shared = falling is True and any(holds(people, person) for person in participants(below))
    if is_marked(below):
        return "quoted under one subject" if one_subject else "quoted from the same people" if shared else None
    if one_subject and falling is not False and (is_answer(above.subject) or _answers(above, below)):
        return "below it under one subject"
    if above.subject is None and shared:
        return "below it from the same people"
    return None


def is_marked(message: Message) -> bool:
    """Whether the message is set off as a quotation: by quote marks, a drawn line or "Oprindelig meddelelse"."""
    lines = message.text[: message.body_start].splitlines()
    return any(line.lstrip().startswith((">", "\\>")) or is_rule(line) or is_separator(line.strip()) for line in lines)


def _is_headless(message: Message) -> bool:
    return message.sender is None and message.sent is None and message.subject is None


def _falls(above: Message, below: Message) -> bool | None:
    """Whether the message above is the later one; None where it cannot be told."""
    (later, later_clock), (earlier, earlier_clock) = utc_minute(above.sent), utc_minute(below.sent)
    if later is None or earlier is None:
        return None
    if later_clock and earlier_clock:
        return later >= earlier
    return later // 1440 >= earlier // 1440 - 1


def _answers(above: Message, below: Message) -> bool:
    """Whether one of the two writes to the other."""
    if is_same(above.sender, below.sender):
        return False
    return holds([*below.to, *below.cc], above.sender) or holds([*above.to, *above.cc], below.sender)
