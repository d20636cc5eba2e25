"""The printed forms of dates, one pattern each; what they mean together is for :mod:`pipeline.facts.dates`.

An atom is a date, a month, a week … as printed, perhaps without its year. Days come first, always ("3/5" is 3 May).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.model import Precision
from pipeline.facts import dates_calendar as cal
from pipeline.facts.units import lexicon


class Atom(NamedTuple):
    """``text[start:end]``; ``year`` is None where none is printed.

    ``number`` and ``month`` are what the precision counts (day and month, week, quarter, first month of a season,
    third of a month). ``sure``: a date whatever stands before it; else it needs a cue or a partner. ``span``: settled.
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
def words(kind: str) -> dict[str, int]:
    """The words of one kind in ``lexicon/months.csv``: month, season, weekday, ordinal, third, begin."""
    return {row["word"]: int(row["number"]) for row in lexicon("months.csv") if row["kind"] == kind}


LEAP_YEAR = 2024
_B = r"[ \t\u00a0\u2009\u202f]{0,3}(?:\n[> \t]{0,8})?"  # a few blanks, one line break at most
_YEAR = r"(?:1[6-9]|20|21)\d\d(?!\d|[.,]\d|\s?(?:kr\b|mio\b|mia\b|t\.?kr))"
_MONTH = r"(?P<month>(?i:jan|feb|mar|mrt|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]{0,6})(?![^\W\d_])"
# The dot of an abbreviation; one after a whole word ends the sentence.
_DOT = r"(?:(?<![^\W\d_]{5})(?<!maj)(?<!juni)(?<!juli)(?<!may)(?<!june)(?<!july)\.)?"
_CLOCK = (
    rf"(?:,?{_B}(?:(?:[Kk]l\.?|klokken){_B}(?P<h1>\d{{1,2}})(?:[.:](?P<m1>\d\d))?|(?P<h2>\d{{1,2}}):(?P<m2>\d\d))"
    r"(?::\d\d)?(?:[ \u00a0]?(?P<ap>[AaPp])\.?[Mm])?(?!\d|[.,]\d))?"
)
_LEAD = r"(?:(?P<lead>\d{1,2})(?P<leaddot>\.?)(?P<sep>[ \u00a0]?[-–—][ \u00a0]?|\s(?:til|og)\s(?:den\s|d\.\s)?))?"

DAY_WORDS = re.compile(
    rf"(?<![\w/])(?<!\d[.,]){_LEAD}(?P<day>\d{{1,2}})(?P<dot>\.|st|nd|rd|th)?{_B}(?:of\s)?{_MONTH}{_DOT}"
    rf"(?:,?{_B}(?P<year>{_YEAR}|['’]\d\d(?!\d)|\d\d(?=[ ]?(?:[;)\n]|[.,](?!\d)|$))))?{_CLOCK}"
)
ENGLISH_DAY = re.compile(
    rf"(?<![\w/]){_MONTH}{_DOT}\s(?P<day>\d{{1,2}})(?:(?:st|nd|rd|th)?,|st|nd|rd|th)\s(?P<year>{_YEAR}){_CLOCK}"
)
DAY_NUMBERS = re.compile(
    r"(?:(?<![\w/.,§-])|(?<=/\d-)|(?<=/\d\d-)|(?<=\d{4}-)|(?<=\d\.-))(?P<day>\d{1,2})(?:"
    rf"/(?P<m1_>\d{{1,2}})(?:[ ]?[-–/][ ]?(?P<y1>{_YEAR}|\d\d)(?![\w/%]|[.,]\d|[-–]\d\d?/)|[ \u00a0](?P<y2>{_YEAR}))?"
    rf"|\.[ ]?(?P<m2_>\d{{1,2}})(?:\.[ ]?|-)(?P<y3>{_YEAR})|\.(?P<m3_>\d\d)\.(?P<y4>\d\d)(?![\w.,]?\d)"
    r"|\.(?P<m6_>\d{1,2})\.(?=[ ]?[-–][ ]?\d{1,2}\.[ ]?\d{1,2}\.[ ]?\d{4})"
    rf"|-(?P<m4_>\d{{1,2}})-(?P<y5>{_YEAR})|-(?P<m5_>\d\d)-(?P<y6>\d\d)(?![-\w])"
    rf")(?![\w/]){_CLOCK}"
)
ISO = re.compile(
    r"(?<![\w.,/-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"
    r"(?:[T ](?P<h>\d\d):(?P<m>\d\d)(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\w|-\d)"
)
SLASHED_ISO = re.compile(
    r"(?<![\w.,/-])(?P<year>(?:19|20)\d\d)/(?P<month>0[1-9]|1[0-2])/(?P<day>0[1-9]|[12]\d|3[01])(?![\w/]|-\w)"
    r"(?:[ ](?P<h>\d\d):(?P<m>\d\d)(?::\d\d)?)?(?!\d)"
)
# "d. 3.5", "onsdag den 5.3. kl. 9": a point between day and month needs a word for a day in front, and no unit behind.
CUED_DAY = re.compile(
    r"(?<![^\W\d_])(?i:d\.|den|dato:|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)\s{1,2}(?:d\.\s?|den\s)?"
    r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})(?:\.(?P<year>\d\d))?(?![\w½%]|[.,]\d|\s?[-–/]\s?\d"
    r"|\s(?:pct|procent|mio|mia|mill|kr|km|m2|udgave|version|årsværk|timer|stillinger|gange|millioner|tusind)(?!\w))"
    rf"(?:\.(?=,?\s[Kk]l))?{_CLOCK}"
)
MONTH = re.compile(rf"(?=[jfmasondJFMASOND])(?<!\w){_MONTH}{_DOT}(?:{_B}måned)?(?:(?:,|\si)?{_B}(?P<year>{_YEAR}))?")
WEEK = re.compile(
    r"(?<![\w/])(?i:uge(?:rne)?)(?:\snr\.)?[ \u00a0\n]?"
    r"(?:(?P<lead>\d{1,2})(?P<sep>[ \u00a0]?[-–][ \u00a0]?|\s(?:til|og)\s(?:uge\s)?))?"
    rf"(?P<number>\d{{1,2}})(?![\d.,]?\d)(?:(?:,|\si|/)?{_B}(?P<year>{_YEAR}))?(?!\w|\s(?:gange|timer|dage|børn|pct|%))"
)
_MORE_WEEKS = re.compile(r"(?:,|,?\s(?:og|samt|eller))\s(?P<number>\d{1,2})(?![\d.,]?\d|\s(?:gange|timer|dage|børn))")
QUARTER = re.compile(
    rf"(?<![\w.,/])(?:{_LEAD}(?P<number>\d|(?i:første|andet|tredje|fjerde))\.?\s(?P<what>(?i:kvartal|kvt\.?|halvår))(?!\w)"
    rf"(?:(?:,|\si|\saf)?{_B}(?P<year>{_YEAR}))?"
    rf"|(?P<short>[QH][1-4])(?:[ -]?(?P<year2>{_YEAR})|(?=[ ]?[-–/][ ]?[QH]\d)))(?!\w)"
)
SEASON = re.compile(
    r"(?<!\w)(?P<season>(?i:forår(?:et)?|sommer(?:en)?|efterår(?:et)?|vinter(?:en)?))(?!\w|-\w)"
    rf"(?:(?:,|\si|\saf)?{_B}(?P<year>{_YEAR})(?:[ ]?[/–-][ ]?(?P<to>\d{{4}}|\d\d)(?!\d))?)?"
)
SCHOOL_YEAR = re.compile(
    r"(?<!\w)(?i:(?:skole|studie)år(?:et|ene)?)\s(?P<year>\d{4}|\d\d)(?:[ ]?[/–-][ ]?(?P<to>\d{4}|\d\d)(?!\d))?(?!\w)"
)
_MORE_SCHOOL_YEARS = re.compile(
    r"(?:,\s|,?\s(?:og|samt|eller|til)\s|[ ]?[-–][ ]?)(?P<year>\d{4}|\d\d)/(?P<to>\d{4}|\d\d)(?!\w)"
)
THIRD = re.compile(
    rf"(?<!\w)(?P<third>(?i:primo|medio|ultimo))\s(?:{_MONTH}{_DOT}(?:{_B}(?P<year>{_YEAR}))?|(?P<year2>{_YEAR}))(?!\w)"
)


def find_atoms(text: str) -> Iterator[Atom]:
    """All atoms in no particular order; they may overlap, and the caller takes the longest."""
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            yield from read(match)


def _time(match: re.Match[str]) -> str | None:
    hour, minute = match["h1"] or match["h2"], match["m1"] or match["m2"] or "00"
    if hour is None:
        return None
    half = (match["ap"] or "").lower()
    value = int(hour) % 12 + (12 if half == "p" else 0) if half else int(hour)
    return f"{value:02}:{minute}" if value < 24 and int(minute) < 60 else None


def _after(match: re.Match[str]) -> str:
    """The character after the printed month."""
    return match.string[match.end("month") : match.end("month") + 1]


def _month(match: re.Match[str]) -> int | None:
    return words("month").get(match["month"].lower())


def _year(printed: str | None) -> int | None:
    return cal.full_year(printed) if printed else None


def _day_words(match: re.Match[str]) -> Iterator[Atom]:
    month, year = _month(match), _year(match["year"])
    if month is None:
        return
    sure = bool(year or match["dot"])
    if match["lead"] and (match["leaddot"] or match["dot"]) and int(match["lead"]) < 32:
        yield Atom(match.start(), match.end("leaddot"), "day", year, int(match["lead"]), month, sure)
    yield Atom(match.start("day"), match.end(), "day", year, int(match["day"]), month, sure, _time(match))


def _english_day(match: re.Match[str]) -> Iterator[Atom]:
    month = _month(match)
    if month is not None:
        yield Atom(
            match.start(), match.end(), "day", _year(match["year"]), int(match["day"]), month, True, _time(match)
        )


def _day_numbers(match: re.Match[str]) -> Iterator[Atom]:
    month = next(int(match[f"m{n}_"]) for n in range(1, 7) if match[f"m{n}_"])
    year = next((match[f"y{n}"] for n in range(1, 7) if match[f"y{n}"]), None)
    # "12-34-56" and "12.34.56" are as likely a phone number or a sort code: only a real date counts there.
    if (match["y4"] or match["y6"]) and not cal.day(cal.full_year(year or "0"), month, int(match["day"])):
        return
    yield Atom(match.start(), match.end(), "day", _year(year), int(match["day"]), month, bool(year), _time(match))


def _iso(match: re.Match[str]) -> Iterator[Atom]:
    time = f"{match['h']}:{match['m']}" if match["h"] else None
    yield Atom(
        match.start(), match.end(), "day", int(match["year"]), int(match["day"]), int(match["month"]), True, time
    )


def _cued_day(match: re.Match[str]) -> Iterator[Atom]:
    year, month, day = _year(match["year"]), int(match["number"]), int(match["day"])
    if cal.day(year or LEAP_YEAR, month, day):
        yield Atom(match.start("day"), match.end(), "day", year, day, month, True, _time(match))


def _month_alone(match: re.Match[str]) -> Iterator[Atom]:
    month = _month(match)
    # "jul" is Christmas, and a short month without a dot or a year is seldom one.
    whole = match["month"].lower() == "maj" or len(match["month"]) > 3 or _after(match) in {".", "-", "–", "/"}
    if month is not None and (whole or (match["year"] and match["month"].lower() != "jul")):
        yield Atom(
            match.start(),
            match.end(),
            "month",
            _year(match["year"]),
            0,
            month,
            bool(match["year"]) or match[0].endswith("måned"),
        )


def _week(match: re.Match[str]) -> Iterator[Atom]:
    year = _year(match["year"])
    if match["lead"]:
        yield Atom(match.start(), match.end("lead"), "week", year, int(match["lead"]))
        yield Atom(match.start("number"), match.end(), "week", year, int(match["number"]))
    else:
        yield Atom(match.start(), match.end(), "week", year, int(match["number"]))
    more = _MORE_WEEKS.match(match.string, match.end()) if match[0].lower().startswith("ugerne") else None
    while more:
        yield Atom(more.start("number"), more.end(), "week", year, int(more["number"]))
        more = _MORE_WEEKS.match(match.string, more.end())


def _quarter(match: re.Match[str]) -> Iterator[Atom]:
    if match["short"]:
        precision: Precision = "quarter" if match["short"][0] == "Q" else "half-year"
        yield Atom(match.start(), match.end(), precision, _year(match["year2"]), int(match["short"][1]))
        return
    precision = "half-year" if match["what"].lower() == "halvår" else "quarter"
    number = words("ordinal").get(match["number"].lower()) or int(match["number"])
    year = _year(match["year"])
    if match["lead"]:
        yield Atom(match.start(), match.end("leaddot"), precision, year, int(match["lead"]))
    yield Atom(match.start("number"), match.end(), precision, year, number)


def _season(match: re.Match[str]) -> Iterator[Atom]:
    month, year = words("season")[match["season"].lower()], _year(match["year"])
    if match["to"]:
        following = _year(match["to"])
        if month != 12 or year is None or following != year + 1:
            return
        year = following
    yield Atom(match.start(), match.end(), "season", year, 0, month, bool(year))


def _school_year(match: re.Match[str]) -> Iterator[Atom]:
    first, last = cal.full_year(match["year"]), _year(match["to"])
    span = cal.school_year(first) if last == first + 1 else None
    yield Atom(match.start(), match.end(), "school-year", first, span=span)
    more = _MORE_SCHOOL_YEARS.match(match.string, match.end())
    while more:
        first, last = cal.full_year(more["year"]), _year(more["to"])
        span = cal.school_year(first) if last == first + 1 else None
        yield Atom(more.start("year"), more.end(), "school-year", first, span=span)
        more = _MORE_SCHOOL_YEARS.match(match.string, more.end())


def _third(match: re.Match[str]) -> Iterator[Atom]:
    third = words("third")[match["third"].lower()]
    month = _month(match) if match["month"] else 0
    if month is not None:
        yield Atom(match.start(), match.end(), "approximate", _year(match["year"] or match["year2"]), third, month)


_READERS = (
    (DAY_WORDS, _day_words),
    (ENGLISH_DAY, _english_day),
    (DAY_NUMBERS, _day_numbers),
    (ISO, _iso),
    (SLASHED_ISO, _iso),
    (CUED_DAY, _cued_day),
    (MONTH, _month_alone),
    (WEEK, _week),
    (QUARTER, _quarter),
    (SEASON, _season),
    (SCHOOL_YEAR, _school_year),
    (THIRD, _third),
)
