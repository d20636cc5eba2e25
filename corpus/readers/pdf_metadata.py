"""What a PDF says of itself: title, dates, programs, bookmarks and the printed numbers of its pages."""

from __future__ import annotations

import ctypes
import datetime as dt
import logging
import re
from codecs import utf_16_le_decode
from collections.abc import Mapping

import pypdfium2 as pdfium

from corpus.model import Bookmark
from corpus.normalise import normalise
from corpus.readers.pdf_bulk import fast
from corpus.readers.pdf_opened import OpenDocument

KEYS = {
    "Title": "title",
    "Author": "author",
    "Subject": "subject",
    "Keywords": "keywords",
    "Creator": "creator",
    "Producer": "producer",
}
DATES = {"CreationDate": "created", "ModDate": "modified"}
USUAL_SIZE, END = 1_024, 2
"""Bytes of an entry, and of the zero at its end."""
MOST_BOOKMARKS = 10_000
MAX_DEPTH = 15

_ENCODED = [(key, ctypes.c_char_p(key.encode())) for key in (*KEYS, *DATES)]
_BUFFER = ctypes.create_string_buffer(USUAL_SIZE)
"""For one document at a time: the lock of the reader sees to it."""
_get_meta_text = fast("FPDF_GetMetaText", ctypes.c_ulong)
_page_label = fast("FPDF_GetPageLabel", ctypes.c_ulong)
_first_bookmark = fast("FPDFBookmark_GetFirstChild", ctypes.c_void_p)
_DATE = re.compile(
    r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?", re.ASCII | re.IGNORECASE
)


def information(document: OpenDocument) -> dict[str, str]:
    """The entries of a document's information dictionary that have a name of ours."""
    found: dict[str, str] = {}
    handle = document.handle
    for key, encoded in _ENCODED:
        buffer = _BUFFER
        size = _get_meta_text(handle, encoded, buffer, USUAL_SIZE)
        if size > USUAL_SIZE:
            buffer = ctypes.create_string_buffer(size)
            _get_meta_text(handle, encoded, buffer, size)
        if size > END:
            found[key], _ = utf_16_le_decode(ctypes.string_at(buffer, size - END), "replace", True)
    return found


def metadata(printed: Mapping[str, str]) -> dict[str, str]:
    """The entries of a document's information dictionary by our names; dates as ISO 8601, as far as they go.

    What is empty, or a date that is none, is left out.
    """
    found: dict[str, str] = {}
    for theirs, ours in KEYS.items():
        if theirs in printed and (value := normalise(printed[theirs]).strip()):
            found[ours] = value
    dates: dict[str, str | None] = {}  # most papers were never modified: both are one
    for theirs, ours in DATES.items():
        if theirs in printed:
            said = printed[theirs]
            date = dates[said] if said in dates else dates.setdefault(said, iso_date(said))
            if date:
                found[ours] = date
    return found


def iso_date(printed: str) -> str | None:
    """ "D:20240305141500+01'00'" as "2024-03-05T14:15:00+01:00", "D:202403" as "2024-03" (PDF 1.7, 7.9.4)."""
    match = _DATE.match(printed.strip())
    if not match:
        return None
    year, month, day, hour, minute, second, utc, sign, across, along = match.groups()
    clock = int(hour or 0), int(minute or 0), int(second or 0)
    try:
        moment = dt.datetime(int(year), int(month or 1), int(day or 1), *clock)
    except ValueError:
        return None
    if hour is None:
        return moment.date().isoformat()[: 4 if month is None else 7 if day is None else 10]
    offset = "+00:00" if utc else f"{sign}{across}:{along or '00'}" if sign else ""
    return moment.isoformat() + offset


logging.getLogger("pypdfium2").addHandler(
    logging.NullHandler()
)  # its warnings (a ring of bookmarks) are no talk of ours


def bookmarks(document: OpenDocument) -> list[Bookmark]:
    """The bookmarks of a document, at most ``MOST_BOOKMARKS``."""
    found: list[Bookmark] = []
    if not _first_bookmark(document.handle, None):
        return found
    try:
        for bookmark in document.objects.get_toc(max_depth=MAX_DEPTH):
            target = bookmark.get_dest()
            index = target.get_index() if target else None
            title = " ".join(normalise(bookmark.get_title()).split())
            if title:
                page = index + 1 if index is not None and 0 <= index < document.pages else None
                found.append(Bookmark(title=title, page=page, level=bookmark.level))
            if len(found) >= MOST_BOOKMARKS:
                break
    except pdfium.PdfiumError:  # a ring of bookmarks, a title that is none: what came before it stands
        pass
    return found


def page_labels(document: OpenDocument, pages: int) -> list[str]:
    """The printed numbers of the first ``pages`` pages ("iv", "A-3"); none where they only count from 1."""
    if not _page_label(document.handle, 0, None, ctypes.c_ulong()):
        return []  # it has no labels at all: page 1 would have its number
    counted = range(min(pages, document.pages))
    return labels_that_tell([document.objects.get_page_label(index) or "" for index in counted])


def labels_that_tell(labels: list[str]) -> list[str]:
    """The labels as they are kept; none where they are empty or say what counting says."""
    clean = [" ".join(normalise(label).split()) for label in labels]
    counted = all(label in ("", str(number)) for number, label in enumerate(clean, 1))
    return [] if counted else clean
