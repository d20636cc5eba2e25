"""S/MIME (CMS, RFC 5652): what a signed message holds, and whether a message is encrypted. No signature is checked."""

from __future__ import annotations

import msgspec

SIGNED = bytes.fromhex("2a864886f70d010702")
_ENVELOPED = "2a864886f70d010703 2a864886f70d010706 2a864886f70d0109100117"
ENVELOPED = frozenset(map(bytes.fromhex, _ENVELOPED.split()))
"""EnvelopedData, EncryptedData and AuthEnvelopedData."""
DEEPEST = 40
"""Levels of octet strings inside octet strings; real messages have two."""


class _Element(msgspec.Struct, frozen=True):
    """One BER element: its tag byte, where its content begins and ends, and where the next element begins."""

    tag: int
    start: int
    end: int
    after: int


def is_encrypted(data: bytes) -> bool:
    """True for enveloped, encrypted and authenticated-enveloped data."""
    return _content_type(data) in ENVELOPED


def signed_content(data: bytes) -> bytes | None:
    """The MIME entity inside signed data; None where there is none (a signature alone) or the bytes are no CMS."""
    if _content_type(data) != SIGNED:
        return None
    try:
        outer = _children(data, _element(data, 0, len(data)))
        signed = _children(data, _children(data, outer[1])[0])
        wrapped = next(element for element in signed[1:] if element.tag == 0x30)
        content = _children(data, wrapped)
        return _octets(data, _children(data, content[1])[0], 0) if len(content) > 1 else None
    except (IndexError, ValueError, StopIteration):
        return None


def _content_type(data: bytes) -> bytes:
    try:
        outer = _element(data, 0, len(data))
        kind = _element(data, outer.start, outer.end)
    except (IndexError, ValueError):
        return b""
    return data[kind.start : kind.end] if outer.tag == 0x30 and kind.tag == 0x06 else b""


def _children(data: bytes, parent: _Element) -> list[_Element]:
    found, position = [], parent.start
    while position < parent.end:
        element = _element(data, position, parent.end)
        found.append(element)
        position = element.after
    return found


def _octets(data: bytes, element: _Element, depth: int) -> bytes:
    """An octet string in one piece, or in pieces as programs write that do not know its length beforehand."""
    if element.tag == 0x04:
        return data[element.start : element.end]
    if element.tag != 0x24 or depth > DEEPEST:
        raise ValueError("no octet string")
    return b"".join(_octets(data, piece, depth + 1) for piece in _children(data, element))


def _element(data: bytes, position: int, limit: int, depth: int = 0) -> _Element:
    if depth > DEEPEST:
        raise ValueError("nested too deep")
    tag, length = data[position], data[position + 1]
    start = position + 2
    if tag & 0x1F == 0x1F:
        raise ValueError("a tag of several bytes")
    if length == 0x80:
        end = start
        while data[end : end + 2] != b"\0\0":
            end = _element(data, end, limit, depth + 1).after
        return _Element(tag, start, end, end + 2)
    if length > 0x80:
        size = length & 0x7F
        length = int.from_bytes(data[start : start + size], "big")
        start += size
    if start + length > limit:
        raise ValueError("longer than what holds it")
    return _Element(tag, start, start + length, start + length)
