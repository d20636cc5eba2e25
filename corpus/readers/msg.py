"""Outlook's .msg files ([MS-OXMSG]): one item as a compound file, read as the mail it is.

python-oxmsg opens the container and its storages; the properties are decoded here, because its own decoding stops at
the first foreign code page or missing stream, and knows no named properties.
"""

from __future__ import annotations

import re
import struct
import uuid

import msgspec
from oxmsg.storage import Storage

from corpus import formats
from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.readers.compound import BROKEN, open_compound
from corpus.readers.mail import read_message
from corpus.readers.mapi import Attachment, Item, all_problems, to_message
from corpus.readers.mapi_properties import (
    BINARY,
    STRING,
    STRING8,
    Name,
    Properties,
    Property,
    attachment_from,
    item_from,
)
from corpus.reading import Reading

READER = formats.MSG
MEDIA_TYPE = "application/vnd.ms-outlook"
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0"
_MARK = _PROPERTIES.encode("utf-16-le")
_NAMES = "__nameid_version1.0"
_EMBEDDED = "__substg1.0_3701000D"
_MESSAGE_HEADERS, _EMBEDDED_HEADERS, _ROW_HEADERS = (32,), (24, 32), (8,)
"""Bytes before the first property of a message, one inside it, and a recipient or attachment ([MS-OXMSG] 2.4.1).

Some programs write 32 for an embedded message too; the list behind is whole entries by one of the two only.
"""
_STREAM = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})")
_ENTRY = struct.Struct("<HHI8s")
_GUID = 0x0048
_IN_STREAM = frozenset([STRING8, STRING, BINARY, _GUID])
_MAPI = uuid.UUID("00020328-0000-0000-c000-000000000046")
_PUBLIC_STRINGS = uuid.UUID("00020329-0000-0000-c000-000000000046")
_FIRST_NAMED = 0x8000


def claims(head: bytes, name: str) -> bool:
    """True for a compound file with a message's properties at its root, or called .msg; other such files are documents.

    A Word document that a message is pasted into has such properties too, but deeper.
    """
    if not head.startswith(MAGIC):
        return False
    if name.lower().endswith(".msg"):
        return True
    if _MARK not in head:
        return False
    try:
        with open_compound(head) as container:
            return bool(container.exists(_PROPERTIES))
    except BROKEN:
        return True


def read(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """One item with what hangs beside it. What is broken becomes a problem; nothing about the bytes raises."""
    try:
        with open_compound(data) as container:
            root = Storage.from_ole(container)
    except BROKEN:
        return _unreadable("The file calls itself an Outlook item, and its container is broken.")
    if _stream(root, _PROPERTIES) is None:
        return _unreadable("The file is a compound file without the properties of an Outlook item.")
    item = _Message(root, _names(root), limits, container.problems()).item()
    reading = read_message(to_message(item), limits, media_type=MEDIA_TYPE, reader=READER)
    damage = all_problems(item)
    others = [found for found in reading.problems if not damage or found.code != Code.EMPTY_FILE]  # damage says it
    problems = list(dict.fromkeys([*damage, *others]))
    return msgspec.structs.replace(reading, problems=problems, metadata=reading.metadata | _metadata(item))


def _metadata(item: Item) -> dict[str, str]:
    said = {"unsent": "yes"} if item.unsent else {}
    return said if item.message_class.upper() == "IPM.NOTE" else said | {"message-class": item.message_class}


def _unreadable(note: str) -> Reading:
    return Reading(media_type=MEDIA_TYPE, reader=READER, text="", problems=[problem(Code.UNREADABLE, note)])


class _Message:
    """A message's storage; ``names`` are the file's, which its embedded messages share."""

    def __init__(
        self, storage: Storage, names: dict[Name, int], limits: Limits, problems: list[Problem], depth: int = 0
    ) -> None:
        self._storage = storage
        self._names = names
        self._limits = limits
        self._depth = depth
        self._problems = problems

    def item(self) -> Item:
        own = self._properties(self._storage, _EMBEDDED_HEADERS if self._depth else _MESSAGE_HEADERS)
        recipients = [self._properties(row, _ROW_HEADERS, own) for row in self._storage.iter_recipient_storages()]
        attachments = [
            attachment
            for storage in self._storage.iter_attachment_storages()
            if (attachment := self._attachment(storage, own)) is not None
        ]
        return item_from(own, recipients, attachments, self._problems)

    def _attachment(self, storage: Storage, message: Properties) -> Attachment | None:
        properties = self._properties(storage, _ROW_HEADERS, message)
        inner = next((found for found in storage.storages if found.name == _EMBEDDED), None)
        item = None
        if inner is not None and _stream(inner, _PROPERTIES) is not None:
            if self._depth >= self._limits.depth:
                note = f"Messages are embedded deeper than {self._limits.depth}; what lies below was not read."
                self._problems.append(problem(Code.TOO_DEEP, note))
                return None
            item = _Message(inner, self._names, self._limits, [], self._depth + 1).item()
        attachment, notes = attachment_from(properties, item)
        self._problems += notes
        return attachment

    def _properties(self, storage: Storage, headers: tuple[int, ...], message: Properties | None = None) -> Properties:
        streams = {stream.name: stream.bytes_ for stream in storage.streams}
        found, missing = _found(streams, headers)
        if missing:
            note = f"{missing} properties of the item are listed, and their bytes are missing."
            self._problems.append(problem(Code.DAMAGED_MAIL, note))
        return Properties(found, self._names, message.codepage if message else None)


def _found(streams: dict[str, bytes], headers: tuple[int, ...]) -> tuple[list[tuple[int, Property]], int]:
    """The properties listed, and streams that a broken list does not name; how many are listed and not there."""
    kept = streams.get(_PROPERTIES, b"")
    header = next((size for size in headers if (len(kept) - size) % _ENTRY.size == 0), headers[0])
    entries = kept[header:]
    found: list[tuple[int, Property]] = []
    missing = 0
    for kind, number, _, value in _ENTRY.iter_unpack(entries[: len(entries) // _ENTRY.size * _ENTRY.size]):
        if kind not in _IN_STREAM:
            found.append((number, Property(kind, value)))
        elif f"__substg1.0_{number:04X}{kind:04X}" not in streams:
            missing += 1
    for name, data in streams.items():
        if (stream := _STREAM.fullmatch(name)) and (kind := int(stream.group(2), 16)) in _IN_STREAM:
            found.append((int(stream.group(1), 16), Property(kind, data)))
    return found, missing


def _stream(storage: Storage, name: str) -> bytes | None:
    return next((stream.bytes_ for stream in storage.streams if stream.name == name), None)


def _names(root: Storage) -> dict[Name, int]:
    """The file's named properties and the numbers they have in it ([MS-OXMSG] 2.2.3)."""
    storage = next((found for found in root.storages if found.name == _NAMES), None)
    if storage is None:
        return {}
    guids, entries, strings = (_stream(storage, f"__substg1.0_{number:04X}0102") or b"" for number in (2, 3, 4))
    names: dict[Name, int] = {}
    for at in range(0, len(entries) // 8 * 8, 8):
        value, which, index = struct.unpack_from("<IHH", entries, at)
        guid = _guid(guids, which >> 1)
        name = _string(strings, value) if which & 1 else value
        if guid is not None and name is not None:
            names[guid, name] = _FIRST_NAMED + index
    return names


def _guid(guids: bytes, index: int) -> uuid.UUID | None:
    if index in (1, 2):
        return _MAPI if index == 1 else _PUBLIC_STRINGS
    kept = guids[(index - 3) * 16 : (index - 2) * 16] if index else b""
    return uuid.UUID(bytes_le=kept) if len(kept) == 16 else None


def _string(strings: bytes, at: int) -> str | None:
    size = int.from_bytes(strings[at : at + 4], "little")
    kept = strings[at + 4 : at + 4 + size]
    return kept.decode("utf-16-le", "replace") if kept else None
