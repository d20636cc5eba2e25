"""Records and search hits as flat rows: names to plain values, in one fixed order per type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from pipeline.masking import mask_name

if TYPE_CHECKING:
    from corpus.store.entries import Origin, Outline, PartOutline, StoredRecord

Row = dict[str, object]
CONTEXT = (
    *("path", "document", "document_date", "municipality", "part_kind", "part_title", "part_number", "part_committee"),
    *("page", "quote", "also_in"),
)
LINE_COLUMNS = (
    *("id", "path", "document", "document_date", "municipality", "part", "part_kind", "part_title", "part_number"),
    *("part_committee", "caption", "label", "group", "role", "unit", "year", "column", "value", "raw", "price_level"),
    *("unit_text", "page", "bbox", "check", "also_in"),
)
REFERENCE_COLUMNS = ("resolved", "resolution")  # of the workspace, not of the record: pipeline.links
PROBLEM_COLUMNS = ("id", "path", "document", "part", "page", "code", "message", "also_in")

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
    "lines": "line",
    "problems": "problem",
}
DANISH_TYPE_WORDS: dict[str, str] = {
    "beløb": "amount",
    "årsværk": "fte",
    "udvalg": "committee",
    "datoer": "date",
    "beslutninger": "decision",
    "henvisninger": "reference",
    "identifikatorer": "identifier",
    "personer": "person",
    "linjer": "line",
    "problemer": "problem",
}


def record_columns(record_type: str) -> list[str]:
    """The columns of an exported record: id, the record's own fields, then where it comes from."""
    from corpus.model import RECORD_TYPES

    if record_type == "line":
        return list(LINE_COLUMNS)
    if record_type == "problem":
        return list(PROBLEM_COLUMNS)
    fields = [field.encode_name for field in msgspec.structs.fields(RECORD_TYPES[record_type])]
    if record_type == "reference":
        fields += REFERENCE_COLUMNS
    # A committee's own municipality and a decision's own date keep their names; those of the document have others.
    return ["id", "type", *fields, *(name for name in CONTEXT if name not in fields)]


def record_row(stored: StoredRecord) -> Row:
    """A stored record as RECORDS.md describes an exported one."""
    from corpus.identity import record_id

    own: Row = msgspec.to_builtins(stored.record)
    origin, part = stored.origin, part_of(stored.origin, stored.record.part)
    context: Row = {
        **place_row(origin),
        "document_date": origin.outline.date,
        "municipality": origin.outline.municipality,
        **part_row(part),
        "quote": stored.quote.text,
        "also_in": masked_paths(origin.also_in),
    }
    return {"id": record_id(origin.sha256, stored.record), **context, **own} | _municipality(own, context)


def place_row(origin: Origin[Outline]) -> Row:
    """Path and title of a document."""
    return {"path": mask_name(origin.path), "document": origin.outline.title}


def masked_paths(paths: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(map(mask_name, paths)))


def part_of(origin: Origin[Outline], index: int) -> PartOutline:
    """The part with that index; an unnamed one for a document without parts."""
    from corpus.store.entries import PartOutline

    parts = origin.outline.parts
    if index < len(parts) and parts[index].index == index:
        return parts[index]
    return next((part for part in parts if part.index == index), PartOutline(index=index, kind="body"))


def part_row(part: PartOutline) -> Row:
    """What is said of the part that a record stands in."""
    return {
        "part_kind": part.kind,
        "part_title": part.title,
        "part_number": part.number,
        "part_committee": part.committee,
    }


def _municipality(own: Row, context: Row) -> Row:
    """A committee that does not say whose it is belongs to the document's municipality."""
    return {"municipality": own.get("municipality") or context["municipality"]}


def flat(value: object) -> str:
    """A value as one cell of text: lists with "; " between, numbers of a box or span with blanks, None as nothing.

    Evidence and links are their field or type and the printed words: "role: besparelse".
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(Decimal(str(value)), "f")
    if isinstance(value, Mapping):
        return f"{value.get('field') or value.get('type')}: {value.get('text')}"  # a word of evidence, a link
    if isinstance(value, Sequence) and not isinstance(value, str):
        numbers = all(isinstance(item, int | float) for item in value)
        return (" " if numbers else "; ").join(flat(item) for item in value)
    return str(value)
