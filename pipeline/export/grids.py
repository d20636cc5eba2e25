"""Tables for people, programs and spreadsheets: each as it is printed, with the values that were read from it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from corpus.model import Cell, Document, Line, LineValue, Table
from corpus.problems import Code
from pipeline.export.formats import csv_lines, json_array
from pipeline.export.layout import Style, aligned, place
from pipeline.export.rows import Row
from pipeline.export.safety import on_one_line, width
from pipeline.export.tables import danish

COLUMNS = (
    *("path", "page", "table", "row", "column", "row_span", "column_span", "header", "text"),
    *("label", "group", "role", "year", "value", "unit"),
)
TOLD = frozenset({Code.TABLE_REFUSED, Code.UNIT_UNKNOWN, Code.UNIT_CONFLICT, Code.SUM_MISMATCH, Code.NUMBER_REFUSED})
GAP = "  "
NARROWEST = 8


class FoundTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table with its place; ``number`` counts the tables of one document from 1."""

    path: str
    number: int
    table: Table


class FoundTables(msgspec.Struct, frozen=True, kw_only=True):
    """The tables of a document, and what was not safe to read in them."""

    tables: list[FoundTable]
    notes: list[str]


def tables_of(document: Document) -> FoundTables:
    """The document's own tables, not those of its attachments."""
    found = [
        FoundTable(path=document.path, number=number, table=table) for number, table in enumerate(document.tables, 1)
    ]
    told = [problem for problem in document.problems if problem.code in TOLD]
    notes = [f"page {p.page}: {p.message}" if p.page else p.message for p in told]
    return FoundTables(tables=found, notes=notes)


def table_json(found: Iterable[FoundTables]) -> Iterator[str]:
    """One array of the tables, each with ``path`` and ``number`` beside the fields of the contract's table."""
    tables = (table for tables in found for table in tables.tables)
    return json_array({"path": t.path, "number": t.number, **msgspec.to_builtins(t.table)} for t in tables)


def table_csv(found: Iterable[FoundTables]) -> Iterator[str]:
    """A row for each printed cell, blank ones too; what was read from a cell stands behind its text."""
    return csv_lines((row for tables in found for table in tables.tables for row in _cell_rows(table)), COLUMNS)


def _cell_rows(found: FoundTable) -> Iterator[Row]:
    values = read_values(found.table)
    for row in found.table.cells:
        for cell in row:
            told: Row = {name: value for name, value in msgspec.to_builtins(cell).items() if name != "bbox"}
            if (read := values.get((cell.row, cell.column))) is not None:
                line, value = read
                told |= {"label": line.label, "group": line.group, "role": line.role, "unit": line.unit}
                told |= {"year": value.year, "value": str(value.value)}
            yield told | {"path": found.path, "table": found.number, "page": cell.page or found.table.page}


def read_values(table: Table) -> dict[tuple[int, int], tuple[Line, LineValue]]:
    """By row and column of its cell, each value that was read: figures are found in the order in which they stand."""
    cells = [cell for row in table.cells for cell in row if cell.text]
    found: dict[tuple[int, int], tuple[Line, LineValue]] = {}
    for line in table.lines:
        for value in line.values:
            cell = next((c for c in cells if (c.row, c.column) not in found and _holds(c, value)), None)
            if cell is not None:
                found[cell.row, cell.column] = line, value
    return found


def _holds(cell: Cell, value: LineValue) -> bool:
    if cell.bbox is None or value.bbox is None:
        return not cell.header and cell.text.strip() == value.raw.strip()
    x, y = (value.bbox[0] + value.bbox[2]) / 2, (value.bbox[1] + value.bbox[3]) / 2
    inside = cell.bbox[0] <= x <= cell.bbox[2] and cell.bbox[1] <= y <= cell.bbox[3]
    return inside and cell.page == value.page and value.raw.strip() in cell.text


# --- for people -----------------------------------------------------------------------------------------------------


def table_blocks(found: FoundTables, columns: int, bold: Style | None) -> Iterator[str]:
    """Each table under a line with its place: its cells as printed, the values read, and what was not safe."""
    for table in found.tables:
        heading = f"{place(table.path, table.table.page)} · table {table.number}"
        yield (bold(heading) if bold else heading) + "\n"
        yield from (f"{GAP}{on_one_line(text)}\n" for text in _said(table.table))
        yield from _printed(table.table, columns)
        yield from _read(table.table)
        yield "\n"
    yield from (f"{GAP}! {on_one_line(note)}\n" for note in found.notes)
    if found.notes:
        yield "\n"


def _said(table: Table) -> Iterator[str]:
    if table.caption:
        yield table.caption
    if table.unit is not None:
        yield f"unit: {table.unit.text}"
    if table.sign_note:
        yield table.sign_note


def _printed(table: Table, columns: int) -> Iterator[str]:
    """The cells in columns; a text that is too wide goes on below in its column."""
    count = max((cell.column + cell.column_span for row in table.cells for cell in row), default=0)
    rows = [[""] * count for _ in table.cells]
    for row, texts in zip(table.cells, rows, strict=True):
        for cell in row:
            texts[cell.column] = on_one_line(cell.text)
    widths = _fitted([max((width(row[n]) for row in rows), default=0) for n in range(count)], columns - len(GAP))
    for texts in rows:
        wrapped = [textwrap.wrap(text, room) or [""] for text, room in zip(texts, map(_least, widths), strict=True)]
        for number in range(max(map(len, wrapped), default=0)):
            pieces = [lines[number] if number < len(lines) else "" for lines in wrapped]
            padded = [_padded(piece, room) for piece, room in zip(pieces, widths, strict=True)]
            yield f"{GAP}{GAP.join(padded)}".rstrip() + "\n"


def _least(room: int) -> int:
    return max(room, 1)


def _fitted(widths: list[int], columns: int) -> list[int]:
    """The widths, the widest made narrower until all fit, but none below ``NARROWEST``."""
    fitted = list(widths)
    while fitted and sum(fitted) + len(GAP) * (len(fitted) - 1) > columns and max(fitted) > NARROWEST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _padded(text: str, room: int) -> str:
    blanks = " " * (room - width(text))
    return blanks + text if text and all(not char.isalpha() for char in text) else text + blanks


def _read(table: Table) -> Iterator[str]:
    """The values of the lines in kr. and årsværk, under their years."""
    lines = [line for line in table.lines if line.values]
    if not lines:
        return
    read = [_named(line) for line in lines]
    names = list(dict.fromkeys(name for values in read for name in values))
    rows = [["read as", "", *names]]
    for line, values in zip(lines, read, strict=True):
        label = f"{line.group}: {line.label}" if line.group else line.label
        unit = {"DKK": "kr.", "fte": "årsværk"}.get(line.unit or "", line.unit or "")
        rows.append([on_one_line(label), unit, *(values.get(name, "") for name in names)])
    yield textwrap.indent(aligned(_right(rows)), GAP)


def _right(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The cells after the second moved to the right end of their column."""
    room = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [[text if n < 2 else " " * (room[n] - width(text)) + text for n, text in enumerate(row)] for row in rows]


def _named(line: Line) -> dict[str, str]:
    """The values by year or column; the second of one year, under another heading, is "2025 (2)"."""
    values: dict[str, str] = {}
    for value in line.values:
        name = heading = on_one_line(str(value.year if value.year is not None else value.column or ""))
        count = 1
        while name in values:
            count += 1
            name = f"{heading} ({count})"
        values[name] = danish(format(value.value, "f"))
    return values
