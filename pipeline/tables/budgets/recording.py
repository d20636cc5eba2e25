"""The figures of a table's lines with their places, and the records of them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, TypedDict

from corpus.model import Amount, Box, Fte, LineValue, Record, Unit, exact
from pipeline.tables.around.surroundings import Surroundings
from pipeline.tables.budgets.blockyears import BlockYears
from pipeline.tables.budgets.doubts import same_headed
from pipeline.tables.budgets.evidence import Told, place_of
from pipeline.tables.budgets.nameless import Nameless
from pipeline.tables.content.cells import Value
from pipeline.tables.content.columns import Layout, ValueColumn
from pipeline.tables.content.entries import Figure
from pipeline.tables.content.grid import Grid, GridCell
from pipeline.tables.content.headings import figure_role, says_change
from pipeline.tables.content.labels import People, counts_people, paid_for
from pipeline.tables.content.pricelevels import figure_level

_GOES_ON = re.compile(
    r"(?:19|20)\d\d\s?(?:\(?og\s(?:frem(?:efter|over|ad)?|(?:efter)?følgende(?:\sår)?|senere)\)?(?!\w)|f\.?f\.?(?!\w)|->|→)",
    re.IGNORECASE,
)
"""A column of a year and all behind it: "2029 og frem", "2029 ff."."""


class _Shared(TypedDict):
    """What a table's record has, be it of money or of people."""

    start: int
    end: int
    text: str
    page: int | None
    bbox: Box | None
    source: Literal["table"]
    label: str | None
    group: str | None
    column: str | None
    value: Decimal
    year: int | None
    open_end: bool


def _shared(printed: LineValue, label: str, group: str | None, column: ValueColumn) -> _Shared:
    start, end = place_of(printed)
    return {
        "start": start,
        "end": end,
        "text": printed.raw,
        "page": printed.page,
        "bbox": printed.bbox,
        "source": "table",
        "label": label or None,
        "group": group,
        "column": column.heading.text or None,
        "value": printed.value,
        "year": printed.year,
        "open_end": column.heading.year is not None and _GOES_ON.search(column.heading.text) is not None,
    }


class Recorder:
    """Keeps the records of one table's figures; ``nameless`` are those whose column does not say what they are.

    ``text`` is the whole reading's, from whose start all offsets count.
    """

    def __init__(self, text: str, grid: Grid, layout: Layout, around: Surroundings) -> None:
        self.records: list[Record] = []
        self.nameless: list[Nameless] = []
        self._text, self._layout, self._around = text, layout, around
        self._told = Told(text, grid, layout, around)
        self._same = same_headed(layout)
        self._block_years = BlockYears(grid, layout)
        years = [(c.heading.year, counts_people(c.heading.measure)) for c in layout.columns]
        self._twice = {year for year, people in years if years.count((year, people)) > 1}

    def money(
        self, label: str, group: str | None, column: ValueColumn, cell: GridCell, value: Value, unit: Unit
    ) -> Figure | None:
        """An amount in a unit of money; None where its column does not say what it is."""
        assert value.number is not None
        printed = self._line_value(group, column, cell, value, value.number * unit.factor)
        if printed is None:
            return None
        self.records.append(
            Amount(
                **_shared(printed, label, group, column),
                currency=unit.currency,
                per=paid_for(unit.text),
                price_level=figure_level(self._around.price_level, column.heading.text, label, group),
                role=figure_role(label, column.heading),
                unit_source=unit.text or None,
                evidence=self._told.of_money(label, group, column, cell, unit),
            )
        )
        return Figure(printed, unit.factor * value.quantum)

    def people(
        self, label: str, group: str | None, column: ValueColumn, cell: GridCell, value: Value, unit: People
    ) -> Figure | None:
        """A number of årsværk or stillinger, as printed; None where its column does not say what it is."""
        assert value.number is not None
        printed = self._line_value(group, column, cell, value, value.number)
        if printed is None:
            return None
        self.records.append(
            Fte(
                **_shared(printed, label, group, column),
                unit=unit,
                evidence=self._told.of_people(column),
            )
        )
        return Figure(printed, value.quantum)

    def _line_value(
        self, group: str | None, column: ValueColumn, cell: GridCell, value: Value, number: Decimal
    ) -> LineValue | None:
        heading = column.heading
        if heading.year is None and (not heading.text or heading.text in self._same):
            self.nameless.append((column.column, cell.text))
            return None
        at = cell.pieces[0].spans[0][0]
        start, end = at + value.start, at + value.end
        named = heading.year is None or heading.told or heading.year in self._twice or says_change(heading.text)
        return LineValue(
            value=exact(number),
            raw=self._text[start:end],
            year=heading.year if heading.year is not None else self._block_years.of(cell.row, group),
            column=heading.text if named else None,
            start=start,
            end=end,
            page=cell.page,
            bbox=cell.box,
        )
