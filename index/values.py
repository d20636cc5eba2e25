"""The typed values of filters: what "1,5mio", ">=2020-01" and "2019..2021" say. What fits no rule is refused.

Every reader gives a :class:`~index.tree.Span` in the units of the index (days as yyyymmdd, øre, thousandths of an FTE)
or raises Unreadable with a sentence for the person who typed it.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import difflib
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from corpus.patterns import late
from index.tree import Span

MONTHS = Path(__file__).parent / "lexicon" / "months.csv"
PERIODS = Path(__file__).parent / "lexicon" / "periods.csv"
COMPARISON = late(r"(>=|<=|=>|=<|>|<|=)?(.*)", re.DOTALL)
SIZE = late(r"\+-\s*")
UNTIL = late(r"\s*(?:\.{2,3}|\s(?:til|to)\s)\s*")
HYPHENED = late(r"(?<=[^\W_])\s*-\s*(?=[^\W_])")
NUMBER = late(r"([+-]?)\s?(\d{1,3}(?:(?:\.\d{3})+|(?: \d{3})+)(?!\d)|\d{1,18})(?:,(\d{1,6}))?")
POINTED = late(r"([+-]?)\s?(\d{1,9})\.(\d{1,2})")
CURRENCY_BEFORE = late(r"(?:kr\.?|dkk)\s*(?=[+-]?\d)")
SCALES = {
    "": 1, "kr": 1, "dkk": 1, "kroner": 1,
    "t": 10**3, "tkr": 10**3, "tusind": 10**3,
    "mio": 10**6, "mill": 10**6, "million": 10**6, "millioner": 10**6,
    "mia": 10**9, "milliard": 10**9, "milliarder": 10**9,
}  # fmt: skip
STAFF = {"": 1, "årsværk": 1, "fte": 1}
UNIT = late(r"[a-zæøå.,-]*\Z")
MINUS = str.maketrans({"−": "-", "–": "-"})
ORE, THOUSANDTHS = 100, 1000
ORE_DIGITS = 2
# No figure, decision or date is tied to a year before or after these; papers have days of more of them.
FIRST_YEAR, LAST_YEAR = 1900, 2099
FIRST_DAY, LAST_DAY = 16000101, 21991231
YEAR = late(r"\d{4}\Z")
SHORT_YEAR = late(r"\d{2}\Z")
# "70" is rather 1970.
YOUNGEST_SHORT = "70"
MONTH = late(r"(\d{4})[-./](\d{1,2})\Z")
DAY = late(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})\Z")
DANISH_MONTH = late(r"(\d{1,2})[-./](\d{4})\Z")
DANISH_DAY = late(r"(\d{1,2})[-./]\s?(\d{1,2})[-./]\s?(\d{4})\Z")
NAMED = late(r"(?:(?:d\.|den)?\s*(\d{1,2})\.?\s*)?([^\W\d_]+)\.?\s*(\d{4})\Z")
YEAR_FIRST = late(r"(\d{4})\s+([^\W\d_]+)\.?\Z")
# "2. kvartal 2024", "første halvår 2024", "Q2 2024", "2024-Q2", "2024K2".
PERIOD = late(r"(?:(\d)\.?|([^\W\d_]+))\s*([^\W\d_]+)\.?\s*(\d{4})\Z")
LETTERED = late(r"([^\W\d_])(\d)[-\s]?(\d{4})\Z")
LETTERED_AFTER = late(r"(\d{4})[-\s]?([^\W\d_])(\d)\Z")
ORDINALS = {"første": 1, "anden": 2, "andet": 2, "tredje": 3, "fjerde": 4}
NEAR_UNIT = 0.7
# A number from here on may be written out beside one in millions ("500.000..1mio").
WRITTEN_OUT = 1000

Ends = tuple[int, int]


class Unreadable(ValueError):  # noqa: N818 - said in prose
    """A value that cannot be read; ``instead`` is what was perhaps meant, as it can be typed, for ``part`` of the value
    (None: for all of it)."""

    def __init__(self, message: str, instead: str | None = None, part: str | None = None) -> None:
        super().__init__(message)
        self.instead, self.part = instead, part


class Kind(NamedTuple):
    """How values of a kind are read: ``ends`` gives the first and last number that one covers, ``after`` and ``before``
    the numbers beside one. ``sign``: a value may be asked for without its sign; ``check`` looks at a range as typed;
    ``within``: the first and the last number that anything has, with the words for both and for what they are."""

    ends: Callable[[str], Ends]
    after: Callable[[int], int] = lambda number: number + 1
    before: Callable[[int], int] = lambda number: number - 1
    sign: bool = False
    check: Callable[[str, str], None] = lambda low, high: None
    within: tuple[int, int, str, str, str] | None = None


def amount(text: str) -> Span:
    """Kroner, in øre: "500.000", "1,5mia", ">=1mio", "<0", "1mio..2mio", "±2mio"."""
    return _span(text, Kind(_kroner, sign=True, check=_same_scale))


def fte(text: str) -> Span:
    """Full-time equivalents, in thousandths: "0,5", "<0", "1..2", "±1"."""
    return _span(text, Kind(lambda value: _number(value, THOUSANDTHS, STAFF), sign=True))


def year(text: str) -> Span:
    """Years: "2020", "2019..2021", ">=2024"."""
    return _span(text, Kind(_year, within=(FIRST_YEAR, LAST_YEAR, str(FIRST_YEAR), str(LAST_YEAR), "the years")))


def date(text: str) -> Span:
    """Days, as yyyymmdd: "2020", "2020-01", "31-01-2020", "jan 2020", "2. kvartal 2020", "<2021", "2020-01..2021"."""
    within = (FIRST_DAY, LAST_DAY, str(FIRST_DAY // 10_000), str(LAST_DAY // 10_000), "the days")
    after, before = (lambda day: _shifted(day, 1)), (lambda day: _shifted(day, -1))
    return _span(text, Kind(_days, after=after, before=before, within=within))


def _span(text: str, kind: Kind) -> Span:
    """A value, a comparison or a range, with the sign or without."""
    text = " ".join(text.lower().translate(MINUS).split())
    match = COMPARISON.fullmatch(text)
    comparison, rest = (match[1] or "", match[2].strip()) if match else ("", text)
    if not rest and comparison:
        raise Unreadable(f"a number or a date must stand right after {comparison}")
    size = SIZE.match(rest) if kind.sign else None
    rest = rest[size.end() :] if size else rest
    try:
        span = _between(comparison, rest, kind)
    except Unreadable as error:
        raise Unreadable(str(error), _meant(error, comparison, size, rest) or _with_points(text, kind)) from None
    if size:
        if (span.low or 0) < 0 or (span.high or 0) < 0:
            raise Unreadable("± stands for a number without its sign; write the number without one")
        return Span(span.low, span.high, size=True)
    return span


def _meant(error: Unreadable, comparison: str, size: re.Match[str] | None, rest: str) -> str | None:
    """What was perhaps meant instead of a value, with the sign before it; a range has no comparison."""
    if error.instead is None:
        return None
    sign = "+-" if size else ""
    if error.part is None:
        return f"{sign}{error.instead}"
    return f"{comparison}{sign}{rest.replace(error.part, error.instead, 1)}"


def _between(comparison: str, text: str, kind: Kind) -> Span:
    ends = UNTIL.split(text)
    if len(ends) == 1:
        first, last = kind.ends(text)
        _check_within(kind, first, last, comparison)
        bounds: dict[str, tuple[int | None, int | None]] = {
            ">": (kind.after(last), None), ">=": (first, None), "=>": (first, None),
            "<": (None, kind.before(first)), "<=": (None, last), "=<": (None, last),
        }  # fmt: skip
        return Span(*bounds.get(comparison, (first, last)))
    if comparison not in ("", "="):
        raise Unreadable(f"{comparison} and a range (..) cannot stand together", f"{ends[0]}..{ends[1]}")
    if len(ends) > 2 or not any(ends):
        raise Unreadable("a range has one end or two: 1..2, 1.. or ..2")
    low, high = ends
    if low and high:
        kind.check(low, high)
    for end in filter(None, (low, high)):
        _check_within(kind, *kind.ends(end))
    span = Span(kind.ends(low)[0] if low else None, kind.ends(high)[1] if high else None)
    if span.low is not None and span.high is not None and span.low > span.high:
        raise Unreadable(f"the range {text} is empty: its first end is above its second", f"{high}..{low}")
    return span


def _check_within(kind: Kind, low: int, high: int, comparison: str = "") -> None:
    """Refuses what nothing can have. A limit out there would mean "all" or "none", whatever was meant with it."""
    if kind.within is None:
        return
    least, most, first, last, called = kind.within
    if low < least or high > most:
        raise Unreadable(f"{called} are from {first} to {last} here; a limit further out can be left out")
    if (comparison == ">" and high == most) or (comparison == "<" and low == least):
        raise Unreadable(f"{called} are from {first} to {last} here: none is {comparison} that")


def _with_points(text: str, kind: Kind) -> str | None:
    """ "2019-2021" as the range "2019..2021", if that can be read."""
    for joint in HYPHENED.finditer(text):
        instead = f"{text[: joint.start()]}..{text[joint.end() :]}"
        try:
            _between("", instead, kind)
        except ValueError:
            continue
        return instead
    return None


# --- numbers --------------------------------------------------------------------------------------------------


def _kroner(text: str) -> Ends:
    text = CURRENCY_BEFORE.sub("", text, count=1) if CURRENCY_BEFORE.match(text) else text
    return _number(text, ORE, SCALES)


def _number(text: str, unit: int, scales: dict[str, int]) -> Ends:
    match = NUMBER.match(text)
    pointed = POINTED.match(text)
    if pointed and (match is None or pointed.end() > match.end()):
        match = pointed
        if scales.get(_unit(text[match.end() :]), 0) < 10**6:
            raise Unreadable(
                f"{text!r} is no Danish number: write a decimal comma (1,5) or whole thousands (1.500)",
                text.replace(".", ",", 1),
                text,
            )
    if match is None:
        raise Unreadable(f"{text!r} is no number: write it as 500.000, 1,5 or 1mio")
    name = _unit(text[match.end() :])
    if name not in scales:
        near = difflib.get_close_matches(name, filter(None, scales), n=1, cutoff=NEAR_UNIT) if name.isalpha() else ()
        raise Unreadable(
            f"{text!r} is no number with a unit that is known here: {', '.join(filter(None, scales))}",
            f"{text[: match.end()]}{near[0]}" if near else None,
            text,
        )
    decimals = match[3] or "0"
    if unit == ORE and scales[name] == 1 and len(decimals) > ORE_DIGITS:
        whole = f"{match[1]}{match[2]}.{decimals}{text[match.end() :]}"
        raise Unreadable(
            f"{text!r} has more decimals than øre: thousands have a point (1.500), decimals a comma", whole, text
        )
    value = Decimal(f"{match[1]}{re.sub('[. ]', '', match[2])}.{decimals}")
    scaled = value * scales[name] * unit
    if scaled != scaled.to_integral_value():
        raise Unreadable(f"{text!r} has more decimals than are kept")
    if abs(scaled) >= 2**62:
        raise Unreadable(f"{text!r} is too large")
    return int(scaled), int(scaled)


def _unit(rest: str) -> str:
    """ "mio.kr." as "mio", "t.kr." as "tkr": the name a scale is known by."""
    name = rest.replace(" ", "").removesuffix(",-").replace(".", "")
    for currency in ("kroner", "kr", "dkk"):
        if name.endswith(currency) and name not in ("tkr", currency):
            name = name.removesuffix(currency)
    return name


def _same_scale(low: str, high: str) -> None:
    """Refuses "1..2mio": it may mean 1 krone or 1 million. "500.000..1mio" can mean kroner only."""
    low_unit, high_unit = UNIT.search(low), UNIT.search(high)
    scaled = high_unit is not None and SCALES.get(_unit(high_unit[0]), 1) > 1
    if high_unit and scaled and low_unit is not None and not low_unit[0] and low.strip(" +-0,."):
        if _is_written_out(low, high, high_unit[0]):
            return
        message = f"{low}..{high} can be read in two ways: give both ends their unit, or write {low}kr"
        raise Unreadable(message, f"{low}{high_unit[0]}..{high}")


def _is_written_out(low: str, high: str, unit: str) -> bool:
    """Whether a number without a unit beside one with it is in kroner: in the other's unit it would be none, for it
    would be above the upper end, or millions of millions."""
    kroner = abs(_kroner(low)[0]) // ORE
    return kroner >= SCALES["mio"] or (kroner >= WRITTEN_OUT and _kroner(f"{low}{unit}")[0] > _kroner(high)[0])


# --- years and days -------------------------------------------------------------------------------------------


def _year(text: str) -> Ends:
    if not YEAR.match(text):
        instead = f"{'20' if text < YOUNGEST_SHORT else '19'}{text}" if SHORT_YEAR.match(text) else None
        raise Unreadable(f"{text!r} is no year: write it as 2024", instead, text)
    return int(text), int(text)


def _days(text: str) -> Ends:
    """The first and the last day that a date of any precision covers."""
    period = _period(text)
    if period is not None:
        return period
    for form, read in (
        (YEAR, lambda m: (int(m[0]), None, None)),
        (MONTH, lambda m: (int(m[1]), int(m[2]), None)),
        (DAY, lambda m: (int(m[1]), int(m[2]), int(m[3]))),
        (DANISH_MONTH, lambda m: (int(m[2]), int(m[1]), None)),
        (DANISH_DAY, lambda m: (int(m[3]), int(m[2]), int(m[1]))),
        (NAMED, lambda m: (int(m[3]), months().get(m[2], 0), int(m[1]) if m[1] else None)),
        (YEAR_FIRST, lambda m: (int(m[1]), months().get(m[2], 0), None)),
    ):
        match = form.match(text)
        if match:
            return _ends(text, *read(match))
    raise Unreadable(f'{text!r} is no date: write it as 2024, 2024-03, 2024-03-31, 31-03-2024 or "marts 2024"')


def _period(text: str) -> Ends | None:
    """The first and the last day of a quarter or a half-year; None for what is named in no such way."""
    if match := PERIOD.match(text):
        number, name, in_year = int(match[1] or ORDINALS.get(match[2], 0)), match[3], int(match[4])
        known = len(name) > 1 and bool(match[1] or match[2] in ORDINALS)
    elif match := LETTERED.match(text):
        name, number, in_year, known = match[1], int(match[2]), int(match[3]), True
    elif match := LETTERED_AFTER.match(text):
        in_year, name, number, known = int(match[1]), match[2], int(match[3]), True
    else:
        return None
    months_long = periods().get(name)
    if months_long is None or not known:
        return None
    if not 1 <= number <= 12 // months_long:
        raise Unreadable(f"{text!r} is no quarter and no half of a year")
    last = number * months_long
    return _ends(text, in_year, last - months_long + 1, None)[0], _ends(text, in_year, last, None)[1]


def _ends(text: str, in_year: int, month: int | None, day: int | None) -> Ends:
    try:
        last_month = 12 if month is None else month
        last_day = calendar.monthrange(in_year, last_month)[1] if day is None else day
        first = dt.date(in_year, 1 if month is None else month, day or (1 if day is None else 0))
        last = dt.date(in_year, last_month, last_day)
    except ValueError:
        raise Unreadable(f"{text!r} is no day, month or year of the calendar") from None
    return _packed(first), _packed(last)


def _packed(day: dt.date) -> int:
    return int(day.strftime("%Y%m%d"))


def day_of(number: int) -> dt.date:
    """The day of a yyyymmdd."""
    return dt.date(number // 10_000, number // 100 % 100, number % 100)


def _shifted(number: int, days: int) -> int:
    return _packed(day_of(number) + dt.timedelta(days=days))


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Danish and English names of the months with their numbers."""
    with MONTHS.open(encoding="utf-8", newline="") as file:
        return {name: int(row["month"]) for row in csv.DictReader(file) for name in row["names"].split()}


@lru_cache(maxsize=1)
def periods() -> dict[str, int]:
    """Names of the quarters and halves of a year with their length in months."""
    with PERIODS.open(encoding="utf-8", newline="") as file:
        return {name: int(row["months"]) for row in csv.DictReader(file) for name in row["names"].split()}
