"""Headings printed sideways over upright figures, and rows of prices with what they are of."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from laid import Line, figures, laid
from pdf_drawn import drawn
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Document
from corpus.problems import Code
from pipeline.extract import extract_bytes

EDGES = (60.0, 240.0, 310.0, 380.0, 450.0)
TOP, HIGH, ROW = 740.0, 70.0, 16.0
ROWS = [("Drift", "-45.120", "-46.002", "-47.310"), ("Anlæg", "12.400", "22.150", "8.000")]
HEADS = ("Budget 2026", "Overslagsår 2027", "Overslagsår 2028")


def _grid(heads: Sequence[str], turn: int) -> Document:
    """A drawn table in 1.000 kr. whose headings run up (90) or down (270) over their columns."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(60, TOP + 12, "1.000 kr.")
        canvas.drawString(63, TOP - HIGH + 4, "Post")
        bottom = TOP - HIGH - ROW * len(ROWS)
        for x in EDGES:
            canvas.line(x, TOP, x, bottom)
        for y in (TOP, *(TOP - HIGH - ROW * n for n in range(len(ROWS) + 1))):
            canvas.line(EDGES[0], y, EDGES[-1], y)
        for left, right, head in zip(EDGES[1:], EDGES[2:], heads, strict=False):
            canvas.saveState()
            canvas.translate((left + right) / 2, TOP - HIGH + 4 if turn == 90 else TOP - 4)
            canvas.rotate(turn)
            canvas.setFont("Helvetica", 7)
            canvas.drawString(0, 0, head)
            canvas.restoreState()
        for number, (label, *cells) in enumerate(ROWS, 1):
            y = TOP - HIGH - ROW * number + 4
            canvas.drawString(63, y, label)
            for right, text in zip(EDGES[2:], cells, strict=True):
                canvas.drawRightString(right - 4, y, text)

    return extract_bytes(drawn(draw), "oversigt.pdf")


@pytest.mark.parametrize("turn", [90, 270])
def test_headings_that_run_sideways_head_the_columns_of_a_drawn_table(turn: int) -> None:
    document = _grid(HEADS, turn)
    assert document.problems == []
    assert figures(document) == {
        "Drift": {2026: "-45120000", 2027: "-46002000", 2028: "-47310000"},
        "Anlæg": {2026: "12400000", 2027: "22150000", 2028: "8000000"},
    }
    (table,) = document.tables
    assert table.cells[0][1].text == "Budget 2026"
    box = table.cells[0][1].bbox
    assert box is not None
    assert box[3] - box[1] > box[2] - box[0]


def test_a_column_without_a_heading_sideways_leaves_the_others_unsaid() -> None:
    document = _grid(HEADS[:2], 90)
    assert not any(figures(document).values())
    assert Code.TABLE_REFUSED in {problem.code for problem in document.problems}


PRICES = [
    ("Byggesag, enfamiliehus", "pr. time", "842,00", "861,00"),
    ("Parkering, zone A", "pr. måned", "310,00", "325,00"),
    ("Spildevand, variabelt bidrag", "pr. m3", "46,50", "47,75"),
    ("Musikskole", "pr. sæson", "3.400,00", "3.480,00"),
]


@pytest.mark.parametrize("years", [1, 2])
def test_prices_with_their_units_row_by_row_are_a_table(years: int) -> None:
    heads = ["Takst 2025 (kr.)", "Takst 2026 (kr.)"][-years:]
    places = (430.0, 520.0)[-years:]
    lines: list[Line] = [((-60.0, "Ydelse"), (-270.0, "Enhed"), *zip(places, heads, strict=True))]
    for name, unit, *cells in PRICES:
        lines.append(((-60.0, name), (-270.0, unit), *zip(places, cells[-years:], strict=True)))
    document = laid(lines)
    assert document.problems == []
    found = figures(document)
    assert [found[name][2026] for name, *_ in PRICES] == ["861", "325", "47.75", "3480"]


@pytest.mark.parametrize("letters", [False, True], ids=["words", "letter by letter"])
def test_headings_that_run_sideways_over_columns_without_a_grid(letters: bool) -> None:
    """The heading of the names stands at their foot, and the name of the first section below that."""
    heads = ("Tilsyn", "Data", "Klager", "Rapport")

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for number, head in enumerate(heads):
            canvas.saveState()
            canvas.translate(203 + 30 * number, TOP)
            canvas.rotate(90)
            for n, piece in enumerate(head if letters else [head]):
                canvas.drawString(canvas.stringWidth(head[:n], "Helvetica", 9), 0, piece)
            canvas.restoreState()
        lines = [("Myndighed", ""), ("Nord", ""), *((f"By {n}", "x-xx") for n in range(1, 10))]
        for number, (name, marks) in enumerate(lines):
            canvas.drawString(60, TOP - 14 * number, name)
            for n, mark in enumerate(marks):
                canvas.drawString(198 + 30 * n, TOP - 14 * number, mark)

    (table,) = extract_bytes(drawn(draw), "oversigt.pdf").tables
    assert [[cell.text for cell in row if cell.text] for row in table.cells[:3]] == [
        ["Myndighed", *heads],
        ["Nord"],
        ["By 1", "x", "-", "x", "x"],
    ]
