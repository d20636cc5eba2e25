"""The time of sending as mail programs print it, in ISO 8601."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.mail.labels import vocabulary

_DAY_MONTH = re.compile(
    r"(?<![\d.,:/])(\d{1,2})(?:\.|st|nd|rd|th)?[ \-]*(?:of )?([^\W\d_]{3,10})\.?[ ,\-]*(\d{4})(?!\d)"
)
_MONTH_DAY = re.compile(r"(?<!\w)([^\W\d_]{3,10})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.,:/])(\d{1,2})([-/.]) ?(\d{1,2})(?:\2 ?|[ \-])(\d{4}|\d{2})(?![\d:])")
_CLOCK = re.compile(
    r"(?<![\d+\-])(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,6})?)?(?!\d)\s*(?:([AaPp])\.?\s?[Mm]\b\.?)?"
)
_OFFSET = re.compile(r"\s*\(?(?:GMT|UTC)?\s?([+\-−])(\d{1,2}):?(\d{2})?(?!\d)")
_ZONE = re.compile(r"\s*\(?([A-Z]{1,4})\b")
_WORD = re.compile(r"[^\W\d_]+")
_HALF = re.compile(r"\d\s*[ap]\.?\s?m\b", re.IGNORECASE)
LONGEST = 200
CENTURY_TURN = 70


def parse_sent(value: str) -> str | None:
    """ "fredag den 21. februar 2020 08:29:12" -> "2020-02-21T08:29:12"; None for what fits no rule.

    The precision printed is kept: without a time the date alone, seconds and offset only where printed. Days come
    before months, as in Denmark. A month comes first only where it must: with AM or PM, or when the printed weekday
    fits that order alone. A weekday that fits no order is a misread date and gives None.
    """
    value = " ".join(value[:LONGEST].split())
    day = _date(value)
    if day is None:
        return None
    date, start, end = day
    clock = _CLOCK.search(value, end) or _CLOCK.search(value, 0, start)
    if clock is None:
        return date.isoformat()
    time = _time(clock)
    if time is None:
        return None
    return f"{date.isoformat()}T{time}{_offset(value, clock.end())}"


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
    if month_first and _HALF.search(value, found.end()):
        return month_first
    return day_first


def _placed(found: re.Match[str], year: int, month: int, day: int) -> tuple[dt.date, int, int] | None:
    try:
        return dt.date(year, month, day), found.start(), found.end()
    except ValueError:
        return None


def _weekday(before: str) -> int | None:
    weekdays = vocabulary().weekdays
    known = [weekdays[word] for word in map(str.casefold, _WORD.findall(before)) if word in weekdays]
    return known[-1] if known else None


def _time(found: re.Match[str]) -> str | None:
    hour, minute, second = int(found.group(1)), int(found.group(2)), found.group(3)
    half = (found.group(4) or "").casefold()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half == "a":
        return None
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        return None
    return f"{hour:02}:{minute:02}" + (f":{second}" if second else "")


def _offset(value: str, position: int) -> str:
    printed = _OFFSET.match(value, position)
    if printed:
        hours, minutes = int(printed.group(2)), int(printed.group(3) or 0)
        sign = "+" if printed.group(1) == "+" else "-"
        return f"{sign}{hours:02}:{minutes:02}" if hours <= 14 and minutes < 60 else ""
    named = _ZONE.match(value, position)
    east = vocabulary().zones.get(named.group(1).casefold()) if named else None
    return "" if east is None else f"+{east // 60:02}:{east % 60:02}"
