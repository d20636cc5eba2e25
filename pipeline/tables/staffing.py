"""Rows under a heading on personnel: money where the section counts its people in a row of its own.

Under "Personalekonsekvenser" a row "Administration" may be of people or of kroner. It is of kroner if a unit of money
is stated and people are counted further down ("Antal årsværk"), or if more is printed than any proposal has people; not
if the rows make up the people that are counted. A row that may be of people or of what they cost ("Elever") is of
kroner where it is a part of a sum of other rows in kroner.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.tables.cells import Kind, read_cell
from pipeline.tables.columns import Layout
from pipeline.tables.grid import Grid
from pipeline.tables.labels import is_staff, measure_of, role_of

PERSONNEL = ("personale", "stilling", "årsværk", "normering", "bemanding")
"""A heading that begins with one of these is on personnel."""

MOST_PEOPLE = 20_000
"""No proposal changes so many positions; what is printed with more is money."""

SLACK = 1
"""People that are added up may be off by one, for they are rounded."""

_Row = tuple[str, dict[int, Decimal]]
_Numbered = tuple[int, str, dict[int, Decimal]]
"""A row's number, label and figures by column."""


def is_money(grid: Grid, layout: Layout, row: int, group: str) -> bool:
    """Whether the figures of a row under the heading ``group`` are money, where the table's unit is one of money."""
    section = _section(grid, layout, row, group)
    own = next((figures for number, _, figures in section if number == row), {})
    if any(abs(figure) > MOST_PEOPLE for figure in own.values()):
        return True
    added = _added(section, row)
    if any(abs(figure) > MOST_PEOPLE for _, _, figures in added for figure in figures.values()):
        return True
    counted = next((n for n, (number, label, figures) in enumerate(section) if figures and _counts(label)), None)
    if counted is None or any(is_staff(label) for _, label, _ in section):
        return False
    plain = [(label, figures) for _, label, figures in section[:counted] if role_of(label) not in {"net", "total"}]
    return not _make_up(plain, section[counted][2])


def is_part_of_money(grid: Grid, layout: Layout, row: int, group: str) -> bool:
    """Whether a row is summed with two others at least that say nothing of people or things: "Administration i alt"."""
    added = _added(_section(grid, layout, row, group), row)
    plain = sum(measure_of(label) == "unsaid" and not is_staff(label) for _, label, _ in added[:-1])
    return plain >= 2 and not group.casefold().startswith(PERSONNEL)


def _added(section: Sequence[_Numbered], row: int) -> list[_Numbered]:
    """The rows that a row is summed with, and their sum at the end; none where a column does not add up."""
    sums = [n for n, (_, label, _) in enumerate(section) if role_of(label) in {"net", "total"}]
    start = max((n + 1 for n in sums if section[n][0] < row), default=0)
    end = next((n for n in sums if section[n][0] > row), None)
    if end is None or _counts(section[end][1]) or any(_counts(label) for _, label, _ in section[start:end]):
        return []
    whole = section[end][2]
    parts = [figures for _, _, figures in section[start:end]]
    held = [sum(figures.get(n, Decimal(0)) for figures in parts) == figure for n, figure in whole.items()]
    return list(section[start : end + 1]) if whole and all(held) and any(whole.values()) else []


def _section(grid: Grid, layout: Layout, row: int, group: str) -> list[_Numbered]:
    """The rows with figures from the heading over ``row`` to the next one: number, label, figures by column."""
    columns = {column.column for column in layout.columns}
    section: list[_Numbered] = []
    for number, cells in enumerate(grid.rows):
        if number in layout.headings:
            continue
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
