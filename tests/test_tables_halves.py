"""Figures that a narrow cell breaks at the blank between their thousands: no half of one is given."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid
from pdf_drawn import drawn
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Document
from corpus.problems import Code
from pipeline.extract import extract_bytes

ENDS = (300.0, 360.0, 420.0, 480.0)
YEARS = ("2026", "2027", "2028", "2029")


def _around(lines: list[Line], heads: tuple[str, ...] = YEARS) -> Document:
    """A row before and one behind, each with room around it."""
    head = ((-60.0, "1.000 kr."), *zip(ENDS, heads, strict=True))
    before, after = (((-60.0, name), *((end, "41,7") for end in ENDS)) for name in ("Skoler", "Veje"))
    return laid([head, 4.0, before, 4.0, *lines, 4.0, after])


def _cells(*texts: str) -> tuple[tuple[float, str], ...]:
    return tuple((end, text) for end, text in zip(ENDS, texts, strict=True) if text)


BROKEN: dict[str, list[Line]] = {
    "halfway": [_cells(*["15"] * 4), -8.0, ((-60, "Sygedagpenge"),), -8.0, _cells(*["321,9"] * 4)],
    "minus": [_cells(*["-15"] * 4), -8.0, ((-60, "Sygedagpenge"),), -8.0, _cells(*["321,9"] * 4)],
    "brackets": [_cells(*["(15"] * 4), -8.0, ((-60, "Sygedagpenge"),), -8.0, _cells(*["321,9)"] * 4)],
    "some": [
        _cells("", "15", "5", ""),
        -8.0,
        ((-60, "Sygedagpenge"), *_cells("7 661,0", "", "", "12,0")),
        -8.0,
        _cells("", "321,9", "114,2", ""),
    ],
    "top": [((-60, "Sygedagpenge"), *_cells("15", "7", "30", "2")), -2.0, _cells("321", "114", "865", "000")],
    "wrapped": [
        ((-60, "Mindreforbrug på"), *_cells("15", "7", "30", "2")),
        ((-60, "sygedagpenge"), *_cells("321", "114", "865", "000")),
    ],
}


@pytest.mark.parametrize("heads", [YEARS, ("2026/27", "2027/28", "2028/29", "2029/30")])
@pytest.mark.parametrize("kind", list(BROKEN))
def test_a_row_with_broken_figures_is_refused_and_its_neighbours_are_read(kind: str, heads: tuple[str, ...]) -> None:
    document = _around(BROKEN[kind], heads)
    found = {label: values for label, values in figures(document).items() if values}
    assert list(found) == ["Skoler", "Veje"]
    (told,) = (problem for problem in document.problems if problem.code == Code.TABLE_REFUSED)
    assert "broken over two lines" in told.message


def test_sums_without_a_name_and_small_figures_below_each_other_are_read() -> None:
    lines: list[Line] = [
        ((-60, "Kultur"), *_cells("15", "7", "30", "2")),
        ((-60, "Fritid"), *_cells("321", "114", "865", "100")),
        _cells("336", "121", "895", "102"),
    ]
    document = _around(lines)
    assert document.problems == []
    assert figures(document)["Fritid"] == {2026: "321000", 2027: "114000", 2028: "865000", 2029: "100000"}
    assert figures(document)[""] == {2026: "336000", 2027: "121000", 2028: "895000", 2029: "102000"}


def test_where_points_part_thousands_no_cell_breaks_a_figure() -> None:
    lines: list[Line] = [((-60, "Kultur"), *_cells("15", "7", "30", "1.250")), -2.0, _cells("321", "114", "865", "100")]
    assert figures(_around(lines))["Kultur"] == {2026: "15000", 2027: "7000", 2028: "30000", 2029: "1250000"}


def _with_small_dash(low: float, size: float) -> Document:
    """A table with the dash of a blank cell in small letters, so much lower than the figures of its row."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        rows = [("Beløb i 1.000 kr.", "2027", "2028"), ("Leje", "1,0", "2,0"), ("Refusion vedr. dyre", "", "7,4")]
        for number, (label, *amounts) in enumerate([*rows, ("enkeltsager",), ("I alt", "1,0", "9,4")]):
            y = 780 - 14 * number + (4 if number > 2 else 0)
            canvas.drawString(60, y, label)
            for x, text in zip((300, 360), amounts, strict=False):
                canvas.drawRightString(x, y, text)
        canvas.setFont("Helvetica", size)
        canvas.drawRightString(300, 780 - 28 - low, "–")

    return extract_bytes(drawn(draw), "budget.pdf")


@pytest.mark.parametrize("size", [5, 6, 7])
@pytest.mark.parametrize("low", [-2, 0, 2, 4])
def test_a_small_dash_beside_a_row_does_not_part_its_name(low: float, size: float) -> None:
    document = _with_small_dash(low, size)
    assert figures(document) == {
        "Leje": {2027: "1000", 2028: "2000"},
        "Refusion vedr. dyre enkeltsager": {2028: "7400"},
        "I alt": {2027: "1000", 2028: "9400"},
    }
    assert document.problems == []


HEIGHT_OF_CELL = 22.0
TAILS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "digit": (("977.015", "982.268"), ("2.577.01", "2.582.26"), ("5", "8")),
    "point": (("977.015", "982.268"), ("2.577", "2.582"), (".015", ".268")),
    "point above": (("977.015", "982.268"), ("2.577.", "2.582."), ("015", "268")),
    "no point": (("977015", "982268"), ("25770", "25822"), ("15", "68")),
    "one column": (("977.015", "982.268"), ("2.577.01", "582.268"), ("5", "")),
    "other column": (("977015", "982268"), ("582268", "25770"), ("", "15")),
    "decimals": (("977,0", "982,2"), ("2.577,", "2.582,"), ("0", "2")),
}


def _with_tails(kind: str, name: str, grid: str) -> Document:
    """A total whose figures go on below in their cells; its name stands beside the first line, or between the two."""
    whole, upper, lower = TAILS[kind]
    ends = 300.0, 380.0

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        rows = [("Beløb i 1.000 kr.", "R2024", "R2025"), ("Dagtilbud", *whole), ("Veje", *whole)]
        for number, (label, *texts) in enumerate(rows):
            canvas.drawString(60, 780 - HEIGHT_OF_CELL * number, label)
            for x, text in zip(ends, texts, strict=True):
                canvas.drawRightString(x, 780 - HEIGHT_OF_CELL * number, text)
        y = 780 - HEIGHT_OF_CELL * len(rows)
        canvas.drawString(60, y if name == "top" else y - 6, "I alt")
        for line, parts in enumerate((upper, lower)):
            for x, text in zip(ends, parts, strict=True):
                canvas.drawRightString(x, y - 12 * line, text)
        tops = [795 - HEIGHT_OF_CELL * n for n in range(len(rows) + 1)]
        if grid:
            canvas.grid([55, 230, 305, 385], [*tops, y - 18])

    return extract_bytes(drawn(draw), "regnskab.pdf")


@pytest.mark.parametrize("grid", ["", "grid"])
@pytest.mark.parametrize("name", ["top", "middle"])
@pytest.mark.parametrize("kind", list(TAILS))
def test_figures_that_go_on_below_in_their_cell_are_refused_with_the_name_of_their_row(
    kind: str, name: str, grid: str
) -> None:
    document = _with_tails(kind, name, grid)
    found = {label: values for label, values in figures(document).items() if values}
    assert list(found) == ["Dagtilbud", "Veje"]
    (told,) = document.problems
    assert 'row "I alt"' in told.message.replace("Row", "row")


def test_a_row_without_a_name_that_is_no_rest_of_the_figures_above_is_read() -> None:
    rows: list[Line] = [((-60.0, "1.000 kr."), *_cells(*YEARS)), 6.0]
    for name in ("Kultur", "Fritid"):
        rows += [((-60.0, name), *_cells("25770", "1.250", "30,5", "200")), 6.0]
    for sums in (("51540", "2.500", "61,0", "400"), ("15", "", "3", "")):
        found = figures(laid([*rows, -2.0, _cells(*sums)]))
        assert found["Fritid"] == {2026: "25770000", 2027: "1250000", 2028: "30500", 2029: "200000"}
        assert len(found[""]) == len([text for text in sums if text])
