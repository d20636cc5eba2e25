"""The contract of what Akt takes out of a document: schema ``akt/1``.

Every struct serialises to the JSON object that ``docs/records.md`` describes; the JSON Schema beside this
module (``akt-1.schema.json``) is generated from these types. Fields may be added, none renamed or dropped.

Money and FTE are :class:`decimal.Decimal` and travel as JSON strings in plain notation. Offsets count characters of
``part.text``; a box is ``(x0, top, x1, bottom)`` in PDF points with the origin at the top left of the page as shown.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

import msgspec

SCHEMA = "akt/1"

Box = tuple[float, float, float, float]
DocumentKind = Literal[
    "email", "budget-proposal", "budget-catalogue", "minutes", "agenda", "letter", "spreadsheet", "other"
]
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


def exact(value: Decimal | int | str) -> Decimal:
    """The same number in the one form that is stored: no exponent, no trailing zeros after the point, no ``-0``.

    Raises ValueError for a float (it has lost its printed digits already) and for NaN or infinity.
    """
    if isinstance(value, float):
        raise ValueError(f"a float is not exact: {value!r}")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"not a finite number: {value!r}")
    printed = str(number)
    if printed.isdigit() or (printed[1:].isdigit() and number):
        return number
    whole = number.to_integral_value()
    if whole == number and "E" not in str(whole):
        return whole if number else Decimal(0)
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return Decimal(plain) if number else Decimal(0)


class Struct(msgspec.Struct, frozen=True):
    """Base of everything in the contract."""


class Problem(Struct, kw_only=True, frozen=True):
    """Something that looked readable and was not: ``code`` is one of :class:`corpus.problems.Code`."""

    code: str
    message: str
    part: int | None = None
    page: int | None = None


# --- parts ----------------------------------------------------------------------------------------------------


class Address(Struct, kw_only=True, frozen=True):
    """A mail participant as printed: at least one of the two is given."""

    name: str | None = None
    address: str | None = None


class Part(Struct, kw_only=True, frozen=True, tag_field="kind"):
    """The unit that is searched and cited. The parts of a document, joined in order, are its whole text."""

    index: int
    title: str | None
    text: str
    body_start: int = 0
    page_first: int | None = None
    page_last: int | None = None


class Message(Part, kw_only=True, frozen=True, tag="message"):
    """One e-mail message, on its own or quoted in another. ``sent`` is ISO 8601, local as printed.

    ``inline``: its answers are written between the lines that it quotes; quote and answers are one text.
    """

    sender: Address | None = msgspec.field(default=None, name="from")
    to: list[Address] = []
    cc: list[Address] = []
    sent: str | None = None
    subject: str | None = None
    quoted: bool = False
    inline: bool = False
    fingerprint: str
    attachments: list[int] = []
    message_id: str | None = None
    in_reply_to: str | None = None
    references: list[str] = []


class Section(Struct, kw_only=True, frozen=True):
    """A headed stretch of a part: ``start`` is the heading's first character, ``end`` one past the section's last."""

    heading: str
    start: int
    end: int


class Proposal(Part, kw_only=True, frozen=True, tag="proposal"):
    """One budget proposal; a catalogue holds many."""

    number: str | None = None
    committee: str | None = None
    proposer: str | None = None
    expense_type: str | None = None
    budget_years: list[int] = []
    sections: list[Section] = []


class AgendaItem(Part, kw_only=True, frozen=True, tag="agenda-item"):
    """One item of an agenda or of minutes. ``decision_start`` is where "Beslutning" begins, None without one.

    ``committee`` is the body whose meeting it is.
    """

    number: str | None = None
    committee: str | None = None
    heading: str | None = None
    decision_start: int | None = None


class Body(Part, kw_only=True, frozen=True, tag="body"):
    """Everything else: a headed section of a longer document, or a page of it."""


AnyPart = Message | Proposal | AgendaItem | Body


# --- records --------------------------------------------------------------------------------------------------


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

    ``links``: the amounts, FTEs and references of the same sentence.
    """

    body: str | None = None
    verb: str
    status: DecisionStatus
    date: str | None = None
    budget_year: int | None = None
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


# --- tables ---------------------------------------------------------------------------------------------------


class Unit(Struct, kw_only=True, frozen=True):
    """What one printed number is worth: "Beløb i 1.000 kr." is factor 1000, currency DKK."""

    factor: Decimal
    currency: str
    text: str


class Column(Struct, kw_only=True, frozen=True):
    """A value column by its printed heading, and its budget year where the heading names one."""

    label: str
    year: int | None = None


class Cell(Struct, kw_only=True, frozen=True):
    """A printed cell; ``row`` counts on over page breaks. ``text`` is "" where nothing is printed."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    bbox: Box | None = None
    header: bool = False


class LineValue(Struct, kw_only=True, frozen=True):
    """A figure of a line, in kr. or FTE, with the printed form. Named by ``year`` or else by ``column``."""

    value: Decimal
    raw: str
    year: int | None = None
    column: str | None = None
    part: int | None = None
    start: int | None = None
    end: int | None = None
    page: int | None = None
    bbox: Box | None = None


class Line(Struct, kw_only=True, frozen=True):
    """A row in tidy form. ``unit`` is "DKK" (or another currency) or "fte"; an empty cell has no value."""

    label: str
    group: str | None = None
    role: str | None = None
    unit: str | None = None
    values: list[LineValue] = []


class Check(Struct, kw_only=True, frozen=True):
    """A sum that the table itself promises, and whether it holds within ``tolerance``. ``unit`` is that of its line.

    The rule "summary = proposal" is of one row, ``label``, of a summary in a catalogue: ``found`` there, ``expected``
    from the proposal, which is part ``part``.
    """

    rule: str
    expected: Decimal
    found: Decimal
    ok: bool
    tolerance: Decimal
    year: int | None = None
    column: str | None = None
    unit: str | None = None
    label: str | None = None
    part: int | None = None


class Table(Struct, kw_only=True, frozen=True):
    """A table as printed (``cells``) and, where it is a budget table that could be read safely, as ``lines``."""

    part: int = 0
    page: int | None = None
    pages: list[int] = []
    bbox: Box | None = None
    caption: str | None = None
    cells: list[list[Cell]] = []
    unit: Unit | None = None
    price_level: int | None = None
    sign_note: str | None = None
    columns: list[Column] = []
    lines: list[Line] = []
    checks: list[Check] = []


class UnclaimedNumber(Struct, kw_only=True, frozen=True):
    """A number printed on a page that is in no cell and no record: the rest of the ledger."""

    text: str
    part: int
    start: int
    end: int
    page: int | None = None


class Bookmark(Struct, kw_only=True, frozen=True):
    """An entry of a document's outline. ``page`` is 1-based, None where it leads to none; ``level`` 0 is outermost."""

    title: str
    page: int | None = None
    level: int = 0


class Document(Struct, kw_only=True, frozen=True):
    """One content, with what was found in it. ``path`` is as the user gave it; ``name`` is that inside a container.

    ``metadata``, ``outline`` and ``page_labels`` (the printed number of each page, where it is not its place) are what
    the file says of itself.
    """

    schema: Literal["akt/1"] = "akt/1"
    path: str
    name: str | None = None
    sha256: str
    media_type: str
    kind: DocumentKind = "other"
    title: str | None = None
    language: str | None = None
    municipality: str | None = None
    date: str | None = None
    pages: int | None = None
    page_labels: list[str] = []
    metadata: dict[str, str] = {}
    outline: list[Bookmark] = []
    reader: str
    extractor_version: str
    parts: list[AnyPart] = []
    records: list[AnyRecord] = []
    tables: list[Table] = []
    problems: list[Problem] = []
    unclaimed_numbers: list[UnclaimedNumber] = []
    children: list[Document] = []
