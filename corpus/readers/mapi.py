"""An Outlook item (.msg, .pst, winmail.dat) as a standard MIME message, so that one reader reads every mail.

The bytes are the same for the same item on every run: boundaries are made from the content, and nothing says "now".
Non-ASCII text of headers is written as encoded words (RFC 2047), the headers of transport as they came (RFC 6532).
"""

from __future__ import annotations

import base64
import datetime as dt
import email
import hashlib
import re
from collections.abc import Iterator, Sequence
from email import policy
from email.header import Header
from email.message import Message
from email.utils import format_datetime
from typing import Literal
from urllib.parse import quote

import msgspec

from corpus.model import Problem
from corpus.readers.rtf_body import rtf_to_body

HIGH, NORMAL, LOW = 2, 1, 0
Kind = Literal["to", "cc", "bcc"]
Fields = list[tuple[str, str]]

_FIELD = re.compile(r"([!-9;-~]{1,76}):[ \t]*(.*)", re.DOTALL)
_OWN = re.compile(r"(?i)(?:content-.*|mime-version)\Z")
"""Headers of transport that describe how the body travelled; it is written anew."""
_BLANKS = re.compile(r"[\x00-\x20\x7f\x85\u2028\u2029]+")
_SUBJECT_PREFIX = re.compile(r"\A\x01.", re.DOTALL)
"""[MS-PST] 2.5.3.1.1: a mark and the length of "SV: " in front of the subject."""
_ADDRESS = re.compile(r"[^\s<>\"(),;:\\]+@[^\s<>\"(),;:\\@]++|\"[^\s<>\"\\]++\"@[^\s<>\"(),;:\\]++")
_COMMON_NAME = re.compile(r"(?i)/cn=([^/]+)\s*\Z")
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]{1,100}/[\w!#$&^.+-]{1,100}", re.ASCII)
_CHARSET = re.compile(r"[\w.:+-]{1,60}", re.ASCII)
_QUOTED = re.compile(r"[^\w .!#$%&'*+/=?^`{|}~-]", re.ASCII)
_SENSITIVITY = {1: "Personal", 2: "Private", 3: "Company-Confidential"}
_LINE = "\r\n"


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A participant. ``address`` may be of any kind; only an SMTP one is written as an address."""

    name: str | None = None
    address: str | None = None


class Recipient(Person, frozen=True, kw_only=True):
    kind: Kind = "to"


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file (``data``) or an embedded item (``item``). ``content_id`` is without its angle brackets."""

    name: str = ""
    media_type: str = ""
    data: bytes = b""
    content_id: str | None = None
    hidden: bool = False
    item: Item | None = None


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """What an Outlook item holds.

    ``sent`` is aware (MAPI keeps UTC); ``html`` as bytes is in ``html_charset``; ``rtf`` is decompressed. ``details``
    are lines that other items than mails have (start, end and place of a meeting), printed above the body.
    ``thread_index`` is PidTagConversationIndex.
    """

    transport_headers: str | None = None
    sender: Person | None = None
    representing: Person | None = None
    recipients: Sequence[Recipient] = ()
    subject: str | None = None
    sent: dt.datetime | None = None
    message_id: str | None = None
    in_reply_to: str | None = None
    references: str | None = None
    thread_topic: str | None = None
    thread_index: bytes | None = None
    importance: int = NORMAL
    sensitivity: int = 0
    unsent: bool = False
    message_class: str = "IPM.Note"
    details: Sequence[tuple[str, str]] = ()
    plain: str | None = None
    html: bytes | str | None = None
    html_charset: str | None = None
    rtf: bytes | None = None
    attachments: Sequence[Attachment] = ()
    problems: Sequence[Problem] = ()


def to_message(item: Item) -> Message:
    """The item as a message of the standard library (compat32), as parsed from its bytes."""
    return email.message_from_bytes(to_bytes(item), policy=policy.compat32)


def to_bytes(item: Item) -> bytes:
    """The item as a mail file (CRLF), embedded items inside as message/rfc822."""
    head = "".join(_written(name, value) for name, value in _headers(item))
    return head.encode("utf-8", "replace") + b"MIME-Version: 1.0\r\n" + _content(item)


def all_problems(item: Item) -> list[Problem]:
    """The problems of the item and of those embedded in it, each of the latter saying in which."""
    found = list(item.problems)
    for attachment in item.attachments:
        if attachment.item is not None:
            name = attachment.name or attachment.item.subject or ""
            found += [
                msgspec.structs.replace(met, message=f"In the attached message '{name}': {met.message}")
                for met in all_problems(attachment.item)
            ]
    return found


def details_text(item: Item) -> str:
    """The item's details as they are printed."""
    return "".join(f"{_flat(label)}: {_flat(value)}{_LINE}" for label, value in item.details)


# --- headers ----------------------------------------------------------------------------------------------------------


def _headers(item: Item) -> Fields:
    """The headers of transport, then what the properties know beyond them. A subject line is always there."""
    came = [field for field in _transport_fields(item.transport_headers or "") if not _OWN.match(field[0])]
    known: dict[str, str] = {}
    for name, value in came:
        known[name.lower()] = known.get(name.lower(), "") + value
    own = dict(_own_fields(item, known.get("from", "")))
    kept = []
    for name, value in came:
        people = name.lower() in ("from", "to", "cc", "bcc")
        if value.strip() and not (people and "@" not in value and "@" in own.get(name.title(), "")):
            kept.append((name, value))
    names = {name.lower() for name, _ in kept}
    return kept + [(name, value) for name, value in own.items() if name.lower() not in names]


def _transport_fields(raw: str) -> Fields:
    """The fields of PidTagTransportMessageHeaders; a program's title in front of them is skipped."""
    fields: Fields = []
    for line in re.split(r"\r\n|\n|\r", raw.replace("\x00", "")):
        if line[:1] in (" ", "\t") and line.strip():
            if fields:
                fields[-1] = (fields[-1][0], f"{fields[-1][1]}{_LINE} {line.strip()}")
        elif not line.strip() and fields:
            break
        elif found := _FIELD.fullmatch(line):
            fields.append((found.group(1), found.group(2).rstrip()))
    return fields


def _own_fields(item: Item, came_from: str) -> Iterator[tuple[str, str]]:
    author, sender = item.representing or item.sender, item.sender
    if author and sender and _same(sender, author, came_from):
        # Of one person the two often know different things: one the name, one an address of the Internet.
        author = sender if smtp_address(sender.address) and not smtp_address(author.address) else author
        sender = None
    if author and (printed := _person(author)):
        yield "From", printed
    if sender and (printed := _person(sender)):
        yield "Sender", printed
    for kind in ("to", "cc", "bcc"):
        people = [_person(person) for person in item.recipients if person.kind == kind]
        if any(people):
            yield kind.title(), f",{_LINE} ".join(filter(None, people))
    if item.sent is not None:
        yield "Date", format_datetime(item.sent)
    yield "Subject", _encoded(_SUBJECT_PREFIX.sub("", item.subject or ""), len("Subject: "))
    for name, ids in (
        ("Message-ID", item.message_id), ("In-Reply-To", item.in_reply_to), ("References", item.references)
    ):  # fmt: skip
        if ids and ids.strip():
            yield name, f"{_LINE} ".join(map(_message_id, ids.split()))
    if item.thread_topic:
        yield "Thread-Topic", _encoded(item.thread_topic, len("Thread-Topic: "))
    if item.thread_index:
        yield "Thread-Index", base64.b64encode(item.thread_index).decode("ascii")
    if item.importance in (HIGH, LOW):
        yield "Importance", "high" if item.importance == HIGH else "low"
    if item.sensitivity in _SENSITIVITY:
        yield "Sensitivity", _SENSITIVITY[item.sensitivity]
    if item.unsent:
        yield "X-Unsent", "1"


def smtp_address(address: str | None) -> str | None:
    """The address where it is one of the Internet; None for Exchange's ("/o=…/cn=…") and others."""
    bare = (address or "").strip().strip("<>'").strip()
    bare = bare[5:] if bare[:5].lower() == "smtp:" else bare
    return bare if _ADDRESS.fullmatch(bare) else None


def _person(person: Person) -> str:
    address = smtp_address(person.address) or ""
    name = _flat(person.name or "").strip(" '\"")
    if not address and smtp_address(name):
        name, address = "", name
    if not name and not address:
        common = _COMMON_NAME.search(person.address or "")
        name = common.group(1) if common else _flat(person.address or "")
    if name.casefold() == address.casefold():
        name = ""
    if not name:
        return address
    if not name.isascii():
        name = _encoded(name, 10)
    elif _QUOTED.search(name):
        name = '"' + re.sub(r'[\\"]', "'", name) + '"'
    # A name alone would be read as an address; a group without members (RFC 5322, RFC 6854) is one without.
    return f"{name} <{address}>" if address else f"{name}:;"


def _same(sender: Person, author: Person, came_from: str) -> bool:
    """One person, or one that the headers of transport give as the author already."""
    addresses = [(person.address or "").strip().casefold() for person in (sender, author)]
    if addresses[0] and addresses[0] in came_from.casefold():
        return True
    if all(map(smtp_address, addresses)) or (all(addresses) and not any(map(smtp_address, addresses))):
        return addresses[0] == addresses[1]
    return not any(addresses) or (sender.name or "").strip().casefold() == (author.name or "").strip().casefold()


def _message_id(value: str) -> str:
    return _flat(value) if value.startswith("<") else f"<{_flat(value)}>"


def _encoded(text: str, behind: int) -> str:
    flat = _flat(text)
    if flat.isascii() and "=?" not in flat:
        return flat
    safe = flat.encode("utf-8", "replace").decode("utf-8")
    return Header(safe, "utf-8", maxlinelen=76, continuation_ws=" ").encode(linesep=_LINE) if behind else safe


def _flat(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def _written(name: str, value: str) -> str:
    return f"{name}: {value}{_LINE}"


# --- the body and what hangs beside it --------------------------------------------------------------------------------


def _content(item: Item) -> bytes:
    """Content headers, a blank line and the content."""
    parts = [_details(item)] if item.details else []
    parts.append(_body(item))
    parts += [_attachment(attachment) for attachment in item.attachments]
    return parts[0] if len(parts) == 1 else _multipart("mixed", parts)


def _details(item: Item) -> bytes:
    return _leaf("text/plain; charset=utf-8", details_text(item).encode("utf-8", "replace"))


def _body(item: Item) -> bytes:
    plain, html, charset = item.plain, item.html, item.html_charset
    if item.rtf and not (_inked(plain) and _inked(html)):
        body = rtf_to_body(item.rtf)
        if not _inked(html) and body.html is not None:
            html = body.html
        if not _inked(plain) and body.plain is not None:
            plain = body.plain
    if isinstance(html, str):
        html, charset = html.encode("utf-8", "replace"), "utf-8"
    texts = []
    if _inked(plain) or not _inked(html):
        texts.append(_leaf("text/plain; charset=utf-8", (plain or "").encode("utf-8", "replace")))
    if html is not None and _inked(html):
        declared = f"; charset={charset}" if charset and _CHARSET.fullmatch(charset) else ""
        texts.append(_leaf(f"text/html{declared}", html))
    return texts[0] if len(texts) == 1 else _multipart("alternative", texts)


def _inked(text: str | bytes | None) -> bool:
    return bool(text and text.strip())


def _attachment(attachment: Attachment) -> bytes:
    if attachment.item is not None:
        name = re.sub(r"(?i)\.(?:msg|eml)\Z", "", attachment.name or attachment.item.subject or "")
        head = _written("Content-Type", "message/rfc822")
        head += _disposition("attachment", f"{name}.eml" if name.strip() else "")
        return head.encode("ascii") + b"\r\n" + to_bytes(attachment.item)
    kind = attachment.media_type.strip().lower()
    if not _MEDIA_TYPE.fullmatch(kind) or kind.startswith(("multipart/", "message/")):
        # Bytes in base64 come through exactly; a message type would be parsed and written anew.
        kind = "application/octet-stream"
    shown_inside = (attachment.hidden or attachment.content_id) and kind.startswith("image/")
    extra = _disposition("inline" if shown_inside else "attachment", attachment.name)
    if attachment.content_id and (bare := _flat(attachment.content_id).strip("<>")).isascii():
        extra += _written("Content-ID", f"<{bare}>")
    return _leaf(kind, attachment.data, extra)


def _disposition(kind: str, name: str) -> str:
    if not name.strip():
        return _written("Content-Disposition", kind)
    encoded = quote(name.encode("utf-8", "replace"), safe="")
    return _written("Content-Disposition", f"{kind};{_LINE} filename*=utf-8''{encoded}")


def _leaf(content_type: str, data: bytes, extra: str = "") -> bytes:
    head = _written("Content-Type", content_type) + _written("Content-Transfer-Encoding", "base64") + extra
    return head.encode("ascii") + b"\r\n" + base64.encodebytes(data).replace(b"\n", b"\r\n")


def _multipart(kind: str, parts: list[bytes]) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    boundary = f"=_akt_{digest.hexdigest()[:32]}"
    head = _written("Content-Type", f'multipart/{kind};{_LINE} boundary="{boundary}"')
    delimiter = f"--{boundary}".encode("ascii")
    pieces = [head.encode("ascii")]
    for part in parts:
        pieces += [b"\r\n", delimiter, b"\r\n", part]
    return b"".join([*pieces, b"\r\n", delimiter, b"--\r\n"])
