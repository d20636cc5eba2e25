"""Files inside a PDF: attached to the whole, or pinned to one of its pages."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from corpus.limits import Limits, at_limit
from corpus.model import Problem
from corpus.normalise import normalise
from corpus.problems import Code, problem
from corpus.readers.pdf_bulk import fast, wide_string
from corpus.readers.pdf_opened import OpenDocument
from corpus.reading import Child

MEDIA_TYPE = "application/octet-stream"

_count = fast("FPDFDoc_GetAttachmentCount", ctypes.c_int)


class Attached(NamedTuple):
    """A file's name, "" where it has none, and its bytes; None where they cannot be read."""

    name: str
    data: bytes | None


def read_attached(attachment: Any) -> Attached:
    """The file of a raw attachment of pdfium's. An empty one is read, too."""
    if not attachment:
        return Attached("", None)
    name = wide_string(lambda *into: pdfium_c.FPDFAttachment_GetName(attachment, *into))
    length = ctypes.c_ulong()
    if not pdfium_c.FPDFAttachment_GetFile(attachment, None, 0, length):
        return Attached(normalise(name).strip(), None)
    data = ctypes.create_string_buffer(length.value)
    if length.value and not pdfium_c.FPDFAttachment_GetFile(attachment, data, length.value, length):
        return Attached(normalise(name).strip(), None)
    return Attached(normalise(name).strip(), data.raw)


def embedded(
    document: OpenDocument, pinned: Sequence[Attached], limits: Limits, problems: list[Problem]
) -> list[Child]:
    """Files attached to a document, then those pinned to its pages, as far as the limits allow.

    What cannot be read, or is too much, is added to ``problems``.
    """
    inside = _count(document.handle)
    count = inside + len(pinned)
    if not count:
        return []
    children: list[Child] = []
    size = 0
    for index, (name, data) in enumerate(_each(document, inside, pinned, limits.children), 1):
        if data is None:
            named = f" '{name}'" if name else ""
            problems.append(problem(Code.UNREADABLE, f"Embedded file {index}{named} of the PDF cannot be read."))
            continue
        size += len(data)
        if size > limits.children_size:
            note = f"Embedded files from number {index} on are over the limit."
            problems.append(problem(Code.TRUNCATED, at_limit(note, limits, "children_size")))
            break
        children.append(Child(name=name or f"embedded-{index}", media_type=MEDIA_TYPE, data=data))
    if count > limits.children:
        note = f"The PDF embeds {count} files; only {limits.children} were read."
        problems.append(problem(Code.TRUNCATED, at_limit(note, limits, "children")))
    return children


def _each(document: OpenDocument, inside: int, pinned: Sequence[Attached], most: int) -> Iterator[Attached]:
    for index in range(min(inside, most)):
        yield read_attached(pdfium_c.FPDFDoc_GetAttachment(document.raw, index))
    yield from pinned[: max(most - inside, 0)]
