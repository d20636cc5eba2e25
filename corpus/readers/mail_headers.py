"""The headers of an e-mail file, decoded."""

from __future__ import annotations

import datetime as dt
import re
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

import msgspec

from corpus.model import Address, Problem
from corpus.normalise import normalise
from corpus.problems import Code, problem
from corpus.readers import charset

LONGEST_HEADER = 1_000_000
_FOLD = re.compile(r"\s*[\r\n]+\s*")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,998}>")
_ENCODED = re.compile(r"=\?[^?\s]{1,75}\?[BbQq]\?")
_NEEDS_QUOTES = re.compile(r"[,;<>@\"]")
SHOWN = ("From", "To", "Cc", "Bcc", "Date", "Subject")
KEPT = ("Sender", "Reply-To", "Importance", "X-Priority", "Sensitivity", "X-Mailer", "User-Agent")


class Headers(msgspec.Struct, frozen=True, kw_only=True):
    """What the headers say; ``shown`` prints those a person sees, one per line, with the blank line behind them."""

    sender: Address | None
    to: list[Address]
    cc: list[Address]
    sent: str | None
    subject: str | None
    message_id: str | None
    in_reply_to: str | None
    references: list[str]
    shown: str
    metadata: dict[str, str]
    problems: list[Problem]


def read_headers(message: Message) -> Headers:
    """Decode the headers of one message; what cannot be read is a ``bad-header`` problem and stays empty."""
    problems: list[Problem] = []
    raw = {name: _raw(message, name) for name in (*SHOWN, *KEPT, "Message-ID", "In-Reply-To", "References")}
    people = {name: parse_addresses(raw[name], problems) for name in ("From", "To", "Cc", "Bcc")}
    if cut := [name for name, value in raw.items() if len(value) == LONGEST_HEADER]:
        note = f"The header '{cut[0]}' is over {LONGEST_HEADER} characters; what lies beyond was not read."
        problems.append(problem(Code.TRUNCATED, note))
    subject = decode(raw["Subject"], problems) or None
    sent = _sent(raw["Date"], problems)
    if raw["From"] and not people["From"]:
        problems.append(problem(Code.BAD_HEADER, "The header 'From' names nobody."))
    shown = {name: "; ".join(map(_printed, addresses)) for name, addresses in people.items()}
    shown |= {"Date": decode(raw["Date"], []), "Subject": subject or ""}
    ids = _MESSAGE_ID.findall(raw["Message-ID"])
    replies = _MESSAGE_ID.findall(raw["In-Reply-To"])
    return Headers(
        sender=people["From"][0] if people["From"] else None,
        to=people["To"],
        cc=people["Cc"],
        sent=sent,
        subject=subject,
        message_id=ids[0] if ids else None,
        in_reply_to=replies[0] if replies else None,
        references=_MESSAGE_ID.findall(raw["References"]),
        shown="".join(f"{name}: {shown[name]}\n" for name in SHOWN if shown[name]) + "\n",
        metadata={name.lower(): decode(raw[name], []) for name in KEPT if raw[name]},
        problems=problems,
    )


def parse_addresses(raw: str, problems: list[Problem]) -> list[Address]:
    """The participants of a header, names decoded; a group's name stands for its hidden members."""
    if not raw:
        return []
    found: list[Address] = []
    for name, address in _pairs(raw):
        decoded = decode(name, problems).strip(" '\"")
        address = "".join(decode(address, problems).split())
        if "@" not in address:
            decoded, address = decoded or address, ""
        if decoded.casefold() == address.casefold():
            decoded = ""
        if decoded or address:
            found.append(Address(name=decoded or None, address=address or None))
    return found or _as_printed(raw, problems)


def decode(raw: str, problems: list[Problem]) -> str:
    """A raw header value as one line of text: encoded words, raw 8-bit bytes and folds resolved, controls dropped."""
    value = _FOLD.sub(" ", raw)
    if _ENCODED.search(value):
        value = _encoded_words(value, problems)
    value = _bytes_read(value, problems)
    return normalise(_CONTROLS.sub(" ", value)).strip()


def _encoded_words(value: str, problems: list[Problem]) -> str:
    try:
        chunks = decode_header(value)
    except (MessageError, ValueError, LookupError):
        problems.append(problem(Code.BAD_HEADER, "An encoded word of a header is broken; it is given as it stands."))
        return value
    pieces: list[str] = []
    for data, declared in chunks:
        if isinstance(data, str):
            pieces.append(data)
        elif declared is None:
            pieces.append(_bytes_read(data.decode("ascii", "surrogateescape"), problems))
        else:
            text, notes = charset.decode(data, declared)
            pieces.append(text)
            problems += notes
    return "".join(pieces)


def _bytes_read(value: str, problems: list[Problem]) -> str:
    """Raw 8-bit bytes, which the parser hands on as surrogates: UTF-8 as RFC 6532 allows, else Windows-1252."""
    try:
        data = value.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace").decode("utf-8")
    if data.isascii():
        return value
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        note = f"A header holds bytes without a charset; it was read as {charset.LEGACY}."
        problems.append(problem(Code.CHARSET_GUESSED, note))
        return charset.legacy(data)


def _raw(message: Message, name: str) -> str:
    """All headers of this name as they came, joined as one list."""
    wanted = name.lower()
    values = [str(value) for field, value in message.raw_items() if field.lower() == wanted]
    joined = (
        values[0] if len(values) == 1 or (name in ("Date", "Subject", "Message-ID") and values) else ", ".join(values)
    )
    return joined[:LONGEST_HEADER]


def _pairs(raw: str) -> list[tuple[str, str]]:
    unfolded = _FOLD.sub(" ", raw)
    if ";" in unfolded and ":" not in unfolded.partition(";")[0]:
        unfolded = _semicolons_to_commas(unfolded)
    try:
        return getaddresses([unfolded])
    except (ValueError, IndexError, RecursionError):
        return []


def _semicolons_to_commas(value: str) -> str:
    """Some programs write Outlook's ";" between addresses, which the standard does not know."""
    outside = value.split('"')
    return '"'.join(piece if index % 2 else piece.replace(";", ",") for index, piece in enumerate(outside))


def _as_printed(raw: str, problems: list[Problem]) -> list[Address]:
    """A value that is no address list ("undisclosed-recipients:;", a redaction): one participant by that name."""
    value = decode(raw, problems).strip(" :;,<>")
    return [Address(name=value)] if any(character.isalnum() or character == "█" for character in value) else []


def _printed(address: Address) -> str:
    name = address.name or ""
    if _NEEDS_QUOTES.search(name):
        name = '"' + name.replace('"', "'") + '"'
    return f"{name} <{address.address}>" if name and address.address else name or address.address or ""


def _sent(raw: str, problems: list[Problem]) -> str | None:
    if not raw.strip():
        return None
    try:
        moment: dt.datetime = parsedate_to_datetime(_FOLD.sub(" ", raw).strip())
        return moment.isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        problems.append(problem(Code.BAD_HEADER, f"The header 'Date' cannot be read: {decode(raw, [])[:80]!r}."))
        return None
