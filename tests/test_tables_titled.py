"""Two tables beside each other, the right one of few rows, level with what stands over the rows of the left one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from laid import Line, figures, laid, row, texts

from corpus.model import Document

YEARS = ("Budget 2025", "Budget 2026")
ENDS, RIGHT, RIGHT_ENDS = (230.0, 280.0), 330.0, (480.0, 560.0)
AREAS: list[Line] = [
    row("Bevilling", *YEARS, ends=ENDS),
    row("Pension", "22,33", "21,60", ends=ENDS),
    row("Pleje", "21,68", "–", ends=ENDS),
    row("Ejendomme", "29,71", "29,77", ends=ENDS),
    row("Total", "73,72", "51,37", ends=ENDS),
]
STAFF = row("Ændring i antal årsværk", "-2,5", "-2,5", left=RIGHT, ends=RIGHT_ENDS)
MORE = row("Heraf ledere", "-1,0", "-0,5", left=RIGHT, ends=RIGHT_ENDS)


def _beside(left: Sequence[Line], right: Sequence[Line], lower: float, *, titled: bool) -> Document:
    """Both columns, line by line 14 points apart, the right one lower by so much below the titles."""
    placed = [(n * 14.0, line) for n, line in enumerate(left)]
    placed += [(n * 14.0 + (0.0 if titled and n == 0 else lower), line) for n, line in enumerate(right)]
    placed.sort(key=lambda pair: pair[0])
    lines: list[Line] = []
    last = 0.0
    for y, line in placed:
        lines += [y - last, line, -14.0]
        last = y
    return laid(lines, size=8)


@pytest.mark.parametrize("heading", [(-147.0, "Ændring i forhold til gældende budget"), (260.0, "Ændring")])
@pytest.mark.parametrize("lower", [0.0, 2.0, 4.7])
@pytest.mark.parametrize("titled", [True, False])
@pytest.mark.parametrize("rows", [(STAFF,), (STAFF, MORE)])
def test_a_short_table_beside_the_head_of_another(
    heading: tuple[float, str], lower: float, titled: bool, rows: Sequence[Line]
) -> None:
    """No name of the right one has a heading of the left one before it, and the left one has its unit."""
    left: list[Line] = [((-60.0, "Budget fordelt på områder"),)] if titled else []
    right: list[Line] = [((-RIGHT, "Personale – antal årsværk"),)] if titled else []
    left += [((280.0, "mio. kr."),), (heading,), *AREAS]
    right += [row("", *YEARS, ends=RIGHT_ENDS), *rows]
    found = figures(_beside(left, right, lower, titled=titled))
    assert found["Ændring i antal årsværk"] == {2025: "-2.5", 2026: "-2.5"}
    assert found["Pension"] == {2025: "22330000", 2026: "21600000"}
    assert found["Total"] == {2025: "73720000", 2026: "51370000"}
    assert len(found) == 4 + len(rows)


@pytest.mark.parametrize("names", [("Ny sal",), ("Ny sal", "Ny sti")])
def test_a_table_with_two_columns_of_names_above_a_narrower_one_is_one_table(names: Sequence[str]) -> None:
    """What begins each row is no heading over the years below, and headings of columns are no titles of tables."""
    lines: list[Line] = [((-60.0, "Beløb i 1.000 kr."),)]
    lines += [((-60.0, "Udvalg"), (-200.0, "Projekt"), (400.0, "2025"), (460.0, "2026"))]
    lines += [((-60.0, "Kultur"), (-200.0, name), (400.0, "500"), (460.0, "600")) for name in names]
    lines += [20.0, ((-60.0, "Område"), (150.0, "2025"), (190.0, "2026"))]
    lines += [((-60.0, "Drift"), (150.0, "5"), (190.0, "6")), ((-60.0, "Anlæg"), (150.0, "7"), (190.0, "8"))]
    document = laid(lines)
    assert texts(document)[1:] == [["Kultur", name, "500", "600"] for name in names]
    assert figures(document)["Ny sal"] == {2025: "500000", 2026: "600000"}


@pytest.mark.parametrize("lower", [0.0, 2.0, 4.7])
def test_a_unit_over_one_stands_beside_the_title_of_the_other(lower: float) -> None:
    left: list[Line] = [((-60.0, "1.000 kr."),), row("Område", *YEARS, ends=ENDS), *AREAS[1:]]
    right: list[Line] = [((-RIGHT, "Tabel 2. Antal årsværk"),), row("", *YEARS, ends=RIGHT_ENDS), STAFF]
    found = figures(_beside(left, right, lower, titled=True))
    assert found["Ændring i antal årsværk"] == {2025: "-2.5", 2026: "-2.5"}
    assert found["Pension"] == {2025: "22330", 2026: "21600"}
    assert len(found) == 5
