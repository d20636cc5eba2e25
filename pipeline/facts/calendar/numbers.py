"""Dates in digits ("3/5-21", "03.05.2021", "2021-05-03") and the printed times of mail headers."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator

from pipeline.facts.calendar import periods as cal
from pipeline.facts.calendar.atoms import CLOCK, DEN, LEAP_YEAR, WEEKDAY, YEAR, Atom, clock_of, counts, year_of
from pipeline.language import Prose
from pipeline.mail.dates import find_sent
from pipeline.mail.labels import vocabulary

_WRAP = r"\n[ \t]{0,8}"  # a line may end behind the hyphen of a date
_DAY_NUMBERS = re.compile(
    r"(?:(?<![\w/.,§-])|(?<=/\d-)|(?<=/\d\d-)|(?<=\d{4}-)|(?<=\d\.-)|(?<=\d\.\d\d-))(?P<day>\d{1,2})(?:"
    rf"/(?P<m1_>\d{{1,2}})(?:[ ]?[-–/][ ]?(?:{_WRAP}(?={YEAR}))?(?P<y1>{YEAR}|\d\d)(?![\w/%]|[.,]\d|[-–]\d\d?/)"
    rf"|[ \u00a0](?P<y2>{YEAR}))?"
    rf"|[ ]?\.[ ]?(?P<m2_>\d{{1,2}})(?:[ ]?\.[ ]?|-)(?P<y3>{YEAR})|\.(?P<m3_>\d\d)\.(?P<y4>\d\d)(?![\w.,]?\d)"
    r"|\.(?P<m6_>\d{1,2})\.(?=[ ]?[-–][ ]?\d{1,2}\.[ ]?\d{1,2}\.[ ]?\d{4})"
    rf"|-(?:{_WRAP})?(?P<m4_>\d{{1,2}})-(?:{_WRAP})?(?P<y5>{YEAR})|-(?P<m5_>\d\d)-(?P<y6>\d\d)(?![-\w])"
    rf")(?![\w/]){CLOCK}"
)
_YEAR_BELOW = re.compile(
    rf"[ ]?\n[> \t]{{0,8}}(?P<year>{YEAR})(?=[ ][a-zæøå(\d]|[.,;:)?!]|\s*$|(?P<title>[ ][A-ZÆØÅ]))"
)
_WRAPPED = 50  # characters of a line whose last word is no title's
_DEN_BEFORE = re.compile(r"(?<!\w)(?:[Dd]en|[Dd]\.)\s{1,2}\Z")
_DATED = re.compile(r"(?<![^\W\d_])(?i:fra|til|inden|siden|efter|før|af)\s{1,2}\Z")  # before "1.1.24", of three numbers
_MONTHS = tuple(f"m{number}_" for number in range(1, 7))
_YEARS = tuple(f"y{number}" for number in range(1, 7))
_ISO = re.compile(
    r"(?<![\w.,/-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"
    r"(?:[T ](?P<h>\d\d):(?P<m>\d\d)(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\w|-\d)"
)
_SLASHED_ISO = re.compile(
    r"(?<![\w.,/-])(?P<year>(?:19|20)\d\d)/(?P<month>0[1-9]|1[0-2])/(?P<day>0[1-9]|[12]\d|3[01])(?![\w/]|-\w)"
    r"(?:[ ](?P<h>\d\d):(?P<m>\d\d)(?::\d\d)?)?(?!\d)"
)
# "d. 3.5", "onsdag den 5.3. kl. 9": a point between day and month needs a word for a day in front, and no unit behind.
_POINTED = re.compile(
    r"(?P<day>\d{1,2})\.[ ]?(?P<number>\d{1,2})(?:\.(?P<year>\d\d))?(?![\w½%]|[.,]\d|\s?[-–/]\s?\d)"
    rf"(?:\.(?=,?\s[Kk]l))?{CLOCK}"
)
# "perioden 1.1.24-31.12.24": of three numbers each, behind a word for a stretch of time.
_SPAN_END = r"\d{1,2}\.\d{1,2}\.\d\d(?![\w.,-]?\d)"
_SPAN = re.compile(
    rf"(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.(?P<year>\d\d)(?:(?=[ ]?[-–][ ]?{_SPAN_END})|(?![\w.,-]?\d))"
)
_SPAN_CUE = re.compile(
    r"(?<![^\W\d_])(?i:perioden?|fra|mellem|datoer(?:ne)?|gælder|gældende|løber|høring(?:en|sperioden?)?)[: ]{1,2}"
    r"(?P<first>\d{1,2}\.\d{1,2}\.\d\d[ ]?[-–][ ]?)?\Z"
)
_POINTED_CUE = re.compile(
    rf"(?<![^\W\d_])(?:(?i:d\.|den|dato:|pr\.|senest|frist:?)\s{{1,2}}|{WEEKDAY.removesuffix('?')}\s?{DEN})\Z"
)

_HELD = re.compile(
    r"(?:udvalget|rådet|bestyrelsen|nævnet|kommissionen|mødet?)\s\(\Z", re.IGNORECASE
)  # "Rådet (3.9.93)"


def day_at(text: str, start: int) -> Atom | None:
    """The date in digits that begins at ``start``, day first."""
    match = _DAY_NUMBERS.match(text, start)
    if match is None:
        return _pointed_at(text, start)
    month = int(next(filter(None, match.group(*_MONTHS))))
    year = next(filter(None, match.group(*_YEARS)), None)
    day, end = int(match["day"]), match.end()
    # "12-34-56" and "12.34.56" are as likely a phone number or a sort code: only a real date counts there.
    sure = bool(year)
    below = _YEAR_BELOW.match(text, end) if year is None else None
    if below and below["title"] is not None and start - text.rfind("\n", 0, start) < _WRAPPED:
        return Atom(start, end, "day", None, day, month, sure=False, time=clock_of(match), bare=True, untold=True)
    if below:
        year, end = below["year"], below.end("year")
        sure = _DEN_BEFORE.search(text, max(0, start - 6), start) is not None
    if "\n" in match.group() and year and not cal.day(int(year), month, day):
        return None
    doubtful = match["y4"] or match["y6"]
    if doubtful and (not cal.day(cal.full_year(doubtful), month, day) or _numbers_a_version(text, start)):
        return None
    return Atom(start, end, "day", year_of(year), day, month, sure, clock_of(match), bare=True)


def _pointed_at(text: str, start: int) -> Atom | None:
    before = text[start - 1 : start]
    match = _POINTED.match(text, start) if before.isspace() or before == "(" else None
    if match is None:
        return _end_of_span(text, start)
    if before == "(":
        held = match["year"] and text[match.end() : match.end() + 1] == ")"
        cued = _HELD.search(text, max(0, start - 20), start) if held else None
    else:
        cued = _POINTED_CUE.search(text, max(0, start - 20), start)
    if not cued and not (match["year"] and _DATED.search(text, max(0, start - 8), start)):
        return _end_of_span(text, start)
    if not cued and _numbers_a_version(text, start):
        return None
    year, month, day = year_of(match["year"]), int(match["number"]), int(match["day"])
    if not cal.day(year or LEAP_YEAR, month, day) or counts(text, match.end(), "counted-day"):
        return None
    return Atom(start, match.end(), "day", year, day, month, True, clock_of(match))


def _end_of_span(text: str, start: int) -> Atom | None:
    """An end of "perioden 1.1.24-31.12.24"."""
    match = _SPAN.match(text, start)
    cue = _SPAN_CUE.search(text, max(0, start - 32), start) if match else None
    if match is None or cue is None or _numbers_a_version(text, start):
        return None
    if cue["first"] is None and text[match.end() : match.end() + 2].strip(" ")[:1] not in {"-", "–"}:
        return None
    year, month, day = year_of(match["year"]), int(match["number"]), int(match["day"])
    return Atom(start, match.end(), "day", year, day, month, True) if year and cal.day(year, month, day) else None


def _numbers_a_version(text: str, start: int) -> bool:
    """ "version 1.10.24", "fra version 1.10.3 til 1.10.24"."""
    return "version" in text[max(0, start - 32) : start].lower()


def iso_at(text: str, start: int) -> Atom | None:
    """ "2021-05-03T10:12:00+02:00", "2024/05/03" at ``start``."""
    match = _ISO.match(text, start) or _SLASHED_ISO.match(text, start)
    if match is None:
        return None
    time = f"{match['h']}:{match['m']}" if match["h"] else None
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    return Atom(start, match.end(), "day", year, day, month, True, time, bare=True)


# --- mail headers -----------------------------------------------------------------------------------------------

_LABEL_END = re.compile(r"[^\n:]{0,24}:[*_]*[ \t\u00a0]*")
_LINE_LEAD = re.compile(r"[>*_#| \t\u00a0]*\Z")
_LONGEST_VALUE = 90
_MORE_THAN_A_WEEKDAY = re.compile(r"\d|\w+\W+\w+\W+\w+")
_CLOCK_IN_ISO = slice(11, 16)


@functools.cache
def _sent_labels() -> tuple[frozenset[str], frozenset[str]]:
    """The labels of a time of sending in all languages, and the words that they begin with."""
    labels = frozenset(label for label, field in vocabulary().labels.items() if field in {"sent", "date"})
    return labels, frozenset(re.split(r"[^a-zß-öø-ÿ]", label, maxsplit=1)[0] for label in labels) - {""}


def find_in_headers(prose: Prose) -> Iterator[Atom]:
    """The times of sending in mail headers, read as the mail headers themselves are ("Gesendet: Montag, 6. März …")."""
    labels, first_words = _sent_labels()
    for start, _ in prose.places(first_words):
        line = prose.text.rfind("\n", 0, start) + 1
        colon = _LABEL_END.match(prose.text, start) if start - line < 16 else None
        if colon is None or not _LINE_LEAD.match(prose.text, line, start):
            continue
        if colon[0].partition(":")[0].strip(" *_\t\u00a0").lower() in labels:
            yield from _sent(prose.text, colon.end())


def _sent(text: str, start: int) -> Iterator[Atom]:
    end = text.find("\n", start, start + _LONGEST_VALUE)
    value = text[start : end if end >= 0 else start + _LONGEST_VALUE].replace("\u00a0", " ").rstrip(" \t*_")
    moment = find_sent(value) if value and "  " not in value and "\t" not in value else None
    if moment is None or value[moment.end :].strip(" )."):
        return
    if _MORE_THAN_A_WEEKDAY.search(value, 0, moment.start):
        return
    day = dt.date.fromisoformat(moment.iso[:10])
    yield Atom(
        *(start + moment.start, start + moment.end, "day", day.year, day.day, day.month, True),
        moment.iso[_CLOCK_IN_ISO] or None,
    )


def is_fraction(number: int, month: int) -> bool:
    """ "1/2", "3/4": as likely a part of something as a day."""
    return number < month and month in {2, 3, 4, 5, 8, 10}


def counts_a_part(text: str, end: int) -> bool:
    """ "3/4 af", "1/2 time": the word behind a fraction."""
    return counts(text, end, "counted-fraction")
