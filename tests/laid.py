"""Pages of invented tables, set word by word where a test needs them to stand."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from corpus.model import Document
from pipeline.extract import extract_bytes

Cell = tuple[float, str]
"""Where a text ends, in points from the left, or begins if the place is negative; and the text."""
Line = tuple[Cell, ...] | float
"""Cells of one line, or so many points more room before the next one."""
LEFT = 60.0
ENDS = (300.0, 360.0, 420.0, 480.0)


def row(label: str, *figures: str, left: float = LEFT, ends: Sequence[float] = ENDS) -> tuple[Cell, ...]:
    """A label at the left, and figures that end under each other; an empty text is left out."""
    cells = [(-left, label), *zip(ends, figures, strict=False)]
    return tuple(cell for cell in cells if cell[1])


def laid(
    *pages: Sequence[Line],
    step: float = 14,
    size: float = 10,
    top: float = 780,
    face: str = "Helvetica",
    rules: Sequence[tuple[float, float, float, float]] = (),
) -> Document:
    """The document of pages whose lines stand ``step`` points below each other.

    ``rules``: lines drawn on each page, from (x, y) to (x, y), in points from the left and below the first line's foot.
    """
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for lines in pages:
        y = top
        canvas.setFont(face, size)
        for line in lines:
            if isinstance(line, float):
                y -= line
                continue
            for x, text in line:
                canvas.drawString(-x, y, text) if x < 0 else canvas.drawRightString(x, y, text)
            y -= step
        for x0, y0, x1, y1 in rules:
            canvas.line(x0, top - y0, x1, top - y1)
        canvas.showPage()
    canvas.save()
    return extract_bytes(buffer.getvalue(), "forslag.pdf")


def figures(document: Document) -> dict[str, dict[int | str | None, str]]:
    """By the label of its row, and by year or column, each value as a plain number."""
    found: dict[str, dict[int | str | None, str]] = {}
    for table in document.tables:
        for line in table.lines:
            values = {value.year or value.column: f"{value.value:f}" for value in line.values}
            assert line.label not in found or not values
            found.setdefault(line.label, values)
    return found


def texts(document: Document, number: int = 0) -> list[list[str]]:
    """The cells of a table row by row."""
    return [[cell.text for cell in cells] for cells in document.tables[number].cells]
