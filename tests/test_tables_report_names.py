"""Annual reports: names of rows and of groups, numbers in front of them, names of two lines."""

from __future__ import annotations

from collections.abc import Sequence

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


def _listed(
    heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], unit: str
) -> dict[str, dict[int | str | None, str]]:
    """The figures of a list of a number, two columns of names, and two of amounts."""
    ends = (-60.0, -120.0, -250.0, 450.0, 520.0)
    lines: list[Line] = [((-60.0, unit),)]
    for texts in (heads, *rows):
        lines.append(tuple((x, text) for x, text in zip(ends, texts, strict=True) if text))
    return figures(laid(lines, size=8))


@pytest.mark.parametrize("head", ["Ansøger", "Hvem"])
def test_who_applied_names_the_row_and_not_what_for(head: str) -> None:
    """Each stands once, and the sum stands among them, however long and distinct the purposes are."""
    rows = [
        ("1", "Fjordspejderne", "Sommerlejr for fyrre børn", "40.000", "20.000"),
        ("2", "Egholm Kor", "Nye noder og opvarmning af salen", "15.000", "15.000"),
        ("3", "Natcafeen", "Frivilligfest, kurser og transport", "22.000", "0"),
        ("4", "Havneklubben", "Redningsveste til ungdomsholdet", "8.000", "8.000"),
        ("", "I alt", "", "85.000", "43.000"),
    ]
    found = _listed(("Nr.", head, "Formål" if head == "Ansøger" else "Hvad", "Ansøgt", "Bevilget"), rows, "Beløb i kr.")
    assert list(found) == [row[1] for row in rows]


def test_days_and_the_numbers_of_items_are_no_names() -> None:
    rows = [
        ("25.01.2031", "3", "Ældrepleje", "-354", "354"),
        ("01.02.2031", "29", "Byggemodning ved Åen", "1.840", "-1.840"),
        ("16. marts 2031", "7", "Musikskole", "1.862", "-1.862"),
        ("", "", "I alt", "3.348", "-3.348"),
    ]
    found = _listed(("Dato", "Sag", "Emne", "Drift", "Kassen"), rows, "(1.000 kr.)")
    assert list(found) == [row[2] for row in rows]
    assert found["Musikskole"] == {"Drift": "1862000", "Kassen": "-1862000"}


@pytest.mark.parametrize("unit", ["Beløb i kr.", "Periode: marts"])
def test_numbers_of_accounts_that_look_like_years_are_none(unit: str) -> None:
    ends = (-60.0, -120.0, 380.0, 470.0)
    rows = [("1000", "Medlemmer"), ("1010", "Kontingent", "-1.200,50", "-4.800,00"), ("1020", "Salg", "0", "-50,00")]
    rows += [("2000", "Lønninger"), ("2010", "Træner", "700,25", "2.800,00"), ("2040", "Pension", "90,00", "360,00")]
    lines: list[Line] = [((-60.0, unit),), 10.0]
    for texts in [("Nr.", "Navn", "Perioden", "År til dato"), *rows]:
        lines.append(tuple(zip(ends, texts, strict=False)))
    document = laid(lines)
    found = [(line.label, line.group, len(line.values)) for line in document.tables[0].lines]
    given = 2 if unit == "Beløb i kr." else 0
    expected = [("Kontingent", "Medlemmer"), ("Træner", "Lønninger"), ("Pension", "Lønninger")]
    assert [each for each in found if each[0] in {"Kontingent", "Træner", "Pension"}] == [(*e, given) for e in expected]
    assert [problem.code for problem in document.problems] == ([] if given else ["unit-unknown"])


def test_numbers_of_notes_below_a_heading_that_took_in_the_next_one_are_no_money() -> None:
    lines: list[Line] = [((-60.0, "Mio. kr."), (-250.0, "Note budget 2031"), (400.0, "Budget 2032"))]
    for name, number, value in (("Skatter", "1", "91"), ("Tilskud", "2", "82"), ("Renter", "4", "7")):
        lines.append(((-60.0, name), (268.0, number), (330.0, f"{value},5"), (400.0, f"{value},6")))
    given = [value.raw for line in laid(lines).tables[0].lines for value in line.values]
    assert not {"1", "2", "4"} & set(given)
    assert {"91,6", "82,6", "7,6"} <= set(given)
