"""The time of sending as mail programs print it, in ISO 8601."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from pipeline.mail.labels import INVISIBLE, vocabulary

_DAY_MONTH = re.compile(
    r"(?<![\d.,:/])(\d{1,2})(?:\.|st|nd|rd|th|er|:e)?[ \-]*(?:of |de )?([^\W\d_]{3,12})\.?[ ,\-]*(?:de )?(\d{4})(?!\d)"
)
_MONTH_DAY = re.compile(r"(?<!\w)([^\W\d_]{3,10})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})(?!\d)")
_CTIME = re.compile(r"(?<!\w)([^\W\d_]{3})\.? +(\d{1,2}) \d{1,2}:\d\d(?::\d\d)?(?: [A-Z]{1,4})? (\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.,:/])(\d{1,2})([-/.]) ?(\d{1,2})(?:\2 ?|[ \-])(\d{4}|\d{2})(?![\d:])")
_CLOCK = re.compile(
    r"(?<![\d+\-])(\d{1,2})(?:[:.]|\s?h\s?)(\d{2})(?:[:.](\d{2})(?:[.,]\d{1,6})?)?(?!\d)\s*(?:([AaPp]\.?\s?[Mm]\b\.?|[a-z.]{2,12}))?"
)
_OFFSET = re.compile(r"\s*(?:Uhr\s+)?\(?(?:GMT|UTC)?\s?([+\-−])(\d{1,2}):?(\d{2})?(?!\d)")
_ZONE = re.compile(r"\s*(?:Uhr\s+)?\(?([A-Z]{1,4})\b")
_CLOCK_WORD = re.compile(r"\s*Uhr\b")
_WORD = re.compile(r"[^\W\d_]+")
_WITHOUT_INK = dict.fromkeys(map(ord, INVISIBLE))
LONGEST = 200
CENTURY_TURN = 70
LONGEST_WEEKDAY = 30


def parse_sent(value: str) -> str | None:
    """ "fredag den 21. februar 2020 08:29:12" -> "2020-02-21T08:29:12"; None for what fits no rule.

    The precision printed is kept: without a time the date alone, seconds and offset only where printed. Days come
    before months, as in Denmark. A month comes first only where it must: with AM or PM, or when the printed weekday
    fits that order alone. A weekday that fits no order is a misread date and gives None.
    """
    if not value.isascii():
        value = value.translate(_WITHOUT_INK)
    found = find_sent(" ".join(value[:LONGEST].split()))
    return found.iso if found else None


class Moment(NamedTuple):
    """A time as printed at ``value[start:end]``, weekday left out, zone included."""

    iso: str
    start: int
    end: int


def find_sent(value: str) -> Moment | None:
    """The first date in a value of single blanks, with the time of day behind or before it."""
    day = _date(value)
    if day is None:
        return None
    date, start, end = day
    clock = _CLOCK.search(value, end) or _CLOCK.search(value, 0, start)
    if clock is None:
        return Moment(date.isoformat(), start, end)
    time = _time(clock)
    if time is None:
        return None
    known = clock.group(4) is None or _half(clock) is not None
    offset, behind = _offset(value, clock.end() if known else clock.start(4))
    word = _CLOCK_WORD.match(value, behind)
    return Moment(
        f"{date.isoformat()}T{time}{offset}", min(start, clock.start()), max(end, word.end() if word else behind)
    )


def _date(value: str) -> tuple[dt.date, int, int] | None:
    months = vocabulary().months
    for found in _DAY_MONTH.finditer(value):
        month = months.get(found.group(2).casefold())
        if month:
            return _placed(found, int(found.group(3)), month, int(found.group(1)))
    for found in _MONTH_DAY.finditer(value):
        month = months.get(found.group(1).casefold())
        if month:
            return _placed(found, int(found.group(3)), month, int(found.group(2)))
    ctime = _CTIME.search(value)
    if ctime and ctime.group(1).casefold() in months:
        placed = _placed(ctime, int(ctime.group(3)), months[ctime.group(1).casefold()], int(ctime.group(2)))
        return placed and (placed[0], ctime.end(2), ctime.end(2))
    year_first = _YEAR_FIRST.search(value)
    if year_first:
        return _placed(year_first, *(int(year_first.group(group)) for group in (1, 3, 4)))
    numeric = _NUMERIC.search(value)
    return _numeric(value, numeric) if numeric else None


def _numeric(value: str, found: re.Match[str]) -> tuple[dt.date, int, int] | None:
    first, second, year = int(found.group(1)), int(found.group(3)), int(found.group(4))
    if len(found.group(4)) == 2:
        year += 2000 if year < CENTURY_TURN else 1900
    day_first, month_first = _placed(found, year, second, first), _placed(found, year, first, second)
    if found.group(2) != "/":
        month_first = None
    weekday = _weekday(value[: found.start()])
    if weekday is not None:
        fitting = [day for day in (day_first, month_first) if day and day[0].isoweekday() == weekday]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
    clock = _CLOCK.search(value, found.end())
    return month_first if month_first and clock and _half(clock) is not None else day_first


def _placed(found: re.Match[str], year: int, month: int, day: int) -> tuple[dt.date, int, int] | None:
    try:
        return dt.date(year, month, day), found.start(), found.end()
    except ValueError:
        return None


def _weekday(before: str) -> int | None:
    """The weekday right before a date, "onsdag den" too: what stands further away may be part of a name."""
    words = _WORD.findall(before[-LONGEST_WEEKDAY:].casefold())
    while words and words[-1] in vocabulary().openers and words[-1] not in vocabulary().weekdays:
        words.pop()
    return vocabulary().weekdays.get(words[-1]) if words else None


def _time(found: re.Match[str]) -> str | None:
    hour, minute, second = int(found.group(1)), int(found.group(2)), found.group(3)
    half = _half(found)
    if half is not None and hour <= 12:
        hour = hour % 12 + (12 if half else 0)
    elif half is False:
        return None
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        return None
    return f"{hour:02}:{minute:02}" + (f":{second}" if second else "")


def _half(clock: re.Match[str]) -> bool | None:
    """True behind a clock for the afternoon, False for the morning, None where the clock counts to 24."""
    printed = "".join((clock.group(4) or "").casefold().split()).rstrip(".")
    return vocabulary().halfdays.get(printed)


def _offset(value: str, position: int) -> tuple[str, int]:
    """The offset printed behind a clock ("" where there is none or no known one), and where it ends."""
    printed = _OFFSET.match(value, position)
    if printed:
        hours, minutes = int(printed.group(2)), int(printed.group(3) or 0)
        sign = "+" if printed.group(1) == "+" else "-"
        return (f"{sign}{hours:02}:{minutes:02}" if hours <= 14 and minutes < 60 else ""), printed.end()
    named = _ZONE.match(value, position)
    east = vocabulary().zones.get(named.group(1).casefold()) if named else None
    if named is None or east is None:
        return "", position
    hours, minutes = divmod(abs(east), 60)
    return f"{'-' if east < 0 else '+'}{hours:02}:{minutes:02}", named.end()
