"""Writes Outlook data files for the tests: folders and messages into the bytes of a PST ([MS-PST] 2.4)."""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass, field

from pst_nodes import (
    BINARY,
    BOOLEAN,
    INTEGER,
    OBJECT,
    TEXT,
    TIME,
    NodeFile,
    Props,
    Subnodes,
    property_context,
    table_context,
)

STORE, NAMES, ROOT = 0x21, 0x61, 0x122
HIERARCHY, CONTENTS, ASSOCIATED = 11, 12, 13
"""What is added to a folder's number for its three tables."""
ATTACHMENTS, RECIPIENTS = 0x671, 0x692
FOLDER, MESSAGE, ATTACHMENT = 0x02, 0x04, 0x05
EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
KINDS = {"to": 1, "cc": 2, "bcc": 3}


@dataclass
class Person:
    name: str
    address: str
    kind: str = "to"
    exchange: bool = False
    """The address is one of Exchange's, with the SMTP address beside it."""


@dataclass
class Attached:
    """A file (``data``) or an embedded ``message``. ``reference`` is a path instead of bytes."""

    name: str
    data: bytes = b""
    media_type: str = ""
    content_id: str = ""
    message: Message | None = None
    reference: str = ""


@dataclass
class Message:
    subject: str | None = None
    prefix: str = ""
    """What stands in front of the subject itself: "SV: "."""
    sender: Person | None = None
    representing: Person | None = None
    recipients: list[Person] = field(default_factory=list)
    sent: dt.datetime | None = None
    delivered: dt.datetime | None = None
    plain: str | None = None
    html: bytes | None = None
    codepage: int = 65001
    rtf: bytes | None = None
    """Compressed, as it stands in the file."""
    headers: str | None = None
    message_id: str | None = None
    message_class: str = "IPM.Note"
    attachments: list[Attached] = field(default_factory=list)
    more: Props = field(default_factory=dict)


@dataclass
class Folder:
    name: str
    messages: list[Message] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)


def filetime(moment: dt.datetime) -> int:
    return int((moment - EPOCH) / dt.timedelta(microseconds=1)) * 10


def write_pst(folders: list[Folder], lost: list[Message] | None = None, *, scrambled: bool = False) -> bytes:
    """The bytes of a PST. ``lost`` are messages whose folder does not exist, as after a crash."""
    file = NodeFile(scrambled=scrambled)
    tree = file.new_node(FOLDER)
    _put(file, STORE, 0, _store(tree))
    _put(file, NAMES, 0, _names())
    _add_folder(file, ROOT, ROOT, "", [], [(tree, Folder("Top på mapperne", folders=folders))])
    for message in lost or []:
        _add_message(file, message, parent=0x7FE2)
    return file.to_bytes()


def _put(file: NodeFile, number: int, parent: int, props: Props) -> None:
    subnodes = Subnodes(file)
    file.add_node(number, parent, property_context(props, subnodes), subnodes)


def _store(tree: int) -> Props:
    uid = b"Akt's test store"
    return {
        (0x0FF9, BINARY): uid,
        (0x3001, TEXT): "Outlook-datafil",
        (0x35E0, BINARY): struct.pack("<I16sI", 0, uid, tree),
        (0x35E7, BINARY): struct.pack("<I16sI", 0, uid, tree),
        (0x67FF, INTEGER): 0,
    }


def _names() -> Props:
    """One named property: the place of a meeting."""
    appointment = bytes.fromhex("0220060000000000c000000000000046")
    return {
        (0x0001, INTEGER): 251,
        (0x0002, BINARY): appointment,
        (0x0003, BINARY): struct.pack("<IHH", 0x8208, 3 << 1, 0),
        (0x0004, BINARY): bytes(4),
        (0x1000 + (0x8208 ^ (3 << 1)) % 251, BINARY): struct.pack("<IHH", 0x8208, 3 << 1, 0),
    }


def _add_folder(
    file: NodeFile, number: int, parent: int, name: str, messages: list[Message], inner: list[tuple[int, Folder]]
) -> None:
    props: Props = {
        (0x3001, TEXT): name,
        (0x3602, INTEGER): len(messages),
        (0x3603, INTEGER): 0,
        (0x360A, BOOLEAN): bool(inner),
        (0x3613, TEXT): "IPF.Note",
    }
    _put(file, number, parent, props)
    for child, folder in inner:
        below = [(file.new_node(FOLDER), grandchild) for grandchild in folder.folders]
        _add_folder(file, child, number, folder.name, folder.messages, below)
    rows: list[tuple[int, Props]] = [
        (child, {(0x3001, TEXT): f.name, (0x3602, INTEGER): len(f.messages), (0x360A, BOOLEAN): bool(f.folders)})
        for child, f in inner
    ]
    _add_table(file, number + HIERARCHY, [(0x3001, TEXT), (0x3602, INTEGER), (0x360A, BOOLEAN)], rows)
    rows = [(_add_message(file, message, number), _summary(message)) for message in messages]
    columns = [(0x001A, TEXT), (0x0037, TEXT), (0x0E06, TIME), (0x0E07, INTEGER)]
    _add_table(file, number + CONTENTS, columns, rows)
    _add_table(file, number + ASSOCIATED, [(0x001A, TEXT), (0x0E07, INTEGER)], [])


def _add_table(file: NodeFile, number: int, columns: list[tuple[int, int]], rows: list[tuple[int, Props]]) -> None:
    subnodes = Subnodes(file)
    file.add_node(number, 0, table_context(columns, rows, subnodes), subnodes)


def _summary(message: Message) -> Props:
    props: Props = {(0x001A, TEXT): message.message_class, (0x0E07, INTEGER): 1}
    if message.subject is not None:
        props[0x0037, TEXT] = _subject(message)
    if message.delivered:
        props[0x0E06, TIME] = filetime(message.delivered)
    return props


def _add_message(file: NodeFile, message: Message, parent: int) -> int:
    number = file.new_node(MESSAGE)
    chunks, subnodes = _message(file, message)
    file.add_node(number, parent, chunks, subnodes)
    return number


def _message(file: NodeFile, message: Message) -> tuple[list[bytes], Subnodes]:
    """A message's own properties, and in its subnodes the recipients and attachments."""
    subnodes = Subnodes(file)
    rows: list[tuple[int, Props]] = [(index, _recipient(person)) for index, person in enumerate(message.recipients)]
    columns = [(0x0C15, INTEGER), (0x3001, TEXT), (0x3002, TEXT), (0x3003, TEXT), (0x39FE, TEXT)]
    inner = Subnodes(file)
    subnodes.add(RECIPIENTS, table_context(columns, rows, inner), inner)
    if message.attachments:
        rows = [_add_attachment(file, attached, subnodes) for attached in message.attachments]
        inner = Subnodes(file)
        columns = [(0x0E20, INTEGER), (0x3704, TEXT), (0x3705, INTEGER), (0x370B, INTEGER)]
        subnodes.add(ATTACHMENTS, table_context(columns, rows, inner), inner)
    return property_context(_properties(message), subnodes), subnodes


def _properties(message: Message) -> Props:
    props: Props = {
        (0x001A, TEXT): message.message_class,
        (0x0E07, INTEGER): 1 | (0x10 if message.attachments else 0),
        (0x0E1B, BOOLEAN): bool(message.attachments),
        (0x3FDE, INTEGER): message.codepage,
    }
    given: list[tuple[int, int, str | bytes | None]] = [
        (0x0037, TEXT, None if message.subject is None else _subject(message)),
        (0x007D, TEXT, message.headers),
        (0x1000, TEXT, message.plain),
        (0x1009, BINARY, message.rtf),
        (0x1013, BINARY, message.html),
        (0x1035, TEXT, message.message_id),
    ]
    props.update({(number, kind): value for number, kind, value in given if value is not None})
    for number, moment in ((0x0039, message.sent), (0x0E06, message.delivered)):
        if moment:
            props[number, TIME] = filetime(moment)
    for person, name, kind, address, smtp in (
        (message.sender, 0x0C1A, 0x0C1E, 0x0C1F, 0x5D01),
        (message.representing, 0x0042, 0x0064, 0x0065, 0x5D02),
    ):
        if person:
            props.update(_person(person, name, kind, address, smtp))
    return {**props, **message.more}


def _subject(message: Message) -> str:
    """With the mark and the length of its prefix in front, [MS-PST] 2.5.3.1.1."""
    mark = f"\x01{chr(len(message.prefix) + 1)}" if message.prefix else ""
    return f"{mark}{message.prefix}{message.subject}"


def _person(person: Person, name: int, kind: int, address: int, smtp: int) -> Props:
    if not person.exchange:
        return {(name, TEXT): person.name, (kind, TEXT): "SMTP", (address, TEXT): person.address}
    internal = f"/o=Fjordby/ou=Kommune/cn=Recipients/cn={person.address.partition('@')[0]}"
    return {(name, TEXT): person.name, (kind, TEXT): "EX", (address, TEXT): internal, (smtp, TEXT): person.address}


def _recipient(person: Person) -> Props:
    return {(0x0C15, INTEGER): KINDS[person.kind], **_person(person, 0x3001, 0x3002, 0x3003, 0x39FE)}


def _add_attachment(file: NodeFile, attached: Attached, subnodes: Subnodes) -> tuple[int, Props]:
    """The attachment as a subnode of its message. Returns its row in the table of attachments."""
    inner = Subnodes(file)
    props: Props = {(0x3707, TEXT): attached.name, (0x370B, INTEGER): 0xFFFFFFFF}
    short = attached.name[:8]
    if attached.message is not None:
        number = inner.add(file.new_node(MESSAGE), *_message(file, attached.message))
        method, size = 5, 0
        props[0x3701, OBJECT] = struct.pack("<II", number, 0)
    elif attached.reference:
        method, size = 4, 0
        props[0x370D, TEXT] = attached.reference
    else:
        method, size = 1, len(attached.data)
        props[0x3701, BINARY] = attached.data
    if attached.media_type:
        props[0x370E, TEXT] = attached.media_type
    if attached.content_id:
        props[0x3712, TEXT] = attached.content_id
    row: Props = {(0x0E20, INTEGER): size, (0x3704, TEXT): short, (0x3705, INTEGER): method}
    row[0x370B, INTEGER] = 0xFFFFFFFF
    number = file.new_node(ATTACHMENT)
    subnodes.add(number, property_context({**props, **row}, inner), inner)
    return number, row
