"""Readings and documents as compact bytes. Both are stored without children: those are contents of their own."""

from __future__ import annotations

import zlib
from typing import Any, TypeVar

import msgspec

from corpus.blocks import Blocks
from corpus.model import AnyRecord, Document, Table
from corpus.reading import Reading

LEVEL = 3  # measured on readings of long PDFs: level 6 is 5 % smaller and twice as slow

S = TypeVar("S", bound=msgspec.Struct)

_reading_decoder = msgspec.msgpack.Decoder(Reading)
LONG: dict[str, Any] = {"records": AnyRecord, "tables": Table}
"""The lists of a document that may be blocks, with the type of their items."""


class _Long(msgspec.Struct, array_like=True):
    """A document of which some lists are blocks: ``rest`` is the document without them, compressed JSON."""

    rest: bytes
    blocks: dict[str, tuple[tuple[int, bytes], ...]]


_LONG_BEGINS = b"\x92"
"""An array of two in MessagePack. zlib begins with another byte."""
_long_decoder = msgspec.msgpack.Decoder(_Long)


def pack_reading(reading: Reading) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(msgspec.structs.replace(reading, children=[])), LEVEL)


def unpack_reading(data: bytes) -> Reading:
    """Raises zlib.error or msgspec.DecodeError for damaged bytes."""
    return _reading_decoder.decode(zlib.decompress(data))


def pack_document(document: Document) -> bytes:
    """Its JSON, compressed; of a long document the blocks of its records and tables stay what they are, beside it."""
    whole = msgspec.structs.replace(document, children=[])
    blocks = {name: getattr(whole, name) for name in LONG if isinstance(getattr(whole, name), Blocks)}
    if not blocks:
        return _compressed(whole)
    rest = msgspec.structs.replace(whole, **{name: [] for name in blocks})
    return msgspec.msgpack.encode(_Long(_compressed(rest), {name: found.blocks for name, found in blocks.items()}))


def _compressed(document: Document) -> bytes:
    return zlib.compress(msgspec.json.encode(document), LEVEL)


def unpack_document(data: bytes) -> Document:
    """Raises zlib.error or msgspec.DecodeError for damaged bytes, at once or when a block is come to."""
    return unpack_as(data, Document)


def unpack_as(data: bytes, form: type[S]) -> S:
    """As much of a packed document as ``form`` has fields for. Raises as :func:`unpack_document`."""
    if data[:1] != _LONG_BEGINS:
        return _decoded(data, form)
    long = _long_decoder.decode(data)
    known = getattr(form, "__struct_fields__", ())
    blocks: dict[str, Any] = {name: Blocks(LONG[name], found) for name, found in long.blocks.items() if name in known}
    return msgspec.structs.replace(_decoded(long.rest, form), **blocks)


def _decoded(data: bytes, form: type[S]) -> S:
    return msgspec.json.decode(zlib.decompress(data), type=form)
