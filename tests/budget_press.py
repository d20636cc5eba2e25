"""The PDF of an invented budget proposal: a paper printed in its look, the same bytes for the same paper."""

from __future__ import annotations

import io
from decimal import Decimal

from budget_papers import FACES, Paper, Row, Truth, truth_of, wording
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from samples_pdf import FONTS  # registers the Vera fonts

assert FONTS.is_dir()


def printed(paper: Paper) -> tuple[bytes, Truth]:
    """The PDF of a paper, and what it says."""
    press = _Press(paper)
    press.run()
    return press.close(), truth_of(paper)


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
