"""Where messages begin in a text: header blocks, introductions and separators, in printed order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from corpus.model import Address
from pipeline.mail.addresses import clean_value, display_name, parse_recipients, parse_sender
from pipeline.mail.candidates import may_begin
from pipeline.mail.entries import read_entry
from pipeline.mail.headers import Block, find_block, read_block, read_unsigned
from pipeline.mail.intros import Intro, is_rule, is_separator, named_author, read_dashed, read_intro
from pipeline.mail.labelled import is_greeting, label_at_start, starts_block
from pipeline.mail.labels import Field, vocabulary
from pipeline.mail.lines import Line, next_inked
from pipeline.mail.prints import Printed, is_printed, read_print, subject_above
from pipeline.mail.surroundings import is_memo, is_title

BLANKS_BETWEEN = 3
LONGEST_SUBJECT = 300
ROUNDS = 3
SHORTEST_NAME = 4
MOST_NAMES = 20
REPLY_LINES = 20
"""An answer's greeting is looked for in so many lines above a header."""
LONGEST_GREETING = 40
_WORD = re.compile(r"[^\W\d_]+")


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The beginning of a message: its lines ``first`` to ``last`` (inclusive) and what they say.

    ``doubtful``: a beginning only if the text around it bears it out.
    """

    kind: Literal["block", "intro", "separator", "entry"]
    doubtful: bool = False
    first: int
    last: int
    sender: Address | None = None
    to: list[Address] = []
    cc: list[Address] = []
    sent: str | None = None
    subject: str | None = None


def all_heads(text: str, lines: Sequence[Line], first: int = 0) -> list[Head]:
    """Every beginning from line ``first`` on, those of quotes with answers between their lines too.

    Doubtful ones count where the others bear them out, or where they do so for each other.
    """
    found = _pass(text, lines, first, None)
    doubtful = [head for head in found if head.doubtful]
    if not doubtful:
        return found
    certain = [head for head in found if not head.doubtful]
    greeted = [head for head in doubtful if head.kind == "block" and _is_greeted(lines, head, first)]
    others = [head for head in doubtful if head not in greeted]
    believed = _borne_out(others, certain + greeted) | {head.first for head in greeted}
    return _pass(text, lines, first, believed)


def _is_greeted(lines: Sequence[Line], head: Head, floor: int) -> bool:
    """An answer stands above the header: it greets the sender by name ("Hej Bo" above "Fra: Bo Berg")."""
    names = {word for word in (head.sender.name or "").casefold().split() if len(word) > 1} if head.sender else set()
    above = (line.content for line in lines[max(floor, head.first - REPLY_LINES) : head.first] if not line.blank)
    greetings = (content[:LONGEST_GREETING].casefold() for content in above if is_greeting(content))
    return any(not names.isdisjoint(_WORD.findall(greeting)) for greeting in greetings)


def _pass(text: str, lines: Sequence[Line], first: int, believed: frozenset[int] | None) -> list[Head]:
    """The beginnings, of the doubtful ones those whose first line is believed; all of them before it is known."""
    heads: list[Head] = []
    following = start = first
    for number in may_begin(text, lines, first):
        if number < following or lines[number].blank:
            continue
        head = _head_at(text, lines, number, heads[-1] if heads else None)
        if head is None or (head.doubtful and (number < start or (believed is not None and number not in believed))):
            continue
        if head.doubtful and believed is None:
            heads.append(head)
            start = head.last + 1
            continue
        floor = heads[-1].last + 1 if heads else first
        head = _with_subject(lines, msgspec.structs.replace(head, doubtful=False), floor)
        heads.append(msgspec.structs.replace(head, first=_with_rules(text, lines, head.first, floor)))
        following = start = head.last + 1
    return heads


def _with_subject(lines: Sequence[Line], head: Head, floor: int) -> Head:
    """The head with the subject that a print puts above it."""
    if head.kind != "block" or head.subject is not None or not is_printed(lines, head.first):
        return head
    above = subject_above(lines, head.first, floor)
    if above is None:
        return head
    return msgspec.structs.replace(head, first=above, subject=clean_value(lines[above].content.strip("#* ")))


def _borne_out(doubtful: Sequence[Head], certain: Sequence[Head]) -> frozenset[int]:
    """The first lines of the doubtful heads to believe.

    Those are the entries of a log, if there are more of them, and a header whose sender got one of the other mails or
    whose recipient sent one; two doubtful ones that answer each other count too.
    """
    entries = [head for head in doubtful if head.kind == "entry"]
    believed = {head.first for head in entries} if len(entries) > 1 else set()
    senders = {name for head in certain for name in _names([head.sender])}
    recipients = {name for head in certain for name in _names(head.to)}
    waiting = [head for head in doubtful if head.kind == "block"]
    believed |= _chained(waiting)
    ways = {(one, other) for head in waiting for one in _names([head.sender]) for other in _names(head.to[:MOST_NAMES])}
    for _ in range(ROUNDS):
        new = [
            head
            for head in waiting
            if any((other, one) in ways for one in _names([head.sender]) for other in _names(head.to[:MOST_NAMES]))
            or not recipients.isdisjoint(_names([head.sender]))
            or not senders.isdisjoint(_names(head.to))
        ]
        if not new:
            break
        believed |= {head.first for head in new}
        senders |= {name for head in new for name in _names([head.sender])}
        recipients |= {name for head in new for name in _names(head.to)}
        waiting = [head for head in waiting if head.first not in believed]
    return frozenset(believed)


def _chained(waiting: Sequence[Head]) -> set[int]:
    """The first lines of doubtful headers printed newest first, the upper one's sender the lower one's recipient.

    Only a person with first name and surname links them: offices send each other memos.
    """
    linked: set[int] = set()
    for upper, lower in pairwise(waiting):
        names = {name for name in _names([upper.sender]) if _is_persons(name)} & set(_names(lower.to[:MOST_NAMES]))
        if names and upper.sent and lower.sent and upper.sent > lower.sent:
            linked |= {upper.first, lower.first}
    return linked


def _is_persons(name: str) -> bool:
    return " " in name and not any(part in name for part in vocabulary().stamps)


def _names(people: Iterable[Address | None]) -> Iterator[str]:
    """Names and addresses to compare; a name of a few letters is nobody's alone."""
    for each in people:
        if each is None:
            continue
        name = display_name(each.name or "").casefold().strip(" '\"")
        if len(name) >= SHORTEST_NAME:
            yield name
        if each.address:
            yield each.address.casefold()


def _head_at(text: str, lines: Sequence[Line], number: int, above: Head | None) -> Head | None:
    content = lines[number].content
    if is_separator(content):
        return _separated(text, lines, number)
    dashed = read_dashed(lines, number)
    if dashed is not None:
        return _separated(text, lines, number) or _of_intro(dashed, number)
    if starts_block(text, lines[number], lines[number - 1] if number else None):
        block = find_block(text, lines, number)
        if block is not None:
            return _of_block(block, block.first)
    intro = read_intro(lines, number) or _of_known(lines, number, above)
    if intro is not None:
        return None if _is_hidden(lines, intro.last) or _is_cited(lines, intro) else _of_intro(intro, intro.first)
    printed = read_print(lines, number)
    if printed is not None:
        return _of_print(printed)
    entry = read_entry(lines, number)
    return None if entry is None else msgspec.structs.replace(_of_intro(entry, number), kind="entry", doubtful=True)


def _of_known(lines: Sequence[Line], number: int, above: Head | None) -> Intro | None:
    """An introduction that shows nothing but a name and a time, where the message above it is to that name."""
    if above is None or above.kind != "block" or not lines[number].content.endswith(":"):
        return None
    if number == 0 or lines[number - 1].content or number + 1 >= len(lines) or lines[number + 1].content:
        return None
    intro = read_intro(lines, number, known=True)
    names = set(_names(above.to[:MOST_NAMES]))
    timed = intro is not None and intro.sent is not None and "T" in intro.sent
    return intro if intro is not None and timed and not names.isdisjoint(_names([intro.sender])) else None


def _is_cited(lines: Sequence[Line], intro: Intro) -> bool:
    """A name without address right below the heading of minutes or a memo, with nothing quoted: it reports.

    So does the one citation in a paper with a title.
    """
    top = next((line.content for line in lines[: intro.first] if not line.blank), "")
    titled = top.startswith("#") and not is_title(top) and lines[intro.first].depth > 0
    if intro.sender.address or not (titled or is_memo(lines, intro.first)):
        return False
    below = next_inked(lines, intro.last, BLANKS_BETWEEN)
    return below is None or lines[below].depth <= lines[intro.last].depth


def _is_hidden(lines: Sequence[Line], last: int) -> bool:
    """An introduction of a quote that the print left out: "[Citeret tekst er skjult]"."""
    below = next_inked(lines, last, BLANKS_BETWEEN)
    return below is not None and lines[below].content.strip("[]().… >").casefold() in vocabulary().hidden


def _of_intro(intro: Intro, first: int) -> Head:
    return Head(kind="intro", first=first, last=intro.last, sender=intro.sender, sent=intro.sent)


def _separated(text: str, lines: Sequence[Line], number: int) -> Head | None:
    """A separator with the header block it announces; one between dashes begins a message even without."""
    below = next_inked(lines, number, BLANKS_BETWEEN)
    if below is not None and starts_block(text, lines[below]):
        block = read_block(text, lines, below, introduced=True)
        author = named_author(lines[number].content) if block is None else None
        if author is not None:
            block = read_unsigned(text, lines, below, author.name or author.address or "")
        if block is not None:
            head = _of_block(block, number)
            return head if author is None else msgspec.structs.replace(head, sender=author)
    printed = None if below is None else read_print(lines, below)
    if printed is not None:
        return msgspec.structs.replace(_of_print(printed), first=number)
    intro = None if below is None else read_intro(lines, below)
    if intro is not None:
        return _of_intro(intro, number)
    content = lines[number].content
    between_dashes = is_separator(content) and content.strip("*\\ ").endswith(("--", "__", "=="))
    return Head(kind="separator", first=number, last=number) if between_dashes else None


def _of_block(block: Block, first: int) -> Head:
    values = block.values
    return Head(
        kind="block",
        first=first,
        last=block.last,
        doubtful=block.doubtful,
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


def _with_rules(text: str, lines: Sequence[Line], first: int, floor: int) -> int:
    """Rules, separators, a journal's labels and titles above a head belong to the message it opens."""
    start = number = first
    while number > floor and first - number <= 4 * BLANKS_BETWEEN:
        number -= 1
        line = lines[number]
        if is_rule(line.content) or (is_separator(line.content) and line.content) or _is_heading(text, lines, number):
            start = number
        elif not line.blank:
            break
    return start


def _is_heading(text: str, lines: Sequence[Line], number: int) -> bool:
    """A title of a bundle or a journal's label, below a blank line or the like."""
    line = lines[number]
    if line.blank:
        return False
    label = label_at_start(text, line)
    return is_title(line.content) or (label is not None and label.field == "journal" and ":" in line.content)
