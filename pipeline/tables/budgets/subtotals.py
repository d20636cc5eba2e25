"""Subtotals that no word marks: a row that is the sum of the rows right above it, in every column.

Accounts are full of them ("STY 1-5", "Efterstillede kapitalindskud", or a figure without a label); what they sum is not
to be added twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.tables.content.entries import Entry


def without_parts(rows: Sequence[Entry]) -> list[Entry]:
    """The rows, where those that a later one sums up are left out."""
    kept: list[Entry] = []
    for row in rows:
        parts = _summed(row, kept)
        if parts:
            del kept[-parts:]
        kept.append(row)
    return kept


def sums_before_parts(rows: Sequence[Entry]) -> list[Entry]:
    """The rows, where those that an earlier one sums up are left out: the name of their section prints their sum.

    Nothing where no row does.
    """
    kept: list[Entry] = []
    at = 0
    while at < len(rows):
        kept.append(rows[at])
        at += _summed_below(rows[at], rows[at + 1 :]) + 1
    return kept if len(kept) < len(rows) else []


def summed(row: Entry, above: list[Entry]) -> list[Entry]:
    """The rows right above ``row``, two at least, that it sums up in every column; none where there are no such."""
    count = _summed(row, above)
    return above[-count:] if count else []


def _summed_below(row: Entry, below: Sequence[Entry]) -> int:
    """How many of the rows right below ``row`` it sums up, two at least; 0 where none are."""
    return _summed(row, below[::-1])


def _summed(row: Entry, above: Sequence[Entry]) -> int:
    """How many of the rows right above ``row`` are summed by it, two at least; 0 where none are."""
    first = next((column for column, figure in row.figures.items() if figure.value.value), None)
    if first is None:
        return 0
    left, slack = row.figures[first].value.value, row.figures[first].quantum
    for count, part in enumerate(reversed(above), 1):
        if (figure := part.figures.get(first)) is not None:
            left -= figure.value.value
            slack += figure.quantum
        if count > 1 and 2 * abs(left) <= slack and all(_adds_up(row, above[-count:], n) for n in row.figures):
            return count
    return 0


def _adds_up(row: Entry, parts: Sequence[Entry], column: int) -> bool:
    total = row.figures[column]
    figures = [part.figures[column] for part in parts if column in part.figures]
    off = total.value.value - sum(figure.value.value for figure in figures)
    return 2 * abs(off) <= total.quantum + sum(figure.quantum for figure in figures)


def one_row_apart(rows: Sequence[Entry], column: int, expected: Decimal, found: Decimal, slack: Decimal) -> bool:
    """Whether a sum is off by just one of the rows, or by twice one: it is taken off, or is not among the parts."""
    figures = [row.figures[column].value.value for row in rows if column in row.figures]
    return any(abs(expected - found - part * times) <= slack for part in figures if part for times in (1, 2, -1))


def is_sum_of_one(row: Entry, near: Sequence[Entry], sums: Sequence[Entry], column: int) -> bool:
    """Whether a total below a single row is meant to be the sum of that row alone: other columns say so.

    One other column is enough at the end of a table without any other sum. Below other sums, which the total may take
    in, all others must say so, two different ones at least.
    """
    if len(near) != 1:
        return False
    others = [n for n, figure in row.figures.items() if n != column and figure.value.value and n in near[0].figures]
    held = [n for n in others if _adds_up(row, near, n)]
    if not sums:
        return len(held) > 0
    return len(held) == len(others) and len({row.figures[n].value.value for n in held}) >= 2


def is_near_one(row: Entry, near: Sequence[Entry], column: int) -> bool:
    """Whether a total may be a misprint of the single row above it: near to it, in the same columns."""
    if len(near) != 1 or near[0].figures.keys() != row.figures.keys():
        return False
    part, total = near[0].figures[column].value.value, row.figures[column].value.value
    return part * total > 0 and 2 * abs(part - total) <= abs(total)
