"""Forms of proposals beside their tables, and remarks so close behind figures that one heading is over both."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row, texts

from corpus.problems import Code

YEARS = ("Budget 2027", "2028", "2029", "2030")
ENDS = (240.0, 300.0, 360.0, 420.0)
LABELS = (("Nr.", "KU21"), ("Udvalg", "Kulturudvalget"), ("Udgiftstype", "Drift"), ("Budgetår", "2027-2030"))


def _form(left: float = 60, value: float = 200) -> list[Line]:
    return [((-left, label), (-value, said)) for label, said in LABELS]


def _table(corner: str = "1.000 kr.") -> list[Line]:
    head = row(corner, *YEARS, ends=ENDS, left=64)
    rows = (("Leje", "-100", "-200", "-300", "-400"), ("Vand", "5", "6", "7", "8"))
    return [head, *(row(*each, ends=ENDS, left=64) for each in rows)]


def test_a_form_right_above_the_years_heads_none_of_their_columns() -> None:
    document = laid([*_form(), *_table()], step=15)
    assert document.problems == []
    assert figures(document)["Leje"] == {2027: "-100000", 2028: "-200000", 2029: "-300000", 2030: "-400000"}
    assert [column.label for column in document.tables[-1].columns] == list(YEARS)


@pytest.mark.parametrize("value", [200.0, 215.0])
def test_the_form_on_the_next_page_is_no_row_of_the_table_before(value: float) -> None:
    staff = [row("Faggruppe", *YEARS, ends=ENDS), row("Antal årsværk", "-0,5", "-0,5", "-1,5", "-1,5", ends=ENDS)]
    title: Line = ((-60.0, "Prioriteringsforslag"),)
    other = [row("1.000 kr.", *YEARS, ends=ENDS), row("Rengøring", "1", "2", "3", "4", ends=ENDS)]
    document = laid([*_table(), 40.0, *staff], [title, *_form(value=value), 20.0, *other], top=300)
    assert document.problems == []
    assert figures(document)["Antal årsværk"] == {2027: "-0.5", 2028: "-0.5", 2029: "-1.5", 2030: "-1.5"}


ACCOUNTS = (
    ("Idræt", "34484", "32452", "-2032", ""),
    ("Museer", "151623", "164043", "12420", "12 pladser"),
    ("Borgerservice", "94342", "92752", "-1590", "Der er indregnet 19 nye"),
    ("Kantine", "160991", "160366", "-625", ""),
    ("Refusion", "-74558", "-76905", "-2347", "Fuld virkning fra 2025"),
)


def _accounts(end: float, begin: float, rows: tuple[tuple[str, ...], ...]) -> list[Line]:
    printed = [("1.000 kr.", "Regnskab 2027", "Budget 2028", "Forskel", "Bemærkning"), *rows]
    return [(*row(*each[:4], ends=(240.0, 330.0, end)), *([(-begin, each[4])] if each[4] else [])) for each in printed]


def test_a_heading_over_figures_and_the_remarks_behind_them_is_cut() -> None:
    document = laid(_accounts(400.0, 405.0, ACCOUNTS))
    assert document.problems == []
    assert texts(document)[0] == ["1.000 kr.", "Regnskab 2027", "Budget 2028", "Forskel", "Bemærkning"]
    found = {name: values["Forskel"] for name, values in figures(document).items()}
    assert found == {each[0]: f"{each[3]}000" for each in ACCOUNTS}


def test_figures_that_no_room_parts_from_remarks_are_told() -> None:
    """Words stand as near as in a text, and the figures end in no one place: what is the column's is not sure."""
    rows = [row("1.000 kr.", "Regnskab 2027", "Budget 2028", ends=(240.0, 330.0))]
    rows[0] = (*rows[0], (-370.0, "Forskel Bemærkning"))
    for name, one, other, figure, said in ACCOUNTS:
        rows.append((*row(name, one, other, ends=(240.0, 330.0)), (-370.0, f"{figure} {said}".strip())))
    document = laid(rows)
    assert [problem.code for problem in document.problems] == [Code.TABLE_REFUSED]
    assert "Forskel Bemærkning" in document.problems[0].message
    assert figures(document)["Idræt"] == {2027: "34484000", 2028: "32452000"}


@pytest.mark.parametrize("second", ["i pct.", "(i pct.)"])
def test_the_second_line_of_one_heading_tells_it_from_the_same_word_beside_it(second: str) -> None:
    head = row("", "R2023", "B2024", "Afvigelse", "Afvigelse", ends=(240.0, 300.0, 370.0, 440.0))
    below = row("", "", "", "", second, ends=(240.0, 300.0, 370.0, 440.0))
    rows = [("Veje", "35860", "38526", "2666", "7,4"), ("Museer", "175678", "176027", "349", "0,2")]
    body = [row(name, *each, ends=(240.0, 300.0, 370.0, 440.0)) for name, *each in rows]
    document = laid([((-60.0, "Beløb i t.kr."),), head, below, 4.0, *body], step=12, size=9)
    assert document.problems == []
    assert figures(document)["Veje"] == {2023: "35860000", 2024: "38526000", "Afvigelse": "2666000"}


def test_a_remark_that_begins_with_a_number_in_a_cell_of_its_own_does_not_keep_the_others_from_being_cut() -> None:
    rows = [("Byplan", "635", "-6", ""), ("Rådgivning", "132", "-66", "Teknisk korrektion"), ("Bad", "423", "17", "")]
    rows += [("Kørsel", "140", "1", "Overført fra 2028"), ("Refusion", "-213", "-21", "12 pladser")]
    head: Line = (*row("Mio. kr.", "Budget 2027", "Afvigelse", ends=(300.0, 400.0)), (-404.6, "Bemærkninger"))
    body: list[Line] = []
    for name, one, other, said in rows:
        body.append((*row(name, one, other, ends=(300.0, 400.0)), *([(-404.6, said)] if said else [])))
    document = laid([head, *body], size=7, face="Courier")
    found = figures(document)
    assert {name: values["Afvigelse"] for name, values in found.items()} == {
        name: f"{other}000000" for name, _, other, _ in rows
    }


def test_figures_that_begin_remarks_beside_blank_cells_are_told() -> None:
    """The remarks begin in no one place, so that it is not sure where the column of figures ends."""
    rows: list[Line] = [(*row("Mio. kr.", "Budget 2027", "Afvigelse", ends=(300.0, 400.0)), (-440.0, "Bemærkning"))]
    rows.append((*row("Rådgivning", "132", ends=(300.0,)), (-440.0, "-6,6 Teknisk korrektion")))
    rows.append((*row("Bad", "42", ends=(300.0,)), (-443.0, "1,7 Jf. aftale")))
    rows += [row("Byplan", "635", "-6,1", ends=(300.0, 400.0)), row("Kørsel", "140", "1,2", ends=(300.0, 400.0))]
    document = laid([*rows, (*row("Leje", "7", "1,0", ends=(300.0, 400.0)), (-440.0, "12 pladser"))])
    assert [problem.code for problem in document.problems] == [Code.TABLE_REFUSED]
    assert "-6,6" in document.problems[0].message
    assert figures(document)["Byplan"] == {2027: "635000000", "Afvigelse": "-6100000"}


def test_a_remark_that_counts_beside_a_blank_cell_is_no_figure() -> None:
    rows: list[Line] = [(*row("Mio. kr.", "Budget 2027", "Afvigelse", ends=(300.0, 400.0)), (-440.0, "Bemærkning"))]
    rows += [(*row("Byplan", "635", ends=(300.0,)), (-440.0, "12 pladser"))]
    rows += [(*row("Park", "63", ends=(300.0,)), (-440.0, "100 pct. refusion"))]
    rows.append(row("Bad", "4", "1,2", ends=(300.0, 400.0)))
    document = laid([*rows, (*row("Leje", "7", "1,0", ends=(300.0, 400.0)), (-440.0, "Varig"))])
    assert document.problems == []
