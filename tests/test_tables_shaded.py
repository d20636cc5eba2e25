"""Grounds behind parts of a table: they make no grid of their own, and take no headings from it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from laid import figures
from pdf_drawn import drawn
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Document
from pipeline.extract import extract_bytes

LEFT, NAMES, RIGHT, STEP = 60.0, 260.0, 520.0, 12.0
ENDS = (330.0, 390.0, 450.0, 518.0)
ROWS = [
    ("Parkudvalget",),
    ("Ny sti ved åen", "1.200", "800", "", "2.000"),
    ("Bænke og borde", "300", "300", "300", "900"),
    ("Parkudvalget i alt", "1.500", "1.100", "300", "2.900"),
    ("Havneudvalget",),
    ("Uddybning af bassin", "", "4.000", "", "4.000"),
    ("Nye broer", "650", "", "650", "1.300"),
    ("Havneudvalget i alt", "650", "4.000", "650", "5.300"),
]


def _paper(head: tuple[str, ...], *, names: bool, ground: str) -> bytes:
    """A table whose headings are shaded, and its sections: in the cell of the ``names`` only, or over the whole row."""

    def shade(canvas: Canvas, y: float, x0: float, x1: float) -> None:
        canvas.setFillGray(0.85)
        canvas.rect(x0, y - 3, x1 - x0, STEP, stroke=0, fill=1)
        canvas.setFillGray(0)

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(LEFT, 760, "Anlægsprojekter i Solby Kommune")
        canvas.drawString(LEFT, 748, "1.000 kr., 2026-priser")
        for number, (name, *cells) in enumerate([("Projekt", *head), *ROWS]):
            y = 724 - number * STEP
            if number == 0 and ground == "parted":
                shade(canvas, y, LEFT - 2, NAMES)
                shade(canvas, y, NAMES, RIGHT)
            elif number == 0 and ground == "whole":
                shade(canvas, y, LEFT - 2, RIGHT)
            elif not cells:
                shade(canvas, y, LEFT - 2, NAMES if names else RIGHT)
            canvas.drawString(LEFT, y, name)
            for x, text in zip(ENDS, cells, strict=False):
                canvas.drawRightString(x, y, text)

    return drawn(draw)


@pytest.mark.parametrize("head", [("2026", "2027", "2028", "I alt"), ("B 2026", "BO 2027", "BO 2028", "I alt")])
@pytest.mark.parametrize("names", [True, False])
@pytest.mark.parametrize("ground", ["whole", "parted", "none"])
def test_a_shaded_line_of_years_heads_the_rows_below_a_shaded_section(
    head: tuple[str, ...], names: bool, ground: str
) -> None:
    document = extract_bytes(_paper(head, names=names, ground=ground), "anlaeg.pdf")
    assert figures(document) == {
        "Ny sti ved åen": {2026: "1200000", 2027: "800000", "I alt": "2000000"},
        "Bænke og borde": {2026: "300000", 2027: "300000", 2028: "300000", "I alt": "900000"},
        "Parkudvalget i alt": {2026: "1500000", 2027: "1100000", 2028: "300000", "I alt": "2900000"},
        "Uddybning af bassin": {2027: "4000000", "I alt": "4000000"},
        "Nye broer": {2026: "650000", 2028: "650000", "I alt": "1300000"},
        "Havneudvalget i alt": {2026: "650000", 2027: "4000000", 2028: "650000", "I alt": "5300000"},
    }
    groups = {line.label: line.group for table in document.tables for line in table.lines}
    assert (groups["Ny sti ved åen"], groups["Nye broer"]) == ("Parkudvalget", "Havneudvalget")
    assert document.problems == []


TALK = (
    "Forslaget samler driften af broer og",
    "stier hos det nye havneudvalg, og der",
    "følges op på det hvert år i en sag til",
)
"""Running text in the page's other column."""
CELLS = (300.0, 420.0, 470.0, 520.0, 555.0)


def _shaded_cells(canvas: Canvas, y: float) -> None:
    canvas.setFillGray(0.85)
    for x0, x1 in pairwise(CELLS):
        canvas.rect(x0, y - 3.5, x1 - x0, STEP, stroke=0, fill=1)
    canvas.setFillGray(0)


@pytest.mark.parametrize("shaded", [(0, 1), (5, 6), (3, 4), (4,)])
def test_shaded_cells_of_a_row_or_two_are_no_table_beside_the_other_column_of_the_page(shaded: tuple[int, ...]) -> None:
    rows = [("1.000 kr.", "2031", "2032", "2033"), ("Drift",), ("Bro", "11", "12", "13"), ("Sti", "21", "22", "23")]
    rows += [("Kaj", "31", "32", "33"), ("Drift i alt", "63", "66", "69"), ("Netto", "63", "66", "69")]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        for number in range(12):
            canvas.drawString(50, 706 - number * 17.5, TALK[number % len(TALK)])
            canvas.drawString(CELLS[0], 590 - number * 10.5, TALK[number % len(TALK)])
        for number, (name, *cells) in enumerate(rows):
            y = 694 - number * STEP
            if number in shaded:
                _shaded_cells(canvas, y)
            canvas.drawString(CELLS[0] + 2, y, name)
            for x, text in zip(CELLS[2:], cells, strict=False):
                canvas.drawRightString(x - 2, y, text)

    document = extract_bytes(drawn(draw), "drift.pdf")
    expected = {name: dict(zip((2031, 2032, 2033), cells, strict=True)) for name, *cells in rows if cells}
    del expected["1.000 kr."]
    assert figures(document) == {
        name: {year: f"{text}000" for year, text in cells.items()} for name, cells in expected.items()
    }
    assert len(document.tables) == 1
    assert document.problems == []


def _sections(rows: list[tuple[str, ...]]) -> Document:
    """A heading over all years, the years and each section are shaded cell by cell."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        for number, (name, *cells) in enumerate([("", "Budgetår"), ("1.000 kr.", "2031", "2032", "2033"), *rows]):
            y = 694 - number * STEP
            if len(cells) == 0 or number < 2:
                _shaded_cells(canvas, y)
            canvas.drawString(CELLS[0] + 2, y, name)
            for x, text in zip(CELLS[2:], cells, strict=False):
                canvas.drawRightString(x - 2, y, text)

    return extract_bytes(drawn(draw), "drift.pdf")


@pytest.mark.parametrize("first", ["200", ""])
def test_shaded_headings_and_sections_do_not_end_a_table_before_a_row_with_one_figure(first: str) -> None:
    rows = [("Drift",), ("Løn", "-575", "-575", "-575"), ("Leje", first, "30", "30"), ("Anlæg",), ("Ombygning", "920")]
    document = _sections([*rows, ("Årsværk",), ("Ændring i årsværk", "-2", "-2", "-2")])
    found = figures(document)
    assert found["Ombygning"] == {2031: "920000"}
    assert found["Ændring i årsværk"] == dict.fromkeys((2031, 2032, 2033), "-2")
    assert found["Leje"].get(2031) == (f"{first}000" if first else None)
    assert document.problems == []


@pytest.mark.parametrize("more", [[], [("Salg", "", "-10")], [("Drift",), ("Løn", "5", "6", "7")]])
def test_a_row_with_one_figure_right_below_a_shaded_section(more: list[tuple[str, ...]]) -> None:
    document = _sections([("Anlæg",), ("Ombygning", "920"), *more])
    assert figures(document)["Ombygning"] == {2031: "920000"}
    assert document.problems == []
