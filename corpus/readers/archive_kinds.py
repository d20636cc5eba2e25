"""Which packed format some bytes are of; Office files, which are zips, are no archives."""

from __future__ import annotations

from collections.abc import Iterable

GZIP, BZIP2, XZ = b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00"
_OFFICE: tuple[tuple[bytes, str], ...] = (
    (b"word/", "Word document (docx)"),
    (b"xl/", "Excel workbook (xlsx)"),
    (b"ppt/", "PowerPoint presentation (pptx)"),
    (b"visio/", "Visio drawing (vsdx)"),
)
_OPEN_PACKAGE = b"[Content_Types].xml"
_RELATIONS = b"_rels/.rels"
_OTHERS = ((b"META-INF/MANIFEST.MF", "Java archive (jar)"), (b"AndroidManifest.xml", "Android app (apk)"))
_DECLARED: tuple[tuple[bytes, str], ...] = (
    (b"opendocument.text", "OpenDocument text (odt)"),
    (b"opendocument.spreadsheet", "OpenDocument spreadsheet (ods)"),
    (b"opendocument.presentation", "OpenDocument presentation (odp)"),
    (b"opendocument", "OpenDocument file"),
    (b"vnd.sun.xml", "OpenOffice document"),
    (b"epub+zip", "e-book (epub)"),
)
_MIMETYPE = b"mimetype"


def office_kind(names: Iterable[bytes]) -> str | None:
    """What a zip with members of these names is to a person; None for an archive.

    By ECMA-376 part 2 (a package has its content types at its root) and ODF 1.2 part 3 (its type is its first member).
    """
    met = list(names)
    if met[:1] == [_MIMETYPE]:
        return "OpenDocument file or e-book"
    if _OPEN_PACKAGE in met or _RELATIONS in met:
        return next((kind for folder, kind in _OFFICE if any(name.startswith(folder) for name in met)), "Office file")
    return next((kind for telling, kind in _OTHERS if telling in met), None)


def declared_kind(head: bytes) -> str | None:
    """What the first member of an OpenDocument file or an e-book says that it is."""
    if head[30:38] != _MIMETYPE:
        return None
    said = head[38:138]
    return next((kind for telling, kind in _DECLARED if telling in said), None)


def office_note(name: str, kind: str) -> str:
    return f"'{name}' is of a format that is not read: {kind}."
