"""Tables drawn with lines and shading, through the real PDF reader, and the cells beside pdfplumber's own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfplumber import table as oracle
from reportlab.pdfgen.canvas import Canvas

from corpus.readers.pdf import read
from corpus.reading import Reading
from pipeline.tables import find_tables
from pipeline.tables.content.grid import Grid
from pipeline.tables.drawn.lattice import drawn_tables
from pipeline.tables.drawn.ruled import ruled_grids
from pipeline.tables.layout.edges import MEET, Edges, merged
from pipeline.tables.layout.pagelines import PageLines

HEIGHT = 842.0
XS = (60, 260, 330, 400, 470)
ROWS = [
    ["Forslag", "2025", "2026", "2027"],
    ["Besparelse", "-250", "-500", "-500"],
    ["Effektivisering", "-1.200", "", "-1.300"],
    ["Investering", "2.000", "", "0"],
    ["I alt", "550", "-500", "-1.800"],
]
PITCH = 18


class Drawing:
    """A page with its origin at the top left."""

    def __init__(self) -> None:
        self._data = io.BytesIO()
        self.canvas = Canvas(self._data, pagesize=(595, HEIGHT))

    def text(self, x: float, y: float, text: str, *, right: bool = False, size: float = 10) -> None:
        self.canvas.setFont("Helvetica", size)
        (self.canvas.drawRightString if right else self.canvas.drawString)(x, HEIGHT - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def box(self, x0: float, y0: float, x1: float, y1: float, *, fill: str | None = None) -> None:
        if fill:
            self.canvas.setFillColor(fill)
        self.canvas.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0, stroke=0 if fill else 1, fill=1 if fill else 0)
        self.canvas.setFillColor("black")

    def words(self, rows: Sequence[Sequence[str]], top: float = 100, xs: Sequence[float] = XS) -> None:
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                x = xs[column + 1] - 4 if column else xs[0] + 4
                self.text(x, top + number * PITCH + 13, text, right=bool(column))

    def rules(
        self, rows: int = len(ROWS), top: float = 100, *, across: Sequence[int] | None = None, xs: Sequence[float] = XS
    ) -> None:
        """All uprights, and the level rules of these numbers (all without)."""
        for number in range(rows + 1) if across is None else across:
            self.line(xs[0], top + number * PITCH, xs[-1], top + number * PITCH)
        for x in xs:
            self.line(x, top, x, top + rows * PITCH)

    def reading(self) -> Reading:
        self.canvas.showPage()
        self.canvas.save()
        return read(self._data.getvalue(), "side.pdf")

    def grids(self) -> list[Grid]:
        reading = self.reading()
        page = reading.pages[0]
        return [grid for grid, _ in ruled_grids(page, PageLines.of(page, reading.text)) if grid is not None]


def cells(grid: Grid) -> list[list[str]]:
    """The rows with "" in every place in which no cell begins."""
    table = [[""] * grid.width for _ in grid.rows]
    for cell in grid.cells():
        table[cell.row][cell.column] = cell.text
    return table


def one(drawing: Drawing) -> Grid:
    [grid] = drawing.grids()
    return grid


def test_a_full_grid() -> None:
    drawing = Drawing()
    drawing.rules()
    drawing.words(ROWS)
    assert cells(one(drawing)) == ROWS


@pytest.mark.parametrize("across", [(0, 5), (0, 1, 5), (0, 1, 4, 5), (0, 3, 5)])
def test_rows_without_rules_are_parted_by_their_words(across: tuple[int, ...]) -> None:
    drawing = Drawing()
    drawing.rules(across=across)
    drawing.words(ROWS)
    assert cells(one(drawing)) == ROWS


@pytest.mark.parametrize("open_side", ["left", "right", "top", "bottom", "all"])
def test_sides_left_open(open_side: str) -> None:
    drawing = Drawing()
    levels = [n for n in range(6) if (n, open_side) not in {(0, "top"), (5, "bottom"), (0, "all"), (5, "all")}]
    uprights = [x for x in XS if (x, open_side) not in {(60, "left"), (470, "right"), (60, "all"), (470, "all")}]
    for n in levels:
        drawing.line(XS[0], 100 + n * PITCH, XS[-1], 100 + n * PITCH)
    for x in uprights:
        drawing.line(x, 100, x, 100 + 5 * PITCH)
    drawing.words(ROWS)
    assert cells(one(drawing)) == ROWS


@pytest.mark.parametrize("gone", [[0], [-1], [0, -1]])
def test_two_uprights_make_columns_where_level_rules_run_on_past_them(gone: list[int]) -> None:
    xs = [60, 200, 335, 470] if len(gone) > 1 else [60, 260, 470]
    drawing = Drawing()
    for n in range(6):
        drawing.line(xs[0], 100 + n * PITCH, xs[-1], 100 + n * PITCH)
    for x in xs:
        if x not in [xs[place] for place in gone]:
            drawing.line(x, 100, x, 100 + 5 * PITCH)
    rows = [row[: len(xs) - 1] for row in ROWS]
    drawing.words(rows, xs=xs)
    assert cells(one(drawing)) == rows


def test_rows_that_are_only_shaded_are_no_drawn_grid() -> None:
    drawing = Drawing()
    for n in range(0, 6, 2):
        drawing.box(XS[0], 100 + n * PITCH, XS[-1], 100 + (n + 1) * PITCH, fill="lightgrey")
    drawing.words(ROWS)
    assert drawing.grids() == []


def test_double_and_pieced_rules() -> None:
    drawing = Drawing()
    for n in range(6):
        for shift in (0, 1.6):
            for start in np.arange(XS[0], XS[-1], 4).tolist():
                drawing.line(start, 100 + n * PITCH + shift, start + 2.5, 100 + n * PITCH + shift)
    for x in XS:
        for shift in (0, 1.6):
            drawing.line(x + shift, 100, x + shift, 100 + 5 * PITCH)
    drawing.words(ROWS)
    assert cells(one(drawing)) == ROWS


@pytest.mark.parametrize("gap", [0, 1.5])
def test_cells_that_are_only_shaded(gap: float) -> None:
    drawing = Drawing()
    for n in range(5):
        for x0, x1 in pairwise(XS):
            drawing.box(x0 + gap, 100 + n * PITCH + gap, x1, 100 + (n + 1) * PITCH, fill="#99bbdd" if n else "#336699")
    drawing.words(ROWS)
    assert cells(one(drawing)) == ROWS


def test_rules_drawn_as_thin_rectangles_and_a_shaded_heading_in_one_piece() -> None:
    drawing = Drawing()
    drawing.box(XS[0], 100, XS[-1], 118, fill="#336699")
    for n in range(1, 6):
        drawing.box(XS[0], 100 + n * PITCH, XS[-1], 100.7 + n * PITCH, fill="black")
    for x in XS:
        drawing.box(x, 118, x + 0.7, 190, fill="black")
    drawing.words(ROWS)
    assert cells(one(drawing)) == ROWS


def test_spanning_cells() -> None:
    drawing = Drawing()
    for y in (100, 136, 154, 172):
        drawing.line(60, y, 470, y)
    drawing.line(260, 118, 470, 118)
    for x in (60, 260, 470):
        drawing.line(x, 100, x, 172)
    drawing.line(330, 118, 330, 172)
    drawing.line(400, 118, 400, 172)
    drawing.text(64, 122, "Område")
    drawing.text(340, 113, "Drift")
    drawing.words([["", "2025", "2026", "2027"], ["Skoler", "10", "20", "30"], ["Veje", "1", "2", "3"]], top=118)
    grid = one(drawing)
    assert cells(grid)[0][:2] == ["Område", "Drift"]
    assert [(c.row_span, c.column_span) for c in grid.rows[0]] == [(2, 1), (1, 3)]
    assert cells(grid)[1:] == [["", "2025", "2026", "2027"], ["Skoler", "10", "20", "30"], ["Veje", "1", "2", "3"]]


def test_blank_rows_and_columns_stay() -> None:
    rows = [ROWS[0], ROWS[1], [""] * 4, ROWS[3]]
    drawing = Drawing()
    drawing.rules(4)
    drawing.words(rows)
    assert cells(one(drawing)) == rows


def test_a_wrapped_label_is_one_cell() -> None:
    drawing = Drawing()
    for y in (100, 118, 148, 166):
        drawing.line(60, y, 470, y)
    for x in XS:
        drawing.line(x, 100, x, 166)
    drawing.words([ROWS[0]])
    drawing.text(64, 130, "Reduktion af rengørings-")
    drawing.text(64, 142, "standarden på skoler")
    for x, text in zip(XS[2:], ("-100", "-200", "-300"), strict=True):
        drawing.text(x - 4, 136, text, right=True)
    drawing.words([ROWS[4]], top=148)
    assert cells(one(drawing))[1] == ["Reduktion af rengøringsstandarden på skoler", "-100", "-200", "-300"]


def test_two_grids_on_a_page_and_one_in_a_frame_of_text() -> None:
    drawing = Drawing()
    drawing.rules()
    drawing.words(ROWS)
    drawing.box(50, 250, 500, 420)
    drawing.text(64, 270, "Forvaltningen foreslår, at ordningen ændres fra det kommende skoleår, så den koster mindre.")
    drawing.rules(top=290)
    drawing.words(ROWS, top=290)
    assert [cells(grid) for grid in drawing.grids()] == [ROWS, ROWS]


@pytest.mark.parametrize(
    "rows",
    [
        [["Overskrift", "Færre timer til kørsel"], ["Udvalg", "Børne- og Skoleudvalget"], ["Udgiftstype", "Service"]],
        [["Titel:", "Færre timer", "Dato:", "12. maj"], ["Sag:", "2024-1234", "Side:", "3"], ["Status:", "Ny", "", ""]],
        [["Mål", "Alle unge skal i job eller uddannelse"], ["Indsats", "Flere samtaler"]],
    ],
)
def test_a_form_is_no_table(rows: list[list[str]]) -> None:
    drawing = Drawing()
    xs = (60, 160, 340, 400, 520)[: len(rows[0]) + 1]
    drawing.rules(len(rows), xs=xs)
    for number, row in enumerate(rows):
        for x, text in zip(xs, row, strict=False):
            drawing.text(x + 4, 113 + number * PITCH, text)
    assert find_tables(drawing.reading()).tables == []


def test_a_table_without_rules_in_a_box_of_a_form_is_found() -> None:
    drawing = Drawing()
    for y in (100, 118, 136, 260):
        drawing.line(50, y, 520, y)
    for x in (50, 130, 520):
        drawing.line(x, 100, x, 260)
    for y, label, text in ((113, "Overskrift", "Færre timer til kørsel"), (131, "Udvalg", "Skoleudvalget")):
        drawing.text(54, y, label)
        drawing.text(134, y, text)
    drawing.text(54, 149, "Økonomi")
    drawing.text(134, 149, "Beløb i 1.000 kr.")
    drawing.words(ROWS, top=155, xs=(134, 300, 370, 440, 510))
    [table] = find_tables(drawing.reading()).tables
    values = {(line.label, v.year): int(v.value) for line in table.lines for v in line.values}
    assert values["Besparelse", 2025] == -250_000
    assert values["I alt", 2027] == -1_800_000


def test_a_chart_is_no_table() -> None:
    drawing = Drawing()
    for n in range(7):
        drawing.line(100, 100 + n * 20, 400, 100 + n * 20)
        drawing.text(92, 103 + n * 20, str(600 - 100 * n), right=True)
    for n in range(6):
        drawing.line(100 + n * 60, 100, 100 + n * 60, 220)
        drawing.box(110 + n * 60, 120 + 10 * n, 140 + n * 60, 220, fill="#336699")
        drawing.text(115 + n * 60, 232, str(2020 + n))
    assert drawing.grids() == []


def test_two_figures_in_one_cell_are_refused() -> None:
    drawing = Drawing()
    for y in (100, 118, 148, 166):
        drawing.line(60, y, 470, y)
    for x in XS:
        drawing.line(x, 100, x, 166)
    drawing.words([ROWS[0]])
    drawing.text(64, 136, "Besparelse")
    drawing.text(326, 129, "-100", right=True)
    drawing.text(326, 142, "-120", right=True)
    drawing.text(396, 136, "-200", right=True)
    drawing.words([ROWS[4]], top=148)
    grid = one(drawing)
    assert list(grid.refused) == [1]


def test_a_heading_wider_than_its_column_keeps_its_years_together() -> None:
    rows = [["", "Budget 2025", "Budget 2026", "Budget 2027"], *ROWS[1:]]
    xs = (60, 260, 320, 380, 440)
    drawing = Drawing()
    drawing.rules(xs=xs)
    drawing.words(rows, xs=[xs[0], *(x + 6 for x in xs[1:])])
    assert cells(one(drawing)) == rows


def test_headings_that_touch_are_parted_where_they_do() -> None:
    xs = (60, 260, 312, 364, 416)
    rows = [["", "Budget 2025", "Budget 2026", "Budget 2027"], *ROWS[1:]]
    drawing = Drawing()
    drawing.rules(xs=xs)
    drawing.words([[""] * 4, *ROWS[1:]], xs=xs)
    for x, text in zip((257.8, 314.5, 371.2), rows[0][1:], strict=True):
        drawing.text(x, 113, text)
    assert cells(one(drawing)) == rows


def test_figures_that_touch_at_a_rule_are_parted_there() -> None:
    rows = [ROWS[0], ["Netto", "-64448", "-142607", "-117647"], ROWS[3]]
    xs = (60, 260, 300.5, 341, 381.5)
    drawing = Drawing()
    drawing.rules(3, xs=xs)
    drawing.words(rows, xs=[xs[0], *(x + 2 for x in xs[1:])])
    assert cells(one(drawing)) == rows


def test_figures_across_a_rule_that_cannot_be_parted_are_refused() -> None:
    drawing = Drawing()
    drawing.rules()
    drawing.words([ROWS[0], ["Besparelse", "", "-500", "-500"], *ROWS[2:]])
    drawing.text(300, 131, "12500/2000-2500")
    assert list(one(drawing).refused) == [1]


@st.composite
def lattices(draw: st.DrawFn) -> Edges:
    """Edges on a coarse raster, with pieces left out: full grids, spanning cells, several tables."""
    places = st.lists(st.integers(0, 9), min_size=2, max_size=7, unique=True)
    ends = st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1])
    whole = st.just((0, 9))
    edges = []
    for _ in range(2):
        pieces = [(place, *end) for place in draw(places) for end in draw(st.lists(ends | whole, max_size=3))]
        array = np.array(pieces, dtype=np.float64).reshape(-1, 3) * 20
        edges.append(array)
    upright, level = merged(*edges)
    return Edges(upright, level)


@given(lattices())
@settings(max_examples=300, deadline=None)
def test_the_cells_are_those_of_pdfplumber(edges: Edges) -> None:
    plain = [_edge(x, x, top, bottom, "v") for x, top, bottom in edges.upright.tolist()]
    plain += [_edge(x0, x1, y, y, "h") for y, x0, x1 in edges.level.tolist()]
    points = oracle.edges_to_intersections(plain, MEET, MEET)
    expected = oracle.cells_to_tables(oracle.intersections_to_cells(points))
    assert sorted(map(sorted, drawn_tables(edges))) == sorted(map(sorted, expected))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 300), st.integers(3, 90)), max_size=40))
def test_pieces_are_joined_as_by_pdfplumber(pieces: list[tuple[int, int, int]]) -> None:
    level = np.array([(3 * y, x, x + length) for y, x, length in pieces], dtype=np.float64).reshape(-1, 3)
    plain = [_edge(x0, x1, y, y, "h") for y, x0, x1 in level.tolist()]
    expected = oracle.merge_edges(plain, 2, 2, 3, 3) if plain else []
    found = sorted((round(y, 6), x0, x1) for y, x0, x1 in merged(np.empty((0, 3)), level)[1].tolist())
    assert found == sorted((round(e["top"], 6), e["x0"], e["x1"]) for e in expected)


def _edge(x0: float, x1: float, top: float, bottom: float, way: str) -> dict[str, float | str]:
    size = {"width": x1 - x0, "height": bottom - top}
    return {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "orientation": way, **size}


def test_accounts_that_no_rule_parts_from_the_names_are_a_column() -> None:
    drawing = Drawing()
    drawing.rules()
    drawing.words([["", *ROWS[0][1:]], *ROWS[1:]])
    for number, text in enumerate(["Konto", "03.25.89", "04.24.92", "00.32.06"]):
        drawing.text(XS[1] - 60, 113 + number * PITCH, text)
    [table] = find_tables(drawing.reading()).tables
    assert [cell.text for cell in table.cells[1]] == ["Besparelse", "03.25.89", "-250", "-500", "-500"]
    assert [line.label for line in table.lines] == ["Besparelse", "Effektivisering", "Investering", "I alt"]
