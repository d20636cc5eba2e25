"""How a table prints what is saved: with a minus, as a lower expense, or without one, as a gain.

Two tables of which one says "Besparelse -300" and the other "Besparelse 300" cannot be added.
"""

from __future__ import annotations

from corpus.model import STAFF_UNITS, Line, Table

SAVED = frozenset({"saving", "efficiency", "income"})
SPENT = frozenset({"investment", "expense", "construction"})


def signs_of(table: Table) -> list[str | None]:
    """Of each line "minus" where what is saved is negative and what is spent positive, "plus" the other way round.

    None where no row of money tells, or two rows tell otherwise. Where "Besparelse 300" and "Investering 500" stand in
    one table without a minus, and no sum of it that holds adds them, each of them has its own.
    """
    told = [_told(line) for line in table.lines]
    kinds = set(told) - {None}
    if len(kinds) == 1:
        return [kinds.pop()] * len(told)
    ways = {(line.role in SAVED, way) for line, way in zip(table.lines, told, strict=True) if way}
    if ways == {(True, "plus"), (False, "minus")} and not _adds_up(table):
        return told
    return [None] * len(told)


def _told(line: Line) -> str | None:
    if line.unit is None or line.unit in STAFF_UNITS or line.role not in SAVED | SPENT:
        return None
    negative = [value.value < 0 for value in line.values if value.value]
    if not negative or len(set(negative)) > 1:
        return None
    return "minus" if negative[0] == (line.role in SAVED) else "plus"


def _adds_up(table: Table) -> bool:
    """Whether a printed sum of money holds, so that its rows are meant to be added as they stand."""
    return any(check.ok and check.rule in ("net", "total") and check.unit not in STAFF_UNITS for check in table.checks)
