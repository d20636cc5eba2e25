"""Lines that blanks align, printed in letters of unequal widths: the figures do not stand under their years."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from decimal import Decimal

import pytest
from laid import Line, figures, laid
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Document
from corpus.problems import Code
from pipeline.extract import extract_bytes

NAMES = ["Lønninger", "Løn", "Hal 3", "Konsulentbistand til omlægningen", "Kørsel", "It", "Mindreudgift til løn"]
UNITS = ["Beløb i 1.000 kr.", "1.000 kr.", "Økonomi i 1.000 kr., netto"]
FACES = ["Helvetica", "Helvetica-Bold", "Times-Roman"]
Triple = tuple[str, str, Decimal]


def read(lines: Sequence[str], face: str = "Helvetica", size: float = 10) -> Document:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    canvas.setFont(face, size)
    for number, line in enumerate(["Forslag 7: Færre vikarer", "", *lines, "", "Der bliver færre vikarer."]):
        canvas.drawString(60, 780 - number * size * 1.4, line)
    canvas.save()
    return extract_bytes(buffer.getvalue(), "forslag.pdf")


def found(document: Document) -> set[Triple]:
    return {
        (line.label, str(value.year or value.column), value.value)
        for table in document.tables
        for line in table.lines
        for value in line.values
    }


def drawn(rng: random.Random) -> tuple[list[list[str]], list[str]]:
    """The cells of a table of years with a total, and its lines with the same blanks between or cells as wide."""
    years = [str(2026 + n) for n in range(rng.choice([3, 4, 4]))]
    rows = [(name, [-100 * rng.randint(1, 12) for _ in years]) for name in rng.sample(NAMES, rng.randint(1, 4))]
    rows.append(("I alt", [sum(figures) for figures in zip(*(row for _, row in rows), strict=True)]))
    body = [[name, *(f"{figure:,}".replace(",", ".") for figure in figures)] for name, figures in rows]
    cells = [[rng.choice(UNITS), *years], *body]
    wide, blanks = max(len(row[0]) for row in cells) + 3, " " * rng.choice([2, 3, 4, 6])
    if rng.random() < 0.3:
        return cells, [row[0].ljust(wide) + "".join(cell.rjust(9) for cell in row[1:]) for row in cells]
    return cells, [blanks.join(row) for row in cells]


@pytest.mark.parametrize("seed", range(40))
def test_full_rows_are_read_by_their_order_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    cells, lines = drawn(rng)
    document = read(lines, rng.choice(FACES), rng.choice([8, 9, 10, 11, 12]))
    printed = {
        (row[0], year, Decimal(cell.replace(".", "")) * 1000)
        for row in cells[1:]
        for year, cell in zip(cells[0][1:], row[1:], strict=True)
    }
    assert found(document) <= printed
    assert found(document) == printed or Code.TABLE_REFUSED in {problem.code for problem in document.problems}


@pytest.mark.parametrize("name", ["Lønninger", "It", "Konsulentbistand til omlægningen"])
@pytest.mark.parametrize("blanks", [2, 3, 5])
def test_each_figure_is_given_to_its_year(name: str, blanks: int) -> None:
    rows = [["Beløb i 1.000 kr.", "2026", "2027", "2028", "2029"]]
    rows += [[label, "-700", "-200", "-150", "-100"] for label in (name, "I alt")]
    document = read([(" " * blanks).join(row) for row in rows])
    years = {"2026": -700_000, "2027": -200_000, "2028": -150_000, "2029": -100_000}
    assert found(document) == {(n, year, Decimal(v)) for n in (name, "I alt") for year, v in years.items()}
    assert not document.problems


def test_where_a_row_is_not_full_no_figure_of_the_table_is_given() -> None:
    lines = ["Beløb i 1.000 kr.   2026   2027   2028", "Lønninger   -700   -200", "I alt   -700   -200   -150"]
    document = read(lines)
    assert not found(document)
    refused = [problem.message for problem in document.problems if problem.code == Code.TABLE_REFUSED]
    assert len(refused) == 2
    assert all("-700" in message and "blanks align the figures" in message for message in refused)


def test_a_number_that_is_part_of_a_name_is_left_in_it() -> None:
    lines = ["1.000 kr.".ljust(10) + "   2026   2027", "Hal 3   -700   -200", "Etape 2   -300   -100"]
    assert {label for label, _, _ in found(read(lines))} == {"Hal 3", "Etape 2"}


def test_a_figure_under_the_unit_beside_years_is_of_no_year_and_not_given() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    for number, row in enumerate(["Projekt|1.000 kr.|2026|2027", "Hal 3|900|700|200", "Ny skole|500|300|200"]):
        for place, text in zip((60, 260, 360, 460), row.split("|"), strict=True):
            canvas.drawString(place, 700 - 15 * number, text)
    canvas.save()
    document = extract_bytes(buffer.getvalue(), "forslag.pdf")
    assert {year for _, year, _ in found(document)} <= {"2026", "2027"}
    told = " ".join(problem.message for problem in document.problems)
    assert "900" in told
    assert "500" in told


@pytest.mark.parametrize("seed", range(60))
def test_rows_that_lack_figures_give_none_to_another_year(seed: int) -> None:
    rng = random.Random(seed)
    cells = [["1.000 kr.", *(str(2026 + n) for n in range(rng.choice([3, 4])))]]
    for name in [*rng.sample(NAMES, rng.randint(1, 3)), "I alt"]:
        gone = 0.0 if name == "I alt" else 0.35
        cells.append([name, *("" if rng.random() < gone else f"-{rng.randint(1, 30)}00" for _ in cells[0][1:])])
    wide = max(len(row[0]) for row in cells) + 3
    lines = [row[0].ljust(wide) + "".join(cell.rjust(9) for cell in row[1:]) for row in cells]
    document = read(lines, rng.choice(FACES), rng.choice([8, 9, 10, 11, 12]))
    printed = {
        (row[0], year, Decimal(cell) * 1000)
        for row in cells[1:]
        for year, cell in zip(cells[0][1:], row[1:], strict=True)
        if cell
    }
    assert found(document) <= printed
    assert found(document) == printed or Code.TABLE_REFUSED in {problem.code for problem in document.problems}


def test_a_row_that_lacks_a_figure_and_drifts_by_a_whole_column() -> None:
    rows = [["1.000 kr.", "2026", "2027", "2028", "2029"], ["It", "", "-900", "-200", "-600"]]
    rows.append(["I alt", "-1.200", "-900", "-200", "-600"])
    document = read([row[0].ljust(12) + "".join(cell.rjust(9) for cell in row[1:]) for row in rows], "Times-Roman", 11)
    assert not {(label, year) for label, year, _ in found(document)} & {("It", "2026")}


def test_a_number_apart_at_the_end_of_a_name_is_no_figure_where_all_others_end_under_their_years() -> None:
    """Lines of a spreadsheet: a blank of the name may be wide, and cells are empty."""
    ends = (290.0, 350.0, 410.0, 470.0)
    rows = [("Skolegård", "", "500", "", "", "1.000"), ("Vision", "2030", "", "250", "", "")]
    rows += [
        ("Hal", "2", "", "", "12.500", ""),
        ("Etape", "3", "75", "75", "", ""),
        ("I alt", "", "575", "325", "", ""),
    ]
    years = zip(ends, ("2027", "2028", "2029", "2030"), strict=True)
    lines: list[Line] = [((-60.0, "Beløb i 1.000 kr."),), ((-60.0, "Projekt"), *years)]
    for name, number, *cells in rows:
        near = 60 + stringWidth(name, "Helvetica", 9) + 4.5
        printed = [(end, cell) for end, cell in zip(ends, cells, strict=True) if cell]
        lines.append(((-60.0, name), *([(-near, number)] if number else []), *printed))
    document = laid(lines, size=9)
    assert document.problems == []
    assert figures(document)["Etape 3"] == {2027: "75000", 2028: "75000"}
    assert figures(document)["Vision 2030"] == {2028: "250000"}
    assert figures(document)["I alt"] == {2027: "575000", 2028: "325000"}
