"""A document as JSON, some of it at a time: that of 500 pages is 40 MB, and nobody needs it in one string."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from corpus.blocks import Blocks
from corpus.model import Document

AT_ONCE = 64
"""Items of a list in one piece."""


def json_pieces(document: Document) -> Iterator[bytes]:
    """Joined, these are the JSON of the document as ``msgspec.json.encode`` gives it where it holds no blocks."""
    before = b"{"
    for name, value in fields(document):
        yield before + msgspec.json.encode(name) + b":"
        if isinstance(value, Blocks | list):
            yield b"["
            yield from _listed(value)
            yield b"]"
        else:
            yield msgspec.json.encode(value)
        before = b","
    yield b"}"


def fields(document: Document) -> Iterator[tuple[str, object]]:
    """The names in JSON and the values of a document, in order."""
    for name, attribute in zip(document.__struct_encode_fields__, document.__struct_fields__, strict=True):
        yield name, getattr(document, attribute)


def _listed(values: Sequence[object]) -> Iterator[bytes]:
    for number, piece in enumerate(pieces_of(values)):
        if number:
            yield b","
        yield from (piece,) if isinstance(piece, bytes) else json_pieces(piece)


def pieces_of(values: Sequence[object]) -> Iterator[bytes | Document]:
    """The items of a list: a document by itself, others as the JSON of some with commas between."""
    if isinstance(values, Blocks):
        yield from values.json()
        return
    if values and isinstance(values[0], Document):
        yield from (value for value in values if isinstance(value, Document))
        return
    for first in range(0, len(values), AT_ONCE):
        yield msgspec.json.encode(values[first : first + AT_ONCE])[1:-1]
