"""Tables without years or drawn grids, in made PDFs: statistics, lists with text in their cells, and what is none."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.limits import DEFAULT_LIMITS
from corpus.readers.pdf import read
from pipeline.tables.papers.pages import page_grids

SIZE = 10
PROSE = (
    "Kommunen har i mange år haft et stort antal grupper, og udvalget ønsker at se på nogle af dem, så der kan spares "
    "i de berørte tilbud, uden at kvaliteten falder for de børn og voksne, som bruger dem hver dag hele året rundt. "
) * 4
Rows = list[list[str]]


class Sheet:
    """A page drawn from above in one size; y counts down from the top."""

    def __init__(self) -> None:
        self.buffer, self.y = io.BytesIO(), 780.0
        self.canvas = Canvas(self.buffer, invariant=1)

    def put(self, x: float, text: str, align: str = "left", *, down: float = 0) -> None:
        self.canvas.setFont("Helvetica", SIZE)
        width = stringWidth(text, "Helvetica", SIZE)
        self.canvas.drawString(x - {"left": 0, "right": width, "centre": width / 2}[align], self.y - down, text)

    def row(self, places: list[tuple[float, str]], cells: list[str], pitch: float = 15) -> None:
        """Cells of one or more lines; "" for an empty one."""
        lines = max(cell.count("\n") for cell in cells)
        for (x, align), cell in zip(places, cells, strict=False):
            for number, text in enumerate(cell.split("\n")):
                self.put(x, text, align, down=12 * number)
        self.y -= 12 * lines + pitch

    def rule(self, x0: float = 60, x1: float = 530) -> None:
        self.canvas.line(x0, self.y + 11, x1, self.y + 11)

    def prose(self, x: float, width: float, lines: int, text: str = PROSE) -> None:
        """A paragraph from here down; the next thing is drawn where this one began."""
        words, line, down = text.split(), "", 0.0
        for word in words:
            if stringWidth(f"{line} {word}", "Helvetica", SIZE) > width:
                self.put(x, line, down=down)
                line, down = word, down + 12
                if down >= 12 * lines:
                    return
            else:
                line = f"{line} {word}".strip()

    def grids(self) -> list[Rows]:
        self.canvas.save()
        found = page_grids(read(self.buffer.getvalue(), "made.pdf", DEFAULT_LIMITS))
        return [[[cell.text for cell in row] for row in grid.rows] for grid in found]


COLUMNS = [(60.0, "left"), (300.0, "right"), (390.0, "right"), (480.0, "right")]
STATISTICS = [
    ["Danmark", "12.159", "2.102", "499"],
    ["Gibraltar", "28", "4", "1"],
    ["Tyskland og Østrig", "14", "", "1"],
    ["I alt", "12.201", "2.106", "501"],
]


@pytest.mark.parametrize("align", ["left", "right", "centre"])
def test_statistics_between_prose(align: str) -> None:
    sheet = Sheet()
    places = [(60.0, "left"), *((x, align) for x, _ in COLUMNS[1:])]
    sheet.prose(60, 480, 4)
    sheet.y -= 70
    for row in [["Land", "Omsætning", "Resultat", "Skat"], *STATISTICS]:
        sheet.row(places, row)
    sheet.y -= 10
    sheet.prose(60, 480, 4)
    assert sheet.grids() == [[["Land", "Omsætning", "Resultat", "Skat"], *([c for c in r if c] for r in STATISTICS)]]


def test_headings_of_several_lines_and_over_several_columns() -> None:
    sheet = Sheet()
    sheet.put(345, "Regnskab for året", "centre")
    sheet.y -= 14
    sheet.rule(250, 395)
    sheet.row(COLUMNS, ["", "Omsætning\ni mio. kr.", "Resultat\nfør skat", "Andel\ni pct."])
    for row in STATISTICS:
        sheet.row(COLUMNS, row)
    sheet.canvas.save()
    (grid,) = page_grids(read(sheet.buffer.getvalue(), "made.pdf", DEFAULT_LIMITS))
    spanning = grid.rows[0][0]
    assert (spanning.text, spanning.column, spanning.column_span) == ("Regnskab for året", 1, 2)
    assert [(cell.text, cell.row_span) for cell in grid.rows[0]][1:] == [("Andel i pct.", 2)]
    assert [cell.text for cell in grid.rows[1]] == ["Omsætning i mio. kr.", "Resultat før skat"]
    assert len(grid.rows) == 6


TEXTS = [
    ["Styrelsen for Havne", "Fører tilsyn med havne og\nbroer i hele landet.", "Aalborg"],
    ["Rådet for Byer og\nBygninger", "Rådgiver ministeren og\nkommunerne om planer.", "Odense"],
    ["Nævnet for Skove", "Afgør klager.", "Vejle"],
]


@pytest.mark.parametrize("apart", [15, 22])
@pytest.mark.parametrize("ruled", [False, True])
def test_a_list_with_text_in_its_cells(apart: float, ruled: bool) -> None:
    if apart == 15 and not ruled:
        apart = 18
    sheet = Sheet()
    places = [(60.0, "left"), (200.0, "left"), (420.0, "left")]
    sheet.rule()
    sheet.row(places, ["Navn", "Opgave", "By"], 17)
    for row in TEXTS:
        if ruled or row is TEXTS[0]:
            sheet.rule()
        sheet.row(places, row, apart)
    sheet.rule()
    assert sheet.grids() == [[["Navn", "Opgave", "By"], *([c.replace("\n", " ") for c in row] for row in TEXTS)]]


def test_shaded_rows_with_figures_in_the_middle_of_wrapped_labels() -> None:
    sheet = Sheet()
    sheet.row(COLUMNS, ["Tilbud", "Børn", "Voksne", "Hold"])
    rows = [["Svømning for begyndere,\nder bor ved fjorden", "12", "3", "4"], ["Dans", "7", "9", "1"]] * 3
    for number, row in enumerate(rows):
        lines = row[0].count("\n") + 1
        if number % 2 == 0:
            sheet.canvas.setFillGray(0.9)
            sheet.canvas.rect(56, sheet.y - 12 * lines + 8, 440, 12 * lines + 3, stroke=0, fill=1)
            sheet.canvas.setFillGray(0)
        for (x, align), cell in zip(COLUMNS[1:], row[1:], strict=True):
            sheet.put(x, cell, align, down=6 * (lines - 1))
        sheet.row(COLUMNS[:1], row[:1])
    assert sheet.grids() == [[["Tilbud", "Børn", "Voksne", "Hold"], *([c.replace("\n", " ") for c in r] for r in rows)]]


def test_dots_lead_to_the_figures() -> None:
    sheet = Sheet()
    sheet.row(COLUMNS, ["Land", "Omsætning", "Resultat", "Skat"])
    for label, *figures in STATISTICS:
        dots = "." * int((230 - stringWidth(label, "Helvetica", SIZE)) / 2.78 - 26)
        sheet.row(COLUMNS, [f"{label} {dots}", *figures])
    assert sheet.grids() == [[["Land", "Omsætning", "Resultat", "Skat"], *([c for c in r if c] for r in STATISTICS)]]


def test_tables_in_two_columns_of_a_page() -> None:
    sheet = Sheet()
    top = sheet.y
    sheet.prose(60, 220, 12)
    sheet.y = top - 160
    for row in [["Land", "Salg", "Skat"], *(r[:3] for r in STATISTICS)]:
        sheet.row([(64.0, "left"), (220.0, "right"), (280.0, "right")], row)
    sheet.y = top - 3
    sheet.prose(310, 220, 12)
    sheet.y = top - 166
    for row in [["By", "Børn"], ["Nordby", "120"], ["Sandvig", "98"], ["Egelund", "1.004"], ["Birkely", "7"]]:
        sheet.row([(314.0, "left"), (500.0, "right")], row)
    left, right = sheet.grids()
    assert left[0] == ["Land", "Salg", "Skat"]
    assert right == [["By", "Børn"], ["Nordby", "120"], ["Sandvig", "98"], ["Egelund", "1.004"], ["Birkely", "7"]]


def two_columns(sheet: Sheet) -> None:
    sheet.prose(60, 220, 30)
    sheet.prose(310, 220, 30)


def three_columns(sheet: Sheet) -> None:
    for x in (60, 220, 380):
        sheet.prose(x, 145, 30, PROSE[x // 4 :] + PROSE)


def bullets(sheet: Sheet) -> None:
    for text in ["Flere timer til dansk", "Færre møder i udvalget", "Nye cykelstier ved havnen", "Åbne skoler"]:
        sheet.row([(60, "left"), (80, "left")], ["•", text])


def numbers(sheet: Sheet) -> None:
    for number, text in enumerate(["Godkendelse af dagsorden", "Budget", "Orientering", "Eventuelt"], 1):
        sheet.row([(60, "left"), (90, "left")], [f"{number}.", text])


def contents(sheet: Sheet) -> None:
    sheet.row([(60, "left")], ["Indhold"])
    for title, page in [("Forord", "3"), ("Organisation", "5"), ("Økonomi", "12"), ("Noter", "40"), ("Bilag", "66")]:
        sheet.row([(60, "left"), (520, "right")], [title, page])


def form(sheet: Sheet) -> None:
    for name, value in [("Navn:", "Fjordby Skole"), ("Adresse:", "Havnevej 3"), ("Telefon:", "12 34 56 78")]:
        sheet.row([(60, "left"), (200, "left")], [name, value])


def chart(sheet: Sheet) -> None:
    for number in ("50", "40", "30", "20", "10"):
        sheet.row([(80, "right")], [number], 30)
    sheet.row([(110 + 60 * n, "left") for n in range(5)], ["jan", "feb", "mar", "apr", "maj"])


@pytest.mark.parametrize("draw", [two_columns, three_columns, bullets, numbers, contents, form, chart])
def test_what_is_no_table(draw: Callable[[Sheet], None]) -> None:
    sheet = Sheet()
    draw(sheet)
    assert sheet.grids() == []
