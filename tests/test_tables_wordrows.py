"""Rows of tables of words: grids whose columns alone are ruled, marks, counted rows, sections, rules over columns."""

from __future__ import annotations

import io

import pytest
from laid import Line, laid, texts
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.limits import DEFAULT_LIMITS
from corpus.readers.pdf import read
from pipeline.tables.papers.pages import page_grids

PROSE = "Udvalget har drøftet sagen og ønsker at vende tilbage til den, når der er nyt om de mange forslag. "
Rows = list[list[str]]


class Sheet:
    """A page drawn from above; y counts down from the top, cells of several lines have "\\n" in them."""

    def __init__(self) -> None:
        self.buffer, self.y = io.BytesIO(), 780.0
        self.canvas = Canvas(self.buffer, invariant=1)

    def put(self, x: float, text: str, down: float = 0) -> None:
        self.canvas.setFont("Helvetica", 10)
        self.canvas.drawString(x, self.y - down, text)

    def headed(self, places: list[float], rows: list[list[str]], right: float) -> None:
        """Rows between two rules, with a third below the first row."""
        self.rule(56, right)
        for row in rows:
            self.row(places, row)
            if row is rows[0]:
                self.rule(56, right)
        self.rule(56, right)

    def row(self, places: list[float], cells: list[str], pitch: float = 14) -> None:
        for x, cell in zip(places, cells, strict=True):
            for number, text in enumerate(cell.split("\n")):
                self.put(x, text, 12 * number)
        self.y -= 12 * max(cell.count("\n") for cell in cells) + pitch

    def rule(self, x0: float, x1: float) -> None:
        self.canvas.line(x0, self.y + 10, x1, self.y + 10)

    def column(self, x: float, width: float, lines: int) -> None:
        """Running text from here down; the next thing is drawn where it began."""
        line, down = "", 0
        for word in (PROSE * lines).split():
            if stringWidth(f"{line} {word}", "Helvetica", 10) > width:
                self.put(x, line, 12 * down)
                line, down = word, down + 1
                if down == lines:
                    return
            else:
                line = f"{line} {word}".strip()

    def grids(self) -> list[Rows]:
        """What each cell says, "" where nothing stands."""
        self.canvas.save()
        found = []
        for grid in page_grids(read(self.buffer.getvalue(), "made.pdf", DEFAULT_LIMITS)):
            rows = [[""] * grid.width for _ in grid.rows]
            for cell in grid.cells():
                rows[cell.row][cell.column] = cell.text
            found.append(rows)
        return found


def ruled_columns(rows: Rows, places: list[float], right: float, pitch: float) -> list[Rows]:
    """A frame with ruled columns, and a rule below the heading only."""
    sheet = Sheet()
    top = sheet.y + 10
    sheet.row(places, rows[0])
    sheet.rule(places[0] - 4, right)
    for row in rows[1:]:
        sheet.row(places, row, pitch)
    bottom = sheet.y + 6
    for y in (top, bottom):
        sheet.canvas.line(places[0] - 4, y, right, y)
    for x in (*(x - 4 for x in places), right):
        sheet.canvas.line(x, top, x, bottom)
    return sheet.grids()


MEETINGS = [
    ["Dato", "Tid", "Emne", "Sted"],
    ["17. maj", "kl. 10", "", "Salen"],
    ["6. juni", "kl. 13", "Havnen", "Salen"],
    ["20. juni", "kl. 9", "Broen", "Kantinen"],
    ["8. juli", "kl. 9", "Skoven", "Salen"],
]
DESIGNS = [
    ["Emne", "Husstande", "Registre"],
    ["Gruppe", "Alle på\nfemten år", "Alle med\nAdresse"],
    ["Sted", "Hele landet", "Kommunerne"],
    ["", "Øerne", "Øerne"],
    ["Fejl", "Alle på\nVenteliste", "Ingen"],
]


def test_rows_on_lines_level_in_all_columns_are_apart() -> None:
    assert ruled_columns(MEETINGS, [60, 120, 180, 260], 340, 14) == [MEETINGS]


def test_a_blank_band_over_all_columns_parts_rows() -> None:
    told = [[cell.replace("\n", " ") for cell in row] for row in DESIGNS]
    assert ruled_columns(DESIGNS, [60, 160, 280], 400, 20) == [told]


STATES = [
    ["Kreds", "Anbefaling", "Status"],
    ["Ny bro\nover åen", "Samler de tre\nkontorer på to", "Betaler for de\nnye lokaler"],
    [
        "Havnen\nog kajen\ni nord",
        "Delvis på plads.\nResten venter på\nden store plan.",
        "Giver bedre vand\ni de små byer\nved kysten.",
    ],
    ["Skov og\nLand", "Gælder kun de\nstore gårde", "I gang"],
    ["Vej", "Måler tiden for\nalle ture på de\nstore veje i\nbyen.", "Lukket"],
]


def test_names_of_several_lines_beside_texts_that_go_on_are_one_row() -> None:
    told = [[cell.replace("\n", " ") for cell in row] for row in STATES]
    assert ruled_columns(STATES, [60, 130, 240], 350, 15) == [told]


def test_the_rest_of_the_last_name_above_the_last_rule_is_no_line_below_the_table() -> None:
    sheet = Sheet()
    places = [60.0, 200, 260, 320]
    rows = [["Kontor", "Luft", "Jord", "Vand"], ["Nordby", "Ja", "", "Ja"], ["Skolernes\nStab", "", "Ja", "Ja"]]
    rows += [["Havnen", "Ja", "Ja", ""], ["Park og\nStrand", "", "Ja", "Ja"], ["Borger\nService", "Ja", "", "Ja"]]
    for row in rows:
        sheet.rule(56, 350)
        sheet.row(places, row, 16)
    sheet.rule(56, 350)
    sheet.put(56, "Kilde: Kommunens eget tal.")
    assert sheet.grids() == [[[cell.replace("\n", " ") for cell in row] for row in rows]]


@pytest.mark.parametrize("blank", ["–", ""])
def test_marks_do_not_go_on_from_row_to_row(blank: str) -> None:
    sheet = Sheet()
    places = [60.0, 200, 260, 320]
    rows = [["Land", "Luft", "Jord", "Vand"]]
    for name, marks in [("Island", "x.x"), ("Ny Zeeland", "..."), ("Grønland", "xxx"), ("Malta", "xx.")]:
        rows.append([name, *(blank if mark == "." else mark for mark in marks)])
    rows += [["Polen", "x", "x", "x"], ["Irland", "x", "x", "x"]]
    for row in rows:
        sheet.row(places, row)
    assert sheet.grids() == [rows]


def test_sections_above_their_first_rows_between_rules() -> None:
    sheet = Sheet()
    places = [60.0, 220, 320]
    rows = [["Dato", "Emne", "Sted"]]
    for name in ("Første runde", "Anden runde", "Tredje runde"):
        rows += [[name, "", ""], ["Mandag", "Havnen", "Salen"], ["Onsdag", "Broen", "Kantinen"]]
    sheet.rule(56, 400)
    for row in rows:
        sheet.row(places, row)
        if row[1]:
            sheet.rule(56, 400)
    assert sheet.grids() == [rows]


def test_counted_rows_whose_cells_wrap() -> None:
    sheet = Sheet()
    places = [60.0, 90, 220, 400]
    rows = [["Nr.", "Fare", "Hvad der gøres", "Beløb"]]
    for number, amount in enumerate(["457.000", "", "721.000", "780.000"], 1):
        rows.append([f"{number}.", "Arbejde i højden", "Gangene holdes fri og\nUnderlaget tørt", amount])
    sheet.headed(places, rows, 440)
    assert sheet.grids() == [[[cell.replace("\n", " ") for cell in row] for row in rows]]


def test_the_first_dash_ends_no_heading_of_a_table_of_words() -> None:
    sheet = Sheet()
    places = [60.0, 140, 200, 290]
    rows = [MEETINGS[0], ["Mandag", "TBA", "Havnen", "Salen"], *MEETINGS[2:], ["Onsdag", "TBA", "–", "Salen"]]
    sheet.headed(places, rows, 340)
    assert sheet.grids() == [rows]


def test_a_mark_behind_two_names_makes_no_one_name_of_them() -> None:
    sheet = Sheet()
    places = [60.0, 200, 260]
    rows = [["Land", "I alt", "Heraf"], ["Cypern", "211", "879"], ["Norge 1/", "11", "644"], ["Polen 1/", "844", "722"]]
    rows += [["Malta", "861", "141"], ["Irland", "766", "378"]]
    for row in rows:
        sheet.row(places, row, 13)
    assert sheet.grids() == [rows]


def test_a_table_over_the_place_where_columns_of_text_begin_is_whole() -> None:
    sheet = Sheet()
    places = [60.0, 180, 330]
    rows = [["Navn", "Sted", "Til og med"]]
    rows += [[f"Navn {letter}", "Styrelsen for Havne", "juni 2011"] for letter in "ABCDEFGH"]
    sheet.rule(56, 400)
    for row in rows:
        sheet.row(places, row)
        if row is rows[0]:
            sheet.rule(56, 400)
    sheet.rule(56, 400)
    sheet.y -= 20
    sheet.column(60, 240, 16)
    sheet.column(330, 220, 16)
    assert sheet.grids() == [rows]


@pytest.mark.parametrize("answers", [("ja", "nej"), ("yes", "no"), ("X", "–")])
def test_answers_in_small_letters_are_no_text_that_goes_on(answers: tuple[str, str]) -> None:
    yes, no = answers
    heads: list[Line] = [((-60.0, "Kommune"), (-200.0, "Fælles plan"), (-300.0, "Kontrol"), (-400.0, "Rapport"))]
    rows = [
        ["Nordby", yes, no, yes], ["Vesterlund", no, no, yes], ["Østermose", yes, yes, no],
        ["Nederdal", no, yes, yes], ["Overdal", yes, no, no], ["Sønderby", yes, yes, no],
    ]  # fmt: skip
    places = (-60.0, -210.0, -310.0, -410.0)
    lines: list[Line] = [tuple(zip(places, cells, strict=True)) for cells in rows]
    assert texts(laid([*heads, *lines]))[1:] == rows


def test_a_full_row_of_words_begins_anew_where_the_cell_above_had_room() -> None:
    """The rooms between the rows are hardly wider than those between the lines of a cell, and not all alike."""
    heads: list[Line] = [((-150.0, "I dag"), (-320.0, "Forslag")), 2.0]
    body: list[Line] = [
        ((-60.0, "Tilsyn"), (-150.0, "Et uvildigt besøg hvert andet"), (-320.0, "Kun ansatte på fuld tid")),
        ((-150.0, "år"),), 1.0,
        ((-60.0, "Betaling"), (-150.0, "Ingen ændring"), (-320.0, "Ingen ændring")), 3.0,
        ((-60.0, "Omfang"), (-150.0, "To år ad gangen"), (-320.0, "Kun ansatte på fuld tid")), 3.0,
        ((-60.0, "Ledelse"), (-150.0, "To år ad gangen"), (-320.0, "Byrådet kan sætte grænser for de")),
        ((-320.0, "mindste steder"),),
    ]  # fmt: skip
    rules = [(56.0, y, 480.0, y) for y in (-9.0, 3.0, 80.0)]
    cells = texts(laid([*heads, *body], step=9, size=7, rules=rules))
    assert [row[0] for row in cells[1:]] == ["Tilsyn", "Betaling", "Omfang", "Ledelse"]
    assert cells[1][1] == "Et uvildigt besøg hvert andet år"


def test_answers_between_upright_rules_are_a_row_each() -> None:
    """A name of two lines stands as close to its neighbours as its lines do: which row it is of is not said."""
    answers = ["ja nej ja", "nej nej ja", "ja ja ja", "ja nej nej", "nej ja nej", "ja nej ja", "ja ja nej"]
    names = ["Nordby", "Vesterlund", "Østermose", "Nederdal", "Overdal", "Sønderby", "Mellemby"]
    lines: list[Line] = [((-60.0, "Kommune"), (-203.0, "Plan"), (-303.0, "Tilsyn"), (-403.0, "Rapport"))]
    for name, said in zip(names, answers, strict=True):
        lines += [((-60.0, "Sankt"),)] if name == "Sønderby" else []
        lines.append(((-60.0, name), *zip((-210.0, -310.0, -410.0), said.split(), strict=True)))
    foot = 12.0 * len(lines) - 8
    upright = [(x, -10.0, x, foot) for x in (56.0, 200.0, 300.0, 400.0, 500.0)]
    level = [(56.0, y, 500.0, y) for y in (-10.0, 4.0, foot)]
    cells = texts(laid(lines, step=12, rules=(*upright, *level)))
    assert [row for row in cells[1:] if row[0] != "Sankt"] == [
        [name, *said.split()] for name, said in zip(names, answers, strict=True)
    ]
