"""E-mail files (.eml, RFC 5322 and MIME): the headers a person sees, the body as text, the attachments as children."""

from __future__ import annotations

import re
from email.message import Message

from corpus import formats
from corpus.limits import DEFAULT_LIMITS, Limits, at_limit
from corpus.model import Problem
from corpus.normalise import normalise
from corpus.problems import Code, problem
from corpus.readers import mbox
from corpus.readers.html_spans import located
from corpus.readers.mail_headers import Headers, read_headers
from corpus.readers.mail_parts import Contents, read_contents
from corpus.readers.mail_source import parse
from corpus.readers.streams import read_whole
from corpus.reading import MailHeaders, Reading

READER = formats.MAIL
MEDIA_TYPE = "message/rfc822"

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|[\r\n]|\Z)")
_BLOCK = re.compile(rb"(?:[!-9;-~]{1,76}[ \t]{0,20}:[^\r\n]*(?:\r\n?|\n|\Z)(?:[ \t][^\r\n]*(?:\r\n?|\n|\Z))*)+")
_RFC_DATE = re.compile(rb"\s*(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{2,4}\s+\d{1,2}:\d\d")
_ENCODED = re.compile(rb"=\?[\w-]{1,40}\?[BbQq]\?")
_WRITTEN_BY_TRANSPORT = b"""
message-id mime-version received content-type content-transfer-encoding return-path delivered-to dkim-signature arc-seal
arc-message-signature arc-authentication-results authentication-results received-spf thread-index thread-topic
in-reply-to references x-mailer x-originating-ip user-agent content-language x-received envelope-to list-id
"""
_TRANSPORT = frozenset(_WRITTEN_BY_TRANSPORT.split())
_SEEN = frozenset([b"from", b"to", b"cc", b"subject", b"date", b"sender", b"reply-to"])
_SHOWN_ONLY = frozenset([b"sent", b"sendt", b"written-date"])
_WRITTEN_DATE = re.compile(rb"\D{0,24}\d{1,4}[./-]|\s*[A-Za-z]{3,9},? (?:[A-Za-z]{3,9} )?\d{1,2}, \d{4}")
"""A date as programs show it: "3. maj 2024", "03-05-2024", "May 3, 2024"."""
_IN_MAILDIR = re.compile(r"\d{6,}\.[^/\s]+?(?:[:;!,]2,[A-Za-z]*)?")
"""A file name that a Maildir gives, with the flags behind it; the time in front is in seconds since 1970."""


def claims(head: bytes, name: str) -> bool:
    """True for bytes that begin with mail headers as they travel, not as a mail program shows them.

    A sender and two headers that only transport writes: a pasted "From: … Sent: …" is text. In a file called .eml, or
    as a Maildir names its mails, one such header is enough, or none where nothing of the headers is as a program shows
    them. The line of an mbox may stand above the headers of the one mail in a file called .eml.
    """
    head = mbox.without_mark(_single_bytes(head))
    if mbox.SEPARATOR.match(head):
        return not mbox.claims(head, name)
    named = name.lower().endswith(".eml") or _IN_MAILDIR.fullmatch(name) is not None
    fields = _leading_fields(head, lenient=named)
    transport = len(fields & _TRANSPORT) + (b"rfc-date" in fields)
    if named:
        return _is_file_of_mail(fields, transport)
    return transport >= 2 and (b"from" in fields or b"received" in fields)


def _is_file_of_mail(fields: set[bytes], transport: int) -> bool:
    if transport:
        return transport > 1 or not fields.isdisjoint(_SEEN) or b"content-type" in fields
    if b"encoded" in fields:
        return not fields.isdisjoint(_SEEN)
    return b"from" in fields and len(fields) > 1 and fields.isdisjoint(_SHOWN_ONLY)


def read(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """One mail. What is broken in it becomes a problem; nothing about the bytes raises."""
    data = mbox.without_mark(_single_bytes(data))
    if separator := mbox.SEPARATOR.match(data):
        if mbox.next_separator(data, separator.end()):  # the file is called .eml, and the second mail lies deep in it
            return read_whole(mbox, data, name, limits)
        data = mbox.without_separator(data)
    return read_message(parse(data), limits)


def read_message(
    message: Message, limits: Limits = DEFAULT_LIMITS, *, media_type: str = MEDIA_TYPE, reader: str = READER
) -> Reading:
    """One mail that is parsed already (``compat32``), by another reader's format too, whose names then stand in it."""
    headers = read_headers(message)
    contents = read_contents(message, limits)
    problems = [*headers.problems, *contents.problems]
    shown = normalise(headers.shown)
    text = shown + normalise(contents.text)
    if len(text) > limits.text_length:
        note = f"The text has {len(text)} characters; only the first {limits.text_length} were read."
        problems.append(problem(Code.TRUNCATED, at_limit(note, limits, "text_length")))
        text = text[: limits.text_length]
    if not (text.strip() or contents.children or problems):
        problems.append(problem(Code.EMPTY_FILE, "The mail shows no header, no text and no attachment."))
    tables = located(text, contents.spans)
    return Reading(
        media_type=media_type,
        reader=reader,
        text=text,
        mail=_mail_headers(headers, min(len(shown), len(text))),
        children=contents.children,
        problems=_once(problems),
        metadata=_metadata(headers, contents),
        tables=tables.cells,
        table_ends=tables.ends,
    )


def _single_bytes(data: bytes) -> bytes:
    """A file that an editor saved as UTF-16, in UTF-8; any other as it is."""
    return data.decode("utf-16", "ignore").encode("utf-8", "ignore") if data.startswith(_UTF_16) else data


def _leading_fields(head: bytes, *, lenient: bool) -> set[bytes]:
    """The names of the headers, lower case, and what is told of them.

    ``lenient``: a line among them that is none does not end them.
    """
    end = _header_block(head, 0)
    while lenient and end and (other := _LINE.match(head, end)) and other.group().strip():
        end = _header_block(head, other.end())
    block = head[:end]
    fields: set[bytes] = set()
    for line in block.splitlines():
        if line[:1] in (b" ", b"\t"):
            continue
        name = line.partition(b":")[0].rstrip().lower()
        fields.add(name)
        if name == b"date":
            value = line.partition(b":")[2]
            if _RFC_DATE.match(value):
                fields.add(b"rfc-date")
            elif _WRITTEN_DATE.match(value):
                fields.add(b"written-date")
    if b"=?" in block and _ENCODED.search(block):
        fields.add(b"encoded")
    return fields


def _header_block(head: bytes, position: int) -> int:
    """Where the header lines that begin here end; where they begin if there are none."""
    found = _BLOCK.match(head, position)
    return found.end() if found else position


def _mail_headers(headers: Headers, end: int) -> MailHeaders:
    return MailHeaders(
        sender=headers.sender,
        to=headers.to,
        cc=headers.cc,
        sent=headers.sent,
        subject=normalise(headers.subject) if headers.subject else None,
        message_id=headers.message_id,
        in_reply_to=headers.in_reply_to,
        references=headers.references,
        end=end,
    )


def _metadata(headers: Headers, contents: Contents) -> dict[str, str]:
    metadata = dict(headers.metadata)
    if contents.body_type:
        metadata["body"] = contents.body_type
    return metadata


def _once(problems: list[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))
