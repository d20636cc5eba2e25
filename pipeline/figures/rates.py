"""What something costs for each ("pr. barn", "Takst 2026"): figures that are never added to each other."""

from __future__ import annotations

import re

from corpus.model import Table
from pipeline.headings import fold
from pipeline.tables.content.labels import is_rate, stated_each

_TARIFF = re.compile(
    r"(?<![\w-])(?<!årets )(?<!faste )(?<!\d )(?:[^\W\d_]*takst(?:er)?|[^\W\d_]*sats(?:er)?|[^\W\d_]*gebyr|"
    r"[^\W\d_]*pris)(?![\w-])",
    re.IGNORECASE,
)
"""A heading that names a price: not "2026-pris" or "faste pris", which are price levels."""
_TARIFFS = re.compile(r"\W*takst(?:er|erne|oversigt|oversigten|blad|bladet|katalog|bilag)?(?!\w)", re.IGNORECASE)
"""How the caption of a list of them begins, or what it says of their unit: "Takster er i kr."."""
_FOR_EACH = re.compile(
    r"(?:(?:hele\s)?(?:kr\.?|kroner|øre)\s?)?(?:pr\.?|per|/)\s?(?P<what>[^\W\d]\w*)(?:\s\w+)?", re.IGNORECASE
)
"""What stands in a column "Enhed" beside prices."""
_YEAR = frozenset({"år", "kalenderår", "budgetår", "regnskabsår"})


def rate_lines(table: Table) -> list[bool]:
    """Of each line, whether its figures are for each of something: by its name, a cell beside it, or the caption."""
    every = any(_TARIFFS.match(t) or _is_for_each(t) for t in (table.caption, table.unit and table.unit.text) if t)
    beside = _named_beside(table) if not every else frozenset[str]()
    return [
        every or is_rate(line.label) or _is_for_each(line.group or "") or fold(line.label) in beside
        for line in table.lines
    ]


def _is_for_each(text: str) -> bool:
    """Whether a caption, unit or section states a unit for each of something but a year: "Hjælp (kr. pr. måned)"."""
    each = stated_each(text)
    return each is not None and each not in _YEAR


def is_rate_heading(heading: str) -> bool:
    """True for the heading of a column of prices: "Takst 2026", "Udgift pr. barn", "kr. pr. måned"."""
    return is_rate(heading) or _is_for_each(heading) or _TARIFF.search(heading) is not None


def _named_beside(table: Table) -> frozenset[str]:
    """The names of rows with "pr. måned" or "pr. portion" in a column of such, unless all of it says "pr. år"."""
    found: dict[int, list[tuple[str, str]]] = {}
    for cells in table.cells:
        printed = [cell for cell in cells if cell.text and not cell.header]
        for cell in printed[1:]:
            match = _FOR_EACH.fullmatch(" ".join(cell.text.split()))
            if match is not None:
                found.setdefault(cell.column, []).append((fold(" ".join(printed[0].text.split())), match["what"]))
    columns = (rows for rows in found.values() if any(what.casefold() not in _YEAR for _, what in rows))
    return frozenset(label for rows in columns for label, _ in rows)
