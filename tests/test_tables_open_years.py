"""Columns of a time that is no single year beside those of years, shares beside money, and price levels of one kind."""

from __future__ import annotations

import pytest
from laid import Line, laid
from reportlab.pdfbase.pdfmetrics import stringWidth
from test_tables_accounts import of_rows, values
from test_tables_sums import failed, sums

from corpus.model import Amount, Fte
from corpus.problems import Code
from pipeline.extract import extract_bytes
from pipeline.tables.content.headings import year_headings

OPEN = ["Projekt", "Tidligere år", "2027", "2028", "Senere år", "I alt"]


@pytest.mark.parametrize("before", ["Tidligere år", "Forbrug t.o.m. 2026", "Før 2027", "Til og med 2026"])
@pytest.mark.parametrize("after", ["Senere år", "Efter 2028", "Efterfølgende år", "Fra 2029 og frem"])
def test_times_of_no_single_year_hold_money_as_the_years_beside_them_do(before: str, after: str) -> None:
    rows = [["Rådhus", "1.200", "3.400", "10.000", "500", "15.100"], ["Bro", "", "500", "", "4.000", "4.500"]]
    found = of_rows("1.000 kr.", ["Projekt", before, "2027", "2028", after, "I alt"], *rows)
    assert found.problems == []
    assert values(found)["Rådhus"] == {
        (None, before): "1200000",
        (2027, None): "3400000",
        (2028, None): "10000000",
        (None, after): "500000",
        (None, "I alt"): "15100000",
    }
    assert sums(found) == [("years", "15100000", "15100000", True), ("years", "4500000", "4500000", True)]


@pytest.mark.parametrize(
    ("last", "goes_on"),
    [("2029 og frem", True), ("2029 og følgende år", True), ("2029 ff.", True), ("2029", False)],
)
def test_a_year_and_all_behind_it_has_an_open_end(last: str, *, goes_on: bool) -> None:
    rows = "| Drift | 100 | 200 | 400 |\n| Årsværk | 1 | 2 | 4 |\n"
    table = f"| Område | 2027 | 2028 | {last} |\n|---|---|---|---|\n{rows}"
    document = extract_bytes(f"# Notat\n\nBeløb i 1.000 kr.\n\n{table}".encode(), "notat.md")
    found = [each for each in document.records if isinstance(each, Amount | Fte)]
    assert [(each.year, each.open_end) for each in found] == [(2027, False), (2028, False), (2029, goes_on)] * 2


def test_a_heading_with_more_than_a_time_is_not_money_by_it() -> None:
    rows = [["Åparken", "12", "3.400", "10.000"], ["Bakken", "20", "500", "600"]]
    found = of_rows("1.000 kr.", ["Sted", "Opført efter 2020", "2027", "2028"], *rows)
    assert all(set(row) == {(2027, None), (2028, None)} for row in values(found).values())


def test_a_total_with_open_years_is_wrong_where_the_other_rows_say_how_it_is_added() -> None:
    rows = [["A", "1", "2", "3", "4", "10"], ["B", "2", "2", "2", "2", "8"], ["C", "1", "1", "1", "1", "9"]]
    assert failed(of_rows("1.000 kr.", OPEN, *rows)) == ["9000"]
    without = [["A", "1", "2", "3", "4", "5"], ["B", "2", "2", "2", "2", "4"], ["C", "1", "1", "1", "1", "9"]]
    assert failed(of_rows("1.000 kr.", OPEN, *without)) == ["9000"]
    assert failed(of_rows("1.000 kr.", OPEN, rows[2])) == []


def test_a_sum_with_a_refused_summand_has_no_verdict() -> None:
    rows = [["A", "1", "2", "3x4", "9"], ["B", "2", "2", "2", "6"]]
    found = of_rows("1.000 kr.", ["Projekt", "2027", "2028", "2029", "I alt"], *rows)
    assert [check[1:] for check in sums(found)] == [("6000", "6000", True)]
    strange = of_rows("1.000 kr.", ["Projekt", "Hylde", "2027", "2028", "I alt"], ["A", "1", "2", "3", "6"])
    assert [problem.code for problem in strange.problems] == [Code.TABLE_REFUSED]
    assert sums(strange) == []


@pytest.mark.parametrize("heading", ["Forbr.%", "Forbr.pct.", "Forbrug i %", "Forbrugsprocent", "Pct.forbrug", "%"])
def test_a_share_is_no_money_however_it_is_written(heading: str) -> None:
    rows = [["Skoler", "31.000", "30.112", "98,4"], ["SFO", "2.000", "2.004", "100,2"]]
    found = of_rows("Regnskab 2025, hele kr.", ["Tekst", "Budget", "Regnskab", heading], *rows)
    assert {column for row in values(found).values() for _, column in row} == {"Budget", "Regnskab"}


@pytest.mark.parametrize("heading", ["Rammebesparelse 2 %", "Besparelse på 1,5 pct."])
def test_a_heading_with_a_figure_of_per_cent_may_be_of_money(heading: str) -> None:
    found = of_rows("1.000 kr.", ["Udvalg", heading], ["Børn", "-1.250"], ["Ældre", "-900"])
    assert values(found)["Børn"] == {(None, heading): "-1250000"}


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("Mio. kr. Regnskab i årets priser, budget i 2027-priser", None),
        ("Mio. kr., budget 2027 er i 2027-priser", None),
        ("Beløb i mio. kr., regnskab i 2025-priser", None),
        ("Beløb i mio. kr. (2027-priser)", 2027),
        ("Beløb i mio. kr. i 2027-pl", 2027),
    ],
)
def test_a_price_level_of_one_kind_of_column_is_not_that_of_the_others(said: str, level: int | None) -> None:
    found = of_rows(said, ["Område", "Regnskab 2025", "Budget 2027"], ["Ældre", "501,2", "522,4"])
    assert values(found)["Ældre"] == {(2025, None): "501200000", (2027, None): "522400000"}
    assert [table.price_level for table in found.tables] == [level]


def test_a_price_level_of_the_budget_is_that_of_a_table_of_budgets() -> None:
    found = of_rows("Mio. kr., budget i 2027-priser", ["Område", "2027", "2028"], ["Ældre", "501,2", "522,4"])
    assert [table.price_level for table in found.tables] == [2027]


def test_each_years_own_prices_below_a_table_take_the_price_level_from_it() -> None:
    heads = ["Område", "Regnskab 2025", "Budget 2027"]
    below = "Regnskab 2025 er i årets priser."
    found = of_rows("1.000 kr. (2027-priser)", heads, ["Ældre", "501", "522"], below=below)
    assert [table.price_level for table in found.tables] == [None]


@pytest.mark.parametrize("counted", ["Antal 2027", "Pct. af budget 2027", "Årsværk 2027"])
def test_a_count_before_the_only_year_of_money_keeps_its_year_and_takes_nothing_from_it(counted: str) -> None:
    right = 90 + stringWidth(counted, "Helvetica", 9)
    ends = (right, right + 70)
    rows = [("Nord", "412", "31.250"), ("Syd", "388", "27.400")]
    heading = ((-60.0, "Sted"), (-90.0, counted), (ends[1], "Budget 2027"))
    body = [((-60.0, name), *zip(ends, cells, strict=True)) for name, *cells in rows]
    lines: list[Line] = [((-60.0, "Beløb i 1.000 kr."),), heading, *body]
    (table,) = laid(lines, size=9).tables
    assert [cell.text for cell in table.cells[0]] == ["Sted", counted, "Budget 2027"]
    money = [f"{value.value:f}" for line in table.lines if line.unit == "DKK" for value in line.values]
    assert money == ["31250000", "27400000"]


def test_a_heading_of_a_year_is_that_of_its_people_or_of_its_money() -> None:
    heads = ["Afdeling", "Årsværk 2026", "Lønbudget 2026", "Elever 2027", "Budget 2027", "2028"]
    found = of_rows("1.000 kr.", heads, ["Skole", "18,4", "9.310", "412", "9.275", "9.100"])
    assert year_headings(found.tables[0].columns) == {
        (2026, False): "Lønbudget 2026",
        (2026, True): "Årsværk 2026",
        (2027, False): "Budget 2027",
        (2028, False): "2028",
        (2028, True): "2028",
    }


def test_two_headings_of_money_in_a_year_are_not_told_apart_by_it() -> None:
    found = of_rows("1.000 kr.", ["Post", "Budget 2026", "Regnskab 2026"], ["Drift", "10", "12"])
    assert year_headings(found.tables[0].columns) == {}
    assert [value.column for value in found.tables[0].lines[0].values] == ["Budget 2026", "Regnskab 2026"]
