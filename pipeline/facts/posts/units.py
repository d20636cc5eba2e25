"""The words that a number of staff or of weekly hours stands before: "årsværk", "lærerstillinger", "timer om ugen".

They are found by their stems; what only looks like one ("indstilling", "stillingtagen", "åbningstimer") is left out.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pipeline.facts.numbers import NUMERAL, is_number_word
from pipeline.facts.units import GAP, broken_words, figure_set
from pipeline.language import Prose

Unit = Literal["fte", "position", "hours-per-week"]

_STEMS = ("årsv", "stilling", "medarbejder", "fuldtids", "helårs", "fyring", "afskedigelse")
_EMPLOYED = ("ansatte",)
_EMPLOYER = re.compile(r"(?:(?<=færre )|(?<=flere ))(?:offentligt|kommunalt|regionalt|statsligt) $")
_ALL_DAY = re.compile(r"(?:fuldtids|helårs)(?:ækvivalent(?:er)?|ansatte?|beskæftigede?|person(?:er)?)")
_WORK_YEARS = ("årsværk", "årsværker", "årsværkene", "årsværket")
_POSITIONS = ("stilling", "stillinger", "medarbejder", "medarbejdere")
_DISMISSALS = ("fyringer", "afskedigelser")  # as many positions as people who are let go
# "lærerjob", "pædagogjobbene": beside the word for those who work there, for "job" alone may be anybody's.
_JOBS = re.compile(r"(?P<who>[^\W\d_]{3,24}?)(?:job|jobs|jobbet|jobbene)")
_WEEK_WORDS = frozenset({"uge", "ugen", "ugentligt", "ugentlig", "ugentlige", "ugl"})
_HOUR_WORDS = frozenset({"timer", "time", "timers", "ugentlige"})
_PER_WEEK = (
    rf"(?:{GAP}(?:ugentlige?t?|om[ \u00a0\n]ugen|pr\.?[ \u00a0\n]?uge|per[ \u00a0]uge|i[ \u00a0\n]ugen|hver[ \u00a0]uge"
    r"|/[ ]?uge|ugl\.))"
)
_HOURS = re.compile(rf"(?:timer?{_PER_WEEK}|ugentlige[ \u00a0]timer)(?![\w-])", re.IGNORECASE)
_SHORT_HOURS = re.compile(rf"(?<=\d)[ \u00a0]?(?P<unit>t\.?{_PER_WEEK})(?![\w-])", re.IGNORECASE)
_SHORT_MARKS = ("t/u", "t /u", " t. ", " t ", "t. pr", "t pr", "t. ug", "t ug", "t. om")
_OF_HOURS = re.compile(
    r"(?P<number>(?<![\w.,/-])\d{1,2}(?:,\d{1,2})?)(?P<gap>[- \u00a0])(?P<unit>timers\s(?:ugentlig[et]?\s)?[^\W\d_]*"
    r"(?:stilling(?:er)?|ansættelse|normering|kontrakt|arbejdsuge|uge|vikariat|fleksjob|job))(?![\w-])",
    re.IGNORECASE,
)


class Anchor(NamedTuple):
    """A unit, ``text[start:end]``, with the adjectives before it ("ledige stillinger")."""

    start: int
    end: int
    unit: Unit
    heads: bool = False  # heads counted over a year, who may be staff or not
    number: tuple[int, int] | None = None  # where the number stands, if the unit is tied to it ("37-timers")


def find_anchors(prose: Prose) -> list[Anchor]:
    """The units of a text in printed order."""
    found = [*_by_stem(prose), *_jobs(prose), *_short(prose), *_hours(prose), *_employed(prose)]
    found.sort()
    return found


@functools.lru_cache(maxsize=4096)
def _unit_of(word: str) -> Unit | None:
    """The unit that a whole word in lower case is."""
    if word.endswith(_WORK_YEARS) or word == "årsv" or _ALL_DAY.fullmatch(word) or _is_all_day_clerk(word):
        return "fte"
    staff = word.endswith(_POSITIONS) and not word.endswith(_not_staff())
    return "position" if staff or word in _DISMISSALS else None


def _is_all_day_clerk(word: str) -> bool:
    """ "fuldtidspædagoger", "fuldtidssygeplejersker"."""
    return word.startswith("fuldtids") and _is_clerk(word.removeprefix("fuldtids"))


def _is_clerk(word: str) -> bool:
    """Whether a word names those who do a job: "lærer", "pædagoger", "socialrådgivere"."""
    for ending in ("", "r", "er", "e", "ere", "ne"):
        if word.endswith(ending) and word.removesuffix(ending).endswith(tuple(figure_set("clerk"))):
            return True
    return False


@functools.cache
def _not_staff() -> tuple[str, ...]:
    """The ends of words that are no position, alone or in a compound ("Sagsfremstilling")."""
    return tuple(stem + ending for stem in figure_set("not-staff") for ending in ("", "er", "e"))


def _by_stem(prose: Prose) -> Iterator[Anchor]:
    low, text = prose.lower, prose.text
    for stem in _STEMS:
        place = low.find(stem)
        last = 0
        while place >= 0:
            if place >= last and not low.startswith("ind", place - 3):
                start, last = _word_around(low, place, place + len(stem))
                anchor = _anchor(text, start, last, low[start:last])
                if anchor and (stem != "stilling" or "fuldtids" not in low[start:last]):
                    yield anchor
            place = low.find(stem, place + len(stem))
    for start, end in broken_words(text, lambda word: _unit_of(word) is not None):
        anchor = _anchor(text, start, end, re.sub(r"[^\w]", "", text[start:end]).lower())
        if anchor:
            yield anchor


def _jobs(prose: Prose) -> Iterator[Anchor]:
    for word in prose.words:
        match = _JOBS.fullmatch(word) if "job" in word else None
        if match and _is_clerk(match["who"]):
            for start, end in prose.places((word,)):
                if prose.text[start - 1 : start] != "-" and prose.text[end : end + 1] not in {"-", "_"}:
                    yield Anchor(_with_adjectives(prose.text, start), end, "position")


def _word_around(low: str, start: int, end: int) -> tuple[int, int]:
    while start and low[start - 1].isalpha():
        start -= 1
    while end < len(low) and low[end].isalpha():
        end += 1
    return start, end


def _anchor(text: str, start: int, end: int, word: str) -> Anchor | None:
    unit = _unit_of(word)
    if unit is None or text[end : end + 1] in {"-", "_"} or (text[end : end + 1].isalnum()):
        return None
    if text[start - 1 : start] == "-":
        while start and (text[start - 1].isalpha() or text[start - 1] == "-"):
            start -= 1  # "AC-stillinger"
    if start and text[start - 1] in "_@":
        return None
    end += word == "årsv" and text[end : end + 1] == "."
    return Anchor(_with_adjectives(text, start), end, unit, word.startswith(("helårsperson", "fuldtidsperson")))


def _with_adjectives(text: str, start: int) -> int:
    """Where the adjectives begin that stand before the word at ``start``, two at most."""
    for _ in range(2):
        before = text[max(0, start - 27) : start]
        words = before.rsplit(None, 1)
        if not words or before == words[-1] or not _is_adjective(words[-1]):
            break
        start -= len(before) - before.rindex(words[-1])
    return start


@functools.lru_cache(maxsize=4096)
def _is_adjective(word: str) -> bool:
    """ "ledige", "ny": a word that may stand between a number and what it counts."""
    word = word.lower()
    if not word.isalpha() or not 2 <= len(word) <= 24 or word in figure_set("no-adjective"):
        return False
    return word in figure_set("adjective") or (word.endswith(("e", "tiv", "isk")) and not is_number_word(word))


def _employed(prose: Prose) -> Iterator[Anchor]:
    for start, end in prose.places(_EMPLOYED):
        if prose.text[start - 1 : start] != "-" and prose.text[end : end + 1] not in {"-", "_"}:
            employer = _EMPLOYER.search(prose.text, max(0, start - 30), start)
            yield Anchor(_with_adjectives(prose.text, employer.start() if employer else start), end, "position")


def _short(prose: Prose) -> Iterator[Anchor]:
    text = prose.text
    for start, end in prose.places(("åv", "fte", "ftes")):
        if text[start:end] in {"ÅV", "FTE", "FTEs"} and text[end : end + 1] not in {"-", "_"}:
            yield Anchor(_with_adjectives(text, start), end, "fte")


def _hours(prose: Prose) -> Iterator[Anchor]:
    text, words = prose.text, prose.words
    if "timers" in words:
        for start, _ in prose.places(("timers",)):
            match = _OF_HOURS.search(text, max(0, start - 8), start + 60)
            if match and match.start("unit") == start:
                yield Anchor(start, match.end(), "hours-per-week", number=match.span("number"))
    if words.isdisjoint(_WEEK_WORDS):
        return
    for start, _ in prose.places(_HOUR_WORDS):
        found = _HOURS.match(text, start)
        if found:
            yield Anchor(start, found.end(), "hours-per-week")
    if "t" in words and any(mark in prose.lower for mark in _SHORT_MARKS):
        for start, _ in prose.places(("t",)):
            stop = begin = start - 1 if text[start - 1 : start] in {" ", "\u00a0"} else start
            while begin and text[begin - 1].isdecimal():
                begin -= 1
            short = _SHORT_HOURS.search(text, begin + 1, begin + 24) if begin < stop else None
            if short and text[begin : short.start()].isdecimal():
                yield Anchor(short.start("unit"), short.end(), "hours-per-week")


_LISTED = re.compile(
    rf"(?P<item>(?<![^\W_])(?P<number>{NUMERAL}|[^\W\d_]{{2,12}})[ \u00a0\n]"
    r"(?P<adjective>[^\W\d_]{2,24}e))(?:,[ \n]|[ \n](?:og|samt)[ \n])$"
)


def item_before(text: str, start: int, floor: int) -> re.Match[str] | None:
    """ "tre faste og" before "to tidsbegrænsede stillinger": a number with an adjective of its own.

    "60 brugere og" has none: words in -ere are people.
    """
    if text[max(0, start - 2) : start].strip() not in {",", "g", "t"}:  # "," and the ends of "og" and "samt"
        return None
    match = _LISTED.search(text, max(floor, start - 60), start)
    if match is None or not _is_adjective(match["adjective"]):
        return None
    word = match["adjective"].lower()
    return match if not word.endswith("ere") or word in figure_set("adjective") else None
