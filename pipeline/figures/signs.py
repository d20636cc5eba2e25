"""How a table prints what is saved: with a minus, as a lower expense, or without one, as a gain.

Two tables of which one says "Besparelse -300" and the other "Besparelse 300" cannot be added.
"""

from __future__ import annotations

from collections import Counter

from corpus.model import STAFF_UNITS, Table

SAVED = frozenset({"saving", "efficiency", "income"})
SPENT = frozenset({"investment", "expense", "construction"})


def signs_of(table: Table) -> str | None:
    """ "minus" where what is saved is negative and what is spent positive, "plus" the other way round.

    None where no row of money tells, or two rows tell otherwise.
    """
    told: Counter[str] = Counter()
    for line in table.lines:
        if line.unit is None or line.unit in STAFF_UNITS or line.role not in SAVED | SPENT:
            continue
        negative = [value.value < 0 for value in line.values if value.value]
        if negative and all(negative):
            told["minus" if line.role in SAVED else "plus"] += 1
        elif negative and not any(negative):
            told["plus" if line.role in SAVED else "minus"] += 1
    return next(iter(told)) if len(told) == 1 else None
