"""Letters that one glyph stands for, in writing that runs up or down the page."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.limits import DEFAULT_LIMITS
from corpus.readers.pdf import read


def test_letters_of_a_ligature_that_the_file_writes_by_itself_stay_in_their_word() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for y in (700.0, 680.0, 660.0):
        x = 100.0
        for part in ("Veje og tra", "n", "k", "  1.200"):
            line = canvas.beginText(x, y)
            line.setFont("Helvetica", 10)
            line._code.append("/Span <</ActualText <FEFF00660069>>> BDC" if part == "n" else "")
            line.textOut(part)
            line._code.append("EMC" if part == "n" else "")
            canvas.drawText(line)
            x += stringWidth(part, "Helvetica", 10) + (0.3 if part == "n" else 0)
        canvas.drawString(40, y - 9, "A")
    canvas.save()
    text = read(buffer.getvalue(), "made.pdf", DEFAULT_LIMITS).text
    assert text.count("Veje og trafik") == 3


@pytest.mark.parametrize("angle", [0, 90, 270])
def test_letters_of_a_ligature_stay_in_their_word_whichever_way_it_runs(angle: int) -> None:
    """Browsers write the glyph with its letters beside it; here another one stands in for it."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.translate(300, 400)
    canvas.rotate(angle)
    line = canvas.beginText(0, 0)
    line.setFont("Helvetica", 10)
    for number, part in enumerate(("Veje og tra", "n", "k i alt, nyt ", "n", "lter")):
        line._code.append("/Span <</ActualText <FEFF00660069>>> BDC" if number % 2 else "")
        line.textOut(part)
        line._code.append("EMC" if number % 2 else "")
    canvas.drawText(line)
    canvas.save()
    reading = read(buffer.getvalue(), "made.pdf", DEFAULT_LIMITS)
    assert reading.text.strip() == "Veje og trafik i alt, nyt filter"
    assert len(reading.pages[0].spans) == len(reading.text.split())
