"""The two sides of a vote as minutes print them, and which of them had more: "10 stemte for, 15 imod"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.facts.numbers import parse_words

if TYPE_CHECKING:
    from collections.abc import Iterator

MOTION = r"[^\W\d_]{0,30}(?:indstilling(?:en)?|anbefaling(?:en)?|forslag(?:et)?)"
NOUN = re.compile(rf"(?<![^\W\d_]){MOTION}(?:s|er|erne|ene|ernes)?(?![^\W\d_])", re.IGNORECASE)
STEM = re.compile(r"(?<![^\W\d_])(?:stem|afstem|afstemning)", re.IGNORECASE)
_END = r"(?![^\W\d_])"
_NAMED = rf"(?:[ \n]+(?:[^\W\d_]{{1,25}}s[ \n]+)?{MOTION}{_END})?"
_NUMBER = r"(?:\d{1,3}|[^\W\d_]{2,9})"
# "For (forslaget) stemte A og B (10)"; "For: A, B (10)", which opens a clause; behind the other side ", imod 15".
_SIDE_FIRST = re.compile(
    rf"(?<![^\W\d_])(?P<voted>for|imod|mod){_NAMED}[ \n]+stemte{_END}[ \n]*:?"
    rf"|(?:(?<=[.,;:\n(])|(?<=[.,;:\n(] )|(?<=\n[-–•*] )|(?<=\Wog )|(?<=temmer )|(?<=temte ))"
    rf"(?P<label>for|imod|mod|ja|nej)(?:{_NAMED}|-?stemmer)[ ]?:"
    r"|(?:(?<=, )|(?<=,\n)|(?<=\Wog ))(?P<short>imod|mod)(?=[ \n]\d{1,3}(?!\w|[.,]\d))",
    re.IGNORECASE,
)
# "10 (medlemmer) stemte for (forslaget)", and behind it ", 15 imod".
_NUMBER_FIRST = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER})(?:[ \n]+(?:medlemmer|stemmer|mandater){_END})?(?:[ \n]+\([^()\n]{{1,80}}\))?"
    rf"(?:[ \n]+(?:stemte|stemmer){_END})?[ \n]+(?P<side>for|imod|mod){_END}(?![ ]?:){_NAMED}",
    re.IGNORECASE,
)
_MAJORITY = re.compile(
    rf"(?<![^\W\d_])(?:et[ \n]+(?:[^\W\d_]+[ \n]+)?flertal|flertallet|(?:samtlige|alle)[ \n]+medlemmer)"
    rf"(?P<who>{_END}[^.;:\n]{{0,120}}?)[ \n]stem(?:te|mer)[ \n]+(?:enstemmigt[ \n]+)?(?P<side>for|imod){_END}{_NAMED}"
    rf"|(?<![^\W\d_])der[ \n]+(?:er|var)[ \n]+(?:[^\W\d_]+[ \n]+)?flertal[ \n]+(?P<there>for|imod){_END}{_NAMED}",
    re.IGNORECASE,
)
_BODY = r"(?:byrådet|rådet|kommunalbestyrelsen|borgerrepræsentationen|regionsrådet|[^\W\d_-]{0,30}udvalget)"
_PARTY = r"(?:(?:liste )?[A-ZÆØÅ]{1,3}(?:[ ]?\(\d{1,2}\))?)"
_THEY = re.compile(  # of the meeting, not "et flertal af forældrene"
    rf"(?:[ \n]+(?:i|af)[ \n]+{_BODY})?(?:[ \n]+på[ \n]+\d{{1,3}}(?:[ \n]+medlemmer)?)?(?:[ \n]*\([^()]{{1,100}}\))?"
    rf"(?:,?[ \n]+bestående[ \n]+af[ \n][^()]{{1,100}}(?:\([^()]{{1,60}}\))?"
    rf"|[ \n]+af[ \n]+{_PARTY}(?:(?:,|[ \n]og|[ \n]samt)[ \n]{_PARTY}){{0,9}})?,?",
    re.IGNORECASE,
)
_TO_DO = re.compile(r",?[ \n]+at(?![^\W\d_])")
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-ZÆØÅ0-9]|\s*$)|\n(?=[ \t]*\n)")
_WHO_END = re.compile(
    r"[.;\n]|,[ \n]*(?:og[ \n]+)?(?:mens|hvorimod|hvorefter|undlod|undlader|\d{1,3}[ \n]+undlod)", re.I
)
_TOTAL = re.compile(rf"[ \n]*(?P<number>{_NUMBER})(?=[ \n]*(?:$|\(|medlemmer\b|stemmer\b|mandater\b|,))")
_BRACKET = re.compile(r"\([^()]*\)")
_IN_BRACKETS = re.compile(r"\((\d{1,3})(?:[ \n](?:stemmer|mandater|medlemmer))?\)")
_MEMBER = re.compile(r",[ \n]*(?:og[ \n]+)?|[ \n]+(?:og|samt)[ \n]+")
_BETWEEN = re.compile(r"[\s.,;:–-]*(?:(?:og|men|mens|stemmer|stemte)\b)?[\s]*", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[.;:!?\n–-]|(?<![^\W\d_])(?:hvor|idet|at|med))[ \n]*$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_FOR = frozenset(("for", "ja"))
_NONE = frozenset(("ingen", "intet"))
_LONGEST_SIDE = 200
_NEAR = 30  # characters between the two sides
_BEFORE = 220  # characters before a vote in which a word of voting stands


class Vote(NamedTuple):
    """Where a vote is told, to the end of its sentence, and whether more were for than against."""

    start: int
    end: int
    carried: bool


class _Side(NamedTuple):
    """``number`` is None where no number tells it; ``leads``: the number stands before the word."""

    start: int
    end: int
    is_for: bool
    number: int | None
    leads: bool


def votes_in(text: str, start: int, stop: int) -> list[Vote]:
    """The votes in ``[start, stop)`` of which it is told who had more, in order, none inside another."""
    kept = list[Vote]()
    for vote in sorted([*_pairs(text, start, stop), *_majorities(text, start, stop)]):
        if not kept or vote.start >= kept[-1].end:
            kept.append(vote)
    return kept


def sentence_end(text: str, position: int, limit: int) -> int:
    """Where the sentence at ``position`` ends, ``limit`` at most."""
    end = _SENTENCE_END.search(text, position, limit)
    return end.end() if end else limit


def _majorities(text: str, start: int, stop: int) -> Iterator[Vote]:
    for match in _MAJORITY.finditer(text, start, stop):
        if _THEY.fullmatch(match["who"] or "") and not _TO_DO.match(text, match.end(), stop):
            side = (match["side"] or match["there"]).lower()
            yield Vote(match.start(), sentence_end(text, match.end(), stop), side in _FOR)


def _pairs(text: str, start: int, stop: int) -> Iterator[Vote]:
    sides = sorted([*_side_first(text, start, stop), *_number_first(text, start, stop)])
    at = 0
    while at + 1 < len(sides):
        one, other = sides[at], sides[at + 1]
        at += 1
        if not _are_opposed(text, one, other) or not _is_whole(text, start, one):
            continue
        if not STEM.search(text, max(start, one.start - _BEFORE), other.end):
            continue
        at += 1
        third = sides[at] if at < len(sides) else None
        if third and _is_near(text, other, third) and not NOUN.search(text, third.start, third.end):
            at += 1  # which two belong together cannot be told
            continue
        favour, against = (one, other) if one.is_for else (other, one)
        if favour.number is not None and against.number is not None and favour.number != against.number:
            yield Vote(one.start, sentence_end(text, other.end, stop), favour.number > against.number)


def _are_opposed(text: str, one: _Side, other: _Side) -> bool:
    return one.is_for != other.is_for and _is_near(text, one, other)


def _is_near(text: str, one: _Side, other: _Side) -> bool:
    near = other.start - one.end < _NEAR
    return near and _BETWEEN.fullmatch(text, one.end, other.start) is not None


def _is_whole(text: str, start: int, side: _Side) -> bool:
    """Whether a number before "stemte for" is the whole side, and not the last of "A med 10 og B med 5 stemte for"."""
    if not side.leads:
        return True
    begin = max(start, side.start - _BEFORE)
    while (end := sentence_end(text, begin, side.start)) < side.start:
        begin = end
    front = text[begin : side.start]
    return _OPENS.search(front) is not None and _DIGIT.search(front) is None


def _side_first(text: str, start: int, stop: int) -> Iterator[_Side]:
    found = list(_SIDE_FIRST.finditer(text, start, stop))
    for at, match in enumerate(found):
        limit = min(found[at + 1].start() if at + 1 < len(found) else stop, match.end() + _LONGEST_SIDE)
        end = _WHO_END.search(text, match.end(), limit)
        who = text[match.end() : end.start() if end else limit].rstrip(" ,\n").removesuffix(" og").rstrip(" ,\n")
        side = (match["voted"] or match["label"] or match["short"]).lower()
        yield _Side(match.start(), match.end() + len(who), side in _FOR, _count(who), leads=False)


def _number_first(text: str, start: int, stop: int) -> Iterator[_Side]:
    for match in _NUMBER_FIRST.finditer(text, start, stop):
        count = _number(match["number"])
        if count is not None:
            yield _Side(match.start(), match.end(), match["side"].lower() in _FOR, count, leads=True)


def _count(who: str) -> int | None:
    """How many they are: "15 (A, B)", "A og B (15)", "A (10) og B (5)"; None for names alone, and what may be two."""
    plain = _BRACKET.sub("", who)
    total = _TOTAL.match(who)
    if total:
        alone = len(_DIGIT.findall(plain)) == len(_DIGIT.findall(total["number"]))
        return _number(total["number"]) if alone else None
    numbers = _IN_BRACKETS.findall(who)
    if not numbers or _DIGIT.search(plain):
        return None
    if len(numbers) == 1 and who.rstrip().endswith(")"):
        return int(numbers[0])
    alone = all(len(_IN_BRACKETS.findall(each)) == 1 for each in _MEMBER.split(who.strip()))
    return sum(map(int, numbers)) if alone else None


def _number(printed: str) -> int | None:
    low = printed.lower()
    if low.isdigit():
        return int(low)
    if low in _NONE:
        return 0
    value = parse_words([low])
    return int(value) if value is not None and value == int(value) else None
