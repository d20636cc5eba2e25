"""A price level that a heading or a row prints is that of its figures, whatever stands over the table."""

from __future__ import annotations

import pytest

from corpus.model import Amount
from corpus.store.entries import Origin, PartOutline, TablesOutline
from pipeline.export.lines import line_rows
from pipeline.extract import extract_bytes

COLUMNS = """Budget 2026

1.000 kr. (2026-pl)

| Område | Regnskab 2024 ({}) | Budget 2025 (2025-{}) | Budget 2026 | BO 2027 |
|---|---|---|---|---|
| Skoler | 210.400 | 214.900 | 221.300 | 222.800 |
| Klubber | 98.700 | 101.250 | 103.900 | 104.100 |
"""
ROWS = """Budget

Mio. kr.{}

| Område | 2026 | 2027 |
|---|---|---|
| Anlægsramme, 2025-priser | 10,0 | 11,0 |
| Anlægsramme, 2026-priser | 10,3 | 11,3 |
| Fra 2025-pl til 2026-pl | 0,3 | 0,3 |
| Reserve | 2,0 | 2,1 |
"""


def levels(text: str) -> list[list[int | None]]:
    """The price levels of the amounts by row, in the order of columns; the lines' are the same."""
    document = extract_bytes(text.encode(), "budget.md")
    amounts = [record for record in document.records if isinstance(record, Amount)]
    outline = TablesOutline(kind="other", parts=[PartOutline(index=0, kind="document")], tables=document.tables)
    lines = [row for _, row in line_rows(Origin(sha256="0" * 64, path="budget.md", also_in=[], outline=outline))]
    found: dict[str | None, list[int | None]] = {}
    for amount in amounts:
        found.setdefault(amount.label, []).append(amount.price_level)
        told = any(evidence.field == "price_level" for evidence in amount.evidence)
        assert told == (amount.price_level is not None)
    assert [row["price_level"] for row in lines] == [level for row in found.values() for level in row]
    return list(found.values())


@pytest.mark.parametrize(("actual", "budget"), [("årets priser", "pl"), ("løbende priser", "priser")])
def test_the_level_in_a_heading_is_that_of_its_figures(actual: str, budget: str) -> None:
    assert levels(COLUMNS.format(actual, budget)) == [[None, 2025, 2026, 2026]] * 2


def test_the_level_in_a_row_is_that_of_its_figures() -> None:
    assert levels(ROWS.format("")) == [[2025, 2025], [2026, 2026], [None, None], [None, None]]
    assert levels(ROWS.format(", 2026-priser")) == [[2025, 2025], [2026, 2026], [None, None], [2026, 2026]]
