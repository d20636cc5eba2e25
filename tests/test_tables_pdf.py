"""Tables through the real PDF reader, in many made layouts: every figure under its year, never under another."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from corpus.limits import DEFAULT_LIMITS
from corpus.model import Amount, Fte
from corpus.problems import Code
from corpus.readers.pdf import read
from corpus.reading import Reading
from pipeline.tables import TableFindings, find_tables

Triple = tuple[str, int, Decimal]
WIDTH, HEIGHT = 595.0, 842.0
LABELS = [
    ["Besparelse"],
    ["Effektivisering"],
    ["Investering"],
    ["Merudgifter til kørsel"],
    ["Lejeindtægter"],
    ["Færre vikartimer i", "dagtilbuddene nord for åen"],
    ["Nedlæggelse af 2 stillinger"],
    ["Pulje til udvikling af", "skolernes uderum og", "legepladser"],
    ["Reduktion af rengørings-", "standarden"],
    ["Sommerferiekoloni, Fjordby"],
    ["Ændret tildeling til", "specialklasser"],
]
SECTIONS = ["Budgetændring – drift", "Anlæg", "Område 4: Kultur"]


@dataclass
class Layout:
    """What a made page looks like; the seed decides everything."""

    seed: int
    align: str = "right"
    head_align: str = "right"
    pitch: float = 15
    line_pitch: float = 12
    column: float = 62
    size: float = 10
    rules: str = "none"
    minus: str = "-"
    thousands: str = "."
    amount_line: str = "first"
    empty: float = 0.15
    unit: tuple[str, int] = ("Beløb i 1.000 kr.", 1000)
    heads: str = "{}"
    first_year: int = 2024
    years: int = 4
    prose: bool = True
    truth: list[Triple] = field(default_factory=list)


def layout_of(seed: int) -> Layout:
    rng = random.Random(seed)
    align = rng.choice(["right", "right", "right", "left", "center"])
    units = [("Beløb i 1.000 kr.", 1000), ("Mio. kr.", 1_000_000), ("(hele kr.)", 1), ("i t.kr., 2024-pl", 1000)]
    size = rng.choice([8.0, 9.0, 10.0, 11.0])
    line = size * rng.choice([1.15, 1.2, 1.3])
    heads = rng.choice(["{}", "{}", "Budget {}", "B{}", "{}*"])
    return Layout(
        seed=seed,
        align=align,
        head_align=rng.choice([align, align, "right", "center"]) if align == "right" else align,
        size=size,
        line_pitch=line,
        pitch=line + rng.choice([0.0, 3.0, 6.0, 10.0]),
        column=size * (rng.choice([5.0, 6.0, 7.5]) if heads != "Budget {}" else 7.5),
        rules=rng.choice(["none", "none", "none", "rows", "grid", "top", "shade"]),
        minus=rng.choice("-−–"),
        thousands=rng.choice([".", " ", "."]),
        amount_line=rng.choice(["first", "first", "last", "middle"]),
        empty=rng.choice([0.0, 0.15, 0.4]),
        unit=rng.choice(units),
        heads=heads,
        first_year=rng.choice([2019, 2023, 2025]),
        years=rng.choice([2, 3, 4, 4]),
        prose=rng.random() < 0.7,
    )


def printed(value: Decimal, layout: Layout) -> str:
    digits = f"{abs(value):,}".replace(",", "¤").replace(".", ",").replace("¤", layout.thousands)
    return f"{layout.minus}{digits}" if value < 0 else digits


class Maker:
    """Draws one layout and keeps the truth of what it drew."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.rng = layout, random.Random(layout.seed + 1000)
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
        self.y = HEIGHT - 60
        self.right = [230 + layout.column * (n + 1) for n in range(layout.years)]

    def make(self) -> bytes:
        layout = self.layout
        self.canvas.setFont("Helvetica", layout.size)
        if layout.prose:
            self.paragraph("Forslaget ændrer på normeringen i de kommunale tilbud, og det får virkning fra")
            self.paragraph("sommeren 2023, hvor 12 af de 45 grupper bliver lagt sammen med andre grupper.")
            self.y -= 8
        self.text(60, layout.unit[0])
        self.step(layout.pitch)
        self.years()
        used: set[str] = set()
        top = self.y
        for number, label in enumerate(self.rng.sample(LABELS, self.rng.randint(3, 7))):
            if number in (0, 3) and self.rng.random() < 0.6:
                self.section(used)
            self.row(label)
        self.row(["Ændring i antal årsværk"], people=True)
        self.frame(top)
        self.y -= 14
        if layout.prose:
            self.paragraph("Ændringen gælder alle distrikter, og den bliver evalueret i løbet af det første år,")
            self.paragraph("så udvalget kan tage stilling til, om der er behov for flere ændringer senere.")
        self.canvas.save()
        return self.buffer.getvalue()

    def paragraph(self, text: str) -> None:
        self.text(60, text)
        self.step(self.layout.line_pitch)

    def text(self, x: float, text: str, y: float | None = None) -> None:
        self.canvas.setFont("Helvetica", self.layout.size)
        self.canvas.drawString(x, self.y if y is None else y, text)

    def step(self, by: float) -> None:
        self.y -= by

    def at(self, column: int, text: str, align: str, y: float) -> None:
        right = self.right[column]
        width = stringWidth(text, "Helvetica", self.layout.size)
        left = right - self.layout.column + 6
        x = {"right": right - width, "left": left, "center": (left + right - width) / 2}[align]
        self.text(x, text, y)

    def years(self) -> None:
        for column in range(self.layout.years):
            year = self.layout.first_year + column
            self.at(column, self.layout.heads.format(year), self.layout.head_align, self.y)
        self.rule()
        self.step(self.layout.pitch)

    def rule(self) -> None:
        drawn = self.layout.rules in {"rows", "grid"} or (self.layout.rules == "top")
        if drawn:
            y = self.y - self.layout.size * 0.35 - max(self.layout.pitch - self.layout.line_pitch, 1) / 3
            self.canvas.line(56, y, self.right[-1] + 4, y)

    def section(self, used: set[str]) -> None:
        name = self.rng.choice(SECTIONS)
        if name not in used:
            used.add(name)
            self.text(60, name)
            self.row_rule()
            self.step(self.layout.pitch)

    def row_rule(self) -> None:
        if self.layout.rules in {"rows", "grid"}:
            self.rule()

    def row(self, label: list[str], *, people: bool = False) -> None:
        layout = self.layout
        line = {"first": 0, "last": len(label) - 1}.get(layout.amount_line, (len(label) - 1) / 2)
        y = self.y - line * layout.line_pitch
        name = " ".join(label).replace("rengørings- standarden", "rengøringsstandarden")
        for column in range(layout.years):
            if self.rng.random() < layout.empty:
                if self.rng.random() < 0.3:
                    self.at(column, "-", layout.align, y)
                continue
            value = self.value(people)
            self.at(column, printed(value, layout), layout.align, y)
            worth = value if people else value * layout.unit[1]
            layout.truth.append((name, layout.first_year + column, worth))
        for piece in label:
            self.text(60, piece)
            if piece is not label[-1]:
                self.step(layout.line_pitch)
        self.row_rule()
        self.step(layout.pitch)

    def value(self, people: bool) -> Decimal:
        if people:
            return Decimal(self.rng.choice(["-1", "-0.5", "-2.5", "1"]))
        if self.layout.unit[1] == 1_000_000:
            return Decimal(self.rng.randint(-400, 400)) / 100 or Decimal(1)
        top = 9_000_000 if self.layout.unit[1] == 1 and self.layout.column > 55 else 20_000
        return Decimal(self.rng.randint(-top // 20, top // 10) or 7)

    def frame(self, top: float) -> None:
        if self.layout.rules == "grid":
            bottom = self.y + self.layout.pitch - self.layout.size * 0.35 - 2
            for x in [56.0, *(right - self.layout.column + 3 for right in self.right), self.right[-1] + 4]:
                self.canvas.line(x, top + self.layout.pitch - 2, x, bottom - 2)
        if self.layout.rules == "shade":
            self.canvas.setFillGray(0.9)
            self.canvas.rect(56, self.y, 4, 10, stroke=0, fill=1)
            self.canvas.setFillGray(0)


def findings(data: bytes) -> tuple[Reading, TableFindings]:
    reading = read(data, "made.pdf", DEFAULT_LIMITS)
    return reading, find_tables(reading)


def triples(found: TableFindings) -> set[Triple]:
    return {
        (line.label, value.year, value.value)
        for table in found.tables
        for line in table.lines
        for value in line.values
        if value.year is not None
    }


@pytest.mark.parametrize("seed", range(60))
def test_every_figure_stands_under_its_year(seed: int) -> None:
    maker = Maker(layout_of(seed))
    reading, found = findings(maker.make())
    figures = {(year, value) for _, year, value in triples(found)}
    truth = {(year, value) for _, year, value in maker.layout.truth}
    assert figures <= truth, "a figure that is not printed under that year"
    assert triples(found) == set(maker.layout.truth)
    for record in found.records:
        assert isinstance(record, Amount | Fte)
        assert reading.text[record.start : record.end] == record.text
        assert record.bbox is not None
        assert record.page == 1


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("head", "align"), [("left", "right"), ("right", "left"), ("left", "center")])
def test_headings_that_do_not_stand_over_their_figures_never_shift_them(head: str, align: str, seed: int) -> None:
    layout = layout_of(seed)
    layout.align, layout.head_align, layout.heads = align, head, "{}"
    layout.column = layout.size * (5, 7.5, 9)[seed % 3]
    layout.empty = (0.0, 0.2, 0.5, 0.7)[seed % 4]
    maker = Maker(layout)
    _, found = findings(maker.make())
    given = triples(found)
    truth = set(maker.layout.truth)
    assert {(year, value) for _, year, value in given} <= {(year, value) for _, year, value in truth}
    assert given == truth or found.problems


STYLE = getSampleStyleSheet()["BodyText"]
GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
RIGHT = ("ALIGN", (1, 0), (-1, -1), "RIGHT")
PROSE = (
    "Kommunen har i mange år haft et stort antal grupper, og udvalget besluttede i 2022 at se på 12 af dem, så der kan "
    "spares 2 mio. kr. om året fra 2024 i de berørte tilbud. "
) * 3


def say(text: str) -> Paragraph:
    return Paragraph(text, STYLE)


def pdf(*flow: Flowable) -> TableFindings:
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, invariant=1).build([say(PROSE), *flow, say(PROSE)])
    return findings(buffer.getvalue())[1]


def drawn(rows: list[list[object]], *styles: tuple[object, ...], repeat: int = 0) -> Table:
    return Table(rows, style=TableStyle(list(styles)), repeatRows=repeat)


def by_column(found: TableFindings, label: str, unit: str = "DKK") -> dict[int | str | None, str]:
    lines = [line for table in found.tables for line in table.lines if line.label == label and line.unit == unit]
    assert len(lines) == 1
    return {value.year or value.column: f"{value.value:f}" for value in lines[0].values}


def test_a_drawn_grid_with_a_heading_over_all_years_and_a_total() -> None:
    rows: list[list[object]] = [
        ["Tiltag", "Beløb i 1.000 kr.", "", "", ""],
        ["", "2024", "2025", "2026", "I alt"],
        ["Nedlæggelse af 2 stillinger i forvaltningen", "-500", "-1.000", "-1.000", "-2.500"],
        ["Pulje til børn", "200", "", "200", "400"],
        ["I alt", "-300", "-1.000", "-800", "-2.100"],
    ]
    spans = (("SPAN", (1, 0), (4, 0)), ("SPAN", (0, 0), (0, 1)))
    found = pdf(say("Tabel 2. Økonomi, 2024-priser"), drawn(rows, GRID, RIGHT, *spans), say("Note: - = besparelse"))
    (table,) = found.tables
    assert table.caption == "Tabel 2. Økonomi, 2024-priser"
    assert (table.price_level, table.sign_note) == (2024, "Note: - = besparelse")
    assert by_column(found, "Pulje til børn") == {2024: "200000", 2026: "200000", "I alt": "400000"}
    assert {(check.rule, check.ok) for check in table.checks} == {("years", True), ("total", True)}
    assert table.cells[0][1].column_span == 4
    assert table.cells[0][0].row_span == 2
    assert found.problems == []


def test_money_and_people_side_by_side() -> None:
    rows: list[list[object]] = [
        ["Nr.", "Forslag", "Beløb", "Årsværk", "Bemærkning"],
        ["1", "Færre møder", "-200", "-0,5", "Hele året"],
        ["2", "Kortere åbningstid", "-1.150", "-2,0", "Fra august"],
        ["", "I alt", "-1.350", "-2,5", ""],
    ]
    found = pdf(say("Beløb i 1.000 kr."), drawn(rows, ("ALIGN", (2, 0), (3, -1), "RIGHT")))
    assert by_column(found, "Færre møder") == {"Beløb": "-200000"}
    assert by_column(found, "Færre møder", "fte") == {"Årsværk": "-0.5"}
    assert all(check.ok for check in found.tables[0].checks)


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_table_over_two_pages_is_one(repeat: int) -> None:
    rows: list[list[object]] = [["Beløb i 1.000 kr.", "2024", "2025", "2026"]]
    for number in range(70):
        name = f"Forslag {chr(65 + number // 26)}{chr(97 + number % 26)} om møder"
        rows.append([name, str(-number - 1), str(-2 * number - 1) if number % 4 else "", "-"])
    found = pdf(drawn(rows, RIGHT, repeat=repeat))
    (table,) = found.tables
    assert table.pages == [1, 2]
    assert len(table.lines) == 70
    assert len(table.cells) == 71
    assert [cell.row for row in table.cells for cell in row if cell.column == 0] == list(range(71))
    assert by_column(found, "Forslag Ce om møder") == {2024: "-57000"}
    assert by_column(found, "Forslag Cr om møder") == {2024: "-70000", 2025: "-139000"}
    assert {record.page for record in found.records} == {1, 2}


def test_accounts_and_budgets_subtotals_counts_and_shares() -> None:
    rows: list[list[object]] = [
        ["", "Regnskab", "Budget", "Overslag"],
        ["mio. kr., 2024-pl", "2022", "2024", "2025"],
        ["Udgifter", "1.234,5", "1.300,0", "1.310,25"],
        ["Indtægter", "-34,5", "-100,0", "-10,25"],
        ["Drift i alt", "1.200,0", "1.200,0", "1.300,0"],
        ["Antal børn", "1.200", "1.210", "1.220"],
        ["Dækningsgrad i pct.", "12,5", "12,6", "12,7"],
    ]
    found = pdf(drawn(rows, RIGHT))
    assert by_column(found, "Indtægter") == {2022: "-34500000", 2024: "-100000000", 2025: "-10250000"}
    assert [column.label for column in found.tables[0].columns] == ["Regnskab 2022", "Budget 2024", "Overslag 2025"]
    assert all(line.values == [] for line in found.tables[0].lines if line.label.startswith(("Antal", "Dækning")))
    assert all(check.ok for check in found.tables[0].checks)
    income = [record for record in found.records if isinstance(record, Amount) and record.role == "income"]
    assert [record.year for record in income] == [2022, 2024, 2025]


def test_an_index_beside_the_years_is_not_money() -> None:
    rows: list[list[object]] = [
        ["Mio. kr.", "2023", "2024", "Indeks"],
        ["Løn", "100", "110", "110"],
        ["Leje", "50", "50", "100"],
    ]
    found = pdf(drawn(rows, RIGHT))
    assert by_column(found, "Løn") == {2023: "100000000", 2024: "110000000"}


def test_a_table_of_words_claims_nothing() -> None:
    rows: list[list[object]] = [
        ["Emne", "Tekst", "Ansvar"],
        ["Skole", "Der afsættes 2 mio. kr. i 2024 til en ny skole", "Udvalget"],
        ["Ældre", "Der spares 3 årsværk", "Forvaltningen"],
    ]
    found = pdf(drawn(rows, GRID))
    assert len(found.tables) == 1
    assert found.tables[0].lines == []
    assert (found.zones, found.records, found.problems) == ([], [], [])


def test_prose_and_forms_are_no_tables() -> None:
    lines = [
        "Nr. SKU7",
        "Udvalg Skoleudvalget",
        "Telefon 12 34 56 78",
        "Kl. 10.30 – 12.00",
        "1. Resumé",
        "d. 12. marts 2024",
    ]
    assert pdf(*(say(line) for line in lines)) == TableFindings()


def test_a_figure_outside_the_grammar_is_named() -> None:
    rows: list[list[object]] = [["Beløb i 1.000 kr.", "2024", "2025"], ["Løn", "1.5", "2"], ["Leje", "ca. 20", "3"]]
    found = pdf(drawn(rows, RIGHT))
    assert [problem.code for problem in found.problems] == [Code.NUMBER_REFUSED, Code.NUMBER_REFUSED]
    assert by_column(found, "Løn") == {2025: "2000"}
    assert by_column(found, "Leje") == {2025: "3000"}
