"""What each figure of a table counts, money, people or something else, row by row.

A figure's own word decides, then that of its row, its column, the section above it and the title. Below a heading on
people ("Antal årsværk") rows of people without a word of their own may follow.
"""

from __future__ import annotations

from typing import Literal

from corpus.model import Role, Unit
from pipeline.tables.around.surroundings import Surroundings
from pipeline.tables.budgets.checks import SUMS
from pipeline.tables.budgets.staffed import people_columns
from pipeline.tables.budgets.staffing import PERSONNEL, Staffing
from pipeline.tables.budgets.unlike import names_amounts
from pipeline.tables.content.cells import Value
from pipeline.tables.content.columns import Layout, ValueColumn
from pipeline.tables.content.grid import Grid
from pipeline.tables.content.labels import Measure, counts_people, is_called_price, is_staff, measure_of, role_of

_OPEN = ("unsaid", "unclear")
"""What lines over a table say that do not tell whether it counts people."""
NAMES = 2
"""A row is named in one of its first cells."""


class Measures:
    """Goes down the rows of a table with whoever reads them: ask for the figures of a row after :meth:`begin_row`."""

    def __init__(self, grid: Grid, layout: Layout, around: Surroundings) -> None:
        self.around, self._known = around, around.unit
        self._people_rows = Staffing(grid, layout)
        self._staffed = people_columns(grid, layout) if self._known is None and around.people in _OPEN else {}
        self._staffing: Literal["no", "head", "staff", "unsure"] = "no"
        self._headed: Measure = "unsaid"
        self._titles = [measure_of(cell.text, heading=True) for cell in layout.titles]
        self._changing = _changes_of_counts(grid, layout)
        self.begin_row("", None)

    def begin_section(self, measure: Measure, *, dashed: bool = False) -> None:
        """Go on below a row without figures that counts ``measure``; ``dashed``: its dashes are figures of nothing."""
        self._staffing = "head" if counts_people(measure) and not dashed else "no"
        self._headed = measure

    def begin_row(self, unit_cell: str, group: str | None) -> None:
        """Go on to a row: its cell in the column of units, "" for none, and the section that it stands in."""
        self._measures: dict[Measure, Measure] = {}
        self._unit_cell, self.group = unit_cell, group

    def measure(self, label: str, column: ValueColumn, value: Value, row: int) -> Measure:
        """The figure's own unit, then the row's, the column's, the group's and the title's word."""
        if value.unit is not None:
            return "count" if value.unit.kind == "other" else value.unit.kind
        headed: Measure = self._staffed.get(column.column, column.heading.measure)
        if self._row_measure(label) == "unclear" and (
            names_amounts(column.heading.text) or _is_priced(label, column, self._known)
        ):
            return "unsaid"
        if headed not in self._measures:
            self._measures[headed] = self._measure_under(headed, label, row)
        return self._measures[headed]

    def _measure_under(self, headed: Measure, label: str, row: int) -> Measure:
        group = self.group or ""
        own, *around = self._row_measure(label), headed, measure_of(group), self.around.people
        if own == "unclear":
            apart = self._people_rows.counts_apart or bool(self._staffed) or counts_people(self.around.people)
            if headed == "percent" or (headed in {"money", "count"} and apart):
                return headed
            if self._is_part_of_money(around, group, row):
                return "unsaid"
            told = next((said for said in [*around, *self._titles] if counts_people(said)), None)
            return told or self._unclear(label)
        if own == "unsaid" and row in self._changing:
            return "count"
        for said in (own, *around[:2]):
            if said != "unsaid" and not (said == "unclear" and role_of(label) is not None):
                return said
        if group.casefold().startswith(PERSONNEL) and role_of(label) is None:
            return "unsaid" if self._known is not None and self._people_rows.is_money(row, group) else "unclear"
        if (said := self._after_people(role_of(label))) != "unsaid":
            return said
        titled: Measure = next((said for said in self._titles if said not in {"unsaid", "unclear"}), "unsaid")
        if titled != "unsaid" or self.around.people == "unsaid":
            return titled
        plain = role_of(label) is None or role_of(label) in SUMS
        return self.around.people if plain or self.around.people != "unclear" else "unsaid"

    def _is_part_of_money(self, around: list[Measure], group: str, row: int) -> bool:
        """Whether a row "Elever" is summed with rows of money, where nothing above it speaks of people.

        So it is, too, where a unit of money stands over its column, or it is the title of a proposal, and large.
        """
        said = (
            self._staffing != "no" or group.casefold().startswith(PERSONNEL) or not set(around) <= {"unsaid", "money"}
        )
        if said or self._known is None:
            return False
        headed = "money" in around or self._people_rows.are_proposals
        return self._people_rows.is_part_of_money(row, group) or (headed and self._people_rows.is_large(row))

    def _row_measure(self, label: str) -> Measure:
        """By the row's name, else by its cell in the column of units."""
        said = measure_of(label)
        other = measure_of(self._unit_cell, heading=True) if self._unit_cell else "unsaid"
        return other if other != "unsaid" and said in {"unsaid", "unclear"} else said

    def _unclear(self, label: str) -> Measure:
        """What a row of people or things counts: årsværk, where it is of employees below an "Antal årsværk"."""
        if self._staffing in {"head", "staff"} and is_staff(label):
            self._staffing = "staff"
            return self._headed
        self._staffing = "no" if self._staffing == "no" else "unsure"
        return "unclear"

    def _after_people(self, role: Role | None) -> Measure:
        """Rows below an "Antal årsværk" without figures may count people: plain ones, and then their total."""
        if self._staffing == "no" or (self._staffing == "head" and role in SUMS):
            return "unsaid"
        if role is None:
            self._staffing = "unsure"
        elif role not in SUMS:
            self._staffing = "no"
            return "unsaid"
        return self._headed if self._staffing == "staff" else "unclear"


def _is_priced(label: str, column: ValueColumn, known: Unit | None) -> bool:
    """Whether a row is a price, and its column or table says kroner: "Pris pr. m³ vand" under "Inkl. moms, kr."."""
    unit = column.unit.unit if column.unit is not None else known
    return unit is not None and unit.factor == 1 and is_called_price(label)


def _changes_of_counts(grid: Grid, layout: Layout) -> set[int]:
    """The rows from what is counted at the beginning of a year to the same at its end: "Elever primo, antal", "Nye"."""
    if not any("primo" in cell.text for row in grid.rows for cell in row[:NAMES]):
        return set()
    names = [" ".join(c.text for c in row if c.column in layout.labels) for row in grid.rows]
    found: set[int] = set()
    for number, name in enumerate(names):
        if "primo" in name and measure_of(name) == "count":
            end = name.replace("primo", "ultimo")
            last = next((n for n in range(number + 1, len(names)) if names[n] == end), number)
            found.update(range(number + 1, last))
    return found
