"""Tables of which only the frame and the ground of the headings are drawn: the words part their rows."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise

import pytest
from laid import figures
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Document
from pipeline.extract import extract_bytes

ENDS = (330.0, 390.0, 450.0)
EDGES = (270.0, 335.0, 395.0, 455.0)
GREY = Color(0.85, 0.88, 0.93)
Printed = tuple[float, Sequence[tuple[float, str]]]
"""The foot of a line in points below the top of the table, and the texts with their places; figures end there."""


def _framed(
    pages: Sequence[Sequence[Printed]], shaded: Sequence[tuple[float, float]], *, edges: Sequence[float]
) -> Document:
    """Pages with a frame around their lines, and with grounds between ``edges``, from each height to another."""
    held = io.BytesIO()
    canvas = Canvas(held, invariant=1)
    for lines in pages:
        low = max(y for y, _ in lines) + 6
        canvas.setFillColor(GREY)
        for upper, lower in shaded:
            for x0, x1 in pairwise(edges):
                canvas.rect(x0, 700 - lower, x1 - x0, lower - upper, stroke=0, fill=1)
        canvas.setFillColor(Color(0, 0, 0))
        canvas.rect(55, 700 - low, 400, low)
        canvas.setFont("Helvetica", 9)
        for y, cells in lines:
            for x, text in cells:
                draw = canvas.drawRightString if x in ENDS else canvas.drawString
                draw(x, 700 - y, text)
        canvas.showPage()
    canvas.save()
    return extract_bytes(held.getvalue(), "oversigt.pdf")


def _row(y: float, name: str, *values: str, number: str = "") -> Printed:
    cells = [*([(60.0, number)] if number else []), (110.0 if number or name.startswith(" ") else 60.0, name.strip())]
    return y, [*cells, *zip(ENDS, values, strict=False)]


def test_the_first_line_of_a_numbered_name_is_no_heading_where_figures_stand_on_the_last() -> None:
    lines = [
        (12.0, [(60.0, "Nr."), (110.0, "Beløb i 1.000 kr."), *zip(ENDS, ("2027", "2028", "2029"), strict=True)]),
        _row(30, " Færre timer til holddeling i"),
        _row(41, "udskolingen", "1.086", "1.034", "1.009", number="KU01"),
        _row(58, "Fleksible åbningstider", "-2.973", "-2.851", "-2.799", number="KU02"),
        _row(75, "Samling af køkkener", "-238", "-246", "-258", number="KU03"),
        _row(92, "Vikarer på skoler", "-414", "-424", "-455", number="KU04"),
    ]
    document = _framed([lines], [(0, 17)], edges=(55, 100, *EDGES))
    assert document.problems == []
    assert figures(document)["Færre timer til holddeling i udskolingen"][2028] == "1034000"
    assert figures(document)["Fleksible åbningstider"][2029] == "-2799000"


@pytest.mark.parametrize("section", ["Børneudvalget", "Skoler"])
def test_the_name_of_a_section_between_headings_and_a_shaded_row_is_no_second_line_of_the_heading(section: str) -> None:
    head = _row(12, "Område", "2027", "2028", "2029")
    names = ("Byskolen", "Åskolen", "Havskolen", "Fjordskolen", "Engskolen")
    first = [_row(60 + 16 * n, name, "7.200", "7.300", "7.400") for n, name in enumerate(names)]
    first = [head, (28.0, [(60.0, section)]), _row(44, "Klubben", "500", "600", "700"), *first]
    second = [head, _row(28, "Bakkeskolen", "8.200", "8.300", "8.400"), _row(44, "Bøgeskolen", "90", "91", "92")]
    second += [_row(60, "Møllen", "4", "5", "6"), _row(76, "I alt", "44.794", "45.496", "46.198")]
    bands = [(33.0, 49.0), (65.0, 81.0)]
    document = _framed([[(0.0, [(60.0, "")]), *first], second], bands, edges=(55, *EDGES))
    assert [line.group for table in document.tables for line in table.lines if line.label == "Byskolen"] == [section]
