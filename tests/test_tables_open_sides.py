"""Drawn grids whose right side the edge of the page cuts off, or with more rows printed below their last rule."""

from __future__ import annotations

from itertools import pairwise

import pytest
from laid import Line, figures, laid, row
from pdf_drawn import drawn
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract import extract_bytes

ENDS = (226.0, 306.0, 386.0, 466.0)
TOP, STEP = 26.0, 14.0
LEVEL = [(58.0, TOP + n * STEP, 470.0, TOP + n * STEP) for n in range(5)]
UPRIGHT = [(x, TOP + (x in (230.0, 390.0)) * STEP, x, TOP + 4 * STEP) for x in (58.0, 150.0, 230.0, 310.0, 390.0)]
BANNER = [(58.0, -10.0, 470.0, -10.0), (58.0, 4.0, 470.0, 4.0), (58.0, -10.0, 58.0, 4.0), (470.0, -10.0, 470.0, 4.0)]


@pytest.mark.parametrize("others", [[], BANNER], ids=["alone", "below a box that ends in the same place"])
def test_the_last_column_of_a_grid_without_a_right_side(others: list[tuple[float, float, float, float]]) -> None:
    lines: list[Line] = [
        ((-62.0, "Budgetforslag"),),
        ((-62.0, "Beløb i 1.000 kr."),),
        8.0,
        ((-217.0, "2026"), (-377.0, "2027")),
        row("", "Udgift", "Indtægt", "Udgift", "Indtægt", left=62.0, ends=ENDS),
        row("Vejvedligehold", "371", "-49", "275", "-51", left=62.0, ends=ENDS),
        row("Vintertjeneste", "39", "-17", "462", "-18", left=62.0, ends=ENDS),
    ]
    document = laid(lines, rules=[*LEVEL, *UPRIGHT, *others])
    values = [(line.label, value.column, value.raw) for line in document.tables[0].lines for value in line.values]
    columns = ("2026 Udgift", "2026 Indtægt", "2027 Udgift", "2027 Indtægt")
    assert values == [
        *(("Vejvedligehold", *each) for each in zip(columns, ("371", "-49", "275", "-51"), strict=True)),
        *(("Vintertjeneste", *each) for each in zip(columns, ("39", "-17", "462", "-18"), strict=True)),
    ]
    assert document.problems == []
    assert [(cell.text, cell.column_span) for cell in document.tables[0].cells[0] if cell.text] == [
        ("2026", 2),
        ("2027", 2),
    ]


@pytest.mark.parametrize("room", [0.5, 2.5, 4.0, 5.5])
def test_blocks_of_drawn_rows_between_names_of_sections_are_one_table(room: float) -> None:
    """The names have rules above and below and none beside them, so that each block is drawn by itself."""
    names = [("Skoler",), ("Tag", "5", "6"), ("Gård", "7", "8"), ("Skoler i alt", "12", "14")]
    more = [("Veje",), ("Sti", "1", "2"), ("Bro", "3", "4"), ("Veje i alt", "4", "6"), ("Anlæg i alt", "16", "20")]
    rows = [("1.000 kr.", "2026", "2027"), *names, *more]
    foot = [14.0 * n + room + 2 for n in range(len(rows))]
    blocks = [(foot[1], foot[4]), (foot[5], foot[9])]
    rules = [(58.0, y, 310.0, y) for a, b in blocks for y in foot if a <= y <= b]
    rules += [(x, a, x, b) for a, b in blocks for x in (58.0, 150.0, 230.0, 310.0)]
    document = laid([row(*each, left=62.0, ends=(226.0, 306.0)) for each in rows], rules=rules)
    assert len(document.tables) == 1
    assert {line.label: line.values[1].value for line in document.tables[0].lines if line.values} == {
        name: 1000 * int(last) for name, *_, last in [*names[1:], *more[1:]]
    }
    assert document.problems == []


def _below(rows: list[tuple[str, ...]]) -> dict[str, dict[int | str | None, str]]:
    """The figures of a table of four ruled lines, and of the rows printed below its last rule."""
    xs = (60.0, 260.0, 320.0, 380.0, 440.0)
    head = [("Post, kr.", "2031", "2032", "2033"), ("Løn", "100", "1", "2"), ("Leje", "20", "1", "2")]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for number, (name, *cells) in enumerate([*head, ("El", "10", "1", "2"), *rows]):
            y = 700 - number * 14
            for x0, x1 in pairwise(xs) if number < 4 else ():
                canvas.rect(x0, y - 4, x1 - x0, 14)
            canvas.drawString(xs[0] + 3, y, name)
            for x, text in zip(xs[2:], cells, strict=False):
                canvas.drawRightString(x - 3, y, text)

    document = extract_bytes(drawn(draw), "poster.pdf")
    assert not document.problems
    return {name: values for name, values in figures(document).items() if name not in {"Løn", "Leje", "El"}}


def test_rows_with_one_figure_below_the_last_rule_are_rows_of_the_table() -> None:
    assert _below([("Engangsudgift", "130")]) == {"Engangsudgift": {2031: "130"}}
    assert _below([("Hal", "130"), ("Bro", "", "5")]) == {"Hal": {2031: "130"}, "Bro": {2032: "5"}}
    assert _below([("Mad", "1", "2", "3"), ("Hal", "130"), ("Bro", "2", "2", "2")]) == {
        "Mad": {2031: "1", 2032: "2", 2033: "3"},
        "Hal": {2031: "130"},
        "Bro": {2031: "2", 2032: "2", 2033: "2"},
    }
