"""PDF: lines and filled areas that are drawn on a page."""

from __future__ import annotations

import numpy as np
import pytest
from pdf_drawn import HEIGHT, WIDTH, drawn
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, Canvas

from corpus.readers import read
from corpus.reading import Page


def test_sides_of_rectangles_and_lines_are_rulings_and_slopes_are_not() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Tekst")
        canvas.rect(100, 500, 200, 50)
        canvas.line(100, 400, 300, 400)
        canvas.line(100, 300, 300, 350)

    (page,) = read(drawn(draw), "a.pdf").pages

    flat = [ruling for ruling in page.rulings if ruling.bottom - ruling.top < 1]
    assert len(page.rulings) == 5
    assert sorted(round(HEIGHT - ruling.top) for ruling in flat) == [400, 500, 550]


def filled(*shapes: tuple[str, tuple[float, float, float, float], bool]) -> Page:
    """A page of rectangles: colour of the filling, left, bottom, width and height, and whether they are outlined."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Tekst")
        for colour, box, outlined in shapes:
            canvas.setFillColor(colour)
            canvas.rect(*box, stroke=outlined, fill=1)

    (page,) = read(drawn(draw), "a.pdf").pages
    return page


def test_a_filled_rectangle_is_a_fill_and_its_sides_are_no_lines() -> None:
    page = filled(("lightgrey", (100, 500, 200, 20), False), ("white", (100, 400, 200, 20), False))

    assert page.fill_boxes == pytest.approx(np.array([[100, HEIGHT - 520, 300, HEIGHT - 500]]), abs=0.02)
    assert page.rulings == []


def test_a_filled_rectangle_that_is_outlined_is_both() -> None:
    page = filled(("lightgrey", (100, 500, 200, 20), True), ("white", (100, 400, 200, 20), True))

    assert len(page.fill_boxes) == 1
    assert len(page.rulings) == 8


@pytest.mark.parametrize("thickness", [0.24, 0.5, 1.5])
def test_a_thin_filled_rectangle_is_one_drawn_line(thickness: float) -> None:
    page = filled(("black", (100, 500, 200, thickness), False), ("black", (100, 300, thickness, 200), False))

    down, across = sorted(page.rulings, key=lambda ruling: ruling.x1)
    assert down[:] == pytest.approx((100 + thickness / 2, HEIGHT - 500, 100 + thickness / 2, HEIGHT - 300), abs=0.02)
    middle = HEIGHT - 500 - thickness / 2
    assert across[:] == pytest.approx((100, middle, 300, middle), abs=0.02)
    assert not len(page.fill_boxes)


def test_a_frame_that_is_filled_between_two_rectangles_is_lines() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Tekst")
        path = canvas.beginPath()
        path.rect(100, 500, 200, 20)
        path.rect(100.5, 500.5, 199, 19)
        canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_EVEN_ODD)

    (page,) = read(drawn(draw), "a.pdf").pages

    assert not len(page.fill_boxes)
    assert len(page.rulings) == 8


def test_a_fill_ends_at_the_edge_of_the_page() -> None:
    page = filled(("lightgrey", (-50, 500, 2000, 20), False), ("lightgrey", (100, -50, 20, 40), False))

    assert page.fill_boxes == pytest.approx(np.array([[0, HEIGHT - 520, WIDTH, HEIGHT - 500]]), abs=0.02)
