"""`akt compare` and figures that were refused: a cell that no line holds is compared, whatever stands beside it."""

from __future__ import annotations

import io

from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from corpus.model import Document
from pipeline.extract import extract_bytes
from pipeline.figures.comparing import compare
from pipeline.figures.differences import Side

YEARS = ("1.000 kr.", "2026", "2027", "2028", "2029")
Net = tuple[str, ...]


def on_a_page(net: Net) -> Document:
    """A ruled table; a line end in a cell is printed as one."""
    buffer = io.BytesIO()
    rows = [YEARS, ("Besparelse", "-600", "-700", "-700", "-700"), ("Netto", *net)]
    table = Table(rows, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    SimpleDocTemplate(buffer, invariant=1).build([table])
    return extract_bytes(buffer.getvalue(), "forslag.pdf")


def without_boxes(heaviest: str) -> Document:
    """A table whose cells have no box: the column of weights prints what the one of money prints."""
    rows = [("1.000 kr.", "Vægt (kg)", "2026"), ("Papir", heaviest, "700"), ("Pap", "90", "120")]
    cells = ["".join(f"<td>{text}</td>" for text in row) for row in rows]
    page = "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    return extract_bytes(f'<meta charset="utf-8">{page}'.encode(), "notat.html")


def told(before: Document, after: Document) -> list[tuple[str, str, str, str]]:
    found = compare(*(Side(each, list(each.parts), []) for each in (before, after)))
    return [(each.what, str(each.year or each.column), str(each.before), str(each.after)) for each in found]


def test_a_refused_cell_is_not_taken_for_the_figure_beside_it() -> None:
    first = on_a_page(("-600", "-\n1.100", "-\n1.100", "-1.100"))
    refused = sum(problem.code == "number-refused" for problem in first.problems)
    assert refused == 2
    one = on_a_page(("-600", "-\n1.240", "-\n1.100", "-1.100"))
    assert told(first, one) == [("cell", "2027", "- 1.100", "- 1.240")]
    every = on_a_page(("-600", "-\n1.240", "-\n1.240", "-1.240"))
    assert told(first, every) == [
        ("figure", "2029", "-1100000", "-1240000"),
        ("cell", "2027", "- 1.100", "- 1.240"),
        ("cell", "2028", "- 1.100", "- 1.240"),
    ]
    assert told(first, first) == []


def test_a_cell_of_no_line_is_told_by_its_own_column() -> None:
    assert told(without_boxes("700"), without_boxes("800")) == [("cell", "Vægt (kg)", "700", "800")]
