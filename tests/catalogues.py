"""Invented budget catalogues as PDFs in several house styles, with what stands in them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    LongTable,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)

YEARS = (2026, 2027, 2028, 2029)
COMMITTEES = ("Børne- og Ungdomsudvalget", "Kultur- og Fritidsudvalget", "Teknik- og Miljøudvalget")
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=6)
BOLD = ParagraphStyle("bold", BODY, fontName="Helvetica-Bold", keepWithNext=1)
TITLE = ParagraphStyle("title", BOLD, fontSize=15, leading=19, spaceAfter=10)
CELL = ParagraphStyle("cell", BODY, fontSize=9, leading=11, spaceAfter=0)
FIGURE = ParagraphStyle("figure", CELL, alignment=2)
WHAT = ("Fælles", "Færre", "Lavere", "Senere", "Digital", "Bedre", "Nyt", "Mindre")
OF = ("indkøb", "rengøring", "drift", "bemanding", "kørsel", "vedligehold", "administration", "tilsyn")
WHERE = ("på skolerne", "i dagtilbud", "på bibliotekerne", "i hallerne", "på vejene", "i parkerne", "på rådhuset")
PROSE = (
    "Opgaven løses i dag flere steder, og arbejdsgangene er forskellige. Forslaget samler den, så der bruges færre "
    "timer på koordinering. Brugerne får én indgang, og ventetiden bliver kortere."
)


@dataclass(frozen=True)
class Idea:
    """A proposal as it stands behind: changes in thousands of kr. by year, and its title as printed."""

    number: str
    title: str
    committee: str
    saving: tuple[int, ...]
    investment: tuple[int, ...] = (0, 0, 0, 0)

    @property
    def net(self) -> tuple[int, ...]:
        return tuple(a + b for a, b in zip(self.saving, self.investment, strict=True))


@dataclass(frozen=True)
class Row:
    """A row of the summary; ``figures`` in thousands of kr."""

    number: str
    title: str
    committee: str
    figures: tuple[int, ...]


def title_of(n: int) -> str:
    return f"{WHAT[n % 8]} {OF[n // 8 % 8]} {WHERE[n // 64 % 7]}" + (f" i område {n // 448}" if n >= 448 else "")


def ideas(count: int, pattern: str = "BUU-{n:02d}") -> list[Idea]:
    found = []
    for n in range(count):
        committee = COMMITTEES[n * len(COMMITTEES) // count]
        saving = tuple(-(37 * n + 110) * step for step in (1, 2, 3, 3))
        spent = (250 + n, 0, 0, 0) if n % 3 == 0 else (0, 0, 0, 0)
        number = pattern.format(n=n + 1, c=committee[0])
        found.append(Idea(number, title_of(n * 5 + n // 8), committee, saving, spent))
    return found


def summary_of(proposals: Sequence[Idea]) -> list[Row]:
    return [Row(idea.number, idea.title, idea.committee, idea.net) for idea in proposals]


def changed(rows: Sequence[Row], at: int, **fields: Any) -> list[Row]:
    return [replace(row, **fields) if n == at else row for n, row in enumerate(rows)]


@dataclass
class Style:
    """A house style. ``form``: how a proposal's head is printed; ``flow``: proposals follow on the same page."""

    form: str = "labels"
    summary: str = "plain"
    where: str = "front"
    unit: str = "1.000 kr."
    summary_unit: str = "1.000 kr."
    ruled: bool = False
    flow: bool = False
    chapters: bool = False
    contents: bool = True
    long: Sequence[int] = ()
    appendix: bool = False
    columns: Sequence[str] = ("number", "title", "committee")
    sums: bool = False
    net: str = "Samlet ændring (netto)"
    running: str = "Fjordby Kommune · Budgetkatalog 2026-2029"
    front: Sequence[Sequence[str]] = ()


def printed(value: int, unit: str) -> str:
    """A figure of thousands of kr. in the unit of its table."""
    if unit == "mio. kr.":
        return f"{value / 1000:.1f}".replace(".", ",")
    if unit == "kr.":
        return f"{value * 1000:,}".replace(",", ".")
    return f"{value:,}".replace(",", ".") if value else "0"


class Mark(Flowable):  # type: ignore[misc]
    """Nothing on the page; tells on which page it stands."""

    def __init__(self, pages: list[int]) -> None:
        super().__init__()
        self.pages = pages

    def wrap(self, *_: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.pages.append(self.canv.getPageNumber())


def catalogue(proposals: Sequence[Idea], rows: Sequence[Row] | None, style: Style) -> bytes:
    """The PDF. ``rows``: the summary's; None for a catalogue without one."""
    return with_pages(proposals, rows, style)[0]


def with_pages(
    proposals: Sequence[Idea], rows: Sequence[Row] | None, style: Style
) -> tuple[bytes, list[tuple[int, int]]]:
    """The PDF, and the first and last page of each proposal."""
    out = io.BytesIO()
    pages: list[int] = []
    doc = BaseDocTemplate(out, pagesize=A4, leftMargin=60, rightMargin=60, topMargin=70, bottomMargin=60, invariant=1)

    def furniture(canvas: Canvas, _doc: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, A4[1] - 40, style.running)
        canvas.drawRightString(A4[0] - 60, 30, f"Side {canvas.getPageNumber()}")

    frame = Frame(60, 60, A4[0] - 120, A4[1] - 130, leftPadding=0, rightPadding=0)
    doc.addPageTemplates([PageTemplate(frames=[frame], onPage=furniture)])
    doc.build(list(_story(proposals, rows, style, pages)))
    return out.getvalue(), list(zip(pages[::2], pages[1::2], strict=True))


def _story(proposals: Sequence[Idea], rows: Sequence[Row] | None, style: Style, pages: list[int]) -> Iterator[Flowable]:
    yield Paragraph("Budgetkatalog 2026-2029", TITLE)
    yield Paragraph("Forslag til budgettet. Kataloget er ikke politisk behandlet.", BODY)
    yield PageBreak()
    if style.contents:
        yield Paragraph("Indhold", TITLE)
        for n, idea in enumerate(proposals):
            yield Paragraph(f"{idea.number} {idea.title} {'.' * 40} {n + 4}", BODY)
        yield PageBreak()
    if style.front:
        yield _grid(style.front, len(style.front[0]), style.ruled, [80, 220, 175])
        yield PageBreak()
    if rows is not None and style.where == "front":
        yield from _summary(rows, style)
        yield PageBreak()
    before = None
    for n, idea in enumerate(proposals):
        if style.chapters and idea.committee != before:
            if style.flow and before is not None:
                yield PageBreak()
            yield Paragraph(idea.committee, TITLE)
            if rows is not None and style.where == "chapters":
                yield from _table([row for row in rows if row.committee == idea.committee], style)
            else:
                yield Paragraph(f"Her følger forslagene fra {idea.committee}. {PROSE}", BODY)
            yield PageBreak()
        before = idea.committee
        yield from _proposal(idea, style, pages, long=n in style.long)
        yield Spacer(0, 24) if style.flow else PageBreak()
    if style.flow:
        yield PageBreak()
    if rows is not None and style.where == "behind":
        yield from _summary(rows, style)
        yield PageBreak()
    if style.appendix:
        yield Paragraph("Bilag 1: Metode", TITLE)
        yield Paragraph(f"Forslagene er beregnet af Økonomi. {PROSE}", BODY)


# --- the summary ----------------------------------------------------------------------------------------------


def _summary(rows: Sequence[Row], style: Style) -> Iterator[Flowable]:
    yield Paragraph("Samlet oversigt over forslagene", TITLE)
    yield from _table(rows, style)


def _table(rows: Sequence[Row], style: Style) -> Iterator[Flowable]:
    unit = style.summary_unit
    names = {"number": "Nr.", "title": "Forslag", "committee": "Udvalg"}
    head = [names[column] for column in style.columns] + [str(year) for year in YEARS]
    head += ["I alt"] if style.sums else []
    cells = [head]
    groups: list[str | None] = [None]
    if style.summary == "grouped":
        groups = list(dict.fromkeys(row.committee for row in rows))
    for group in groups:
        own = [row for row in rows if group in (None, row.committee)]
        if group:
            cells.append([group, *[""] * (len(head) - 1)])
        for row in own:
            cells.append([str(getattr(row, column)) for column in style.columns] + _figures(row.figures, style))
        if group:
            sums = _figures(_sum(own), style)
            cells.append([f"{group} i alt", *[""] * (len(style.columns) - 1), *sums])
    cells.append(["I alt", *[""] * (len(style.columns) - 1), *_figures(_sum(rows), style)])
    yield Paragraph(f"Beløb i {unit}, 2026-priser", CELL)
    yield Spacer(0, 4)
    yield _grid(cells, len(style.columns), style.ruled, [_WIDTHS[column] for column in style.columns])


_WIDTHS = {"number": 58, "title": 150, "committee": 92}


def _sum(rows: Sequence[Row]) -> tuple[int, ...]:
    return tuple(sum(row.figures[n] for row in rows) for n in range(len(YEARS)))


def _figures(values: Sequence[int], style: Style) -> list[str]:
    more = [sum(values)] if style.sums else []
    return [printed(value, style.summary_unit) for value in [*values, *more]]


def _grid(cells: Sequence[Sequence[str]], labels: int, ruled: bool, widths: Sequence[float]) -> Flowable:
    commands: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 2)]
    commands += [("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]
    for n, row in enumerate(cells):
        if labels > 1 and row[0] and not row[1]:
            commands.append(("SPAN", (0, n), (labels - 1, n)))
    if ruled:
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    made = [[Paragraph(text, FIGURE if n >= labels else CELL) for n, text in enumerate(row)] for row in cells]
    figures = len(cells[0]) - labels
    each = min((475 - sum(widths)) / figures, 60) if figures else 0
    return LongTable(made, colWidths=[*widths, *[each] * figures], repeatRows=1, style=TableStyle(commands))


# --- a proposal -----------------------------------------------------------------------------------------------


def _proposal(idea: Idea, style: Style, pages: list[int], *, long: bool) -> Iterator[Flowable]:
    unit = Paragraph(f"Beløb i {style.unit}, 2026-priser", CELL)
    yield KeepTogether([Mark(pages), *FORMS[style.form](idea), Spacer(0, 8), unit])
    yield Spacer(0, 3)
    lines = {"Besparelse": idea.saving, "Investering": idea.investment, style.net: idea.net}
    cells = [["", *map(str, YEARS)]]
    for label, values in lines.items():
        cells.append([label, *(printed(value, style.unit) if value or label == style.net else "" for value in values)])
    yield _grid(cells, 1, style.ruled, [200])
    yield Spacer(0, 8)
    for heading in ("Resumé", "Forslag", "Konsekvenser"):
        yield Paragraph(heading, BOLD)
        for _ in range(8 if long else 0):
            yield Paragraph(PROSE, BODY)
        yield Paragraph(PROSE, BODY)
    yield KeepTogether([Paragraph("Forslaget drøftes i MED.", BODY), Mark(pages)])


def _labels(idea: Idea) -> Iterator[Flowable]:
    yield Paragraph("Budgetforslag", BOLD)
    yield Paragraph(f"Nr. {idea.number}" if idea.number else "Status Nyt", BODY)
    yield Paragraph(f"Titel {idea.title}", BODY)
    yield Paragraph(f"Udvalg {idea.committee}", BODY)
    yield Paragraph("Forslagsstiller Direktionen", BODY)


def _boxed(idea: Idea) -> Iterator[Flowable]:
    yield _box([["Nr.", "Titel", "Udvalg"], [idea.number, idea.title, idea.committee]], 80, 220, 175)


def _boxed_left(idea: Idea) -> Iterator[Flowable]:
    yield _box([["Forslag nr.", idea.number], ["Overskrift", idea.title], ["Udvalg", idea.committee]], 110, 200)


def _four_cells(idea: Idea) -> Iterator[Flowable]:
    yield _box(
        [["Nr.", idea.number, "Udvalg", idea.committee], ["Titel", idea.title, "Type", "Drift"]], 60, 180, 60, 175
    )


def _two_heads(idea: Idea) -> Iterator[Flowable]:
    rows = [["Nr.", "Titel"], [idea.number, idea.title], ["Udvalg", "Forslagsstiller"]]
    yield _box([*rows, [idea.committee, "Center for Børn"]], 175, 300)


def _level_lines(idea: Idea) -> Iterator[Flowable]:
    rows = [["Forslag nr.", idea.number], ["Overskrift", idea.title], ["Udvalg", idea.committee]]
    yield _box(
        rows,
        110,
        200,
        style=[("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black), ("LINEABOVE", (0, 0), (-1, 0), 0.5, colors.black)],
    )


def _columns(idea: Idea) -> Iterator[Flowable]:
    rows = [["Nr.", "Titel", "Udvalg"], [idea.number, idea.title, idea.committee]]
    yield _box(rows, 80, 220, 175, style=[("VALIGN", (0, 0), (-1, -1), "TOP")])


def _box(
    rows: Sequence[Sequence[str]],
    *widths: float,
    style: Sequence[tuple[Any, ...]] = (("GRID", (0, 0), (-1, -1), 0.5, colors.black),),
) -> Flowable:
    made = [[Paragraph(text, CELL) for text in row] for row in rows]
    return LongTable(made, colWidths=widths, style=TableStyle(list(style)))


def _kind(idea: Idea) -> Iterator[Flowable]:
    yield Paragraph(f"Forslag nr. {idea.number}: {idea.title}", TITLE)
    yield Paragraph(f"Udvalg: {idea.committee}", BODY)
    yield Paragraph("Stillet af: Forvaltningen", BODY)


def _coded(idea: Idea) -> Iterator[Flowable]:
    yield Paragraph(f"{idea.number} {idea.title}", TITLE)
    yield Paragraph(f"Udvalg: {idea.committee}", BODY)


def _behind(idea: Idea) -> Iterator[Flowable]:
    yield Paragraph("Effektiviseringsforslag", TITLE)
    yield Paragraph(f"Forslagsnr.: {idea.number}", BODY)
    yield Paragraph(f"Forslagets titel: {idea.title}", BODY)
    yield Paragraph(f"Fagudvalg: {idea.committee}", BODY)


FORMS = {
    "labels": _labels,
    "boxed": _boxed,
    "boxed-left": _boxed_left,
    "four-cells": _four_cells,
    "two-heads": _two_heads,
    "level-lines": _level_lines,
    "columns": _columns,
    "kind": _kind,
    "coded": _coded,
    "behind": _behind,
}
