"""Compressed RTF ([MS-OXRTFCP]): how Outlook keeps a body in PidTagRtfCompressed."""

from __future__ import annotations

import struct

from corpus.model import Problem
from corpus.problems import Code, problem

_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_HEADER = struct.Struct("<II4sI")
_WINDOW = 4096
_LARGEST = 100_000_000
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""The text that every window begins with (section 2.1.2.1 of the protocol)."""


def decompress(data: bytes) -> tuple[bytes | None, list[Problem]]:
    """The RTF, and a problem where the bytes are cut off or none of this format. A checksum is not looked at."""
    if len(data) < _HEADER.size:
        return None, [_damaged("is cut off")]
    size, raw_size, kind, _ = _HEADER.unpack_from(data)
    body = data[_HEADER.size : max(size + 4, _HEADER.size)]
    if kind == _PLAIN:
        # Some programs count the header in the size of the text, too.
        rtf, raw_size = body, max(size + 4 - _HEADER.size, 0)
    elif kind == _COMPRESSED:
        rtf = _expanded(body, min(raw_size, _LARGEST))
    else:
        return None, [_damaged("is in no known compression")]
    if not rtf and raw_size:
        return None, [_damaged("could not be decompressed")]
    return rtf, [_damaged("is cut off")] if len(rtf) < raw_size else []


def _expanded(body: bytes, limit: int) -> bytes:
    """Runs of a flag byte and eight tokens: a letter, or two bytes with where in the window (12 bits) and how long."""
    window = bytearray(_DICTIONARY.ljust(_WINDOW, b"\0"))
    write, at, out = len(_DICTIONARY), 0, bytearray()
    while at < len(body) and len(out) < limit:
        flags, at = body[at], at + 1
        for bit in range(8):
            if not flags >> bit & 1:
                if at >= len(body):
                    break
                copied, at = body[at : at + 1], at + 1
            else:
                if at + 1 >= len(body):
                    return bytes(out)
                token, at = body[at] << 8 | body[at + 1], at + 2
                offset, length = token >> 4, (token & 0xF) + 2
                if offset == write:
                    return bytes(out)
                copied = _copied(window, offset, write, length)
            out += copied
            for letter in copied:
                window[write] = letter
                write = (write + 1) % _WINDOW
    return bytes(out[:limit])


def _copied(window: bytearray, offset: int, write: int, length: int) -> bytes:
    """What stands from ``offset`` on; it may run into what it writes itself, which then repeats."""
    before = (write - offset) % _WINDOW
    run = bytes(window[(offset + step) % _WINDOW] for step in range(min(before, length)))
    return (run * length)[:length]


def _damaged(how: str) -> Problem:
    return problem(Code.DAMAGED_MAIL, f"The mail's formatted body (compressed RTF) {how}.")
