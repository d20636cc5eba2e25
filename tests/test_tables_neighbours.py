"""Tables beside, below and overleaf of each other, and signs that stand far from their figures, in made PDFs."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.limits import DEFAULT_LIMITS
from corpus.problems import Code
from corpus.readers.pdf import read
from corpus.reading import Reading
from pipeline.tables import TableFindings, find_tables

RIGHT = [320.0, 390.0, 460.0, 530.0]
YEARS = "2025 2026 2027 2028"
Figures = dict[str, list[str]]


class Paper:
    """A page drawn from above; "." in ``values`` is an empty place, ``far`` puts the minus left in the cell."""

    def __init__(self) -> None:
        self.buffer, self.y = io.BytesIO(), 780.0
        self.canvas = Canvas(self.buffer, invariant=1)

    def row(self, label: str, values: str = "", *, far: float = 0, gap: float = 15, left: float = 60) -> None:
        self.canvas.setFont("Helvetica", 10)
        self.canvas.drawString(left, self.y, label)
        for x, value in zip(RIGHT, values.split(), strict=False):
            if value != ".":
                if far and value[0] == "-" and len(value) > 1:
                    self.canvas.drawString(x - far, self.y, "-")
                    value = value[1:]
                self.canvas.drawString(x - stringWidth(value, "Helvetica", 10), self.y, value)
        self.y -= gap

    def page(self) -> None:
        self.canvas.showPage()
        self.y = 780.0

    def found(self) -> TableFindings:
        self.canvas.save()
        return find_tables(read(self.buffer.getvalue(), "made.pdf", DEFAULT_LIMITS))


def figures(found: TableFindings) -> list[Figures]:
    return [{line.label: [f"{v.value:f}" for v in line.values] for line in table.lines} for table in found.tables]


def codes(found: TableFindings) -> list[str]:
    return [problem.code for problem in found.problems]


def text_of(text: str) -> TableFindings:
    return find_tables(Reading(media_type="text/plain", reader="text/1", text=text))


@pytest.mark.parametrize("far", [30, 45, 60])
def test_a_minus_at_the_left_of_its_cell(far: float) -> None:
    paper = Paper()
    paper.row("t.kr.", YEARS)
    paper.row("Besparelse", "-206 -412 -412 -412", far=far)
    paper.row("Merudgift", "35 - 35 .", far=far)
    paper.row("I alt", "-171 -412 -377 -412", far=far)
    found = paper.found()
    assert figures(found) == [
        {
            "Besparelse": ["-206000", "-412000", "-412000", "-412000"],
            "Merudgift": ["35000", "35000"],
            "I alt": ["-171000", "-412000", "-377000", "-412000"],
        }
    ]
    assert codes(found) == []


def test_a_lone_minus_that_may_be_of_either_figure_is_refused() -> None:
    paper = Paper()
    paper.row("t.kr.", YEARS)
    paper.row("Leje", "206 -412 412 412", far=40)
    paper.row("Kørsel", "1 2 3 4")
    (rows,) = figures(paper.found())
    assert rows == {"Leje": [], "Kørsel": ["1000", "2000", "3000", "4000"]}


@pytest.mark.parametrize("far", [0, 45])
def test_a_minus_at_the_left_of_a_drawn_cell_in_a_grid_without_an_upper_edge(far: float) -> None:
    paper = Paper()
    paper.row("t.kr., 2025-pl")
    paper.row("", YEARS)
    for label, values in [
        ("Besparelse", "-206 -412 -412 -412"),
        ("Anlæg", "1.250 - - -"),
        ("Netto", "1.044 -412 -412 -412"),
    ]:
        paper.canvas.line(56, paper.y - 4, 534, paper.y - 4)
        for x in (56, 260, 324, 394, 464, 534):
            paper.canvas.line(x, paper.y - 4, x, paper.y + 11)
        paper.row(label, values, far=far)
    found = paper.found()
    assert figures(found) == [
        {
            "Besparelse": ["-206000", "-412000", "-412000", "-412000"],
            "Anlæg": ["1250000"],
            "Netto": ["1044000", "-412000", "-412000", "-412000"],
        }
    ]


def test_a_soft_hyphen_before_a_figure_is_a_minus() -> None:
    paper = Paper()
    paper.row("t.kr.", YEARS)
    paper.row("Besparelse", "\u00ad206 \u00ad412 \u00ad412 0")
    (rows,) = figures(paper.found())
    assert rows == {"Besparelse": ["-206000", "-412000", "-412000", "0"]}


SECOND = {
    "caption": ["Tabel 2. Anlæg, mio. kr., 2026-pl"],
    "heading and unit": ["Anlæg", "mio. kr., 2026-pl"],
    "unit": ["Beløb i mio. kr."],
}


@pytest.mark.parametrize("lines", SECOND.values(), ids=SECOND)
@pytest.mark.parametrize("gap", [15, 22, 40])
def test_a_second_table_below_has_its_own_unit(lines: list[str], gap: float) -> None:
    paper = Paper()
    paper.row("1.000 kr., 2025-pl")
    paper.row("", YEARS)
    paper.row("Løn", "-450 -450 -450 -450")
    paper.row("I alt", "-450 -450 -450 -450", gap=gap)
    for line in lines:
        paper.row(line)
    paper.row("", YEARS)
    paper.row("Ombygning", "4,50 1,20 . .")
    paper.row("I alt", "4,50 1,20 . .")
    found = paper.found()
    assert figures(found) == [
        {"Løn": ["-450000"] * 4, "I alt": ["-450000"] * 4},
        {"Ombygning": ["4500000", "1200000"], "I alt": ["4500000", "1200000"]},
    ]
    assert codes(found) == []


@pytest.mark.parametrize("lines", [["Antal årsværk"], ["Personalemæssige konsekvenser", "Antal årsværk"], ["Årsværk"]])
@pytest.mark.parametrize("gap", [15, 40])
def test_a_table_of_people_below_one_of_money(lines: list[str], gap: float) -> None:
    paper = Paper()
    paper.row("1.000 kr., 2025-pl")
    paper.row("", YEARS)
    paper.row("Løn", "-450 -450 -450 -450")
    paper.row("I alt", "-450 -450 -450 -450", gap=gap)
    for line in lines:
        paper.row(line)
    paper.row("", YEARS)
    paper.row("Pædagoger", "-1,5 -3 -3 -3")
    paper.row("I alt", "-1,5 -3 -3 -3")
    found = paper.found()
    assert figures(found)[1] == {"Pædagoger": ["-1.5", "-3", "-3", "-3"], "I alt": ["-1.5", "-3", "-3", "-3"]}
    assert [line.unit for line in found.tables[1].lines] == ["fte", "fte"]
    assert codes(found) == []


def test_people_below_a_row_without_figures_are_not_money() -> None:
    found = text_of("t.kr.\n2025 2026\nLøn -5 -6\nAntal årsværk\nKokke -1 -2\nI alt -1 -2\nBesparelse -3 -4\n")
    assert figures(found) == [
        {"Løn": ["-5000", "-6000"], "Antal årsværk": [], "Kokke": [], "I alt": [], "Besparelse": ["-3000", "-4000"]}
    ]
    assert set(codes(found)) == {Code.NUMBER_REFUSED}


def test_an_empty_row_of_people_does_not_cost_the_total() -> None:
    found = text_of("t.kr.\n2025 2026\nBesparelse -5 -6\nAntal årsværk\nNetto -5 -6\n")
    assert figures(found)[0]["Netto"] == ["-5000", "-6000"]


@pytest.mark.parametrize("corner", ["mio. kr.", "Anlæg, mio. kr."])
def test_a_second_page_with_another_unit(corner: str) -> None:
    paper = Paper()
    paper.y = 130
    paper.row("1.000 kr.")
    paper.row("", YEARS)
    paper.row("Løn", "-10 -10 -10 -10")
    paper.row("Varer", "-5 -5 -5 -5")
    paper.page()
    paper.row(corner, YEARS)
    paper.row("Inventar", "3,50 3,50 3,50 3,50")
    paper.row("Hegn", "1,50 1,50 1,50 1,50")
    assert figures(paper.found()) == [
        {"Løn": ["-10000"] * 4, "Varer": ["-5000"] * 4},
        {"Inventar": ["3500000"] * 4, "Hegn": ["1500000"] * 4},
    ]


def test_a_second_page_with_the_same_heading_goes_on() -> None:
    paper = Paper()
    paper.y = 130
    paper.row("1.000 kr.", YEARS)
    paper.row("Løn", "-10 -10 -10 -10")
    paper.row("Varer", "-5 -5 -5 -5")
    paper.page()
    paper.row("1.000 kr.", YEARS)
    paper.row("Inventar", "3 3 3 3")
    assert figures(paper.found()) == [{"Løn": ["-10000"] * 4, "Varer": ["-5000"] * 4, "Inventar": ["3000"] * 4}]


@pytest.mark.parametrize(
    ("between", "factor"),
    [("Tabel 2. Anlæg, mio. kr., 2026-pl\n", 10**6), ("\nBeløb i mio. kr.\n", 10**6), ("Hegn 1 2\n", 1000)],
)
def test_years_again_in_plain_text(between: str, factor: int) -> None:
    found = text_of(f"t.kr.\n2025 2026\nLøn -5 -6\n{between}2025 2026\nVej 3 4\n")
    rows = {label: values for table in figures(found) for label, values in table.items()}
    assert rows["Løn"] == ["-5000", "-6000"]
    assert rows["Vej"] == [f"{3 * factor}", f"{4 * factor}"]


def test_two_tables_side_by_side_are_two() -> None:
    paper = Paper()
    paper.canvas.setFont("Helvetica", 10)
    for left, label, values in [(60, "Løn", ("-300", "-600")), (330, "Ombygning", ("1.500", "200"))]:
        for y, name, row in [(720, "t.kr.", ("2025", "2026")), (705, label, values), (690, "Netto", values)]:
            paper.canvas.drawString(left, y, name)
            for number, value in enumerate(row):
                paper.canvas.drawRightString(left + 150 + 50 * number, y, value)
    found = paper.found()
    assert figures(found) == [
        {"Løn": ["-300000", "-600000"], "Netto": ["-300000", "-600000"]},
        {"Ombygning": ["1500000", "200000"], "Netto": ["1500000", "200000"]},
    ]
    assert codes(found) == []


@pytest.mark.parametrize("name", ["Forslag", "Post", "Aktivitet", "Titel"])
def test_the_column_of_names_is_the_label(name: str) -> None:
    head = f"| Nr. | {name} | Udvalg | 2025 | 2026 |\n|---|---|---|---|---|\n"
    found = text_of(f"t.kr.\n{head}| 7 | Senere lukketid | Kulturudvalget | -1 | -2 |\n| | I alt | | -1 | -2 |\n")
    assert figures(found) == [{"Senere lukketid": ["-1000", "-2000"], "I alt": ["-1000", "-2000"]}]


def test_a_cell_over_several_rows_is_their_group() -> None:
    paper = Paper()
    paper.row("1.000 kr., 2025-pl")
    top = paper.y + 11
    rows = [("", YEARS), ("Vagter", "-2 -4 -4 -4"), ("Kørsel", "-1 -1 -1 -1"), ("Netto", "-3 -5 -5 -5")]
    for number, (label, values) in enumerate(rows):
        paper.canvas.line(56 if number != 2 else 120, paper.y + 11, 534, paper.y + 11)
        if number == 2:
            paper.canvas.drawString(60, paper.y + 8, "Drift")
        paper.row(label, values, left=130)
    for x in (56, 120, 260, 324, 394, 464, 534):
        paper.canvas.line(x, top, x, paper.y + 11)
    paper.canvas.line(56, paper.y + 11, 534, paper.y + 11)
    (table,) = paper.found().tables
    assert [(line.label, line.group) for line in table.lines] == [
        ("Vagter", "Drift"),
        ("Kørsel", "Drift"),
        ("Netto", None),
    ]


@pytest.mark.parametrize("mark", ["1)", "*", "**)"])
@pytest.mark.parametrize("unit", ["above", "note"])
@pytest.mark.parametrize("gap", [15, 30])
def test_footnotes_below_a_table_are_no_rows(mark: str, unit: str, gap: float) -> None:
    paper = Paper()
    if unit == "above":
        paper.row("1.000 kr., 2025-pl")
    paper.row("", YEARS)
    paper.row(f"Løn{mark}", "-450 -450 -450 -450")
    paper.row("I alt", "-450 -450 -450 -450", gap=gap)
    if unit == "note":
        paper.row("Note: Beløb i 1.000 kr.")
    paper.row(f"{mark} Opgjort ekskl. moms.", gap=40)
    paper.row("Klubber", gap=15)
    found = paper.found()
    assert figures(found) == [{"Løn": ["-450000"] * 4, "I alt": ["-450000"] * 4}]
    assert f"Løn{mark}" in [cell.text for row in found.tables[0].cells for cell in row]
    assert not any("Opgjort" in cell.text for row in found.tables[0].cells for cell in row)
    assert codes(found) == []


def test_note_with_the_unit_apart_from_its_table_and_from_the_next_one() -> None:
    paper = Paper()
    for number, note in enumerate(["Note: Beløb i hele kr.", "Note: Beløb i 1.000 kr."]):
        paper.row(f"{number + 1} Forslag om lokaler", gap=25)
        paper.row("", YEARS)
        paper.row("Løn", "-450 -450 -450 -450")
        paper.row("Leje", "-100 -200 -300 -400", gap=27)
        paper.row(note, gap=12)
        paper.row("1 Opgjort ekskl. moms.", gap=30)
    first, second = figures(paper.found())
    assert first["Leje"] == ["-100", "-200", "-300", "-400"]
    assert second["Leje"] == ["-100000", "-200000", "-300000", "-400000"]
