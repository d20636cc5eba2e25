"""winmail.dat ([MS-OXTNEF]): what Outlook wraps around a mail's attachments and formatted body for its own kind.

The stream is a row of attributes. Old ones hold one field each in a form of their own; two hold MAPI properties, which
say the same and more. :func:`unpack` gives the item that all of them make.
"""

from __future__ import annotations

import datetime as dt
import struct
import uuid
from collections.abc import Iterator

from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.readers.mapi import Attachment, Item
from corpus.readers.mapi_properties import (
    ATTACH_DATA,
    BINARY,
    BOOLEAN,
    EPOCH,
    INTEGER16,
    INTEGER32,
    OBJECT,
    STRING,
    STRING8,
    TIME,
    Name,
    Properties,
    Property,
    attachment_from,
    item_from,
)

MAGIC = b"\x78\x9f\x3e\x22"
DEEPEST = 10
_BLANKS = b"\0\r\n\x1a "
_HEAD = struct.Struct("<BII")
_FROM, _SUBJECT, _SENT, _CLASS, _ID, _BODY = 0x8000, 0x8004, 0x8005, 0x8008, 0x8009, 0x800C
_DATA, _TITLE, _RENDERING = 0x800F, 0x8010, 0x9002
_PROPERTIES, _RECIPIENTS, _ATTACHMENT, _CODEPAGE = 0x9003, 0x9004, 0x9005, 0x9007
_OF_ATTACHMENTS = frozenset([_DATA, _TITLE, _RENDERING, _ATTACHMENT])
_OLD_STRINGS = {_SUBJECT: 0x0037, _CLASS: 0x001A, _BODY: 0x1000}
"""Old attributes by the property that says the same; 8-bit strings in the code page of the stream."""
_SENDER_NAME, _SENDER_ADDRESS, _SUBMITTED, _ATTACH_TITLE = 0x0C1A, 0x0C1F, 0x0039, 0x3704
_MESSAGE = uuid.UUID("00020307-0000-0000-c000-000000000046").bytes_le
_INTERFACE = 16
"""Of an object, 16 bytes say what it is: behind IID_IMessage comes a TNEF stream, else a file."""
_SIZES = {INTEGER16: 2, INTEGER32: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, BOOLEAN: 2}
_SIZES |= {0x0014: 8, TIME: 8, 0x0048: 16, 0x0001: 0}
_VARIABLE = frozenset([STRING8, STRING, BINARY, OBJECT])
_MULTIPLE = 0x1000
_OLD_CLASS = b"IPM.Microsoft Mail.Note"

Found = list[tuple[int, Property]]


def is_tnef(data: bytes) -> bool:
    """True for the signature with an attribute of a message or an attachment behind it."""
    return data.startswith(MAGIC) and data[6:7] in (b"\x01", b"\x02")


def is_empty(item: Item) -> bool:
    """Whether nothing came out of a stream that a person could read or open."""
    return not (item.attachments or item.plain or item.html or item.rtf or item.subject or item.details)


def unpack(data: bytes, depth: int = 0) -> Item:
    """The item that a stream holds; what is broken in it is among the item's problems."""
    return _Stream(depth).read(data)


class _Stream:
    def __init__(self, depth: int) -> None:
        self._depth = depth
        self._problems: list[Problem] = []
        self._codepage: int | None = None
        self._own: Found = []
        self._names: dict[Name, int] = {}
        self._recipients: list[Properties] = []
        self._attachments: list[tuple[Found, dict[Name, int]]] = []

    def read(self, data: bytes) -> Item:
        old: Found = []
        for number, value in self._attributes(data):
            if number == _CODEPAGE:
                self._codepage = int.from_bytes(value[:4], "little") or None
            elif number in _OF_ATTACHMENTS:
                self._attachment(number, value)
            elif number == _PROPERTIES:
                self._own += self._properties(_Cursor(value), self._names)
            elif number == _RECIPIENTS:
                self._rows(_Cursor(value))
            else:
                old += _old(number, value)
        properties = Properties(self._own + old, self._names, self._codepage)
        attachments = [made for found, names in self._attachments if (made := self._file(found, names)) is not None]
        return item_from(properties, self._recipients, attachments, self._problems)

    def _attributes(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Number and value of each attribute; a checksum that is wrong is no reason to lose its value."""
        if not data.startswith(MAGIC):
            self._problems.append(_damaged("does not begin as one"))
            return
        at = 6
        while at + _HEAD.size <= len(data):
            level, attribute, size = _HEAD.unpack_from(data, at)
            if level not in (1, 2):
                if data[at:].strip(_BLANKS):
                    self._problems.append(_damaged("holds bytes that are none of its attributes"))
                return
            begin = at + _HEAD.size
            at = begin + size + 2
            value = data[begin : begin + size]
            if len(value) < size:
                self._problems.append(_damaged("is cut off"))
            elif at <= len(data) and sum(value) & 0xFFFF != int.from_bytes(data[at - 2 : at], "little"):
                self._problems.append(_damaged("holds an attribute whose checksum is wrong"))
            yield attribute & 0xFFFF, value
        if data[at:].strip(_BLANKS):
            self._problems.append(_damaged("is cut off"))

    def _attachment(self, number: int, value: bytes) -> None:
        """The rendering data begins an attachment; its other attributes follow in any order."""
        if number == _RENDERING or not self._attachments:
            self._attachments.append(([], {}))
        found, names = self._attachments[-1]
        if number == _DATA:
            found.append((ATTACH_DATA, Property(BINARY, value)))
        elif number == _TITLE:
            found.append((_ATTACH_TITLE, Property(STRING8, value)))
        elif number == _ATTACHMENT:
            found[:0] = self._properties(_Cursor(value), names)

    def _file(self, found: Found, names: dict[Name, int]) -> Attachment | None:
        kept = next((value for number, value in found if number == ATTACH_DATA and value.type == OBJECT), None)
        item = None
        if kept is not None and kept.data.startswith(_MESSAGE):
            if self._depth >= DEEPEST:
                note = f"Messages are embedded deeper than {DEEPEST}; what lies below was not read."
                self._problems.append(problem(Code.TOO_DEEP, note))
                return None
            item = unpack(kept.data[_INTERFACE:], self._depth + 1)
        elif kept is not None:
            found = [(ATTACH_DATA, Property(BINARY, kept.data[_INTERFACE:])), *found]
        attachment, notes = attachment_from(Properties(found, names, self._codepage), item)
        self._problems += notes
        return attachment

    def _rows(self, cursor: _Cursor) -> None:
        try:
            for _ in range(cursor.number(4)):
                names: dict[Name, int] = {}
                found = self._properties(cursor, names)
                if cursor.broken:
                    break
                self._recipients.append(Properties(found, names, self._codepage))
        except _CutOffError:
            self._problems.append(_damaged("holds recipients that are cut off"))

    def _properties(self, cursor: _Cursor, names: dict[Name, int]) -> Found:
        """A count and as many properties; what stands before a broken one is kept."""
        found: Found = []
        try:
            for _ in range(cursor.number(4)):
                kind, number = cursor.number(2), cursor.number(2)
                if number >= 0x8000:
                    # Some programs give all named properties one number.
                    number = names.setdefault(cursor.name(), 0x10000 + len(names))
                for value in cursor.values(kind):
                    found.append((number, value))
        except _CutOffError:
            cursor.broken = True
            self._problems.append(_damaged("holds properties that are cut off"))
        return found


class _CutOffError(ValueError):
    pass


class _Cursor:
    """Reads the encoding of properties in an attribute (section 2.1.3.4); everything is aligned to four bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self.broken = False

    def take(self, size: int) -> bytes:
        piece = self._data[self._at : self._at + size]
        if len(piece) < size:
            raise _CutOffError
        self._at += size
        return piece

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "little")

    def padded(self, size: int) -> bytes:
        piece = self.take(size)
        self._at = min(self._at + -size % 4, len(self._data))
        return piece

    def name(self) -> Name:
        guid = uuid.UUID(bytes_le=self.take(16))
        if self.number(4) == 0:
            return guid, self.number(4)
        return guid, self.padded(self.number(4)).decode("utf-16-le", "replace").rstrip("\0")

    def values(self, kind: int) -> list[Property]:
        """The values of one property; of several all are passed over and the first is given."""
        single = kind & ~_MULTIPLE
        count = self.number(4) if single in _VARIABLE or kind & _MULTIPLE else 1
        values = []
        for _ in range(count):
            if single in _VARIABLE:
                values.append(self.padded(self.number(4)))
            elif single in _SIZES:
                values.append(self.padded(_SIZES[single]))
            else:
                raise _CutOffError
            if not _SIZES.get(single, 1):
                break
        return [Property(single, value) for value in values[:1]]


def _old(number: int, value: bytes) -> Found:
    """An old attribute as the property that says the same."""
    if number in _OLD_STRINGS:
        text = value.rstrip(b"\0")
        known = number != _CLASS or (text.startswith(b"IPM.") and text != _OLD_CLASS)
        return [(_OLD_STRINGS[number], Property(STRING8, text))] if text and known else []
    if number == _SENT:
        return _moment(value)
    if number == _FROM:
        return _triple(value)
    return []


def _moment(value: bytes) -> Found:
    """Year, month, day, hour, minute, second and weekday, two bytes each."""
    if len(value) < 12:
        return []
    try:
        year, month, day, hour, minute, second = struct.unpack("<6H", value[:12])
        moment = dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)
    except ValueError:
        return []
    ticks = int((moment - EPOCH).total_seconds()) * 10_000_000
    return [(_SUBMITTED, Property(TIME, ticks.to_bytes(8, "little")))] if ticks > 0 else []


def _triple(value: bytes) -> Found:
    """The sender as four lengths (of which two count), the name and "SMTP:address" (section 2.1.3.3.2)."""
    if len(value) < 8:
        return []
    _, _, name_size, address_size = struct.unpack("<4H", value[:8])
    name = value[8 : 8 + name_size].rstrip(b"\0")
    kind, _, address = value[8 + name_size : 8 + name_size + address_size].rstrip(b"\0").partition(b":")
    return [(_SENDER_NAME, Property(STRING8, name)), (_SENDER_ADDRESS, Property(STRING8, address or kind))]


def _damaged(how: str) -> Problem:
    return problem(Code.DAMAGED_MAIL, f"The winmail.dat (TNEF) {how}; what could be read is given.")
