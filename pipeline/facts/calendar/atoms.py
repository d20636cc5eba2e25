"""What the readers of dates share: the atom they give, the words of the lexicon, and the pieces of their patterns.

An atom is a date, a month, a week … as printed, perhaps without its year. Days come first, always ("3/5" is 3 May).
"""

from __future__ import annotations

import functools
import re

import msgspec

from corpus.model import Precision
from pipeline.facts.calendar import periods as cal
from pipeline.lexicon import rows


class Atom(msgspec.Struct, frozen=True, gc=False):
    """``text[start:end]``; ``year`` is None where none is printed.

    ``number`` and ``month`` are what the precision counts (day and month, week, quarter, first month of a season,
    third of a month). ``sure``: a date whatever stands before it; else it needs a cue or a partner. ``span``: settled.
    ``bare``: digits alone, which are a date at all only where the calendar has such a day. ``untold``: what stands
    beside it leaves its year open, and no other day may tell it.
    """

    start: int
    end: int
    precision: Precision
    year: int | None
    number: int = 0
    month: int = 0
    sure: bool = True
    time: str | None = None
    span: cal.Span | None = None
    bare: bool = False
    untold: bool = False

    def days(self, year: int) -> cal.Span | None:
        """The days it covers in ``year``; None for a day or week that the year does not have."""
        if self.span:
            return self.span
        if self.precision == "day":
            return cal.day(year, self.month, self.number)
        if self.precision == "month":
            return cal.months(year, self.month, self.month)
        if self.precision == "approximate":
            return (
                cal.third_of_month(year, self.month, self.number)
                if self.month
                else cal.third_of_year(year, self.number)
            )
        if self.precision == "season":
            return cal.season(year, self.month)
        if self.precision == "week":
            return cal.week(year, self.number)
        if self.precision == "quarter":
            return cal.quarter(year, self.number)
        return cal.half_year(year, self.number) if self.precision == "half-year" else None


@functools.cache
def words(*kinds: str) -> dict[str, int]:
    """The words of some kinds in ``lexicon/months.csv`` (month, season, cue-day, counted …) and their numbers."""
    return {row["word"]: int(row["number"]) for row in rows("months") if row["kind"] in kinds}


@functools.cache
def month_number(word: str) -> int | None:
    """The month of a word in lower case, in Danish, English or shortened; None for any other word."""
    return words("month", "month-short").get(word)


LEAP_YEAR = 2024
BLANKS = r"[ \t\u00a0\u2009\u202f]{0,3}(?:\n[> \t]{0,8})?"  # a few blanks, one line break at most
YEAR = r"(?:1[6-9]|20|21)\d\d(?!\d|[.,]\d|\s?(?:kr\b(?!\.?:?\s{1,2}\d{1,3}(?:\.\d{3}|,\d\d|,-))|mio\b|mia\b|t\.?kr))"
LETTERS = r"[^\W\d_]"
CLOCK = (
    rf"(?:,?{BLANKS}(?:(?:[Kk]l\.?|[Kk]lokken|klo|at|um|à){BLANKS}(?P<h1>\d{{1,2}})(?:[.:](?P<m1>\d\d))?"
    r"|(?P<h2>\d{1,2}):(?P<m2>\d\d))(?::\d\d)?(?:[ \u00a0]?(?P<ap>[AaPp])\.?[Mm])?(?!\d|[.,]\d))?"
)
WEEKDAY = r"(?:(?i:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|man|tirs?|ons|tors?|fre|lør|søn)\.?,?\s)?"
DEN = r"(?:(?:[Dd]en|[Dd]\.|[Dd])\s{0,2})?"

_LEAD = re.compile(
    rf"(?<![\w/])(?<!\d[.,])(?P<number>\d{{1,2}})(?P<dot>[ ]?\.)?"
    rf"(?:(?P<dash>[ \u00a0]?[-–—][ \u00a0]?)|\s{{1,2}}(?P<til>til)\s{{1,2}}{WEEKDAY}{DEN}"
    rf"|(?:\s{{1,2}}(?:og|eller|samt)|,)\s{{1,2}}{WEEKDAY}{DEN})\Z"
)
_LAST_NUMBER = re.compile(r"(?s:.*)(?=\d)(?<!\d)")
_DEN_BEFORE = re.compile(r"(?<!\w)(?:[Dd]en|[Dd]\.)\s{0,2}\Z")
_LONGEST_LEAD = 36


class Lead(msgspec.Struct, frozen=True, gc=False):
    """A number before another that it shares the rest with: "1." in "1.-3. maj", "den 1. og 3. maj"."""

    start: int
    end: int
    number: int


def leads(text: str, start: int, dotted: bool) -> list[Lead]:
    """The numbers before the one at ``start``, nearest first. ``dotted``: that one is printed with a dot.

    An end of a range needs a dot on either number, an item of a list its own or a "den" before it, unlike the first
    number in "punkt 3 og 4. maj".
    """
    found: list[Lead] = []
    while text[start - 1 : start] in _BEFORE_A_NUMBER:
        number = _LAST_NUMBER.match(text, max(0, start - _LONGEST_LEAD), start)
        match = _LEAD.match(text, number.end(), start) if number else None
        if match is None:
            break
        ranged, dot = match["dash"] or match["til"], match["dot"]
        meant = dot or (dotted if ranged else _DEN_BEFORE.search(text, max(0, match.start() - 5), match.start()))
        if not meant or not 0 < int(match["number"]) < 32:
            break
        start, dotted = match.start(), bool(dot)
        found.append(Lead(start, match.end("dot") if dot else match.end("number"), int(match["number"])))
    return found


_BEFORE_A_NUMBER = frozenset({"-", "–", "—", " ", "\u00a0", "\n", "."})


def clock_of(match: re.Match[str]) -> str | None:
    """The time of day that :data:`CLOCK` matched, "08:29"; None where it matched none or an impossible one."""
    hour = match["h1"] or match["h2"]
    if hour is None:
        return None
    minute = match["m1"] or match["m2"] or "00"
    half = (match["ap"] or "").lower()
    value = int(hour) % 12 + (12 if half == "p" else 0) if half else int(hour)
    return f"{value:02}:{minute}" if value < 24 and int(minute) < 60 else None


@functools.lru_cache(maxsize=4096)
def year_of(printed: str | None) -> int | None:
    """A printed year of two or four digits as a number; None for none."""
    return cal.full_year(printed) if printed else None


_COUNTED_BEHIND = re.compile(rf"\s({LETTERS}+)|\s?(%)")


def counts(text: str, end: int, *kinds: str) -> bool:
    """Whether the word behind ``end`` is one that a number counts."""
    match = _COUNTED_BEHIND.match(text, end)
    return match is not None and (match[2] is not None or match[1].lower() in words(*kinds))
