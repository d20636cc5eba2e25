"""PDFs written in their own syntax, for what no library writes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def file_of(objects: Sequence[bytes]) -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    data = b"%PDF-1.7\n"
    starts = []
    for number, content in enumerate(objects, 1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, end)


def objects_of(
    content: bytes, *more: bytes, resources: bytes = b"", page: bytes = b"", catalogue: bytes = b""
) -> list[bytes]:
    """An A4 page with the font F1; ``more`` objects are numbered from 6."""
    return [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>%s>>"
        % (resources, page),
        stream(content),
        FONT,
        *more,
    ]


def one_page(*content: bytes, **entries: bytes) -> bytes:
    """The file of :func:`objects_of`."""
    return file_of(objects_of(*content, **entries))


def line(text: str, y: int, before: str = "") -> bytes:
    """A line of text at the left margin, after some operators."""
    return f"q {before} BT /F1 12 Tf 72 {y} Td ({text}) Tj ET Q\n".encode("cp1252")


def packed(objects: Sequence[bytes]) -> bytes:
    """A file of these objects with the first, the catalogue, in a compressed object stream, as of PDF 1.5."""
    data = b"%PDF-1.7\n"
    rows = [(2, len(objects) + 1, 0)]
    inside = zlib.compress(b"1 0 " + objects[0])
    entries = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"
    for number, content in enumerate([*objects[1:], stream(inside, entries)], 2):
        rows.append((1, len(data), 0))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, size = len(data), len(rows) + 2
    table = b"".join(struct.pack(">BIB", *row) for row in [(0, 0, 0), *rows, (1, start, 0)])
    entries = b"/Type/XRef/Size %d/W[1 4 1]/Root 1 0 R" % size
    return data + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (size - 1, stream(table, entries), start)
