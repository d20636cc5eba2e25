"""Rows as an Excel workbook: numbers are numbers, days are days, and a text is never a formula or a link.

Rows are written through to disk one by one, so that a million of them take no room in memory.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from itertools import chain
from typing import IO, Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.export.columns import Column, Kind, Sheet
from pipeline.export.layout import counted
from pipeline.export.rows import flat
from pipeline.export.safety import for_terminal, is_like_a_formula

ROWS_OF_A_SHEET = 1_048_576  # of Excel, headings included
LONGEST_TEXT = 32_767  # characters that a cell holds
EXACT_DIGITS = 15  # Excel reckons with these; what has more is written as text
FIRST_DAY = dt.date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
    "use_zip64": True,  # of a sheet over 2 GiB (a million rows with long sentences); smaller ones stay as they were
}
WIDTHS = {Kind.WHOLE: 8, Kind.DECIMAL: 16, Kind.DAY: 11, Kind.YES_NO: 8, Kind.BOX: 22}
WIDE = 24

Cell = Callable[[Worksheet, int, int, Any], None]


class Workbook:
    """A workbook that is written from the top down. ``notes`` says what Excel could not hold as it is."""

    def __init__(self, stream: IO[bytes], properties: Mapping[str, str] | None = None) -> None:
        # A zip that its reader leaves half-way cannot be ended: it goes to the stream when it is whole.
        self._stream, self._whole = stream, tempfile.TemporaryFile()  # noqa: SIM115 (closed with the book)
        self.book = xlsxwriter.Workbook(self._whole, OPTIONS)
        self.book.set_properties(dict(properties or {}))
        self.bold = self.book.add_format({"bold": True})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.decimal = self.book.add_format({"num_format": "#,##0.##########"})
        self.whole = self.book.add_format({"num_format": "#,##0"})
        self.quoted = self.book.add_format({"quote_prefix": True})
        self._cut = self._inexact = 0
        self.notes: list[str] = []

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            self.close()

    def close(self) -> None:
        if self._cut:
            self.notes.append(
                f"{counted(self._cut, 'text is', 'texts are')} longer than the {LONGEST_TEXT:,} characters of an Excel "
                "cell and cut, with … at the end: csv, jsonl and parquet have all of it."
            )
        if self._inexact:
            self.notes.append(
                f"{counted(self._inexact, 'figure is', 'figures are')} text: Excel reckons with {EXACT_DIGITS} digits, "
                "and there are more."
            )
        try:
            self.book.close()
        except FileCreateError as error:
            raise error.args[0] from error
        with self._whole:
            self._whole.seek(0)
            shutil.copyfileobj(self._whole, self._stream)

    def text(self, sheet: Worksheet, row: int, column: int, value: str, style: Format | None = None) -> None:
        """A text that stays one, also when somebody edits the cell."""
        text = for_terminal(value)
        if len(text) > LONGEST_TEXT:
            self._cut += 1
            text = text[: LONGEST_TEXT - 1] + "…"
        if style is None and is_like_a_formula(text):
            style = self.quoted
        sheet.write_string(row, column, text, style)

    def number(
        self, sheet: Worksheet, row: int, column: int, value: Decimal | int, style: Format | None = None
    ) -> None:
        """A number; as text where Excel would round it."""
        digits = value.as_tuple().digits if isinstance(value, Decimal) else str(abs(value))
        if len(digits) > EXACT_DIGITS:
            self._inexact += 1
            self.text(sheet, row, column, format(value, "f") if isinstance(value, Decimal) else str(value))
            return
        if style is None and isinstance(value, Decimal):
            style = self.whole if value == value.to_integral_value() else self.decimal
        sheet.write_number(row, column, float(value), style)

    def cell(self, kind: Kind) -> Cell:
        """What writes a cell of this kind."""
        own: dict[Kind, Cell] = {
            Kind.TEXT: self.text,
            Kind.WHOLE: self.number,
            Kind.DECIMAL: self.number,
            Kind.DAY: self._day,
            Kind.YES_NO: _yes_no,
        }
        return own.get(kind, self._flat)

    def _day(self, sheet: Worksheet, row: int, column: int, value: dt.date) -> None:
        if value < FIRST_DAY:
            self.text(sheet, row, column, value.isoformat())
        else:
            sheet.write_datetime(row, column, value, self.day)

    def _flat(self, sheet: Worksheet, row: int, column: int, value: object) -> None:
        self.text(sheet, row, column, flat(value))


def _yes_no(sheet: Worksheet, row: int, column: int, value: bool) -> None:
    sheet.write_boolean(row, column, value)


class RowsOfSheet:
    """One sheet of the description, in as many sheets of the workbook as its rows need."""

    def __init__(self, book: Workbook, sheet: Sheet, most: int = ROWS_OF_A_SHEET) -> None:
        self._book, self._sheet, self._most = book, sheet, most
        self._cells = [(column.name, book.cell(column.kind)) for column in sheet.columns]
        self._count = 0
        self._begin()

    def add(self, row: Mapping[str, object]) -> None:
        if self._row >= self._most:
            if self._count == 1:
                self._book.notes.append(
                    f"A sheet of Excel ends at row {self._most:,}: the rest is in the sheets {self._sheet.name} (2) …"
                )
            self._finish()
            self._begin()
        for number, (name, write) in enumerate(self._cells):
            value = row[name]
            if value is not None:
                write(self._at, self._row, number, value)
        self._row += 1

    def _begin(self) -> None:
        self._count += 1
        name = self._sheet.name if self._count == 1 else f"{self._sheet.name} ({self._count})"
        self._at, self._row = self._book.book.add_worksheet(name), 1
        self._at.freeze_panes(1, 1)
        self._at.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for number, column in enumerate(self._sheet.columns):
            self._at.set_column(number, number, _width(column))
            self._book.text(self._at, 0, number, column.name, self._book.bold)

    def _finish(self) -> None:
        self._at.autofilter(0, 0, max(self._row - 1, 1), len(self._sheet.columns) - 1)

    def finish(self) -> None:
        self._finish()


def _width(column: Column) -> int:
    return max(WIDTHS.get(column.kind, WIDE), len(column.name) + 2)


def write_xlsx(
    sheet: Sheet,
    rows: Iterable[Mapping[str, object]],
    stream: IO[bytes],
    properties: Mapping[str, str] | None = None,
    most: int = ROWS_OF_A_SHEET,
) -> list[str]:
    """The rows as a workbook of one sheet, or of several where it has no room; returns what is to be told of it."""
    with Workbook(stream, properties) as book:
        written = RowsOfSheet(book, sheet, most)
        for row in rows:
            written.add(row)
        written.finish()
        explain(book, sheet)
    return book.notes


def explain(book: Workbook, sheet: Sheet) -> None:
    """A last sheet that says what each column means."""
    at = book.book.add_worksheet("columns")
    at.set_column(0, 1, WIDE)
    at.set_column(2, 2, 100)
    heading = [("column", "kind", "meaning", "unit")]
    told = ((column.name, column.kind.value, column.meaning, column.unit or "") for column in sheet.columns)
    for number, cells in enumerate(chain(heading, told)):
        for place, text in enumerate(cells):
            book.text(at, number, place, text, book.bold if number == 0 else None)
