"""The typed values of filters: what "1,5mio", ">=2020-01" and "2019..2021" say. What fits no rule is refused.

Every reader gives a :class:`~index.tree.Span` in the units of the index (days as yyyymmdd, øre, thousandths of an FTE)
or raises ValueError with a sentence for the person who typed it.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from index.tree import Span

MONTHS = Path(__file__).parent / "lexicon" / "months.csv"
COMPARISON = re.compile(r"(>=|<=|>|<|=)?(.*)", re.DOTALL)
NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:\.\d{3})+|\d{1,18})(?:,(\d{1,6}))?")
POINTED = re.compile(r"([+-]?)(\d{1,9})\.(\d{1,2})")
SCALES = {
    "": 1, "kr": 1, "dkk": 1, "kroner": 1,
    "t": 10**3, "tkr": 10**3, "tusind": 10**3,
    "mio": 10**6, "mill": 10**6, "million": 10**6, "millioner": 10**6,
    "mia": 10**9, "milliard": 10**9, "milliarder": 10**9,
}  # fmt: skip
UNIT = re.compile(r"[a-zæøå.,-]*\Z")
MINUS = str.maketrans({"−": "-", "–": "-"})
ORE, THOUSANDTHS = 100, 1000
FIRST_YEAR, LAST_YEAR = 1600, 2400
YEAR = re.compile(r"\d{4}\Z")
MONTH = re.compile(r"(\d{4})-(\d{1,2})\Z")
DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z")
DANISH_DAY = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})\Z")
NAMED = re.compile(r"(?:(\d{1,2})\.?\s*)?([^\W\d_]+)\.?\s*(\d{4})\Z")

Ends = tuple[int, int]


def amount(text: str) -> Span:
    """Kroner, in øre: "500.000", "1,5mia", ">=1mio", "<0", "1mio..2mio"."""
    return _span(text, lambda value: _number(value, ORE, SCALES), _same_scale)


def fte(text: str) -> Span:
    """Full-time equivalents, in thousandths: "0,5", "<0", "1..2"."""
    return _span(text, lambda value: _number(value, THOUSANDTHS, {"": 1, "årsværk": 1, "fte": 1}))


def year(text: str) -> Span:
    """Years: "2020", "2019..2021", ">=2024"."""
    return _span(text, _year)


def date(text: str) -> Span:
    """Days, as yyyymmdd: "2020", "2020-01", "31-01-2020", "jan 2020", "<2021", "2020-01..2021"."""
    return _span(text, _days)


def _span(text: str, read: Callable[[str], Ends], check: Callable[[str, str], None] | None = None) -> Span:
    """A value, a comparison or a range; ``read`` gives the first and last number that a value covers."""
    text = " ".join(text.lower().translate(MINUS).split())
    low_text, dots, high_text = text.partition("..")
    if dots:
        if not (low_text or high_text):
            raise ValueError("a range needs at least one end: 1..2, 1.. or ..2")
        if check and low_text and high_text:
            check(low_text, high_text)
        span = Span(read(low_text)[0] if low_text else None, read(high_text)[1] if high_text else None)
        if span.low is not None and span.high is not None and span.low > span.high:
            raise ValueError(f"the range {text} is empty: its first end is above its second")
        return span
    match = COMPARISON.fullmatch(text)
    sign, value = (match[1], match[2].strip()) if match else ("", text)
    first, last = read(value)
    bounds = {">": (last + 1, None), ">=": (first, None), "<": (None, first - 1), "<=": (None, last)}
    return Span(*bounds.get(sign or "", (first, last)))


def _number(text: str, unit: int, scales: dict[str, int]) -> Ends:
    compact = text.replace(" ", "")
    match = NUMBER.match(compact)
    pointed = POINTED.match(compact)
    if pointed and (match is None or pointed.end() > match.end()):
        match = pointed
        if scales.get(_unit(compact[match.end() :]), 0) < 10**6:
            raise ValueError(f"{text!r} is no Danish number: write a decimal comma (1,5) or whole thousands (1.500)")
    if match is None:
        raise ValueError(f"{text!r} is no number: write it as 500.000, 1,5 or 1mio")
    name = _unit(compact[match.end() :])
    if name not in scales:
        raise ValueError(f"{text!r} is no number with a unit that is known here: {', '.join(filter(None, scales))}")
    decimals = match[3] or "0"
    value = Decimal(f"{match[1]}{match[2].replace('.', '')}.{decimals}")
    scaled = value * scales[name] * unit
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{text!r} has more decimals than are kept")
    if abs(scaled) >= 2**62:
        raise ValueError(f"{text!r} is too large")
    return int(scaled), int(scaled)


def _unit(rest: str) -> str:
    """ "mio.kr." as "mio", "t.kr." as "tkr": the name a scale is known by."""
    name = rest.removesuffix(",-").replace(".", "")
    for currency in ("kroner", "kr", "dkk"):
        if name.endswith(currency) and name not in ("tkr", currency):
            name = name.removesuffix(currency)
    return name


def _same_scale(low: str, high: str) -> None:
    """Refuses "1..2mio": it may mean 1 krone or 1 million."""
    low_unit, high_unit = UNIT.search(low), UNIT.search(high)
    scaled = high_unit is not None and SCALES.get(_unit(high_unit[0].replace(" ", "")), 1) > 1
    if scaled and low_unit is not None and not low_unit[0] and low.strip(" +-0,."):
        raise ValueError(f"{low}..{high} can be read in two ways: give both ends their unit, or write {low}kr")


def _year(text: str) -> Ends:
    if not YEAR.match(text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise ValueError(f"{text!r} is no year: write it as 2024")
    return int(text), int(text)


def _days(text: str) -> Ends:
    """The first and the last day that a date of any precision covers."""
    for form, read in (
        (YEAR, lambda m: (int(m[0]), None, None)),
        (MONTH, lambda m: (int(m[1]), int(m[2]), None)),
        (DAY, lambda m: (int(m[1]), int(m[2]), int(m[3]))),
        (DANISH_DAY, lambda m: (int(m[3]), int(m[2]), int(m[1]))),
        (NAMED, lambda m: (int(m[3]), months().get(m[2], 0), int(m[1]) if m[1] else None)),
    ):
        match = form.match(text)
        if match:
            return _ends(text, *read(match))
    raise ValueError(f'{text!r} is no date: write it as 2024, 2024-03, 2024-03-31, 31-03-2024 or "marts 2024"')


def _ends(text: str, in_year: int, month: int | None, day: int | None) -> Ends:
    try:
        if not FIRST_YEAR <= in_year <= LAST_YEAR:
            raise ValueError
        last_month = 12 if month is None else month
        last_day = calendar.monthrange(in_year, last_month)[1] if day is None else day
        first = dt.date(in_year, 1 if month is None else month, day or (1 if day is None else 0))
        last = dt.date(in_year, last_month, last_day)
    except ValueError:
        raise ValueError(f"{text!r} is no day, month or year of the calendar") from None
    return int(first.strftime("%Y%m%d")), int(last.strftime("%Y%m%d"))


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Danish and English names of the months with their numbers."""
    with MONTHS.open(encoding="utf-8", newline="") as file:
        return {name: int(row["month"]) for row in csv.DictReader(file) for name in row["names"].split()}
