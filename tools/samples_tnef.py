"""Writes winmail.dat ([MS-OXTNEF]), for samples and tests."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Iterable, Mapping, Sequence

from samples_msg import Narrow, Value, encoded

MAGIC = struct.pack("<IH", 0x223E9F78, 1)
MESSAGE = uuid.UUID("00020307-0000-0000-c000-000000000046")
STORAGE = uuid.UUID("0000000b-0000-0000-c000-000000000046")
Name = tuple[uuid.UUID, int | str]
Row = Mapping[int | Name, Value]
Sent = tuple[int, int, int, int, int, int]


class Object(bytes):
    """An object: what it is (a GUID), and its bytes."""


def tnef(
    properties: Row | None = None,
    *,
    attachments: Iterable[bytes] = (),
    recipients: Sequence[Row] = (),
    old: Iterable[bytes] = (),
    codepage: int = 1252,
) -> bytes:
    parts = [
        MAGIC,
        attribute(0x00089006, struct.pack("<I", 0x10000)),
        attribute(0x00069007, struct.pack("<2I", codepage, 0)),
    ]
    parts += old
    if properties is not None:
        parts.append(attribute(0x00069003, packed(properties)))
    if recipients:
        parts.append(attribute(0x00069004, struct.pack("<I", len(recipients)) + b"".join(map(packed, recipients))))
    return b"".join([*parts, *attachments])


def attribute(number: int, value: bytes, level: int = 1) -> bytes:
    return struct.pack("<BII", level, number, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def attached(properties: Row | None = None, *, title: bytes = b"", data: bytes | None = None) -> bytes:
    """An attachment by its old attributes (title in the stream's code page, data), by properties, or by both."""
    parts = [attribute(0x00069002, bytes(14), 2)]
    if title:
        parts.append(attribute(0x00018010, title + b"\0", 2))
    if data is not None:
        parts.append(attribute(0x0006800F, data, 2))
    if properties is not None:
        parts.append(attribute(0x00069005, packed(properties), 2))
    return b"".join(parts)


def packed(properties: Row) -> bytes:
    """A count, and each property with its name where it has one, aligned to four bytes."""
    parts = [struct.pack("<I", len(properties))]
    for key, value in properties.items():
        kind, data = _encoded(value)
        name = b""
        number = key if isinstance(key, int) else 0x8000
        if not isinstance(key, int):
            guid, known = key
            name = guid.bytes_le
            if isinstance(known, int):
                name += struct.pack("<2I", 0, known)
            else:
                letters = known.encode("utf-16-le") + b"\0\0"
                name += struct.pack("<2I", 1, len(letters)) + _padded(letters)
        long = kind in (0x001E, 0x001F, 0x0102, 0x000D)
        head = struct.pack("<2I", 1, len(data)) if long else b""
        parts.append(struct.pack("<2H", kind, number) + name + head + _padded(data))
    return b"".join(parts)


def _encoded(value: Value) -> tuple[int, bytes]:
    if isinstance(value, Object):
        return 0x000D, bytes(value)
    kind, data = encoded(value)
    return kind, data + {0x001E: b"\0", 0x001F: b"\0\0"}.get(kind, b"")


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def sent(moment: Sent) -> bytes:
    return attribute(0x00038005, struct.pack("<7H", *moment, 0))


def sender(name: bytes, address: bytes) -> bytes:
    """The sender as Microsoft Mail had it: four lengths, the name and the address with its kind in front."""
    name, address = name + b"\0", address + b"\0"
    size = 8 + len(name) + len(address)
    return attribute(0x00008000, struct.pack("<4H", 4, size, len(name), len(address)) + name + address + bytes(8))


def old_text(number: int, text: bytes) -> bytes:
    """One of the old attributes of text: 0x00018004 the subject, 0x0002800C the body, 0x00078008 the class."""
    return attribute(number, Narrow(text) + b"\0")
