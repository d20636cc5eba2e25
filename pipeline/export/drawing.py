"""Pages as pictures, with what was read drawn over them: words, drawn lines, shading, cells and values."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

from corpus.cprcells import cpr_numbers
from corpus.model import Box, Table
from corpus.reading import Page, Reading
from pipeline.export.grids import read_values
from pipeline.export.tables import danish

SCALE = 3.0
"""Pixels to a point; 216 dots an inch."""
MOST_PIXELS = 4000
WORD, RULING, FILL, CELL, VALUE, BLACK = "#b0b0b0", "#e00000", "#f0a000", "#0050e0", "#007830", "#000000"
NUMBER_SIZE, VALUE_SIZE = 13, 12


def pages_to_draw(reading: Reading, tables: Sequence[Table], *, all_pages: bool) -> list[int]:
    """The numbers of the pages with a table, or of all."""
    with_table = {page for table in tables for page in table.pages}
    return [page.number for page in reading.pages if all_pages or page.number in with_table]


def drawn_pages(
    data: bytes, reading: Reading, tables: Sequence[Table], numbers: Sequence[int], *, show_identifiers: bool
) -> Iterator[tuple[int, bytes | None]]:
    """The number and the PNG of each page of a PDF; None for a page that pdfium cannot paint.

    ``reading`` must be unmasked: where it has CPR numbers, the picture is blacked out, unless ``show_identifiers``.
    """
    hidden = [] if show_identifiers else [match.span() for match in cpr_numbers(reading)]
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:  # what only the other engine could read
        yield from ((number, None) for number in numbers)
        return
    try:
        document.init_forms()
        for number in numbers:
            yield number, _painted(document, reading.pages[number - 1], tables, hidden)
    finally:
        document.close()


def _painted(
    document: pdfium.PdfDocument, page: Page, tables: Sequence[Table], hidden: Sequence[tuple[int, int]]
) -> bytes | None:
    try:
        return _png(_drawn(document, page, tables, hidden))
    except (pdfium.PdfiumError, ValueError):  # pypdfium2 raises ValueError for a crop box off the page
        return None


def _png(picture: Image.Image) -> bytes:
    held = io.BytesIO()
    picture.save(held, format="PNG")
    return held.getvalue()


def _drawn(
    document: pdfium.PdfDocument, page: Page, tables: Sequence[Table], hidden: Sequence[tuple[int, int]]
) -> Image.Image:
    shown = document[page.number - 1]
    try:
        scale = min(SCALE, MOST_PIXELS / max(page.width, page.height, 1.0))
        picture: Image.Image = shown.render(scale=scale).to_pil().convert("RGB")
    finally:
        shown.close()
    sheet = _Sheet(picture, scale)
    sheet.boxes(page.fill_boxes.tolist(), FILL)
    sheet.boxes(page.boxes.tolist(), WORD)
    sheet.lines(page.ruling_boxes.tolist())
    for table in tables:
        _draw_table(sheet, table, page.number)
    for start, end, *box in ((word.start, word.end, word.x0, word.top, word.x1, word.bottom) for word in page.words):
        if any(start < last and first < end for first, last in hidden):
            sheet.black((box[0], box[1], box[2], box[3]))
    return picture


def _draw_table(sheet: _Sheet, table: Table, number: int) -> None:
    values = read_values(table)
    for row in table.cells:
        for cell in row:
            if cell.bbox is None or cell.page != number:
                continue
            sheet.boxes([list(cell.bbox)], CELL)
            sheet.label(cell.bbox, f"{cell.row},{cell.column}", CELL, below=False)
            if (read := values.get((cell.row, cell.column))) is not None:
                line, value = read
                # Pillow's own font has no æ, ø or å.
                unit = {"DKK": "kr.", "fte": "FTE", "position": "positions"}.get(line.unit or "", line.unit or "")
                year = f"{value.year}: " if value.year is not None else ""
                sheet.label(cell.bbox, f"{year}{danish(format(value.value, 'f'))} {unit}", VALUE, below=True)


class _Sheet:
    """A picture to draw on, in points of the page from its top left corner."""

    def __init__(self, picture: Image.Image, scale: float) -> None:
        self._draw = ImageDraw.Draw(picture)
        self._scale = scale
        self._fonts = {size: ImageFont.load_default(size) for size in (NUMBER_SIZE, VALUE_SIZE)}

    def boxes(self, boxes: Sequence[Sequence[float]], colour: str) -> None:
        for box in boxes:
            self._draw.rectangle(self._pixels(box), outline=colour)

    def lines(self, boxes: Sequence[Sequence[float]]) -> None:
        for box in boxes:
            self._draw.line(self._pixels(box), fill=RULING, width=2)

    def label(self, box: Box, text: str, colour: str, *, below: bool) -> None:
        """A text at the box's left end above it, or at its right end below it."""
        left, top, right, bottom = self._pixels(box)
        font = self._fonts[VALUE_SIZE if below else NUMBER_SIZE]
        place, anchor = ((right, bottom), "rt") if below else ((left, top), "lb")
        self._draw.rectangle(self._draw.textbbox(place, text, font=font, anchor=anchor), fill="white")
        self._draw.text(place, text, fill=colour, font=font, anchor=anchor)

    def black(self, box: Box) -> None:
        left, top, right, bottom = self._pixels(box)
        self._draw.rectangle((left - 2, top - 2, right + 2, bottom + 2), fill=BLACK)

    def _pixels(self, box: Sequence[float]) -> tuple[float, float, float, float]:
        x0, top, x1, bottom = (place * self._scale for place in box)
        return x0, top, x1, bottom
