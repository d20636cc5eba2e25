"""Tables in text with headings of two lines, and several of them with units of their own."""

from __future__ import annotations

import pytest

from corpus.model import Document
from corpus.problems import Code
from pipeline.extract import extract_bytes

Line = tuple[str, ...]
YEARS = ("2026", "2027", "2028")
BRACKETS = ("2026", "(2027)", "(2028)")
WORDS = ("Budget", "Overslagsår 1", "Overslagsår 2")


def read(*lines: Line, tabs: bool = False) -> Document:
    """The document of lines whose cells stand in columns; a line of one cell is text."""
    if tabs:
        text = "\n".join("\t".join(line) for line in lines)
    else:
        text = "\n".join(f"{line[0]:<32}" + "".join(f"{cell:>18}" for cell in line[1:]) for line in lines)
    return extract_bytes(f"{text}\n".encode(), "note.txt")


def values(document: Document) -> dict[str, dict[int | None, str]]:
    lines = [line for table in document.tables for line in table.lines]
    return {line.label: {value.year: f"{value.value:f}" for value in line.values} for line in lines}


def rows(name: str, *figures: str) -> list[Line]:
    return [(name, *figures), (f"{name} i alt", *figures)]


BUS = {2026: "-850000", 2027: "0", 2028: "1250000"}


@pytest.mark.parametrize("tabs", [False, True])
@pytest.mark.parametrize(
    "head",
    [
        [("1.000 kr.", *WORDS), ("", *BRACKETS)],
        [("Post", *WORDS), ("1.000 kr.", *BRACKETS)],
        [("Beløb i 1.000 kr.",), ("", *WORDS), ("Udgift/indtægt", *BRACKETS)],
        [("1.000 kr.", "B 2026", "BO 1", "BO 2")],
        [("1.000 kr.", "B 2026", "BO1 (2027)", "BO2 (2028)")],
        [("Post", "Budget", "Budget", "Budget"), ("", *YEARS), ("", "(t.kr.)", "(t.kr.)", "(t.kr.)")],
        [("Post", *WORDS), ("", *BRACKETS), ("", "t.kr.", "t.kr.", "t.kr.")],
        [("Titel", "B 2026", "BO 1", "BO 2"), ("t.kr.",)],
    ],
)
def test_headings_of_two_lines_and_more(head: list[Line], tabs: bool) -> None:
    found = read(*head, *rows("Bus", "-850", "0", "1.250"), tabs=tabs)
    assert values(found)["Bus"] == BUS
    assert found.problems == []


@pytest.mark.parametrize("tabs", [False, True])
@pytest.mark.parametrize("head", [("B 2026", "BO 1", "BO 2"), WORDS])
def test_a_table_with_headings_of_its_own_does_not_go_on_with_the_one_above(head: Line, tabs: bool) -> None:
    years = [] if head is not WORDS else [("", *BRACKETS)]
    first = [("1.000 kr.", *YEARS), *rows("Bus", "-850", "0", "1.250"), ("",), ("Forslag 2",)]
    found = read(*first, ("Mio. kr.", *head), *years, *rows("Hal", "1,5", "2,5", "0,5"), tabs=tabs)
    assert values(found)["Bus"] == BUS
    assert values(found)["Hal"] == {2026: "1500000", 2027: "2500000", 2028: "500000"}
    assert found.problems == []


@pytest.mark.parametrize("tabs", [False, True])
def test_words_over_columns_without_years_end_the_table_above(tabs: bool) -> None:
    first = [("1.000 kr.", *YEARS), *rows("Bus", "-850", "0", "1.250"), ("Forslag 2",)]
    found = read(*first, ("Mio. kr.", "Budget", "Regnskab", "Forbrug"), *rows("Hal", "1,5", "2,5", "0,5"), tabs=tabs)
    assert values(found)["Bus"] == BUS
    assert all(value != "1500" for value in values(found).get("Hal", {}).values())


def test_a_unit_below_a_table_is_no_row_and_not_that_of_another() -> None:
    first = [("Udgift", "B 2026", "B 2027", "B 2028"), *rows("Bus", "-850", "0", "1.250"), ("Beløb i hele 1.000 kr.",)]
    found = read(*first, ("",), ("Forslag 2",), ("Post", "B 2026", "B 2027", "B 2028"), *rows("Udgift", "1", "2", "3"))
    assert values(found)["Bus"] == BUS
    assert values(found)["Udgift"] == {}
    assert [problem.code for problem in found.problems] == [Code.UNIT_UNKNOWN]


def test_all_amounts_said_at_one_table_do_not_count_where_another_prints_its_unit_beside_headings() -> None:
    first = [("Post", *YEARS), *rows("Bus", "-850", "0", "1.250"), ("Alle beløb er i kr.",), ("",), ("Forslag 2",)]
    found = read(*first, ("Beløb i 1.000 kr.", *WORDS), ("", *YEARS), *rows("Hal", "-850", "0", "1.250"))
    assert values(found)["Bus"] == {2026: "-850", 2027: "0", 2028: "1250"}
    assert values(found)["Hal"] == BUS


def test_what_the_signs_mean_does_not_go_on_with_the_last_name() -> None:
    found = read(("1.000 kr.", *YEARS), *rows("Bus", "-850", "0", "1.250"), ("(- = indtægt)",), ("Hal", "1", "2", "3"))
    assert {"Bus", "Bus i alt", "Hal"} <= values(found).keys()


def test_years_in_brackets_in_cells_are_a_heading_also_beside_an_unknown_word() -> None:
    table = [("", *WORDS), ("Udgift/indtægt", *BRACKETS), ("Bus", "-8", "0", "1"), ("Hal", "1", "2", "(2027)")]
    text = "".join(f"| {' | '.join(cells)} |\n" for cells in table)
    found = extract_bytes(f"Beløb i 1.000 kr.\n\n{text}".encode(), "note.txt")
    assert values(found)["Bus"] == {2026: "-8000", 2027: "0", 2028: "1000"}
    assert values(found)["Hal"] == {2026: "1000", 2027: "2000", 2028: "-2027000"}


def _under(over: str, years: str) -> Document:
    rows = ["Stier                7.902      18.450", "Broer                5.715       6.200"]
    return extract_bytes("\n".join(["Solby Kommune, 1.000 kr.", "", over, years, *rows]).encode(), "tal.txt")


@pytest.mark.parametrize(
    ("over", "labels"),
    [
        ("                   Forbrug   Forventet", ["Forbrug 2026", "Forventet 2027"]),
        ("Post              Regnskab      Budget", ["Regnskab 2026", "Budget 2027"]),
        ("1.000 kr.      Korr. budget    Vedtaget", ["Korr. budget 2026", "Vedtaget 2027"]),
    ],
)
def test_words_over_years_are_a_part_of_their_headings(over: str, labels: list[str]) -> None:
    document = _under(over, "                      2026        2027")
    assert [column.label for column in document.tables[0].columns] == labels
    assert values(document)["Stier"] == {2026: "7902000", 2027: "18450000"}
    tabbed = ["1.000 kr.\tRegnskab\tBudget", "Post\t2026\t2027", "Stier\t7.902\t18.450", "Broer\t5.715\t6.200"]
    found = extract_bytes("\n".join(tabbed).encode(), "tal.txt").tables[0]
    assert [column.label for column in found.columns] == ["Regnskab 2026", "Budget 2027"]


def test_words_over_years_say_that_something_is_counted() -> None:
    document = _under("                     Elever      Elever", "                      2026        2027")
    assert document.records == []


@pytest.mark.parametrize(
    "over",
    [
        "                       Budgetforslag",
        "                   Forbrug",
        "Solby Kommune                                      Side 4",
        "                   Forbrug   Forventet   Restbeløb",
    ],
)
def test_words_that_stand_not_each_over_a_year_are_no_part_of_headings(over: str) -> None:
    document = _under(over, "                      2026        2027")
    assert [column.label for column in document.tables[0].columns] == ["2026", "2027"]


def test_words_over_each_run_of_the_same_years_are_a_part_of_their_headings() -> None:
    lines = [
        "Beløb i 1.000 kr.",
        "",
        f"{'':16}{'Budget':>14}{'Regnskab':>18}",
        f"{'Område':16}" + "".join(f"{year:>9}" for year in (2026, 2027) * 2),
        f"{'Skoler':16}" + "".join(f"{figure:>9}" for figure in ("1.500", "1.600", "1.550", "1.610")),
        f"{'Veje':16}" + "".join(f"{figure:>9}" for figure in ("2.000", "2.100", "", "2.110")),
    ]
    document = extract_bytes(("\n".join(lines) + "\n").encode(), "budget.txt")
    assert not document.problems
    (table,) = document.tables
    assert [column.label for column in table.columns] == [
        f"{word} {year}" for word in ("Budget", "Regnskab") for year in (2026, 2027)
    ]
    assert [[str(value.value) for value in line.values] for line in table.lines] == [
        ["1500000", "1600000", "1550000", "1610000"],
        ["2000000", "2100000", "2110000"],
    ]
