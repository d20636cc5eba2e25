"""Subtotals that no word marks: a row that is the sum of the rows right above it, in every column.

Accounts are full of them ("STY 1-5", "Efterstillede kapitalindskud", or a figure without a label); what they sum is not
to be added twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.tables.entries import Entry


def without_parts(rows: Sequence[Entry]) -> list[Entry]:
    """The rows, where those that a later one sums up are left out."""
    kept: list[Entry] = []
    for row in rows:
        parts = _summed(row, kept)
        if parts:
            del kept[-parts:]
        kept.append(row)
    return kept


def _summed(row: Entry, above: Sequence[Entry]) -> int:
    """How many of the rows right above ``row`` are summed by it, two at least; 0 where none are."""
    left = {column: figure.value.value for column, figure in row.figures.items()}
    if not any(left.values()):
        return 0
    slack = {column: figure.quantum / 2 for column, figure in row.figures.items()}
    for count, part in enumerate(reversed(above), 1):
        for column in left:
            figure = part.figures.get(column)
            left[column] -= figure.value.value if figure else Decimal(0)
            slack[column] += figure.quantum / 2 if figure else Decimal(0)
        if count > 1 and all(abs(left[column]) <= slack[column] for column in left):
            return count
    return 0


def one_row_apart(rows: Sequence[Entry], column: int, expected: Decimal, found: Decimal, slack: Decimal) -> bool:
    """Whether a sum is off by just one of the rows, or by twice one: it is taken off, or is not among the parts."""
    figures = [row.figures[column].value.value for row in rows if column in row.figures]
    return any(abs(expected - found - part * times) <= slack for part in figures if part for times in (1, 2, -1))
