"""A descriptor beside an exported file: what its columns mean, what it was asked for, and a checksum of it.

It is a Frictionless Data Package with one resource and its Table Schema: that describes every format that Akt writes,
where CSVW speaks of CSV alone. It is named after its file, so that two exports may lie in one folder.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from pipeline.export.columns import Column, Kind, Sheet
from pipeline.export.delimited import Dialect

ENDING = ".datapackage.json"
MEDIA_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}
FLAT = {Kind.BOX, Kind.TEXTS, Kind.WHOLES, Kind.EVIDENCE, Kind.LINKS}
IN_ONE_CELL = {
    Kind.BOX: "four numbers with blanks between",
    Kind.TEXTS: 'texts with "; " between',
    Kind.WHOLES: "numbers with blanks between",
    Kind.EVIDENCE: '"field: words" with "; " between',
    Kind.LINKS: '"type: words" with "; " between',
}
GUARD = "A text that a spreadsheet would take for a formula has ' in front in this file."


class Told(msgspec.Struct, kw_only=True):
    """What is said of an export beside its columns: what was asked for, by which versions, and how much came.

    ``notes``: what the format could not hold as it is.
    """

    command: str
    query: str | None
    created: str
    akt_version: str
    extractor_versions: list[str]
    rows: int
    notes: list[str]


def descriptor(sheet: Sheet, file: Path, form: str, dialect: Dialect, told: Told) -> dict[str, object]:
    """The Data Package of a file that has been written."""
    resource: dict[str, object] = {
        "name": re.sub(r"[^a-z0-9._-]+", "-", file.name.lower()).strip("-") or sheet.name,
        "path": file.name,
        "format": form,
        "mediatype": MEDIA_TYPES[form],
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{checksum(file)}",
        "description": sheet.row + (f" {GUARD}" if form in ("csv", "tsv") else ""),
    }
    if form in ("csv", "tsv"):
        resource["profile"] = "tabular-data-resource"
        resource["dialect"] = {"delimiter": dialect.delimiter, "lineTerminator": "\r\n", "header": True}
    resource["schema"] = {"fields": [field(column, form, dialect) for column in sheet.columns], "missingValues": [""]}
    return {
        "profile": "data-package",
        "name": resource["name"],
        "title": f"{sheet.name}: {told.query}" if told.query else sheet.name,
        "created": told.created,
        "resources": [resource],
        "akt": msgspec.to_builtins(told),
    }


def field(column: Column, form: str, dialect: Dialect) -> dict[str, object]:
    """A column as a field of a Table Schema: the type is that of the values as they stand in the file."""
    text = form in ("csv", "tsv", "xlsx")
    told: dict[str, object] = {"name": column.name, "type": _type(column.kind, form)}
    meaning = column.meaning
    if text and column.kind in FLAT:
        meaning += f" Here {IN_ONE_CELL[column.kind]}."
    told["description"] = meaning
    if column.unit:
        told["unit"] = column.unit
    if column.kind is Kind.DECIMAL and dialect.decimal != ".":
        told["decimalChar"] = dialect.decimal
    constraints: dict[str, object] = {"required": True} if column.required else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    return told | ({"constraints": constraints} if constraints else {})


def _type(kind: Kind, form: str) -> str:
    if kind in FLAT:
        if form in ("csv", "tsv", "xlsx"):
            return "string"
        return "object" if kind is Kind.BOX and form == "parquet" else "array"
    plain: Mapping[Kind, str] = {
        Kind.WHOLE: "integer",
        Kind.DECIMAL: "number",
        Kind.DAY: "date",
        Kind.YES_NO: "boolean",
    }
    return plain.get(kind, "string")


def checksum(file: Path) -> str:
    """SHA-256 of a file, as 64 hex digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
