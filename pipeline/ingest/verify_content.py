"""Whether what the store says of one content holds together."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from corpus.identity import record_id
from corpus.model import Document
from corpus.reading import Reading
from corpus.store.entries import Content, Stage
from corpus.store.held import Held
from corpus.store.integrity import is_begun
from corpus.store.packing import unpack_document, unpack_reading
from corpus.store.rows import are_same, content_rows, described
from pipeline.catalogues.owners import figure_owners
from pipeline.conversations.keys import message_keys
from pipeline.ingest.quotes import quotes
from pipeline.links.keys import link_keys

BROKEN = (zlib.error, msgspec.MsgspecError, UnicodeDecodeError, EOFError)


class Checked(msgspec.Struct, kw_only=True):
    """A content as it was found. ``reading`` and ``document`` are None where they cannot be unpacked.

    ``faults``: (code, sentence) of each.
    """

    sha256: str
    size: int = 0
    reading: Reading | None = None
    document: Document | None = None
    faults: list[tuple[str, str]] = []

    @property
    def is_sound(self) -> bool:
        """Nothing is wrong with it."""
        return not self.faults


def check_content(connection: sa.Connection, held: Held, extractor: str) -> Checked:
    """Unpacks all of a content and compares its rows with those that its document gives.

    ``extractor``: the version of the extraction that this Akt has; the rows of another one are for it to compare.
    """
    found = Checked(sha256=held.row.sha256, size=held.row.size)
    try:
        found.reading = unpack_reading(held.row.reading)
    except BROKEN as error:
        found.faults.append(("reading-broken", f"Its stored reading cannot be unpacked ({_said(error)})."))
    try:
        found.document = _whole(unpack_document(held.row.document))
    except BROKEN as error:
        found.faults.append(("document-broken", f"Its stored document cannot be unpacked ({_said(error)})."))
    if found.document is not None:
        found.faults += _of_document(found, found.document)
        found.faults += _of_head(held.row, found.document)
    done = {Stage.READ.value, Stage.EXTRACT.value} & set(held.versions)
    if len(done) < 2 and (done or not is_begun(connection, found.sha256)):
        found.faults.append(("stage-lost", "The store does not say which version has read it."))
    if found.is_sound and held.versions.get(Stage.EXTRACT.value) == extractor:
        found.faults += _of_rows(held, found)
    return found


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:100]}"


def _whole(document: Document) -> Document:
    """With its long lists gone through: a block is unpacked only then."""
    for _ in document.records:
        pass
    for _ in document.tables:
        pass
    return document


def _of_document(found: Checked, document: Document) -> Iterator[tuple[str, str]]:
    """What every document keeps to, whatever version made it."""
    if document.sha256 != found.sha256:
        yield "document-broken", "Its stored document is that of another content."
        return
    texts = {part.index: part.text for part in document.parts}
    for record in document.records:
        if texts.get(record.part, "")[record.start : record.end] != record.text:
            yield "record-misplaced", f"The record {record_id(found.sha256, record)} is not where it is said to stand."
            return
    if found.reading is not None and texts and "".join(texts.values()) != found.reading.text:
        yield "text-differs", "Its parts, joined, are not the text that was read."


def _of_head(row: sa.Row[Any], document: Document) -> Iterator[tuple[str, str]]:
    """What its own row says of the document as a whole, which is made of the document, whatever version made that."""
    other = [name for name, value in described(document).items() if row._mapping[name] != value]
    if other:
        yield "rows-differ", f"Its row in the table contents says another {', '.join(other)} than its document."


def _of_rows(held: Held, found: Checked) -> Iterator[tuple[str, str]]:
    """The tables that do not have the rows that the document gives."""
    if found.reading is None or found.document is None:
        return
    for table, rows in content_rows(_content(found, found.reading, found.document)):
        if not are_same(held.rows(table), rows):
            yield "rows-differ", f"Its rows in the table {table} are not those of its document."


def _content(found: Checked, reading: Reading, document: Document) -> Content:
    return Content(
        sha256=found.sha256,
        size=found.size,
        reading=reading,
        document=document,
        quotes=quotes(document.parts, document.records),
        members=None,
        read_version="",
        extract_version="",
        message_keys=message_keys(document, reading.pages),
        link_keys=link_keys(document),
        owners=figure_owners(document),
    )
