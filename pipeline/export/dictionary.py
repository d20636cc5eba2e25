"""docs/data-dictionary.md: every table that Akt exports, column by column."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.export.columns import Column, Kind, Sheet
from pipeline.export.sheets import all_sheets

IN_FORMATS = (  # kind, csv and tsv, xlsx, json and jsonl, parquet
    (Kind.TEXT, "the text; `'` before what looks like a formula", "text", "string", "string"),
    (Kind.WHOLE, "`2025`", "number", "number", "int64"),
    (
        Kind.DECIMAL,
        "`-206000.5`, with `--excel-da` `-206000,5`",
        "number",
        'string: `"-206000.5"`',
        "decimal128(38, 10)",
    ),
    (Kind.DAY, "`2025-03-01`", "date", "string", "date32"),
    (Kind.YES_NO, "`true`, `false`", "TRUE, FALSE", "true, false", "bool"),
    (Kind.BOX, "`x0 top x1 bottom`", "as in csv", "list of 4 numbers", "struct of x0, top, x1, bottom"),
    (Kind.TEXTS, "`a; b`", "as in csv", "list", "list of string"),
    (Kind.WHOLES, "`2024 2025`", "as in csv", "list", "list of int64"),
    (Kind.EVIDENCE, "`role: besparelse; year: 2025`", "as in csv", "list of objects", "list of struct"),
    (Kind.LINKS, "`amount: 2 mio. kr.`", "as in csv", "list of objects", "list of struct"),
)
HEAD = """# Data dictionary

The columns of what `akt records`, `tables`, `budget`, `check`, `compare` and `duplicates` write, in every format.
This page is generated from `pipeline/export/sheets.py`.

A column that is not *always* filled in is empty (`null`) where the paper does not say it. How a figure is found again:
`path`, `page` and `bbox` lead to its place on the page, `akt show ID` prints it, and `sha256` proves that the file is
still the same.

## Kinds of columns

| kind | csv, tsv | xlsx | json, jsonl | parquet |
| --- | --- | --- | --- | --- |
"""


def page() -> str:
    """The page, as Markdown."""
    kinds = "".join(f"| {kind.value} | {' | '.join(forms)} |\n" for kind, *forms in IN_FORMATS)
    return HEAD + kinds + "".join(line for sheet in all_sheets() for line in _sheet(sheet))


def _sheet(sheet: Sheet) -> Iterator[str]:
    asked = "akt tables" if sheet.name == "cells" else f"akt records {sheet.name}"
    yield f"\n## {sheet.name}\n\n`{asked}`. {sheet.row}\n\n"
    yield "| column | kind | unit | always | meaning |\n| --- | --- | --- | --- | --- |\n"
    yield from map(_row, sheet.columns)


def _row(column: Column) -> str:
    choices = f" One of {', '.join(f'`{choice}`' for choice in column.choices)}." if column.choices else ""
    always = "yes" if column.required else ""
    return f"| `{column.name}` | {column.kind.value} | {column.unit or ''} | {always} | {column.meaning}{choices} |\n"
