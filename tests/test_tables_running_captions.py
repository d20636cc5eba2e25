"""A paper's name in the head of the page is no caption of the columns that stand below it."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row

ENDS = (290.0, 340.0, 390.0, 440.0, 490.0, 540.0)


@pytest.mark.parametrize(
    "name", ["Bilag til årsregnskab 2031", "Oversigt over drift og anlæg", "Bilag 2. Regnskab 2031"]
)
def test_columns_below_the_name_of_the_paper_are_of_the_one_table(name: str) -> None:
    years = ("Regnskab 2030", "Budget 2031", "Budget 2032")
    lines: list[Line] = [
        ((-60.0, "Nordby Kommune"), (-456.0, name)),
        20.0,
        tuple((end, year) for end, year in zip((330.0, 430.0, 530.0), years, strict=True)),
        row("1.000 kr.", *(("Udgift", "Indtægt") * 3), ends=ENDS),
        row("Folkeskoler", "325", "-83", "344", "-31", "308.573", "-123", ends=ENDS),
        row("Befordring", "19", "-1", "18", "-4", "18", "-6", ends=ENDS),
        row("Efterskoler", "18", "-7", "17", "-2", "19", "-1", ends=ENDS),
        row("I alt", "362", "-91", "379", "-37", "308.610", "-130", ends=ENDS),
    ]
    found = laid(lines, size=9)
    assert len(found.tables) == 1
    assert list(figures(found)) == ["Folkeskoler", "Befordring", "Efterskoler", "I alt"]
    assert [[value.raw for value in line.values] for line in found.tables[0].lines][-1] == [
        *("362", "-91", "379", "-37", "308.610", "-130")
    ]
