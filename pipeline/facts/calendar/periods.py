"""The calendar behind the words: which days a quarter, a season, a week or a school year covers.

Weeks are those of ISO 8601. Seasons are meteorological; a winter that is named by one year ("vinteren 2020") is the
one that ends in it, as the Danish Meteorological Institute names them. A school year is 1 August to 31 July. Primo,
medio and ultimo are the first, middle and last ten days of a month, or the first, sixth and last month of a year.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools

Span = tuple[dt.date, dt.date]

EARLIEST, LATEST = 1600, 2199
# A date without a year is one of the reference date's own year, but across New Year when that is far nearer.
FAR = 243


def day(year: int, month: int, number: int) -> Span | None:
    """One day, or None for 31 February."""
    try:
        date = dt.date(year, month, number)
    except ValueError:
        return None
    return date, date


@functools.cache
def years(first: int, last: int) -> Span:
    """From 1 January of one year to 31 December of another."""
    return dt.date(first, 1, 1), dt.date(last, 12, 31)


def months(year: int, first: int, last: int) -> Span:
    """From the first day of one month to the last day of another of the same year."""
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def quarter(year: int, number: int) -> Span | None:
    """Quarter 1 to 4."""
    return months(year, 3 * number - 2, 3 * number) if 1 <= number <= 4 else None


def half_year(year: int, number: int) -> Span | None:
    """Half-year 1 or 2."""
    return months(year, 6 * number - 5, 6 * number) if 1 <= number <= 2 else None


def season(year: int, first_month: int) -> Span:
    """The season that begins with month 3, 6, 9 or 12; a winter begins in December of the year before."""
    if first_month != 12:
        return months(year, first_month, first_month + 2)
    return dt.date(year - 1, 12, 1), months(year, 2, 2)[1]


def week(year: int, number: int) -> Span | None:
    """Monday to Sunday of an ISO week, or None where the year has no such week."""
    try:
        return dt.date.fromisocalendar(year, number, 1), dt.date.fromisocalendar(year, number, 7)
    except ValueError:
        return None


def school_year(year: int) -> Span:
    """1 August of ``year`` to 31 July of the next."""
    return dt.date(year, 8, 1), dt.date(year + 1, 7, 31)


def third_of_month(year: int, month: int, third: int) -> Span:
    """Primo, medio, ultimo (0, 1, 2) of a month: days 1-10, 11-20, and the last ten."""
    last = calendar.monthrange(year, month)[1]
    first = (1, 11, last - 9)[third]
    return dt.date(year, month, first), dt.date(year, month, (10, 20, last)[third])


def third_of_year(year: int, third: int) -> Span:
    """Primo, medio, ultimo (0, 1, 2) of a year: January, June, December."""
    month = (1, 6, 12)[third]
    return months(year, month, month)


def full_year(printed: str) -> int:
    """A printed year of four or two digits: "21" is 2021, "98" is 1998."""
    number = int(printed.lstrip("'’"))
    if len(printed.lstrip("'’")) > 2:
        return number
    return number + (2000 if number < 50 else 1900)


def nearest_year(month: int, number: int, reference: dt.date, weekday: int | None = None) -> int | None:
    """The year of a day without one.

    With a weekday printed it is the year around the reference in which the day falls on it; None when there is none, or
    when it lies more than eight months off: the weekday may as well be misprinted.
    Else it is the reference's own year, unless that lies more than eight months off and the turn of the year is nearer.
    """
    years = (reference.year, reference.year - 1, reference.year + 1)
    dates = {year: span[0] for year in years if (span := day(year, month, number))}
    if weekday is not None:
        near = {year: date for year, date in dates.items() if abs(date - reference).days <= FAR}
        fits = [year for year, date in near.items() if date.weekday() == weekday]
        return min(fits, key=lambda year: abs(dates[year] - reference), default=None)
    own = dates.get(reference.year)
    if own is None:
        return reference.year
    return own.year if abs(own - reference).days <= FAR else min(dates, key=lambda year: abs(dates[year] - reference))
