"""The date of a mail header, with the precision and the offset that are printed, and no more."""

from __future__ import annotations

import datetime as dt
import re

EARLIEST, LATEST = 1965, 2100
"""Years outside are a clock that was never set (1601) or a forgery (3609), and not when a mail was sent."""

# Three letters of the month in the languages of the mail programs that translated it, against RFC 5322.
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan ene gen jän tam",
            "feb fév fev hel",
            "mar mär mrz maa mrt",
            "apr avr abr huh",
            "may maj mai mag mei tou",
            "jun giu kes",
            "jul lug hei",
            "aug aoû aou ago elo",
            "sep set syy",
            "oct okt ott lok out",
            "nov",
            "dec dez déc des dic jou",
        ],
        1,
    )
    for name in names.split()
}
_LONGER = {"juin": 6, "juil": 7, "juillet": 7, "marras": 11, "marraskuu": 11}
_ZONES = {"ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "met": 60, "mez": 60}
_ZONES |= {"cest": 120, "mest": 120, "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "est": -300, "edt": -240}
_ZONES |= {"cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420}

_COMMENT = re.compile(r"\([^()]{0,200}\)")
_WORD = r"[^\W\d_]"
_WEEKDAY = rf"(?:{_WORD}{{2,12}}(?!\w)\.?\s*,?\s*(?:den\s+)?)?"
_TIME = r"(?:kl\.?\s*)?(?P<hour>\d{1,2})\s*[:.]\s*(?P<minute>\d\d)(?:\s*[:.]\s*(?P<second>\d\d))?(?:[.,]\d{1,9})?"
_TIME += r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
_ZONE = r"\s*(?P<zone>\S.{0,60})?"
_DAY = r"(?P<day>\d{1,2})"
_MONTH = rf"(?P<month>{_WORD}{{3,12}})\.?"
_YEAR = r"(?P<year>\d{4}|\d\d)(?!\d)"
_FORMS = [
    re.compile(form, re.DOTALL)
    for form in (
        rf"\s*{_WEEKDAY}{_DAY}\s*[.\s-]\s*{_MONTH}[\s,-]+{_YEAR}(?:[\s,]+{_TIME}{_ZONE})?\s*",
        rf"\s*{_WEEKDAY}{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}(?:[\s,]+{_TIME}{_ZONE})?\s*",
        rf"\s*{_WEEKDAY}{_MONTH}\s+{_DAY}\s+{_TIME}(?:\s+(?P<zone>{_WORD}{{1,5}}|[+-]\d{{4}}))?\s+{_YEAR}\s*",
        rf"\s*(?P<year>\d{{4}})[-/](?P<month>\d\d)[-/]{_DAY}(?:[T\s]+{_TIME}{_ZONE})?\s*",
    )
]
LONGEST = 500
"""Of a header that may be a date, with the comments behind it."""
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d\d):?(\d\d)(?!\d)", re.IGNORECASE)
_NAMED = re.compile(rf"\W?({_WORD}{{1,5}})(?!\w)")


def parse_date(value: str) -> str | None:
    """ISO 8601 of an unfolded Date header, local as printed; None for what is no date.

    Seconds, time and offset stand only where they are printed: "-0000" means that the offset is not known (RFC 5322).
    A weekday that does not fit is no fault of the date.
    """
    if len(value) > LONGEST:
        return None
    value = " ".join((_COMMENT.sub(" ", value) if "(" in value else value).split())
    found = next((match for form in _FORMS if (match := form.fullmatch(value))), None)
    if found is None:
        return None
    parts = found.groupdict()
    month = _month(parts["month"])
    year = _year(parts["year"])
    if month is None or not EARLIEST <= year <= LATEST:
        return None
    try:
        if parts["hour"] is None:
            return dt.date(year, month, int(parts["day"])).isoformat()
        hour = _hour(int(parts["hour"]), parts["half"])
        second = int(parts["second"] or 0)
        moment = dt.datetime(year, month, int(parts["day"]), hour, int(parts["minute"]), second)
    except ValueError:
        return None
    return moment.isoformat(timespec="seconds" if parts["second"] else "minutes") + _offset(parts["zone"])


def _month(name: str) -> int | None:
    if name.isdigit():
        return int(name)
    name = name.lower()
    return _LONGER.get(name) or _MONTHS.get(name[:3])


def _year(digits: str) -> int:
    """Two digits as RFC 5322, section 4.3: up to 49 this century, else the last."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)


def _hour(hour: int, half: str | None) -> int:
    if half is None or not 1 <= hour <= 12:
        return hour
    return hour % 12 + (12 if half[0] in "Pp" else 0)


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    if found := _OFFSET.match(zone):
        sign, hours, minutes = found.groups()
        unknown = sign == "-" and hours == minutes == "00"
        return "" if unknown or int(hours) > 14 or int(minutes) > 59 else f"{sign}{hours}:{minutes}"
    named = _NAMED.match(zone)
    shift = _ZONES.get(named.group(1).lower()) if named else None
    return "" if shift is None else f"{'-' if shift < 0 else '+'}{abs(shift) // 60:02}:{abs(shift) % 60:02}"
