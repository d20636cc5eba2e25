"""Tables for people, programs and spreadsheets: each as it is printed, with the values that were read from it."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal

import msgspec

from corpus.identity import part_id
from corpus.model import STAFF_UNITS, Cell, Document, Line, LineValue, Problem, Table
from corpus.problems import Code
from pipeline.export.layout import Style, in_columns, place, wrapped
from pipeline.export.rows import Row, day
from pipeline.export.safety import on_one_line, width
from pipeline.export.tables import UNIT_WORDS, danish
from pipeline.tables.around.statements import CAPTION
from pipeline.tables.content.headings import year_headings
from pipeline.tables.content.pricelevels import figure_level
from pipeline.tables.content.units import unit_note

TOLD = frozenset({Code.TABLE_REFUSED, Code.UNIT_UNKNOWN, Code.UNIT_CONFLICT, Code.SUM_MISMATCH, Code.NUMBER_REFUSED})
GAP = "  "
NARROWEST = 8


class OfDocument(msgspec.Struct, frozen=True, kw_only=True):
    """What the rows of a table say of the document it stands in."""

    path: str
    sha256: str
    document: str | None
    document_date: dt.date | None
    municipality: str | None
    extractor_version: str | None
    also_in: list[str] = []


class FoundTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table with its place; ``number`` counts the tables of one document from 1."""

    of: OfDocument
    number: int
    table: Table


class FoundTables(msgspec.Struct, frozen=True, kw_only=True):
    """The tables of a document, and what was not safe to read in them."""

    tables: list[FoundTable]
    notes: list[str]


def tables_of(document: Document) -> FoundTables:
    """The document's own tables, not those of its attachments."""
    of = OfDocument(
        path=document.path,
        sha256=document.sha256,
        document=document.title,
        document_date=day(document.date),
        municipality=document.municipality,
        extractor_version=document.extractor_version,
    )
    found = [FoundTable(of=of, number=number, table=table) for number, table in enumerate(document.tables, 1)]
    return FoundTables(tables=found, notes=notes_on(document.problems))


def notes_on(problems: Iterable[Problem]) -> list[str]:
    """What was not safe to read in tables, with its page."""
    told = [problem for problem in problems if problem.code in TOLD]
    return [f"page {p.page}: {p.message}" if p.page else p.message for p in told]


def table_row(found: FoundTable) -> Row:
    """A table as one object: its place and document beside the fields of the contract's table."""
    of = msgspec.to_builtins(found.of, builtin_types=(dt.date,))
    own = msgspec.to_builtins(found.table, builtin_types=(Decimal,))
    return {
        "id": part_id(found.of.sha256, found.table.part),
        "path": of.pop("path"),
        "number": found.number,
        **of,
        **own,
    }


def cell_rows(found: FoundTable) -> Iterator[Row]:
    """A row for each printed cell, blank ones too, with what was read from it: :data:`sheets.CELLS`."""
    table, of = found.table, found.of
    standing: Row = {
        "id": part_id(of.sha256, table.part),
        **msgspec.to_builtins(of, builtin_types=(dt.date,)),
        "table": found.number,
        "caption": table.caption,
        "sign_note": table.sign_note,
        "price_level": None,
        "unit_text": None,
        **dict.fromkeys(("label", "group", "role", "year", "value", "unit")),
    }
    values = read_values(table)
    for row in table.cells:
        for cell in row:
            read = values.get((cell.row, cell.column))
            told = _told(table, *read) if read else {}
            yield standing | msgspec.structs.asdict(cell) | told | {"page": cell.page or table.page}


def _told(table: Table, line: Line, value: LineValue) -> Row:
    """What was read from a cell; unit and price level of the table are of its money."""
    told: Row = {"label": line.label, "group": line.group, "role": line.role, "unit": line.unit}
    told |= {"year": value.year, "value": value.value}
    if line.unit not in STAFF_UNITS:
        heading = value.column or year_headings(table.columns).get((value.year or 0, False))
        level = figure_level(table.price_level, heading, line.label, line.group)
        told |= {"price_level": level, "unit_text": table.unit.text if table.unit else None}
    return told


def read_values(table: Table) -> dict[tuple[int, int], tuple[Line, LineValue]]:
    """By row and column of its cell, each value that was read: figures are found in the order in which they stand.

    Without boxes, a figure is looked for in the rows with its label first; of several elsewhere none is taken.
    """
    on_page, with_text = _free(table)
    rows = [{" ".join(cell.text.split()) for cell in row} for row in table.cells]
    found: dict[tuple[int, int], tuple[Line, LineValue]] = {}
    for line in table.lines:
        for value in line.values:
            if value.bbox is not None and value.page in on_page:
                cells = on_page[value.page]
                cell = next((cell for cell in cells if _holds(cell, value)), None)
            else:
                cells = with_text.get(value.raw.strip(), [])
                cell = _by_label(cells, rows, line.label)
            if cell is not None:
                cells.remove(cell)
                found[cell.row, cell.column] = line, value
    return found


def _free(table: Table) -> tuple[dict[int | None, list[Cell]], dict[str, list[Cell]]]:
    """The cells that are not blank, by their page where they have a box, else by their text."""
    on_page: dict[int | None, list[Cell]] = {}
    with_text: dict[str, list[Cell]] = {}
    for cell in (cell for row in table.cells for cell in row if cell.text):
        if cell.bbox is not None:
            on_page.setdefault(cell.page, []).append(cell)
        elif not cell.header:
            with_text.setdefault(cell.text.strip(), []).append(cell)
    return on_page, with_text


def _by_label(cells: list[Cell], rows: Sequence[set[str]], label: str) -> Cell | None:
    beside = [cell for cell in cells if " ".join(label.split()) in rows[cell.row]]
    if beside:
        return beside[0]
    return cells[0] if len(cells) == 1 else None


def _holds(cell: Cell, value: LineValue) -> bool:
    if cell.bbox is None or value.bbox is None:
        return False
    x, y = (value.bbox[0] + value.bbox[2]) / 2, (value.bbox[1] + value.bbox[3]) / 2
    inside = cell.bbox[0] <= x <= cell.bbox[2] and cell.bbox[1] <= y <= cell.bbox[3]
    return inside and cell.page == value.page and value.raw.strip() in cell.text


# --- for people -----------------------------------------------------------------------------------------------------


def table_blocks(found: FoundTables, columns: int, room: int, bold: Style | None) -> Iterator[str]:
    """Each table under a line with its place: its cells as printed, the values read, and what was not safe.

    ``room``: the columns that a row of values may take before it is broken.
    """
    for table in found.tables:
        heading = f"{place(table.of.path, table.table.page)} · table {table.number}"
        heading = wrapped(heading, room, "")
        yield (bold(heading) if bold else heading) + "\n"
        yield from (wrapped(on_one_line(text), room, GAP) + "\n" for text in said(table.table))
        yield from _printed(table.table, columns)
        yield from _read(table.table, room)
        yield "\n"
    yield from (wrapped(f"! {on_one_line(note)}", room, GAP) + "\n" for note in found.notes)
    if found.notes:
        yield "\n"


def said(table: Table) -> Iterator[str]:
    """What stands around a table: its caption, unit and what it says of signs."""
    if table.caption:
        yield table.caption
    if table.unit is not None:
        yield f"unit: {_unit_said(table.unit.text)}"
    if table.sign_note:
        yield table.sign_note


def _unit_said(text: str) -> str:
    """The unit of a caption without the rest of it: "Tabel 2. Forventet regnskab, mio. kr."."""
    note = unit_note(text) if CAPTION.match(text) else None
    return text if note is None else text[note.start : note.end]


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


def _read(table: Table, room: int) -> Iterator[str]:
    """The values of the lines in kr., årsværk or positions, under their years."""
    lines = [line for line in table.lines if line.values]
    if not lines:
        return
    twice = _of_several(lines)
    read = [_named(line, twice) for line in lines]
    headings = [(column.label if column.year in twice else column.year or column.label) for column in table.columns]
    names = _in_order(read, [on_one_line(str(heading)) for heading in headings])
    rows = [["read as", "", *names]]
    for line, values in zip(lines, read, strict=True):
        label = f"{line.group}: {line.label}" if line.group else line.label
        unit = UNIT_WORDS.get(line.unit or "", line.unit or "")
        rows.append([on_one_line(label), unit, *(values.get(name, "") for name in names)])
    yield textwrap.indent(in_columns(rows, 2, room - len(GAP)), GAP)


def _in_order(read: Sequence[Mapping[str, str]], columns: Sequence[str]) -> list[str]:
    """The names of values as their columns stand: an empty cell in a first row moves none to the end."""
    names = dict.fromkeys(name for values in read for name in values)
    printed = {name: place for place, name in reversed([*enumerate(columns)])}
    return sorted(names, key=lambda name: printed.get(name.split(" (")[0], printed.get(name, len(columns))))


def _of_several(lines: Sequence[Line]) -> set[int]:
    """The years that several columns are of, as "Budget 2026" and "Forbrug 2026": their headings tell them apart."""
    headings: dict[int, set[str]] = {}
    for value in (value for line in lines for value in line.values):
        if value.year is not None and value.column:
            headings.setdefault(value.year, set()).add(value.column)
    return {year for year, told in headings.items() if len(told) > 1}


def _named(line: Line, twice: Set[int]) -> dict[str, str]:
    """The values by year or column, or by the heading of one of several columns of a year.

    The second of one name is "2025 (2)".
    """
    values: dict[str, str] = {}
    for value in line.values:
        told = value.column if value.year in twice else None
        heading = on_one_line(str(told or (value.year if value.year is not None else value.column or "")))
        name = heading
        count = 1
        while name in values:
            count += 1
            name = f"{heading} ({count})"
        values[name] = danish(format(value.value, "f"))
    return values
