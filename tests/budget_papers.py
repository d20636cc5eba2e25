"""Invented budget proposals with their truth: the layout varies, the meaning is known.

``random_paper`` draws one from a :class:`random.Random` (hypothesis can drive it), ``truth_of`` says what stands in it,
and ``budget_press`` prints it. A person can read every one of them: labels go on in lower case or rows stand apart.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

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


def papers(count: int, seed: int) -> Sequence[Paper]:
    """So many papers, the same ones for the same seed."""
    choose = random.Random(seed)
    return [random_paper(choose) for _ in range(count)]
