"""Tables as a workbook: one sheet with the grids as they are printed, one with a row for each cell."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from corpus.model import Cell, LineValue
from pipeline.export.columns import Sheet
from pipeline.export.grids import FoundTable, cell_rows, read_values, said
from pipeline.export.layout import place
from pipeline.export.rows import Row
from pipeline.export.xlsx import EXACT_DIGITS, ROWS_OF_A_SHEET, RowsOfSheet, Workbook, explain
from pipeline.facts.numbers import parse_decimal

PRINTED = "printed"
FACTORS = frozenset(Decimal(10) ** power for power in (0, 3, 6, 9))
COLUMNS_OF_A_SHEET = 16_384  # of Excel
LABEL_WIDTH, FIGURE_WIDTH = 48, 14  # letters
LINE_HEIGHT, HIGHEST = 15, 409  # points; Excel has no higher row


class PrintedSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose cells may span rows though it is written row by row."""

    def span(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Merge cells without writing them: the first has its text already, the others stay blank."""
        self.merge.append([row, column, last_row, last_column])


class Printed:
    """The sheet of the grids, one under the other, each under a line with its place."""

    def __init__(self, book: Workbook, most: int = ROWS_OF_A_SHEET) -> None:
        self._book, self._most, self._count = book, most, 0
        wrapped = {"text_wrap": True, "valign": "top"}
        self._text = book.book.add_format(wrapped)
        self._heading = book.book.add_format(wrapped | {"bold": True})
        self._over_figures = book.book.add_format(wrapped | {"bold": True, "align": "right"})
        self._formats: dict[str, Format] = {}
        self._begin()

    def add(self, found: FoundTable) -> None:
        table = found.table
        lines = [f"{place(found.of.path, table.page)} · table {found.number}", *said(table)]
        if self._row and self._row + len(lines) + len(table.cells) > self._most:
            self._begin()
        for number, text in enumerate(lines):
            self._book.text(self._at, self._row, 0, text, None if number else self._book.bold)
            self._row += 1
        values = read_values(table)
        taken: set[tuple[int, int]] = set()
        for row in table.cells:
            self._make_room(row)
            for cell in sorted(row, key=lambda cell: cell.column):
                if cell.column < COLUMNS_OF_A_SHEET:
                    self._write(cell, values.get((cell.row, cell.column)))
                    self._merge(cell, taken)
        self._row += len(table.cells) + 1

    def _begin(self) -> None:
        self._count += 1
        name = PRINTED if self._count == 1 else f"{PRINTED} ({self._count})"
        self._at, self._row = self._book.book.add_worksheet(name, PrintedSheet), 0
        self._at.set_column(0, 0, LABEL_WIDTH)
        self._at.set_column(1, 40, FIGURE_WIDTH)
        self._at.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _make_room(self, row: Sequence[Cell]) -> None:
        """A row as high as its longest text needs: not every program sees to that itself."""
        one_row = [cell for cell in row if cell.row_span == 1]
        lines = max((len(textwrap.wrap(cell.text, _room(cell))) for cell in one_row if cell.text), default=1)
        if lines > 1 and one_row:
            self._at.set_row(self._row + one_row[0].row, min(LINE_HEIGHT * lines, HIGHEST))

    def _write(self, cell: Cell, read: tuple[object, LineValue] | None) -> None:
        row, column = self._row + cell.row, cell.column
        number = None if read is None else as_printed(cell, read[1])
        if number is not None and not cell.header:
            self._at.write_number(row, column, float(number), self._format_of(number, cell.text))
        elif cell.text:
            heading = self._over_figures if column else self._heading
            self._book.text(self._at, row, column, cell.text, heading if cell.header else self._text)

    def _merge(self, cell: Cell, taken: set[tuple[int, int]]) -> None:
        """A range that would lie over another is left out: Excel takes such a file for damaged."""
        over = {
            (row, column)
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, min(cell.column + cell.column_span, COLUMNS_OF_A_SHEET))
        }
        if len(over) < 2 or over & taken:
            taken |= over if len(over) < 2 else set()
            return
        taken |= over
        self._at.span(self._row + cell.row, cell.column, self._row + max(over)[0], max(over)[1])

    def _format_of(self, number: Decimal, text: str) -> Format:
        """With as many decimals as are printed, and a mark between thousands where one is."""
        exponent = number.as_tuple().exponent
        decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        grouped = abs(number) >= 1000 and not text.strip(" -–−+()").split(",")[0].isdigit()
        form = ("#,##0" if grouped else "0") + (f".{'0' * decimals}" if decimals else "")
        if form not in self._formats:
            self._formats[form] = self._book.book.add_format({"num_format": form, "valign": "top"})
        return self._formats[form]


def _room(cell: Cell) -> int:
    """The letters that a line of a cell holds, with some left for wide ones."""
    first = LABEL_WIDTH if cell.column == 0 else FIGURE_WIDTH
    return first + FIGURE_WIDTH * (cell.column_span - 1) - 2


def as_printed(cell: Cell, value: LineValue) -> Decimal | None:
    """The number that a cell prints, where it prints that alone and what was read of it agrees; else None."""
    if cell.text.strip() != value.raw.strip():
        return None
    number = parse_decimal(cell.text)
    if number is None or len(number.as_tuple().digits) > EXACT_DIGITS:
        return None
    if number == 0:
        return number if value.value == 0 else None
    return number if value.value / number in FACTORS else None


def write_table_book(
    sheet: Sheet, tables: Iterable[FoundTable], stream: IO[bytes], most: int = ROWS_OF_A_SHEET
) -> tuple[list[str], int]:
    """Writes both sheets side by side as the tables come. Returns what is to be told, and the number of cells."""
    count = 0
    with Workbook(stream) as book:
        printed, cells = Printed(book, most), RowsOfSheet(book, sheet, most)
        for found in tables:
            printed.add(found)
            for row in cell_rows(found):
                cells.add(row)
                count += 1
        cells.finish()
        explain(book, sheet)
    return book.notes, count


def all_cells(tables: Iterable[FoundTable]) -> Iterator[Row]:
    """The cells of one table after another."""
    for found in tables:
        yield from cell_rows(found)
