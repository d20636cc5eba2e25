"""How a table prints what is saved: with a minus, as a lower expense, or without one, as a gain.

Two tables of which one says "Besparelse -300" and the other "Besparelse 300" cannot be added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.model import STAFF_UNITS, Line, Table
from pipeline.figures.sign_notes import Way, way_of_note

GAINED = frozenset({"saving", "efficiency"})
SAVED = GAINED | {"income"}
SPENT = frozenset({"investment", "expense", "construction"})


def signs_of(table: Table, listing: Way | None = None) -> list[Way | None]:
    """Of each line "minus" where what is saved is negative and what is spent positive, "plus" the other way round.

    The note of the table decides, else that of the summary that lists its proposal (``listing``), unless a row of
    savings is printed otherwise. Without them the rows tell; expenses with a minus do not, for a cut is printed so, and
    so is what something costs among gains. None where no row of money tells, or two rows tell otherwise. Where
    "Besparelse 300" and "Investering 500" stand in one table without a minus, and no sum of it that holds adds them,
    each of them has its own.
    """
    told = [_told(line) for line in table.lines]
    noted = way_of_note(table.sign_note) or listing
    gains = {way for line, way in zip(table.lines, told, strict=True) if line.role in GAINED and way is not None}
    if noted is not None and gains <= {noted}:
        return [noted] * len(told)
    kinds = set(told) - {None}
    if len(kinds) == 1:
        return [kinds.pop()] * len(told)
    ways = {(line.role in SAVED, way) for line, way in zip(table.lines, told, strict=True) if way}
    if ways == {(True, "plus"), (False, "minus")} and not _adds_up(table):
        return told
    return [None] * len(told)


def ways_of_proposals(tables: Sequence[Table], lists: Mapping[tuple[int, int], int]) -> dict[int, Way]:
    """By part, what the notes of the summaries that list a proposal say of signs.

    ``lists``: by table and line, the part of the proposal that is listed there. Where two notes differ, neither is
    taken.
    """
    found: dict[int, set[Way]] = {}
    for (number, _), part in lists.items():
        if (way := way_of_note(tables[number].sign_note)) is not None:
            found.setdefault(part, set()).add(way)
    return {part: ways.pop() for part, ways in found.items() if len(ways) == 1}


def _told(line: Line) -> Way | None:
    if line.unit is None or line.unit in STAFF_UNITS or line.role not in SAVED | SPENT:
        return None
    negative = [value.value < 0 for value in line.values if value.value]
    if not negative or len(set(negative)) > 1 or (negative[0] and line.role == "expense"):
        return None
    return "minus" if negative[0] == (line.role in SAVED) else "plus"


def _adds_up(table: Table) -> bool:
    """Whether a printed sum of money holds, so that its rows are meant to be added as they stand."""
    return any(check.ok and check.rule in ("net", "total") and check.unit not in STAFF_UNITS for check in table.checks)
