"""Tables in lines of text below headings in words, and what is told where the lines do not show their columns."""

from __future__ import annotations

import pytest

from corpus.model import Document
from corpus.problems import Code
from pipeline.extract import extract_bytes

HEAD = "Projekt                 Budget   Regnskab   Afvigelse\n"
ROWS = (
    "Cykelsti ved havnen       11,4       10,6        -0,8\n"
    "Hal Nord                   0,9        1,1         0,2\n"
    "I alt                     12,3       11,7        -0,6\n"
)


def read(text: str) -> Document:
    return extract_bytes(text.encode(), "oversigt.txt")


def values(found: Document) -> dict[str, dict[str, str]]:
    return {
        line.label: {value.column or "": f"{value.value:f}" for value in line.values}
        for table in found.tables
        for line in table.lines
    }


def codes(found: Document) -> list[str]:
    return [problem.code for problem in found.problems]


READ = {
    "Cykelsti ved havnen": {"Budget": "11400000", "Regnskab": "10600000", "Afvigelse": "-800000"},
    "Hal Nord": {"Budget": "900000", "Regnskab": "1100000", "Afvigelse": "200000"},
    "I alt": {"Budget": "12300000", "Regnskab": "11700000", "Afvigelse": "-600000"},
}


@pytest.mark.parametrize("rule", ["", "-" * 53 + "\n", "-------   ------   --------   ---------\n", "\n"])
@pytest.mark.parametrize("corner", ["Projekt", "       "])
def test_columns_of_blanks_below_words(rule: str, corner: str) -> None:
    head = HEAD.replace("Projekt", corner)
    found = read(f"Solhøj Kommune\n\nAnlægsoversigt i mio. kr.\n\n{head}{rule}{ROWS}\nTallene er foreløbige.\n")
    assert values(found) == READ
    assert codes(found) == []
    assert found.tables[0].checks
    assert all(check.ok for check in found.tables[0].checks)


def test_columns_of_tabs_below_words() -> None:
    found = read("Mio. kr.\n\nProjekt\tBudget\tRegnskab\nStien\t1,2\t\nHallen\t2,2\t2,0\nBroen\t1,2\t5,5\n")
    assert values(found)["Stien"] == {"Budget": "1200000"}
    assert values(found)["Broen"] == {"Budget": "1200000", "Regnskab": "5500000"}


def test_a_row_that_lacks_a_figure_has_the_others_under_their_headings() -> None:
    found = read(f"Mio. kr.\n\n{HEAD}Parken                     0,9                    0,4\n{ROWS}")
    assert values(found)["Parken"] == {"Budget": "900000", "Afvigelse": "400000"}


def test_a_figure_under_no_heading_and_one_before_words_are_refused() -> None:
    loose = "Parken            0,9                             0,4\n"
    found = read(f"Mio. kr.\n\n{HEAD}{loose}{ROWS}")
    assert {name: told for name, told in values(found).items() if told} == READ
    assert Code.TABLE_REFUSED in codes(found)
    worded = "Parken                     0,9    afventer         0,4\n"
    found = read(f"Mio. kr.\n\n{HEAD}{worded}{ROWS}")
    assert {name: told for name, told in values(found).items() if told} == READ
    assert Code.TABLE_REFUSED in codes(found)


def test_a_name_that_touches_its_first_figure_is_read_where_every_column_has_one() -> None:
    whole = read(f"Mio. kr.\n\n{HEAD}Omlægning af parken ved åen 0,9   0,8     0,4\n{ROWS}")
    assert values(whole)["Omlægning af parken ved åen"] == {
        "Budget": "900000",
        "Regnskab": "800000",
        "Afvigelse": "400000",
    }
    short = read(f"Mio. kr.\n\n{HEAD}Omlægning af parken ved åen 0,9           0,4\n{ROWS}")
    assert {name: told for name, told in values(short).items() if told} == READ
    assert codes(short) == [Code.TABLE_REFUSED]


def test_a_unit_that_is_not_said_is_told() -> None:
    assert codes(read(f"Anlæg\n\n{HEAD}{ROWS}")) == [Code.UNIT_UNKNOWN]


def test_names_of_groups_and_labels_of_two_lines() -> None:
    group = "Skoler\n"
    wrapped = "Renovering af tag og\nvinduer                    1,0        1,1         0,1\n"
    found = read(f"Mio. kr.\n\n{HEAD}{group}{ROWS}{wrapped}")
    assert values(found)["Renovering af tag og vinduer"]["Regnskab"] == "1100000"
    assert found.tables[0].lines[0].group == "Skoler"


@pytest.mark.parametrize(
    "text",
    [
        "Deltagere:   Ida Holm   Budget\n\nMødet varede 2 timer.\n",
        "Navn          Telefon     Lokale\nIda Holm      2233        12\nOle Bak       4455        14\n",
        "Budget   og   regnskab\n\nDer er 12 sager.   De er 4 år gamle.\n",
        "Projekt   Budget\nStien er færdig i 2027.\nHallen koster 3 mio. kr.\n",
    ],
)
def test_words_with_wide_gaps_are_no_table_of_money(text: str) -> None:
    found = read(text)
    assert not any(told for told in values(found).values())
    assert codes(found) == []


def test_rows_below_a_unit_whose_columns_cannot_be_told_are_named() -> None:
    collapsed = "\n".join(" ".join(line.split()) for line in (HEAD + ROWS).splitlines())
    found = read(f"Anlægsoversigt i mio. kr.\n\n{collapsed}\n")
    assert values(found) == {}
    assert codes(found) == [Code.TABLE_REFUSED]
    assert "Cykelsti" in found.problems[0].message


@pytest.mark.parametrize("head", ["Anlægsoversigt", "Udgiften er 3 mio. kr.", "Pct."])
def test_rows_below_what_says_no_unit_are_not(head: str) -> None:
    assert codes(read(f"{head}\n\nHold A 3 4\nHold B 5 6\n")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Hallen: kassebeholdning ultimo, mio. kr.: 2024: 212,5; 2025: 187,3; 2026 (skøn): 164,0.",
        "Resultat i 1.000 kr.: 2024: 212 og 2025: -187",
        "Indtægter (t.kr.): 2024 = 1.200, 2025 = 1.300",
    ],
)
def test_years_with_figures_behind_a_unit_are_told(text: str) -> None:
    found = read(f"Notat\n\n{text}\n")
    assert codes(found) == [Code.TABLE_REFUSED]
    assert "2024" in found.problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        "Der blev brugt 2024: 212,5 mio. kr., 2025: 187,3 mio. kr.",
        "Støtten er 3 mio. kr. Møder i 2024: 12; i 2025: 14.",
        "Budgettet er i mio. kr. for 2024 og 2025.",
    ],
)
def test_years_with_amounts_or_counts_are_not(text: str) -> None:
    assert Code.TABLE_REFUSED not in codes(read(f"Notat\n\n{text}\n"))
