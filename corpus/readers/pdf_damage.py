"""What is damaged within a PDF that opens: packed content that does not unpack, and content that paints nothing.

pdfium reads damaged content as far as it goes, or not at all, and says nothing of it: a page would lose its words in
silence.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from typing import Any

from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.readers.pdf_left_out import pages_named
from corpus.readers.pdf_rings import document_class

_PACKED = re.compile(rb"/Filter\s{0,2}\[?\s{0,2}/FlateDecode\s{0,2}\]?[^>\[]{0,200}>>\s{0,4}stream\r?\n")
"""The end of a dictionary whose stream is packed in this way and no other, and has no parameters."""
_OBJECT = re.compile(rb"(\d{1,9})\s{1,4}\d{1,5}\s{1,4}obj\b")
_LONGEST = 22
"""Bytes in front of its "obj"."""
_DICTIONARY = 2_000
"""Bytes in front of that within which its object begins."""
_NO_WORDS = re.compile(
    rb"/(?:Image|Length[123]|XRef|Type1C|CIDFontType0C|OpenType|Metadata|FunctionType|ShadingType)\b"
)
"""Pictures, fonts and the like, whose damage costs no word."""
_CHUNK, _UNPACKED = 65_536, 1_000_000
"""Bytes that are packed, and unpacked, at once."""
_RATIO = 50
"""So many times its own size is looked at and unpacked of a file: page content unpacks five- to tenfold."""
_HEADER, _SUM = 2, 4
"""Bytes around what is packed: a header and a check sum, which some programs leave off (RFC 1950)."""
_SHOWS_TEXT = re.compile(rb"[)>\]]\s{0,9}T[jJ]\b")


def damage(data: bytes, bare: Sequence[int], *, is_encrypted: bool) -> list[Problem]:
    """What is told of damaged content. ``bare``: the pages on which nothing is painted, and few of which are damaged.

    An encrypted file unpacks only with its key, so that of its pages only the bare ones are looked at. Where pdfminer
    cannot open the file, it is broken, and so are they.
    """
    broken = set() if is_encrypted else set(_broken_streams(data))
    if not (broken or bare):
        return []
    pages = _pages(data)
    damaged = [number for number, page in enumerate(pages, 1) if not broken.isdisjoint(_objects(page))]
    damaged += [number for number in bare if number > len(pages) or _should_show_text(pages[number - 1])]
    problems = []
    if damaged:
        said = f"The content of {pages_named(sorted({*damaged}))} is damaged; words may be missing there, or be wrong."
        problems.append(problem(Code.UNREAD_TEXT, said, page=min(damaged)))
    if not broken.issubset(number for page in pages for number in _objects(page)):
        said = "A part of the PDF is damaged that may be of any of its pages; words may be missing, or be wrong."
        problems.append(problem(Code.UNREAD_TEXT, said))
    return problems


def _broken_streams(data: bytes) -> Iterator[int]:
    """The numbers of objects that hold words, or what letters mean, and do not unpack."""
    left = _RATIO * len(data)
    for found in _PACKED.finditer(data):
        begun = _object_before(data, found.start())
        if begun is None or _NO_WORDS.search(data, begun.end(), found.end()):
            continue
        unpacks, cost = _unpacked(data, found.end(), left)
        if not unpacks:
            yield int(begun[1])
        left -= cost
        if left <= 0:
            return


def _object_before(data: bytes, end: int) -> re.Match[bytes] | None:
    """Where the last object before a place begins; mostly at the nearest "obj", so it is looked for from there."""
    start = max(0, end - _DICTIONARY)
    at = data.rfind(b"obj", start, end)
    while at >= 0:
        near = list(_OBJECT.finditer(data, max(start, at - _LONGEST), min(at + 4, end)))
        if near and near[-1].end() == at + 3:
            return near[-1]
        at = data.rfind(b"obj", start, at)
    return None


def _unpacked(data: bytes, start: int, most: int) -> tuple[bool, int]:
    """Whether the stream from ``start`` on unpacks, ``most`` bytes of it, and how many were looked at and made."""
    unpacker = zlib.decompressobj()
    view, at, size = memoryview(data), start, 0
    try:
        while not unpacker.eof and at - start + size < most:
            packed = unpacker.unconsumed_tail or view[at : at + _CHUNK]
            if not len(packed):
                return False, at - start + size  # the file ends within it
            at += 0 if unpacker.unconsumed_tail else len(packed)
            size += len(unpacker.decompress(packed, _UNPACKED))
    except zlib.error:
        end = data.find(b"endstream", start)
        end = end if end >= 0 else len(data)
        return _lacks_only_its_sum(data[start:end]), max(end, at - _CHUNK) - start + size
    return True, at - start + size - len(unpacker.unused_data)


def _lacks_only_its_sum(packed: bytes) -> bool:
    """Whether a stream is empty, or whole without a check sum behind it, as some programs write them."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        unpacker.decompress(packed[_HEADER:])
    except zlib.error:
        return not packed.strip()
    return not packed.strip() or (unpacker.eof and len(unpacker.unused_data.strip()) < _SUM)


def _pages(data: bytes) -> list[Any]:
    """The pages as pdfminer knows them; none where it cannot open the file."""
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        return list(PDFPage.create_pages(document_class()(PDFParser(BytesIO(data)))))
    except Exception:  # of broken bytes, pdfminer raises whatever they lead it to
        return []


def _objects(page: Any) -> set[int]:
    """The numbers of the objects that hold the content of a page, and of the drawings that it uses."""
    from pdfminer.pdftypes import PDFObjRef, dict_value, resolve1

    found: list[Any] = []
    with suppress(Exception):  # broken bytes lead it anywhere
        content = page.attrs.get("Contents")
        if isinstance(content, PDFObjRef) and isinstance(resolve1(content), list):
            content = resolve1(content)
        found += content if isinstance(content, list) else [content]
        found += dict_value(page.resources.get("XObject") or {}).values()
    return {each.objid for each in found if isinstance(each, PDFObjRef)}


def _should_show_text(page: Any) -> bool:
    """Whether a page has content that is not there or shows text, though nothing of it is painted."""
    from pdfminer.pdftypes import resolve1

    if page.attrs.get("Contents") is None:
        return False
    for each in page.contents:
        try:
            stream = resolve1(each)
            if stream is None or _SHOWS_TEXT.search(stream.get_data()):
                return True  # the file does not hold it, or it shows text
        except Exception:  # it does not unpack
            return True
    return False
