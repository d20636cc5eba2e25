"""An invented paper as long as one likes, with a budget table on each page."""

from __future__ import annotations

import io
import random

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

ROWS = 22
YEARS = (2026, 2027, 2028, 2029)
AREAS = ("skoler", "dagtilbud", "ældrepleje", "veje", "haller", "biblioteker", "sundhed", "administration")
MATTERS = ("Drift af bygninger", "Vikarer", "Kørsel", "Indkøb af varer", "Løn til ledelse", "It og telefoni")


def long_paper(pages: int, rows: int = ROWS) -> bytes:
    """The PDF: the same one every time, a heading, two sentences and a table of ``rows`` rows on each page."""
    draw = random.Random(2026)
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for number in range(1, pages + 1):
        area = f"{draw.choice(AREAS)} i område {number}"
        canvas.setFont("Helvetica-Bold", 13)
        canvas.drawString(56, 780, f"{number}. Budget for {area}")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(56, 750, f"Udvalget bad den 3. marts 2025 om en opgørelse af {area}.")
        canvas.drawString(56, 736, "Forvaltningen har regnet med uændrede priser og foreslår ingen nye stillinger.")
        canvas.drawString(56, 700, "Beløb i 1.000 kr. (2026-priser)")
        _print_table(canvas, draw, number, rows)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _print_table(canvas: Canvas, draw: random.Random, number: int, rows: int) -> None:
    _print_row(canvas, 680, "", YEARS, "{}")
    sums = [0] * len(YEARS)
    for row in range(1, rows):
        figures = [draw.randint(-4000, 9000) for _ in YEARS]
        sums = [total + figure for total, figure in zip(sums, figures, strict=True)]
        _print_row(canvas, 678 - 16 * row, f"{draw.choice(MATTERS)}, enhed {number}.{row}", figures)
    _print_row(canvas, 678 - 16 * rows, "I alt", sums)


def _print_row(canvas: Canvas, y: float, label: str, figures: tuple[int, ...] | list[int], form: str = "{:,}") -> None:
    canvas.drawString(56, y, label)
    for column, figure in enumerate(figures):
        canvas.drawRightString(340 + 60 * column, y, form.format(figure).replace(",", "."))
