"""A month or a quarter has no year of its own, wherever the year is printed: it would be added to others."""

from __future__ import annotations

import pytest
from laid import laid, row

from pipeline.extract import extract_bytes

ROW = "<tr><td>{}</td><td>{}</td><td>{}</td></tr>"
BODY = ROW.format("Salg", 120, 240) + ROW.format("Køb", 35, 70)


@pytest.mark.parametrize(
    ("head", "years"),
    [
        pytest.param(
            "<tr><th rowspan=2>Post</th><th colspan=2>2024</th></tr><tr><th>1. kvt.</th><th>2. kvt.</th></tr>",
            {"2024 1. kvt.": None, "2024 2. kvt.": None},
            id="the year above",
        ),
        pytest.param(
            "<tr><th rowspan=2>Post</th><th colspan=2>2024</th></tr><tr><th>Marts</th><th>Apr.</th></tr>",
            {"2024 Marts": None, "2024 Apr.": None},
            id="months under the year",
        ),
        pytest.param(
            "<tr><th>Post</th><th>Jan. 2024</th><th>2024</th></tr>", {"Jan. 2024": None, "2024": 2024}, id="a month"
        ),
        pytest.param(
            "<tr><th>Post</th><th>1. kvartal<br>2024</th><th>Året<br>2024</th></tr>",
            {"1. kvartal 2024": None, "Året 2024": 2024},
            id="the year below",
        ),
        pytest.param(
            "<tr><th>Post</th><th>Q1 2024</th><th>2024</th></tr>", {"Q1 2024": None, "2024": 2024}, id="beside"
        ),
        pytest.param(
            "<tr><th rowspan=2>Post</th><th colspan=2>2024</th></tr><tr><th>Budget</th><th>Regnskab</th></tr>",
            {"2024 Budget": 2024, "2024 Regnskab": 2024},
            id="two columns of the year",
        ),
    ],
)
def test_a_part_of_a_year_is_no_year(head: str, years: dict[str, int | None]) -> None:
    page = f"<h1>Hovedtal</h1><p>Beløb i 1.000 kr.</p><table>{head}{BODY}</table>"
    (table,) = extract_bytes(page.encode(), "tal.html").tables
    assert {column.label: column.year for column in table.columns} == years
    assert [value.year for value in table.lines[0].values] == list(years.values())
    assert [value.raw for value in table.lines[0].values] == ["120", "240"]


def test_the_only_year_over_months_is_that_of_all_of_them() -> None:
    """It stands in the middle over them, and so over one."""
    months = row("", "Januar", "Februar", "Marts", "I alt")
    rows = [row("Løn", "12", "13", "14", "39"), row("Varer", "3", "4", "5", "12")]
    document = laid([row("1.000 kr."), ((360.0, "2025"),), months, *rows])
    labels = ["2025 Januar", "2025 Februar", "2025 Marts", "I alt"]
    assert [(column.label, column.year) for column in document.tables[0].columns] == [(each, None) for each in labels]
