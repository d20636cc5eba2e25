"""Headings at the left of their columns over figures at the right, and what is said of columns without a heading."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from laid import LEFT, Line, figures, laid

from corpus.model import Document
from pipeline.extract import extract_bytes

STARTS = (240.0, 300.0, 360.0, 420.0)
ENDS = (290.0, 350.0, 410.0, 478.0)
ROWS = [("Sti ved åen", "1.200", "-600", "600"), ("Bro", "800", "700", "1.500"), ("Skov", "90", "95", "185")]


def sheet(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], starts: tuple[float, ...] = STARTS) -> Document:
    """A page as a sheet prints it: words from the left edge of each cell, figures to its right edge."""
    lines: list[Line] = [((-LEFT, "Beløb i 1.000 kr."),), 10.0]
    lines.append(((-LEFT, "Projekt"), *[(-x, text) for x, text in zip(starts, heads, strict=False)]))
    lines += [((-LEFT, name), *zip(ENDS, row, strict=False)) for name, *row in rows]
    return laid(lines)


@pytest.mark.parametrize("total", ["I alt", "Sum"])
def test_a_short_heading_at_the_left_of_its_figures_is_theirs(total: str) -> None:
    found = figures(sheet(("B2027", "BO2028", total), ROWS))
    assert found["Sti ved åen"] == {2027: "1200000", 2028: "-600000", total: "600000"}
    assert found["Bro"] == {2027: "800000", 2028: "700000", total: "1500000"}


def test_so_it_is_before_other_columns() -> None:
    rows = [(*row, "7") for row in ROWS]
    found = figures(sheet(("B2027", "BO2028", "I alt", "BO2029"), rows))
    assert found["Bro"][2029] == "7000"
    assert found["Bro"].get("I alt") == "1500000"


def test_each_reason_is_told_with_its_columns() -> None:
    rows = ["| Projekt | 2026 | Budget | Budget | |", "|---|---|---|---|---|", "| Hal | 410 | 400 | 100 | 7 |"]
    text = "\n".join(["Beløb i 1.000 kr.", "", *rows, "| Sal | 420 | 410 | 110 | 8 |", ""])
    shared, bare = [note.message for note in extract_bytes(text.encode(), "notat.md").problems]
    assert shared.startswith('4 figures stand in columns of one heading, "Budget" (columns 3, 4), so that which')
    assert bare.startswith('2 figures stand in columns without a heading that is read: column 5, right of "Budget"')
    assert bare.endswith("the first one is 7; they are not given.")


@pytest.mark.parametrize(
    "said",
    [
        "og gælder fra 1. januar 2027",
        "og er gældende for 2027",
        "som gælder pr. 1.1.2027",
        "og træder i kraft den 1. maj",
    ],
)
def test_from_when_rates_hold_may_follow_their_unit(said: str) -> None:
    rows = [("Ydelse", "Takst 2026", "Takst 2027"), ("Hovedret", "58,75", "60,50")]
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = f"<html><p>Alle takster er i kr. {said}.</p><table>{body}</table></html>"
    document = extract_bytes(page.encode(), "takster.html")
    assert figures(document) == {"Hovedret": {2026: "58.75", 2027: "60.5"}}
    assert document.tables[0].unit is not None
    assert document.tables[0].unit.text == f"Alle takster er i kr. {said}."
