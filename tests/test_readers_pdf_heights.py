"""PDF: a font that says wrong how high it is, as prints of LibreOffice may: a full stop stays in its word."""

from __future__ import annotations

import io
import re

import pytest
from pdf_syntax import file_of, objects_of
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from corpus.readers import pdf, pdf_native

LINES = [
    "Sendt: torsdag, 11. juni 2026 15:32",
    "Cc: Henrik Holt <henrik.holt@engby.example>",
    "I alt 1.250.000,50 kr. i 2026, jf. bilag 2...",
    "A. B. Krog og den 3. maj - kl. 9.05",
]


def written(ascent: int) -> bytes:
    """The lines in an embedded font that claims to be so high, in thousandths of its size."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont("Vera", 13)
    for number, text in enumerate(LINES):
        canvas.drawString(72, 700 - 16 * number, text)
    canvas.save()
    said = re.compile(rb"/Ascent [\d.]+")
    return said.sub(lambda match: (b"/Ascent %d" % ascent).ljust(len(match[0])), buffer.getvalue())


@pytest.mark.parametrize("native", [True, False])
@pytest.mark.parametrize("ascent", [1, 150, 760])
def test_a_full_stop_is_of_its_word(ascent: int, native: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_native, "USED", native and pdf_native.USED)

    assert pdf.read(written(ascent), "brev.pdf").text.splitlines() == LINES


def test_a_raised_figure_is_still_a_note() -> None:
    content = b"BT /F1 12 Tf 72 700 Td (I alt 250) Tj /F1 7 Tf 0 5 Td (3) Tj ET\n"

    assert "2503" not in pdf.read(file_of(objects_of(content)), "brev.pdf").text
