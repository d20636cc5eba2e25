"""Days that are named from the day of writing: "i går", "i aftes", "d.d.", "førstkommende mandag", "den 24. ds.".

Only what names one day is read, and only where the day of writing is known (``Context.written``); elsewhere it is
refused. "På mandag", "sidste uge" and "14 dage fra dato" name no day for sure and are left. "I dag" means "nowadays"
more often than a day: it is read beside a verb of something done once ("har i dag besluttet") or before a time of day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache

from pipeline.facts.calendar.atoms import CLOCK, DEN, LETTERS, WEEKDAY, Atom, clock_of, words
from pipeline.language import Prose

_MONTH_WORDS = frozenset({"ds", "m", "måned", "måneds"})
_DEADLINES = frozenset({"inden", "senest", "frem", "indtil"})
_A_WORD = rf"(?![^\W_]|-{LETTERS})"
_BY_WORD = re.compile(
    rf"(?:(?<![\w.])i\s{{1,2}}(?P<off>går|aftes|aften|forgårs|morgen|overmorgen|morges)"
    r"|(?<![\w.])i\s{1,2}(?P<today>dag)"
    rf"|(?<![\w.])i\s{{1,2}}(?P<last>(?:man|tirs|ons|tors|fre|lør|søn)dags)){_A_WORD}{CLOCK}",
    re.IGNORECASE,
)
_OWN = re.compile(rf"(?<![\w.])(?:d\.\s?d\.|dags\s{{1,2}}dato){_A_WORD}{CLOCK}", re.IGNORECASE)
_COMING = re.compile(
    rf"(?<!\w)førstkommende\s{{1,2}}(?P<day>(?:man|tirs|ons|tors|fre|lør|søn)dag)(?:en)?{_A_WORD}{CLOCK}", re.IGNORECASE
)
_OF_A_MONTH = re.compile(
    r"(?:(?<![\w.,/-])|(?<=\d-)|(?<=\d\.-))(?P<day>\d{1,2})\.\s{0,2}(?:i\s)?(?P<month>f\.\s?m\.|ds\.|d\.\s?m\.|n\.\s?m\.|(?:forrige|denne|næste)\småneds?)"
    rf"(?!\w){CLOCK}"
)
_DAY_BEFORE = re.compile(r"(?<!\w)(?:[Dd]en|[Dd]\.|[Aa]f|[Pp]r\.|[Ff]ra|[Tt]il|[Ii]nden|[Ss]enest)\s{1,2}\Z")
# "den 2.–3. ds.", "den 2. og 3. ds.": the day before the one that has the month behind it.
_FIRST_DAY = re.compile(r"(?<![\w.,/–-])(?P<day>\d{1,2})\.?(?=\s?[-–]\s?\Z|\s{1,2}(?:og|til)\s{1,2}\Z)")
_MONTHS_OFF = {"f": -1, "forrige": -1, "n": 1, "næste": 1}
_OFF = {"går": -1, "aftes": -1, "forgårs": -2, "morgen": 1, "overmorgen": 2, "morges": 0, "aften": 0}
# "i går, den 3. maj": the day is printed. "den 1. ds. om tre måneder", "mandag derefter": another one is meant.
_PRINTED = re.compile(
    rf"\s?[,(–-]?\s{{1,2}}(?:og\s)?{WEEKDAY}(?:(?:[Dd]en|[Dd]\.|[Dd])\s{{0,2}}\d|{DEN}\d{{1,2}}(?:\.(?!\d{{3}}(?!\d))|[/-]\d))"
)
_MONTHS_ON = re.compile(rf"\s{{1,2}}om\s(?:\d|{LETTERS}+)\s?{LETTERS}*(?<=måned|neder)(?!\w)")
_AFTER_ANOTHER = re.compile(r"\s{1,2}(?:derefter|herefter|efter)(?!\w)")
_ALL_TIMES = re.compile(r"\A(?:,|\s(?:og|eller|som|samt|til))\s{1,2}i\s(?:dag|morgen|går)(?!\w)", re.IGNORECASE)
_ALL_TIMES_BEFORE = re.compile(r"(?<!\w)i\s(?:dag|går|morgen)(?:,|\s(?:og|eller|som|samt|til))\s{1,2}\Z", re.IGNORECASE)
_BARE_DAY = re.compile(
    r"(?:\stil)?\s{1,2}(?:den|d\.)\s{1,2}"
    r"(?P<day>\d{1,2}\.?)(?=\s{0,2}(?:\Z|\n|[,;)!?])|(?<=\.)\s{1,2}[A-ZÆØÅ](?=[^\W\d_]* ))"
)
_MEETINGS = frozenset(
    [
        "mødes",
        "mødtes",
        "ses",
        "møde",
        "mødet",
        "møder",
        "fællesmøde",
        "borgermøde",
        "byrådsmøde",
        "udvalgsmøde",
        "afholdes",
        "holdes",
        "fristen",
        "frist",
        "deadline",
        "afleveres",
        "begynder",
        "starter",
        "flyttes",
        "flyttet",
        "rykkes",
        "udsat",
    ]
)
_MEETING_DAY = re.compile(
    r"(?:\s{1,2}(?!(?:den|d|hver|hvert|alle)(?!\w))[^\W\d_]+){0,5}\s{1,2}(?:den|d\.)\s{1,2}(?P<day>(?:0?[1-9]|[12]\d|3[01])\.?)"
    r"(?=\s{0,2}(?:\Z|\n\s*(?:\n|\Z)|[,;)!?])|(?<=\.)\s{1,2}(?:[A-ZÆØÅ](?=[^\W\d_]* )|(?:kl|klokken|på|hos|ved)(?!\w)))"
)
_SENTENCE_BEGINS = re.compile(r"(?:\A|[.!?:•]|\n)[\s\"»“(*>–-]{0,4}\Z")
_WORD = re.compile(rf"{LETTERS}+")
_NEAR, _BACK = 40, 16


def find_relative(prose: Prose, written_at: Callable[[int], dt.date | None]) -> Iterator[Atom]:
    """The atoms of days that are counted from the day of writing, by place; without a day where that is not known."""
    text = prose.text
    for start, _ in prose.places(_day_words()):
        match = _covering(_BY_WORD, text, start)
        if match and _is_a_day(text, match):
            yield _atom(match, _named(match, written_at(start)))
    for start, _ in prose.places(("førstkommende",)):
        match = _COMING.match(text, start)
        if match and _is_a_day(text, match):
            yield _atom(match, _named(match, written_at(start)))
    for start, _ in prose.places(("d", "dags")):
        match = _OWN.match(text, start)
        if match and _is_a_day(text, match):
            yield _atom(match, written_at(start))
    for start, _ in prose.places(_MONTH_WORDS):
        if match := _covering(_OF_A_MONTH, text, start):
            yield from _of_a_month(text, match, written_at(start))
    for _, end in prose.places(_DEADLINES):
        if match := _BARE_DAY.match(text, end):
            yield Atom(match.start("day"), match.end("day"), "day", None)
    for _, end in prose.places(_MEETINGS):  # "Vi mødes på rådhuset den 24.": of which month is not told
        if match := _MEETING_DAY.match(text, end):
            yield Atom(match.start("day"), match.end("day"), "day", None)


def _of_a_month(text: str, match: re.Match[str], written: dt.date | None) -> Iterator[Atom]:
    """The day, or the two days, before "ds."; two of them are a range or a list as any other days are."""
    first = _FIRST_DAY.search(text, max(0, match.start() - 9), match.start())
    begin = first.start() if first else match.start()
    if not _DAY_BEFORE.search(text, max(0, begin - 8), begin):
        return
    counted = None if _MONTHS_ON.match(text, match.end()) else written
    yield _atom(match, _in_month(match["day"], match["month"], counted))
    if first and (day := _in_month(first["day"], match["month"], counted)):
        yield Atom(*first.span(), "day", day.year, day.day, day.month)


def _covering(pattern: re.Pattern[str], text: str, start: int) -> re.Match[str] | None:
    """The match that the word at ``start`` stands in."""
    found = pattern.finditer(text, max(0, start - _BACK), start + _NEAR)
    return next((match for match in found if match.start() <= start < match.end()), None)


@cache
def _day_words() -> frozenset[str]:
    return frozenset({*_OFF, "dag", *(f"{day}s" for day in words("weekday") if day.endswith("dag"))})


def _atom(match: re.Match[str], day: dt.date | None) -> Atom:
    """An atom of one day; without a day it has no year either, and is refused."""
    if day is None:
        return Atom(match.start(), match.end(), "day", None)
    return Atom(match.start(), match.end(), "day", day.year, day.day, day.month, time=clock_of(match))


def _is_a_day(text: str, match: re.Match[str]) -> bool:
    """Whether it is the day's only name, and means a day: no "i dag og i morgen", no "I går ind for", no heading."""
    if _PRINTED.match(text, match.end()):
        return False
    if match.re is not _BY_WORD or match["last"]:
        return True
    if _ALL_TIMES.match(text[match.end() : match.end() + 24]):
        return False
    if _ALL_TIMES_BEFORE.search(text, max(0, match.start() - 16), match.start()):
        return False
    if match["today"]:
        return _was_done(text, match) or clock_of(match) is not None
    return text[match.start()].islower() or _opens(text, match)


def _opens(text: str, match: re.Match[str]) -> bool:
    """ "I går besluttede …" opens a sentence; "I går ind for …" is said to several people, "I morgen" a heading."""
    if not _SENTENCE_BEGINS.search(text, max(0, match.start() - 6), match.start()):
        return False
    following = _WORD.match(text, match.end() + 1) if text[match.end() : match.end() + 1] == " " else None
    if match["off"].lower() != "går":
        return following is not None
    verb = following[0].lower() if following else ""
    return verb in words("told", "had", "decided", "once") or (verb.endswith("ede") and len(verb) > 5)


def _was_done(text: str, match: re.Match[str]) -> bool:
    """ "besluttede i dag", "har i dag modtaget": the verb beside "i dag" is of something that is done once."""
    before = _WORD.findall(text, max(0, match.start() - _NEAR), match.start())[-1:]
    behind = _WORD.match(text, match.end() + 1)
    near = {word.lower() for word in (*before, behind[0] if behind else "")}
    return not near.isdisjoint(words("once"))


def _named(match: re.Match[str], written: dt.date | None) -> dt.date | None:
    if written is None or (match.re is _COMING and _AFTER_ANOTHER.match(match.string, match.end())):
        return None
    if match.re is _COMING:
        ahead = (words("weekday")[match["day"].lower()] - written.weekday() - 1) % 7 + 1
        return written + dt.timedelta(days=ahead)
    if match["last"]:
        ago = (written.weekday() - words("weekday")[match["last"].lower().removesuffix("s")] - 1) % 7 + 1
        return written - dt.timedelta(days=ago)
    return written + dt.timedelta(days=_OFF[match["off"].lower()] if match["off"] else 0)


def _in_month(day: str, printed: str, written: dt.date | None) -> dt.date | None:
    """ "28. f.m.": the day of the month before; None where that month has no such day."""
    if written is None:
        return None
    off = next((n for lead, n in _MONTHS_OFF.items() if printed.startswith(lead)), 0)
    month = written.year * 12 + written.month - 1 + off
    try:
        return dt.date(month // 12, month % 12 + 1, int(day))
    except ValueError:
        return None
