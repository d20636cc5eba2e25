"""Figures right behind the dots that lead to them, with no blank between."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row
from reportlab.pdfbase.pdfmetrics import stringWidth

YEARS = ("2026", "2027")
END, NEXT = 300.0, 360.0


def _led(label: str, first: str, second: str, size: float = 10) -> Line:
    """A name, dots up to the first figure with no blank before or behind them, and the second figure."""
    room = END - 60 - stringWidth(label + first, "Helvetica", size)
    dots = "." * int(room / stringWidth(".", "Helvetica", size))
    return ((END, label + dots + first), (NEXT, second))


@pytest.mark.parametrize("first", ["-3.652", "(3.652)", "−3.652"])
def test_a_figure_behind_dots_is_no_part_of_the_name(first: str) -> None:
    rows = [_led("Tilskud", first, "-2.071"), _led("Leje af lokaler til foreninger", "480", "")]
    document = laid([row("1.000 kr.", *YEARS, ends=(END, NEXT)), *rows, _led("I alt", "-3.172", "-2.071")])
    assert figures(document) == {
        "Tilskud": {2026: "-3652000", 2027: "-2071000"},
        "Leje af lokaler til foreninger": {2026: "480000"},
        "I alt": {2026: "-3172000", 2027: "-2071000"},
    }
    assert document.problems == []
    raw = [value.raw for line in document.tables[0].lines for value in line.values]
    assert raw[0] == first


def test_a_table_of_contents_with_such_dots_is_no_table() -> None:
    document = laid([_led(f"{n}. Udvalgets forslag til budget", str(n + 3), "") for n in range(1, 9)])
    assert document.tables == []
