"""Figures right behind the dots that lead to them, with no blank between."""

from __future__ import annotations

import pytest
from laid import Cell, figures, laid, row
from reportlab.pdfbase.pdfmetrics import stringWidth

YEARS = ("2026", "2027")
END, NEXT = 300.0, 360.0


def _led(label: str, first: str, second: str, size: float = 10) -> tuple[Cell, ...]:
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


@pytest.mark.parametrize("dash", ["–", "-"])
def test_a_dash_behind_dots_stands_for_no_figure(dash: str) -> None:
    rows = [_led("Tilskud", dash, "-2.071"), _led("Leje af lokaler til foreninger", "-480", dash)]
    document = laid([row("1.000 kr.", *YEARS, ends=(END, NEXT)), *rows, _led("I alt", "-480", "-2.071")])
    assert figures(document) == {
        "Tilskud": {2027: "-2071000"},
        "Leje af lokaler til foreninger": {2026: "-480000"},
        "I alt": {2026: "-480000", 2027: "-2071000"},
    }
    assert document.problems == []


@pytest.mark.parametrize("remark", ["af lønnen", ""])
def test_a_second_line_of_nothing_but_dots_is_no_part_of_a_name(remark: str) -> None:
    more = ((-60.0, "." * 60), *([(-400.0, remark)] if remark else []))
    rows = [(*_led("Tilskud", "480", "510"), (-400.0, "Modsvares")), more, _led("Leje", "20", "30"), more]
    head = (*row("1.000 kr.", *YEARS, ends=(END, NEXT)), (-400.0, "Bemærkninger"))
    document = laid([head, *rows, _led("I alt", "500", "540")], step=12)
    assert figures(document) == {
        "Tilskud": {2026: "480000", 2027: "510000"},
        "Leje": {2026: "20000", 2027: "30000"},
        "I alt": {2026: "500000", 2027: "540000"},
    }


def test_a_table_of_contents_with_such_dots_is_no_table() -> None:
    document = laid([_led(f"{n}. Udvalgets forslag til budget", str(n + 3), "") for n in range(1, 9)])
    assert document.tables == []
