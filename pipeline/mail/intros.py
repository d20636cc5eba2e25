"""Lines that stand before a quoted message: "Den … skrev Bo Berg:" and "-----Oprindelig meddelelse-----"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from corpus.model import Address
from pipeline.mail.addresses import clean_value, parse_address
from pipeline.mail.dates import find_sent, parse_sent
from pipeline.mail.labels import is_redacted, vocabulary
from pipeline.mail.lines import Line, next_inked

_RULE = re.compile(r"[\-_=*—–‐\\\s]{5,}")
OPENING = frozenset("*_ -=—‐\\")
"""What a separator that ends in no colon begins with."""
_DASHES = " \t\xa0-_=*—–‐>#\\"
LONGEST_INTRO = 400
MOST_LINES = 4
_PARTICLES = frozenset(["af", "von", "van", "de", "der", "den", "el", "al", "bin", "da", "du", "la"])
_OLD_GMAIL = re.compile(r"\d{4}-\d\d-\d\d \d{1,2}[:.]\d\d (?:GMT|UTC)?[+\-]\d\d:?\d\d ")
_AROUND = ' ,:;.-–"«»“”'


BLANKS = 4
NESTED = 80
"""A deeper quote is looked for in so many lines below an introduction."""

Said = tuple[Address, str | None]
MOST_NAMES = 10

# What an introduction may end with: a colon, or marks behind it. (Nothing at all: what stands above may end so.)
_LAST = frozenset(":*_ ") | {""}


class Intro(msgspec.Struct, frozen=True, kw_only=True):
    """An introduction of one to three lines, ``first`` to ``last``, and what it says of the message behind it."""

    first: int
    last: int
    sender: Address
    sent: str | None


def is_separator(content: str) -> bool:
    """ "-----Oprindelig meddelelse-----", "Start på videresendt besked:" """
    if len(content) > 120 or not (":" in content or content[:1] in OPENING):
        return False
    bare = content.strip(_DASHES)
    folded = bare.rstrip(": ").casefold()
    marked = bare.endswith(":") or content.lstrip("*_ ").startswith(("--", "__", "==", "—", "‐", "\\--"))
    words = vocabulary()
    folded = folded.replace("’", "'")
    return marked and (folded in words.separators or folded.startswith(words.separator_prefixes))


def named_author(content: str) -> Address | None:
    """The author that a separator names: "----- Videresendt meddelelse fra Bo Berg <bo@fjordby.dk> -----".

    "Videresendt af Bo Berg" names who passed it on.
    """
    bare = content.strip(_DASHES).rstrip(": ")
    for prefix in vocabulary().separator_prefixes:
        if prefix.endswith((" fra", " from")) and bare.casefold().startswith(f"{prefix} "):
            return parse_address(bare[len(prefix) :].strip())
    return None


def is_rule(content: str) -> bool:
    """A drawn line of dashes or underscores, as Outlook puts above a quoted header."""
    return len(content) <= 200 and _RULE.fullmatch(content) is not None


def read_intro(lines: Sequence[Line], first: int, *, known: bool = False) -> Intro | None:
    """The introduction that begins in line ``first``, wrapped over at most four lines; None where there is none.

    ``known``: the caller knows the people of the thread, so a name alone will do.
    """
    printed: list[str] = []
    if lines[first].content.endswith(">>>") and lines[first].depth >= GROUPWISE_MARKS:
        said = _who_when(clean_value(lines[first].content.rstrip("> ")), quoted_below=True)
        return None if said is None else Intro(first=first, last=first, sender=said[0], sent=said[1])
    number: int | None = first
    for _ in range(MOST_LINES):
        if number is None or len(lines[number].content) > LONGEST_INTRO:
            return None
        content = lines[number].content.strip()
        printed.append(content)
        if content[-1:] in _LAST and (joined := _joined(printed)):
            if number > first and not _may_open(lines[first].content):
                return None
            if number > first and _opens_later(lines, first, number):
                return None
            said = _said(clean_value(joined).rstrip(": "), quoted_below=known or _quotes(lines, first, number))
            return None if said is None else Intro(first=first, last=number, sender=said[0], sent=said[1])
        number = next_inked(lines, number, 0)
    return None


def _opens_later(lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether one begins in a further line: below "den 8. oktober 2024." there may be "Den 9. maj skrev …:"."""
    for number in range(first + 1, last + 1):
        content = lines[number].content
        if content[:1].isupper() and _is_opener(content.split()[0]):
            joined = " ".join(line.content.strip() for line in lines[number : last + 1] if not line.blank)
            if _verb().search(joined) is not None and find_sent(joined) is not None:
                return True
    return False


def _joined(printed: Sequence[str]) -> str | None:
    """The lines as one, if they end in the colon of an introduction."""
    joined = " ".join(filter(None, printed))
    return joined if joined.rstrip("*_ ").endswith(":") and len(joined) <= LONGEST_INTRO else None


def read_dashed(lines: Sequence[Line], first: int) -> Intro | None:
    """ "-----Bo Berg <bo@fjordby.dk> skrev: -----", as Lotus Notes prints above the labels of a quoted message."""
    content = lines[first].content
    if not content.startswith("--") or not content.rstrip().endswith("--"):
        return None
    bare = content.strip(_DASHES)
    if not bare.endswith(":"):
        return None
    said = _said(clean_value(bare).rstrip(": "), quoted_below=True)
    return None if said is None else Intro(first=first, last=first, sender=said[0], sent=said[1])


def read_who_when(content: str, *, named: bool) -> Said | None:
    """ "Bo Berg, 3. marts 2021 kl. 14.05": nothing but a name and a time of day.

    ``named``: it is known to be a name, be it a word alone.
    """
    return _who_when(clean_value(content), quoted_below=named)


GROUPWISE_MARKS = 3
""">>> Bo Berg <bo@fjordby.dk> 03-03-2021 14:05 >>>": GroupWise begins and ends its introductions with three marks."""


def _may_open(content: str) -> bool:
    """May an introduction that goes on in the next line begin with this one?"""
    return (
        "@" in content or content.endswith("<") or _is_opener(content.split()[0]) or _verb().search(content) is not None
    )


def _quotes(lines: Sequence[Line], first: int, number: int) -> bool:
    """True when the quotes show that lines ``first`` to ``number`` begin what somebody else wrote.

    The next line with ink is quoted deeper; or this one is, than the one above it; or the next that is quoted deeper
    introduces a message itself.
    """
    depth = lines[number].depth
    below = next_inked(lines, number, 3)
    if below is None:
        return False
    if lines[below].depth > depth:
        return True
    if depth and lines[first].depth == depth and lines[below].depth == depth:
        above = next((line for line in reversed(lines[max(first - BLANKS, 0) : first]) if not line.blank), None)
        if above is None or above.depth < depth:
            return True
    deeper = next(
        (line for line in lines[number + 1 : number + 1 + NESTED] if line.depth > depth and line.content), None
    )
    return deeper is not None and _is_introducing(deeper.content)


def _is_introducing(content: str) -> bool:
    """A line with a verb and a time, closed by a colon: "Den 3. marts 2021 kl. 14.05 skrev Udvalget:" """
    if not content.rstrip("*_ ").endswith(":") or len(content) > LONGEST_INTRO:
        return False
    return _verb().search(content) is not None and find_sent(content) is not None


@cache
def _verb() -> re.Pattern[str]:
    """Any verb of saying, longer forms first, glued to a closing bracket too ("<bo@fjordby.dk>wrote")."""
    verbs = sorted(vocabulary().verbs, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, verbs))})(?!\w)", re.IGNORECASE)


@cache
def _halves() -> re.Pattern[str]:
    """The two halves of a verb, with what stands between them."""
    pairs = (rf"(?<!\w){first} (.+) {second}" for first, second in vocabulary().halves)
    return re.compile("|".join(pairs), re.IGNORECASE)


@cache
def _announcing() -> re.Pattern[str]:
    words = sorted(vocabulary().announcing, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})\s*$", re.IGNORECASE)


def _said(intro: str, *, quoted_below: bool) -> Said | None:
    """Who wrote when, from an introduction without its colon: with the verb taken out, a name and a time are left."""
    old = _OLD_GMAIL.match(intro)
    if old:
        return _checked(intro[old.end() :], parse_sent(old.group()), quoted_below=quoted_below)
    intro = _announcing().sub("", intro).rstrip()
    halves = _halves().search(intro)
    if halves:
        between = next(group for group in halves.groups() if group)
        return _who_when(f"{intro[: halves.start()]} {between} {intro[halves.end() :]}", quoted_below=quoted_below)
    verb = _verb().search(intro)
    if verb is None:
        return None
    before, after = intro[: verb.start()].strip(" ,"), intro[verb.end() :].strip(" ,")
    if not after and quoted_below and "@" in before and find_sent(" ".join(before.split())) is None:
        return _checked(before, None, quoted_below=quoted_below)
    return _who_when(f"{before} {after}", quoted_below=quoted_below)


def _who_when(said: str, *, quoted_below: bool) -> Said | None:
    """ "Den <when> <who>", "<who> den <when>": the name stands on one side of the time, small words on the other."""
    said = " ".join(said.split())
    moment = find_sent(said[:LONGEST_INTRO])
    if moment is None:
        return None
    before, after = _without_joints(said[: moment.start]), said[moment.end :].strip(_AROUND)
    if before and after:
        return None
    return _checked(said[moment.end :] if after else before, moment.iso, quoted_below=quoted_below)


def _without_joints(before: str) -> str:
    """The words before a time without those that lead up to it: "Bo Berg on Wednesday, the" -> "Bo Berg"."""
    words = before.split()
    while words and (_is_opener(words[-1]) or not any(map(str.isalnum, words[-1]))):
        words.pop()
    return " ".join(words).rstrip(" ,:;-–")


def _is_opener(word: str) -> bool:
    folded = word.strip("*_").strip(_AROUND).casefold()
    words = vocabulary()
    return folded in words.openers or folded in words.weekdays or folded[:1].isdigit()


def _checked(who: str, sent: str | None, *, quoted_below: bool) -> Said | None:
    """An introduction names a person and a day, and shows an address, a time of day, or quoted lines below."""
    who = who.strip(" ,:")
    sender = parse_address(who)
    if sender is None:
        return None
    name = (sender.name or "").split()
    if name and (name[0].casefold() in vocabulary().pronouns or len(name) > MOST_NAMES):
        return None
    capitals = all(word.lstrip('("')[:1].isupper() or word in _PARTICLES for word in name)
    named = len(name) >= 2 and sent is not None and "T" in sent and capitals
    known = sender.address is not None or quoted_below or named or is_redacted(who)
    return (sender, sent) if known else None
