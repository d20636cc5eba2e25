"""Reading one file, without a workspace."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.model import Document
    from corpus.options import PdfEngine


def read(
    path: str | os.PathLike[str],
    *,
    document_date: dt.date | None = None,
    show_identifiers: bool = False,
    pdf_engine: PdfEngine = "pdfium",
    isolated: bool = False,
) -> Document:
    """What is in a file: its parts, records, tables and problems, with attachments and members as ``children``.

    Short dates (d. 3/5) are read against ``document_date`` where the document carries none. CPR numbers are masked
    unless ``show_identifiers``. ``pdf_engine``: "pdfium", or "pdfplumber", slower and another pair of eyes.

    ``isolated`` reads in a process of its own, within the limits of time and memory (docs/limits.md, ``AKT_LIMITS``):
    for a file that nobody vouches for. It takes about a second more. Without it a file made for that can take all of
    the machine's memory, or crash this process.

    Raises OSError when the file cannot be opened. What is wrong with the document is in its ``problems``.
    """
    place = Path(path).expanduser()
    if isolated:
        from akt.isolated import Wanted, read_isolated, usual_limits

        return read_isolated(
            Wanted(
                name=str(path),
                document_date=document_date,
                show_identifiers=show_identifiers,
                pdf_engine=pdf_engine,
                limits=usual_limits(),
                location=str(place.absolute()),
            )
        )
    return read_bytes(
        place.read_bytes(),
        str(path),
        document_date=document_date,
        show_identifiers=show_identifiers,
        pdf_engine=pdf_engine,
    )


def read_bytes(
    data: bytes,
    name: str,
    *,
    document_date: dt.date | None = None,
    show_identifiers: bool = False,
    pdf_engine: PdfEngine = "pdfium",
) -> Document:
    """As :func:`read` in this process, of a file that is in memory; its name may help to tell what it is."""
    from corpus.options import ReadOptions
    from pipeline.extract import Options, extract_bytes

    options = Options(
        document_date=document_date,
        show_identifiers=show_identifiers,
        reading=ReadOptions(pdf_engine=pdf_engine),
    )
    return extract_bytes(data, name, options)
