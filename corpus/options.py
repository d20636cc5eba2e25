"""What the caller may decide about reading, beside the limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

PdfEngine = Literal["pdfium", "pdfplumber"]
OnPage = Callable[[int, int], None]
"""Told after each page of a paged document how many of them are done, and how many there are."""


class ReadOptions(msgspec.Struct, frozen=True, kw_only=True):
    """``pdf_engine`` reads PDFs: pdfplumber is some twenty times slower and sees less, and is another pair of eyes.

    ``on_page`` is told of the pages that are read.
    """

    pdf_engine: PdfEngine = "pdfium"
    on_page: OnPage | None = None


DEFAULT_READ_OPTIONS = ReadOptions()
