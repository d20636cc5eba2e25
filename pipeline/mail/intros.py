"""Lines that stand before a quoted message: "Den … skrev Bo Berg:" and "-----Oprindelig meddelelse-----"."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from corpus.model import Address
from pipeline.mail.addresses import clean_value, parse_address
from pipeline.mail.dates import parse_sent
from pipeline.mail.labels import vocabulary
from pipeline.mail.lines import Line

_RULE = re.compile(r"[\-_=*—–\\\s]{5,}")
_DASHES = " \t\xa0-_=*—–>#\\"
LONGEST_INTRO = 400
_PARTICLES = frozenset(["af", "von", "van", "de", "der", "den", "el", "al", "bin", "da", "du", "la"])
_EXACT_VERB = {verb: re.compile(rf"(?<!\w){verb}(?!\w)") for verb in vocabulary().verbs}
_OLD_GMAIL = re.compile(r"\d{4}-\d\d-\d\d \d{1,2}[:.]\d\d (?:GMT|UTC)?[+\-]\d\d:?\d\d ")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")


class Intro(msgspec.Struct, frozen=True, kw_only=True):
    """An introduction of one to three lines, ``first`` to ``last``, and what it says of the message behind it."""

    first: int
    last: int
    sender: Address
    sent: str | None


def is_separator(content: str) -> bool:
    """ "-----Oprindelig meddelelse-----", "Start på videresendt besked:" """
    if len(content) > 120:
        return False
    bare = content.strip(_DASHES)
    folded = bare.rstrip(": ").casefold()
    marked = bare.endswith(":") or content.lstrip("*_ ").startswith(("--", "__", "==", "—", "\\--"))
    words = vocabulary()
    return marked and (folded in words.separators or folded.startswith(words.separator_prefixes))


def is_rule(content: str) -> bool:
    """A drawn line of dashes or underscores, as Outlook puts above a quoted header."""
    return len(content) <= 200 and _RULE.fullmatch(content) is not None


def read_intro(lines: Sequence[Line], first: int) -> Intro | None:
    """The introduction that begins in line ``first``, wrapped over at most three lines; None where there is none."""
    joined = ""
    for number in range(first, min(len(lines), first + 3)):
        line = lines[number]
        if line.blank or len(line.content) > LONGEST_INTRO:
            return None
        joined = f"{joined} {line.content}".strip()
        if joined.rstrip("*_ ").endswith(":") and len(joined) <= LONGEST_INTRO:
            if number > first and not _may_open(lines[first].content):
                return None
            said = _said(clean_value(joined).rstrip(": "), quoted_below=_quotes(lines, number))
            return None if said is None else Intro(first=first, last=number, sender=said[0], sent=said[1])
    return None


def _may_open(content: str) -> bool:
    """May an introduction that goes on in the next line begin with this one?"""
    return "@" in content or _opened(content) or any(found.search(content) for found in _EXACT_VERB.values())


def _quotes(lines: Sequence[Line], number: int) -> bool:
    """True when the next line with ink is quoted deeper."""
    for line in lines[number + 1 : number + 4]:
        if line.content and not line.noise:
            return line.depth > lines[number].depth
    return False


def _said(intro: str, *, quoted_below: bool) -> tuple[Address, str | None] | None:
    if not any(character.isdigit() for character in intro):
        return None
    old = _OLD_GMAIL.match(intro)
    if old:
        return _checked(intro[old.end() :], intro[: old.end()], quoted_below=quoted_below)
    for verb in vocabulary().verbs:
        found = _EXACT_VERB[verb].search(intro)
        if found:
            before, after = intro[: found.start()].strip(" ,"), intro[found.end() :].strip(" ,")
            return _divided(before, after, quoted_below=quoted_below)
    return None


def _divided(before: str, after: str, *, quoted_below: bool) -> tuple[Address, str | None] | None:
    """Who and when: "Den <when> skrev <who>", "On <when>, <who> wrote", "<who> skrev den <when>"."""
    if before and after:
        first_date = parse_sent(before)
        return (
            _checked(after, before, quoted_below=quoted_below, opened=_opened(before))
            if first_date
            else _checked(before, after, quoted_below=quoted_below)
        )
    cut = _after_date(before)
    if cut is None:
        return None
    return _checked(before[cut:], before[:cut], quoted_below=quoted_below, opened=_opened(before))


def _opened(before: str) -> bool:
    first = before.split()[0].strip(".,:*_").casefold()
    words = vocabulary()
    return first in words.openers or first in words.weekdays or first[:1].isdigit()


def _after_date(before: str) -> int | None:
    """Where the name begins behind the date in "On Fri, 21 Feb 2020 at 08:29, Bo Berg <bo@fjordby.dk>"."""
    clocks = list(_CLOCK.finditer(before[:120]))
    digits = [position for position, character in enumerate(before[:120].partition("<")[0]) if character.isdigit()]
    if not digits:
        return None
    end = clocks[-1].end() if clocks else digits[-1] + 1
    tail = re.compile(r"(?::\d\d)?\s*(?:[AaPp]\.?\s?[Mm]\b\.?)?\s*(?:(?:GMT|UTC)?[+\-]\d\d:?\d\d|Uhr)?[\s,]*")
    match = tail.match(before, end)
    return match.end() if match else end


def _checked(who: str, when: str, *, quoted_below: bool, opened: bool = True) -> tuple[Address, str | None] | None:
    """An introduction names a person and a day, and shows an address, a time of day, or quoted lines below."""
    sent = parse_sent(when)
    sender = parse_address(who.strip(" ,:"))
    if sender is None or sent is None or not opened:
        return None
    name = (sender.name or "").split()
    if name and (name[0].casefold() in vocabulary().pronouns or len(name) > 10):
        return None
    named = len(name) >= 2 and "T" in sent and all(word[:1].isupper() or word in _PARTICLES for word in name)
    return (sender, sent) if sender.address or quoted_below or named else None
