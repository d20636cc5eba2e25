"""The second line of a name right above another table, and titles and names of sections that are none."""

from __future__ import annotations

import io

import pytest
from laid import Cell, Line, figures, laid, row
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Document
from pipeline.extract import extract_bytes

YEARS = ("2027", "2028", "2029", "2030")
HEAD = row("1.000 kr.", *YEARS)
STAFF: list[Line] = [row("Faggruppe", *YEARS), row("Antal årsværk", "-1,0", "-1,0", "-1,0", "-1,0")]


@pytest.mark.parametrize(
    ("name", "rest"), [("Nettoændring", "i alt"), ("Samlet ændring", "(netto)"), ("Udgifter til leje af", "lokaler")]
)
@pytest.mark.parametrize("room", [0.0, 6.0])
def test_the_second_line_of_a_last_name_is_its_own_though_years_stand_below(name: str, rest: str, room: float) -> None:
    rows = [row("Leje", "7", "8", "9", "10"), row("Vand", "5", "6", "7", "8"), row(name, "12", "14", "16", "18")]
    title: Line = ((-60.0, "Tabel 2. Ændring i antal årsværk"),)
    spread = [each for line in rows for each in (line, 5.0)][:-1]
    document = laid([HEAD, 5.0, *spread, -2.0, ((-60.0, rest),), 8.0 + room, title, *STAFF], step=13)
    assert document.problems == []
    assert figures(document)[f"{name} {rest}"][2028] == "14000"
    assert figures(document)["Antal årsværk"][2028] == "-1"


def test_a_total_with_a_small_letter_and_figures_of_its_own_stays_a_row() -> None:
    rows = [row("Leje", "7", "8", "9", "10"), row("Vand", "5", "6", "7", "8"), row("i alt", "12", "14", "16", "18")]
    document = laid([HEAD, *rows], step=13)
    assert set(figures(document)) == {"Leje", "Vand", "i alt"}


def test_the_name_of_a_section_is_its_own_row_however_far_the_next_rows_are() -> None:
    """The label before it is the widest of all, so that no room is left on its line."""
    rows: list[Line] = [((-60.0, "Ændring på driften"),), row("Besparelse", "-1", "-2", "-3", "-4")]
    rows += [row("Investering", "1", "1", "1", "1"), 16.0, row("Antal årsværk", "-3,0", "-3,0", "-3,0", "-3,0")]
    document = laid([HEAD, *rows], step=17)
    found = figures(document)
    assert found["Besparelse"][2027] == "-1000"
    assert document.tables[0].lines[0].group == "Ændring på driften"


def _in_a_frame(section: str) -> Document:
    """Rows in one frame, of which the name of a section is printed higher, a little nearer to the row above."""
    held = io.BytesIO()
    canvas = Canvas(held, invariant=1)
    rows = [("Beløb i kr.", *YEARS[:3]), ("Nuværende budget", "5.820", "8.193", "7.635"), (section,), ("Øvrig drift",)]
    rows += [("Merindtægter", "-118", "-359", "-359"), ("Planlægning", "-50", "-450", "-450")]
    for n, (name, *values) in enumerate(rows):
        y = 700 - 16 * n + (1.5 if name == section else 0)
        canvas.setFont("Helvetica", 12 if name == section else 9)
        canvas.drawString(60, y, name)
        for x, value in zip((240, 300, 360), values, strict=False):
            canvas.drawRightString(x, y, value)
    canvas.rect(55, 612, 310, 100)
    canvas.line(55, 696, 365, 696)
    canvas.save()
    return extract_bytes(held.getvalue(), "forslag.pdf")


@pytest.mark.parametrize("section", ["Budgetændring – drift", "Ændring på driften"])
def test_the_name_of_a_section_in_a_frame_is_no_second_line_of_the_row_above(section: str) -> None:
    found = figures(_in_a_frame(section))
    assert found["Nuværende budget"][2028] == "8193"
    assert found["Merindtægter"][2028] == "-359"


@pytest.mark.parametrize("title", ["Budgetforslag", "Effektiviseringer", "Nye tiltag"])
def test_a_larger_title_below_a_table_is_no_end_of_its_last_name(title: str) -> None:
    held = io.BytesIO()
    canvas = Canvas(held, invariant=1)
    body = [("Leje", "3", "4", "5", "6"), ("Vand", "4", "4", "4", "4"), ("Samlet ændring", "7", "8", "9", "10")]
    lines = [HEAD, *(row(*each) for each in body)]
    for n, line in enumerate(lines):
        canvas.line(55, 710 - 14 * n, 485, 710 - 14 * n)
        for x, text in line:
            draw = canvas.drawString if x < 0 else canvas.drawRightString
            draw(abs(x), 700 - 14 * n, text)
    canvas.setFont("Helvetica-Bold", 15)
    canvas.drawString(60, 628, title)
    canvas.setFont("Helvetica", 12)
    for n, (label, said) in enumerate((("Nr.", "KU19"), ("Overskrift", "Ny bus"), ("Udvalg", "Børneudvalget"))):
        canvas.drawString(60, 606 - 15 * n, label)
        canvas.drawString(150, 606 - 15 * n, said)
    canvas.save()
    document = extract_bytes(held.getvalue(), "forslag.pdf")
    assert figures(document)["Samlet ændring"][2027] == "7000"
    assert "Samlet ændring" in [line.label for line in document.tables[0].lines]


@pytest.mark.parametrize("room", [14.0, 42.0])
def test_rows_of_people_below_blank_rows_and_the_name_of_their_group_are_the_tables(room: float) -> None:
    rows = [row("Leje", "7", "8", "9", "10"), row("Vand", "5", "6", "7", "8")]
    staff: list[Line] = [((-60.0, "Personalekonsekvenser"),), row("Antal årsværk", "-12,5", "-12,5", "-12,5", "-9,5")]
    document = laid([HEAD, *rows, room, *staff])
    assert document.problems == []
    assert figures(document)["Antal årsværk"] == {2027: "-12.5", 2028: "-12.5", 2029: "-12.5", 2030: "-9.5"}
    assert len(document.tables) == 1


def _numbered(number: str, name: str, *figures: str) -> tuple[Cell, ...]:
    cells = [(-60.0, number), (-100.0, name), *zip((280.0, 340.0, 400.0, 460.0), figures, strict=False)]
    return tuple(cell for cell in cells if cell[1])


LOW: list[Line] = [
    _numbered("2802", "Skolen Egehøj", "365", "394", "374", "394"),
    9.0,
    _numbered("", "Daginstitutionen"),
    _numbered("4806", "Rosenhøj", "119", "109", "118", "117"),
    9.0,
    (*_numbered("", "Plejecenter Åsen"), (-470.0, "Der er indregnet 33")),
    (*_numbered("4404", "", "320", "305", "293", "292"), (-470.0, "nye pladser")),
    9.0,
    _numbered("2903", "Dagplejen i Bakkedal", "674", "675", "720", "719"),
]


def test_single_words_above_numbered_rows_begin_their_names_where_numbers_stand_on_the_last_lines() -> None:
    head: Line = (*_numbered("Konto", "1.000 kr.", *YEARS), (-470.0, "Bemærkning"))
    overleaf: list[Line] = [_numbered("", "Daginstitutionen"), _numbered("2629", "Engdraget", "61", "60", "62", "59")]
    overleaf += [9.0, _numbered("2430", "Klubben Fjorden", "333", "350", "327", "319")]
    document = laid([head, 4.0, *LOW], [*overleaf, 9.0, *LOW[5:7]], step=11.4)
    lines = [line.label for table in document.tables for line in table.lines]
    assert lines[:4] == ["Skolen Egehøj", "Daginstitutionen Rosenhøj", "Plejecenter Åsen", "Dagplejen i Bakkedal"]
    assert "Daginstitutionen Engdraget" in lines


def test_a_name_with_as_much_room_below_it_as_rows_have_is_a_groups_in_a_numbered_table() -> None:
    rows = [_numbered("", "Daginstitutioner"), 9.0, *LOW[:1], 9.0, *LOW[5:]]
    head: Line = (*_numbered("Konto", "1.000 kr.", *YEARS), (-470.0, "Bemærkning"))
    document = laid([head, 4.0, *rows], step=10.5)
    assert document.tables[0].lines[0].label == "Skolen Egehøj"
    assert document.tables[0].lines[0].group == "Daginstitutioner"


@pytest.mark.parametrize("first", [8.9, 9.3])
def test_lines_as_far_apart_as_rows_are_told_by_their_words(first: float) -> None:
    """A browser rounds to whole pixels, so that the first of two equal steps may be a hair the smaller one."""
    top: list[Line] = [row("Løn til en leder i to år", "1", "2", "3", "4"), -0.2]
    top += [row("Telefoner, fase 2", "7", "8", "9", "10"), first - 10]
    name, rest = "Tilpasning af støtten til praktisk hjælp", row("efter loven", "5", "6", "7", "8")
    lines = [HEAD, 6.0, *top, ((-60.0, name),), rest, 9.5, row("Økonomi i alt", "13", "16", "19", "22")]
    found = figures(laid(lines, step=10))
    assert found["Telefoner, fase 2"][2028] == "8000"
    assert found[f"{name} efter loven"][2028] == "6000"
