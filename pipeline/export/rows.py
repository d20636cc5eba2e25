"""Records and search hits as flat rows: names to plain values, in one fixed order per type."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from corpus.store.entries import StoredRecord

Row = dict[str, object]
CONTEXT = ("path", "document", "document_date", "municipality", "part_kind", "part_title", "page", "quote")

# What the user types -> the record type. Both numbers of each word are understood.
TYPE_WORDS: dict[str, str] = {
    "amounts": "amount",
    "ftes": "fte",
    "committees": "committee",
    "dates": "date",
    "decisions": "decision",
    "references": "reference",
    "identifiers": "identifier",
    "people": "person",
}


def record_columns(record_type: str) -> list[str]:
    """The columns of an exported record: id, the record's own fields, then where it comes from."""
    from corpus.model import RECORD_TYPES

    fields = [field.encode_name for field in msgspec.structs.fields(RECORD_TYPES[record_type])]
    # A committee's own municipality and a decision's own date keep their names; those of the document have others.
    return ["id", "type", *fields, *(name for name in CONTEXT if name not in fields)]


def record_row(stored: StoredRecord) -> Row:
    """A stored record as RECORDS.md describes an exported one."""
    from corpus.identity import record_id

    own: Row = msgspec.to_builtins(stored.record)
    context: Row = {
        "path": stored.path,
        "document": stored.document,
        "document_date": stored.document_date,
        "municipality": stored.municipality,
        "part_kind": stored.part_kind,
        "part_title": stored.part_title,
        "quote": stored.quote.text,
    }
    return {"id": record_id(stored.sha256, stored.record), **context, **own} | _municipality(own, context)


def _municipality(own: Row, context: Row) -> Row:
    """A committee that does not say whose it is belongs to the document's municipality."""
    return {"municipality": own.get("municipality") or context["municipality"]}


def flat(value: object) -> str:
    """A value as one cell of text: lists with "; " between, boxes with blanks, None as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(Decimal(str(value)), "f")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ("; " if any(isinstance(item, str) for item in value) else " ").join(flat(item) for item in value)
    return str(value)
