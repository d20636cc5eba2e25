"""PDF through pdfium: words with boxes, lines of text in reading order, drawn lines, embedded files."""

from __future__ import annotations

import threading
from contextlib import closing

import msgspec
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus import formats
from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.model import Problem
from corpus.options import DEFAULT_READ_OPTIONS, ReadOptions
from corpus.problems import Code, problem
from corpus.readers import pdf_plumber
from corpus.readers.pdf_damage import damage
from corpus.readers.pdf_files import embedded
from corpus.readers.pdf_layers import may_have_layers
from corpus.readers.pdf_metadata import bookmarks, information, metadata, page_labels
from corpus.readers.pdf_opened import OpenDocument
from corpus.readers.pdf_page import read_pages
from corpus.readers.pdf_paging import PageFound, paged, unread
from corpus.reading import Reading

READER = formats.PDF
MEDIA_TYPE = "application/pdf"
MAGIC_WITHIN = 1024
UNREAD = frozenset([Code.NO_TEXT_LAYER, Code.UNREADABLE, Code.TRUNCATED])
"""Problems that say already why a PDF gives no text."""

UNKNOWN_LETTER = "\ufffd"

LOCKED = {
    pdfium_c.FPDF_ERR_PASSWORD: "The PDF asks for a password; save it without one and read it again.",
    pdfium_c.FPDF_ERR_SECURITY: (
        "The PDF is locked in a way that is not read, as for a certificate; save it without that and read it again."
    ),
}
UNSET = frozenset([pdfium_c.FPDF_ERR_SUCCESS, *LOCKED])
"""What pdfium says of a file that is not locked where it says nothing of why it failed."""

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
            document = OpenDocument(data)
        except pdfium.PdfiumError as error:
            # pdfium keeps the code of an earlier file where it sets none, and a locked file says that it is one
            if error.err_code in LOCKED and b"/Encrypt" in data:
                return _failed(problem(Code.ENCRYPTED_PDF, LOCKED[error.err_code]))
            reason = "no document is found in it" if error.err_code in UNSET else str(error).rstrip(".")
            return _read_otherwise(data, limits, options, reason)
        with closing(document):
            return _read_document(document, data, limits, options)


def _failed(note: Problem) -> Reading:
    return Reading(media_type=MEDIA_TYPE, reader=READER, text="", problems=[note])


def _read_otherwise(data: bytes, limits: Limits, options: ReadOptions, reason: str) -> Reading:
    """What pdfplumber makes of a file that pdfium cannot open."""
    try:
        reading = pdf_plumber.read_opened(pdf_plumber.opened(data), limits, options, formats.PDF_HELPED)
    except pdf_plumber.UnreadableError:
        return _failed(problem(Code.UNREADABLE, f"The PDF is broken and cannot be opened ({reason})."))
    said = f"The PDF is broken ({reason}); pdfplumber read it. Compare what matters with the document itself."
    return msgspec.structs.replace(reading, problems=[problem(Code.OTHER_ENGINE, said), *reading.problems])


def _read_document(document: OpenDocument, data: bytes, limits: Limits, options: ReadOptions) -> Reading:
    count = document.pages

    def otherwise(number: int, reason: str) -> PageFound:
        return _page_otherwise(data, count, number, reason)

    layers = document.is_encrypted or may_have_layers(data)
    found = read_pages(document, min(count, limits.pages), otherwise, layers=layers)
    pages, text, problems, files, bare = paged(found, count, limits, options)
    problems += damage(data, bare, is_encrypted=document.is_encrypted)
    if not text.replace(UNKNOWN_LETTER, "").strip() and not any(each.code in UNREAD for each in problems):
        problems.append(problem(Code.NO_TEXT_LAYER, "The PDF holds no text that can be read."))
    helped = any(each.code == Code.OTHER_ENGINE for each in problems)
    return Reading(
        media_type=MEDIA_TYPE,
        reader=formats.PDF_HELPED if helped else READER,
        text=text,
        pages=pages,
        children=embedded(document, files, limits, problems),
        problems=problems,
        metadata=metadata(information(document)),
        outline=bookmarks(document),
        page_labels=page_labels(document, len(pages)),
    )


def _page_otherwise(data: bytes, count: int, number: int, reason: str) -> PageFound:
    """What pdfplumber makes of a page that pdfium cannot read, if both count the same pages."""
    try:
        other = pdf_plumber.opened(data)
        if len(other.pages) != count:
            raise pdf_plumber.UnreadableError("the pages are counted differently")
        found = pdf_plumber.read_page(other, number)
    except pdf_plumber.UnreadableError:
        return unread(number, reason)
    said = f"Page {number} is broken ({reason}); pdfplumber read it. Compare what matters with the page itself."
    return found._replace(problems=[problem(Code.OTHER_ENGINE, said, page=number), *found.problems])
