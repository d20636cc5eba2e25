"""Rows under a heading on personnel: money where the section counts its people in a row of its own.

Under "Personalekonsekvenser" a row "Administration" may be of people or of kroner. It is of kroner if a unit of money
is stated and people are counted further down ("Antal årsværk"), or if more is printed than any proposal has people; not
if the rows make up the people that are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.tables.cells import Kind, read_cell
from pipeline.tables.columns import Layout
from pipeline.tables.grid import Grid
from pipeline.tables.labels import is_staff, measure_of, role_of

MOST_PEOPLE = 20_000
"""No proposal changes so many positions; what is printed with more is money."""

SLACK = 1
"""People that are added up may be off by one, for they are rounded."""

_Row = tuple[str, dict[int, Decimal]]


def is_money(grid: Grid, layout: Layout, row: int, group: str) -> bool:
    """Whether the figures of a row under the heading ``group`` are money, where the table's unit is one of money."""
    section = _section(grid, layout, row, group)
    own = next((figures for number, _, figures in section if number == row), {})
    if any(abs(figure) > MOST_PEOPLE for figure in own.values()):
        return True
    counted = next((n for n, (number, label, figures) in enumerate(section) if figures and _counts(label)), None)
    if counted is None or any(is_staff(label) for _, label, _ in section):
        return False
    plain = [(label, figures) for _, label, figures in section[:counted] if role_of(label) not in {"net", "total"}]
    return not _make_up(plain, section[counted][2])


def _section(grid: Grid, layout: Layout, row: int, group: str) -> list[tuple[int, str, dict[int, Decimal]]]:
    """The rows with figures from the heading over ``row`` to the next one: number, label, figures by column."""
    columns = {column.column for column in layout.columns}
    section: list[tuple[int, str, dict[int, Decimal]]] = []
    for number, cells in enumerate(grid.rows):
        label = " ".join(cell.text for cell in cells if cell.column in layout.labels)
        values = {cell.column: read_cell(cell.text) for cell in cells if cell.column in columns}
        numbers = {n: value.number for n, value in values.items() if value.kind is Kind.NUMBER}
        figures = {n: number for n, number in numbers.items() if number is not None}
        if label == group and number < row:
            section = []
        elif number > row and label and not any(value.kind is not Kind.NIL for value in values.values()):
            break
        if figures:
            section.append((number, label, figures))
    return section


def _counts(label: str) -> bool:
    return measure_of(label) in {"fte", "position"}


def _make_up(rows: Sequence[_Row], counted: dict[int, Decimal]) -> bool:
    """Whether the figures of the rows add up to those of the people in a column, or nearly so."""
    sums = {n: sum((figures.get(n, Decimal(0)) for _, figures in rows), Decimal(0)) for n in counted}
    return any(figure != 0 and abs(sums[n] - figure) <= SLACK for n, figure in counted.items())
