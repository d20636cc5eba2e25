"""Two units in one breath: whichever is meant, no figure of the table is given, and the problem says why."""

from __future__ import annotations

import pytest

from corpus.problems import Code
from corpus.reading import Reading
from pipeline.tables import TableFindings, find_tables

ROWS = "            2026  2027\nLøn         100   200\nMad          50    60\n"


def found_in(text: str) -> TableFindings:
    return find_tables(Reading(media_type="text/plain", reader="text/1", text=text))


@pytest.mark.parametrize(
    "stated",
    [
        "Mio. kr. (Sæt selv tre nuller)",
        "Beløb i 1.000 kr. og mio. kr.",
        "(1.000 kr./mio. kr.)",
        "Alle beløb er i mio. kr., tusind kroner, 2026-priser",
        "Beløb i kr. og euro",
    ],
)
def test_two_units_contradict_each_other(stated: str) -> None:
    found = found_in(f"Skoler\n{stated}\n{ROWS}")
    assert [problem.code for problem in found.problems] == [Code.UNIT_CONFLICT]
    assert found.problems[0].message.count(stated.strip()) == 1
    assert found.records == []
    assert found.tables[0].unit is None
    assert found.tables[0].cells[1][1].text == "100"


@pytest.mark.parametrize(
    ("stated", "factor"),
    [
        ("1.000 kr. (sæt selv tre nuller)", 1000),
        ("Beløb i 1.000 kr. (t.kr.)", 1000),
        ("DKK (1.000 kr.)", 1000),
        ("Beløb i mio. kr. (2026-priser)", 1_000_000),
    ],
)
def test_one_unit_said_twice_is_one(stated: str, factor: int) -> None:
    found = found_in(f"Skoler\n{stated}\n{ROWS}")
    assert found.problems == []
    assert found.tables[0].unit is not None
    assert found.tables[0].unit.factor == factor
    assert len(found.records) == 4


def test_a_row_with_two_units_loses_its_figures_alone() -> None:
    found = found_in(f"Beløb i 1.000 kr.\n{ROWS}Tilskud (mio. kr., sæt selv tre nuller)  7  8\n")
    assert [problem.code for problem in found.problems] == [Code.NUMBER_REFUSED] * len(found.problems)
    assert found.problems
    assert len(found.records) == 4


def test_units_of_two_columns_are_no_contradiction() -> None:
    found = found_in("Navn        1.000 kr.   mio. kr.\nLøn         100         200\nMad          50          60\n")
    assert Code.UNIT_CONFLICT not in [problem.code for problem in found.problems]
