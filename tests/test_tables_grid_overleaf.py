"""Tables with a grid around some of their lines only: not on the next page, or not around the headings."""

from __future__ import annotations

import io

import pytest
from laid import figures
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Document
from pipeline.extract import extract_bytes

EDGES = (55.0, 230.0, 310.0, 390.0)
FIRST = [("Skolen Nord", "35.205", "34.889"), ("Skolen Syd", "57.664", "57.120"), ("Skolen Vest", "19.182", "17.345")]
SECOND = [("Hallen", "25.406", "23.348"), ("Svømmehallen", "42.886", "39.073"), ("I alt", "180.343", "171.775")]


def _paper(headings: tuple[str, str, str], moved: float) -> Document:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.drawString(55, 800, "Beløb i 1.000 kr.")
    for number, rows in enumerate((FIRST, SECOND)):
        heads = headings if number else ("Område", "Budget 2031", "Budget 2032")
        pitch = 140 if number == 0 else 16
        y = 780.0
        for row in (heads, *rows):
            right = moved if number else 0.0
            canvas.drawString(60, y, row[0])
            canvas.drawRightString(305 + right, y, row[1])
            canvas.drawRightString(385 + right, y, row[2])
            y -= 16 if row is heads else pitch
        if number == 0:
            heights = [796.0, 776.0, *(776.0 - 142 * n for n in range(1, len(rows) + 1))]
            canvas.grid(EDGES, heights)
        canvas.showPage()
    canvas.save()
    return extract_bytes(buffer.getvalue(), "bilag.pdf")


def test_rows_without_a_grid_below_the_headings_of_a_drawn_one_are_more_of_it() -> None:
    document = _paper(("Område", "Budget 2031", "Budget 2032"), 0)
    assert [table.pages for table in document.tables] == [[1, 2]]
    assert figures(document)["Svømmehallen"] == {2031: "42886000", 2032: "39073000"}


@pytest.mark.parametrize(
    ("headings", "moved"),
    [(("Anlæg", "Budget 2031", "Budget 2032"), 0.0), (("Område", "Budget 2031", "Budget 2032"), 60.0)],
    ids=["other names", "other places"],
)
def test_other_headings_or_places_make_another_table(headings: tuple[str, str, str], moved: float) -> None:
    document = _paper(headings, moved)
    assert [table.pages for table in document.tables] == [[1], [2]]


def test_headings_of_two_lines_above_a_grid_are_whole() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(55, 800, "Beløb i 1.000 kr.")
    heads = [("", "Regnskab", "Budget", "Budget"), ("", "2030", "2031", "2032")]
    ends = (225.0, 305.0, 385.0)
    rows = [("Skolen Nord", "5", "6", "7"), ("Skolen Syd", "8", "9", "10"), ("I alt", "13", "15", "17")]
    for y, (name, *cells) in zip((780, 768, 748, 728, 708), [*heads, *rows], strict=True):
        canvas.drawString(60, y, name)
        for end, text in zip(ends, cells, strict=True):
            canvas.drawRightString(end, y, text)
    canvas.grid((55, 150, 230, 310, 390), (762, 742, 722, 702))
    canvas.save()
    document = extract_bytes(buffer.getvalue(), "bilag.pdf")
    assert [column.label for column in document.tables[0].columns] == ["Regnskab 2030", "Budget 2031", "Budget 2032"]
    assert figures(document)["Skolen Syd"] == {2030: "8000", 2031: "9000", 2032: "10000"}
