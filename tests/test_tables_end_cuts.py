"""Headings a blank apart are parted where each keeps to the figures of its own column, and all columns have one."""

from __future__ import annotations

import pytest
from laid import ENDS, Line, laid, row
from reportlab.pdfbase.pdfmetrics import stringWidth

ROWS: list[Line] = [
    row("Grunde", "31.450", "32.500", "33.500", ends=ENDS[1:]),
    row("Bygninger", "41.450", "42.500", "43.500", ends=ENDS[1:]),
    row("Inventar", "51.450", "52.500", "53.500", ends=ENDS[1:]),
]


def _close(*parts: str) -> Line:
    """Headings that end where the figures do, each so wide that a blank is left between two."""
    return tuple(zip(ENDS[1:], parts, strict=True))


def _columns(*lines: Line) -> list[tuple[str, int | None]]:
    (table,) = laid([((-60.0, "Beløb i 1.000 kr."),), *lines, *ROWS], size=8).tables
    return [(column.label, column.year) for column in table.columns]


def test_words_of_one_kind_over_years_are_of_these() -> None:
    heads = _close("Budgetforslag", "Budgetoverslag", "Budgetoverslag")
    assert 60 - stringWidth("Budgetoverslag", "Helvetica", 8) < 6
    found = _columns(heads, _close("2031", "2032", "2033"))
    assert found == [("Budgetforslag 2031", 2031), ("Budgetoverslag 2032", 2032), ("Budgetoverslag 2033", 2033)]


def test_headings_of_two_words_each() -> None:
    assert _columns(_close("Regnskab 2031", "Budget 2032", "Prognose 2032")) == [
        *(("Regnskab 2031", 2031), ("Budget 2032", 2032), ("Prognose 2032", 2032))
    ]


@pytest.mark.parametrize("named", [((-60.0, "AKTIVER"),), ((-60.0, "Materielle anlægsaktiver"),)])
def test_the_number_of_a_note_in_the_middle_of_its_heading(named: Line) -> None:
    ends, heads = (416.0, 470.0, 529.0), ((423.0, "Note"), (477.0, "Primo 2031"), (536.0, "Ultimo 2031"))
    rows: list[Line] = [
        ((-60.0, name), (415.0, note), (477.0, f"{figure}.450"), (536.0, f"{figure}.990"))
        for name, note, figure in (("Grunde", "1", 31), ("Bygninger", "2", 41), ("Inventar", "3", 51))
    ]
    assert ends[0] < heads[0][0]
    (table,) = laid([((-60.0, "I 1.000 kr."),), heads, named, named, *rows], size=10).tables
    assert [(column.label, column.year) for column in table.columns] == [("Primo 2031", 2031), ("Ultimo 2031", 2031)]
    assert [line.label for line in table.lines if line.values] == ["Grunde", "Bygninger", "Inventar"]


def test_a_heading_over_all_columns_is_not_cut() -> None:
    words = "Ændring i forhold til budget"
    end = ENDS[-1] - 20
    found = _columns(((end, words),), _close("2031", "2032", "2033"))
    assert found == [(f"{words} {year}", year) for year in (2031, 2032, 2033)]
