"""The contract of what Akt takes out of a document: schema ``akt/1``.

Every struct serialises to the JSON object that ``docs/records.md`` describes; the JSON Schema beside this
module (``akt-1.schema.json``) is generated from these types. Fields may be added, none renamed or dropped.

Money and FTE are :class:`decimal.Decimal` and travel as JSON strings in plain notation. Offsets count characters of
``part.text``; a box is ``(x0, top, x1, bottom)`` in PDF points with the origin at the top left of the page as shown.
"""

from __future__ import annotations

from corpus.model.basis import SCHEMA, Box, Problem, Struct, exact
from corpus.model.document import Bookmark, Document, DocumentKind
from corpus.model.parts import Address, AgendaItem, AnyPart, Body, Message, Part, Proposal, Section
from corpus.model.records import (
    RECORD_TYPES,
    Amount,
    AnyRecord,
    Committee,
    Date,
    Decision,
    DecisionStatus,
    Evidence,
    Fte,
    Identifier,
    Link,
    Person,
    Precision,
    Quantity,
    Record,
    Reference,
    Role,
    Source,
)
from corpus.model.tables import STAFF_UNITS, Cell, Check, Column, Line, LineValue, Table, UnclaimedNumber, Unit

__all__ = [
    "RECORD_TYPES",
    "SCHEMA",
    "STAFF_UNITS",
    "Address",
    "AgendaItem",
    "Amount",
    "AnyPart",
    "AnyRecord",
    "Body",
    "Bookmark",
    "Box",
    "Cell",
    "Check",
    "Column",
    "Committee",
    "Date",
    "Decision",
    "DecisionStatus",
    "Document",
    "DocumentKind",
    "Evidence",
    "Fte",
    "Identifier",
    "Line",
    "LineValue",
    "Link",
    "Message",
    "Part",
    "Person",
    "Precision",
    "Problem",
    "Proposal",
    "Quantity",
    "Record",
    "Reference",
    "Role",
    "Section",
    "Source",
    "Struct",
    "Table",
    "UnclaimedNumber",
    "Unit",
    "exact",
]
