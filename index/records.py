"""One record of a part as one whole number, so that a range over it asks for value, role and year of the same record.

The number is laid out as role (4 bits), year (9 bits), value (50 bits), the value shifted so that it is never
negative; role and year are 0 where any will do. A record is written once for each of the four ways to ask, so a query
for one role or any, and one year or any, is one range. Values are in øre for amounts and in thousandths for FTEs; those
beyond 50 bits (5,600 milliard kroner) count as the furthest that fits.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import get_args

from corpus.model import Role

VALUE_BITS = 50
YEAR_BITS = 9
HALF = 1 << (VALUE_BITS - 1)
# What is further from zero may count as the furthest that fits.
LARGEST = 562_900_000_000_000
ROLES = {role: number for number, role in enumerate(sorted(get_args(Role)), start=1)}
FIRST_YEAR = 1700
LAST_YEAR = FIRST_YEAR + (1 << YEAR_BITS) - 2
REMEMBERED = 1_000

assert len(ROLES) < 1 << 4
assert LARGEST < HALF - 1


def packed(values: Iterable[int], role: str | None, years: Iterable[int]) -> list[int]:
    """The numbers of a record: every way to ask for it. Years that the layout cannot hold are left out."""
    asked = _asked(role, tuple(years))
    shifted = [min(max(value, -HALF), HALF - 1) + HALF for value in values]
    return [number | value for value in shifted for number in asked]


@lru_cache(maxsize=REMEMBERED)
def _asked(role: str | None, years: tuple[int, ...]) -> tuple[int, ...]:
    """The ways to ask for a record: its numbers without the value."""
    kept = [0, *(year for year in years if FIRST_YEAR <= year <= LAST_YEAR)]
    return tuple(_number(place, year, 0) - HALF for place in {0, ROLES.get(role or "", 0)} for year in kept)


def span(low: int | None, high: int | None, role: str | None = None, year: int | None = None) -> tuple[int, int]:
    """First and last number of the records with a value in ``[low, high]`` (None: no limit) and this role and year.

    Raises KeyError for a role that is none and ValueError for a year outside FIRST_YEAR to LAST_YEAR.
    """
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"a year is between {FIRST_YEAR} and {LAST_YEAR}")
    place = 0 if role is None else ROLES[role]
    first = -HALF if low is None else low
    last = HALF - 1 if high is None else high
    return _number(place, year or 0, first), _number(place, year or 0, last)


def _number(place: int, year: int, value: int) -> int:
    shifted = min(max(value, -HALF), HALF - 1) + HALF
    since = year - FIRST_YEAR + 1 if year else 0
    return (place << (YEAR_BITS + VALUE_BITS)) | (since << VALUE_BITS) | shifted
