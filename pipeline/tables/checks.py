"""The sums that a budget table promises: net changes, totals of rows, totals over years.

Printed figures are rounded, so a sum may be off by half the last printed digit for each figure that goes into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.model import Check, Line, LineValue, exact
from pipeline.tables.columns import ValueColumn
from pipeline.tables.labels import plain

CHANGES = frozenset({"saving", "efficiency", "investment"})
STOCKS = frozenset({"budget", "actual"})
SUMS = frozenset({"net", "total"})
PLAIN_TOTALS = frozenset(
    {"i alt", "ialt", "sum", "total", "totalt", "hovedtotal", "subtotal", "delsum", "netto", "samlet"}
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of a line with its ``quantum``: what one unit of the last printed digit is worth."""

    value: LineValue
    quantum: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """A line with its figures by column number. ``part_of``: a "heraf" row, already contained in another."""

    line: Line
    figures: dict[int, Figure]
    part_of: bool = False


def run_checks(entries: Sequence[Entry], columns: Sequence[ValueColumn]) -> list[Check]:
    """Every sum that can be checked, in print order."""
    checks: list[Check] = []
    for position, entry in enumerate(entries):
        if entry.line.unit is None or not entry.figures:
            continue
        checks += _over_years(entry, columns)
        if entry.line.role in SUMS:
            choices = _parts(entries, position)
            for column in columns:
                check = _column_check(entry, choices, column)
                if check is not None:
                    checks.append(check)
    return checks


def _parts(entries: Sequence[Entry], position: int) -> list[list[Entry]]:
    """The rows that a sum may be the sum of, most likely first: its group, back to the sum before; the whole table."""
    total = entries[position].line
    above = [e for e in entries[:position] if e.line.unit == total.unit and not e.part_of]
    rows = [e for e in above if e.line.role not in SUMS]
    changes = [e for e in rows if e.line.role not in STOCKS]
    since = above[max([n + 1 for n, e in enumerate(above) if e.line.role in SUMS], default=0) :]
    near = [e for e in since if e.line.role not in STOCKS | SUMS]
    group = [e for e in near if e.line.group == total.group]
    three = [e for e in changes if e.line.role in CHANGES]
    sums = [e for e in above if e.line.role in SUMS]
    if total.role == "net":
        return [three, group, near, changes, sums]
    return [group, near, changes, rows, sums, [e for e in since if e.line.role not in SUMS]]


def _column_check(entry: Entry, choices: list[list[Entry]], column: ValueColumn) -> Check | None:
    """The check against the first choice that holds. A sum that none explains fails only where the label is plain."""
    found = entry.figures.get(column.column)
    if found is None:
        return None
    made = []
    for choice in choices:
        figures = [e.figures[column.column] for e in choice if column.column in e.figures]
        if figures:
            made.append(_check(_rule(entry), figures, found, column))
    for check in made:
        if check.ok:
            return check
    if not made or not _promises(entry, choices[0], column):
        return None
    if entry.line.role == "total" and abs(made[0].expected - made[0].found) > abs(made[0].found) / 2:
        return None  # too far off for a misprint: it is the total of something else
    return made[0]


def _rule(entry: Entry) -> str:
    return "net" if entry.line.role == "net" else "total"


def _promises(entry: Entry, first: list[Entry], column: ValueColumn) -> bool:
    """Whether a miss is the document's: the parts are the three kinds of change, or rows right above a plain total."""
    figures = [e for e in first if column.column in e.figures]
    if entry.line.role == "net":
        return bool(figures)
    words = plain(entry.line.label)
    return len(figures) >= 2 and (words in PLAIN_TOTALS or words.startswith("i alt"))


def _check(rule: str, parts: Sequence[Figure], found: Figure, column: ValueColumn | None) -> Check:
    expected = sum((part.value.value for part in parts), Decimal(0))
    quantum = max([part.quantum for part in parts] + [found.quantum])
    terms = len(parts) + 1 if len(parts) > 1 else 0
    tolerance = quantum * terms / 2
    heading = column.heading if column else None
    return Check(
        rule=rule,
        expected=exact(expected),
        found=found.value.value,
        ok=abs(expected - found.value.value) <= tolerance,
        tolerance=exact(tolerance),
        year=heading.year if heading else None,
        column=found.value.column,
    )


def _over_years(entry: Entry, columns: Sequence[ValueColumn]) -> list[Check]:
    """A total column against the years before it. Årsværk are not added over years."""
    if entry.line.unit == "fte":
        return []
    checks: list[Check] = []
    dated = [c for c in columns if c.heading.year is not None]
    years = [c.heading.year for c in dated]
    if len(set(years)) != len(years) or len(years) < 2 or any(c.heading.role == "actual" for c in dated):
        return []
    for column in columns:
        if not column.heading.total or column.column not in entry.figures:
            continue
        parts = [entry.figures[c.column] for c in dated if c.column in entry.figures and c.column < column.column]
        if len(parts) >= 2:
            checks.append(_check("years", parts, entry.figures[column.column], column))
    return checks
