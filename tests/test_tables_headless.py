"""Drawn tables with a row for each year whose headings stand above the drawn lines: a row is no heading."""

from __future__ import annotations

from laid import Line, figures, laid, row

from corpus.model import Document
from corpus.problems import Code

ENDS = (160.0, 240.0, 320.0)
XS = (55.0, 90.0, 165.0, 245.0, 325.0)
ROWS = [
    ("2027", "10.283", "40.848", "51.131"),
    ("2028", "62.782", "-35.503", "27.279"),
    ("2029", "-2.495", "8.869", "6.374"),
]
STEP = 14.0


def drawn(first: int) -> Document:
    """The table with a rule around each cell from line ``first`` on: 1 is that of the headings, 2 the one below it."""
    lines: list[Line] = [((-60.0, "Beløb i kr."),), row("År", "Udgift", "Indtægt", "Netto", ends=ENDS)]
    lines += [row(*cells, ends=ENDS) for cells in ROWS]
    top, end = (STEP * line - 10.5 for line in (first, len(lines)))
    across = [(XS[0], STEP * line - 10.5, XS[-1], STEP * line - 10.5) for line in range(first, len(lines) + 1)]
    return laid(lines, step=STEP, rules=[*across, *((x, top, x, end) for x in XS)])


def test_figures_of_the_first_year_name_no_rows() -> None:
    found = drawn(2)
    assert not [value for table in found.tables for line in table.lines for value in line.values]
    assert {problem.code for problem in found.problems} == {Code.TABLE_REFUSED}


def test_headings_within_the_lines_name_the_rows() -> None:
    assert figures(drawn(1))["Udgift"] == {2027: "10283", 2028: "62782", 2029: "-2495"}
