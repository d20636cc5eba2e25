"""A unit that stands only in the note right below a table is that table's, where the next one counts people."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row

from corpus.problems import Code

YEARS = ("2027", "2028", "2029", "2030")
MONEY: list[Line] = [
    row("Økonomi", *YEARS),
    row("Anlæg", "1.600", "2.391", "0", "0"),
    row("Samlet ændring", "1.600", "2.391", "0", "0"),
]
STAFF: list[Line] = [row("Faggruppe", *YEARS), row("Lærere", "-2,1", "-2,6", "-2,6", "-2,6")]


@pytest.mark.parametrize(
    ("title", "corner"),
    [
        ("Personale – antal årsværk", "Faggruppe"),
        ("Personalekonsekvenser (årsværk)", ""),
        ("Personale", "Antal årsværk"),
    ],
)
@pytest.mark.parametrize("room", [4.0, 9.0, 16.0])
def test_a_unit_below_money_and_over_the_title_of_people_is_that_of_the_money(
    title: str, corner: str, room: float
) -> None:
    staff = [row(corner, *YEARS), *STAFF[1:]]
    document = laid([*MONEY, room, ((-60.0, "Beløb i 1.000 kr."),), 9.0, ((-60.0, title),), *staff])
    assert document.problems == []
    assert figures(document)["Anlæg"][2028] == "2391000"
    assert figures(document)["Lærere"][2028] == "-2.6"


def test_a_unit_between_two_tables_of_money_nearer_to_the_lower_one_is_not_the_upper_ones() -> None:
    below: list[Line] = [row("Drift", *YEARS), row("Leje", "7", "8", "9", "10")]
    document = laid([*MONEY, 30.0, ((-60.0, "Beløb i 1.000 kr."),), *below])
    assert [problem.code for problem in document.problems] == [Code.UNIT_UNKNOWN]
    assert figures(document)["Leje"][2028] == "8000"


def test_the_table_above_keeps_the_unit_that_it_has() -> None:
    over: Line = ((-60.0, "Beløb i 1.000 kr."),)
    document = laid([over, *MONEY, 9.0, ((-60.0, "Beløb i kr."),), 9.0, ((-60.0, "Antal årsværk"),), *STAFF])
    assert figures(document)["Anlæg"][2028] == "2391000"
