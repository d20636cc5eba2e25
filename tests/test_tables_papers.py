"""Tables of papers with much prose, in made PDFs: headings over columns, titles, section rows, pages in columns."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.limits import DEFAULT_LIMITS
from corpus.readers.pdf import read
from pipeline.tables.content.grid import Grid
from pipeline.tables.papers.pages import page_grids

SIZE = 9
Cell = tuple[str, int, int]


class Sheet:
    """A page drawn from above; y counts down from the top."""

    def __init__(self, *, sideways: bool = False) -> None:
        self.buffer, self.y = io.BytesIO(), 780.0
        self.canvas = Canvas(self.buffer, invariant=1)
        if sideways:
            self.canvas.rotate(90)
            self.canvas.translate(0, -842)

    def put(self, x: float, text: str, align: str = "left") -> None:
        self.canvas.setFont("Helvetica", SIZE)
        width = stringWidth(text, "Helvetica", SIZE)
        self.canvas.drawString(x - {"left": 0, "right": width, "centre": width / 2}[align], self.y, text)

    def row(self, places: list[tuple[float, str]], cells: list[str], pitch: float = 13) -> None:
        for (x, align), cell in zip(places, cells, strict=False):
            if cell:
                self.put(x, cell, align)
        self.y -= pitch

    def rule(self, x0: float, x1: float) -> None:
        self.canvas.line(x0, self.y + 10, x1, self.y + 10)

    def shade(self, x0: float, x1: float) -> None:
        self.canvas.setFillGray(0.85)
        self.canvas.rect(x0, self.y - 3.5, x1 - x0, 13, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def grids(self) -> list[Grid]:
        self.canvas.save()
        return list(page_grids(read(self.buffer.getvalue(), "made.pdf", DEFAULT_LIMITS)))


def cells(grid: Grid, row: int) -> list[Cell]:
    return [(cell.text, cell.column, cell.column_span) for cell in grid.rows[row]]


STATES = [["Alby", "230", "2,980", "210", "2,680"], ["Berg", "2,540", "5,000", "2,280", "4,500"]] * 2
PLACES = [(60.0, "left"), (240.0, "right"), (310.0, "right"), (380.0, "right"), (450.0, "right")]


@pytest.mark.parametrize("units", [False, True])
def test_headings_in_the_middle_of_the_room_that_columns_have(units: bool) -> None:
    sheet = Sheet()
    sheet.put(240, "Area planted", "centre")
    sheet.put(380, "Area harvested", "centre")
    sheet.y -= 11
    sheet.row(PLACES, ["State", "2008", "2009", "2008", "2009"], 11)
    if units:
        sheet.put(240, "1,000 acres", "centre")
        sheet.put(380, "1,000 acres", "centre")
        sheet.y -= 11
    for row in STATES:
        sheet.row(PLACES, row)
    (grid,) = sheet.grids()
    assert cells(grid, 0) == [("State", 0, 1), ("Area planted", 1, 2), ("Area harvested", 3, 2)]
    assert [cell.text for cell in grid.rows[1]] == ["2008", "2009", "2008", "2009"]
    assert grid.rows[0][0].row_span == 2
    if units:
        assert cells(grid, 2) == [("1,000 acres", 1, 2), ("1,000 acres", 3, 2)]


def test_a_title_and_a_unit_above_the_top_rule_are_no_headings() -> None:
    sheet = Sheet()
    sheet.put(255, "Crop yield, production and price in the region", "centre")
    sheet.y -= 12
    sheet.put(450, "(%)", "right")
    sheet.y -= 13
    sheet.rule(58, 452)
    sheet.row(PLACES, ["State", "North", "East", "South", "West"])
    sheet.rule(58, 452)
    for row in STATES:
        sheet.row(PLACES, row)
    (grid,) = sheet.grids()
    assert [cell.text for cell in grid.rows[0]] == ["State", "North", "East", "South", "West"]


def test_ages_and_years_over_columns_with_headings_of_their_own_are_no_figures() -> None:
    sheet = Sheet()
    sheet.row(PLACES, ["Statement", "Men", "Women", "16\u201334", "65+"])
    for row in STATES:
        sheet.row(PLACES, row)
    (grid,) = sheet.grids()
    assert [cell.text for cell in grid.rows[0]] == ["Statement", "Men", "Women", "16\u201334", "65+"]
    assert len(grid.rows) == 5


def test_a_page_printed_sideways() -> None:
    sheet = Sheet(sideways=True)
    sheet.y = 700
    sheet.row(PLACES, ["State", "North", "East", "South", "West"])
    for row in STATES:
        sheet.row(PLACES, row)
    (grid,) = sheet.grids()
    assert [[cell.text for cell in row] for row in grid.rows[1:]] == STATES
    first, last = grid.rows[0][0].box, grid.rows[4][4].box
    assert first is not None
    assert last is not None
    assert first[3] - first[1] > first[2] - first[0]
    assert (first[0] < last[0], first[1] > last[3]) == (True, True)


@pytest.mark.parametrize("named", [False, True])
def test_two_tables_side_by_side(named: bool) -> None:
    sheet = Sheet()
    places = [(60.0, "left"), (240.0, "right"), (300.0, "left"), (480.0, "right")]
    rows = [["Farms", "8,507", "Farms", "7,417"], ["Schools", "43", "Hospitals", "12"], ["Roads", "7", "Parks", "9"]]
    for row in [["Figures", "North", "Figures" if named else "Numbers", "South"], *rows]:
        if not named and row[1] in {"North", "8,507"}:
            sheet.rule(58, 242)
            sheet.rule(298, 482)
        sheet.row(places, row)
    grids = sheet.grids()
    found = [[[cell.text for cell in row] for row in grid.rows[1:]] for grid in grids]
    assert found == [[row[:2] for row in rows], [row[2:] for row in rows]]


def test_a_shaded_line_of_one_text_heads_a_section_over_all_columns() -> None:
    sheet = Sheet()
    places = [(60.0, "left"), (220.0, "left"), (400.0, "left")]
    sheet.row(places, ["Name", "Position", "Telephone"])
    people = [["Garrick S. Haven", "Director", "(405) 555-2222"], ["Verner A. Tongeren", "Deputy", "(615) 555-2431"]]
    for section in ("Office of the Director", "Operations Division"):
        sheet.shade(56, 480)
        sheet.row(places, [section])
        for row in people:
            sheet.row(places, row)
    (grid,) = sheet.grids()
    assert cells(grid, 1) == [("Office of the Director", 0, 3)]
    assert cells(grid, 4) == [("Operations Division", 0, 3)]
    assert [cell.text for cell in grid.rows[2]] == people[0]


def test_single_dots_lead_to_the_figures() -> None:
    sheet = Sheet()
    sheet.row(PLACES, ["Month", "North", "East", "South", "West"])
    for label, *figures in STATES:
        sheet.row(PLACES, [f"{label}   " + ". " * 20, *figures])
    (grid,) = sheet.grids()
    assert [[cell.text for cell in row] for row in grid.rows[1:]] == STATES


def test_days_beside_what_happens_on_them_without_rules() -> None:
    sheet = Sheet()
    steps = ["Signature of grant agreements", "First progress report", "Applicants are told", "Payment of the balance"]
    rows = [[f"{day} May 2004", step] for day, step in enumerate([*steps, "Closing of all accounts"], 1)]
    for row in [["Deadline", "Step"], *rows]:
        sheet.row([(60.0, "left"), (200.0, "left")], row, 16)
    (grid,) = sheet.grids()
    assert [[cell.text for cell in row] for row in grid.rows] == [["Deadline", "Step"], *rows]


def test_bars_with_their_figures_are_a_chart() -> None:
    sheet = Sheet()
    for name, share in [("North", 88), ("Capital", 69), ("East", 66), ("West", 75), ("South", 60)]:
        sheet.put(100, name, "right")
        sheet.canvas.rect(110, sheet.y - 2, 2 * share, 9, stroke=1, fill=1)
        sheet.put(114 + 2 * share, f"{share}.4")
        sheet.y -= 18
    assert sheet.grids() == []


def test_many_full_rows_need_no_heading() -> None:
    sheet = Sheet()
    places = [(60.0, "left"), (220.0, "left"), (400.0, "left")]
    work = ["Director", "Field Operations", "Statistics", "Library", "Procurement", "Publications", "Audit", "Prices"]
    rows = [[f"{name} Haven", name, f"(405) 555-{number}222"] for number, name in enumerate(work, 1)]
    for row in rows:
        sheet.row(places, row)
    (grid,) = sheet.grids()
    assert [[cell.text for cell in row] for row in grid.rows] == rows
