"""Headings of two lines that stand closer together than cells do: "i pct." beside "regnskab 2028"."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid
from reportlab.pdfbase.pdfmetrics import stringWidth

SIZE, APART = 8.0, 6.0
HEADS = (("Regnskab", "2027"), ("Budget", "2028"), ("Forbrug", "i pct."), ("Forventet", "regnskab 2028"))
VALUES = {"Leje": ("1.369", "1.412", "29,4", "1.198"), "Vand": ("688", "710", "77,5", "618")}


def _ends(apart: float) -> list[float]:
    """Where the columns end: the last two headings stand so far apart, the others further."""
    ends = [280.0, 340.0, 400.0]
    return [*ends, ends[-1] + apart + stringWidth(HEADS[-1][1], "Helvetica", SIZE)]


@pytest.mark.parametrize("apart", [APART, 5.4, 12.0])
def test_the_second_line_of_a_heading_may_begin_with_a_small_letter_beside_another(apart: float) -> None:
    ends = _ends(apart)
    lines: list[Line] = [((-60.0, "i 1.000 kr."),)]
    lines += [tuple((end, head[n]) for end, head in zip(ends, HEADS, strict=True)) for n in range(2)]
    lines += [((-60.0, name), *zip(ends, values, strict=True)) for name, values in VALUES.items()]
    document = laid(lines, size=SIZE, step=9.5)
    values = {line.label: [(v.year, f"{v.value:f}") for v in line.values] for line in document.tables[0].lines}
    assert values["Leje"] == [(2027, "1369000"), (2028, "1412000"), (2028, "1198000")]
    assert document.problems == []


def test_words_of_one_heading_stay_together_though_they_are_wide_apart() -> None:
    """The figures do not end where the first of its words do."""
    heads: Line = ((-60.0, "Tekst"), (280.0, "2027"), (340.0, "2028"), (-380.0, "Ændring"), (-414.0, "til 2029"))
    lines: list[Line] = [((-60.0, "i 1.000 kr."),), heads]
    lines += [((-60.0, name), (280.0, "1.369"), (340.0, "1.412"), (444.0, "43")) for name in ("Leje", "Vand")]
    found = figures(laid(lines, size=SIZE, step=9.5))
    assert found["Leje"] == {2027: "1369000", 2028: "1412000", "Ændring til 2029": "43000"}


COUNTED = (
    "Elever 2030",
    "Antal børn 2030",
    "Timer 2030",
    "Dækningsgrad 2030",
    "Kr. pr. elev 2030",
    "Indbyggere 1.1.2030",
    "Elever pr. 5.9.2030",
    "Elever pr. 5. september 2030",
    "Pladser primo 2030",
)


@pytest.mark.parametrize("before", ["Pct.", "%", "31.8", "-"])
@pytest.mark.parametrize(
    "head", [*COUNTED, "Overført primo 2030", "Ændring 2030-31", "Ændring 2030-2031", "Korrigeret budget pr. 30.9.2030"]
)
def test_a_heading_wider_than_its_figures_that_ends_in_a_year_is_whole(head: str, before: str) -> None:
    """Its last word ends where the figures do; what reads like a figure beside it does not make it a row."""
    ends = (220.0, 300.0, 330.0, 500.0)
    lines: list[Line] = [
        ((-60.0, "1.000 kr."), *zip(ends, ("Budget 2030", "Regnskab 2030", before, head), strict=True))
    ]
    lines += [
        ((-60.0, name), *zip(ends, (*values, "1,5", count), strict=True))
        for name, values, count in (
            ("Bakkeskolen", ("41.310", "41.902"), "521"),
            ("Engskolen", ("38.204", "37.990"), "445"),
            ("Skovskolen", ("52.118", "52.400"), "647"),
        )
    ]
    document = laid(lines)
    (table,) = document.tables
    assert [cell.text for cell in table.cells[0]] == ["1.000 kr.", "Budget 2030", "Regnskab 2030", before, head]
    given = {v.column for line in table.lines for v in line.values}
    assert given - {"Budget 2030", "Regnskab 2030"} == (set() if head in COUNTED else {head})


@pytest.mark.parametrize("word", ["Elever", "Timer"])
def test_a_year_with_words_over_no_figures_beside_it_is_not_told_to_be_of_money(word: str) -> None:
    """The word is so far from its year that they are two headings; one of money may speak of the years behind it."""
    ends = (220.0, 300.0, 460.0, 500.0)
    rows: list[Line] = [
        ((-60.0, name), *zip((*ends[:2], ends[3]), values, strict=True))
        for name, values in (("Engskolen", ("38.204", "37.990", "445")), ("Skovskolen", ("52.118", "52.400", "647")))
    ]
    for head, years in ((word, set[int]()), ("Budget", {2031})):
        heads: Line = ((-60.0, "1.000 kr."), *zip(ends, ("Budget 2030", "Regnskab 2030", head, "2031"), strict=True))
        document = laid([heads, *rows])
        given = {v.year for line in document.tables[0].lines for v in line.values}
        assert given == {2030} | years
        assert bool(document.problems) is not bool(years)
