"""PDF through pdfium: words with boxes, lines of text in reading order, drawn lines, embedded files."""

from __future__ import annotations

import threading
from typing import Any

import msgspec
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.model import Problem
from corpus.normalise import normalise
from corpus.options import DEFAULT_READ_OPTIONS, ReadOptions
from corpus.problems import Code, problem
from corpus.readers import pdf_plumber
from corpus.readers.pdf_annotations import (
    Annotations,
    comment_lines,
    make_appearances,
    read_annotations,
    unprinted,
    with_fields,
)
from corpus.readers.pdf_chars import Bools, Chars, Frame, read_chars
from corpus.readers.pdf_hidden import unseen
from corpus.readers.pdf_layers import may_have_layers
from corpus.readers.pdf_layout import page_text
from corpus.readers.pdf_left_out import COMMENTS, OUTSIDE, UNSEEN, LeftOut, leave_out, problems_of
from corpus.readers.pdf_metadata import bookmarks, information, metadata, page_labels
from corpus.readers.pdf_objects import read_objects
from corpus.readers.pdf_rulings import Drawings, fills, read_drawings, rulings
from corpus.readers.pdf_scene import read_scene
from corpus.reading import Child, Page, Reading

READER = "pdf/3"
HELPED = f"{READER} {pdf_plumber.READER}"
"""The reader of a PDF of which pdfplumber had to read a page or all."""
VERSIONS = {"pdfium": frozenset([READER, HELPED]), "pdfplumber": frozenset([pdf_plumber.READER])}
"""The readers by engine: what the other engine has read is stale."""
MEDIA_TYPE = "application/pdf"
MAGIC_WITHIN = 1024
OUTLINES = 100
"""A page without characters but with this many painted paths shows letters drawn as outlines."""
UNREAD = frozenset([Code.NO_TEXT_LAYER, Code.UNREADABLE, Code.TRUNCATED])
"""Problems that say already why a PDF gives no text."""

LOCKED = (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
Attached = tuple[str, bytes]
"""Name and bytes of a file."""

_LOCK = threading.Lock()
"""pdfium is not thread-safe."""


def claims(head: bytes, name: str) -> bool:
    """``%PDF-`` within the first 1,024 bytes, as readers in the field accept (PDF 1.7, implementation note 13)."""
    return b"%PDF-" in head[:MAGIC_WITHIN]


def read(
    data: bytes, name: str, limits: Limits = DEFAULT_LIMITS, options: ReadOptions = DEFAULT_READ_OPTIONS
) -> Reading:
    """Read a PDF. A file that cannot be opened gives an empty text and the problem that says why."""
    if options.pdf_engine == "pdfplumber":
        return pdf_plumber.read(data, limits, options)
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            # pdfium keeps the code of an earlier file where it sets none, and a locked file says that it is one
            if error.err_code in LOCKED and b"/Encrypt" in data:
                note = "The PDF asks for a password; save it without one and read it again."
                return _failed(problem(Code.ENCRYPTED_PDF, note))
            return _read_otherwise(data, limits, options, str(error))
        try:
            if not len(document):
                return _read_otherwise(data, limits, options, "no page is found in it")
            return _read_document(document, data, limits, options)
        finally:
            document.close()


def _failed(note: Problem) -> Reading:
    return Reading(media_type=MEDIA_TYPE, reader=READER, text="", problems=[note])


def _read_otherwise(data: bytes, limits: Limits, options: ReadOptions, reason: str) -> Reading:
    """What pdfplumber makes of a file that pdfium cannot open."""
    try:
        reading = pdf_plumber.read_opened(pdf_plumber.opened(data), limits, options, HELPED)
    except pdf_plumber.UnreadableError:
        return _failed(problem(Code.UNREADABLE, f"The PDF is broken and cannot be opened ({reason})."))
    said = f"The PDF is broken ({reason}); pdfplumber read it. Compare what matters with the document itself."
    return msgspec.structs.replace(reading, problems=[problem(Code.OTHER_ENGINE, said), *reading.problems])


def _read_document(document: Any, data: bytes, limits: Limits, options: ReadOptions) -> Reading:
    problems: list[Problem] = []
    files: list[Attached] = []
    if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
        document.init_forms()
    pages, text = _read_pages(document, data, limits, options, problems, files)
    if not text.strip() and not any(found.code in UNREAD for found in problems):
        problems.append(problem(Code.NO_TEXT_LAYER, "The PDF holds no text that can be read."))
    helped = any(found.code == Code.OTHER_ENGINE for found in problems)
    return Reading(
        media_type=MEDIA_TYPE,
        reader=HELPED if helped else READER,
        text=text,
        pages=pages,
        children=_embedded(document, files, limits, problems),
        problems=problems,
        metadata=metadata(information(document)),
        outline=bookmarks(document),
        page_labels=page_labels(document, len(pages)),
    )


def _read_pages(
    document: Any,
    data: bytes,
    limits: Limits,
    options: ReadOptions,
    problems: list[Problem],
    files: list[Attached],
) -> tuple[list[Page], str]:
    pages: list[Page] = []
    pieces: list[str] = []
    position = 0
    count, layers = len(document), may_have_layers(data)
    left_out: LeftOut = {}
    for number in range(1, min(count, limits.pages) + 1):
        try:
            page, text = _read_page(document, number, position, problems, left_out, files, layers)
        except pdfium.PdfiumError as error:
            page, text = _page_otherwise(data, count, number, position, problems, left_out, str(error))
        if position + len(text) > limits.text_length:
            note = f"The text is over {limits.text_length} characters; page {number} and what follows was not read."
            problems.append(problem(Code.TRUNCATED, note, page=number))
            break
        pages.append(page)
        pieces.append(text)
        position += len(text)
        if options.on_page is not None:
            options.on_page(number, count)
    problems += problems_of(left_out)
    if count > limits.pages:
        problems.append(problem(Code.TRUNCATED, f"The PDF has {count} pages; only {limits.pages} were read."))
    return pages, "".join(pieces)


def _page_otherwise(
    data: bytes, count: int, number: int, start: int, problems: list[Problem], left_out: LeftOut, reason: str
) -> tuple[Page, str]:
    """What pdfplumber makes of a page that pdfium cannot read, if both count the same pages."""
    found: list[Problem] = []
    try:
        other = pdf_plumber.opened(data)
        if len(other.pages) != count:
            raise pdf_plumber.UnreadableError("the pages are counted differently")
        page, text = pdf_plumber.read_page(other, number, start, found, left_out)
    except pdf_plumber.UnreadableError:
        problems.append(problem(Code.UNREADABLE, f"Page {number} cannot be read ({reason}).", page=number))
        return Page(number=number, width=0.0, height=0.0, start=start, end=start), ""
    said = f"Page {number} is broken ({reason}); pdfplumber read it. Compare what matters with the page itself."
    problems += [problem(Code.OTHER_ENGINE, said, page=number), *found]
    return page, text


def _read_page(
    document: Any,
    number: int,
    start: int,
    problems: list[Problem],
    left_out: LeftOut,
    files: list[Attached],
    layers: bool,
) -> tuple[Page, str]:
    page, frame, laid = _shown_page(document, number - 1)
    files += laid.files
    try:
        scene = read_scene(read_objects(page), layers=layers)
        textpage = page.get_textpage()
        try:
            chars = read_chars(textpage, frame)
            fields = unprinted(laid.fields, chars, frame)
            hidden = unseen(page, scene, textpage, chars, frame)
            chars = _seen(chars, hidden, frame, number, left_out)
            leave_out(left_out, COMMENTS, number, laid.hidden)
        finally:
            textpage.close()
        drawings = read_drawings(scene)
    finally:
        page.close()
    chars = with_fields(chars, fields, frame)
    lines = rulings(drawings, frame)
    text, places, boxes = page_text(chars, start, lines)
    if not len(places):
        problems += _pictures_only(drawings, number)
    text += comment_lines(laid.comments, text)
    found = Page.build(
        number=number,
        width=round(frame.width, 2),
        height=round(frame.height, 2),
        start=start,
        end=start + len(text),
        spans=places,
        boxes=boxes,
        rulings=lines,
        fills=fills(drawings, frame),
    )
    return found, text


def _shown_page(document: Any, index: int) -> tuple[Any, Frame, Annotations]:
    """The page with fields, stamps and drawings printed into it: they are no part of its content otherwise."""
    page = document[index]
    frame = Frame(_crop(page), page.get_rotation())
    laid = read_annotations(page, document.formenv, frame)
    if laid.prints:
        make_appearances(page)
        pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
        page.close()
        page = document[index]
    return page, frame, laid


def _crop(page: Any) -> tuple[float, float, float, float]:
    """The crop box within the media box (PDF 1.7, 14.11.2), in user space: left, bottom, right, top."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    left, low = max(media[0], crop[0]), max(media[1], crop[1])
    right, high = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, low, right, high) if left < right and low < high else tuple(media)


def _seen(chars: Chars, hidden: Bools, frame: Frame, number: int, left_out: LeftOut) -> Chars:
    """The characters that a person sees; the others are counted."""
    x0, top, x1, bottom = chars.boxes.T
    x, y = x0 + x1, top + bottom
    outside = (np.minimum(x, y) < 0) | (x > 2 * frame.width) | (y > 2 * frame.height)
    outside &= ~chars.blank()
    if not (outside.any() or hidden.any()):
        return chars
    hidden &= ~outside
    leave_out(left_out, OUTSIDE, number, int(outside.sum()))
    leave_out(left_out, UNSEEN, number, int(hidden.sum()))
    return chars.keep(~(outside | hidden))


def _pictures_only(drawings: Drawings, number: int) -> list[Problem]:
    if not drawings.images and drawings.paths < OUTLINES and not drawings.cut:
        return []
    shown = "pictures" if drawings.images else "letters drawn as outlines"
    return [problem(Code.NO_TEXT_LAYER, f"Page {number} shows {shown} and holds no text.", page=number)]


def _embedded(document: Any, pinned: list[Attached], limits: Limits, problems: list[Problem]) -> list[Child]:
    """Files attached to the PDF, and those pinned to its pages, within the limits on number and size."""
    children: list[Child] = []
    size = 0
    inside = document.count_attachments()
    count = inside + len(pinned)
    for index in range(min(count, limits.children)):
        try:
            name, data = _attached(document, index) if index < inside else pinned[index - inside]
        except pdfium.PdfiumError:
            problems.append(problem(Code.UNREADABLE, f"Embedded file {index + 1} of the PDF cannot be read."))
            continue
        size += len(data)
        if size > limits.children_size:
            problems.append(problem(Code.TRUNCATED, f"Embedded files from number {index + 1} on are over the limit."))
            break
        name = normalise(name) or f"embedded-{index + 1}"
        children.append(Child(name=name, media_type="application/octet-stream", data=data))
    if count > limits.children:
        problems.append(problem(Code.TRUNCATED, f"The PDF embeds {count} files; only {limits.children} were read."))
    return children


def _attached(document: Any, index: int) -> Attached:
    attachment = document.get_attachment(index)
    return attachment.get_name(), bytes(attachment.get_data())
