"""Whether a table that states no unit is one of money, so that the unit of the whole document is its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Unit
from pipeline.tables.around.statements import CAPTION, is_of_whole
from pipeline.tables.content.cells import read_cell
from pipeline.tables.content.columns import Layout
from pipeline.tables.content.grid import Grid
from pipeline.tables.content.labels import is_price, measure_of, role_of, speaks_of_money
from pipeline.tables.content.levels import price_levels
from pipeline.tables.content.units import unit_note

_TIMED = re.compile(r"(?:primo|ultimo|i\s?alt|sum|total|rest|herefter|fremover)\b", re.IGNORECASE)
"""A heading that may be one of anything: "Ultimo 2027"."""
_BALANCE = re.compile(
    r"\b(?:\w*aktiver|passiver|egenkapital|\w*gæld|\w*gældsforpligtelser|likvide\s(?:aktiver|beholdninger|midler)|"
    r"\w*tilgodehavender|hensatte\sforpligtelser|hensættelser)\b",
    re.IGNORECASE,
)
"""What the rows of a balance are called."""


_COUNTED = re.compile(r"\b(?:befolkning\w*|folketal\w*|(?:indbygger|elev|børne)tal\w*|antal(?:let)?\s)", re.IGNORECASE)
"""What stands over a table that counts: "Befolkningsprognose, antal borgere pr. 1. januar"."""


def is_count(grid: Grid, layout: Layout, said: Sequence[str]) -> bool:
    """Whether a table without a unit counts something by what stands over it, and no heading or name is of money."""
    if not any(map(_COUNTED.search, said)):
        return False
    heads = [column.heading.text for column in layout.columns]
    names = [cell.text for cell in grid.cells() if cell.column in layout.labels and cell.row not in layout.headings]
    worded = [text for text in (*said, *heads, *names) if role_of(text) != "total"]
    of_money = any(column.heading.role in {"budget", "actual"} for column in layout.columns)
    return not (of_money or any(map(speaks_of_money, worded)) or _has_roles(names))


def _has_roles(names: Sequence[str]) -> bool:
    """Whether the name of a row says what money is for: "Besparelse", "Løn"."""
    return any(role_of(text) not in {None, "total"} for text in names)


def is_of_money(grid: Grid, layout: Layout, said: Sequence[str], default: Unit) -> bool:
    """Whether a table whose unit is not said is one of money: by its price level or caption, a column, or a row.

    Where the ``default`` is said of the whole document, headings that speak of money, rows of a balance and changes
    that are summed tell too.
    ``said``: what stands over it.
    """
    said = [text for text in said if unit_note(text) is None]
    if any(measure_of(text, heading=True) in {"percent", "count", "hours", "unclear"} for text in said):
        return False
    if any(price_levels(text) or (CAPTION.match(text) and speaks_of_money(text)) for text in said):
        return True
    if any(column.heading.role in {"budget", "actual"} for column in layout.columns):
        return True
    labels = [cell.text for cell in grid.cells() if cell.column in layout.labels and cell.row not in layout.headings]
    if _has_roles(labels):
        return True
    return is_of_whole(default.text) and (_are_amounts(layout) or _is_balance(labels) or _are_changes(grid, layout))


def _are_changes(grid: Grid, layout: Layout) -> bool:
    """Whether a table of years has a sum and takes away in half of its rows, as no count of pupils does: "-400"."""
    rows = [
        ([cell.text for cell in row if cell.column in layout.labels], [read_cell(cell.text).number for cell in row[1:]])
        for number, row in enumerate(grid.rows)
        if layout.is_read(number)
    ]
    summed = any(role_of(text) in {"total", "net"} for names, _ in rows for text in names)
    less = sum(any(number is not None and number < 0 for number in figures) for _, figures in rows)
    return layout.has_years and summed and 2 * less >= len(rows)


def _are_amounts(layout: Layout) -> bool:
    """Whether most headings speak of money, two at least, and none of prices: "Udgifter", "Indtægter", "Netto"."""
    texts = [column.heading.text for column in layout.columns]
    said = [text for text in texts if speaks_of_money(text) and not _TIMED.match(text)]
    return len(said) > 1 and 2 * len(said) > len(texts) and not any(map(is_price, texts))


def _is_balance(labels: Sequence[str]) -> bool:
    return len({found[0].casefold() for text in labels if (found := _BALANCE.search(text))}) > 1
