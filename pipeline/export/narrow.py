"""The filters of a query that speak of records, as a test of one record.

A query finds parts; ``status:rejected`` finds a part for one of its decisions, and the others in it are no answer. Only
filters that must all hold are used: those at the top of the query, in groups and in ``AND``, not those in ``OR``, but
for ``committee:(A OR B)``. ``amount:(>=1mio role:saving)`` speaks of amounts, and of these all of it must be true. A
committee is asked of decisions alone: it is the body that decides. What is asked of the figures of a decision is
answered by ``linked``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial

import msgspec

from corpus.model import Amount, Date, Decision, Fte, Record
from index.query import parse
from index.stored import body_names
from index.text import keyword
from index.tree import AllOf, AnyOf, Filter, Group, Name, Node, OneOf, OneRecord, Span
from pipeline.export.rows import Row
from pipeline.facts.bodies.names import could_be_short, initials

ORE, THOUSANDTHS = 100, 1000
BODY = "committee"
LONGEST_SHORT = 5  # letters of an abbreviation


class Asked(msgspec.Struct, frozen=True):
    """The filters of one query that every find must meet."""

    filters: tuple[Filter | OneRecord, ...] = ()

    def names_body(self) -> bool:
        """Whether the filters name the body of a decision."""
        return any(found.field == BODY for found in self.filters)

    def of_any_body(self) -> Asked:
        """The same, whichever body decides."""
        return Asked(tuple(found for found in self.filters if found.field != BODY))

    def record(self, record: Record) -> bool:
        """Whether the record itself is what every filter that speaks of its type asks for."""
        return self._all(str(record.__struct_config__.tag), partial(_record_fits, record))

    def line(self, row: Row) -> bool:
        """The same for a budget line; one in kroner is an amount, and no other is."""
        if not self.filters:
            return True
        kind = "amount" if row["unit"] == "DKK" else str(row["unit"])
        if any(isinstance(found, OneRecord) and found.field != kind for found in self.filters):
            return False
        return self._all(kind, partial(_line_fits, row))

    def _all(self, kind: str, fits: Callable[[str, Name | Span], bool]) -> bool:
        asked = (filter_ for found in self.filters for filter_ in _apart(found, kind))
        return all(any(fits(filter_.field, value) for value in _values(filter_)) for filter_ in asked)


def asked_of_records(query: str | None) -> Asked:
    """Raises QueryError."""
    return Asked(tuple(conjunctive(parse(query)))) if query else Asked()


def conjunctive(node: Node) -> Iterator[Filter | OneRecord]:
    """The filters of a query that must all hold: those in groups and in AND, not those in OR and NOT."""
    if isinstance(node, Filter | OneRecord):
        yield node
    elif isinstance(node, Group | AllOf):
        for item in node.items:
            yield from conjunctive(item)
    elif isinstance(node, AnyOf):
        ways = [item for item in node.items if isinstance(item, Filter) and item.field == BODY]
        if len(ways) == len(node.items):
            yield Filter(BODY, OneOf(tuple(value for way in ways for value in _values(way))), ways[0].position)


def _apart(found: Filter | OneRecord, kind: str) -> Iterator[Filter]:
    """What is asked of one record of this kind, as filters; nothing where that speaks of records of another."""
    if isinstance(found, Filter):
        yield found
    elif found.field == kind:
        if found.value is not None:
            yield Filter(found.field, found.value, found.position)
        if found.roles:
            yield Filter("role", OneOf(tuple(map(Name, found.roles))), found.position)
        if found.years:
            yield Filter("year", OneOf(found.years), found.position)


def _values(found: Filter) -> tuple[Name | Span, ...]:
    """The values of which one is enough."""
    return found.value.values if isinstance(found.value, OneOf) else (found.value,)


def _record_fits(record: Record, field: str, value: Name | Span) -> bool:
    if isinstance(value, Name):
        if field == BODY:
            return not isinstance(record, Decision) or is_body(record.body, value)
        own = getattr(record, field, None) if _has_name(record, field) else value.text
        return _is_named(own, value)
    if field == "amount" and isinstance(record, Amount):
        return record.currency == "DKK" and _any_within((record.value, record.low, record.high), ORE, value)
    if field == "fte" and isinstance(record, Fte):
        return record.unit == "fte" and _any_within((record.value, record.low, record.high), THOUSANDTHS, value)
    return field != "year" or _in_years(record, value)


def _has_name(record: Record, field: str) -> bool:
    return (field == "role" and isinstance(record, Amount)) or (field == "status" and isinstance(record, Decision))


def is_body(own: str | None, value: Name) -> bool:
    """Whether a body is the one asked for, by its name with or without article and hyphens, or by its abbreviation."""
    if own is None:
        return False
    asked = {_bare(name) for name in body_names(keyword(value.text))}
    said = keyword(own)
    if value.prefix:
        return any(said.startswith(name) for name in (keyword(value.text), *asked))
    if asked & {_bare(name) for name in body_names(said)}:
        return True
    short = value.text.strip().upper()
    return len(short) <= LONGEST_SHORT and short.isalpha() and (initials(own) == short or could_be_short(short, own))


def _bare(name: str) -> str:
    """A body's name without its article and genitive: that of the index has both."""
    return name.removesuffix("s").removesuffix("et")


def _is_named(own: object, value: Name) -> bool:
    text = value.text.casefold()
    said = str(own or "").casefold()
    return said.startswith(text) if value.prefix else said == text


def _in_years(record: Record, years: Span) -> bool:
    if isinstance(record, Amount | Fte):
        named = record.years if record.year is None else [record.year]
        goes_on = record.open_end and any(years.high is None or year <= years.high for year in named)
        return goes_on or any(_within(year, years) for year in named)
    if isinstance(record, Decision):
        return record.budget_year is not None and _within(record.budget_year, years)
    if isinstance(record, Date):
        last = record.first.year if record.to is None else record.to.year
        return (years.low is None or last >= years.low) and (years.high is None or record.first.year <= years.high)
    return True


def _line_fits(row: Row, field: str, value: Name | Span) -> bool:
    number = row["value"]
    assert isinstance(number, Decimal)
    if isinstance(value, Name):
        return field != "role" or _is_named(row["role"], value)
    if field == "amount":
        return row["unit"] == "DKK" and _any_within([number], ORE, value)
    if field == "fte":
        return row["unit"] == "fte" and _any_within([number], THOUSANDTHS, value)
    if field == "year":
        return isinstance(row["year"], int) and _within(row["year"], value)
    return True


def _any_within(values: Iterable[Decimal | None], factor: int, span: Span) -> bool:
    return any(value is not None and _within(value * factor, span) for value in values)


def _within(number: Decimal | int, span: Span) -> bool:
    if span.size:
        number = number.copy_abs() if isinstance(number, Decimal) else abs(number)
    return (span.low is None or number >= span.low) and (span.high is None or number <= span.high)
