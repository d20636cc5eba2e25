"""Tables at a page break: what goes on overleaf is one table, and what begins there is another one."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.checked import statuses
from corpus.limits import DEFAULT_LIMITS
from corpus.model import Amount, Document
from corpus.problems import Code
from corpus.readers.pdf import read
from pipeline.extract import extract
from pipeline.tables.around.breaks import begins_proposal, is_mark
from pipeline.tables.content.rows import may_be_empty

YEARS = "2025 2026 2027 2028"
RIGHT = (320, 390, 460, 530)
Line = str | tuple[str, str]
"""A line of words, or a label with its figures."""

UNIT: Line = ("1.000 kr.", YEARS)
SAVED: list[Line] = [("Kurser", "-120 -120 -120 -120"), ("I alt", "-120 -120 -120 -120")]
STAFF: list[Line] = [("Personale", "-620 -1.240 -1.240 -1.240"), ("Varer", "-100 -100 -100 -100")]


@dataclass
class Book:
    """Pages of lines, each with its head and foot, drawn from above."""

    pages: list[list[Line]]
    heads: list[list[str]] = field(default_factory=list)
    feet: list[list[str]] = field(default_factory=list)
    ruled: bool = False

    def read(self) -> Document:
        buffer = io.BytesIO()
        canvas = Canvas(buffer, invariant=1)
        for number, lines in enumerate(self.pages):
            y = 790
            for text in self.heads[number] if self.heads else []:
                y = self._draw(canvas, text, y)
            y = 750
            for line in lines:
                y = self._draw(canvas, line, y)
            y = 60
            for text in self.feet[number] if self.feet else []:
                y = self._draw(canvas, text, y)
            canvas.showPage()
        canvas.save()
        reading = read(buffer.getvalue(), "bog.pdf", DEFAULT_LIMITS)
        return extract(reading, path="bog.pdf", name=None, sha256="0" * 64)

    def _draw(self, canvas: Canvas, line: Line, y: int) -> int:
        label, figures = (line, "") if isinstance(line, str) else line
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, y, label)
        for x, figure in zip(RIGHT, figures.split(), strict=False):
            canvas.drawString(x - stringWidth(figure, "Helvetica", 10), y, figure)
        if self.ruled and figures:
            for edge in (56, *(x - 62 for x in RIGHT), 536):
                canvas.line(edge, y - 4, edge, y + 11)
            for edge in (y - 4, y + 11):
                canvas.line(56, edge, 536, edge)
        return y - 15


def rows_of(document: Document) -> list[list[str]]:
    """The labels of each table, those without figures in brackets."""
    return [[line.label if line.values else f"({line.label})" for line in table.lines] for table in document.tables]


def unclaimed(document: Document) -> set[str]:
    return {number.text for number in document.unclaimed_numbers}


def said_in_text(document: Document) -> list[str]:
    """The amounts that are read as words of a text."""
    return [r.text for r in document.records if isinstance(r, Amount) and r.source == "text"]


ALONE, TOGETHER = [["Kurser", "I alt"], ["Personale", "Varer"]], [["Kurser", "I alt", "Personale", "Varer"]]

APART: dict[str, tuple[list[Line], list[Line]]] = {
    "the number and committee of a proposal": ([], ["KFU-04 Kortere åbningstid", "Udvalg: Kulturudvalget", UNIT]),
    "a number": ([], ["ISU43 Færre bolde", UNIT]),
    "a number among numbers": ([], ["Forslag 43", UNIT]),
    "a committee": ([], ["Udvalg: Kulturudvalget", UNIT]),
    "a heading": ([], ["Færre bolde i hallerne", UNIT]),
    "a heading and a unit": ([], ["Økonomi", "Beløb i 1.000 kr.", ("", YEARS)]),
    "a caption": ([], ["Tabel 2. Forslagets økonomi", UNIT]),
    "a sentence below": (["Forslaget er en besparelse på driften."], [UNIT]),
    "a sentence without a verb below": (["Se også det andet forslag om bolde."], [UNIT]),
    "a heading below": (["Forslag om bolde"], [UNIT]),
    "another name in the corner": ([], [("Anlæg, 1.000 kr.", YEARS)]),
}


@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize(("below", "above"), APART.values(), ids=APART)
def test_what_begins_on_a_page_is_another_table(below: list[Line], above: list[Line], ruled: bool) -> None:
    first: list[Line] = ["ISU41 Færre kurser", "Udvalg: Idrætsudvalget", UNIT, *SAVED, *below]
    found = Book([["Budgetkatalog"], first, [*above, *STAFF]], ruled=ruled).read()
    assert rows_of(found) == ALONE
    assert [table.pages for table in found.tables] == [[2], [3]]
    assert found.tables[0].checks
    assert all(check.ok for check in found.tables[0].checks)
    assert not unclaimed(found) & set(YEARS.split())
    assert said_in_text(found) == []
    assert found.problems == []


GOES_ON: dict[str, Book] = {
    "no heading": Book([[UNIT, *SAVED], STAFF]),
    "the heading again": Book([[UNIT, *SAVED], [UNIT, *STAFF]]),
    "the unit and the years again": Book(
        [["Beløb i 1.000 kr.", ("", YEARS), *SAVED], ["Beløb i 1.000 kr.", ("", YEARS), *STAFF]]
    ),
    "goes on, it says": Book([[UNIT, *SAVED, "Fortsættes på næste side"], ["Tabel 1 (fortsat)", UNIT, *STAFF]]),
    "a note": Book([[UNIT, *SAVED, "Note: - = besparelse"], [UNIT, *STAFF]]),
    "page numbers": Book([[UNIT, *SAVED], STAFF], feet=[["1"], ["2"]]),
    "counted pages": Book([[UNIT, *SAVED], STAFF], feet=[["Side 1 af 2"], ["Side 2 af 2"]]),
    "running head and foot": Book(
        [[UNIT, *SAVED], STAFF],
        heads=[["Budget 2025-2028"], ["Budget 2025-2028"]],
        feet=[["Fjordby Kommune 7"], ["Fjordby Kommune 8"]],
    ),
    "heads of left and right pages": Book(
        [["Forord"], ["Indhold"], [UNIT, *SAVED], STAFF],
        heads=[["Fjordby"], ["Budget"], ["Fjordby"], ["Budget"]],
    ),
    "the same proposal in the head of both": Book([[UNIT, *SAVED], STAFF], heads=[["ISU41 Kurser"], ["ISU41 Kurser"]]),
}


@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize("book", GOES_ON.values(), ids=GOES_ON)
def test_furniture_parts_no_table(book: Book, ruled: bool) -> None:
    found = Book(book.pages, book.heads, book.feet, ruled).read()
    assert rows_of(found) == TOGETHER
    assert not unclaimed(found) & set(YEARS.split())
    assert said_in_text(found) == []
    assert {line.unit for line in found.tables[0].lines} == {"DKK"}


@pytest.mark.parametrize(
    "heads",
    [
        [["Forslag 1"], ["Forslag 2"], ["Forslag 3"]],
        [["Bilag 1"], ["Bilag 2"], ["Bilag 3"]],
        [["ISU41 Færre kurser"], ["ISU43 Færre bolde"], ["ISU43 Færre bolde"]],
    ],
    ids=["counted proposals", "counted annexes", "the next proposal's head stands on all its pages"],
)
def test_the_head_of_the_next_proposal_is_no_furniture(heads: list[list[str]]) -> None:
    found = Book([[UNIT, *SAVED], [UNIT, *STAFF], ["Forslaget træder i kraft straks."]], heads).read()
    assert rows_of(found) == ALONE


def test_rows_without_a_heading_below_a_new_one_get_no_years() -> None:
    found = Book([[UNIT, *SAVED], ["ISU43 Færre bolde", *STAFF]]).read()
    figures = {(line.label, value.year) for table in found.tables for line in table.lines for value in line.values}
    assert {label for label, year in figures if year is not None} == {"Kurser", "I alt"}
    assert Code.TABLE_REFUSED in {problem.code for problem in found.problems}


def test_the_name_of_a_group_at_the_top_of_a_page_is_a_row() -> None:
    found = Book([["", UNIT, "Drift", *SAVED], ["Anlæg", *STAFF]]).read()
    assert [(line.label, line.group) for table in found.tables for line in table.lines] == [
        ("Kurser", "Drift"), ("I alt", "Drift"), ("Personale", "Anlæg"), ("Varer", "Anlæg"),
    ]  # fmt: skip


def test_a_row_like_one_of_the_page_before_is_kept() -> None:
    found = Book([[UNIT, *SAVED], [UNIT, SAVED[0], *STAFF]]).read()
    assert rows_of(found) == [["Kurser", "I alt", "Kurser", "Personale", "Varer"]]


def test_two_proposals_close_together_on_a_page_are_two_tables() -> None:
    found = Book([[UNIT, *SAVED, "ISU43 Færre bolde", "Udvalg: Idrætsudvalget", UNIT, *STAFF]]).read()
    assert rows_of(found) == ALONE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", True), ("- 7 -", True), ("Side 7", True), ("Side 7 af 12", True), ("7/12", True),
        ("Budget | Side 7", True),
        ("Fortsættes på næste side", True), ("Tabel 2 (fortsat)", True), ("Tabel 2, fortsat", True),
        ("ISU43", False), ("Forslag 7", False), ("Forslaget fortsætter i 2026", False), ("Løn 7", False),
        ("Siden 2019 er udgiften steget", False), ("Udsigten på den anden side", False),
    ],
)  # fmt: skip
def test_marks_of_a_page(text: str, expected: bool) -> None:
    assert is_mark(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ISU43 Færre bolde", True), ("KFU-04: Kortere åbningstid", True), ("BUU 12", True),
        ("SOU.03 – Rengøring", True),
        ("Forslag 7", True), ("Budgetforslag nr. 12: Færre møder", True), ("Udvalg: Kulturudvalget", True),
        ("Budgetforslag 2025-2028", False), ("BO 2025", False), ("PL 2025", False), ("Løn", False),
        ("Drift i alt", False),
        ("Nedlæggelse af 2 stillinger", False), ("IT 2025", False), ("Heraf: kørsel", False),
    ],
)  # fmt: skip
def test_the_head_of_a_proposal(text: str, expected: bool) -> None:
    assert begins_proposal(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Investering", True), ("Antal årsværk", True), ("Ændring i antal årsværk:", True),
        ("Besparelse pr. år.", True),
        ("Forslaget er en besparelse på driften.", False), ("Besparelsen opnås ved at samle", False),
        ("Merudgiften dækkes af puljen.", False), ("Løn", False),
    ],
)  # fmt: skip
def test_a_row_without_figures_is_no_sentence(text: str, expected: bool) -> None:
    assert may_be_empty(text) is expected


def test_a_sum_speaks_for_its_own_year_and_unit() -> None:
    total: list[Line] = [("I alt", "-720 -1.350 -1.340 -1.340"), ("Antal årsværk", "-1,3 -2,5 -2,5 -2,5")]
    (table,) = Book([[UNIT, *STAFF, *total]]).read().tables
    of = statuses(table)
    status = {line.label: [of(line, value) for value in line.values] for line in table.lines}
    assert status["Varer"] == status["I alt"] == ["ok", "mismatch", "ok", "ok"]
    assert status["Antal årsværk"] == ["none"] * 4


def test_sums_of_people_and_of_money_are_apart() -> None:
    people: list[Line] = [("Pædagoger, årsværk", "-1 -1 -1 -1"), ("Kokke, årsværk", "-1 -1 -1 -1")]
    total: list[Line] = [("I alt", "-720 -1.340 -1.340 -1.340"), *people, ("Årsværk i alt", "-2 -2 -9 -2")]
    (table,) = Book([[UNIT, *STAFF, *total]]).read().tables
    of = statuses(table)
    status = {line.label: [of(line, value) for value in line.values] for line in table.lines}
    assert status["I alt"] == ["ok"] * 4
    assert status["Kokke, årsværk"] == ["ok", "ok", "mismatch", "ok"]


SECTIONED: list[Line] = [
    ("1.000 kr.", YEARS),
    "Kulturudvalget",
    ("Museer", "310 310 310 310"),
    ("Biblioteker", "75 80 85 90"),
    "Teknisk Udvalg",
    ("Veje", "-40 -40 -40 -40"),
]


@pytest.mark.parametrize("again", [True, False])
def test_name_of_a_section_at_the_foot_of_a_page_heads_the_rows_overleaf(again: bool) -> None:
    second: list[Line] = [*([("1.000 kr.", YEARS)] if again else []), ("Skoler", "900 900 900 900")]
    feet = [["Budget 2025 side 1"], ["Budget 2025 side 2"]]
    document = Book([[*SECTIONED, "Børneudvalget"], [*second, ("Klubber", "20 20 20 20")]], feet=feet).read()
    (table,) = document.tables
    groups = {line.label: line.group for line in table.lines}
    assert groups["Veje"] == "Teknisk Udvalg"
    assert groups["Skoler"] == groups["Klubber"] == "Børneudvalget"
    assert [f"{value.value:f}" for value in table.lines[-1].values] == ["20000"] * 4
    assert not document.problems


def test_line_at_the_foot_of_a_page_that_is_no_section_is_none() -> None:
    """No other section begins where it does."""
    feet = [["Budget 2025 side 1"], ["Budget 2025 side 2"]]
    pages: list[list[Line]] = [[UNIT, *SAVED, "Kulturområdet"], [("Beløb i kr.", YEARS), ("Skoler", "900 900 900 900")]]
    document = Book(pages, feet=feet).read()
    assert len(document.tables) == 2
    assert not any(cell.text == "Kulturområdet" for table in document.tables for row in table.cells for cell in row)
