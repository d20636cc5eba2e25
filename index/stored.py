"""What the index keeps of a part to show as a hit, and how numbers of papers compare. Light: a search imports it."""

from __future__ import annotations

import zlib

import msgspec

from corpus.cpr import mask_digits
from index.text import keyword


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """What a hit shows without opening the document; ``paths`` are all places of the content, the first one shown.

    ``message_id`` is that of a mail's own message; a quoted copy has none.
    """

    id: str
    paths: list[str]
    part: int
    kind: str
    part_kind: str
    title: str | None
    date: str | None
    committee: str | None
    municipality: str | None
    page: int | None
    body_start: int
    quoted: bool
    fingerprint: str | None
    message_id: str | None
    text: str


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Stored).decode


def pack(stored: Stored) -> bytes:
    """Stored fields as bytes, compressed."""
    return zlib.compress(_encode(stored), 6)


def unpack(data: bytes) -> Stored:
    """The reverse of :func:`pack`."""
    return _decode(zlib.decompress(data))


def code(value: str) -> str:
    """A paper's number as it is compared: "ISU 42", "ISU-42" and "isu42" are one; "2020-0012345" keeps its hyphen."""
    folded = keyword(mask_digits(value)).replace(" ", "")
    letters, _, digits = folded.partition("-")
    return letters + digits if letters.isalpha() and digits.isdigit() else folded
