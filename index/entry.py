"""A part as an engine gets it: its terms, what it can be filtered by, and what a hit shows."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

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
from index.engines.base import INT_MAX, Entry
from index.records import packed
from index.stored import Stored, code, pack
from index.text import Word, keyword
from index.tokens import Token, tokens

ORE = 100
THOUSANDTHS = 1000
LONGEST_YEARS = 20
LONGEST_NAME = 6
LONGEST_FORM = 60

WordOf = Callable[[str], Word]


def entries(document: Document, paths: list[str], word: WordOf) -> Iterator[Entry]:
    """One entry per part of the document (its children are contents of their own and have entries of their own)."""
    short = _abbreviations(document)
    for number, part in enumerate(document.parts):
        records = [record for record in document.records if record.part == part.index]
        yield _entry(document, part, records, paths, word, short, first=number == 0)


def _abbreviations(document: Document) -> dict[str, str]:
    """What the document calls its committees for short, by name; none where it gives one name two abbreviations."""
    given: dict[str, set[str]] = {}
    for record in document.records:
        if isinstance(record, Committee) and record.abbreviation and record.name:
            given.setdefault(record.name, set()).add(record.abbreviation)
    return {name: next(iter(short)) for name, short in given.items() if len(short) == 1}


def _entry(
    document: Document,
    part: AnyPart,
    records: list[AnyRecord],
    paths: list[str],
    word: WordOf,
    short: dict[str, str],
    *,
    first: bool,
) -> Entry:
    stored = _stored(document, part, records, paths)
    body, exact, parts = _terms(stored.text, word)
    title, _, title_parts = _terms(stored.title or "", word)
    numbers = _numbers(part, records)
    if stored.date is not None and (day := _day(stored.date)) is not None:
        numbers["date"] = {day}
    return Entry(
        texts={"body": body, "exact": exact, "title": title},
        parts=parts + title_parts,
        keywords={name: sorted(values) for name, values in _keywords(document, part, records, short, first).items()},
        numbers={name: sorted(values) for name, values in numbers.items()},
        sorts=_sorts(numbers),
        group=_group(document.sha256, part),
        own=_number(part.message_id) if isinstance(part, Message) and part.message_id else 0,
        stored=pack(stored),
    )


def _stored(document: Document, part: AnyPart, records: list[AnyRecord], paths: list[str]) -> Stored:
    title = part.title or document.title
    sent = part.sent if isinstance(part, Message) else None
    return Stored(
        id=part_id(document.sha256, part.index),
        paths=list(dict.fromkeys(map(mask_digits, paths))),
        part=part.index,
        kind=document.kind,
        part_kind=str(part.__struct_config__.tag),
        title=mask_digits(title) if title else None,
        date=sent or document.date,
        committee=_committee(part, records),
        municipality=document.municipality,
        page=part.page_first,
        body_start=part.body_start,
        quoted=isinstance(part, Message) and part.quoted,
        fingerprint=part.fingerprint if isinstance(part, Message) else None,
        message_id=mask_digits(part.message_id) if isinstance(part, Message) and part.message_id else None,
        text=mask_digits(part.text),
    )


def _committee(part: AnyPart, records: list[AnyRecord]) -> str | None:
    """The body a part is filed under: the proposal's or meeting's own, else the one that decides, else the one named.

    None where several come into question, as with an abbreviation of two meanings: a wrong name beside a decision is
    worse than none.
    """
    if isinstance(part, Proposal | AgendaItem) and part.committee:
        return part.committee
    named = [record for record in records if isinstance(record, Committee)]
    bodies = {record.body for record in records if isinstance(record, Decision) and record.status != "recommended"}
    standing = {record.name for record in named if record.level == "committee"}
    for choice in (bodies - {None}, standing, {record.name for record in named}):
        if choice:
            return next(iter(choice)) if len(choice) == 1 else None
    return None


# --- terms ----------------------------------------------------------------------------------------------------


def _terms(text: str, word: WordOf) -> tuple[list[str], list[str], list[str]]:
    """Lemmas and exact forms, position by position, and the further terms without positions."""
    body: list[str] = []
    exact: list[str] = []
    parts: list[str] = []
    for token in tokens(text):
        analysed = word(token.form)
        body.append(analysed.lemmas[0])
        exact.append(analysed.exact)
        parts += analysed.lemmas[1:]
        parts += analysed.members
        if token.wholes:
            parts += _whole_terms(token, word)
    return body, exact, parts


def _whole_terms(token: Token, word: WordOf) -> Iterator[str]:
    for whole in token.wholes:
        if whole != token.form:
            yield from word(whole).terms


# --- what a part can be filtered by ---------------------------------------------------------------------------


def _keywords(
    document: Document, part: AnyPart, records: list[AnyRecord], short: dict[str, str], first: bool
) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {
        "id": {part_id(document.sha256, part.index)},
        "sha256": {document.sha256},
        "first": {"1"} if first else set(),
        "kind": {document.kind, str(part.__struct_config__.tag)},
        "municipality": set(_municipality(document.municipality)),
        "has": {str(record.__struct_config__.tag) for record in records},
        "committee": set(),
        "role": set(),
        "status": set(),
        "reference": set(),
        "number": set(),
    }
    if any(table.part == part.index for table in document.tables):
        found["has"].add("table")
    if any(problem.part == part.index for problem in document.problems):
        found["has"].add("problem")
    for record in records:
        _record_keywords(record, found)
    _part_keywords(part, found)
    found["committee"].update(_values(short.get(body) for body in _bodies(part, records)))
    return found


def _bodies(part: AnyPart, records: list[AnyRecord]) -> Iterator[str]:
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
        found["reference"].add(code(record.value))
        if record.kind == "case":
            found["number"].add(code(record.value))


def _part_keywords(part: AnyPart, found: dict[str, set[str]]) -> None:
    if isinstance(part, Message):
        found["fingerprint"] = {part.fingerprint}
        found["from"] = set(_people([part.sender] if part.sender else []))
        found["to"] = set(_people([*part.to, *part.cc]))
        if part.attachments:
            found["has"].add("attachment")
    elif isinstance(part, Proposal | AgendaItem):
        found["committee"].update(_committee_names(part.committee))
        found["number"].update([code(part.number)] if part.number else [])


def _values(values: Iterable[str | None]) -> set[str]:
    return {keyword(mask_digits(value)) for value in values if value}


def _committee_names(name: str | None) -> Iterator[str]:
    """The name, and without its article: "Teknik- og Miljøudvalg" finds "Teknik- og Miljøudvalget"."""
    if name:
        yield keyword(name)
        if name.endswith("udvalget"):
            yield keyword(name.removesuffix("et"))


def _municipality(name: str | None) -> Iterator[str]:
    """ "Københavns Kommune" by all its names: with and without the word, with and without the genitive."""
    if name:
        bare = keyword(name).removesuffix(" kommune")
        yield from (keyword(name), bare, bare.removesuffix("s"), f"{bare} kommune", f"{bare}s kommune")


def _people(addresses: Iterable[Address]) -> Iterator[str]:
    """All a person may be named by: address, its domain, the name and every stretch of it, surname first too."""
    for person in addresses:
        if person.address:
            address = keyword(mask_digits(person.address))
            yield address
            _, at, domain = address.rpartition("@")
            labels = domain.split(".") if at else []
            yield from (".".join(labels[start:]) for start in range(len(labels) - 1))
        if person.name:
            yield from _stretches(keyword(mask_digits(person.name)))


def _stretches(name: str) -> Iterator[str]:
    last, comma, given = name.partition(",")
    words = f"{given} {last}".split() if comma else name.split()
    yield name
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + LONGEST_NAME) + 1):
            yield " ".join(words[start:end])


# --- numbers --------------------------------------------------------------------------------------------------


def _numbers(part: AnyPart, records: list[AnyRecord]) -> dict[str, set[int]]:
    """Amounts count when they are in kroner, for others do not compare; a range counts by both of its ends."""
    found: dict[str, set[int]] = {name: set() for name in ("amount", "fte", "year", "amount_record", "fte_record")}
    if isinstance(part, Proposal):
        found["year"].update(part.budget_years)
    for record in records:
        if isinstance(record, Amount):
            years = [record.year] if record.year else record.years
            if record.currency == "DKK":
                values = set(_scaled((record.value, record.low, record.high), ORE))
                found["amount"].update(values)
                found["amount_record"].update(packed(values, record.role, years))
            found["year"].update(years)
        elif isinstance(record, Fte):
            years = [record.year] if record.year else record.years
            if record.unit == "fte":
                values = set(_scaled((record.value, record.low, record.high), THOUSANDTHS))
                found["fte"].update(values)
                found["fte_record"].update(packed(values, None, years))
            found["year"].update(years)
        elif isinstance(record, Decision) and record.budget_year:
            found["year"].add(record.budget_year)
        elif isinstance(record, Date) and record.precision in ("year", "years", "school-year"):
            last = record.to.year if record.to else record.first.year
            found["year"].update(range(record.first.year, min(last, record.first.year + LONGEST_YEARS) + 1))
    return found


def _scaled(values: Iterable[Decimal | None], factor: int) -> Iterator[int]:
    for value in values:
        if value is not None:
            number = int((value * factor).to_integral_value())
            if abs(number) <= INT_MAX:
                yield number


def _day(iso: str) -> int | None:
    """20240305 for an ISO date or time; None for what names no day."""
    try:
        day = dt.date.fromisoformat(iso[:10])
    except ValueError:
        return None
    return day.year * 10_000 + day.month * 100 + day.day


def _sorts(numbers: dict[str, set[int]]) -> dict[str, int]:
    """The day, and the amount and FTE that are furthest from zero (without their sign)."""
    furthest = {name: max(map(abs, numbers[name])) for name in ("amount", "fte") if numbers[name]}
    found = {f"sort_{name}": number for name, number in furthest.items()}
    return found | ({"sort_date": min(numbers["date"])} if "date" in numbers else {})


def _group(sha256: str, part: AnyPart) -> int:
    """64 bits, the same for all copies of a message; a part of any other kind is alone in its group."""
    return _number(f"message {part.fingerprint}" if isinstance(part, Message) else f"{sha256}.{part.index}")


def _number(name: str) -> int:
    """64 bits of a name."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])
