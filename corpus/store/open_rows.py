"""What the store keeps for other programs beside the packed document: text and fields of parts, figures of tables."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from corpus.checked import statuses
from corpus.model import STAFF_UNITS, AnyPart, Document, Table

LIFTED = ("index", "kind", "text", "title", "page_first", "page_last", "page_breaks")
"""The fields of a part that are columns of their own, or of no use without the rest."""


def part_rows(sha256: str, document: Document) -> Iterator[dict[str, object]]:
    """A row for each part: its text, and its other fields as JSON."""
    for part in document.parts:
        yield {"sha256": sha256, "part": part.index, "text": part.text, "payload": _payload(part)}


def _payload(part: AnyPart) -> str:
    fields = msgspec.to_builtins(part)
    return msgspec.json.encode({name: value for name, value in fields.items() if name not in LIFTED}).decode()


def value_rows(sha256: str, document: Document) -> Iterator[dict[str, object]]:
    """A row for each figure of the document's tables, in print order."""
    ordinal = 0
    for number, table in enumerate(document.tables, 1):
        for row in _rows_of(table):
            yield {"sha256": sha256, "ordinal": ordinal, "table_number": number, **row}
            ordinal += 1


def _rows_of(table: Table) -> Iterator[dict[str, object]]:
    """The table's unit and price level are of its money, not of a row that counts årsværk or positions."""
    status = statuses(table)
    for line in table.lines:
        money = line.unit not in STAFF_UNITS
        for value in line.values:
            box = value.bbox
            yield {
                "part": table.part if value.part is None else value.part,
                "start": value.start,
                "page": table.page if value.page is None else value.page,
                "bbox": None if box is None else msgspec.json.encode(box).decode(),
                "caption": table.caption,
                "label": line.label,
                "line_group": line.group,
                "role": line.role,
                "unit": line.unit,
                "year": value.year,
                "column_label": value.column,
                "value": format(value.value, "f"),
                "raw": value.raw,
                "price_level": table.price_level if money else None,
                "unit_text": table.unit.text if table.unit and money else None,
                "sign_note": table.sign_note,
                "check_status": status(line, value),
            }
