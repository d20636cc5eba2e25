"""Writes Outlook's .msg files ([MS-OXMSG]) from a description, for samples and tests; the same bytes on every run."""

from __future__ import annotations

import datetime as dt
import struct
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aspose.email_foss.cfb import CFBDocument, CFBStorage, CFBStream, CFBWriter

EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_READABLE_WRITABLE = 6
_BY_VALUE, _EMBEDDED = 1, 5
_UNICODE = 0x40000
Name = tuple[uuid.UUID, int | str]
Person = tuple[str, str]


class Narrow(bytes):
    """An 8-bit string in some code page."""


Value = str | Narrow | bytes | bool | int | float | dt.datetime


@dataclass(frozen=True)
class Message:
    """Properties by their numbers; ``named`` ones are written for the outermost message only.

    An attachment with a message inside is embedded, one without holds its bytes in property 0x3701.
    """

    properties: Mapping[int, Value] = field(default_factory=dict)
    recipients: Sequence[Mapping[int, Value]] = ()
    attachments: Sequence[tuple[Mapping[int, Value], Message | None]] = ()
    named: Mapping[Name, Value] = field(default_factory=dict)


def msg_bytes(
    *,
    subject: str,
    sender: Person,
    to: Sequence[Person],
    sent: dt.datetime,
    body: str,
    cc: Sequence[Person] = (),
    html: str | None = None,
    message_id: str | None = None,
    in_reply_to: str | None = None,
    attachments: Sequence[tuple[str, str, bytes]] = (),
) -> bytes:
    """A mail as Outlook saves a sent one. People are (name, address), attachments (name, media type, bytes)."""
    properties: dict[int, Value] = {
        0x001A: "IPM.Note", 0x0037: subject, 0x0E1D: subject, 0x1000: body.replace("\n", "\r\n"), 0x0039: sent,
        0x0E06: sent, 0x0E07: 1, 0x3FDE: 65001, 0x340D: _UNICODE, 0x0C1A: sender[0], 0x0C1E: "SMTP",
        0x0C1F: sender[1], 0x0042: sender[0], 0x0064: "SMTP", 0x0065: sender[1],
    }  # fmt: skip
    optional = {0x1013: html.encode() if html else None, 0x1035: message_id, 0x1042: in_reply_to}
    properties |= {number: value for number, value in optional.items() if value}
    people = [(1, person) for person in to] + [(2, person) for person in cc]
    return to_bytes(
        Message(
            properties,
            [recipient(name, address, kind) for kind, (name, address) in people],
            [file(name, media_type, data) for name, media_type, data in attachments],
        )
    )


def recipient(name: str, address: str, kind: int = 1) -> dict[int, Value]:
    """A row of the recipient table; ``kind`` is 1 for to, 2 for cc, 3 for bcc."""
    return {0x0C15: kind, 0x3001: name, 0x3002: "SMTP", 0x3003: address, 0x39FE: address}


def file(name: str, media_type: str, data: bytes) -> tuple[dict[int, Value], None]:
    return {0x3705: _BY_VALUE, 0x3707: name, 0x3701: data, 0x370E: media_type}, None


def embedded(name: str, message: Message) -> tuple[dict[int, Value], Message]:
    return {0x3705: _EMBEDDED, 0x3001: name}, message


def to_bytes(message: Message) -> bytes:
    """The message as a file."""
    root = CFBStorage("Root Entry")
    numbered = {0x8000 + index: value for index, value in enumerate(message.named.values())}
    _fill(root, message, {**message.properties, **numbered}, reserved=8)
    root.add_storage(_names(list(message.named)))
    written: bytes = CFBWriter.to_bytes(CFBDocument(root))
    return written


def _fill(storage: CFBStorage, message: Message, properties: Mapping[int, Value], reserved: int) -> None:
    counts = (len(message.recipients), len(message.attachments))
    head = bytes(8) + struct.pack("<4I", *counts, *counts) + bytes(reserved)
    _write(storage, head, properties)
    for index, row in enumerate(message.recipients):
        _write(storage.add_storage(CFBStorage(f"__recip_version1.0_#{index:08X}")), bytes(8), row)
    for index, (row, inner) in enumerate(message.attachments):
        inside = storage.add_storage(CFBStorage(f"__attach_version1.0_#{index:08X}"))
        _write(inside, bytes(8), row)
        if inner is not None:
            _fill(inside.add_storage(CFBStorage("__substg1.0_3701000D")), inner, inner.properties, reserved=0)


def _write(storage: CFBStorage, head: bytes, properties: Mapping[int, Value]) -> None:
    """The list of properties, and a stream for each that does not fit into it."""
    entries = [head]
    for number, value in sorted(properties.items()):
        kind, data = encoded(value)
        inline = data
        if kind in (0x001E, 0x001F, 0x0102):
            storage.add_stream(CFBStream(f"__substg1.0_{number:04X}{kind:04X}", data))
            ending = {0x001E: 1, 0x001F: 2}.get(kind, 0)
            inline = struct.pack("<I", len(data) + ending)
        entries.append(struct.pack("<HHI", kind, number, _READABLE_WRITABLE) + inline.ljust(8, b"\0"))
    storage.add_stream(CFBStream("__properties_version1.0", b"".join(entries)))


def encoded(value: Value) -> tuple[int, bytes]:
    """Property type and bytes of a value."""
    if isinstance(value, str):
        return 0x001F, value.encode("utf-16-le")
    if isinstance(value, bytes):
        return (0x001E if isinstance(value, Narrow) else 0x0102), bytes(value)
    if isinstance(value, bool):
        return 0x000B, struct.pack("<H", value)
    if isinstance(value, int):
        return 0x0003, struct.pack("<i", value)
    if isinstance(value, float):
        return 0x0005, struct.pack("<d", value)
    return 0x0040, struct.pack("<Q", (value - EPOCH) // dt.timedelta(microseconds=1) * 10)


def _names(named: list[Name]) -> CFBStorage:
    """What the numbers from 0x8000 on stand for (section 2.2.3)."""
    guids = list(dict.fromkeys(guid for guid, _ in named))
    entries, strings = [], bytearray()
    for index, (guid, name) in enumerate(named):
        is_string = isinstance(name, str)
        value = len(strings) if isinstance(name, str) else name
        if isinstance(name, str):
            letters = name.encode("utf-16-le")
            strings += struct.pack("<I", len(letters)) + letters + bytes(-len(letters) % 4)
        entries.append(struct.pack("<IHH", value, (guids.index(guid) + 3) << 1 | is_string, index))
    storage = CFBStorage("__nameid_version1.0")
    streams = (b"".join(guid.bytes_le for guid in guids), b"".join(entries), bytes(strings))
    for number, data in zip((2, 3, 4), streams, strict=True):
        storage.add_stream(CFBStream(f"__substg1.0_{number:04X}0102", data))
    return storage
