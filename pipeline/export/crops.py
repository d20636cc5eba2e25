"""The place of a figure on its page, as a picture: the proof that a person can look at.

The page is painted from the file itself; what is drawn over it is said in a strip below, so that the picture stands
alone. CPR numbers are blacked out; one that only a picture in the page shows is not known, and stays.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

from corpus.cprcells import cpr_numbers
from corpus.model import Box
from corpus.reading import Page, Reading
from pipeline.export.drawing import BLACK, MOST_PIXELS, SCALE
from pipeline.export.safety import on_one_line

ABOVE, BELOW = 110.0, 40.0
"""Points of the page over and under the marked boxes in a crop: the heading of a table often stands over them."""
PADDING = 1.5
STRIP, TEXT = 27, 20
STRONG, LIGHT = "#d00000", "#0050e0"


@dataclass(frozen=True, slots=True)
class Mark:
    """A box to draw; a ``strong`` one is what the picture is about."""

    box: Box
    colour: str = LIGHT
    strong: bool = False


class UnpaintableError(Exception):
    """A page of which there is no picture; the message says why."""


class Pages:
    """The pages of one PDF, painted one at a time. ``reading`` is that of the store: its CPR numbers are masked."""

    def __init__(self, document: pdfium.PdfDocument, reading: Reading, *, show_identifiers: bool = False) -> None:
        self._document, self._reading = document, reading
        self._hidden = [] if show_identifiers else [match.span() for match in cpr_numbers(reading)]

    def picture(self, number: int, marks: Sequence[Mark], said: Sequence[str], *, crop: bool) -> bytes:
        """A PNG of a page, or of what lies around its strong marks, with the lines ``said`` below it.

        Raises UnpaintableError for a page that is not there or that pdfium cannot paint.
        """
        page = next((page for page in self._reading.pages if page.number == number), None)
        if page is None:
            raise UnpaintableError(f"there is no page {number}: the document has {len(self._reading.pages)}")
        scale = min(SCALE, MOST_PIXELS / max(page.width, page.height, 1.0))
        try:
            picture = self._painted(page, scale)
        except (pdfium.PdfiumError, ValueError) as error:  # ValueError: a crop box off the page
            raise UnpaintableError(f"page {number} cannot be painted") from error
        self._black_out(picture, page, scale)
        _draw(picture, marks, scale)
        strong = [mark.box for mark in marks if mark.strong]
        if crop and strong:
            picture = picture.crop(_around(strong, page, scale))
        return _png(_with_strip(picture, said))

    def _painted(self, page: Page, scale: float) -> Image.Image:
        shown = self._document[page.number - 1]
        try:
            painted: Image.Image = shown.render(scale=scale).to_pil().convert("RGB")
        finally:
            shown.close()
        return painted

    def _black_out(self, picture: Image.Image, page: Page, scale: float) -> None:
        """Every word that a CPR number touches, its date too: a picture is not searched for what it shows."""
        pen = ImageDraw.Draw(picture)
        for word in page.words:
            if any(word.start < end and start < word.end for start, end in self._hidden):
                x0, top, x1, bottom = (place * scale for place in (word.x0, word.top, word.x1, word.bottom))
                pen.rectangle((x0 - 2, top - 2, x1 + 2, bottom + 2), fill=BLACK)


@contextmanager
def pages_of(data: bytes, reading: Reading, *, show_identifiers: bool = False) -> Iterator[Pages]:
    """Raises UnpaintableError for bytes that pdfium does not open."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise UnpaintableError("the file cannot be painted, only read") from error
    try:
        document.init_forms()
        yield Pages(document, reading, show_identifiers=show_identifiers)
    finally:
        document.close()


def _draw(picture: Image.Image, marks: Sequence[Mark], scale: float) -> None:
    pen = ImageDraw.Draw(picture)
    for mark in sorted(marks, key=lambda mark: mark.strong):
        x0, top, x1, bottom = mark.box
        place = ((x0 - PADDING) * scale, (top - PADDING) * scale, (x1 + PADDING) * scale, (bottom + PADDING) * scale)
        pen.rectangle(place, outline=mark.colour, width=4 if mark.strong else 2)


def _around(boxes: Sequence[Box], page: Page, scale: float) -> tuple[int, int, int, int]:
    """The boxes over the whole width of the page, so that the names of their rows are in the picture."""
    top = max(min(box[1] for box in boxes) - ABOVE, 0.0)
    bottom = min(max(box[3] for box in boxes) + BELOW, page.height)
    return 0, round(top * scale), max(round(page.width * scale), 1), max(round(bottom * scale), round(top * scale) + 1)


def _with_strip(picture: Image.Image, said: Sequence[str]) -> Image.Image:
    """The picture on a white ground with lines of text under it, broken where they are too long."""
    lines = [line for text in said for line in _broken(on_one_line(text), picture.width - 12)]
    whole = Image.new("RGB", (picture.width, picture.height + STRIP * len(lines) + 10), "white")
    whole.paste(picture, (0, 0))
    pen = ImageDraw.Draw(whole)
    pen.line((0, picture.height, picture.width, picture.height), fill="#808080")
    for number, line in enumerate(lines):
        pen.text((6, picture.height + 5 + STRIP * number), line, fill="black", font=_font())
    return whole


def _broken(text: str, room: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and _font().getlength(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    """One with Danish letters, which Pillow's own lacks."""
    import matplotlib

    return ImageFont.truetype(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"), TEXT)


def _png(picture: Image.Image) -> bytes:
    held = io.BytesIO()
    picture.save(held, format="PNG")
    return held.getvalue()
