"""Prints a sample's blocks as a PDF, the same bytes on every run (reportlab, invariant, uncompressed pages)."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    LongTable,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)

FONTS = Path(reportlab.__file__).parent / "fonts"
for _name, _file in (("Vera", "Vera.ttf"), ("Vera-Bold", "VeraBd.ttf"), ("Vera-Italic", "VeraIt.ttf")):
    pdfmetrics.registerFont(TTFont(_name, FONTS / _file))

FACES = {
    "fjordby": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", 10.5),
    "lyngsoe": ("Vera", "Vera-Bold", "Vera-Italic", 9),
    "print": ("Times-Roman", "Times-Bold", "Times-Italic", 11),
}
Block = tuple[str, Any]


class Look:
    """The paragraph styles of one house style."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.face, self.bold, self.italic, self.size = FACES[name]
        lead = self.size * 1.32
        base = ParagraphStyle("base", fontName=self.face, fontSize=self.size, leading=lead, splitLongWords=0)
        self.body = ParagraphStyle("body", base, spaceAfter=lead * 0.62)
        self.line = ParagraphStyle("line", base)
        self.bullet = ParagraphStyle("bullet", base, leftIndent=14, bulletIndent=3, spaceAfter=3)
        self.title = ParagraphStyle(
            "title", base, fontName=self.bold, fontSize=self.size + 7, leading=(self.size + 7) * 1.25, spaceAfter=12
        )
        self.heading = ParagraphStyle(
            "heading", base, fontName=self.bold, fontSize=self.size + 1, spaceBefore=7, spaceAfter=3, keepWithNext=1
        )
        small = self.size - 1
        self.small = ParagraphStyle("small", base, fontName=self.italic, fontSize=small, leading=small * 1.3)
        self.cell = ParagraphStyle("cell", base, fontSize=small, leading=small * 1.22)
        self.cell_bold = ParagraphStyle("cell-bold", self.cell, fontName=self.bold)
        self.number = ParagraphStyle("number", self.cell, alignment=TA_RIGHT)
        self.number_bold = ParagraphStyle("number-bold", self.number, fontName=self.bold)


def render(blocks: list[Block], *, look: str, header: str, footer: str, title: str) -> bytes:
    """The blocks as a PDF. `{page}` and `{pages}` in header and footer are filled in, so pages are counted first."""
    style = Look(look)
    pages = 0
    data = b""
    for _ in range(2):
        data, pages = _build(blocks, style, header, footer.replace("{pages}", str(pages)), title)
    return data


def _build(blocks: list[Block], look: Look, header: str, footer: str, title: str) -> tuple[bytes, int]:
    out = io.BytesIO()
    doc = BaseDocTemplate(
        out,
        pagesize=A4,
        leftMargin=64,
        rightMargin=64,
        topMargin=72,
        bottomMargin=64,
        title=title,
        author="",
        invariant=1,
        pageCompression=0,
    )

    def furniture(canvas: Canvas, _doc: BaseDocTemplate) -> None:
        page = canvas.getPageNumber()
        canvas.saveState()
        canvas.setFont(look.face, 8)
        canvas.drawString(64, A4[1] - 40, header.replace("{page}", str(page)))
        canvas.drawRightString(A4[0] - 64, 34, footer.replace("{page}", str(page)))
        canvas.restoreState()

    frame = Frame(doc.leftMargin, doc.bottomMargin, doc.width, doc.height, leftPadding=0, rightPadding=0)
    doc.addPageTemplates([PageTemplate(frames=[frame], onPage=furniture)])
    doc.build([flowable for block in blocks for flowable in _flowables(block, look, doc.width)])
    return out.getvalue(), doc.page


def _flowables(block: Block, look: Look, width: float) -> Iterable[Flowable]:
    kind, content = block
    if kind == "table":
        yield Spacer(0, 6)
        yield from _table(content, look, width)
        yield Spacer(0, 10)
    elif kind == "form":
        yield _form(content, look, width)
        yield Spacer(0, 8)
    elif kind == "break":
        yield PageBreak()
    elif kind == "space":
        yield Spacer(0, float(content))
    elif kind == "rule":
        yield HRFlowable(width="100%", thickness=0.6, color=colors.grey, spaceBefore=3, spaceAfter=6)
    elif kind == "bullet":
        yield Paragraph(escape(content), look.bullet, bulletText="•")
    elif kind == "label":
        label, _, rest = content.partition(" ")
        yield Paragraph(f'<font name="{look.bold}">{escape(label)}</font> {escape(rest)}', look.line)
    else:
        yield Paragraph(escape(content).replace("\n", "<br/>"), getattr(look, kind))


def _form(rows: list[tuple[str, str]], look: Look, width: float) -> Flowable:
    """The head of a proposal: labels on the left, what is said of them on the right; boxed in the ruled style."""
    cells = [[Paragraph(escape(a), look.cell_bold), Paragraph(escape(b), look.cell)] for a, b in rows]
    commands: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)]
    commands += [("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]
    if look.name == "lyngsoe":
        commands += [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("LEFTPADDING", (0, 0), (0, -1), 4)]
        commands += [("BACKGROUND", (0, 0), (0, -1), colors.HexColor("#e6edf2"))]
    return LongTable(cells, colWidths=[110, width - 110], style=TableStyle(commands))


def _table(spec: dict[str, Any], look: Look, width: float) -> Iterable[Flowable]:
    ruled = spec.get("ruled", False)
    number_width = float(spec.get("number_width", 58))
    count = len(spec["columns"])
    label_width = float(spec.get("label_width", width - number_width * count))
    if spec.get("above"):
        yield Paragraph(escape(spec["above"]), look.cell_bold)
        yield Spacer(0, 2)
    corner = [] if spec.get("unit_elsewhere") else [spec[key] for key in ("unit", "price") if spec.get(key)]
    head = [Paragraph("<br/>".join(map(escape, corner)), look.cell)]
    head += [Paragraph(escape(str(column)), look.number_bold) for column in spec["columns"]]
    rows, commands = [head], _commands(ruled, label_width + number_width * count)
    for label, role, *cells in spec["rows"]:
        bold = role in ("net", "total", "group")
        cells = cells + [""] * (count - len(cells))
        number = look.number_bold if bold else look.number
        rows.append(
            [Paragraph(escape(label), look.cell_bold if bold else look.cell)]
            + [Paragraph(escape(cell), number) for cell in cells]
        )
    yield LongTable(
        rows,
        colWidths=[label_width, *[number_width] * count],
        style=TableStyle(commands),
        repeatRows=1,
        hAlign="LEFT",
    )
    if "note" in spec:
        yield Paragraph(escape(spec["note"]), look.small)


def _commands(ruled: bool, width: float) -> list[tuple[Any, ...]]:
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 4 if ruled else 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
    if ruled:
        commands += [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
        commands += [("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e6edf2"))]
    return commands
