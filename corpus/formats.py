"""The readers' names with their versions, and the media types of containers.

Apart from the readers, for what has been read is asked for its version without anything being read: the libraries under
the readers take longer to load than a run that finds nothing to do.
"""

from __future__ import annotations

from importlib.util import find_spec

ARCHIVE = "archive/1"
HTML = "html/5"
MAIL = "mail/6"
MBOX = "mbox/1"
MSG = "msg/4"
PDF = "pdf/9"
PDF_PLUMBER = "pdf-plumber/1"
PST = "pst/3"
TEXT = "text/3"
TNEF = "tnef/4"

PDF_HELPED = f"{PDF} {PDF_PLUMBER}"
"""The reader of a PDF of which pdfplumber had to read a page or all."""
PDF_VERSIONS = {"pdfium": frozenset([PDF, PDF_HELPED]), "pdfplumber": frozenset([PDF_PLUMBER])}
"""The readers by engine: what the other engine has read is stale."""
ALL = frozenset([ARCHIVE, HTML, MAIL, MBOX, MSG, PST, TEXT, TNEF]).union(*PDF_VERSIONS.values())
"""Every reader, those of the PDF engines that are not chosen too."""
STREAMS = frozenset([ARCHIVE, MBOX, PST])
"""The readers of containers (:mod:`corpus.readers.streams`)."""

MBOX_TYPE = "application/mbox"
PST_TYPE = "application/vnd.ms-outlook-pst"
ZIP_TYPE = "application/zip"
TAR_TYPE = "application/x-tar"
GZIP_TYPE = "application/gzip"
BZIP2_TYPE = "application/x-bzip2"
XZ_TYPE = "application/x-xz"
UNREAD_TYPES = {
    "7z": "application/x-7z-compressed",
    "rar": "application/vnd.rar",
    "zst": "application/zstd",
    "lz4": "application/x-lz4",
    "cab": "application/vnd.ms-cab-compressed",
    "Z": "application/x-compress",
    "arj": "application/x-arj",
}
"""Archives of other programs, which are claimed and told, by their usual ending."""
CONTAINERS = frozenset(
    [MBOX_TYPE, PST_TYPE, ZIP_TYPE, TAR_TYPE, GZIP_TYPE, BZIP2_TYPE, XZ_TYPE, *UNREAD_TYPES.values()]
)
"""Media types of what holds documents, and no text of its own."""


def is_installed(reader: str) -> bool:
    """Whether the library that a reader stands on is there: libpff is optional, all others come with Akt."""
    return reader != PST or find_spec("pypff") is not None


def without_its_library(reader: str) -> str:
    """The name of a reader that could not read because what it needs is not installed: stale as soon as it is."""
    return f"{reader} not installed"
