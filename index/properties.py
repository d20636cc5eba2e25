"""What a part can be filtered, sorted and counted by, gathered from its records and its own fields."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

import msgspec

from corpus.cpr import mask_digits
from corpus.identity import part_id
from corpus.model import (
    Address,
    AgendaItem,
    Amount,
    AnyPart,
    AnyRecord,
    Committee,
    Date,
    Decision,
    Document,
    Fte,
    Message,
    Proposal,
    Reference,
)
from index.engines.base import INT_MAX
from index.records import packed
from index.standing import Kind, Standing
from index.stored import bare_code, code
from index.text import NAMES_REMEMBERED, keyword

ORE = 100
THOUSANDTHS = 1000
LONGEST_YEARS = 20
LONGEST_NAME = 6
NAME_JOINTS = re.compile(r"[-.]")
BODY, BODY_NAMED = "udvalg", "udvalget"


class Properties(msgspec.Struct, frozen=True):
    """By field of the index, see :mod:`index.engines.base`."""

    keywords: dict[str, list[str]]
    numbers: dict[str, list[int]]
    facets: dict[str, list[str]]
    sorts: dict[str, int]


class Context(msgspec.Struct, frozen=True):
    """A part, the records in it, and what the document adds to it.

    ``short``: abbreviations by name of a body; ``paths``: what its places are found by, see :mod:`index.places`.
    """

    document: Document
    part: AnyPart
    records: Sequence[AnyRecord]
    paths: frozenset[str]
    has: Iterable[str]
    short: dict[str, str]
    first: bool
    date: str | None


def properties(context: Context) -> Properties:
    """All of a part."""
    keywords = _keywords(context)
    numbers, years = _numbers(context.part, context.records)
    day = _day(context.date)
    if day is not None:
        numbers["date"] = {day.year * 10_000 + day.month * 100 + day.day}
    return Properties(
        keywords={name: sorted(values) for name, values in keywords.items() if values},
        numbers={name: sorted(values) for name, values in numbers.items() if values},
        facets={name: values for name, values in _facets(context, keywords, years).items() if values},
        sorts=_sorts(numbers, day),
    )


def _facets(context: Context, keywords: dict[str, set[str]], years: set[int]) -> dict[str, list[str]]:
    """What is counted, as it is printed, a name once however it is written in the part."""
    part = context.part
    names = {keyword(name): name for name in sorted(map(body_name, bodies(part, context.records)), reverse=True)}
    sender = part.sender if isinstance(part, Message) else None
    return {
        "kind": [context.document.kind],
        "municipality": [context.document.municipality] if context.document.municipality else [],
        "committee": list(names.values()),
        "year": [str(year) for year in sorted(years)],
        "role": sorted(keywords["role"]),
        "from": [mask_digits(_sender(sender))] if sender and (sender.address or sender.name) else [],
    }


def _sender(sender: Address) -> str:
    """The address, by which a person is known whatever the name is written like; else the name."""
    return sender.address.casefold() if sender.address else " ".join((sender.name or "").split())


def body_name(name: str) -> str:
    """A body's name as it is shown, with its article: "Teknik- og Miljøudvalg" is "Teknik- og Miljøudvalget"."""
    return f"{name}et" if name.endswith(BODY) else name


def _keywords(context: Context) -> dict[str, set[str]]:
    document, part = context.document, context.part
    found: dict[str, set[str]] = {
        "id": {part_id(document.sha256, part.index)},
        "sha256": {document.sha256},
        "first": {"1"} if context.first else set(),
        "kind": {document.kind, str(part.__struct_config__.tag)},
        "municipality": set(_municipality(document.municipality)),
        "has": {*context.has, *(str(record.__struct_config__.tag) for record in context.records)},
        "committee": set(),
        "role": set(),
        "status": set(),
        "reference": set(),
        "number": set(),
        "path": set(context.paths),
    }
    for record in context.records:
        _record_keywords(record, found)
    _part_keywords(part, found)
    found["committee"].update(_values(context.short.get(body) for body in bodies(part, context.records)))
    return found


def bodies(part: AnyPart, records: Sequence[AnyRecord]) -> Iterator[str]:
    """The bodies that a part is of, that decide in it or that it names, by canonical name."""
    if isinstance(part, Proposal | AgendaItem) and part.committee:
        yield part.committee
    for record in records:
        if isinstance(record, Committee) and record.name:
            yield record.name
        elif isinstance(record, Decision) and record.body:
            yield record.body


def _record_keywords(record: AnyRecord, found: dict[str, set[str]]) -> None:
    if isinstance(record, Committee):
        found["committee"].update(_committee_names(record.name), _values([record.abbreviation]))
    elif isinstance(record, Amount) and record.role:
        found["role"].add(record.role)
    elif isinstance(record, Decision):
        found["status"].add(record.status)
        found["committee"].update(_committee_names(record.body))
    elif isinstance(record, Reference):
        found["reference"].update(_codes(record.value))
        if record.kind == "case":
            found["number"].update(_codes(record.value))


def _part_keywords(part: AnyPart, found: dict[str, set[str]]) -> None:
    if isinstance(part, Message):
        found["fingerprint"] = {part.fingerprint}
        found["from"] = set(_people([part.sender] if part.sender else []))
        found["to"] = set(_people([*part.to, *part.cc]))
        if part.attachments:
            found["has"].add("attachment")
    elif isinstance(part, Proposal | AgendaItem):
        found["committee"].update(_committee_names(part.committee))
        found["number"].update(_codes(part.number) if part.number else ())


def _codes(number: str) -> tuple[str, str]:
    """A number without the zeros after its letters, by which it is found, and with them, for what begins so."""
    return bare_code(number), code(number)


def _values(values: Iterable[str | None]) -> set[str]:
    return {keyword(mask_digits(value)) for value in values if value}


@lru_cache(maxsize=NAMES_REMEMBERED)
def _committee_names(name: str | None) -> tuple[str, ...]:
    """The name with its article and without: either finds "Teknik- og Miljøudvalget", however it is printed."""
    if not name:
        return ()
    if name.endswith(BODY_NAMED):
        return keyword(name), keyword(name.removesuffix("et"))
    return (keyword(name), keyword(body_name(name))) if name.endswith(BODY) else (keyword(name),)


@lru_cache(maxsize=NAMES_REMEMBERED)
def _municipality(name: str | None) -> tuple[str, ...]:
    """ "Københavns Kommune" by all its names: with and without the word, with and without the genitive."""
    if not name:
        return ()
    bare = keyword(name).removesuffix(" kommune")
    return keyword(name), bare, bare.removesuffix("s"), f"{bare} kommune", f"{bare}s kommune"


def _people(addresses: Iterable[Address]) -> Iterator[str]:
    """All a person may be named by: address, its domain, the name and every stretch of it, surname first too."""
    for person in addresses:
        if person.address:
            yield from _address_names(person.address)
        if person.name:
            yield from _name_stretches(person.name)


@lru_cache(maxsize=NAMES_REMEMBERED)
def _address_names(printed: str) -> tuple[str, ...]:
    address = keyword(mask_digits(printed))
    _, at, domain = address.rpartition("@")
    labels = domain.split(".") if at else []
    return (address, *(".".join(labels[start:]) for start in range(len(labels) - 1)))


@lru_cache(maxsize=NAMES_REMEMBERED)
def _name_stretches(printed: str) -> tuple[str, ...]:
    """A name and every stretch of it, as printed and with blanks for hyphens and points: "J.P. Holm-Dam" is "J P Holm
    Dam" too. So is the first word with the last, for few give the names between."""
    name = keyword(mask_digits(printed))
    last, comma, given = name.partition(",")
    words = f"{given} {last}".split() if comma else name.split()
    apart = [part for word in words for part in NAME_JOINTS.split(word) if part]
    return (name, *_stretches(words), *(_stretches(apart) if apart != words else ()), *_ends(words))


def _stretches(words: list[str]) -> Iterator[str]:
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + LONGEST_NAME) + 1):
            yield " ".join(words[start:end])


def _ends(words: list[str]) -> Iterator[str]:
    """The first word of a longer name and its last."""
    if len(words) > 1:
        first, last = words[0], words[-1]
        yield f"{first} {last}"
        yield f"{' '.join(filter(None, NAME_JOINTS.split(first)))} {last}"


# --- numbers --------------------------------------------------------------------------------------------------


def _numbers(part: AnyPart, records: Sequence[AnyRecord]) -> tuple[dict[str, set[int]], set[int]]:
    """The numbers, and of the years those that are printed, without the later ones of "fra 2024 og frem".

    Amounts count when they are in kroner, for others do not compare; a range counts by both of its ends.
    """
    found: dict[str, set[int]] = {name: set() for name in ("amount", "fte", "year", "amount_record", "fte_record")}
    printed: set[int] = set(part.budget_years) if isinstance(part, Proposal) else set()
    for record in records:
        if isinstance(record, Amount | Fte):
            years = _printed_years(record)
            printed.update(years)
            found["year"].update(_later_years(record, years))
            if (one := _quantity(record)) is not None:
                found[one.kind].update(one.values)
                found[f"{one.kind}_record"].update(packed(one.values, one.name, one.years))
        elif isinstance(record, Decision) and record.budget_year:
            printed.add(record.budget_year)
        elif isinstance(record, Date) and record.precision in ("year", "years", "school-year"):
            last = record.to.year if record.to else record.first.year
            printed.update(range(record.first.year, min(last, record.first.year + LONGEST_YEARS) + 1))
    found["year"] |= printed
    return found, printed


def _printed_years(record: Amount | Fte) -> list[int]:
    return [record.year] if record.year else record.years


def _later_years(record: Amount | Fte, years: list[int]) -> range:
    """The years after the last of what goes on ("fra 2024 og frem"): it holds in them as well."""
    return range(max(years) + 1, max(years) + LONGEST_YEARS + 1) if record.open_end and years else range(0)


def _quantity(record: Amount | Fte) -> Standing | None:
    """What a figure is found by: those in kroner, and those of positions in full years."""
    counts = (record.currency == "DKK") if isinstance(record, Amount) else (record.unit == "fte")
    if not counts:
        return None
    kind: Kind = "amount" if isinstance(record, Amount) else "fte"
    factor, role = (ORE, record.role) if isinstance(record, Amount) else (THOUSANDTHS, None)
    values = sorted(set(_scaled((record.value, record.low, record.high), factor)))
    years = _printed_years(record)
    return Standing(record.start, record.end, kind, role, values, [*years, *_later_years(record, years)])


def standings(records: Sequence[AnyRecord]) -> Iterator[Standing]:
    """Where the figures and decisions of a part stand, of a decision its first word."""
    for record in records:
        if isinstance(record, Amount | Fte):
            if (one := _quantity(record)) is not None:
                yield one
        elif isinstance(record, Decision):
            first = record.text.split(maxsplit=1)[:1]
            yield Standing(record.start, record.start + len("".join(first)), "decision", record.status)


def _scaled(values: Iterable[Decimal | None], factor: int) -> Iterator[int]:
    for value in values:
        if value is not None:
            number = int((value * factor).to_integral_value())
            if abs(number) <= INT_MAX:
                yield number


def _day(iso: str | None) -> dt.date | None:
    """The day of an ISO date or time; None for what names no day."""
    try:
        return dt.date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None


def _sorts(numbers: dict[str, set[int]], day: dt.date | None) -> dict[str, int]:
    """The day by its number, and the amount and FTE that are furthest from zero (without their sign)."""
    furthest = {name: max(map(abs, numbers[name])) for name in ("amount", "fte") if numbers[name]}
    found = {f"sort_{name}": number for name, number in furthest.items()}
    return found | ({"sort_date": day.toordinal()} if day else {})
