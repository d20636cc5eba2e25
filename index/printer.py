"""A query's tree as text again: what is typed to be understood so. Reading it gives the same tree."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from itertools import zip_longest

from index import fields
from index.tree import (
    AllOf,
    AnyOf,
    Filter,
    Fuzzy,
    Group,
    Name,
    Near,
    Node,
    OneOf,
    OneRecord,
    Phrase,
    Prefix,
    Span,
    Without,
    Words,
)
from index.values import ORE, THOUSANDTHS, day_of

UNITS = {"amount": ORE, "fte": THOUSANDTHS}
# How tight things hold together, and below which something stands in parentheses inside them.
TIGHT: dict[type[Node], int] = {AnyOf: 1, AllOf: 2, Group: 3, Without: 4}
LEAF = 5


def printed(node: Node) -> str:
    """The query, with its values written out."""
    match node:
        case Words(text=text):
            return text
        case Phrase(text=text):
            return f'"{text}"'
        case Near(text=text, slop=slop):
            return f'"{text}"~{slop}'
        case Prefix(text=text):
            return f"{text}*"
        case Fuzzy(text=text, distance=distance):
            return f"{text}~{distance}"
        case Filter(field=field, value=value):
            return fields.written(field, value_text(field, value))
        case OneRecord():
            return f"{node.field}:({' '.join(conditions(node))})"
        case Without(item=item):
            return f"NOT {_inside(item, LEAF - 1)}"
        case AnyOf(items=items):
            return " OR ".join(_inside(item, TIGHT[AnyOf] + 1) for item in items)
        case AllOf(items=items):
            return " AND ".join(_inside(item, TIGHT[AllOf] + 1) for item in items)
        case Group(items=items):
            return " ".join(_beside(item, after) for item, after in zip_longest(items, items[1:]))
    raise TypeError(f"no such node in a query: {node!r}")


def _inside(item: Node, least: int) -> str:
    return printed(item) if TIGHT.get(type(item), LEAF) >= least else f"({printed(item)})"


def _beside(item: Node, after: Node | None) -> str:
    """In a group: a value that the next word could belong to is put in quotes, for it does not."""
    if isinstance(item, Filter) and isinstance(item.value, Span) and isinstance(after, Words):
        value = value_text(item.field, item.value)
        if fields.can_read(fields.fields()[item.field], f"{value} {after.text}"):
            return f'{item.field}:"{value}"'
    return _inside(item, TIGHT[Group] + 1)


def conditions(node: OneRecord) -> Iterable[str]:
    """What one record is asked for, each as it is typed."""
    if node.value is not None:
        yield value_text(node.field, node.value)
    if node.roles:
        yield f"role:{','.join(node.roles)}"
    if node.years:
        yield f"year:{','.join(value_text('year', years) for years in node.years)}"


def value_text(field: str, value: Name | Span | OneOf) -> str:
    """The value of a filter, without quotes."""
    if isinstance(value, OneOf):
        return ",".join(value_text(field, one) for one in value.values)
    if isinstance(value, Name):
        return f"{value.text}*" if value.prefix else value.text
    return _span(field, value)


def _span(field: str, span: Span) -> str:
    sign = "±" if span.size else ""
    low, high = span.low, span.high
    if field == "date" and low is not None and high is not None and (whole := _whole(low, high)):
        return whole
    if low is not None and high is not None:
        ends = _number(field, low) if low == high else f"{_number(field, low)}..{_number(field, high)}"
        return f"{sign}{ends}"
    end, beyond, compared = (high, 1, "<") if low is None else (low, -1, ">")
    assert end is not None
    unit = UNITS.get(field, 1)
    if end % unit and (end + beyond) % unit == 0 and not (span.size and end + beyond < 0):  # "<0" is up to -1 øre
        return f"{compared}{sign}{_number(field, end + beyond)}"
    return f"{compared}={sign}{_number(field, end)}"


def _whole(first: int, last: int) -> str | None:
    """The month or the year that has these days."""
    begin, end = day_of(first), day_of(last)
    if begin.day != 1 or begin.year != end.year:
        return None
    if (begin.month, end.month, end.day) == (1, 12, 31):
        return f"{begin.year}"
    days = calendar.monthrange(begin.year, begin.month)[1]
    return f"{begin.year}-{begin.month:02}" if begin.month == end.month and end.day == days else None


def _number(field: str, number: int) -> str:
    if field == "date":
        return day_of(number).isoformat()
    if field == "year":
        return str(number)
    unit = UNITS[field]
    whole, rest = divmod(abs(number), unit)
    decimals = f",{rest:0{len(str(unit)) - 1}}".rstrip("0") if rest else ""
    return f"{'-' if number < 0 else ''}{whole:,}".replace(",", ".") + decimals
