"""The total over the years that a row prints: of the years alone, or with "Tidligere år" beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.model import STAFF_UNITS, Check
from pipeline.tables.content.columns import ValueColumn
from pipeline.tables.content.entries import Entry, Figure
from pipeline.tables.content.headings import is_open_years, says_change

FEWEST = 2
"""So many rows have to agree on whether open years are added before a row is told to be wrong."""

Made = Callable[[Entry, Sequence[Figure], ValueColumn, str], Check]


def year_checks(entries: Sequence[Entry], columns: Sequence[ValueColumn], check: Made) -> list[list[Check]]:
    """For each row, its totals against the columns before them. None of staff, nor of a row with a refused summand."""
    found: list[list[Check]] = [[] for _ in entries]
    if not _are_added(columns):
        return found
    for total in (column for column in columns if column.heading.total):
        before = [column for column in columns if column.column < total.column]
        dated = {column.column for column in before if column.heading.year is not None}
        opened = {column.column for column in before if is_open_years(column.heading.text)}
        ways = [dated | opened, dated] if opened else [dated]
        tried = [[_tried(entry, total, way, before, check) for way in ways] for entry in entries]
        if says_change(total.heading.text) and not _mostly_held(tried):
            continue  # "Ændring 2026-27" is what the two years differ by
        way = _agreed(tried) if opened else 0
        for checks, made in zip(found, tried, strict=True):
            held = next((each for each in made if each is not None and each.ok), None)
            chosen = held or (made[way] if way is not None else None)
            checks += [chosen] if chosen is not None else []
    return found


def _are_added(columns: Sequence[ValueColumn]) -> bool:
    """Whether a total column may be the sum of the years: two at least, each once, none of them closed."""
    dated = [c.heading for c in columns if c.heading.year is not None]
    years = {heading.year for heading in dated}
    return len(years) == len(dated) >= 2 and not any(heading.role == "actual" for heading in dated)


def _tried(entry: Entry, total: ValueColumn, way: set[int], before: Sequence[ValueColumn], check: Made) -> Check | None:
    counts = entry.line.unit is None or entry.line.unit in STAFF_UNITS
    if counts or total.column not in entry.figures or not entry.lost.isdisjoint(c.column for c in before):
        return None
    parts = [entry.figures[column] for column in sorted(way) if column in entry.figures]
    return check(entry, parts, total, "years") if len(parts) >= 2 else None


def _mostly_held(tried: Sequence[Sequence[Check | None]]) -> bool:
    made = [any(check.ok for check in checks if check is not None) for checks in tried if any(checks)]
    return 2 * sum(made) > len(made)


def _agreed(tried: Sequence[Sequence[Check | None]]) -> int | None:
    """Which of two ways to add the rows hold by; None where it is not sure. Rows that hold by both say nothing."""
    held = [0, 0]
    for made in tried:
        ok = [check is not None and check.ok for check in made]
        if ok[0] != ok[1]:
            held[ok.index(True)] += 1
    best = held.index(max(held))
    return best if held[best] >= FEWEST and held[best] > 2 * held[1 - best] else None
