"""The words of a table behind what is said of a figure: its label, its column's heading, the line with the unit.

A text that is printed in one piece has its place; a label or heading of several pieces has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from corpus.model import Evidence, LineValue, Unit
from pipeline.tables.around.surroundings import Surroundings
from pipeline.tables.content.columns import Layout, ValueColumn
from pipeline.tables.content.grid import Grid, GridCell, Span, TextLine
from pipeline.tables.content.headings import figure_role
from pipeline.tables.content.labels import role_of
from pipeline.tables.content.levels import price_levels
from pipeline.tables.content.pricelevels import figure_level, says_level


class Told:
    """The evidence of one table's figures. Offsets count from the start of ``text``, the whole reading's."""

    def __init__(self, text: str, grid: Grid, layout: Layout, around: Surroundings) -> None:
        self._text, self._grid, self._layout, self._around = text, grid, layout, around
        headings = [cell for cell in grid.cells() if cell.row in layout.headings]
        self._headings = {
            column.column: [c for c in headings if c.column <= column.column < c.column + c.column_span]
            for column in layout.columns
        }
        self._around_lines = [*around.said, *(piece for cell in headings for piece in cell.pieces)]
        self._units: dict[tuple[int | None, str], list[Evidence]] = {}
        self._known: dict[tuple[str, int], list[Evidence]] = {}
        self._roles: dict[int, list[Evidence]] = {}
        self._row, self._named = -1, list[TextLine]()
        self._level = self._price_level()

    def of_money(
        self, label: str, group: str | None, column: ValueColumn, cell: GridCell, unit: Unit
    ) -> list[Evidence]:
        """What stands behind an amount: year, role, unit and price level."""
        if figure_role(label, column.heading) is None:
            role: list[Evidence] = []
        elif role_of(label) is not None:
            if cell.row not in self._roles:
                self._roles[cell.row] = self._piece("role", label, self._label_pieces(cell))
            role = self._roles[cell.row]
        else:
            role = self._heading("role", column)
        return [*self.of_people(column), *role, *self._unit(cell, unit.text), *self._leveled(label, group, column)]

    def _unit(self, cell: GridCell, text: str) -> list[Evidence]:
        """The words that say the unit: those of the row, if it has them, else those in or over the table."""
        own = self._label_pieces(cell)
        row = cell.row if any(piece.text.strip() == text for piece in own) else None
        if (row, text) not in self._units:
            pieces = [*own, *self._around_lines] if row is not None else [*self._around_lines, *own]
            self._units[row, text] = self._piece("unit", text, pieces) if text else []
        return self._units[row, text]

    def of_people(self, column: ValueColumn) -> list[Evidence]:
        """What stands behind a figure of people: the year."""
        return self._heading("year", column) if column.heading.year is not None else []

    def _heading(self, field: str, column: ValueColumn) -> list[Evidence]:
        key = field, column.column
        if key not in self._known:
            pieces = [piece for cell in self._headings[column.column] for piece in cell.pieces]
            pieces += [self._grid.heads[column.column]] if column.column in self._grid.heads else []
            self._known[key] = self._piece(field, column.heading.text, pieces)
        return self._known[key]

    def _label_pieces(self, cell: GridCell) -> list[TextLine]:
        if cell.row != self._row:
            row: Sequence[GridCell] = self._grid.rows[cell.row] if cell.row < len(self._grid.rows) else []
            own = (*self._layout.labels, self._layout.units)
            self._row, self._named = cell.row, [piece for each in row if each.column in own for piece in each.pieces]
        return self._named

    def _leveled(self, label: str, group: str | None, column: ValueColumn) -> list[Evidence]:
        """The words that say the price level: those of the heading, the row or the group, else the table's."""
        heading = column.heading.text
        if not any(map(says_level, filter(None, (heading, label, group)))):
            return self._level
        if figure_level(None, heading, label, group) is None:
            return []
        if says_level(heading):
            return self._heading("price_level", column)
        return self._piece("price_level", label if says_level(label) else group or "", [])

    def _price_level(self) -> list[Evidence]:
        level = self._around.price_level
        said = next((line for line in self._around.said if price_levels(line.text) == {level}), None)
        return self._piece("price_level", said.text, [said]) if said else []

    def _piece(self, field: str, text: str, pieces: Iterable[TextLine]) -> list[Evidence]:
        """The text with its place, where one of the pieces is nothing but that."""
        for piece in pieces:
            if len(piece.spans) == 1 and piece.text.strip() == text.strip():
                start, end = piece.spans[0]
                if self._text[start:end] == piece.text:
                    return [Evidence(field=field, text=piece.text, start=start, end=end)]
        at = self._text.find(text) if field == "unit" else -1
        if at >= 0 and self._text.find(text, at + 1) < 0:
            return [Evidence(field=field, text=text, start=at, end=at + len(text))]
        return [Evidence(field=field, text=text)]


def place_of(printed: LineValue) -> Span:
    """Where the figure of a cell stands in the text; a cell's figure always has a place."""
    return cast("Span", (printed.start, printed.end))
