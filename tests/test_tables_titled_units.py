"""A unit at the end of a title holds for the table below it where only running text stands between the two."""

from __future__ import annotations

import pytest
from laid import Line, laid, row
from test_tables_accounts import of_rows

from corpus.problems import Code

HEADING = ["", "Regnskab 2031", "Budget 2032"]
ROWS = (["Skoler", "1.200", "1.250"], ["Veje", "800", "790"])
PROSE = (
    "Kommunen havde ved udgangen af 2031 61.205 indbyggere. Folketallet er dermed steget med 206\n"
    "personer i forhold til året før, og væksten ventes at fortsætte i de kommende år.\n"
    "Udgifterne blev 4,2 mio. kr. højere end ventet."
)


@pytest.mark.parametrize(
    ("title", "factor"),
    [
        ("Bevillinger på drift, DKK 1.000", 1000),
        ("Hovedoversigt, beløb i 1.000 kr.", 1000),
        ("Balance (mio. kr.)", 1000000),
        ("Resultat i hele kr.", 1),
    ],
)
def test_a_title_over_running_text_states_the_unit(title: str, factor: int) -> None:
    found = of_rows(f"{title}\n{PROSE}", HEADING, *ROWS)
    assert found.tables[0].unit is not None
    assert found.tables[0].unit.factor == factor
    assert found.problems == []


@pytest.mark.parametrize(
    "above",
    [
        f"Balance (mio. kr.)\n{PROSE}\nBefordring",
        f"Balance (mio. kr.)\nNoter til balancen\n{PROSE}",
        f"Tillæg, 1.000 kr., som er givet i løbet af året\n{PROSE}",
        f"Der er i årets løb givet tillæg, og de fremgår af en oversigt over\nBevillinger, 1.000 kr.\n{PROSE}",
    ],
)
def test_another_title_between_or_a_sentence_states_none(above: str) -> None:
    found = of_rows(above, HEADING, *ROWS)
    assert [problem.code for problem in found.problems] == [Code.UNIT_UNKNOWN]
    assert not found.records


def test_the_title_of_one_table_is_not_that_of_the_next() -> None:
    ends = (400.0, 480.0)
    table: list[Line] = [row("", "2031", "2032", ends=ends), *(row(*cells, ends=ends) for cells in ROWS), 20.0]
    prose: list[Line] = [((-60.0, line),) for line in PROSE.split("\n")]
    found = laid([((-60.0, "Skoler og veje (1.000 kr.)"),), *prose, 10.0, *table, *prose, 10.0, *table])
    assert [table.unit.factor if table.unit else None for table in found.tables] == [1000, None]
