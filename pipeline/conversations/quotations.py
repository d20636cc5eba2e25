"""What an answer quotes between its own lines, or above them: pieces of the message that it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from corpus.model import Address, Message
from pipeline.conversations.words import Token, gap, tokens
from pipeline.mail.heads import Head, all_heads
from pipeline.mail.lines import Line, split_lines


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """The lines that a message quotes of one other, and what the introduction above them says of that.

    ``nested``: the message that is quoted quotes it. The tokens have a gap wherever other lines stand between, and at
    both ends: what is left out there says nothing.
    """

    sender: Address | None
    sent: str | None
    nested: bool
    tokens: list[Token]


class _Lines(msgspec.Struct, kw_only=True):
    head: Head | None
    nested: bool
    stretches: list[list[Line]] = []


def quotations_of(message: Message, holes: Sequence[tuple[int, int]] = ()) -> list[Quotation]:
    """The quotations of an answer that stands between or below quoted lines, in printed order; none of others.

    Lines without an introduction are of the message that is answered. The marks are those of the message's own lines
    and one more for each message that quotes the other.
    """
    if not message.inline:
        return []
    lines = split_lines(message.text)
    first = next((at for at, line in enumerate(lines) if line.start >= message.body_start), len(lines))
    found = []
    for each in _divided(message.text, lines, first):
        pieces = list(_tokens(message.text, each.stretches, holes))
        head = each.head
        if any(token.kind != "gap" for token in pieces):
            sender, sent = (head.sender, head.sent) if head else (None, None)
            found.append(Quotation(sender=sender, sent=sent, nested=each.nested, tokens=pieces))
    return found


def _divided(text: str, lines: Sequence[Line], first: int) -> list[_Lines]:
    """The quoted lines by message: a head opens one, and the depth of the marks says to which a line belongs."""
    outer = min((line.depth for line in lines[first:] if not line.blank), default=0)
    heads = {head.first: head for head in all_heads(text, lines, first) if head.kind in ("block", "intro")}
    found: list[_Lines] = []
    open_at: dict[int, _Lines] = {}
    last_of_head, torn = -1, True
    for number in range(first, len(lines)):
        line = lines[number]
        if (head := heads.get(number)) is not None:
            last_of_head = head.last
            depth = max(_depth_below(lines, head.last), outer + 1)
            open_at = {at: each for at, each in open_at.items() if at < depth}
            open_at[depth] = _Lines(head=head, nested=depth > outer + 1)
            found.append(open_at[depth])
        if number <= last_of_head or line.blank:
            continue
        if line.depth == outer + 1 and line.depth not in open_at:
            open_at[line.depth] = _Lines(head=None, nested=False)
            found.append(open_at[line.depth])
        mine = open_at.get(line.depth)
        if mine is not None:
            if not mine.stretches or torn:
                mine.stretches.append([])
            mine.stretches[-1].append(line)
        torn = mine is None or _goes_deeper(lines, number)
    return found


def _goes_deeper(lines: Sequence[Line], number: int) -> bool:
    """Whether the next line with ink has other marks."""
    below = next((line for line in lines[number + 1 :] if not line.blank), None)
    return below is not None and below.depth != lines[number].depth


def _depth_below(lines: Sequence[Line], number: int) -> int:
    below = next((line for line in lines[number + 1 :] if not line.blank), None)
    return below.depth if below else 0


def _tokens(text: str, stretches: Sequence[Sequence[Line]], holes: Sequence[tuple[int, int]]) -> Iterator[Token]:
    for stretch in stretches:
        yield gap(stretch[0].start)
        for line in stretch:
            yield from tokens(text, line.start, holes, line.end)
    if stretches:
        yield gap(stretches[-1][-1].end)
