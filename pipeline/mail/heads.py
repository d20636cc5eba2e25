"""Where messages begin in a text: header blocks, introductions and separators, in printed order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from corpus.model import Address
from pipeline.mail.addresses import parse_recipients, parse_sender
from pipeline.mail.headers import Block, is_greeting, read_block, starts_block
from pipeline.mail.intros import is_rule, is_separator, read_intro
from pipeline.mail.labels import Field
from pipeline.mail.lines import Line
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


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer below the quote that a text opens with: the quote's heads, and the line where the answer begins.

    Without heads the two are mixed, line by line, and the answer begins with the text.
    """

    heads: list[Head]
    first: int


def find_heads(text: str, lines: Sequence[Line], first: int = 0) -> list[Head]:
    """Every message's beginning from line ``first`` on; answers written between quoted lines keep theirs together."""
    return without_inline(lines, all_heads(text, lines, first))


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
    if starts_block(text, lines[number]):
        block = read_block(text, lines, number)
        if block is not None:
            return _of_block(block, block.first)
    printed = read_print(lines, number)
    if printed is not None:
        return _of_print(printed)
    intro = read_intro(lines, number)
    if intro is None:
        return None
    return Head(kind="intro", first=intro.first, last=intro.last, sender=intro.sender, sent=intro.sent)


def _separated(text: str, lines: Sequence[Line], number: int) -> Head | None:
    """A separator with the header block it announces; one between dashes begins a message even without."""
    below = number + 1
    while below < len(lines) and lines[below].blank and below - number <= BLANKS_BETWEEN:
        below += 1
    if below < len(lines) and starts_block(text, lines[below]):
        block = read_block(text, lines, below, introduced=True)
        if block is not None:
            return _of_block(block, number)
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
    subject = (values.get("subject") or values.get("title") or "").strip(" *|")
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


def without_inline(lines: Sequence[Line], heads: list[Head]) -> list[Head]:
    """Leave out the heads of quotes after which the quoting message goes on: their text is not theirs alone."""
    kept: list[Head] = []
    until = -1
    for position, head in enumerate(heads):
        if head.first < until:
            continue
        following = next(
            (h.first for h in heads[position + 1 :] if lines[h.first].depth <= lines[head.last].depth), len(lines)
        )
        resumed = _resumes(lines, head, following)
        if resumed is None:
            kept.append(head)
        else:
            until = resumed
    return kept


def find_answer(lines: Sequence[Line], heads: Sequence[Head]) -> Answer | None:
    """The answer below or between the lines of a quote that is introduced at the top of a text without a header.

    ``heads``: all of them. Above the introduction only a greeting may stand.
    """
    inked = next((number for number, line in enumerate(lines) if not line.blank), None)
    if inked is None or not heads or heads[0].kind != "intro" or heads[0].sender is None:
        return None
    head, on_top = heads[0], heads[0].first <= inked
    if not on_top and not is_greeting(lines[inked].content):
        return None
    end = _following(lines, head, heads[1:])
    resumed = _resumes(lines, head, end)
    if resumed is None:
        return None
    outer = lines[head.first].depth
    mixed = any(line.depth > outer and line.content for line in lines[resumed:end])
    if mixed or not on_top:
        return Answer(heads=[], first=0)
    return Answer(
        heads=without_inline(lines[:resumed], [each for each in heads if each.first < resumed]), first=resumed
    )


def _following(lines: Sequence[Line], head: Head, later: Sequence[Head]) -> int:
    return next((h.first for h in later if lines[h.first].depth <= lines[head.last].depth), len(lines))


def _resumes(lines: Sequence[Line], head: Head, end: int) -> int | None:
    """The line where the quoting message goes on after what ``head`` opened, if what it opened is quoted by marks."""
    outer = lines[head.first].depth
    quoted = lines[head.last].depth > outer
    for number in range(head.last + 1, end):
        line = lines[number]
        if line.blank:
            continue
        if line.depth > outer:
            quoted = True
        elif not quoted or is_rule(line.content) or line.content == "--":
            return None
        elif not _is_broken_wrap(lines, number, outer):
            return number
    return None


def _is_broken_wrap(lines: Sequence[Line], number: int, outer: int) -> bool:
    """A quoted line too long for some program on the way, cut, its second half without the mark."""
    if not 0 < number < len(lines) - 1:
        return False
    return all(lines[n].depth > outer and bool(lines[n].content) for n in (number - 1, number + 1))
