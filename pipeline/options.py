"""What the caller may decide about the extraction, and its version; apart from it, for it takes long to import."""

from __future__ import annotations

import datetime as dt

import msgspec

from corpus.options import DEFAULT_READ_OPTIONS, OnPage, ReadOptions

EXTRACTOR_VERSION = "akt-extract/16"


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller may decide. ``document_date``: short dates are read against it where the document has no date.

    ``ner_model``: the installed spaCy pipeline that names people in running text. ``reading``: how files are read.
    ``in_blocks``: records and tables of a long document are :class:`corpus.blocks.Blocks` and not lists. They take a
    tenth of the room, and :func:`corpus.encoding.json_pieces` writes them, not msgspec. ``on_page`` is told of the
    pages whose tables are read.
    """

    document_date: dt.date | None = None
    show_identifiers: bool = False
    ner_model: str | None = None
    reading: ReadOptions = DEFAULT_READ_OPTIONS
    in_blocks: bool = False
    on_page: OnPage | None = None


DEFAULT_OPTIONS = Options()
