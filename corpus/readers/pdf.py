"""PDF through pdfium: words with boxes, lines of text in reading order, drawn lines, embedded files."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.model import Problem
from corpus.normalise import normalise
from corpus.problems import Code, problem
from corpus.readers.pdf_chars import Chars, Frame, read_chars
from corpus.readers.pdf_layout import page_text
from corpus.readers.pdf_rulings import Drawings, fills, read_drawings, rulings
from corpus.reading import Child, Page, Reading

READER = "pdf/2"
MEDIA_TYPE = "application/pdf"
MAGIC_WITHIN = 1024
OUTLINES = 100
"""A page without characters but with this many painted paths shows letters drawn as outlines."""
UNREAD = frozenset([Code.NO_TEXT_LAYER, Code.UNREADABLE, Code.TRUNCATED])
"""Problems that say already why a PDF gives no text."""
METADATA = {"Title": "title", "Author": "author", "Producer": "producer", "CreationDate": "created"}

_LOCK = threading.Lock()
"""pdfium is not thread-safe."""


def claims(head: bytes, name: str) -> bool:
    """``%PDF-`` within the first 1,024 bytes, as readers in the field accept (PDF 1.7, implementation note 13)."""
    return b"%PDF-" in head[:MAGIC_WITHIN]


def read(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read a PDF. A file that cannot be opened gives an empty text and the problem that says why."""
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            return _failed(error)
        try:
            return _read_document(document, limits)
        finally:
            document.close()


def _failed(error: pdfium.PdfiumError) -> Reading:
    if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
        note = problem(Code.ENCRYPTED_PDF, "The PDF asks for a password; save it without one and read it again.")
    else:
        note = problem(Code.UNREADABLE, f"The PDF is broken and cannot be opened ({error}).")
    return Reading(media_type=MEDIA_TYPE, reader=READER, text="", problems=[note])


def _read_document(document: Any, limits: Limits) -> Reading:
    problems: list[Problem] = []
    if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
        document.init_forms()
    pages, text = _read_pages(document, limits, problems)
    if not text.strip() and not any(found.code in UNREAD for found in problems):
        problems.append(problem(Code.NO_TEXT_LAYER, "The PDF holds no text that can be read."))
    return Reading(
        media_type=MEDIA_TYPE,
        reader=READER,
        text=text,
        pages=pages,
        children=_embedded(document, limits, problems),
        problems=problems,
        metadata=_metadata(document),
    )


def _read_pages(document: Any, limits: Limits, problems: list[Problem]) -> tuple[list[Page], str]:
    pages: list[Page] = []
    pieces: list[str] = []
    position = 0
    count = len(document)
    for number in range(1, min(count, limits.pages) + 1):
        try:
            page, text = _read_page(document, number, position, problems)
        except pdfium.PdfiumError as error:
            problems.append(problem(Code.UNREADABLE, f"Page {number} cannot be read ({error}).", page=number))
            page, text = Page(number=number, width=0.0, height=0.0, start=position, end=position), ""
        if position + len(text) > limits.text_length:
            note = f"The text is over {limits.text_length} characters; page {number} and what follows was not read."
            problems.append(problem(Code.TRUNCATED, note, page=number))
            break
        pages.append(page)
        pieces.append(text)
        position += len(text)
    if count > limits.pages:
        problems.append(problem(Code.TRUNCATED, f"The PDF has {count} pages; only {limits.pages} were read."))
    return pages, "".join(pieces)


def _read_page(document: Any, number: int, start: int, problems: list[Problem]) -> tuple[Page, str]:
    page = _shown_page(document, number - 1)
    try:
        frame = Frame(_crop(page), page.get_rotation())
        textpage = page.get_textpage()
        try:
            chars = read_chars(textpage, frame)
        finally:
            textpage.close()
        drawings = read_drawings(page)
    finally:
        page.close()
    chars = _on_the_page(chars, frame, number, problems)
    text, places, boxes = page_text(chars, start)
    if not len(places):
        problems += _pictures_only(drawings, number)
    found = Page.build(
        number=number,
        width=round(frame.width, 2),
        height=round(frame.height, 2),
        start=start,
        end=start + len(text),
        spans=places,
        boxes=boxes,
        rulings=rulings(drawings, frame),
        fills=fills(drawings, frame),
    )
    return found, text


def _shown_page(document: Any, index: int) -> Any:
    """The page with filled form fields and stamps printed into it: their text is no part of its content otherwise."""
    page = document[index]
    shown = {pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP}
    for number in range(pdfium_c.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, number)
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if kind in shown:
            pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
            page.close()
            return document[index]
    return page


def _crop(page: Any) -> tuple[float, float, float, float]:
    """The crop box within the media box (PDF 1.7, 14.11.2), in user space: left, bottom, right, top."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    left, low = max(media[0], crop[0]), max(media[1], crop[1])
    right, high = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, low, right, high) if left < right and low < high else tuple(media)


def _on_the_page(chars: Chars, frame: Frame, number: int, problems: list[Problem]) -> Chars:
    """Characters whose centre lies outside the page as shown are left out, and reported."""
    x = (chars.boxes[:, 0] + chars.boxes[:, 2]) / 2
    y = (chars.boxes[:, 1] + chars.boxes[:, 3]) / 2
    blank = chars.blank()
    seen = blank | ((x >= 0) & (x <= frame.width) & (y >= 0) & (y <= frame.height))
    hidden = int(np.count_nonzero(~seen))
    if not hidden:
        return chars
    note = f"{hidden} characters stand outside the visible part of page {number}; they are left out."
    problems.append(problem(Code.HIDDEN_TEXT, note, page=number))
    return chars.keep(seen)


def _pictures_only(drawings: Drawings, number: int) -> list[Problem]:
    if not drawings.images and drawings.paths < OUTLINES and not drawings.cut:
        return []
    shown = "pictures" if drawings.images else "letters drawn as outlines"
    return [problem(Code.NO_TEXT_LAYER, f"Page {number} shows {shown} and holds no text.", page=number)]


def _embedded(document: Any, limits: Limits, problems: list[Problem]) -> list[Child]:
    """Files attached to the PDF, within the limits on number and size."""
    children: list[Child] = []
    size = 0
    count = document.count_attachments()
    for index in range(min(count, limits.children)):
        attachment = document.get_attachment(index)
        try:
            data = bytes(attachment.get_data())
        except pdfium.PdfiumError:
            problems.append(problem(Code.UNREADABLE, f"Embedded file {index + 1} of the PDF cannot be read."))
            continue
        size += len(data)
        if size > limits.children_size:
            problems.append(problem(Code.TRUNCATED, f"Embedded files from number {index + 1} on are over the limit."))
            break
        name = normalise(attachment.get_name()) or f"embedded-{index + 1}"
        children.append(Child(name=name, media_type="application/octet-stream", data=data))
    if count > limits.children:
        problems.append(problem(Code.TRUNCATED, f"The PDF embeds {count} files; only {limits.children} were read."))
    return children


def _metadata(document: Any) -> dict[str, str]:
    printed = document.get_metadata_dict(skip_empty=True)
    found = {ours: normalise(printed.get(theirs, "")).strip() for theirs, ours in METADATA.items()}
    return {key: value for key, value in found.items() if value}
