"""The filters of a query, and what is asked of one field or of one record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from corpus.patterns import late
from index import fields
from index.fields import Field, written
from index.tree import (
    OPERATORS,
    RECORDS,
    AllOf,
    AnyOf,
    Filter,
    Name,
    Node,
    OneOf,
    OneRecord,
    QueryError,
    Span,
    Words,
)

# Printed with a minus in tables and without in prose: asked for by role, they are compared without their sign.
CUTS = frozenset({"saving", "efficiency"})
FOLLOWING = late(r"\s+([^\s()\"]+)")
SINGLE_QUOTED = late(r"['‘’‚´`](?P<value>[^'‘’´`\"():]+)['’´`](?=[\s)]|$)")
COMPARED = late(r"[<>=]")


def filtered(tree: Any, source: str) -> Node:
    """The filter of a leaf."""
    token = tree.children[0]
    text, position = str(token), token.start_pos
    return _read_filter(text, position, source)


def _read_filter(text: str, position: int, source: str) -> Filter:
    name, _, value = text.partition(":")
    field = fields.find(name, position)
    at = position + len(name) + 1
    _check_single_quotes(name, value + source[position + len(text) :], at)
    if "~" in value and re.search(r"~\d*$", value):
        raise QueryError("~ works with words, not in a filter", at + value.index("~"))
    try:
        return Filter(field.name, fields.read(field, value.replace('"', ""), at, named=name), position)
    except QueryError as error:
        longer = _with_following(field, name, value, source[position + len(text) :])
        if longer is None or error.suggestion is not None:
            raise
        raise QueryError(error.message, error.position, longer) from None


def _check_single_quotes(name: str, rest: str, position: int) -> None:
    """Refuses ``fra:'Ole Vestrup'``, of which ``'Ole`` would be the name and ``Vestrup'`` a word."""
    quoted = SINGLE_QUOTED.match(rest)
    if quoted:
        message = "' is no quote here: a value of several words goes in double quotes"
        raise QueryError(message, position, written(name, quoted["value"].strip()))


def _with_following(field: Field, name: str, value: str, rest: str) -> str | None:
    """The filter with up to three words after it taken in, as far as that can be read.

    ``amount:>= 1 mio`` and ``date:jan 2020`` are written apart by people who mean one thing.
    """
    best = None
    for _ in range(0 if '"' in value else 3):
        following = FOLLOWING.match(rest)
        if following is None or following[1] in OPERATORS:
            break
        value, rest = f"{value} {following[1]}".strip(), rest[following.end() :]
        best = together(field, name, value) or best
    return best


def together(field: Field, name: str, value: str) -> str | None:
    """A filter of a value that was typed with blanks: without them if that can be read, else in quotes."""
    for way in ("".join(value.split()), value):
        try:
            fields.read(field, way, 0)
        except QueryError:
            continue
        return written(name, way)
    return None


def check_units(items: Sequence[Node], source: str) -> None:
    """Refuses ``amount:1 mio`` and ``date:2020 jan``: half of the value would be looked for as a word."""
    for item, after in pairwise(items):
        if not isinstance(item, Filter) or not isinstance(item.value, Span) or not isinstance(after, Words):
            continue
        name, _, value = source[item.position : after.position].rstrip().partition(":")
        field = fields.find(name, item.position)
        longer = f"{value} {after.text}"
        if '"' in value or "(" in value or not fields.can_read(field, longer):
            continue
        if field.name == "amount" or fields.read(field, longer, 0) != item.value:
            message = f"{after.text} is not part of the filter; write the value in one or in quotes"
            raise QueryError(message, after.position, together(field, name, longer))


# --- what is asked of one field, or of one record ---------------------------------------------------------------


def scoped(tree: Any, source: str) -> Node:
    """``amount:(>=1mio role:saving)``, ``committee:(BUU OR SOU)``."""
    opening = tree.children[0]
    named, position = str(opening)[:-2], opening.start_pos
    field = fields.find(named, position)
    ways = [_way(either.children, field, named, position, source) for either in tree.children[1:]]
    return ways[0] if len(ways) == 1 else AnyOf(tuple(ways))


def _way(conditions: list[Any], field: Field, named: str, position: int, source: str) -> Node:
    for token in conditions:
        _check_condition(token)
    if field.name in RECORDS:
        return _record(conditions, field, named, position, source)
    values = [token for token in conditions if token.type != "FILTER"]
    if len(values) < len(conditions):
        other = next(token for token in conditions if token.type == "FILTER")
        raise QueryError(f"inside {named}:( ) stand values of {named} only", other.start_pos)
    return _values(values, field, named, position)


def _check_condition(token: Any) -> None:
    """Refuses what the grammar takes for a value: a filter with a minus, and an operator by itself."""
    if token.type != "VALUE":
        return
    if ":" in token or token in ("NOT", "IKKE"):
        message = "a filter inside a filter's parentheses stands as it is; nothing can be left out there"
        raise QueryError(message, token.start_pos)
    if token in OPERATORS:
        raise QueryError(f"{token} stands between two things; in quotes it is a value", token.start_pos)


def _values(values: list[Any], field: Field, named: str, position: int) -> Node:
    """Values beside each other: a day of several words, or values that must all be there."""
    if field.kind in fields.NUMERIC:
        text = " ".join(_bare(token) for token in values)
        return Filter(field.name, fields.read(field, text, values[0].start_pos, named=named), position)
    if len(values) > 1 and field.kind != "words":
        together, apart = " ".join(map(_bare, values)), " OR ".join(map(str, values))
        message = f"several values of {named}: are joined by OR; one value of several words goes in quotes"
        raise QueryError(message, values[1].start_pos, _either(named, together, apart, field))
    found = [
        Filter(field.name, fields.read(field, _bare(token), token.start_pos, named=named), position) for token in values
    ]
    return found[0] if len(found) == 1 else AllOf(tuple(found))


def _either(named: str, together: str, apart: str, field: Field) -> str:
    return f"{named}:({apart})" if field.kind == "choice" else f'{named}:"{together}"'


def _bare(token: Any) -> str:
    return str(token).replace('"', "")


def _record(conditions: list[Any], field: Field, named: str, position: int, source: str) -> Node:
    value: Span | None = None
    roles: tuple[str, ...] = ()
    years: tuple[Span, ...] = ()
    for text, at in _stretches(conditions):
        value = _both(value, _span(field, text, at, named), at)
    for token in conditions:
        if token.type != "FILTER":
            continue
        inner = _read_filter(str(token), token.start_pos, source)
        if inner.field == "role" and field.name == "amount" and not roles:
            roles = tuple(name.text for name in _alternatives(inner) if isinstance(name, Name))
        elif inner.field == "year" and not years:
            years = tuple(span for span in _alternatives(inner) if isinstance(span, Span))
        else:
            raise _no_condition(field, named, inner, token.start_pos)
    if value is not None and roles and CUTS.issuperset(roles) and _is_unsigned(value):
        value = Span(value.low, value.high, size=True)
    if value is not None and not roles and not years:
        return Filter(field.name, value, position)
    return OneRecord(field.name, value, roles, years, position)


def _no_condition(field: Field, named: str, inner: Filter, position: int) -> QueryError:
    if inner.field in ("role", "year") and (field.name == "amount" or inner.field == "year"):
        message = f"one record is asked for one {inner.field}:, with commas for one of several"
        return QueryError(message, position)
    kinds = "a value, role: and year:" if field.name == "amount" else "a value and year:"
    return QueryError(f"inside {named}:( ) stand {kinds} only; {inner.field}: goes outside", position)


def _alternatives(found: Filter) -> tuple[Name | Span, ...]:
    return found.value.values if isinstance(found.value, OneOf) else (found.value,)


def _stretches(conditions: list[Any]) -> list[tuple[str, int]]:
    """The values in a filter's parentheses, their words put together: a comparison begins one."""
    found: list[tuple[str, int]] = []
    filter_between = True
    for token in conditions:
        if token.type == "FILTER":
            filter_between = True
        elif filter_between or (COMPARED.match(token) and COMPARED.sub("", found[-1][0])):
            found.append((_bare(token), token.start_pos))
            filter_between = False
        else:
            found[-1] = (f"{found[-1][0]} {_bare(token)}", found[-1][1])
    return found


def _span(field: Field, text: str, position: int, named: str) -> Span:
    value = fields.read(field, text, position, named=named)
    assert isinstance(value, Span)
    return value


def _both(first: Span | None, second: Span, position: int) -> Span:
    """A number that is in both."""
    if first is None:
        return second
    if first.size != second.size:
        raise QueryError("± stands before both values or before none", position)
    lows = [low for low in (first.low, second.low) if low is not None]
    highs = [high for high in (first.high, second.high) if high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        raise QueryError("no number is both of these; write OR between them", position)
    return Span(low, high, first.size)


def _is_unsigned(span: Span) -> bool:
    ends = [end for end in (span.low, span.high) if end is not None]
    return bool(ends) and min(ends) > 0
