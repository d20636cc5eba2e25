"""What the store takes of a content, made ready away from the database: packed bytes, and rows by table.

Making it is most of the work of storing; it needs no connection, so that it is done where the document was read.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

import msgspec

from corpus.model import Document, Message, Record
from corpus.store.entries import Content, Failure, LinkKeys, Member, MessageKeys, Quote
from corpus.store.keys import key_of_id, subject_key, utc_minute
from corpus.store.open_rows import part_rows, value_rows
from corpus.store.packing import pack_document, pack_reading

AT_ONCE = 500
"""Rows in one block, and values in one statement: databases limit them."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "parts": ("part", "kind", "title", "page_first", "page_last", "fingerprint"),
    "part_contents": ("part", "text", "payload"),
    "table_values": (
        *("ordinal", "table_number", "part", "start", "page", "bbox", "caption", "label", "line_group", "role"),
        *("unit", "year", "column_label", "value", "raw", "price_level", "unit_text", "sign_note", "check_status"),
    ),
    "table_value_owners": ("ordinal", "number", "committee"),
    "records": (
        *("ordinal", "type", "part", "start", "end", "page", "text"),
        *("quote", "quote_start", "quote_end", "payload"),
    ),
    "problems": ("ordinal", "code", "message", "part", "page"),
    "coverage": ("unclaimed_numbers",),
    "message_keys": (
        *("part", "quoted", "inline", "fingerprint", "message_id", "subject_key", "minute", "clock"),
        *("sender_name", "sender_address"),
    ),
    "message_references": ("part", "position", "reference", "answer"),
    "message_words": ("part", "words"),
    "message_quotations": ("part", "position", "minute", "clock"),
    "link_papers": ("part", "kind", "title", "body", "body_key", "day", "year", "status", "decision"),
    "link_numbers": ("part", "kind", "key", "text"),
    "link_words": ("part", "word"),
    "link_amounts": ("part", "value", "currency", "text"),
    "link_pointers": ("ordinal", "part", "start", "kind", "key", "title", "year", "body_key", "day"),
}
"""The tables with rows of contents, and their columns but for ``sha256``."""

Row = Sequence[Any]
T = TypeVar("T")

_LONG_BLOCK = 65_536
_ZLIB_BEGINS = b"\x78"
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[list[Any]])


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """A content as the store takes it. ``head`` are columns of its row; ``blocks`` its other rows by table, encoded.

    ``parts`` and ``records`` (by type) are counted for the report. The rest is as in
    :class:`corpus.store.entries.Content`.
    """

    sha256: str
    head: dict[str, str | int | None]
    reading: bytes
    document: bytes
    blocks: dict[str, list[bytes]]
    members: list[Member] | None
    read_version: str
    extract_version: str
    failure: Failure | None
    parts: int
    records: dict[str, int]

    @property
    def size(self) -> int:
        """About how many bytes it takes in memory."""
        rows = sum(len(block) for blocks in self.blocks.values() for block in blocks)
        return len(self.reading) + len(self.document) + rows + 200 * len(self.members or ())

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """The rows of a table by the names of its columns."""
        names = "sha256", *COLUMNS[table]
        return (dict(zip(names, row, strict=True)) for row in self.values(table))

    def values(self, table: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table, of which one block at a time is decoded: the hash, and what :data:`COLUMNS` says."""
        for block in self.blocks.get(table, ()):
            for row in _decoded(block):
                yield (self.sha256, *row)


def pack(content: Content) -> Packed:
    """Everything that is to be written of a content."""
    document = content.document
    return Packed(
        sha256=content.sha256,
        head={"size": content.size, **described(document)},
        reading=pack_reading(content.reading),
        document=pack_document(document),
        blocks={table: blocks for table, rows in content_rows(content) if (blocks := list(_blocks(rows)))},
        members=content.members,
        read_version=content.read_version,
        extract_version=content.extract_version,
        failure=content.failure,
        parts=len(document.parts),
        records=dict(Counter(str(type(record).__struct_config__.tag) for record in document.records)),
    )


def described(document: Document) -> dict[str, str | int | None]:
    """What the row of a content says of its document as a whole, by the names of its columns."""
    named = ("media_type", "kind", "title", "municipality", "date", "pages")
    return {name: getattr(document, name) for name in named}


def are_same(stored: Sequence[Row], made: Iterable[Row]) -> bool:
    """Whether a table has these rows and no others, in whatever order. What is ``made`` may still be on its way in."""
    rows = [tuple(row) for row in made]
    if rows == stored:  # mostly
        return True
    return Counter(map(tuple, _decoder.decode(_encoder.encode(rows)))) == Counter(stored)


def batched(values: Iterable[T]) -> Iterator[list[T]]:
    """As many at a time as one statement takes."""
    waiting = iter(values)
    while batch := list(islice(waiting, AT_ONCE)):
        yield batch


def _blocks(rows: Iterable[Row]) -> Iterator[bytes]:
    for batch in batched(rows):
        block = _encoder.encode(batch)
        yield zlib.compress(block, 1) if len(block) > _LONG_BLOCK else block


def _decoded(block: bytes) -> list[list[Any]]:
    return _decoder.decode(zlib.decompress(block) if block[:1] == _ZLIB_BEGINS else block)


def content_rows(content: Content) -> Iterator[tuple[str, Iterable[Row]]]:
    """The rows of a content for each table, the columns that :data:`COLUMNS` says."""
    document = content.document
    yield "parts", _part_rows(document)
    yield "part_contents", _listed("part_contents", part_rows(content.sha256, document))
    yield "table_values", _listed("table_values", value_rows(content.sha256, document))
    yield "table_value_owners", ((owner.ordinal, owner.number, owner.committee) for owner in content.owners)
    yield "records", _record_rows(document.records, content.quotes)
    yield "problems", ((at, p.code, p.message, p.part, p.page) for at, p in enumerate(document.problems))
    yield "coverage", [(len(document.unclaimed_numbers),)]
    yield "message_keys", _message_rows(document)
    yield "message_references", _reference_rows(document)
    yield from _message_key_rows(content.message_keys)
    yield from _link_rows(content.link_keys)


def _listed(table: str, rows: Iterable[Mapping[str, object]]) -> Iterator[Row]:
    for row in rows:
        yield [row[name] for name in COLUMNS[table]]


def _part_rows(document: Document) -> Iterator[Row]:
    for part in document.parts:
        kind, fingerprint = type(part).__struct_config__.tag, part.fingerprint if isinstance(part, Message) else None
        yield part.index, kind, part.title, part.page_first, part.page_last, fingerprint


def _record_rows(records: Sequence[Record], quotes: Sequence[Quote]) -> Iterator[Row]:
    for ordinal, (record, quote) in enumerate(zip(records, quotes, strict=True)):
        kind, payload = type(record).__struct_config__.tag, msgspec.json.encode(record).decode()
        place = ordinal, kind, record.part, record.start, record.end, record.page, record.text
        yield *place, quote.text, quote.start, quote.end, payload


def _message_rows(document: Document) -> Iterator[Row]:
    for part in document.parts:
        if isinstance(part, Message):
            minute, clock = utc_minute(part.sent)
            message_id = key_of_id(part.message_id) if part.message_id else None
            name = part.sender.name.casefold() if part.sender and part.sender.name else None
            address = part.sender.address.casefold() if part.sender and part.sender.address else None
            keys = part.fingerprint, message_id, subject_key(part.subject), minute, clock
            yield part.index, part.quoted, part.inline, *keys, name, address


def _reference_rows(document: Document) -> Iterator[Row]:
    """Every other message that one names, once."""
    for part in document.parts:
        if isinstance(part, Message):
            named = {key_of_id(reference): False for reference in part.references}
            if part.in_reply_to:
                named[key_of_id(part.in_reply_to)] = True
            for position, (reference, answer) in enumerate(named.items()):
                yield part.index, position, reference, answer


def _message_key_rows(keys: Sequence[MessageKeys]) -> Iterator[tuple[str, Iterable[Row]]]:
    yield "message_words", ((each.part, each.words) for each in keys if each.words is not None)
    yield (
        "message_quotations",
        ((each.part, at, minute, clock) for each in keys for at, (minute, clock) in enumerate(each.quoted)),
    )


def _link_rows(keys: LinkKeys) -> Iterator[tuple[str, Iterable[Row]]]:
    papers = keys.papers
    yield "link_papers", ([getattr(paper, name) for name in COLUMNS["link_papers"]] for paper in papers)
    yield (
        "link_numbers",
        (
            (paper.part, number.kind, number.key, number.text)
            for paper in papers
            for number in {(number.kind, number.key): number for number in reversed(paper.numbers)}.values()
        ),
    )
    yield "link_words", ((paper.part, word) for paper in papers for word in dict.fromkeys(paper.words))
    yield (
        "link_amounts",
        (
            (paper.part, amount.value, amount.currency, amount.text)
            for paper in papers
            for amount in {(amount.value, amount.currency): amount for amount in reversed(paper.amounts)}.values()
        ),
    )
    yield (
        "link_pointers",
        ([getattr(pointer, name) for name in COLUMNS["link_pointers"]] for pointer in keys.pointers),
    )
