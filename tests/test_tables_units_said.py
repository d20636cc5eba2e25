"""Units in a sentence right over a table: with the signs behind them, led by a few words, in its last bracket."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row

YEARS: Line = row("Område", "2031", "2032", "2033")
ROWS: list[Line] = [row("Havnebade", "12", "25", "38"), row("Skøjtehaller", "-2", "18", "20")]
MIO, THOUSAND, KR = "12000000", "12000", "12"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("Mio. kr., 2031-priser, netto. Indtægter er anført med minus.", MIO),
        ("Mio. kr. Indtægter er anført med minus.", MIO),
        ("Her er tallene i 1.000 kr. i 2031-priser:", THOUSAND),
        ("t.kr., 2031-priser. Indtægter i parentes.", THOUSAND),
        ("Samlet oversigt. Beløb i 1.000 kr., 2031-priser. (-) er mindreudgifter.", THOUSAND),
        ("Tabel 1. Mio. kr.", MIO),
        ("Tabel 1. Mio. kr. (+ = merforbrug, - = mindreforbrug)", MIO),
        ("Tabel 3. Hele kr.", KR),
        ("Planen rummer følgende ændringer (kr., + er en udgift, - er en besparelse):", KR),
        ("Alle takster er i kr. og inkl. moms, hvor intet andet er nævnt.", KR),
        ("Priserne er i hele kr., ekskl. moms, medmindre andet er anført.", KR),
        ("Planen rummer følgende ændringer (mio. kr., + er en udgift, - er en besparelse):", MIO),
    ],
)
@pytest.mark.parametrize("titles", [[], ["Lerhavn Kommune", "Bilag 4. Investeringer 2031-2033"]])
def test_a_sentence_right_over_a_table_says_its_unit(said: str, value: str, titles: list[str]) -> None:
    over: list[Line] = [((-60.0, text),) for text in (*titles, said)]
    assert figures(laid([*over, 8.0, YEARS, *ROWS]))["Havnebade"][2031] == value


@pytest.mark.parametrize(
    "said",
    [
        "Tabel 3. Havnen koster 2 mio. kr.",
        "Havnen koster 2 mio. kr. Indtægter er anført med minus.",
        "Planen rummer følgende ændringer (2 mio. kr., + er en udgift, - er en besparelse):",
        "Her er planen, som koster 3 mio. kr. i 2031-priser:",
        "Taksterne er i 2031 steget med 4 kr. og er inkl. moms, hvor intet andet er nævnt.",
    ],
)
def test_an_amount_in_such_a_sentence_is_no_unit(said: str) -> None:
    found = laid([((-60.0, said),), 8.0, YEARS, *ROWS])
    assert [table.unit for table in found.tables] == [None]
    assert [p.code for p in found.problems] == ["unit-unknown"]


@pytest.mark.parametrize("line", ["Forslagsstiller: MED", "Kulturudvalget · MED", "KULTURUDVALGET · MED", "MED"])
def test_a_name_in_capitals_that_is_also_a_small_word_goes_on_in_no_unit(line: str) -> None:
    over: list[Line] = [((-60.0, line),), ((-60.0, "1.000 kr."),)]
    assert figures(laid([*over, 8.0, YEARS, *ROWS]))["Havnebade"][2031] == THOUSAND


@pytest.mark.parametrize("line", ["Kommunens tilskud til havnen nedsættes med", "KOMMUNENS TILSKUD NEDSÆTTES MED"])
def test_a_small_word_that_ends_a_line_goes_on_in_the_amount_below_it(line: str) -> None:
    document = laid([((-60.0, line),), ((-60.0, "1.000 kr."),), 8.0, YEARS, *ROWS])
    assert [p.code for p in document.problems] == ["unit-unknown"]


AGES: list[Line] = [
    row("0-5 år", "552", "695", "686"),
    row("6-99 år", "989", "815", "116"),
    row("I alt", "1541", "1510", "802"),
]


@pytest.mark.parametrize("title", ["Befolkningsprognose", "Fremskrivning, antal borgere pr. 1. januar", "Folketal"])
def test_a_table_that_counts_by_its_title_lacks_no_unit(title: str) -> None:
    document = laid([((-60.0, title),), 8.0, row("Alder", "2031", "2032", "2033"), *AGES])
    assert {problem.code for problem in document.problems} <= {"date-refused"}
    assert not any(line.values for line in document.tables[0].lines)


@pytest.mark.parametrize(
    ("title", "head", "last"),
    [
        ("Antal borgere og udgifter", "Alder", "I alt"),
        ("Befolkningsprognose", "Udgifter", "Løn"),
        ("Befolkningen", "Alder", "Driftsudgifter"),
        ("Aldersgrupper", "Alder", "I alt"),
    ],
)
def test_a_table_that_may_be_of_money_lacks_its_unit(title: str, head: str, last: str) -> None:
    rows = [*AGES[:2], row(last, "1541", "1510", "802")]
    document = laid([((-60.0, title),), 8.0, row(head, "2031", "2032", "2033"), *rows])
    assert "unit-unknown" in {problem.code for problem in document.problems}


def test_numbers_of_projects_are_no_figures_without_a_heading_of_money() -> None:
    head = row("1.000 kr.", "Projektnr.", "2031", "2032")
    document = laid([head, row("Ny hal", "186761", "4.500", "2.500"), row("Ny bro", "186762", "3.500", "1.500")])
    assert document.problems == []
    assert figures(document)["Ny hal"] == {2031: "4500000", 2032: "2500000"}
