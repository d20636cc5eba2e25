"""MAPI properties ([MS-OXPROPS]) by their numbers, and the item they describe; .msg, .pst and winmail.dat share them.

Whoever opens a container gives each object's properties as :class:`Properties`; :func:`item_from` knows what they mean.
"""

from __future__ import annotations

import datetime as dt
import struct
import uuid
from collections.abc import Iterable, Mapping

import msgspec
from oxmsg.domain.encodings import encoding_from_codepage
from oxmsg.domain.model import UnrecognizedCodePageError, UnsupportedEncodingError

from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.readers import charset
from corpus.readers.mapi import NORMAL, Attachment, Item, Kind, Person, Recipient, smtp_address
from corpus.readers.mapi_details import details_of
from corpus.readers.rtf_lzfu import decompress

INTEGER16, INTEGER32, FLOATING64, BOOLEAN, OBJECT = 0x0002, 0x0003, 0x0005, 0x000B, 0x000D
STRING8, STRING, TIME, BINARY = 0x001E, 0x001F, 0x0040, 0x0102
"""Property types, [MS-OXCDATA] 2.11.1. BINARY is the HTML body's, OBJECT an embedded message's."""

EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_NO_YEAR = 4500
"""Outlook's "none" is 1601 or 1 January 4501."""

MESSAGE_CLASS, SUBJECT, TRANSPORT_HEADERS = 0x001A, 0x0037, 0x007D
BODY, RTF, HTML, REPORT_TEXT = 0x1000, 0x1009, 0x1013, 0x1001
MESSAGE_CODEPAGE, INTERNET_CODEPAGE = 0x3FFD, 0x3FDE
DISPLAY_NAME, ADDRESS, SMTP_ADDRESS, RECIPIENT_TYPE, RECIPIENT_NAME = 0x3001, 0x3003, 0x39FE, 0x0C15, 0x5FF6
ATTACH_DATA, ATTACH_METHOD, ATTACH_LONG_NAME, ATTACH_NAME = 0x3701, 0x3705, 0x3707, 0x3704
ATTACH_PATH, ATTACH_LONG_PATH, ATTACH_MIME, ATTACH_CONTENT_ID, ATTACH_HIDDEN = 0x3708, 0x370D, 0x370E, 0x3712, 0x7FFE
_SENDER = (0x0C1A, 0x5D01, 0x0C1F)
_REPRESENTING = (0x0042, 0x5D02, 0x0065)
"""Name, SMTP address, address of any kind."""
_SUBMITTED, _DELIVERED, _FLAGS = 0x0039, 0x0E06, 0x0E07
_UNSENT = 0x8
_DISPLAYED: Mapping[Kind, int] = {"to": 0x0E04, "cc": 0x0E03, "bcc": 0x0E02}
_KINDS: Mapping[int, Kind] = {0: "to", 1: "to", 2: "cc", 3: "bcc"}
_REFERENCE_METHODS = (2, 3, 4, 7)

Name = tuple[uuid.UUID, int | str]


class Property(msgspec.Struct, frozen=True):
    """One property's type and bytes as kept: fixed values little-endian, strings undecoded."""

    type: int
    data: bytes


class Properties:
    """The properties of one object. ``names`` are those that have names instead of numbers ([MS-OXPROPS] 1.3.2)."""

    def __init__(
        self,
        found: Iterable[tuple[int, Property]],
        names: Mapping[Name, int] | None = None,
        codepage: int | None = None,
    ) -> None:
        """``codepage`` of 8-bit strings is used where the object's own properties do not say one."""
        self._by_id: dict[int, Property] = {}
        for number, value in found:
            if number not in self._by_id or value.type == STRING:
                self._by_id[number] = value
        self._names = names or {}
        self.problems: list[Problem] = []
        self.codepage = self.number(MESSAGE_CODEPAGE) or codepage or self.number(INTERNET_CODEPAGE)

    def __contains__(self, number: int) -> bool:
        return number in self._by_id

    def named(self, name: Name) -> int:
        """The number of a named property on this object; 0, which no property has, where it is not there."""
        return self._names.get(name, 0)

    def text(self, number: int) -> str | None:
        """A string, decoded; None where there is none or it is empty."""
        found = self._by_id.get(number)
        if found is None or found.type not in (STRING, STRING8):
            return None
        if found.type == STRING:
            text = found.data[: len(found.data) // 2 * 2].decode("utf-16-le", "replace")
        else:
            text = self._decoded(found.data.rstrip(b"\0"), body=number == BODY)
        return text.rstrip("\0") or None

    def data(self, number: int) -> bytes | None:
        """The bytes of a binary property or an object."""
        found = self._by_id.get(number)
        return found.data if found is not None and found.type in (BINARY, OBJECT) else None

    def number(self, number: int) -> int | None:
        found = self._by_id.get(number)
        if found is None or found.type not in (INTEGER16, INTEGER32):
            return None
        size = 2 if found.type == INTEGER16 else 4
        return int.from_bytes(found.data[:size], "little", signed=True) if len(found.data) >= size else None

    def fraction(self, number: int) -> float | None:
        found = self._by_id.get(number)
        if found is None or found.type != FLOATING64 or len(found.data) < 8:
            return None
        value: float = struct.unpack("<d", found.data[:8])[0]
        return value

    def flag(self, number: int) -> bool:
        found = self._by_id.get(number)
        return found is not None and found.type == BOOLEAN and any(found.data[:2])

    def moment(self, number: int) -> dt.datetime | None:
        """A time in UTC, whole seconds; None where it is unset."""
        found = self._by_id.get(number)
        if found is None or found.type != TIME or len(found.data) < 8:
            return None
        seconds = int.from_bytes(found.data[:8], "little") // 10_000_000
        try:
            moment = EPOCH + dt.timedelta(seconds=seconds)
        except OverflowError:
            return None
        return moment if EPOCH.year < moment.year < _NO_YEAR else None

    def _decoded(self, data: bytes, *, body: bool) -> str:
        """By the code page; a body's is the Internet's (PidTagInternetCodepage), where that fits."""
        pages = [self.number(INTERNET_CODEPAGE), self.codepage] if body else [self.codepage]
        names = [codepage_name(page) for page in pages if page]
        for name in filter(None, names):
            try:
                return data.decode(name)
            except (UnicodeError, LookupError):
                continue
        if data.isascii():
            return data.decode("ascii")
        if not any(names):
            return charset.legacy(data)
        text, notes = charset.decode(data, names[-1])
        self.problems += [note for note in notes if note not in self.problems]
        return text


def codepage_name(page: int | None) -> str | None:
    """Python's codec for one of Windows' code pages; None where there is none."""
    if page is None:
        return None
    try:
        return charset.codec_name(encoding_from_codepage(page)) or charset.codec_name(f"cp{page}")
    except (UnrecognizedCodePageError, UnsupportedEncodingError):
        return charset.codec_name(f"cp{page}")


def item_from(
    properties: Properties,
    recipients: Iterable[Properties] = (),
    attachments: Iterable[Attachment] = (),
    problems: Iterable[Problem] = (),
) -> Item:
    """The item that an object's properties, its recipients' and its attachments make; ``problems`` go with it."""
    rows = list(recipients)
    notes = list(problems)
    html, html_charset = _html(properties)
    item = Item(
        transport_headers=properties.text(TRANSPORT_HEADERS),
        sender=_person(properties, _SENDER),
        representing=_person(properties, _REPRESENTING),
        recipients=_recipients(properties, rows),
        subject=properties.text(SUBJECT) or properties.text(0x0E1D),
        sent=properties.moment(_SUBMITTED) or properties.moment(_DELIVERED),
        message_id=properties.text(0x1035),
        in_reply_to=properties.text(0x1042),
        references=properties.text(0x1039),
        thread_topic=properties.text(0x0070),
        thread_index=properties.data(0x0071),
        importance=_or(properties.number(0x0017), NORMAL),
        sensitivity=_or(properties.number(0x0036), 0),
        unsent=bool(_or(properties.number(_FLAGS), 0) & _UNSENT),
        message_class=properties.text(MESSAGE_CLASS) or "IPM.Note",
        details=details_of(properties),
        plain=properties.text(BODY) or properties.text(REPORT_TEXT),
        html=html,
        html_charset=html_charset,
        rtf=_rtf(properties, notes),
        attachments=list(attachments),
    )
    notes += [note for row in (properties, *rows) for note in row.problems]
    return msgspec.structs.replace(item, problems=list(dict.fromkeys(notes)))


def attachment_from(properties: Properties, item: Item | None = None) -> tuple[Attachment | None, list[Problem]]:
    """An attachment; None with a problem where the file lies elsewhere and only its path is kept."""
    path = properties.text(ATTACH_LONG_PATH) or properties.text(ATTACH_PATH)
    name = _attachment_name(properties, item)
    data = properties.data(ATTACH_DATA)
    if item is None and data is None:
        if properties.number(ATTACH_METHOD) in _REFERENCE_METHODS:
            note = f"The attachment '{name}' is a link to '{path or 'nowhere'}'; the file is not in the mail."
        else:
            note = f"The attachment '{name}' could not be read."
        return None, [problem(Code.DAMAGED_MAIL, note)]
    made = Attachment(
        name=name,
        media_type=properties.text(ATTACH_MIME) or "",
        data=data or b"",
        content_id=properties.text(ATTACH_CONTENT_ID),
        hidden=properties.flag(ATTACH_HIDDEN),
        item=item,
    )
    return made, properties.problems


def _attachment_name(properties: Properties, item: Item | None) -> str:
    """A file's own name; of an embedded item what Outlook shows for it, which is its subject."""
    names = [properties.text(number) for number in (ATTACH_LONG_NAME, ATTACH_NAME, DISPLAY_NAME)]
    if item is not None:
        names = [names[2], item.subject, names[0], names[1]]
    return next((name for name in names if name), "")


def _person(properties: Properties, numbers: tuple[int, int, int]) -> Person | None:
    name, smtp, other = map(properties.text, numbers)
    address = _best_address(smtp, other)
    return Person(name=name, address=address) if name or address else None


def _best_address(*addresses: str | None) -> str | None:
    """The first that is one of the Internet, else the first there is."""
    given = [address for address in addresses if address]
    return next((address for address in given if smtp_address(address)), given[0] if given else None)


def _recipients(properties: Properties, rows: list[Properties]) -> list[Recipient]:
    """The rows of the recipient table; a kind without any by the names that the item shows for it."""
    found = []
    for row in rows:
        name = row.text(DISPLAY_NAME) or row.text(RECIPIENT_NAME)
        address = _best_address(row.text(SMTP_ADDRESS), row.text(ADDRESS))
        if name or address:
            kind = _KINDS.get(_or(row.number(RECIPIENT_TYPE), 1) & 0xF, "to")
            found.append(Recipient(name=name, address=address, kind=kind))
    for kind, number in _DISPLAYED.items():
        if all(recipient.kind != kind for recipient in found):
            shown = [name.strip() for name in (properties.text(number) or "").split(";")]
            found += [Recipient(name=name, kind=kind) for name in shown if name]
    return found


def _html(properties: Properties) -> tuple[bytes | str | None, str | None]:
    data = properties.data(HTML)
    if data is None:
        return properties.text(HTML), None
    return data.rstrip(b"\0"), codepage_name(properties.number(INTERNET_CODEPAGE) or properties.codepage)


def _rtf(properties: Properties, problems: list[Problem]) -> bytes | None:
    data = properties.data(RTF)
    if not data:
        return None
    rtf, notes = decompress(data)
    problems += notes
    return rtf


def _or(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number
