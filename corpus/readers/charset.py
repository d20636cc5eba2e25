"""Bytes to text by the charset that mail and HTML declare, and by better ones where that is wrong."""

from __future__ import annotations

import codecs

from corpus.model import Problem
from corpus.problems import Code, problem

LEGACY = "windows-1252"
_UNDEFINED = {code: chr(code) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
# As browsers do (WHATWG Encoding Standard): who writes these names means Windows-1252, or the wider sets below.
_MEANT = frozenset(["iso8859-1", "latin-1", "cp1252"])
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
}
_WIDE = ("utf-16", "utf-32")
"""In them, letters, figures and blanks of ASCII have a byte of zeros each."""
# Encodings of Python's that no document is written in; some take quadratic time on hostile bytes.
_REFUSED = frozenset(
    ["idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem", "palmos", "unicode_escape"]
)


def decode(data: bytes, declared: str | None) -> tuple[str, list[Problem]]:
    """The text of some bytes; a ``charset-guessed`` problem where the declared charset is unknown or does not fit.

    Bytes without a charset are read as UTF-8 (other text hardly ever keeps to its rules by chance), else as
    Windows-1252, whose undefined bytes are read as Latin-1.
    """
    name = codec_name(declared)
    if name is not None:
        try:
            return _strict(data, name), []
        except (UnicodeError, LookupError):
            name = None
    try:
        text = data.decode("utf-8")
        if declared is None:
            return text, []
        used = "UTF-8"
    except UnicodeDecodeError:
        text, used = undeclared(data)
    said = f"'{declared[:40]}', which does not fit" if declared else "no charset"
    return text, [problem(Code.CHARSET_GUESSED, f"A text declares {said}; it was read as {used}.")]


def undeclared(data: bytes) -> tuple[str, str]:
    """The text of bytes that are no UTF-8 as a whole, and as what they were read."""
    mended = _mended(data)
    return (legacy(data), LEGACY) if mended is None else (mended, f"UTF-8, and {LEGACY} where it is none")


def _mended(data: bytes) -> str | None:
    """UTF-8 with a few bytes that are none, as where a text is cut off; None where more letters are bad than good."""
    bad = data.decode("utf-8", "replace").count("\ufffd")
    good = sum(character > "\x7f" for character in data.decode("utf-8", "ignore"))
    return data.decode("utf-8", _MENDED) if good >= bad else None


def _by_legacy(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return legacy(error.object[error.start : error.end]), error.end


_MENDED = "akt-legacy"
codecs.register_error(_MENDED, _by_legacy)


def codec_name(declared: str | None) -> str | None:
    """Python's codec for a declared charset; None where none is declared or it is not known."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return None if name in _REFUSED else name


def legacy(data: bytes) -> str:
    """Windows-1252, never failing."""
    try:
        return data.decode(LEGACY)
    except UnicodeDecodeError:
        return "".join(_UNDEFINED.get(code) or bytes([code]).decode(LEGACY) for code in data)


def _strict(data: bytes, name: str) -> str:
    """As declared. 8-bit bytes under "us-ascii" do not fit; Latin-1's control range is Windows-1252's letters."""
    if name == "ascii":
        return data.decode("ascii")
    if name.startswith(_WIDE) and b"\0" not in data and _is_utf8(data):
        raise UnicodeError("UTF-8 that calls itself UTF-16")
    if name in _MEANT:
        if not data.isascii() and _is_utf8(data):
            raise UnicodeError("UTF-8 that calls itself Latin-1")
        return legacy(data)
    return data.decode(_WIDER.get(name, name))


def _is_utf8(data: bytes) -> bool:
    """Valid UTF-8 with letters beyond ASCII: as Latin-1 the same bytes would be nonsense ("Ã¸")."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
