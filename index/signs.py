"""Amounts and FTEs as they are asked for: whatever their sign, and all of it of one record."""

from __future__ import annotations

from typing import Any

import msgspec

from index import tree
from index.engines.base import AnyOf, Node, Range
from index.values import FIRST_YEAR, LAST_YEAR

# So many ranges ask for one amount of several roles and years.
MOST_RANGES = 250


def ranges(span: tree.Span) -> list[tuple[int | None, int | None]]:
    """The ranges of a span: one, or without the sign, one above nought and one below."""
    if not span.size:
        return [(span.low, span.high)]
    if not span.low:
        return [(None if span.high is None else -span.high, span.high)]
    return [(span.low, span.high), (None if span.high is None else -span.high, -span.low)]


def without_signs(node: Any) -> Any:
    """The tree with amounts and FTEs above a positive limit asked for without their sign; else the same tree."""
    if isinstance(node, tree.Group | tree.AllOf | tree.AnyOf):
        return msgspec.structs.replace(node, items=tuple(map(without_signs, node.items)))
    if not isinstance(node, tree.Filter | tree.OneRecord) or node.field not in tree.RECORDS:
        return node
    value = node.value
    if not isinstance(value, tree.Span) or not value.low or value.low < 0:
        return node
    return msgspec.structs.replace(node, value=tree.Span(value.low, value.high, size=True))


def one_record(item: tree.OneRecord) -> Node:
    """One amount or FTE of the part has the value, the role and the year: a range for each role, year and sign."""
    from index import records

    _check_size(item, records.LARGEST)
    years: list[int | None] = [year for span in item.years for year in _years(span)] if item.years else [None]
    ways = [
        records.span(low, high, role, year)
        for low, high in ranges(item.value or tree.Span(None, None))
        for role in (item.roles or (None,))
        for year in dict.fromkeys(years)
    ]
    if not ways or len(ways) > MOST_RANGES:
        raise tree.QueryError(
            "no figure is of so many roles and years, or of these years: ask for fewer", item.position
        )
    asked = tuple(Range(f"{item.field}_record", low, high) for low, high in ways)
    return asked[0] if len(asked) == 1 else AnyOf(asked)


def _check_size(item: tree.OneRecord, largest: int) -> None:
    """Refuses a value from which on records are no longer told apart."""
    ends = [end for end in (item.value.low, item.value.high) if end is not None] if item.value else []
    if any(abs(end) > largest for end in ends):
        most = "5.629 mia. kr." if item.field == "amount" else "562 mia. FTE"
        raise tree.QueryError(f"with a role or a year, values of at most {most} are asked for", item.position)


def _years(span: tree.Span) -> range:
    first = FIRST_YEAR if span.low is None else max(span.low, FIRST_YEAR)
    last = LAST_YEAR if span.high is None else min(span.high, LAST_YEAR)
    return range(first, last + 1)
