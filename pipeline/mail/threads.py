"""A mail thread, divided into its messages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from corpus.model import Address, Message
from corpus.reading import Reading
from pipeline.mail.answers import Answer, find_answer, find_heads, is_inline, without_inline
from pipeline.mail.fingerprints import fingerprint
from pipeline.mail.heads import Head, all_heads
from pipeline.mail.intros import is_rule
from pipeline.mail.lines import Line, split_lines
from pipeline.mail.stamps import is_reply, own_body

LONGEST_PREAMBLE = 10_000
"""A first header further down than this stands in a report that quotes a mail, not in a thread."""


class _Start(msgspec.Struct, frozen=True, kw_only=True):
    """Where a part begins, where its body begins, and what its head says."""

    start: int
    body: int
    head: Head | None
    quoted: bool = True


def split_thread(reading: Reading) -> list[Message] | None:
    """The messages of a thread in printed order, None when the text is no mail thread.

    The parts' texts joined are ``reading.text`` exactly: a separator belongs to the message it opens, and what stands
    above the first header (a journal stamp) to the first message. A reply without a header of its own is a message
    without sender. Where an answer is written between quoted lines, quote and answer stay one message. A text that
    opens with a quote and has the answer below it is the quoted message, then the answer, which is the outermost.
    """
    text = reading.text
    lines = split_lines(text, reading.pages)
    starts = _starts(reading, lines)
    if not starts:
        return None
    if all(start.quoted for start in starts):
        starts[0] = msgspec.structs.replace(starts[0], quoted=False)
    ends = [start.start for start in starts[1:]] + [len(text)]
    return [
        _message(reading, lines, index, start, end) for index, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _starts(reading: Reading, lines: Sequence[Line]) -> list[_Start]:
    text = reading.text
    if reading.mail is not None:
        body = reading.mail.end
        first = bisect_right([line.start for line in lines], body - 1)
        return [_Start(start=0, body=body, head=None), *_of_heads(text, lines, find_heads(text, lines, first))]
    every = all_heads(text, lines)
    heads, answer = without_inline(lines, every), find_answer(lines, every)
    if answer is not None:
        return _answered(text, lines, answer, heads)
    if not heads:
        return []
    starts = _of_heads(text, lines, heads)
    preamble = starts[0].start
    if preamble > LONGEST_PREAMBLE:
        return []
    if is_reply(lines, heads[0]):
        return [_Start(start=0, body=own_body(lines, heads[0].first), head=None), *starts]
    return [msgspec.structs.replace(starts[0], start=0), *starts[1:]]


def _answered(text: str, lines: Sequence[Line], answer: Answer, later: Sequence[Head]) -> list[_Start]:
    """A text that opens with a quote: the quote, the answer (the outermost message, without a header), what follows."""
    own = lines[answer.first].start
    starts = _of_heads(text, lines, answer.heads)
    starts = [msgspec.structs.replace(each, start=0) if each is starts[0] else each for each in starts]
    return [*starts, _Start(start=own, body=own, head=None, quoted=False), *_of_heads(text, lines, later)]


def _of_heads(text: str, lines: Sequence[Line], heads: Sequence[Head]) -> list[_Start]:
    return [
        _Start(start=lines[head.first].start, body=_body_start(text, lines, head.last), head=head) for head in heads
    ]


def _body_start(text: str, lines: Sequence[Line], last: int) -> int:
    """The first line with ink behind the header and a rule that closes it, or the end of the text."""
    for line in lines[last + 1 :]:
        if not line.blank and not is_rule(line.content):
            return line.start
    return len(text)


def _message(reading: Reading, lines: Sequence[Line], index: int, start: _Start, end: int) -> Message:
    mail = reading.mail if index == 0 else None
    head = start.head
    sender: Address | None = mail.sender if mail else head.sender if head else None
    sent = mail.sent if mail else head.sent if head else None
    subject = mail.subject if mail else head.subject if head else None
    body = min(start.body, end)
    body_lines = _lines_between(lines, body, end)
    first_page, last_page = _pages(reading, start.start, end)
    return Message(
        index=index,
        title=subject,
        text=reading.text[start.start : end],
        body_start=body - start.start,
        page_first=first_page,
        page_last=last_page,
        sender=sender,
        to=list(mail.to) if mail else head.to if head else [],
        cc=list(mail.cc) if mail else head.cc if head else [],
        sent=sent,
        subject=subject,
        quoted=start.quoted,
        inline=is_inline(body_lines, lines[head.last].depth if head and head.kind == "block" else 0),
        fingerprint=fingerprint(sender, sent, [line.content for line in body_lines if not line.blank]),
        attachments=list(range(len(reading.children))) if index == 0 else [],
        message_id=mail.message_id if mail else None,
        in_reply_to=mail.in_reply_to if mail else None,
        references=list(mail.references) if mail else [],
    )


def _lines_between(lines: Sequence[Line], start: int, end: int) -> Sequence[Line]:
    first = bisect_right(lines, start - 1, key=lambda line: line.start)
    last = bisect_right(lines, end - 1, key=lambda line: line.start)
    return lines[first:last]


def _pages(reading: Reading, start: int, end: int) -> tuple[int | None, int | None]:
    if not reading.pages:
        return None, None
    starts = [page.start for page in reading.pages]
    first, last = (max(bisect_right(starts, at) - 1, 0) for at in (start, max(end - 1, start)))
    return reading.pages[first].number, reading.pages[last].number
