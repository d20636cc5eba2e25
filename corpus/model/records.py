"""The records: facts with their place."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

import msgspec

from corpus.model.basis import Box, Struct, exact

Source = Literal["text", "table", "header"]
Role = Literal[
    "saving",
    "efficiency",
    "investment",
    "expense",
    "income",
    "grant",
    "net",
    "budget",
    "actual",
    "total",
    "construction",
]
Precision = Literal[
    "day", "week", "month", "season", "quarter", "half-year", "year", "school-year", "years", "approximate"
]
DecisionStatus = Literal["decided", "recommended", "rejected", "postponed"]


class Record(Struct, kw_only=True, frozen=True, tag_field="type"):
    """A fact with its place: ``parts[part].text[start:end] == text`` (but for a masked identifier)."""

    part: int = 0
    start: int
    end: int
    text: str
    page: int | None = None
    bbox: Box | None = None
    source: Source = "text"


class Evidence(Struct, kw_only=True, frozen=True):
    """The words from which a field of a record was read: ``parts[part].text[start:end] == text``.

    Of a table's figure they may stand in a cell that the text does not hold in one piece; there are no offsets then.
    """

    field: str
    text: str
    start: int | None = None
    end: int | None = None


class Link(Struct, kw_only=True, frozen=True):
    """Another record of the same part, by its type and where it stands: its id ends in ``.type.start``."""

    type: str
    start: int
    end: int
    text: str


class Quantity(Record, kw_only=True, frozen=True):
    """A single ``value``, or a range of which ``low`` and ``high`` are both given; guarded at construction.

    A figure of a table also says what its row and column print: ``label``, ``group``, ``column``. ``year`` is the one
    year it is tied to, ``years`` the several ("i 2024 og 2025", "i 2024-2026"); with ``open_end`` they go on ("i 2024
    og frem"). ``evidence`` has the words behind each field that does not stand in ``text``.
    """

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    approximate: bool = False
    bound: Literal["min", "max"] | None = None
    year: int | None = None
    years: list[int] = []
    open_end: bool = False
    label: str | None = None
    group: str | None = None
    column: str | None = None
    evidence: list[Evidence] = []

    def __post_init__(self) -> None:
        value, low, high = self.value, self.low, self.high
        single, ranged = value is not None, low is not None and high is not None
        if single == ranged or (low is None) != (high is None):
            raise ValueError(f"a quantity has a value, or low and high: {self.text!r}")
        for name, number in (("value", value),) if single else (("low", low), ("high", high)):
            if number is not None:
                plain = exact(number)
                if plain is not number:
                    msgspec.structs.force_setattr(self, name, plain)
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low is above high: {self.text!r}")


class Amount(Quantity, kw_only=True, frozen=True, tag="amount"):
    """An amount of money in whole units of ``currency`` (ISO 4217): "11 mio. kr." is 11000000 DKK."""

    currency: str
    per: str | None = None
    price_level: int | None = None
    role: Role | None = None
    unit_source: str | None = None


class Fte(Quantity, kw_only=True, frozen=True, tag="fte"):
    """Full-time equivalents (årsværk), positions (stillinger) or hours a week."""

    unit: Literal["fte", "position", "hours-per-week"]


class Committee(Record, kw_only=True, frozen=True, tag="committee"):
    """A political body by its canonical name: nominative, capitalised, without line breaks.

    An abbreviation that may stand for more than one has no ``name`` but its ``candidates``. ``valid_from`` and
    ``valid_to`` (ISO days) say when a body of that name existed, where that is known.
    """

    name: str | None
    level: Literal["committee", "council", "board"]
    abbreviation: str | None = None
    municipality: str | None = None
    resolved: bool = False
    candidates: list[str] = []
    valid_from: str | None = None
    valid_to: str | None = None


class Date(Record, kw_only=True, frozen=True, tag="date"):
    """A stretch of days, both ends included; ``to`` is None with ``open_end`` ("fra 2024")."""

    first: dt.date = msgspec.field(name="from")
    to: dt.date | None = None
    precision: Precision
    time: str | None = None
    open_end: bool = False


class Decision(Record, kw_only=True, frozen=True, tag="decision"):
    """The sentence of a decision; ``body`` is who decided by canonical name, ``verb`` a lemma ("vedtage").

    ``negated``: what was decided or recommended is that something, or a part of it, is not done ("besluttede ikke at
    lukke skolen"). ``condition``: the printed words of a condition that it is made on ("under forudsætning af, at
    staten giver tilskud"). ``ordinal``: which of the decisions of its sentence it is, from 1. ``links``: the amounts,
    FTEs and references of the same sentence.
    """

    body: str | None = None
    verb: str
    status: DecisionStatus
    negated: bool = False
    condition: str | None = None
    date: str | None = None
    budget_year: int | None = None
    ordinal: int = 1
    links: list[Link] = []


class Reference(Record, kw_only=True, frozen=True, tag="reference"):
    """A pointer to another paper: ``value`` is its number as it is filed ("ISU32", "2020-0012345")."""

    kind: Literal["proposal", "case", "budget", "agenda-item", "law"]
    value: str
    title: str | None = None


class Identifier(Record, kw_only=True, frozen=True, tag="identifier"):
    """A number or address that names somebody. A CPR number is masked in ``value`` and in ``text``."""

    kind: Literal["cpr", "cvr", "phone", "email", "url"]
    value: str


class Person(Record, kw_only=True, frozen=True, tag="person"):
    """A person by the name as printed; ``role`` is the title beside the name, if any.

    ``method`` says how the name was known: printed in a mail header, a signature or a salutation, known from one of
    these elsewhere in the document (``thread``), or told by a trained model (``ner``), which ``model`` names.
    """

    name: str
    role: str | None = None
    method: Literal["header", "signature", "salutation", "thread", "ner"] | None = None
    model: str | None = None


AnyRecord = Amount | Fte | Committee | Date | Decision | Reference | Identifier | Person
RECORD_TYPES: dict[str, type[Record]] = {
    "amount": Amount,
    "fte": Fte,
    "committee": Committee,
    "date": Date,
    "decision": Decision,
    "reference": Reference,
    "identifier": Identifier,
    "person": Person,
}
