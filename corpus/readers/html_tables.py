"""Tables of a page as lines: cells of data divided by tabs, cells that only lay out a page below each other."""

from __future__ import annotations

import re
from bisect import bisect_left

import msgspec

from corpus.readers.html_lines import LINE, PARAGRAPH, QUOTE
from corpus.readers.html_spans import Reach, Spans

LONGEST_CELL = 500
"""A longer cell of several lines is no figure and no label; its lines stay."""
LONGEST_LABEL = 40
MOST_COLUMNS = 50
MOST_ROWS = 1_000
MOST_CELLS = 20_000
"""Of a table with more cells it is not kept how far each reaches; its lines are read as those of any text."""
DEEPEST = 30
"""Tables nested deeper place things on the page; each level costs time over all that is in it."""

_PICTURE = re.compile(r"(?:\[[^\[\]]{0,1000}\]\s*)+")


class Cell(msgspec.Struct):
    """A closed cell: its settled text, and over how many columns and rows it reaches."""

    text: str
    width: int = 1
    height: int = 1

    @property
    def lines(self) -> int:
        """How many lines with or without ink."""
        return self.text.count("\n") + 1 if self.text else 0


class Table(msgspec.Struct):
    """A table while it is read. ``layout``: it says itself that it only places things on the page."""

    layout: bool = False
    rows: list[list[Cell]] = []
    in_row: bool = False
    cell: object = None

    def open_row(self) -> None:
        """Begin a row."""
        self.rows.append([])
        self.in_row = True

    def add(self, cell: Cell) -> None:
        """Put a cell behind the others of its row."""
        if not self.in_row:
            self.open_row()
        self.rows[-1].append(cell)


def span(value: str | None, most: int) -> int:
    """A colspan or rowspan; 1 for what is none."""
    number = int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else 1
    return min(max(number, 1), most)


def render(table: Table) -> tuple[str, Spans | None]:
    """The table's rows as lines. Columns without ink in any row are gutters and fall away.

    Also its lines, and which of its cells reach over several rows or columns; no cells where none does, and None where
    a row only lays things out.
    """
    placed = _placed(table.rows)
    inked = sorted({column for row in placed for column, cell in row.items() if cell is not None and cell.text})
    place = {column: number for number, column in enumerate(inked)}
    rows_with_ink = sum(any(cell is not None and cell.text for cell in row.values()) for row in placed)
    lines: list[str] = []
    kept: list[int] = []
    reaching = any(cell.width > 1 or cell.height > 1 for row in table.rows for cell in row)
    spans: Spans | None = Spans(lines=lines)
    reaching = reaching and sum(map(len, table.rows)) <= MOST_CELLS
    for number, row in enumerate(placed):
        cells = [cell for _, cell in sorted(row.items()) if cell is not None and cell.text]
        if not cells:
            continue
        kept.append(number)
        if spans is not None and reaching:
            spans.rows.append([_reach(column, cell, inked) for column, cell in row.items() if cell and cell.text])
        if _is_laid_out(cells, single=rows_with_ink == 1, layout=table.layout, alone=len(row) == cells[0].width):
            apart = PARAGRAPH if any(cell.lines > 1 for cell in cells) and len(cells) > 1 else LINE
            lines.append(apart.join(cell.text for cell in cells))
            spans = spans if len(cells) == 1 == cells[0].lines else None
            continue
        last = max(row)
        texts = [""] * sum(column <= last for column in inked)
        for column, cell in row.items():
            if cell is not None and cell.text:
                texts[place[column]] = " ".join(cell.text.split("\n"))
        lines.append("\t".join(texts))
    if spans is not None and reaching:
        spans.rows = [[_within(kept, n, cell) for cell in row] for n, row in zip(kept, spans.rows, strict=True)]
    return LINE.join(lines), spans if spans is not None and len(lines) > 1 else None


def _reach(column: int, cell: Cell, inked: list[int]) -> Reach:
    """A cell by the columns that have ink; its rows are those of the page still."""
    first = bisect_left(inked, column)
    return Reach(first, cell.height, bisect_left(inked, column + cell.width) - first)


def _within(kept: list[int], number: int, cell: Reach) -> Reach:
    """The same with the rows that are printed."""
    if cell.row_span == 1:
        return cell
    over = bisect_left(kept, number + cell.row_span) - bisect_left(kept, number)
    return Reach(cell.column, over, cell.column_span)


def _placed(rows: list[list[Cell]]) -> list[dict[int, Cell | None]]:
    """Each row's cells by their column; None where a cell reaches over from the left or from above."""
    placed: list[dict[int, Cell | None]] = []
    below: dict[int, int] = {}
    for cells in rows:
        row: dict[int, Cell | None] = dict.fromkeys(below)
        column = 0
        reaching = {at: left - 1 for at, left in below.items() if left > 1}
        for cell in cells:
            while column in below:
                column += 1
            row[column] = cell
            row.update(dict.fromkeys(range(column + 1, column + cell.width)))
            if cell.height > 1:
                reaching.update(dict.fromkeys(range(column, column + cell.width), cell.height - 1))
            column += cell.width
        placed.append(row)
        below = reaching if len(reaching) <= MOST_COLUMNS else {}
    return placed


def _is_laid_out(cells: list[Cell], *, single: bool, layout: bool, alone: bool) -> bool:
    """Does a row place things beside each other that are read one below the other?

    ``single``: it is the table's only row with ink; ``alone``: its first cell reaches over the whole row.
    """
    if any(QUOTE in cell.text for cell in cells):
        return True
    if len(cells) == 1:
        return alone or layout or cells[0].lines > 1
    label = cells[0].text
    if label.endswith(":") and len(label) <= LONGEST_LABEL and cells[0].lines == 1:
        return False
    pictures = sum(_PICTURE.fullmatch(cell.text) is not None for cell in cells)
    if any(cell.lines > 1 and len(cell.text) > LONGEST_CELL for cell in cells):
        return True
    several = any(cell.lines > 1 for cell in cells)
    return several and (single or layout or pictures > 0)
