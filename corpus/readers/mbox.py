"""Mailboxes in one file (mbox, RFC 4155 and its relatives), read one mail at a time, however large the file is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from corpus import formats
from corpus.limits import Budget, Limits
from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.reading import Child

READER = formats.MBOX
MEDIA_TYPE = formats.MBOX_TYPE
MAIL = "message/rfc822"
PACKED = False

CHUNK = 1 << 20
LONGEST_LINE = 400
"""Of a separator; as many bytes and the beginning of the next line must be at hand to know one."""
LONGEST_FIELD = 80
_MARK = b"\xef\xbb\xbf"
_TIME = rb"[^\r\n]{0,300}?\d\d?:\d\d"
_DATED = rb"(?=" + _TIME + rb")(?=[^\r\n]{0,300}?\b(?:19|20)\d\d\b)[^\r\n]{1,390}"
_BARE = rb"(?:[^\s@]{1,200}@[^\s@]{1,200}|-|MAILER-DAEMON)[ \t]*"
_NEXT = rb"\r?\n(?=>?From |[!-9;-~]{1,76}:)"
SEPARATOR = re.compile(rb"From (?:" + _DATED + rb"|" + _BARE + rb")" + _NEXT)
"""The line before each mail, with a header line behind it: with a time and a year in any order, or a sender alone."""
_DATED_SEPARATOR = re.compile(rb"From " + _DATED + _NEXT)
_QUOTED = re.compile(rb"(?m)^>(>{0,20}From )")


def claims(head: bytes, name: str) -> bool:
    """True for bytes that begin with the line of an mbox. A file called .eml is one only if it holds a second mail."""
    head = without_mark(head)
    first = SEPARATOR.match(head)
    if first is None:
        return False
    return not name.lower().endswith(".eml") or next_separator(head, first.end()) is not None


def is_installed() -> bool:
    """It needs no library."""
    return True


def members(file: BinaryIO, name: str, limits: Limits, budget: Budget | None = None) -> Iterator[Child | Problem]:
    """The mails in the order of the file, named by their number ("12.eml"), which stays when the file grows.

    Only one mail is in memory at a time; one of more bytes than ``limits.file_size`` is a problem. What stands above
    the first separator is no mail and a problem, too.
    """
    for number, data in enumerate(_mails(file, limits.file_size), 1):
        if data is None:
            note = f"Mail {number} is over {limits.file_size} bytes and was not read."
            yield problem(Code.TOO_LARGE, note)
        else:
            yield Child(name=f"{number}.eml", media_type=MAIL, data=data)


def without_separator(data: bytes) -> bytes:
    """One mail without the line in front of it, and without the marks that kept its own lines from looking like one."""
    first = SEPARATOR.match(data)
    return _unquoted(data[first.end() :] if first else data)


def without_mark(head: bytes) -> bytes:
    """Without a byte order mark and blank lines in front, which some export programs write."""
    return head.removeprefix(_MARK).lstrip(b"\r\n")


def next_separator(data: bytes | bytearray, position: int, end: int | None = None) -> re.Match[bytes] | None:
    """The next separator that begins a line at or behind ``position`` and before ``end``.

    One without a time counts only behind a blank line: "From Bo:" may stand in a text.
    """
    stop = len(data) if end is None else end
    found = data.find(b"\nFrom ", max(position - 1, 0), stop)
    while found >= 0:
        before = bytes(data[max(found - 2, 0) : found])
        rule = SEPARATOR if before.endswith((b"\n", b"\n\r")) else _DATED_SEPARATOR
        separator = rule.match(data, found + 1)
        if separator:
            return separator
        found = data.find(b"\nFrom ", found + 1, stop)
    return None


def _mails(file: BinaryIO, largest: int) -> Iterator[bytes | None]:
    """Each mail's bytes; None for one that is too large, of which no more than its limit was ever held."""
    buffer = bytearray(without_mark(file.read(CHUNK)))
    first = SEPARATOR.match(buffer)
    del buffer[: first.end() if first else 0]
    searched, lost, ended = 0, False, False
    while True:
        reach = len(buffer) if ended else len(buffer) - LONGEST_LINE - LONGEST_FIELD
        separator = next_separator(buffer, searched, reach) if reach > searched else None
        if separator:
            yield None if lost else _unquoted(_without_blank(bytes(buffer[: separator.start()])))
            del buffer[: separator.end()]
            searched, lost = 0, False
            continue
        if ended:
            yield None if lost else _unquoted(_without_blank(bytes(buffer)))
            return
        searched = max(reach - len(b"\nFrom "), 0)
        if len(buffer) > largest:
            del buffer[:searched]
            searched, lost = 0, True
        chunk = file.read(CHUNK)
        ended = not chunk
        buffer += chunk


def _without_blank(data: bytes) -> bytes:
    """Without the blank line that the mailbox puts behind each mail, the last one too: more may come behind it."""
    for end in (b"\r\n", b"\n"):
        if data.endswith(end * 2):
            return data[: -len(end)]
    return data


def _unquoted(data: bytes) -> bytes:
    return _QUOTED.sub(rb"\1", data) if b"\n>" in data and b">From " in data else data
