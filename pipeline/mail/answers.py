"""Answers around quotes: above them, below them, or between their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.mail.heads import Head, all_heads
from pipeline.mail.intros import is_rule, read_intro
from pipeline.mail.labelled import is_greeting
from pipeline.mail.labels import vocabulary
from pipeline.mail.lines import Line
from pipeline.mail.subjects import is_answer

WRAPPED_LENGTH = 50
"""A quoted line shorter than this was not cut by a program on its way."""
LINES_ABOVE = 8
_SENTENCE_END = re.compile(r"[.?!:][)\"”»]?$")


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer below the quote that a text opens with: the quote's heads, and the line where the answer begins.

    Without heads the two are mixed, line by line, and the answer begins with the text.
    """

    heads: list[Head]
    first: int


def find_heads(text: str, lines: Sequence[Line], first: int = 0) -> list[Head]:
    """Every message's beginning from line ``first`` on; answers written between quoted lines keep theirs together."""
    return without_inline(lines, all_heads(text, lines, first))


def without_inline(lines: Sequence[Line], heads: list[Head]) -> list[Head]:
    """Leave out the heads of quotes after which the quoting message goes on: their text is not theirs alone."""
    kept: list[Head] = []
    until = -1
    for position, head in enumerate(heads):
        if head.first < until:
            continue
        end = _following(lines, heads, position)
        resumed = _resumes(lines, head, end)
        if resumed is None and kept and _is_answered_below(lines, kept[-1], head, end):
            resumed = end
        if resumed is None:
            kept.append(head)
        else:
            until = resumed
    return kept


def _is_answered_below(lines: Sequence[Line], above: Head, head: Head, end: int) -> bool:
    """A header that is not quoted over quoted lines with answers between them: the answers of the message above it.

    What was first asked has no quotes of its own; so the subject says that it is no answer, or the message above
    that its answers stand below.
    """
    if head.kind != "block" or above.kind != "block" or lines[head.first].depth or head.last + 1 >= end:
        return False
    body = lines[head.last + 1 : end]
    first = next((line for line in body if not line.blank), None)
    if first is None or not first.depth or not is_inline(body):
        return False
    asked = head.subject is not None and not is_answer(head.subject)
    said = " ".join(line.content for line in lines[above.last + 1 : head.first][:LINES_ABOVE]).casefold()
    return asked or any(words in said for words in vocabulary().below)


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
    end = _following(lines, heads, 0)
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


def _following(lines: Sequence[Line], heads: Sequence[Head], position: int) -> int:
    """Where the next message quoted no deeper than the one at this position begins; the end if there is none."""
    depth = lines[heads[position].last].depth
    later = (heads[at].first for at in range(position + 1, len(heads)))
    return next((first for first in later if lines[first].depth <= depth), len(lines))


def _resumes(lines: Sequence[Line], head: Head, end: int) -> int | None:
    """The line where the quoting message goes on after what ``head`` opened, if what it opened is quoted by marks."""
    outer = lines[head.first].depth
    quoted = lines[head.last].depth > outer
    if outer > 0 and (inserted := _inserted(lines, head, end)) is not None:
        return inserted
    if head.kind == "intro" and _opens_quote(lines, head):
        outer, quoted = outer - 1, True
    if head.kind == "block" and not quoted:
        return None
    for number in range(head.last + 1, end):
        line = lines[number]
        if line.blank:
            continue
        if line.depth > outer:
            quoted = True
        elif not quoted or is_rule(line.content) or line.content == "--" or is_footer(line.content):
            return None
        elif not _is_broken_wrap(lines, number, outer, forwarded=head.kind == "block"):
            return number
    return None


def _opens_quote(lines: Sequence[Line], head: Head) -> bool:
    """True for an introduction that is quoted itself, as the first line of what it introduces."""
    above = next((line for line in reversed(lines[max(head.first - 20, 0) : head.first]) if not line.blank), None)
    below = next((line for line in lines[head.last + 1 : head.last + 4] if not line.blank), None)
    depth = lines[head.first].depth
    return above is not None and above.depth < depth and below is not None and below.depth == depth


def _inserted(lines: Sequence[Line], head: Head, end: int) -> int | None:
    """The first line less quoted than a quoted head, if quoted lines go on below it and an answer stands above it."""
    outer = lines[head.first].depth
    above = next((line for line in reversed(lines[max(head.first - 20, 0) : head.first]) if not line.blank), None)
    if above is None or above.depth >= outer:
        return None
    inserted: int | None = None
    for number in range(head.last + 1, end):
        line = lines[number]
        if line.blank or _is_broken_wrap(lines, number, outer - 1, forwarded=True):
            continue
        if line.depth >= outer and inserted is not None:
            return inserted
        if line.depth < outer and inserted is None:
            inserted = number
    return None


def is_footer(content: str) -> bool:
    """ "Sendt fra min iPhone": what programs and services put below a mail, quoted part included."""
    return content[:60].lstrip("*_([ ").casefold().startswith(vocabulary().footers)


def _is_broken_wrap(lines: Sequence[Line], number: int, outer: int, *, forwarded: bool = False) -> bool:
    """A quoted line too long for some program on the way, cut, its second half without the mark."""
    if not 0 < number < len(lines) - 1:
        return False
    above, line, below = lines[number - 1 : number + 2]
    if above.depth <= outer or below.depth <= outer or len(above.content) < WRAPPED_LENGTH:
        return False
    goes_on = line.content[0].islower() or _SENTENCE_END.search(above.content) is None
    return goes_on or (forwarded and len(line.content) >= WRAPPED_LENGTH)


def is_inline(lines: Sequence[Line], header_depth: int = 0) -> bool:
    """True for the lines of a body in which answers stand between quoted lines, or below a quote it opens with.

    ``header_depth``: how deep the header block above the body is quoted. A quote opens the body where at most a
    greeting stands above it or an introduction announces it; another one, with text above and below, is a citation.
    What programs and lists put below a quote is no answer.
    """
    outer = min((line.depth for line in lines if not line.blank), default=0)
    forwarded = header_depth > outer
    quoted = answered = False
    opens, introduced = True, -1
    for number, line in enumerate(lines):
        if line.blank or number <= introduced:
            continue
        if line.depth > outer:
            if answered:
                return True
            quoted = True
        elif not quoted or is_rule(line.content) or line.content == "--" or is_footer(line.content):
            intro = read_intro(lines, number)
            introduced = intro.last if intro else -1
            opens = intro is not None or (opens and is_greeting(line.content))
            quoted = False
        elif not _is_broken_wrap(lines, number, outer, forwarded=forwarded) and any(map(str.isalnum, line.content)):
            if opens:
                return True
            answered = answered or read_intro(lines, number) is None
    return False
