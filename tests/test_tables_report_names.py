"""Annual reports: names of rows and of groups, numbers in front of them, names of two lines."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid

ENDS = (360.0, 430.0)


def _row(number: str, name: str, *values: str) -> Line:
    named = [(-60.0, number)] if number else []
    return (*named, (-80.0, name), *zip(ENDS, values, strict=False))


@pytest.mark.parametrize("longest", ["Sognegård, drift og vedligehold", "Sognegård, drift, vedligehold og nyanlæg"])
@pytest.mark.parametrize("near", [0.0, 0.9])
def test_a_number_beside_a_name_without_figures_is_that_of_a_group(longest: str, near: float) -> None:
    """Its line had room for the next word, or rows without a number follow in equal steps."""
    lines: list[Line] = [
        _row("", "Formål", "Regnskab 2031", "Budget 2031"),
        _row("1", "Fælles indtægter"),
        _row("", "Landskirkeskat", "639.561", "578.257"),
        _row("", "Ligningsbeløb", "888.268", "512.443"),
        _row("2", "Kirkebygning og sognegård"),
        _row("21", "Kirkebygning", "-86.684", "-102.997"),
        _row("22", longest, "348.067", "300.100"),
        _row("3", "Administration", "281.232", "340.103"),
    ]
    lines.insert(2, -near)
    document = laid([((-60.0, "Beløb i kr."),), *lines], step=12)
    found = figures(document)
    assert found["Landskirkeskat"][2031] == "578257"
    assert "Fælles indtægter Landskirkeskat" not in found


def test_a_number_beside_the_first_line_of_a_name_without_room_is_that_of_its_row() -> None:
    lines = [
        _row("", "Projekt", "2031", "2032"),
        _row("1", "Ny hal ved Sønderskolen,"),
        _row("", "Etape to", "639", "578"),
        _row("2", "Bro over åen i byen, og"),
        _row("", "Stiforløb", "888", "512"),
        _row("3", "Havn og strandpark", "348", "300"),
        _row("4", "Torv", "281", "340"),
    ]
    document = laid([((-60.0, "Beløb i kr."),), *lines], step=12)
    found = figures(document)
    assert found["Ny hal ved Sønderskolen, Etape to"] == {2031: "639", 2032: "578"}


def test_a_number_alone_below_a_name_is_its_last_line() -> None:
    years = ("2031", "2032")
    rows: list[Line] = [
        _row("", "Projekt", *years),
        _row("", "Renovering af skolen", "32.275", "18.439"),
        _row("", "Ny daginstitution i vest", "5.092", "3.131"),
        _row("", "Cykelsti langs vej, etape", "44.659", "38.992"),
        -3.0,
        ((-80.0, "2"),),
        _row("", "Klimatilpasning", "11.986", "8.022"),
        _row("", "Anlæg i alt", "94.012", "68.584"),
    ]
    document = laid([((-80.0, "t.kr."),), *rows], step=12)
    assert document.problems == []
    found = figures(document)
    assert found["Cykelsti langs vej, etape 2"] == {2031: "44659000", 2032: "38992000"}
    assert found["Anlæg i alt"] == {2031: "94012000", 2032: "68584000"}
