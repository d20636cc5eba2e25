"""Columns of accounts and rates: which are money, of which year, and in what unit."""

from __future__ import annotations

import pytest
from test_tables_accounts import of_rows, values

from pipeline.tables.units import unit_note


@pytest.mark.parametrize(
    "heading",
    ["Forbrugspct.", "Forbrugsgrad", "%-afvigelse", "Forbrug i %", "Afv. %", "Indeks", "Realvækst", "Dækningsgrad"],
)
def test_shares_and_indices_beside_money_are_no_money(heading: str) -> None:
    found = of_rows("1.000 kr.", ["Post", "Budget 2023", "Regnskab 2023", heading], ["Skoler", "200", "100", "50"])
    assert values(found)["Skoler"] == {(2023, "Budget 2023"): "200000", (2023, "Regnskab 2023"): "100000"}


@pytest.mark.parametrize(
    "heading",
    ["Overføres til 2024", "Forbrug før 2023", "Forbrug t.o.m. 2022", "Merforbrug", "Korr. bud.", "Tillægsbevilling"],
)
def test_money_beside_the_years_that_is_of_none_of_them(heading: str) -> None:
    found = of_rows("1.000 kr.", ["Post", "Regnskab 2023", heading], ["Skoler", "200", "50"])
    assert values(found)["Skoler"] == {(2023, None): "200000", (None, heading): "50000"}


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("Nordby Kommune · Bevillingsoversigt 2025 · Hele kr., løbende priser", 1),
        ("Nordby Kommune | 1.000 kr. | 2025", 1000),
        ("Beløb i hele kr. Positive tal er mindreforbrug, negative tal er merforbrug.", 1),
        ("Mio. kr. med 3 decimaler", 10**6),
        ("Alle takster er i kr. og inkl. moms", 1),
    ],
)
def test_units_among_other_words(text: str, factor: int) -> None:
    note = unit_note(text)
    assert note is not None
    assert note.unit.factor == factor


@pytest.mark.parametrize("text", ["Der er givet 1.000 kr. Det er nok", "Puljen er på 2 mio. kr. Den deles i to"])
def test_an_amount_before_a_full_stop_is_no_unit(text: str) -> None:
    assert unit_note(text) is None


def test_a_row_of_pupils_that_is_summed_with_money_is_money() -> None:
    rows = [["Løn", "40"], ["It og licenser", "30"], ["Elever", "20"], ["Administration i alt", "90"]]
    found = of_rows("1.000 kr.", ["", "2025", "2026"], *([*row, row[1]] for row in rows))
    assert values(found)["Elever"] == {(2025, None): "20000", (2026, None): "20000"}
    rows[3][1] = "70"
    found = of_rows("1.000 kr.", ["", "2025", "2026"], *([*row, row[1]] for row in rows))
    assert values(found)["Elever"] == {}
    rows = [["Personale", ""], ["Ledelse", "4"], ["Drift", "3"], ["Elever", "2"], ["I alt", "9"]]
    found = of_rows("1.000 kr.", ["", "2025", "2026"], *([*row, row[1]] for row in rows))
    assert values(found)["Elever"] == {}


def test_counts_and_rates_of_tax_are_no_money() -> None:
    rows = [["Grundskyldspromille", "24,8"], ["Folketal pr. 1. januar", "43.015"], ["Grundskyld", "-141,2"]]
    found = of_rows("Beløb i mio. kr.", ["", "2025", "2026"], *([*row, row[1]] for row in rows))
    assert [len(line.values) for line in found.tables[0].lines] == [0, 0, 2]


def test_a_sentence_says_the_unit_of_rates() -> None:
    above = "Alle takster er i kr. og inkl. moms, hvor der opkræves moms. De er vedtaget sammen med budgettet."
    rows = [["Dagpleje", "pr. måned", "2.900,50"], ["Hovedret", "pr. portion", "58,75"]]
    found = of_rows(above, ["Ydelse", "Enhed", "Takst 2025", "Takst 2026"], *([*row, row[2]] for row in rows))
    assert [next(iter(line.values())) for line in values(found).values()] == ["2900.5", "58.75"]
    found = of_rows(above, ["Ydelse", "Enhed", "2025", "2026"], *([*row, row[2]] for row in rows))
    assert found.records == []
