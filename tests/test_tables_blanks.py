"""Figures whose thousands a blank parts, in letters with wide blanks: "3 933" is one, and never half of it is given."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from laid import Line, figures, laid
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Document
from corpus.problems import Code
from pipeline.extract import extract_bytes

ENDS = (320.0, 380.0, 440.0, 500.0)
ROWS = [
    ("Hjælpemidler og depot", "3 933", "3 884", "3 230", "4 334"),
    ("Indtægter fra salg", "0", "600", "600", "600"),
    ("Samlet", "3 933", "4 484", "3 830", "4 934"),
]


def _spaced(rows: Sequence[Sequence[str]], wide: float, *, ruled: bool) -> Document:
    """The table with all blanks so much wider, a blank between thousands too."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    for n, (name, *cells) in enumerate(rows):
        y = 760 - 16 * n
        for x, text, right in [
            (60.0, name, False),
            *((end, cell, True) for end, cell in zip(ENDS, cells, strict=True)),
        ]:
            width = stringWidth(text, "Helvetica", 10) + wide * text.count(" ")
            line = canvas.beginText(x - width if right else x, y)
            line.setFont("Helvetica", 10)
            line.setWordSpace(wide)
            line.textOut(text)
            canvas.drawText(line)
    if ruled:
        canvas.grid([56, 260, *(end + 3 for end in ENDS)], [772 - 16 * n for n in range(len(rows) + 1)])
    canvas.save()
    return extract_bytes(buffer.getvalue(), "budget.pdf")


@pytest.mark.parametrize("heads", [("2024/25", "2025/26", "2026/27", "2027/28"), ("2024", "2025", "2026", "2027")])
@pytest.mark.parametrize("wide", [0.0, 1.3, 1.6, 2.0])
@pytest.mark.parametrize("ruled", [False, True])
def test_wide_blanks_part_no_figure(heads: tuple[str, ...], wide: float, ruled: bool) -> None:
    document = _spaced([("Beløb i t.kr.", *heads), *ROWS], wide, ruled=ruled)
    found = figures(document)
    assert document.problems == []
    assert list(found["Hjælpemidler og depot"].values()) == ["3933000", "3884000", "3230000", "4334000"]
    assert list(found["Samlet"].values()) == ["3933000", "4484000", "3830000", "4934000"]


def test_half_a_figure_is_never_given() -> None:
    """The thousands stand too far away to be one figure with the rest, in a column under no heading."""
    heads = ("2024/25", "2025/26", "2026/27", "2027/28")
    lines: list[Line] = [((-60, "Beløb i t.kr."), *zip(ENDS, heads, strict=True))]
    for name, *cells in ROWS:
        parts = [(end, cell.split(" ")) for end, cell in zip(ENDS, cells, strict=True)]
        lines.append(
            (
                (-60, name),
                *(put for end, part in parts for put in zip((end - 26, end)[-len(part) :], part, strict=True)),
            )
        )
    document = laid(lines)
    assert not any(line.values for table in document.tables for line in table.lines)
    assert {problem.code for problem in document.problems} == {Code.TABLE_REFUSED}
