"""The deviation that accounts print beside budget and actual figures: the rows themselves tell how it is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from corpus.model import Check, exact
from pipeline.tables.content.columns import ValueColumn
from pipeline.tables.content.entries import Checked, Entry, Figure
from pipeline.tables.content.headings import DEVIATION

FEWEST = 2
"""So many rows have to agree on what a deviation is taken from before a row is told to be wrong."""

FEWEST_OVER_YEARS = 3

Way = Callable[[Entry], tuple[Figure, Figure] | None]


def deviation_checks(entries: Sequence[Entry], columns: Sequence[ValueColumn]) -> list[Checked]:
    """Checks of the one column of deviations, if most rows hold by just one of the ways to take them."""
    named = [column for column in columns if DEVIATION.fullmatch(column.heading.text)]
    printed = [column for column in named if any(column.column in entry.figures for entry in entries)]
    if len(printed) != 1:
        return []
    rows = [entry for entry in entries if printed[0].column in entry.figures]
    return _by(_ways(columns, printed[0]), rows, printed[0], FEWEST) or _by(
        _over_years(columns, printed[0]), rows, printed[0], FEWEST_OVER_YEARS
    )


def _by(ways: Iterable[Way], rows: Sequence[Entry], printed: ValueColumn, fewest: int) -> list[Checked]:
    """The checks by the one of some ways that most rows hold by, ``fewest`` at least; none where there is no such."""
    tried = [[_check(entry, way(entry), printed) for entry in rows] for way in ways]
    found = [[made for made in checks if made is not None] for checks in tried]
    held = [sum(check.ok and check.found != 0 for check, _ in checks) for checks in found]
    most = max(held, default=0)
    if most < fewest or held.count(most) > 1:
        return []
    way = held.index(most)
    if 2 * sum(check.ok for check, _ in found[way]) <= len(found[way]):
        return []
    return [made for each in zip(*tried, strict=True) if (made := _told(each, way)) is not None]


def _told(ways: Sequence[Checked | None], way: int) -> Checked | None:
    """A row's check, by the way that is taken; None where it does not hold and the row holds by another one."""
    made = ways[way]
    if made is None or made[0].ok:
        return made
    return None if any(other is not None and other[0].ok for other in ways) else made


def _ways(columns: Sequence[ValueColumn], printed: ValueColumn) -> Iterator[Way]:
    """Actual figures less each budget of their year, or of none ("Korrigeret budget"), and the other way round."""
    actual = [column for column in columns if column.heading.role == "actual" and column is not printed]
    budget = [column for column in columns if column.heading.role == "budget" and column is not printed]
    for one in actual:
        for other in budget:
            if one.heading.year == other.heading.year or None in {one.heading.year, other.heading.year}:
                yield partial(_pair, first=one.column, second=other.column)
                yield partial(_pair, first=other.column, second=one.column)


def _over_years(columns: Sequence[ValueColumn], printed: ValueColumn) -> Iterator[Way]:
    """What differs between the only two years of a table, either way: "Budget 2026", "Budget 2027", "Ændring"."""
    dated = [c for c in columns if c is not printed and c.heading.year is not None]
    if len(dated) == 2 and dated[0].heading.year != dated[1].heading.year:
        for one, other in (dated, dated[::-1]):
            yield partial(_pair, first=one.column, second=other.column)


def _pair(entry: Entry, first: int, second: int) -> tuple[Figure, Figure] | None:
    if first not in entry.figures or second not in entry.figures:
        return None
    return entry.figures[first], entry.figures[second]


def _check(entry: Entry, pair: tuple[Figure, Figure] | None, column: ValueColumn) -> Checked | None:
    if pair is None:
        return None
    found = entry.figures[column.column]
    expected = pair[0].value.value - pair[1].value.value
    tolerance = max(figure.quantum for figure in (*pair, found)) * Decimal("1.5")
    check = Check(
        rule="deviation",
        expected=exact(expected),
        found=found.value.value,
        ok=abs(expected - found.value.value) <= tolerance,
        tolerance=exact(tolerance),
        year=column.heading.year,
        column=found.value.column,
        unit=entry.line.unit,
    )
    return check, found.value.page
