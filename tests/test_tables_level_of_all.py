"""The price level that a document states once for all its amounts is that of each table, and gives way to its own."""

from __future__ import annotations

import pytest

from pipeline.extract import extract_bytes

ROWS = "| Ændring | 2026 | 2027 |\n|---|---|---|\n| Besparelse | -100 | -{} |\n| Netto | -100 | -{} |\n"


def levels(said: str, *over: str, behind: str = "") -> list[int | None]:
    """The price levels of tables with these lines over them, in a document that begins with what is said of all."""
    tables = [f"Forslag {number}\n\n{words}\n\n{ROWS.format(number, number)}" for number, words in enumerate(over, 200)]
    text = "\n".join(["Katalog over forslag", "", said, "", *tables, behind])
    found = extract_bytes(text.encode(), "katalog.txt")
    return [table.price_level for table in found.tables if table.lines]


@pytest.mark.parametrize(
    "said",
    [
        "Alle beløb i kataloget er i 1.000 kr. og 2026-priser.",
        "Alle beløb i hele dette notat er angivet i 1.000 kr. (2026-pl).",
        "Alle beløb er i 1.000 kr., 2026-priser, hvor ikke andet er anført.",
    ],
)
def test_a_level_of_all_amounts_is_that_of_each_table(said: str) -> None:
    assert levels(said, "1.000 kr.", "1.000 kr.") == [2026, 2026]


@pytest.mark.parametrize(
    "said",
    ["Alle beløb er i 1.000 kr. og 2026-priser.", "Alle tal er angivet i t.kr., 2026-pl", "Alle beløb i 2026-priser"],
)
def test_a_level_of_all_amounts_in_the_head_is_that_of_each_table(said: str) -> None:
    assert levels(said, "1.000 kr.", "1.000 kr.") == [2026, 2026]
    assert levels(said, "1.000 kr.", "1.000 kr., 2027-priser", "1.000 kr.")[1:] == [2027, None]
    assert levels(said, "1.000 kr.", "1.000 kr., løbende priser", "1.000 kr.")[1:] == [None, 2026]


def test_all_amounts_below_a_table_or_right_over_one_may_be_its_own() -> None:
    said = "Alle beløb er i 1.000 kr. og 2026-priser."
    assert levels("", "1.000 kr.", said, "1.000 kr.") == [None, 2026, None]
    assert levels(f"{said}\n\n{ROWS.format(150, 150)}", "1.000 kr.", "1.000 kr.") == [2026, None, None]
    assert levels("Alle beløb i tabellen er i 1.000 kr. og 2026-priser.", "1.000 kr.", "1.000 kr.")[1:] == [None]
    assert levels("Alle beløb for regnskab er i 2026-priser.", "1.000 kr.", "1.000 kr.")[1:] == [None]


def test_a_level_of_one_table_is_not_that_of_the_others() -> None:
    assert levels("", "1.000 kr., 2026-priser", "1.000 kr.") == [2026, None]


def test_a_document_of_two_levels_has_none_for_all() -> None:
    said = "Alle beløb i kataloget er i 1.000 kr. og 2026-priser."
    assert levels(said, "1.000 kr.", "1.000 kr., 2027-priser", "1.000 kr.")[1:] == [2027, None]
    behind = "\n".join(["Bemærkninger", "", "Der er intet at tilføje.", "", "Overførsler er dog i 2025-priser."])
    assert levels(said, "1.000 kr.", "1.000 kr.", "1.000 kr.", behind=behind)[1:] == [None, None]


def test_a_table_in_the_prices_of_each_year_has_not_that_of_all() -> None:
    said = "Alle beløb i kataloget er i 1.000 kr. og 2026-priser."
    assert levels(said, "1.000 kr.", "1.000 kr., årets priser", "1.000 kr.")[1:] == [None, 2026]
