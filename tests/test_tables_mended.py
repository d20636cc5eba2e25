"""Tables: a unit before the years, price levels, sums over groups, labels at the right, and what is never silent."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.limits import DEFAULT_LIMITS
from corpus.model import Amount
from corpus.problems import Code
from corpus.readers.pdf import read
from corpus.reading import Reading
from pipeline.tables import TableFindings, find_tables

X = [330.0, 400.0, 470.0, 540.0]
YEARS = ["2025", "2026", "2027", "2028"]
P = "1.000 kr.\n2025 2026\n"


def text_of(text: str) -> TableFindings:
    return find_tables(Reading(media_type="text/plain", reader="text/1", text=text))


def figures(found: TableFindings) -> dict[str, dict[int | str | None, str]]:
    return {
        line.label: {value.year or value.column: f"{value.value:f}" for value in line.values}
        for table in found.tables
        for line in table.lines
    }


def codes(found: TableFindings) -> list[str]:
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    ("heading", "level"),
    [
        ("Beløb i 1.000 kr. (2024-pl)  2025 2026 2027", 2024),
        ("1.000 kr., 2024-pl 2025 2026 2027", 2024),
        ("Beløb i 1.000 kr. (2024 p/l) 2025 2026 2027", 2024),
        ("1.000 kr. B2025 BO2026 BO2027", None),
        ("1.000 kr. B2025 BO1 2026 BO2 2027", None),
        ("Hele 1.000 kr., 2024-priser 2025 2026 2027", 2024),
        ("1.000 kr. i 2024 priser 2025 2026 2027", 2024),
        ("t.kr. (p/l 2024) 2025 2026 2027", 2024),
        ("1.000 kr. netto (24-pl) Budget 2025 Overslag 2026 Overslag 2027", 2024),
        ("1.000 kr. 2024-PL 2025 2026 2027 og frem", 2024),
        ("1.000 kr. år 2025 år 2026 år 2027", None),
        ("Hele 1.000 kr. 2025 2026 2027\n(2024-p/l)", 2024),
        ("1.000 kr. 2025 2026 2027\n------------------------", None),
    ],
)
def test_a_unit_and_a_price_level_before_the_years(heading: str, level: int | None) -> None:
    found = text_of(f"{heading}\nMindre kørsel -1 -2 -3\nNye busser 4 5 6\n")
    (table,) = found.tables
    assert figures(found) == {
        "Mindre kørsel": {2025: "-1000", 2026: "-2000", 2027: "-3000"},
        "Nye busser": {2025: "4000", 2026: "5000", 2027: "6000"},
    }
    assert table.price_level == level
    assert [line.group for line in table.lines] == [None, None]
    assert codes(found) == []


@pytest.mark.parametrize(
    "text",
    [
        "Regnskab 2023   Vedtaget budget ekskl. tillæg 2024\nLøn 100 200\nLeje 300 400\n",
        "     2023/24   2024/25   2025/26\nLøn     100  200  300\nLeje    300  400  500\n",
        "2025 ændring 2026 ændring 2027\nLøn 100 2 200 3 300\nLeje 300 3 400 4 500\n",
    ],
)
def test_rows_whose_columns_cannot_be_told_are_named(text: str) -> None:
    found = text_of(text)
    assert found.records == []
    assert codes(found) == [Code.TABLE_REFUSED]


@pytest.mark.parametrize(
    "text",
    [
        "År 2025-2028, kontakt:\nTelefon 12 34 56 78\nTelefon 22 34 56 78\n",
        "Møder i 2025 og 2026\nMandag den 3. januar 10.30 12.00\nTirsdag den 4. april 10.30 12.00\n",
        "I 2024 var der 20 30 og i 2025 flere.\nDer blev holdt 4 5 møder\n",
    ],
)
def test_dates_telephones_and_prose_are_not_named(text: str) -> None:
    assert codes(text_of(text)) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Drift\nLøn -5 -10\nLeje 2 3\nI alt -3 700\n", ["2026"]),
        ("Løn -800 -810\nSkilte 40 50\nNettoændring -760 -7600\n", ["2026"]),
        ("Drift\nLøn -5 -1\nDrift i alt -5 -1\nAnlæg\nBro 1 2\nAnlæg i alt 1 2\nSamlet -4 900\n", ["2026"]),
        ("Skole -100 -100\nHeraf løn -50 -50\nÆldre 30 40\nI alt -70 -6\n", ["2026"]),
        ("Udgifter 100 110\nIndtægter 40 50\nNetto 60 60\n", []),
        ("Besparelse 100 100\nInvestering 30 40\nNetto 70 60\n", []),
        ("Besparelse -100 -100\nInvestering 30 1.5\nNetto -70 60\n", []),
    ],
)
def test_a_wrong_total_is_told_however_far_off(text: str, wrong: list[str]) -> None:
    found = text_of(P + text)
    messages = [problem.message for problem in found.problems if problem.code == Code.SUM_MISMATCH]
    assert [message.split(":")[0].split()[-1] for message in messages] == wrong


def test_the_total_of_something_else_in_accounts_is_not_told() -> None:
    found = text_of("mio. kr.\n2020 2019\nOmsætning 100 90\nVareforbrug 40 50\nI alt 7 8\n")
    assert codes(found) == []


def test_a_total_over_groups_is_in_none_nor_is_what_follows() -> None:
    rows = "Drift\nLøn -5 -10\nLeje 2 3\nAnlæg\nBro 10 20\nVej 1 1\nI alt 8 14\nÅrsværk -1 -1\n"
    (table,) = text_of(P + rows).tables
    assert [line.group for line in table.lines] == ["Drift", "Drift", "Anlæg", "Anlæg", None, None]


@pytest.mark.timeout(120)  # quadratic code does not get through
@pytest.mark.parametrize("rows", ["Løn 1 2\nI alt 4 5\n", "Løn 1 2\n", "t.kr.\n2024 2025\nLøn 1 2\nI alt 4 5\n\n"])
def test_long_tables_take_linear_time(rows: str) -> None:
    (table,) = text_of("t.kr.\n2024 2025\n" + rows * 3000).tables[:1]

    assert table.lines


# --- pages ----------------------------------------------------------------------------------------------------


class Paper:
    """A page drawn from above: ``row`` puts a label and figures, each ending at its place, and goes down."""

    def __init__(self, size: tuple[float, float] = (595, 842), font: float = 10) -> None:
        self.buffer, self.font, self.y = io.BytesIO(), font, size[1] - 60
        self.canvas = Canvas(self.buffer, pagesize=size, invariant=1)

    def put(self, x: float, text: str, *, bold: bool = False, right: bool = False) -> None:
        name = "Helvetica-Bold" if bold else "Helvetica"
        self.canvas.setFont(name, self.font)
        self.canvas.drawString(x - (stringWidth(text, name, self.font) if right else 0), self.y, text)

    def row(
        self,
        label: str,
        values: str = "",
        *,
        at: list[float] = X,
        left: float = 60,
        pitch: float = 15,
        bold: bool = False,
    ) -> None:
        """``values``: figures parted by blanks, "." for an empty place."""
        self.put(left, label, bold=bold)
        for x, value in zip(at, values.split(), strict=False):
            if value != ".":
                self.put(x, value, bold=bold, right=True)
        self.y -= pitch

    def found(self) -> TableFindings:
        self.canvas.save()
        return find_tables(read(self.buffer.getvalue(), "made.pdf", DEFAULT_LIMITS))


def test_a_price_level_below_the_unit_in_the_corner() -> None:
    paper = Paper()
    paper.row("Beløb i 1.000 kr.", "2025 2026 2027 2028", pitch=12)
    paper.row("2025-priser")
    paper.row("Nuværende budget", "800 800 800 800")
    paper.row("Besparelse", "-10 -20 -20 -20")
    found = paper.found()
    assert found.tables[0].price_level == 2025
    assert [line.group for line in found.tables[0].lines] == [None, None]
    assert {record.price_level for record in found.records if isinstance(record, Amount)} == {2025}


def test_groups_with_subtotals_and_a_bold_total_below_a_rule() -> None:
    paper = Paper()
    paper.row("Mio. kr. (2025-pl)", "B2025 BO2026 BO2027 BO2028")
    paper.row("Drift", bold=True)
    paper.row("Skoler", "-1,0 -2,0 -2,0 -2,0", left=70)
    paper.row("Dagtilbud", "-0,5 -0,5 -0,5 -0,5", left=70)
    paper.row("Drift i alt", "-1,5 -2,5 -2,5 -2,5", bold=True)
    paper.row("Anlæg", bold=True)
    paper.row("Haller", "4,0 . . .", left=70)
    paper.row("Veje", "1,0 1,0 . .", left=70)
    paper.row("Anlæg i alt", "5,0 1,0 0,0 0,0", bold=True)
    paper.canvas.line(60, paper.y + 11, 540, paper.y + 11)
    paper.row("I alt", "3,5 -1,5 -2,5 -2,5", bold=True)
    found = paper.found()
    assert figures(found)["I alt"] == {2025: "3500000", 2026: "-1500000", 2027: "-2500000", 2028: "-2500000"}
    assert figures(found)["Haller"] == {2025: "4000000"}
    assert [line.group for line in found.tables[0].lines] == [*["Drift"] * 3, *["Anlæg"] * 3, None]
    assert all(check.ok for check in found.tables[0].checks)
    assert codes(found) == []


def test_budget_and_overslag_above_the_years_and_the_unit_below() -> None:
    paper = Paper()
    paper.row("", "Budget Overslag Overslag Overslag", pitch=12)
    paper.row("Økonomi", "2025 2026 2027 2028")
    paper.row("Mindre vedligehold", "-0,5 -1,2 -1,2 -1,2")
    paper.row("Ny bro", "1,0 12,0 . .")
    paper.row("Beløb i mio. kr. i 2024-pl")
    found = paper.found()
    assert [column.label for column in found.tables[0].columns] == [
        f"{'Budget' if y == '2025' else 'Overslag'} {y}" for y in YEARS
    ]
    assert figures(found)["Ny bro"] == {2025: "1000000", 2026: "12000000"}
    assert found.tables[0].price_level == 2024


def test_labels_right_of_the_figures() -> None:
    paper = Paper()
    places = [100.0, 160.0, 220.0, 280.0]
    paper.row("Beløb i 1.000 kr.")
    paper.row("", "2025 2026 2027 2028", at=places)
    paper.row("Mindre kørsel", "-1 -2 -2 -2", at=places, left=310)
    paper.row("Nye busser", "10 20 . 5", at=places, left=310)
    assert figures(paper.found()) == {
        "Mindre kørsel": {2025: "-1000", 2026: "-2000", 2027: "-2000", 2028: "-2000"},
        "Nye busser": {2025: "10000", 2026: "20000", 2028: "5000"},
    }


def test_a_small_print_on_a_landscape_page() -> None:
    paper = Paper((842, 595), 7)
    places = [420.0, 480.0, 540.0, 600.0]
    paper.row("Oversigt over forslag, hele 1.000 kr., 2026-niveau", pitch=14)
    paper.put(40, "Nr.")
    paper.row("Forslag", "2025 2026 2027 2028", at=places, left=180, pitch=11)
    for number, label, values in [("A1", "Færre indkøb", "-1.000 -1.100 . -1"), ("A2", "Ny normering", "250 . . 7")]:
        paper.put(40, number)
        paper.row(label, values, at=places, left=180, pitch=9)
    found = paper.found()
    assert figures(found) == {
        "Færre indkøb": {2025: "-1000000", 2026: "-1100000", 2028: "-1000"},
        "Ny normering": {2025: "250000", 2028: "7000"},
    }
    assert found.tables[0].price_level == 2026


def wrapped(first: str, second: str, gap: float) -> TableFindings:
    paper = Paper()
    paper.row("1.000 kr.", "2025 2026 2027 2028")
    paper.row("Lukning af lejemål", "-100 -200 -200 -200")
    paper.row("Kortere åbningstid", "-1 -2 -2 -2")
    paper.row("Reduktion af tilskud til Foreningen", first, pitch=gap)
    paper.row("Danske Vandreture", second)
    paper.row("Lejrskoler", "10 10 10 10")
    return paper.found()


@pytest.mark.parametrize(("first", "second"), [("-5 -5 -5 -5", ""), ("", "-5 -5 -5 -5")])
@pytest.mark.parametrize("gap", [12, 15])
def test_a_wrapped_label_that_goes_on_with_a_capital(first: str, second: str, gap: float) -> None:
    assert "Reduktion af tilskud til Foreningen Danske Vandreture" in figures(wrapped(first, second, gap))


def test_two_tables_side_by_side() -> None:
    paper = Paper()
    paper.row("1.000 kr.", "2025 2026", at=[180, 230], pitch=0)
    paper.row("1.000 kr.", "2025 2026", at=[440, 490], left=320)
    for left, right in [("Løn", "Leje"), ("Kørsel", "Varme")]:
        paper.row(left, "1 2", at=[180, 230], pitch=0)
        paper.row(right, "3 4", at=[440, 490], left=320)
    found = paper.found()
    assert [[line.label for line in table.lines] for table in found.tables] == [["Løn", "Kørsel"], ["Leje", "Varme"]]
    assert figures(found)["Varme"] == {2025: "3000", 2026: "4000"}


def beside_prose() -> TableFindings:
    paper = Paper()
    side = ["Udvalget bad om en ny", "plan for de to skoler,", "som ligger ved fjorden."]
    for prose, label, values in zip(side, ["1.000 kr.", "Løn", "Leje"], ["2025 2026", "1 2", "3 4"], strict=True):
        paper.put(60, prose)
        paper.row(label, values, at=[440, 490], left=260)
    return paper.found()


def test_prose_beside_a_table() -> None:
    assert set(figures(beside_prose())) == {"Løn", "Leje"}
    assert codes(beside_prose()) == []


def test_years_beside_the_columns_of_a_drawn_grid() -> None:
    paper = Paper()
    paper.row("1.000 kr.", "2025 2026", at=[330, 430])
    top = paper.y + 11
    paper.row("Løn", "1 2", at=[398, 498])
    paper.row("Leje", "3 4", at=[398, 498])
    for y in (top, top - 15, top - 30):
        paper.canvas.line(56, y, 502, y)
    for x in (56, 300, 402, 502):
        paper.canvas.line(x, top, x, top - 30)
    assert figures(paper.found()).get("Løn") == {2025: "1000", 2026: "2000"}
