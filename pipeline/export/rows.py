"""Records and search hits as flat rows: names to plain values, in one fixed order per type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from pipeline.masking import mask_name

if TYPE_CHECKING:
    from corpus.model import AnyRecord
    from corpus.store.entries import Origin, Outline, PartOutline, StoredRecord

Row = dict[str, object]
DAYS = ("date", "valid_from", "valid_to")  # ISO days that the model has as text
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
    """The names of the columns of a record type, of "line" or "problem"."""
    from pipeline.export.sheets import sheet_of

    return sheet_of(record_type).names


def record_row(stored: StoredRecord) -> Row:
    """A stored record as RECORDS.md describes an exported one; decimals and days stay what they are."""
    from corpus.identity import record_id

    own = own_fields(stored.record)
    origin, part = stored.origin, part_of(stored.origin, stored.record.part)
    context: Row = {
        **place_row(origin),
        **part_row(part),
        "quote": stored.quote.text,
        "also_in": masked_paths(origin.also_in),
        **version_row(origin),
    }
    return {"id": record_id(origin.sha256, stored.record), **context, **own} | _municipality(own, context)


def own_fields(record: AnyRecord) -> Row:
    """The fields of a record by their names in JSON, days that it has as text as days."""
    own: Row = msgspec.to_builtins(record, builtin_types=(Decimal, dt.date))
    for name in DAYS:
        if own.get(name) is not None:
            own[name] = day(own[name])
    return own


def day(printed: object) -> dt.date | None:
    """An ISO day as a date. Raises ValueError for another text: it would be a day that nobody printed."""
    return printed if printed is None or isinstance(printed, dt.date) else dt.date.fromisoformat(str(printed))


def place_row(origin: Origin[Outline]) -> Row:
    """Path, title, day and municipality of a document."""
    outline = origin.outline
    return {
        "path": mask_name(origin.path),
        "document": outline.title,
        "document_date": day(outline.date),
        "municipality": outline.municipality,
    }


def version_row(origin: Origin[Outline]) -> Row:
    """What proves where a row is from, and what made it."""
    return {"sha256": origin.sha256, "extractor_version": origin.outline.extractor_version}


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
