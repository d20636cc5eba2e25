"""The dates that a word gives away: "3. maj 2023", "uge 51", "2. kvartal", "foråret 2019", "skoleåret 2020/21".

Each reader is given the place of its word and looks at what stands right before and behind it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

import msgspec

from corpus.model import Precision
from pipeline.facts.calendar import periods as cal
from pipeline.facts.calendar.atoms import (
    BLANKS,
    CLOCK,
    LETTERS,
    YEAR,
    Atom,
    clock_of,
    counts,
    leads,
    month_number,
    words,
    year_of,
)
from pipeline.language import Prose


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A word of the lexicon at ``text[start:end]``: ``word`` is it in lower case, without a hyphen at a line's end."""

    start: int
    end: int
    word: str


_NEXT_DAY = r"(?![ ]?\.\s{0,3}(?i:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec))"  # and below it "26. november"
_YEAR_BEHIND = rf"(?P<year>{YEAR}|['’]\d\d(?!\d)|\d\d(?=[ ]?(?:[;)\n]|[.,](?!\d)|$)){_NEXT_DAY})"
_DAY_BEHIND = rf"(?:,?{BLANKS}{_YEAR_BEHIND})?{CLOCK}"
_DAY_END = re.compile(_DAY_BEHIND)
_DAY_END_SHORT = re.compile(rf"\.?{_DAY_BEHIND}")
_DAY_BEFORE = re.compile(
    rf"(?:(?<![\w/])|(?<=\d{{4}}/))(?<!\d[.,])"
    rf"(?P<day>\d{{1,2}})(?P<dot>[ ]?\.|st|nd|rd|th|:e|er)?{BLANKS}(?:of\s|de\s)?\Z"
)
_ENGLISH_END = re.compile(
    rf"\.?\s(?P<day>\d{{1,2}})(?:(?:st|nd|rd|th)?,|st|nd|rd|th)\s(?P<year>{YEAR})(?:(?=,? at),? )?{CLOCK}"
)
_DASHED_DAY = re.compile(r"(?<![\w.,/-])(?P<day>\d{1,2})-\Z")
_DASHED_YEAR = re.compile(rf"-(?P<year>{YEAR})(?![\w-])")
_MONTH_BEHIND = rf"(?P<maaned>{BLANKS}(?i:måned)(?!{LETTERS}))?(?:(?:,|\si)?(?:\s|(?<=\.)){BLANKS}(?P<year>{YEAR}))?"
_MONTH_END = re.compile(_MONTH_BEHIND)
_MONTH_END_SHORT = re.compile(rf"\.?{_MONTH_BEHIND}")
_GLUED = re.compile(rf"-({LETTERS}+)")
_NEAR = 24

_WEEK_END = re.compile(
    r"(?:(?i:\snr\.))?[ \u00a0\n]?(?:(?P<lead>\d{1,2})(?P<sep>[ \u00a0]?[-–—][ \u00a0]?|\s(?:til|og)\s(?:uge\s)?))?"
    rf"(?P<number>\d{{1,2}})(?![\d.,]?\d)(?:(?:,|\si|/)?{BLANKS}(?P<year>{YEAR}))?(?!\w)"
)
_MORE_WEEKS = re.compile(
    rf"(?:,|,?\s(?:og|samt|eller))\s(?P<number>\d{{1,2}})(?![\d.,]?\d)(?:(?:,|\si)?\s(?P<year>{YEAR}))?"
)
_ORDINALS = "|".join(words("ordinal"))
_NUMBER_BEFORE = re.compile(rf"(?<![\w,/])(?<!\d\.)(?P<number>\d|(?i:{_ORDINALS}))(?P<dot>[ ]?\.)?{BLANKS}\Z")
_SPELT_LEAD = re.compile(rf"(?<!\w)(?P<number>(?i:{_ORDINALS}))\s(?:og|samt|eller|til)\s\Z")
_NUMBERED_END = re.compile(rf"\.?(?:(?:,|\si|\saf)?{BLANKS}(?P<year>{YEAR}))?(?!\w)")
_LETTER_END = re.compile(rf"(?P<number>[1-4])(?:[ -]?(?P<year>{YEAR})|(?=[ ]?[-–/][ ]?[QqHh]\d))(?!\w)")
_SEASON_END = re.compile(
    rf"(?!-\w)(?:(?:,|\si|\saf)?\s{BLANKS}(?P<year>{YEAR})(?:[ ]?[/–-][ ]?(?P<to>\d{{4}}|\d\d)(?!\d))?)?"
)
_SCHOOL_YEAR_END = re.compile(
    r"(?:\s|[ \u00a0]?\n[> \t]{1,8})(?P<year>\d{4}|\d\d)(?:[ ]?[/–-][ ]?(?P<to>\d{4}|\d\d)(?!\d))?(?!\w)"
)
_MORE_SCHOOL_YEARS = re.compile(
    r"(?:,\s|,?\s(?:og|samt|eller|til)\s|[ ]?[-–][ ]?)(?P<year>\d{4}|\d\d)/(?P<to>\d{4}|\d\d)(?!\w)"
)
_THIRD_END = re.compile(
    rf"\s{{1,2}}(?:(?<=[nN]\s)af\s{{1,2}}|(?<=[tT]\s)i\s{{1,2}})?(?:(?P<month>{LETTERS}{{3,10}})(?P<dot>\.)?(?:{BLANKS}(?P<year>{YEAR}))?|(?P<year2>{YEAR}))(?!\w)"
)
_DECADE_BEFORE = re.compile(r"(?<!\w)(?P<year>(?:19|20)\d0)['’-]?\Z")


def find_by_words(prose: Prose) -> Iterator[Atom]:
    """The atoms around the words of the lexicon, in no particular order; they may overlap."""
    readers = _readers()
    marks = [Mark(start, end, prose.lower[start:end]) for start, end in prose.places(readers)]
    for mark in (*marks, *_parted(prose)):
        yield from readers[mark.word](prose.text, mark)


@functools.cache
def _readers() -> dict[str, Callable[[str, Mark], Iterator[Atom]]]:
    by_kind: dict[str, Callable[[str, Mark], Iterator[Atom]]] = {
        "month-abroad": _abroad,
        "month": _month,
        "month-short": _month,
        "season": _season,
        "week": _week,
        "quarter": _numbered,
        "half-year": _numbered,
        "letter": _lettered,
        "school-year": _school_year,
        "third": _third,
        "decade": _decade,
    }
    return {word: reader for kind, reader in by_kind.items() for word in words(kind)}


def _parted(prose: Prose) -> Iterator[Mark]:
    """The words that a hyphen parts at a line's end: "sep-⏎tember"."""
    low, hyphen = prose.lower, prose.lower.find("-\n")
    while hyphen >= 0:
        head = _HEAD.search(low, max(0, hyphen - 12), hyphen)
        tail = _TAIL.match(low, hyphen)
        if head and tail and (word := head[0] + tail[1]) in _readers() and len(word) > 4:
            yield Mark(head.start(), tail.end(), word)
        hyphen = low.find("-\n", hyphen + 2)


_HEAD = re.compile(rf"(?<!{LETTERS}){LETTERS}{{2,10}}\Z")
_TAIL = re.compile(rf"-\n[ \t>]{{0,8}}({LETTERS}{{2,10}})(?!{LETTERS})")


# --- months ---------------------------------------------------------------------------------------------------


def _month(text: str, mark: Mark) -> Iterator[Atom]:
    month = month_number(mark.word) or 0
    short = mark.word in words("month-short")
    day = _day_before(text, mark.start)
    if day:
        yield from _day(text, mark, day, month, short)
        return
    dashed = _dashed(text, mark, month)
    if dashed:
        yield dashed
        return
    english = _ENGLISH_END.match(text, mark.end)
    if english:
        yield Atom(
            *(mark.start, english.end(), "day", year_of(english["year"]), int(english["day"]), month, True),
            clock_of(english),
        )
    yield from _month_alone(text, mark, month, short)


def _dashed(text: str, mark: Mark, month: int) -> Atom | None:
    """ "15-maj-2002", a day that there is."""
    year = _DASHED_YEAR.match(text, mark.end)
    day = _DASHED_DAY.search(text, max(0, mark.start - 4), mark.start) if year else None
    if year is None or day is None or not cal.day(int(year["year"]), month, int(day["day"])):
        return None
    return Atom(day.start(), year.end(), "day", int(year["year"]), int(day["day"]), month, True)


def _abroad(text: str, mark: Mark) -> Iterator[Atom]:
    """ "6. März 2023": a month of another language is one only in a whole date."""
    day = _day_before(text, mark.start)
    for atom in _day(text, mark, day, words("month-abroad")[mark.word], short=True) if day else ():
        if atom.year:
            yield atom


def _day_before(text: str, start: int) -> re.Match[str] | None:
    blank = start - 1
    while blank > 0 and text[blank] in " \n\u00a0\t\u2009\u202f>" and start - blank < _NEAR:
        blank -= 1
    mark = text[blank] if blank >= 0 else ""
    if mark == "." and blank:
        blank -= 1 if text[blank - 1] != " " else 2
    if blank >= 0 and text[blank].isdigit():
        return _DAY_BEFORE.match(text, blank - 1 if blank and text[blank - 1].isdigit() else blank, start)
    return _DAY_BEFORE.search(text, max(0, start - _NEAR), start) if mark in _ENDS_A_DAY else None


_ENDS_A_DAY = frozenset("tdhfre")  # the last letters of "1st", "2nd", "3rd", "4th", "of", "1er", "de"


def _day(text: str, mark: Mark, day: re.Match[str], month: int, short: bool) -> Iterator[Atom]:
    end = (_DAY_END_SHORT if short else _DAY_END).match(text, mark.end)
    if end is None or (not end["year"] and _names_something(text, mark.end)):
        return
    year = year_of(end["year"])
    sure = bool(year or day["dot"])
    for lead in leads(text, day.start(), bool(day["dot"])):
        yield Atom(lead.start, lead.end, "day", year, lead.number, month, sure)
    yield Atom(day.start(), end.end(), "day", year, int(day["day"]), month, sure, clock_of(end))


def _names_something(text: str, end: int) -> bool:
    """ "1. maj-tale", "17. maj-optog": the day gives its name to something."""
    glued = _GLUED.match(text, end)
    return glued is not None and glued[1].lower() not in _DAY_OR_MONTH


_DAY_OR_MONTH = frozenset({"den", "d", *words("weekday", "month", "month-short")})


def _month_alone(text: str, mark: Mark, month: int, short: bool) -> Iterator[Atom]:
    end = (_MONTH_END_SHORT if short else _MONTH_END).match(text, mark.end)
    if end is None or text[mark.start - 1 : mark.start] == "_":
        return
    # "jul" is Christmas, and a short month without a dot or a year is seldom one.
    if short and not end["year"] and (mark.word == "jul" or text[mark.end : mark.end + 1] not in _AFTER_SHORT):
        return
    if not end["year"] and _names_something(text, mark.end):
        return
    yield Atom(*(mark.start, end.end(), "month", year_of(end["year"]), 0, month), bool(end["year"] or end["maaned"]))


_AFTER_SHORT = frozenset({".", "-", "–", "/"})


def _third(text: str, mark: Mark) -> Iterator[Atom]:
    end = _THIRD_END.match(text, mark.end)
    month = month_number(end["month"].lower()) if end and end["month"] else 0
    if end is None or month is None:
        return
    # The dot after a whole month ends the sentence.
    whole = bool(end["dot"]) and not end["year"] and end["month"].lower() not in words("month-short")
    year = year_of(end["year"] or end["year2"])
    stop = end.start("dot") if whole else end.end()
    yield Atom(mark.start, stop, "approximate", year, words("third")[mark.word], month)


# --- weeks, quarters, half-years --------------------------------------------------------------------------------


def _week(text: str, mark: Mark) -> Iterator[Atom]:
    match = _WEEK_END.match(text, mark.end)
    if match is None or (not match["year"] and counts(text, match.end(), "counted-week")):
        return
    numbers = list(_more_weeks(text, mark, match))
    year = year_of(match["year"] or next((more["year"] for more in numbers if more["year"]), None))
    if match["lead"]:
        yield Atom(mark.start, match.end("lead"), "week", year, int(match["lead"]))
        yield Atom(match.start("number"), match.end(), "week", year, int(match["number"]))
    else:
        yield Atom(mark.start, match.end(), "week", year, int(match["number"]))
    for more in numbers:
        yield Atom(more.start("number"), more.end(), "week", year, int(more["number"]))


def _more_weeks(text: str, mark: Mark, match: re.Match[str]) -> Iterator[re.Match[str]]:
    """ "ugerne 7, 9 og 12", "uge 7, 8 og 9": the rest of a list, ascending; behind "uge" with its "og"."""
    last, number, more = match.end(), int(match["number"]), []
    while found := _MORE_WEEKS.match(text, last):
        if not number < int(found["number"]) <= 53 or counts(text, found.end(), "counted", "counted-week"):
            break
        more.append(found)
        last, number = found.end(), int(found["number"])
    plural = words("week")[mark.word] == 1
    return iter(more if plural or any("," not in found[0] for found in more) else [])


def _numbered(text: str, mark: Mark) -> Iterator[Atom]:
    """ "2. kvartal 2024", "første halvår", "1.-3. kvartal", "sidste kvartal af 2023", "anden halvdel af 2024"."""
    before = _NUMBER_BEFORE.search(text, max(0, mark.start - _NEAR), mark.start)
    end = _NUMBERED_END.match(text, mark.end)
    if before is None or end is None:
        return
    precision: Precision = "quarter" if mark.word in words("quarter") else "half-year"
    year, printed = year_of(end["year"]), before["number"].lower()
    loose = words("quarter", "half-year")[mark.word] == 1 or (printed not in words("ordinal") and not before["dot"])
    if (loose or printed == "sidste") and not year:
        return
    number = _LAST[precision] if printed == "sidste" else words("ordinal").get(printed) or int(printed)
    for lead in leads(text, before.start(), bool(before["dot"])):
        yield Atom(lead.start, lead.end, precision, year, lead.number)
    spelt = _SPELT_LEAD.search(text, max(0, before.start() - _NEAR), before.start())
    if spelt and printed in words("ordinal"):
        yield Atom(spelt.start(), spelt.end("number"), precision, year, words("ordinal")[spelt["number"].lower()])
    stop = end.end() if year or mark.word == "kvt" else mark.end
    yield Atom(before.start(), stop, precision, year, number)


_LAST: dict[Precision, int] = {"quarter": 4, "half-year": 2}


def _lettered(text: str, mark: Mark) -> Iterator[Atom]:
    """ "Q1 2024", "H2 2025", "Q3-Q4 2024"."""
    match = _LETTER_END.match(text, mark.end)
    if match is None or text[mark.start - 1 : mark.start].isalnum() or not text[mark.start].isupper():
        return
    precision: Precision = "quarter" if mark.word == "q" else "half-year"
    if precision == "quarter" or int(match["number"]) < 3:
        yield Atom(mark.start, match.end(), precision, year_of(match["year"]), int(match["number"]))


# --- seasons, school years, decades -----------------------------------------------------------------------------


def _season(text: str, mark: Mark) -> Iterator[Atom]:
    match = _SEASON_END.match(text, mark.end)
    if match is None:
        return
    month, year = words("season")[mark.word], year_of(match["year"])
    if match["to"]:
        following = year_of(match["to"])
        if month != 12 or year is None or following != year + 1:
            return
        year = following
    named = mark.word.endswith(("et", "en"))
    yield Atom(mark.start, match.end(), "season", year, int(named), month, bool(year))


def _school_year(text: str, mark: Mark) -> Iterator[Atom]:
    match, start = _SCHOOL_YEAR_END.match(text, mark.end), mark.start
    while match:
        first, last = cal.full_year(match["year"]), year_of(match["to"])
        span = cal.school_year(first) if last == first + 1 else None
        yield Atom(start, match.end(), "school-year", first, span=span)
        match = _MORE_SCHOOL_YEARS.match(text, match.end())
        start = match.start("year") if match else start


def _decade(text: str, mark: Mark) -> Iterator[Atom]:
    match = _DECADE_BEFORE.search(text, max(0, mark.start - 6), mark.start)
    if match:
        year = int(match["year"])
        yield Atom(match.start(), mark.end, "years", year, span=cal.years(year, year + 9))
