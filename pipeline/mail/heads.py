"""Where messages begin in a text: header blocks, introductions and separators, in printed order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from corpus.model import Address
from pipeline.mail.addresses import parse_recipients, parse_sender
from pipeline.mail.headers import Block, read_block, starts_block
from pipeline.mail.intros import is_rule, is_separator, read_intro
from pipeline.mail.labels import Field
from pipeline.mail.lines import Line, next_inked
from pipeline.mail.prints import Printed, read_print

BLANKS_BETWEEN = 3
LONGEST_SUBJECT = 300


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The beginning of a message: its lines ``first`` to ``last`` (inclusive) and what they say."""

    kind: Literal["block", "intro", "separator"]
    first: int
    last: int
    sender: Address | None = None
    to: list[Address] = []
    cc: list[Address] = []
    sent: str | None = None
    subject: str | None = None


def all_heads(text: str, lines: Sequence[Line], first: int = 0) -> list[Head]:
    """Every beginning from line ``first`` on, those of quotes with answers between their lines too."""
    heads: list[Head] = []
    number = first
    while number < len(lines):
        head = None if lines[number].blank else _head_at(text, lines, number)
        if head is None:
            number += 1
            continue
        floor = heads[-1].last + 1 if heads else first
        heads.append(msgspec.structs.replace(head, first=_with_rules(lines, head.first, floor)))
        number = head.last + 1
    return heads


def _head_at(text: str, lines: Sequence[Line], number: int) -> Head | None:
    content = lines[number].content
    if is_separator(content):
        return _separated(text, lines, number)
    if starts_block(text, lines[number], lines[number - 1] if number else None):
        block = read_block(text, lines, number)
        if block is not None:
            return _of_block(block, block.first)
    intro = read_intro(lines, number)
    if intro is not None:
        return Head(kind="intro", first=intro.first, last=intro.last, sender=intro.sender, sent=intro.sent)
    printed = read_print(lines, number)
    return None if printed is None else _of_print(printed)


def _separated(text: str, lines: Sequence[Line], number: int) -> Head | None:
    """A separator with the header block it announces; one between dashes begins a message even without."""
    below = next_inked(lines, number, BLANKS_BETWEEN)
    if below is not None and starts_block(text, lines[below]):
        block = read_block(text, lines, below, introduced=True)
        if block is not None:
            return _of_block(block, number)
    printed = None if below is None else read_print(lines, below)
    if printed is not None:
        return msgspec.structs.replace(_of_print(printed), first=number)
    between_dashes = lines[number].content.strip("*\\ ").endswith(("--", "__", "=="))
    return Head(kind="separator", first=number, last=number) if between_dashes else None


def _of_block(block: Block, first: int) -> Head:
    values = block.values
    return Head(
        kind="block",
        first=first,
        last=block.last,
        sender=parse_sender(values["from"]),
        to=parse_recipients(values.get("to", "")),
        cc=parse_recipients(values.get("cc", "")),
        sent=block.sent,
        subject=_subject(values),
    )


def _of_print(printed: Printed) -> Head:
    values = printed.values
    return Head(
        kind="block",
        first=printed.first,
        last=printed.last,
        sender=printed.sender,
        to=parse_recipients(values.get("to", "")),
        cc=parse_recipients(values.get("cc", "")),
        sent=printed.sent,
        subject=_subject(values),
    )


def _subject(values: dict[Field, str]) -> str | None:
    """The subject line, else the title a journal gave; None for one so long that a body ran into it."""
    subject = (values.get("subject") or values.get("title") or "").strip(" |")
    return subject if 0 < len(subject) <= LONGEST_SUBJECT else None


def _with_rules(lines: Sequence[Line], first: int, floor: int) -> int:
    """The rule or separator above a head belongs to the message it opens, not to the one it closes."""
    start = number = first
    while number > floor and first - number <= 2 * BLANKS_BETWEEN:
        number -= 1
        content = lines[number].content
        if is_rule(content) or (is_separator(content) and content):
            start = number
        elif not lines[number].blank:
            break
    return start
