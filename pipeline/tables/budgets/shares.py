"""Columns of shares that are amounts: "Andel af årets overskud" says whose the money is, and no percentages.

Percentages of one whole add up to 100, and those of different ones add up to nothing: a column whose total is the sum
of its rows, and not 100, holds amounts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pipeline.tables.content.cells import NUMBER_KIND
from pipeline.tables.content.columns import Layout, ValueColumn
from pipeline.tables.content.grid import Grid
from pipeline.tables.content.labels import role_of, speaks_of_money

_SHARE = re.compile(r"andel(?:en)?\s+(?:af|i)\s+(?P<whole>[^%]+)", re.IGNORECASE)
FEWEST = 3
"""So many figures at least are added up."""
WHOLE, NEAR = Decimal(100), Decimal(2)


def with_shares(layout: Layout, grid: Grid) -> Layout:
    """The layout with the columns of shares that are amounts read as those."""
    columns = [
        replace(c, heading=replace(c.heading, measure="unsaid")) if _is_amount(c, layout, grid) else c
        for c in layout.columns
    ]
    return replace(layout, columns=columns)


def _is_amount(column: ValueColumn, layout: Layout, grid: Grid) -> bool:
    """Whether a column of shares of money has a total that is the sum of the rows above it, and not of percentages."""
    share = _SHARE.fullmatch(column.heading.text) if column.heading.measure == "percent" else None
    if share is None or not speaks_of_money(share["whole"]) or "pct" in column.heading.text.casefold():
        return False
    added, count, slack = Decimal(0), 0, Decimal(0)
    for number, cells in enumerate(grid.rows):
        row = {cell.column: cell for cell in cells}
        value = layout.values(number, row).get(column.column) if layout.is_read(number) else None
        if value is None or value.kind is not NUMBER_KIND or value.number is None:
            continue
        if value.unit is not None:
            return False
        if role_of(" ".join(row[n].text for n in sorted(row) if n in layout.labels)) == "total":
            whole = abs(abs(value.number) - WHOLE) > NEAR
            return count >= FEWEST and whole and abs(added - value.number) <= slack + value.quantum / 2
        added, count, slack = added + value.number, count + 1, slack + value.quantum / 2
    return False
