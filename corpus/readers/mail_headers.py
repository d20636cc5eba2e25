"""The headers of an e-mail file, decoded."""

from __future__ import annotations

import binascii
import re
from email.message import Message

import msgspec

from corpus.model import Address, Problem
from corpus.normalise import normalise
from corpus.problems import Code, problem
from corpus.readers import charset
from corpus.readers.mail_addresses import parse_address_list
from corpus.readers.mail_dates import parse_date

LONGEST_HEADER = 1_000_000
_FOLD = re.compile(r"(?<!\s)(?=[^\S\r\n]*+[\r\n])\s++")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,998}>")
_ENCODED = re.compile(r"=\?([^?\s]{1,75})\?([BbQq])\?([^?]*)\?=")
_NEEDS_QUOTES = re.compile(r"[,;<>@\"]")
PEOPLE = ("From", "To", "Cc", "Bcc")
SHOWN = (*PEOPLE, "Date", "Subject")
IDS = ("Message-ID", "In-Reply-To", "References")
_KEPT = "Sender Reply-To Resent-From Resent-Sender Resent-To Resent-Cc Resent-Date Importance X-Priority Sensitivity"
KEPT = (*_KEPT.split(), "X-Mailer", "User-Agent", "Organization", "List-Id", "Auto-Submitted")
ONCE = ("Date", "Subject", "Message-ID")
"""Of these the first counts where there are several; of the others they are one list (RFC 5322, section 3.6)."""
_WANTED = {name.lower(): name for name in (*SHOWN, *IDS, *KEPT, "Received")}


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
    reader = _Reader(message)
    people = {name: reader.people(name) for name in PEOPLE}
    if reader.raw("From") and not people["From"]:
        reader.problems.append(problem(Code.BAD_HEADER, "The header 'From' names nobody."))
    subject = reader.text("Subject") or None
    date = reader.text("Date")
    shown = {name: "; ".join(map(_printed, addresses)) for name, addresses in people.items()}
    shown |= {"Date": date, "Subject": subject or ""}
    ids = {name: _MESSAGE_ID.findall(in_ascii(reader.raw(name))) for name in IDS}
    return Headers(
        sender=people["From"][0] if people["From"] else None,
        to=people["To"],
        cc=people["Cc"],
        sent=_sent(date, reader.problems),
        subject=subject,
        message_id=ids["Message-ID"][0] if ids["Message-ID"] else None,
        in_reply_to=ids["In-Reply-To"][0] if ids["In-Reply-To"] else None,
        references=ids["References"],
        shown="".join(f"{name}: {shown[name]}\n" for name in SHOWN if shown[name]) + "\n",
        metadata=reader.metadata(dated=bool(date)),
        problems=reader.problems,
    )


class _Reader:
    """The wanted headers of one message as they came, and the problems met while they are decoded."""

    def __init__(self, message: Message) -> None:
        self.problems: list[Problem] = []
        self._declared: str | None = None
        self._message = message
        self._values: dict[str, list[str]] = {}
        for field, value in message.raw_items():
            name = _WANTED.get(field.rstrip().lower())
            if name is not None:
                self._values.setdefault(name, []).append(str(value))
        for name, values in self._values.items():
            if any(len(value) > LONGEST_HEADER for value in values):
                note = f"The header '{name}' is over {LONGEST_HEADER} characters; what lies beyond was not read."
                self.problems.append(problem(Code.TRUNCATED, note))

    def raw(self, name: str) -> str:
        """All headers of this name, joined as one list; the first that says something, where only one may stand."""
        values = self._values.get(name)
        if not values:
            return ""
        if name in ONCE:
            return next((value for value in values if value.strip()), "")[:LONGEST_HEADER]
        joined = values[0] if len(values) == 1 else ", ".join(value for value in values if value.strip())
        return joined[:LONGEST_HEADER]

    def text(self, name: str) -> str:
        raw = self.raw(name)
        return self._decode(raw) if raw else ""

    def people(self, name: str) -> list[Address]:
        raw = self.raw(name)
        return parse_address_list(_FOLD.sub(" ", raw), self._decode) if raw.strip() else []

    def metadata(self, *, dated: bool) -> dict[str, str]:
        kept = {name.lower(): self.text(name) for name in KEPT if name in self._values}
        for name in ("Subject", "Date"):
            others = [value for value in self._values.get(name, []) if value.strip()][1:]
            if more := [text for value in others if (text := self._decode(value[:LONGEST_HEADER])) != self.text(name)]:
                kept[f"{name.lower()} (others)"] = " | ".join(more)
        if not dated and (arrived := self._arrived()):
            kept["received"] = arrived
        return {name: value for name, value in kept.items() if value}

    def _arrived(self) -> str | None:
        """When the last server took the mail, for a mail that does not say when it was sent. Servers write on top."""
        received = self._values.get("Received", [""])[0][:LONGEST_HEADER]
        return parse_date(_FOLD.sub(" ", received.rpartition(";")[2]))

    def _decode(self, raw: str) -> str:
        if not raw.isascii() and self._declared is None:
            self._declared = _declared(self._message)
        return decode(raw, self.problems, self._declared)


def decode(raw: str, problems: list[Problem], declared: str | None = None) -> str:
    """A raw header value as one line of text: encoded words, raw 8-bit bytes and folds resolved, controls dropped.

    Bytes without a charset are read as UTF-8 (RFC 6532), else by ``declared``, the charset that the mail names for its
    body, else as Windows-1252.
    """
    if raw.isascii() and raw.isprintable() and "=?" not in raw:  # nearly every header
        return raw.strip()
    value = _FOLD.sub(" ", raw) if "\n" in raw or "\r" in raw else raw
    if "=?" in value:
        value = _encoded_words(value, problems)
    if not value.isascii():
        value = normalise(_bytes_read(value, problems, declared))
    return _CONTROLS.sub(" ", value).strip()


def _encoded_words(value: str, problems: list[Problem]) -> str:
    """Words of one charset that follow each other are joined before they are decoded: some cut inside a letter."""
    pieces: list[str] = []
    position = 0
    name, data = "", b""
    for word in _ENCODED.finditer(value):
        between = value[position : word.start()]
        position = word.end()
        declared = in_ascii(word.group(1).partition("*")[0].lower())
        decoded = _word(word, problems)
        if data and (between.strip() or declared != name or decoded is None):
            pieces.append(_charset_read(data, name, problems))
            data = b""
        if between.strip() or not (pieces or data):
            pieces.append(between)
        if decoded is None:
            pieces.append(word.group())
        else:
            name, data = declared, data + decoded
    if data:
        pieces.append(_charset_read(data, name, problems))
    return "".join(pieces) + value[position:]


def in_ascii(name: str) -> str:
    """A name or a message's id, which is ASCII by its standard, without the raw bytes that are no text."""
    return name if name.isascii() else name.encode("ascii", "replace").decode("ascii")


def _word(word: re.Match[str], problems: list[Problem]) -> bytes | None:
    """The bytes of an encoded word; None for one that is broken, with the problem that says so."""
    data = word.group(3).encode("utf-8", "surrogateescape")
    if word.group(2) in "Qq":
        return binascii.a2b_qp(data, header=True)
    try:
        decoded = binascii.a2b_base64(data.rstrip(b"= ") + b"==")
    except binascii.Error:
        decoded = b""
    if decoded or not data:
        return decoded
    problems.append(problem(Code.BAD_HEADER, "An encoded word of a header is broken; it is given as it stands."))
    return None


def _charset_read(data: bytes, declared: str, problems: list[Problem]) -> str:
    text, notes = charset.decode(data, declared)
    problems += notes
    return text


def _bytes_read(value: str, problems: list[Problem], declared: str | None) -> str:
    """Raw 8-bit bytes, which the parser hands on as surrogates; text that is decoded already stays."""
    try:
        data = value.encode("utf-8", "surrogateescape")
        return data.decode("utf-8")
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace").decode("utf-8")
    except UnicodeDecodeError:
        pass
    if any("\x7f" < character < "\udc80" or character > "\udcff" for character in value):
        return "".join(_odd_byte(character) for character in value)
    used = declared if declared and charset.codec_name(declared) not in (None, "ascii", "utf-8") else charset.LEGACY
    text = charset.decode(data, used)[0]
    note = f"A header holds bytes without a charset; it was read as {used[:40]}."
    problems.append(problem(Code.CHARSET_GUESSED, note))
    return text


def _odd_byte(character: str) -> str:
    return charset.legacy(bytes([ord(character) - 0xDC00])) if "\udc80" <= character <= "\udcff" else character


def _declared(message: Message) -> str:
    try:
        return in_ascii(message.get_content_charset() or "")
    except (ValueError, LookupError, TypeError, UnicodeError):
        return ""


def _printed(address: Address) -> str:
    name = address.name or ""
    if _NEEDS_QUOTES.search(name):
        name = '"' + name.replace('"', "'") + '"'
    return f"{name} <{address.address}>" if name and address.address else name or address.address or ""


def _sent(date: str, problems: list[Problem]) -> str | None:
    sent = parse_date(date) if date else None
    if date and sent is None:
        problems.append(problem(Code.BAD_HEADER, f"The header 'Date' cannot be read: {date[:80]!r}."))
    return sent
