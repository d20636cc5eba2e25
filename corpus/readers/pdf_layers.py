"""Whether a PDF may have layers, some of which may be switched off: pdfium does not say it."""

from __future__ import annotations

import re
import zlib

CHUNK = 8_192
MOST = 4_000_000
"""Bytes of an object stream; nobody looks further."""

_OBJECT_STREAM = re.compile(rb"/ObjStm\b[^\0]{0,200}?stream\r?\n")


def may_have_layers(data: bytes) -> bool:
    """False where the catalogue surely names no optional content (PDF 1.7, 8.11.4.2).

    The catalogue may lie in a compressed object stream. An encrypted file keeps its secret, and is not to be asked.
    """
    if data.rfind(b"/OCProperties") >= 0:  # from the end on: that takes half as long, or a sixth
        return True
    if data.rfind(b"/ObjStm") < 0:
        return False
    return any(_names_layers(data, match.end()) for match in _OBJECT_STREAM.finditer(data))


def _names_layers(data: bytes, start: int) -> bool:
    unpacking = zlib.decompressobj()
    unpacked = b""
    try:
        for at in range(start, len(data), CHUNK):
            unpacked += unpacking.decompress(data[at : at + CHUNK])
            if unpacking.eof or len(unpacked) > MOST:
                break
    except zlib.error:
        return True  # packed in another way
    return b"/OCProperties" in unpacked or len(unpacked) > MOST
