"""A PDF and its pages while they are open in pdfium: handles to them, how a page is shown, and its text."""

from __future__ import annotations

import ctypes
from functools import cached_property
from types import TracebackType
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.readers.pdf_bulk import Handle, fast, passed
from corpus.readers.pdf_chars import Frame

LETTER = (0.0, 0.0, 612.0, 792.0)
"""The media box of a page that has none, as pdfium paints it."""
QUARTER = 90

_load_document = fast("FPDF_LoadMemDocument64", Handle, release=True)
_close_document = fast("FPDF_CloseDocument")
_count_pages = fast("FPDF_GetPageCount", ctypes.c_int)
_form_type = fast("FPDF_GetFormType", ctypes.c_int)
_security = fast("FPDF_GetSecurityHandlerRevision", ctypes.c_int)
_load_page = fast("FPDF_LoadPage", Handle, release=True)
_close_page = fast("FPDF_ClosePage")
_load_text = fast("FPDFText_LoadPage", Handle, release=True)
_close_text = fast("FPDFText_ClosePage")
_rotation = fast("FPDFPage_GetRotation", ctypes.c_int)
_shown_box = fast("FPDF_GetPageBoundingBox", ctypes.c_int)
_media_box = fast("FPDFPage_GetMediaBox", ctypes.c_int)

_SIDES = (ctypes.c_float * 4)()
_INTO = [passed(ctypes.addressof(_SIDES) + at) for at in range(0, ctypes.sizeof(_SIDES), 4)]


class OpenDocument:
    """A document with at least one page, to be closed after its pages. Raises PdfiumError."""

    def __init__(self, data: bytes) -> None:
        self._data = data  # pdfium reads on in it
        self.handle: Handle = _load_document(data, ctypes.c_size_t(len(data)), None)
        self.pages: int = _count_pages(self.handle)
        if self.pages < 1:
            if self.handle:
                _close_document(self.handle)
            pdfium.PdfDocument(data).close()  # raises the error that says why
            raise pdfium.PdfiumError("no page is found in it")

    def close(self) -> None:
        """Nothing of the document may be used afterwards."""
        if "objects" in self.__dict__:
            self.objects.close()
        else:
            _close_document(self.handle)

    @cached_property
    def raw(self) -> Any:
        """The document for functions that look at the types of what they are given."""
        return ctypes.cast(self.handle, pdfium_c.FPDF_DOCUMENT)

    @cached_property
    def objects(self) -> Any:
        """The document as pypdfium2 has it, which takes as long as to open it: for what few documents hold."""
        return pdfium.PdfDocument(self.raw)

    @cached_property
    def form(self) -> Any:
        """pypdfium2's form environment, None for a document without a form; to be asked for before its pages are."""
        if _form_type(self.handle) == pdfium_c.FORMTYPE_NONE:
            return None
        self.objects.init_forms()
        return self.objects.formenv

    @property
    def is_encrypted(self) -> bool:
        """Whether it is, even if it opens without a password."""
        return bool(_security(self.handle) >= 0)


class OpenText:
    """The text of a page, to be closed again by a ``with`` statement."""

    def __init__(self, found: Handle) -> None:
        if not found:
            raise pdfium.PdfiumError("Failed to load text page.")
        self._handle = found

    def __enter__(self) -> Handle:
        return self._handle

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _close_text(self._handle)


class OpenPage:
    """A page of a document, to be closed before that is; ``form`` is its form environment. Raises PdfiumError."""

    def __init__(self, document: Handle, index: int, form: Any) -> None:
        self.handle: Handle = _load_page(document, index)
        if not self.handle:
            raise pdfium.PdfiumError("Failed to load page.")
        self._form = form
        if form:
            pdfium_c.FORM_OnAfterLoadPage(self.raw, form)

    def close(self) -> None:
        """Nothing of the page may be used afterwards."""
        if self._form:
            pdfium_c.FORM_OnBeforeClosePage(self.raw, self._form)
        _close_page(self.handle)

    @cached_property
    def raw(self) -> Any:
        """The page for functions that look at the types of what they are given."""
        return ctypes.cast(self.handle, pdfium_c.FPDF_PAGE)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points, as shown."""
        return pdfium_c.FPDF_GetPageWidthF(self.raw), pdfium_c.FPDF_GetPageHeightF(self.raw)

    def text(self) -> OpenText:
        """Its text. Raises PdfiumError."""
        return OpenText(_load_text(self.handle))

    def frame(self) -> Frame:
        """How the page is shown: the crop box within the media box (PDF 1.7, 14.11.2), and its rotation.

        Both may stand at the page or above it in the tree of pages. A crop box beside the media box crops nothing.
        """
        _shown_box(self.handle, _INTO[0])
        left, high, right, low = _SIDES[:]
        if not (left < right and low < high):
            left, low, right, high = _SIDES[:] if _media_box(self.handle, *_INTO) else LETTER
        turns = _rotation(self.handle)
        if turns < 0:
            raise pdfium.PdfiumError("Failed to get page rotation.")
        return Frame((left, low, right, high), turns * QUARTER)
