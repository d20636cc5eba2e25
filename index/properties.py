"""What a part can be filtered, sorted and counted by, gathered from its records and its own fields."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache

import msgspec

from corpus.cpr import mask_digits
from corpus.identity import part_id
from corpus.model import Address, AgendaItem, AnyPart, Document, Message, Proposal
from index.said import Said, body_name, codes, committee_names, masked_keyword
from index.text import NAMES_REMEMBERED, keyword

LONGEST_NAME = 6
NAME_JOINTS = re.compile(r"[-.]")


class Properties(msgspec.Struct, frozen=True):
    """By field of the index, see :mod:`index.engines.base`."""

    keywords: dict[str, list[str]]
    numbers: dict[str, list[int]]
    facets: dict[str, list[str]]
    sorts: dict[str, int]


class Context(msgspec.Struct, frozen=True):
    """A part, what the records in it say, and what the document adds to it.

    ``short``: abbreviations by name of a body; ``paths``: what its places are found by, see :mod:`index.places`.
    """

    document: Document
    part: AnyPart
    said: Said
    paths: list[str]
    has: Iterable[str]
    short: dict[str, str]
    first: bool
    date: str | None


def properties(context: Context) -> Properties:
    """All of a part. Takes over what its records say."""
    part, said = context.part, context.said
    if isinstance(part, Proposal | AgendaItem) and part.committee:
        said.bodies[part.committee] = None
    years = {*said.years, *part.budget_years} if isinstance(part, Proposal) else said.years
    numbers = said.numbers
    numbers["year"].update(years)
    day = _day(context.date)
    if day is not None:
        numbers["date"] = {day.year * 10_000 + day.month * 100 + day.day}
    keywords = _keywords(context)
    return Properties(
        keywords=keywords,
        numbers={name: sorted(values) for name, values in numbers.items() if values},
        facets=_facets(context, keywords, years),
        sorts=_sorts(numbers, day),
    )


def _facets(context: Context, keywords: dict[str, list[str]], years: set[int]) -> dict[str, list[str]]:
    """What is counted, as it is printed."""
    document, part = context.document, context.part
    found: dict[str, list[str]] = {"kind": [document.kind]}
    if document.municipality:
        found["municipality"] = [document.municipality]
    if bodies := [body_name(name) for name in context.said.bodies if name]:
        found["committee"] = bodies if len(bodies) == 1 else _once_each(bodies)
    if years:
        found["year"] = [str(year) for year in sorted(years)]
    if "role" in keywords:
        found["role"] = keywords["role"]
    if isinstance(part, Message) and part.sender and (sender := _sender(part.sender.address, part.sender.name)):
        found["from"] = [sender]
    return found


def _once_each(names: list[str]) -> list[str]:
    """A name once, however it is written in the part."""
    return list({keyword(name): name for name in sorted(names, reverse=True)}.values())


@lru_cache(maxsize=NAMES_REMEMBERED)
def _sender(address: str | None, name: str | None) -> str:
    """The address, by which a person is known whatever the name is written like; else the name."""
    return mask_digits(address.casefold() if address else " ".join((name or "").split()))


def _keywords(context: Context) -> dict[str, list[str]]:
    document, part, said = context.document, context.part, context.said
    found: dict[str, list[str]] = {
        "id": [part_id(document.sha256, part.index)],
        "sha256": [document.sha256],
        "kind": sorted({document.kind, _tag(type(part))}),
        "path": context.paths,
    }
    if context.first:
        found["first"] = ["1"]
    if document.municipality:
        found["municipality"] = _municipality(document.municipality)
    has = {*context.has, *said.tags}
    if isinstance(part, Message):
        found["fingerprint"] = [part.fingerprint]
        if part.sender:
            found["from"] = _all_of([part.sender])
        found["to"] = _all_of([*part.to, *part.cc])
        if part.attachments:
            has.add("attachment")
    elif isinstance(part, Proposal | AgendaItem):
        said.keywords["committee"].update(committee_names(part.committee))
        if part.number:
            said.keywords["number"].update(codes(part.number))
    if context.short:
        short = map(context.short.get, filter(None, said.bodies))
        said.keywords["committee"].update(masked_keyword(name) for name in short if name)
    found["has"] = sorted(has)
    found.update((name, sorted(values)) for name, values in said.keywords.items())
    return {name: values for name, values in found.items() if values}


@lru_cache(maxsize=NAMES_REMEMBERED)
def _municipality(name: str) -> list[str]:
    """ "Københavns Kommune" by all its names: with and without the word, with and without the genitive."""
    bare = keyword(name).removesuffix(" kommune")
    return sorted({keyword(name), bare, bare.removesuffix("s"), f"{bare} kommune", f"{bare}s kommune"})


def _all_of(people: Collection[Address]) -> list[str]:
    """All that any of these may be named by."""
    named = [_names(person.address, person.name) for person in people]
    return named[0] if len(named) == 1 else sorted(set().union(*named))


@lru_cache(maxsize=NAMES_REMEMBERED)
def _names(address: str | None, name: str | None) -> list[str]:
    """All a person may be named by: address, its domain, the name and every stretch of it, surname first too."""
    return sorted({*(_address_names(address) if address else ()), *(_name_stretches(name) if name else ())})


def _address_names(printed: str) -> tuple[str, ...]:
    address = keyword(mask_digits(printed))
    _, at, domain = address.rpartition("@")
    labels = domain.split(".") if at else []
    return (address, *(".".join(labels[start:]) for start in range(len(labels) - 1)))


def _name_stretches(printed: str) -> tuple[str, ...]:
    """A name and every stretch of it, as printed and with blanks for hyphens and points: "J.P. Holm-Dam" is "J P Holm
    Dam" too. So is the first word with the last, for few give the names between."""
    name = keyword(mask_digits(printed))
    last, comma, given = name.partition(",")
    words = f"{given} {last}".split() if comma else name.split()
    apart = [part for word in words for part in NAME_JOINTS.split(word) if part]
    halves = [*words[:-1], *apart[-1:]]  # "Dam" of "Holm-Dam": half of a double surname is often all that is known
    return (name, *_stretches(words), *(_stretches(apart) if apart != words else ()), *_ends(words), *_ends(halves))


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


@cache
def _tag(kind: type[AnyPart]) -> str:
    return str(kind.__struct_config__.tag)
