"""The bytes of a mail and of its parts: parsed, mended, decoded from their transfer encoding, written out again."""

from __future__ import annotations

import binascii
import email
import re
from email import errors, policy
from email.message import Message
from email.parser import BytesHeaderParser

_FIELD = re.compile(r"[!-9;-~]+[ \t]*:")
_SHOWN = frozenset(["from", "to", "cc", "bcc", "subject", "date", "sender", "reply-to"])
_WRITTEN_BY_PROGRAMS = """
message-id mime-version received return-path in-reply-to references content-type content-transfer-encoding
content-disposition content-id x-mailer user-agent delivered-to
"""
_KNOWN = _SHOWN | frozenset(_WRITTEN_BY_PROGRAMS.split())
_NEEDED = frozenset(["from", "to", "subject", "content-type"])
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_SOFT_BREAK = re.compile(rb"=[ \t]+(?=\r?\n)")
_FOREIGN = re.compile(r"[^A-Za-z0-9+/=\s]+")
_CHUNK = re.compile(r"([A-Za-z0-9+/\s]+)=*")
_BASE64_LINES = re.compile(r"[A-Za-z0-9+/=\s]*")
_BASE64_LINE = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_BASE64_BODY = re.compile(r"\s*(?:[A-Za-z0-9+/]{60,76}\r?\n)+[A-Za-z0-9+/]{1,76}={0,2}\s*")
_LOOKED_AT, _FEWEST_WORDS, _LONGEST_WORDS = 4_000, 4, 20
"""Characters of a text that say whether it is prose: at least so many words, of so many letters on average at most."""
_NO_LETTER = re.compile(r"[^a-z0-9]")
_NO_ENCODING = "7bit 7bits 8bit 8bits binary none plain text textplain texthtml utf8 ascii usascii"
_AS_IT_IS = frozenset(["", *_NO_ENCODING.split()])
_UUENCODED = frozenset(["uuencode", "xuuencode", "uue", "xuue"])


class HeadersEndedEarly(errors.MessageDefect):
    """The headers go on behind a line that is none, or behind blank lines; they were put together."""


class NestedTooDeep(errors.MessageDefect):
    """The parser gave up; the message was not divided into its parts."""


def parse(data: bytes) -> Message:
    """One message, with the older ``compat32`` policy, which keeps headers as they came; never raises.

    The newer policy parses headers on access and raises on some that real mail carries.
    """
    message = _parsed(data)
    if _ends_early(message) or _says_nothing(message):
        mended = _with_whole_headers(data.decode("ascii", "surrogateescape"))
        if mended is not None:
            message = _parsed(mended.encode("ascii", "surrogateescape"))
            message.defects.append(HeadersEndedEarly())
    return message


def mended_part(part: Message) -> Message:
    """A part whose headers a broken line cuts short ("name=…" without its indent), read again; else the same part."""
    payload = payload_of(part)
    if not isinstance(payload, str) or not _ends_early(part):
        return part
    mended = _with_whole_headers(_head(part, "\n").removesuffix("\n") + payload)
    if mended is None:
        return part
    message = _parsed(mended.encode("utf-8", "surrogateescape"))
    message.defects.append(HeadersEndedEarly())
    return message


def source(message: Message) -> bytes:
    """A parsed message as the file that it was: headers unchanged, line ends as in its text."""
    line_end = "\r\n" if _has_crlf(message) else "\n"
    written: list[str] = []
    waiting: list[Message | str] = [message]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            written.append(item)
            continue
        written.append(_head(item, line_end))
        payload = payload_of(item)
        if isinstance(payload, str):
            written.append(payload)
        elif isinstance(payload, list):
            waiting += reversed(_pieces(item, [inner for inner in payload if isinstance(inner, Message)], line_end))
    return "".join(written).encode("utf-8", "surrogateescape")


def header(part: Message, name: str) -> str:
    """The first header of this name as it came, "" where there is none."""
    name = name.lower()
    return next((str(value) for field, value in part.raw_items() if field.lower() == name), "")


def payload_of(part: Message) -> object:
    """A text or the parts, as parsed; ``get_payload`` replaces raw bytes that do not fit the declared charset."""
    return vars(part)["_payload"]


# --- transfer encodings -----------------------------------------------------------------------------------------


def decoded(part: Message) -> tuple[bytes, str]:
    """The bytes of a leaf, and what was wrong with its transfer encoding ("" for nothing)."""
    payload = payload_of(part)
    if not isinstance(payload, str):
        return b"", ""
    declared = header(part, "Content-Transfer-Encoding")
    return undone(payload, declared)


def undone(payload: str, declared: str) -> tuple[bytes, str]:
    """Undo a transfer encoding, also one whose name is misspelled ("7-bit", "quoted printable;")."""
    encoding = _NO_LETTER.sub("", declared.partition(";")[0].partition("(")[0].lower())
    if encoding == "base64" and not (_is_prose(payload) and not _begins_in_base64(payload)):
        return _base64(payload)
    data = payload.encode("utf-8", "surrogateescape")
    if encoding == "base64":
        return data, "What is declared as base64 is none; the bytes are given as they stand."
    if encoding == "quotedprintable":
        return binascii.a2b_qp(_SOFT_BREAK.sub(b"=", data) if b"= " in data or b"=\t" in data else data), ""
    if encoding in _UUENCODED:
        return uudecoded(payload) or data, ""
    if encoding in _AS_IT_IS:
        return data, ""
    return data, f"The transfer encoding {declared.strip()[:40]!r} is not known; the bytes are given as they stand."


def undeclared_base64(payload: str) -> bytes | None:
    """The text that a body in base64 holds which does not say that it is one, as where its headers were lost."""
    if not _BASE64_BODY.fullmatch(payload):
        return None
    try:
        data = binascii.a2b_base64(payload)
        text = data.decode("utf-8")
    except (ValueError, UnicodeError):
        return None
    return data if _is_prose(text) else None


def _begins_in_base64(payload: str) -> bool:
    first = payload[:_LOOKED_AT].lstrip().partition("\n")[0].strip()
    return len(first) % 4 == 0 and _BASE64_LINE.fullmatch(first) is not None


def _is_prose(payload: str) -> bool:
    """Words of an ordinary length: base64 has a blank after every sixtieth letter, or none."""
    words = payload[:_LOOKED_AT].split()
    return len(words) >= _FEWEST_WORDS and sum(map(len, words)) < _LONGEST_WORDS * len(words)


def uudecoded(text: str) -> bytes:
    """The bytes between "begin" and "end"; lines that are none are left out."""
    data = b""
    pieces: list[bytes] = []
    for line in text.splitlines():
        if line.startswith("begin ") or not line.strip():
            continue
        if line.strip() == "end":
            break
        try:
            data = binascii.a2b_uu(line)
        except (binascii.Error, ValueError):
            data = _short_uu(line)
        pieces.append(data)
    return b"".join(pieces)


def _short_uu(line: str) -> bytes:
    """A line with more characters behind it than it says it has, as some encoders wrote."""
    length = ((ord(line[0]) - 32) & 63) * 4 // 3 + 1
    try:
        return binascii.a2b_uu(line[: length + 4 - (length - 1) % 4])
    except (binascii.Error, ValueError):
        return b""


def _base64(payload: str) -> tuple[bytes, str]:
    letters = len(payload) - payload.count("\n") - payload.count("\r")
    padding = payload[-8:].count("=")
    try:
        data = binascii.a2b_base64(payload)
        if letters % 4 == 0 and len(data) == letters // 4 * 3 - padding:
            return data, ""
    except ValueError:
        pass
    return _damaged_base64(payload)


def _damaged_base64(payload: str) -> tuple[bytes, str]:
    """What can be decoded. Pieces that end in "=" are decoded each; text behind the last (a list's footer) is kept."""
    end = payload.find("=")
    tail = payload[end:].lstrip("= \t") if end >= 0 else ""
    kept = ""
    if tail.strip() and not (_BASE64_LINES.fullmatch(tail) and len("".join(tail.split())) % 4 == 0):
        payload, kept = payload[:end], tail
    whole = _FOREIGN.sub("", payload)
    pieces, cut = [], False
    for chunk in _CHUNK.finditer(whole):
        letters = "".join(chunk.group(1).split())
        letters = letters[:-1] if len(letters) % 4 == 1 else letters
        cut = cut or bool(len(letters) % 4 and not chunk.group().endswith("=") and not kept)
        pieces.append(binascii.a2b_base64(letters + "=" * (-len(letters) % 4)))
    note = ""
    if kept:
        note = "Text stands behind the base64 of a part; it is kept behind what was decoded."
    elif whole != payload:
        note = "Base64 with foreign characters in it."
    elif cut:
        note = "Base64 without its padding: the end of a part may be missing."
    return b"".join(pieces) + kept.encode("utf-8", "surrogateescape"), note


# --- parsing ----------------------------------------------------------------------------------------------------


def _parsed(data: bytes) -> Message:
    try:
        return email.message_from_bytes(data, policy=policy.compat32)
    except RecursionError:
        message: Message = BytesHeaderParser(policy=policy.compat32).parsebytes(data)
        message.defects.append(NestedTooDeep())
        return message


def _ends_early(message: Message) -> bool:
    """The parser met a line among the headers that is none."""
    return any(isinstance(defect, errors.MissingHeaderBodySeparatorDefect) for defect in message.defects)


def _says_nothing(message: Message) -> bool:
    """Headers without any that a mail needs, and a text that begins with a header."""
    payload = payload_of(message)
    if not isinstance(payload, str) or not message.keys() or not _NEEDED.isdisjoint(map(str.lower, message.keys())):
        return False
    first = _FIELD.match(payload[:2000].lstrip())
    return first is not None and _field_name(first.group()) in _KNOWN


def _with_whole_headers(text: str) -> str | None:
    """The message with the broken lines among its headers made continuations; None if no header follows them.

    Blank lines are passed over as long as no header came that a mail needs. What follows must look like headers: one
    that only programs write, or two others.
    """
    lines: list[str] = []
    seen: set[str] = set()
    position = weight = 0
    broken = False
    while position < len(text) and (line := _LINE.match(text, position)):
        content = line.group()
        if not content.strip("\r\n") and not _NEEDED.isdisjoint(seen):
            break
        position = line.end()
        if not content.strip():
            broken = True
        elif field := _FIELD.match(content):
            name = _field_name(field.group())
            seen.add(name)
            broken = broken or field.group()[-2] in " \t"
            weight += broken * (2 if name in _KNOWN - _SHOWN else 1 if name in _SHOWN else 0)
            lines.append(field.group()[:-1].rstrip() + content[field.end() - 1 :])
        else:
            broken = broken or content[0] not in " \t"
            lines.append(" " + content)
    if weight < 2 or lines[0][0] == " ":
        return None
    return "".join(lines) + text[position:]


def _field_name(field: str) -> str:
    return field.rstrip(": \t").lower()


# --- writing ----------------------------------------------------------------------------------------------------


def _head(message: Message, line_end: str) -> str:
    separator = message.get_unixfrom()
    head = "".join(f"{name}: {value}{line_end}" for name, value in message.raw_items())
    return (separator + line_end if separator else "") + head + line_end


def _pieces(message: Message, parts: list[Message], line_end: str) -> list[Message | str]:
    boundary = message.get_boundary() if message.get_content_maintype() == "multipart" else None
    if boundary is None:
        return [piece for part in parts for piece in (part, line_end)][:-1]
    pieces: list[Message | str] = [message.preamble + line_end if message.preamble is not None else ""]
    for part in parts:
        pieces += [f"--{boundary}{line_end}", part, line_end]
    return [*pieces, f"--{boundary}--{line_end}", message.epilogue or ""]


def _has_crlf(message: Message) -> bool:
    found: list[Message] = [message]
    while found:
        part = found.pop()
        payload = payload_of(part)
        if any("\r\n" in str(text or "") for text in (part.preamble, payload if isinstance(payload, str) else "")):
            return True
        if isinstance(payload, list):
            found += [inner for inner in payload if isinstance(inner, Message)]
    return False
