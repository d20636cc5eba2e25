"""Tables through the real PDF reader, in many made layouts: every figure under its year, never under another."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.limits import DEFAULT_LIMITS
from corpus.model import Amount, Fte
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
