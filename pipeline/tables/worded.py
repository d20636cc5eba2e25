"""Tables in lines of text whose headings are words in columns: "Projekt", "Budget", "Regnskab", without a year.

The headings and the figures are parted by tabs or by two blanks at least, and one heading speaks of money: else names
beside numbers are no table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.tables.cells import Kind, read_cell
from pipeline.tables.grid import Grid, GridCell, TextLine
from pipeline.tables.plain_lines import PlainLine
from pipeline.tables.reheaded import says_money
from pipeline.tables.rows import continues, is_prose, starts_section
from pipeline.tables.spread import Columns, Token, is_figure

LONGEST_HEADING = 40
MOST_HEADINGS = 15
FEWEST_ROWS = 2
_WIDE = re.compile(r"[ \u00a0]{2,}|\t")
_DRAWN = re.compile(r"[\s\-=_+–—]*[\-=_–—]{3}[\s\-=_+–—]*")


@dataclass(slots=True)
class _Row:
    """A row: its label's printed lines, its cells by column, or why it is refused and what it prints."""

    label: list[TextLine]
    cells: list[list[Token]]
    refused: str | None = None

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.label)


def worded_grid(lines: Sequence[PlainLine], at: int) -> tuple[Grid, int] | None:
    """The table whose headings are line ``at``, and the line behind it; None where there is none."""
    if not _WIDE.search(lines[at].text.strip()) or not _are_headings(fields := _fields(lines[at])):
        return None
    below = next((line for line in lines[at + 1 : at + 4] if not line.blank and not _DRAWN.fullmatch(line.text)), None)
    if below is None or not (first := _fields(below)):
        return None
    named = fields[0][0][0] - lines[at].start <= first[0][-1][1] - below.start
    heads = fields[1:] if named else fields
    if not heads or not any(says_money(_text(head)) for head in heads):
        return None
    columns = Columns.of(heads, lines[at].start, lines[at].text)
    if not (columns.aligned or columns.tabs):
        return None
    rows, after = _rows(lines, at + 1, columns)
    if sum(bool(row.cells) and row.refused is None for row in rows) < FEWEST_ROWS:
        return None
    return _grid([fields[0] if named else [], *heads], rows), after


def _are_headings(fields: Sequence[Sequence[Token]]) -> bool:
    texts = [_text(field) for field in fields]
    worded = all(read_cell(text).kind is Kind.TEXT and len(text) <= LONGEST_HEADING for text in texts)
    return 1 < len(texts) <= MOST_HEADINGS and worded and not any(text.endswith(":") for text in texts)


def _rows(lines: Sequence[PlainLine], start: int, columns: Columns) -> tuple[list[_Row], int]:
    """The rows below the headings down to the last with figures, and the line behind it."""
    rows: list[_Row] = []
    kept, after, blank = 0, start, False
    for number in range(start, len(lines)):
        line = lines[number]
        if line.blank or _DRAWN.fullmatch(line.text):
            if blank and line.blank and rows:
                break
            blank = line.blank
            continue
        if "|" in line.text or line.years is not None or is_prose(line.text) or starts_section(line.text):
            break
        if (row := _row(line, columns)) is None:
            break
        rows.append(row)
        blank = False
        if row.cells:
            kept, after = len(rows), number + 1
    return rows[:kept], after


def _row(line: PlainLine, columns: Columns) -> _Row | None:
    """A row of figures, or a name alone; None for headings of another table and for other words in columns."""
    fields = _fields(line)
    label, cells, refused = columns.read(line.start, line.text)
    if cells is None and refused is None:
        return _Row(_piece(label), []) if len(fields) == 1 else None
    if len(fields) == 1:
        return None  # single blanks part the figures: prose may end in a number, too
    within = [field for field in fields[1:] if label and field[0][0] < label[-1][1] and _is_figure(field)]
    if cells is not None and within:
        refused = f'"{_text(within[0])}" stands before words'
    if cells is not None and label and not cells[0] and is_figure(label[-1][2]):
        refused = f'whether "{label[-1][2]}" is of its name is not told'
    if refused is not None or cells is None:
        last = columns.count
        printed = [*fields[1:last], [token for field in fields[last:] for token in field]]
        return _Row(_piece(fields[0]), printed, refused or "its columns cannot be told")
    return _Row(_piece(label), cells)


def _is_figure(field: Sequence[Token]) -> bool:
    return read_cell(_text(field)).kind is Kind.NUMBER


def _grid(head: Sequence[Sequence[Token]], rows: Sequence[_Row]) -> Grid:
    rows = _joined(rows)
    refused = {n: row.refused for n, row in enumerate(rows, 1) if row.refused is not None}
    table = [[_piece(cell) for cell in head], *([row.label, *map(_piece, row.cells)] for row in rows)]
    grid_rows = [
        [GridCell(number, column, pieces) for column, pieces in enumerate(row) if pieces]
        for number, row in enumerate(table)
    ]
    return Grid(grid_rows, len(head), refused=refused)


def _joined(rows: Sequence[_Row]) -> list[_Row]:
    """The rows, where a label goes on from a line without figures to the next."""
    joined: list[_Row] = []
    for row in rows:
        before = joined[-1] if joined else None
        if before is not None and not before.cells and continues(before.text, row.text):
            joined[-1] = _Row([*before.label, *row.label], row.cells, row.refused)
        else:
            joined.append(row)
    return joined


def _piece(tokens: Sequence[Token]) -> list[TextLine]:
    return [TextLine(_text(tokens), ((tokens[0][0], tokens[-1][1]),))] if tokens else []


def _fields(line: PlainLine) -> list[list[Token]]:
    """The words of a line, parted where two blanks or a tab stand between them."""
    fields: list[list[Token]] = []
    for token in line.tokens:
        between = line.text[fields[-1][-1][1] - line.start : token[0] - line.start] if fields else ""
        if fields and not _WIDE.search(between):
            fields[-1].append(token)
        else:
            fields.append([token])
    return fields


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(token[2] for token in tokens)
