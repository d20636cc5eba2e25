"""Invented budget proposals as PDFs with their truth: the layout varies, the meaning is known.

``random_paper`` draws one from a :class:`random.Random` (hypothesis can drive it); ``printed`` makes the PDF and says
what stands in it. A person can read every one of them: labels go on in lower case or rows stand apart.
"""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from samples_pdf import FONTS  # registers the Vera fonts

assert FONTS.is_dir()

FACES = (("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold"), ("Vera", "Vera-Bold"))
NAMES = [
    "Besparelse",
    "Effektivisering af rengøring",
    "Løn til pædagoger",
    "Øvrig drift",
    "Vikardækning i dagtilbud",
    "Kørsel af elever",
    "Vedligehold af haller og svømmebade",
    "Tilskud til frivillige foreninger",
    "Indtægter fra leje",
    "Konsulentydelser",
    "Ny bro ved havnen",
    "Færre timer til kantinen på rådhuset",
    "Hjemmepleje om natten",
    "Fælles indkøb af madvarer til plejehjem, dagtilbud og skoler i hele kommunen",
    "Nedlæggelse af den sene åbning på biblioteker og i borgerservice",
    "Omlægning af tolkning, så den sker over telefon",
    "Bortfald af pulje til udvikling og forsøg i folkeskolen",
]
WORK = ["Vinduer", "Tag", "Varme", "Legeplads", "Rengøring", "Gårdmænd", "Belægning"]
PLACES = ["Nordby Skole", "Sandvig Skole", "Egelund Plejehjem", "Birkely", "Havnehallen", "Åmosen Dagtilbud"]
SECTIONS = ["Budgetændring – drift", "Serviceudgifter", "Anlæg", "Indtægter", "Overførsler"]
PEOPLE = ["Antal årsværk", "Årsværk", "Årsværk i alt", "Personalekonsekvenser i årsværk"]
PROSE = [
    "Forvaltningen har undersøgt, hvordan opgaven løses i andre kommuner, og om den kan løses på en anden måde.",
    "Forslaget indebærer, at åbningstiden ændres fra 1. januar, og at de ansatte får tilbud om andre opgaver.",
    "Borgerne vil opleve en længere ventetid, men ingen mister den hjælp, som de har ret til efter loven.",
    "Der er 14 medarbejdere i enheden i dag, og 3 af dem er ansat på deltid i en prøveperiode på to år.",
    "Det vurderes, at ændringen kan gennemføres uden at kvaliteten falder, når aftalen med leverandøren udløber.",
]
UNITS = {
    "Beløb i 1.000 kr.": 1000,
    "1.000 kr.": 1000,
    "(1.000 kr.)": 1000,
    "t.kr.": 1000,
    "Hele kr.": 1,
    "Beløb i mio. kr.": 1_000_000,
    "Mio. kr.": 1_000_000,
}
HEADINGS = ("{}", "{}", "{}", "B{}", "BO {}", "Budget {}", "Budget\n{}", "Forslag\n{}")


@dataclass(frozen=True)
class Row:
    """A printed row. ``kind``: line, section, people, total or blank; a value of None is an empty cell."""

    kind: str
    label: str = ""
    values: tuple[Decimal | None, ...] = ()


@dataclass(frozen=True)
class Look:
    """How a paper is set. Lengths in points; ``leading``, ``row_gap`` and ``gutter`` are shares of the font size."""

    face: int = 0
    size: float = 10
    leading: float = 1.25
    row_gap: float = 0.4
    left: float = 56
    label_width: float = 190
    gutter: float = 1.5
    align: str = "right"
    head_align: str = "right"
    minus: str = "-"
    thousands: str = "."
    rules: str = "none"
    shading: str = "none"
    amount_line: str = "first"
    unit_place: str = "above"
    heading: str = "{}"
    number_column: bool = False
    remark_column: bool = False
    repeat_head: bool = True


@dataclass(frozen=True)
class Paper:
    """One budget proposal. ``years`` head the columns; with ``total`` a last column "I alt" has their sum.

    ``start``: how far down the first page it begins, as a share of the page.
    """

    look: Look
    unit: str
    years: tuple[int, ...]
    rows: tuple[Row, ...]
    total: bool = False
    price_level: int | None = None
    sign_note: bool = False
    start: float = 0.0
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass
class Truth:
    """``values``: (label, year or "I alt", value in kr. or årsværk); ``labels``: the rows' names as they are meant."""

    values: list[tuple[str, str, Decimal]] = field(default_factory=list)
    groups: dict[str, str | None] = field(default_factory=dict)


def random_paper(choose: random.Random) -> Paper:
    """A paper whose layout and content are drawn from ``choose``."""
    years = tuple(range(first := choose.choice([2019, 2024, 2026]), first + choose.choice([2, 3, 4, 4, 4])))
    look = _random_look(choose)
    unit = choose.choice(list(UNITS))
    return Paper(
        look=look,
        unit=unit,
        years=years,
        rows=_random_rows(choose, unit, len(years)),
        total=choose.random() < 0.25,
        price_level=choose.choice([None, years[0], years[0] - 1]),
        sign_note=choose.random() < 0.2,
        start=choose.choice([0.0, 0.0, 0.0, 0.3, 0.6]),
        before=tuple(choose.sample(PROSE, choose.randint(0, 3))),
        after=tuple(choose.sample(PROSE, choose.randint(0, 3))),
    )


def _random_look(choose: random.Random) -> Look:
    size = choose.choice([7.5, 8, 9, 10, 11, 12])
    number, remark = choose.random() < 0.15, choose.random() < 0.15
    align = choose.choice(["right", "right", "right", "center", "left"])
    return Look(
        face=choose.randrange(len(FACES)),
        size=size,
        leading=choose.choice([1.15, 1.25, 1.4]),
        row_gap=choose.choice([0.0, 0.0, 0.35, 0.6]),
        left=choose.choice([42, 56, 71]),
        label_width=choose.choice([13, 17, 24]) * size,
        gutter=choose.choice([0.6, 1, 1.5, 2.5]),
        align=align,
        head_align=align if choose.random() < 0.8 else choose.choice(["right", "center", "left"]),
        minus=choose.choice(["-", "-", "\u2212", "\u2013", "("]),
        thousands=choose.choice([".", ".", " ", "\u00a0", ""]),
        rules=choose.choice(["none", "none", "none", "head", "ends", "rows", "grid"]),
        shading=choose.choice(["none", "none", "none", "head", "zebra"]),
        amount_line=choose.choice(["first", "first", "middle", "last"]),
        unit_place=choose.choice(["above", "above", "head", "title"]),
        heading=choose.choice(HEADINGS),
        number_column=number,
        remark_column=remark,
        repeat_head=choose.random() < 0.7,
    )


def _random_rows(choose: random.Random, unit: str, years: int) -> tuple[Row, ...]:
    names = choose.sample(NAMES, choose.choice([2, 3, 4, 6, 9, 14]))
    if choose.random() < 0.15:
        names += [f"{work} på {place}" for work in WORK for place in PLACES]
    sections = choose.sample(SECTIONS, len(SECTIONS)) if choose.random() < 0.4 else []
    rows: list[Row] = []
    for number, name in enumerate(names):
        if sections and number % 3 == 0:
            rows.append(Row("section", sections.pop()))
        elif rows and choose.random() < 0.05:
            rows.append(Row("blank"))
        rows.append(Row("line", name, _figures(choose, unit, years)))
    if choose.random() < 0.5:
        sums = [sum(row.values[n] or 0 for row in rows if row.values) for n in range(years)]
        rows.append(Row("total", choose.choice(["I alt", "Netto", "Samlet økonomi"]), tuple(map(Decimal, sums))))
    if choose.random() < 0.6:
        people = tuple(Decimal(choose.randint(-80, 20)).scaleb(-1) for _ in range(years))
        rows.append(Row("people", choose.choice(PEOPLE), people))
    return tuple(rows)


def _figures(choose: random.Random, unit: str, years: int) -> tuple[Decimal | None, ...]:
    most = {1: 4_000_000, 1000: 40_000, 1_000_000: 900}[UNITS[unit]]
    figures: list[Decimal | None] = []
    for _ in range(years):
        value = Decimal(choose.randint(-most, most // 3))
        figures.append(None if choose.random() < 0.07 else value.scaleb(-1) if UNITS[unit] > 1000 else value)
    return tuple(figures) if any(value is not None for value in figures) else (Decimal(-1), *figures[1:])


def wording(value: Decimal | None, look: Look) -> str:
    """A figure as this paper prints it."""
    if value is None:
        return ""
    whole, _, part = f"{abs(value):f}".partition(".")
    groups: list[str] = []
    while whole:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    text = look.thousands.join(groups) + (f",{part}" if part else "")
    if value >= 0:
        return text
    return f"({text})" if look.minus == "(" else look.minus + text


def printed(paper: Paper) -> tuple[bytes, Truth]:
    """The PDF of a paper, and what it says."""
    press = _Press(paper)
    press.run()
    return press.close(), truth_of(paper)


def truth_of(paper: Paper) -> Truth:
    """What a careful reader takes from the paper's table."""
    truth = Truth()
    group: str | None = None
    factor = UNITS[paper.unit]
    for row in paper.rows:
        if row.kind == "section":
            group = row.label
        if not row.values:
            continue
        truth.groups[row.label] = group
        scale = 1 if row.kind == "people" else factor
        for year, value in zip(paper.years, row.values, strict=True):
            if value is not None:
                truth.values.append((row.label, str(year), value * scale))
        if paper.total and row.kind != "people":
            truth.values.append((row.label, "I alt", sum(v for v in row.values if v is not None) * Decimal(scale)))
    return truth


class _Press:
    """Prints a paper from the top down, page after page."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.look = paper, paper.look
        self.face, self.bold = FACES[self.look.face]
        self.lead = self.look.size * self.look.leading
        look = self.look
        self.label_x = look.left + (34 if look.number_column else 0)
        self.first = self.label_x + look.label_width
        self.columns = len(paper.years) + paper.total
        self.column_width = self._widest() + look.gutter * look.size
        self.right = self.first + self.columns * self.column_width
        self.remark_x = self.right + look.size
        self.right += 70 if look.remark_column else 0
        self.page = A4 if self.right < A4[0] - 30 else landscape(A4)
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=self.page, invariant=1)
        self.y = self.page[1] * (1 - paper.start) - 60

    def close(self) -> bytes:
        self.canvas.save()
        return self.file.getvalue()

    def run(self) -> None:
        self._text("Budgetforslag 2026: Ny drift af haller", bold=True)
        self.y -= self.lead
        for text in self.paper.before:
            self._text(text)
        self.y -= self.lead
        self._said_above()
        self._head()
        top = self.y
        for number, row in enumerate(self.paper.rows):
            self._row(row, number)
        if self.look.rules in {"ends", "rows", "grid"} and top > self.y:
            self._rule(self.y + self.look.size * (1 + self.look.row_gap / 2) - 1)
        self.y -= 2 * self.lead
        for text in self.paper.after:
            self._text(text)

    def _widest(self) -> float:
        """The width of the longest figure or heading of a column."""
        texts = [text for year in self.paper.years for text in self.look.heading.format(year).split("\n")]
        for row in self.paper.rows:
            values = [value for value in row.values if value is not None]
            texts += [wording(value, self.look) for value in [*values, sum(values, Decimal(0))]]
        return float(max(stringWidth(text, self.bold, self.look.size) for text in texts))

    def _said_above(self) -> None:
        paper = self.paper
        notes = []
        if self.look.unit_place == "title":
            notes.append(f"Tabel 1. Økonomi ({paper.unit.strip('()')})")
        elif self.look.unit_place == "above":
            notes.append(paper.unit)
        if paper.price_level is not None:
            notes.append(f"{paper.price_level}-priser")
        if paper.sign_note:
            notes.append("- = mindreudgift, + = merudgift")
        for note in notes:
            self._text(note)
        self.y -= 0.5 * self.lead

    def _text(self, text: str, bold: bool = False) -> None:
        for line in _wrapped(text, self.bold if bold else self.face, self.look.size, 470):
            self._break(1)
            self._put(self.look.left, line, bold=bold)
            self.y -= self.lead

    def _put(self, x: float, text: str, *, align: str = "left", bold: bool = False, dy: float = 0) -> None:
        face = self.bold if bold else self.face
        self.canvas.setFont(face, self.look.size)
        width = stringWidth(text, face, self.look.size)
        shift = {"left": 0.0, "right": width, "center": width / 2}[align]
        self.canvas.drawString(x - shift, self.y - dy, text)

    def _column(self, number: int, align: str) -> float:
        start = self.first + number * self.column_width
        inner = self.column_width - self.look.size * self.look.gutter
        return start + self.look.size * self.look.gutter / 2 + {"left": 0.0, "center": inner / 2, "right": inner}[align]

    def _head(self) -> None:
        look = self.look
        texts = [look.heading.format(year).split("\n") for year in self.paper.years]
        texts += [["I alt"]] if self.paper.total else []
        depth = max(map(len, texts))
        high = depth * self.lead + look.row_gap * look.size
        if look.shading == "head":
            self._shade(self.y + look.size, high)
        if look.rules in {"ends", "rows", "grid"}:
            self._rule(self.y + look.size * (1 + look.row_gap / 2))
        if look.unit_place == "head":
            self._put(self.label_x, self.paper.unit, bold=True, dy=(depth - 1) * self.lead)
        for number, lines in enumerate(texts):
            for line, text in enumerate(lines, depth - len(lines)):
                self._put(
                    self._column(number, look.head_align), text, align=look.head_align, bold=True, dy=line * self.lead
                )
        top = self.y + look.size * (1 + look.row_gap / 2)
        self.y -= high
        if look.rules != "none":
            self._rule(self.y + look.size * (1 + look.row_gap / 2))
        self._uprights(top, self.y + look.size * (1 + look.row_gap / 2))

    def _row(self, row: Row, number: int) -> None:
        look = self.look
        bold = row.kind in {"section", "total"}
        width = look.label_width - look.size if row.values else 400
        lines = _wrapped(row.label, self.bold if bold else self.face, look.size, width) or [""]
        if self._break(len(lines) + 1) and look.repeat_head:
            self._head()
        high = len(lines) * self.lead + look.row_gap * look.size
        if look.shading == "zebra" and number % 2:
            self._shade(self.y + look.size * (1 + look.row_gap / 2) - 1, high)
        for line, text in enumerate(lines):
            self._put(self.label_x, text, bold=bold, dy=line * self.lead)
        last = (len(lines) - 1) * self.lead
        dy = {"first": 0.0, "middle": last / 2, "last": last}[look.amount_line]
        if row.values:
            self._values(row, dy, bold)
        if look.number_column and row.kind == "line":
            self._put(look.left, str(number + 1), dy=0)
        if look.remark_column and row.kind == "line" and number % 2:
            self._put(self.remark_x, "Se bilag", dy=dy)
        top = self.y + look.size * (1 + look.row_gap / 2)
        self.y -= high
        below = self.y + look.size * (1 + look.row_gap / 2)
        if look.rules in {"rows", "grid"}:
            self._rule(below)
        self._uprights(top, below)

    def _values(self, row: Row, dy: float, bold: bool) -> None:
        values: list[Decimal | None] = list(row.values)
        if self.paper.total and row.kind != "people":
            values.append(Decimal(sum(value for value in values if value is not None)))
        for number, value in enumerate(values):
            x = self._column(number, self.look.align)
            self._put(x, wording(value, self.look), align=self.look.align, bold=bold, dy=dy)

    def _rule(self, y: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.line(self.look.left - 3, y, self.right, y)

    def _uprights(self, top: float, below: float) -> None:
        if self.look.rules != "grid":
            return
        edges = [self.look.left - 3, *(self.first + n * self.column_width for n in range(self.columns + 1))]
        edges += [self.right] if self.look.remark_column else []
        if self.look.number_column:
            edges.insert(1, self.label_x - 4)
        for x in edges:
            self.canvas.line(x, top, x, below)

    def _shade(self, top: float, high: float) -> None:
        self.canvas.setFillColor(colors.Color(0.9, 0.93, 0.96))
        self.canvas.rect(self.look.left - 3, top - high, self.right - self.look.left + 3, high, stroke=0, fill=1)
        self.canvas.setFillColor(colors.black)

    def _break(self, lines: int) -> bool:
        """Turn the page where so many lines do not fit; True if it was turned."""
        if self.y - lines * self.lead > 70:
            return False
        self.canvas.showPage()
        self.y = self.page[1] - 60
        return True


def _wrapped(text: str, face: str, size: float, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and stringWidth(f"{lines[-1]} {word}", face, size) <= width:
            lines[-1] += f" {word}"
        elif word:
            lines.append(word)
    return lines


def papers(count: int, seed: int) -> Sequence[Paper]:
    """So many papers, the same ones for the same seed."""
    choose = random.Random(seed)
    return [random_paper(choose) for _ in range(count)]
