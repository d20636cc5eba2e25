"""Numbered rows whose names wrap, where lines of one row stand hardly closer together than rows do."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid

HEAD = ((-60, "Nr."), (-90, "Overskrift, mio. kr."), (300, "2027"), (360, "2028"))
NAMES = [
    "Nyt tag på hallen",
    "Kortere åbningstid på|bibliotekerne",
    "Samling af køkkener på|færre steder",
    "Køb af 120 skærme til skolernes elever",
    "Ændret kørsel til|dagtilbud",
    "Drift af stier",
]


def _paper(names: list[str], *, low: bool) -> list[Line]:
    """A row for each name with its number and figures on the last line of the name, or on the first.

    The fourth row stands as close to the next one as lines of one name do.
    """
    lines: list[Line] = [HEAD]
    close = -1.5 if low else 0.5
    for number, name in enumerate(names, 1):
        parts = name.split("|")
        own = len(parts) - 1 if low else 0
        for n, part in enumerate(parts):
            cells = [(-60.0, str(number)), (-90.0, part), (300.0, f"-{number},1"), (360.0, f"-{number},2")]
            lines.append(tuple(cells) if n == own else ((-90.0, part),))
        lines.append(close if number == 4 else 0.5)
    return lines


@pytest.mark.parametrize("low", [True, False])
def test_a_name_goes_to_the_figures_on_the_line_where_other_names_have_theirs(low: bool) -> None:
    document = laid(_paper(NAMES, low=low))
    assert document.problems == []
    whole = [name.replace("|", " ") for name in NAMES]
    assert figures(document) == {
        name: {2027: f"-{number}100000", 2028: f"-{number}200000"} for number, name in enumerate(whole, 1)
    }


@pytest.mark.parametrize("room", [66.0, 9.0])
def test_a_code_of_two_numbers_before_a_name_is_one(room: float) -> None:
    codes = ("402117-3305", "118840-0271", "903316-5520")
    names = ("Kørsel til svømning", "Leje af lagre", "Snerydning")
    lines: list[Line] = [((-60.0, "Konto"), (-116.0 - room, "Tekst (1.000 kr.)"), (300.0, "2027"), (360.0, "2028"))]
    for number, (code, name) in enumerate(zip(codes, names, strict=True), 1):
        lines.append(((-60.0, code), (-116.0 - room, name), (300.0, f"-{number}7"), (360.0, f"-{number}8")))
    document = laid(lines)
    assert document.problems == []
    assert figures(document) == {name: {2027: f"-{n}7000", 2028: f"-{n}8000"} for n, name in enumerate(names, 1)}


@pytest.mark.parametrize("rest", ["2", "2027/28", "2030"])
def test_a_numbered_row_named_by_digits_goes_on_with_the_name_above(rest: str) -> None:
    name = f"Udbygning af Elmegårdens børnehus|{rest}"
    document = laid(_paper([*NAMES[:2], name, *NAMES[3:4]], low=True))
    assert figures(document)[name.replace("|", " ")] == {2027: "-3100000", 2028: "-3200000"}
    assert [line.group for table in document.tables for line in table.lines] == [None] * 4


def test_digits_that_name_a_row_below_a_heading_are_no_part_of_it() -> None:
    lines = _paper(["Bad", "Anlæg|2", "Veje"], low=True)
    assert figures(laid(lines))["2"] == {2027: "-2100000", 2028: "-2200000"}


def test_a_name_that_reads_like_a_sentence_is_one_between_its_code_and_a_remark() -> None:
    names = ("Nyt tag", "Ny struktur for tilbud om bad i de mindre byer og", "Bro")
    ends = (390.0, 430.0, 470.0)
    lines: list[Line] = [
        ((-60.0, "Nr."), (-110.0, "Forslag, 1.000 kr."), *zip(ends, ("2027", "2028", "2029"), strict=True))
    ]
    for number, name in enumerate(names, 1):
        remark = [(-505.0, "Jf. aftale")] if number > 1 else []
        lines += [((-60.0, f"E-0{number}"), (-110.0, name), *((x, f"-{number}1") for x in ends), *remark)]
        lines += [((-110.0, "landdistrikter"),)] if name.endswith("og") else []
        lines.append(6.0)
    document = laid(lines)
    assert len(document.tables) == 1
    assert list(figures(document)) == [names[0], f"{names[1]} landdistrikter", names[2]]
    assert document.problems == []


def test_a_code_of_two_numbers_that_its_column_breaks_makes_one_row_also_beside_a_remark_of_two_lines() -> None:
    codes = ("402117-|3305", "118840-|0271", "903316-|5520")
    names = ("Leje af lagre", "Bidrag til drift af havnen i Vesterø|Sydhavn", "Køb af pladser")
    remarks = ("Se bilag", "Udbud", "Fuld effekt fra år|2")
    lines: list[Line] = [
        ((-60.0, "Konto"), (-110.0, "Tekst (1.000 kr.)"), (360.0, "2027"), (420.0, "2028"), (-450.0, "Bemærkning"))
    ]
    for number, row in enumerate(zip(codes, names, remarks, strict=True), 1):
        upper, lower = zip(*(f"{text}|".split("|")[:2] for text in row), strict=True)
        places = (-60.0, -110.0, -450.0)
        lines.append((*zip(places, upper, strict=True), (360.0, f"-{number}7"), (420.0, f"-{number}8")))
        lines += [tuple((x, text) for x, text in zip(places, lower, strict=True) if text), 1.0]
    document = laid(lines, step=11, size=9)
    assert document.problems == []
    found = {name.replace("|", " "): {2027: f"-{n}7000", 2028: f"-{n}8000"} for n, name in enumerate(names, 1)}
    assert figures(document) == found
