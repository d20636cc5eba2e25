"""The body of an Outlook item that is kept as RTF: the HTML or text encapsulated in it, else its words.

[MS-OXRTFEX] says how HTML is hidden in RTF: the tags stand in ``\\*\\htmltag`` groups, the text between them is
ordinary RTF, and what only an RTF reader needs stands between ``\\htmlrtf`` and ``\\htmlrtf0``.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from corpus.readers import charset

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,10})? ?"
    rb"|\\'(?P<byte>[0-9A-Fa-f]{2})"
    rb"|\\(?P<symbol>[^A-Za-z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n\0]+)",
    re.DOTALL,
)
_FROM = re.compile(rb"\\from(html1|text)(?![A-Za-z0-9])")
_FROM_WITHIN = 4096
"""The mark stands among the first ten tokens; a fonts' table may not come before it."""
_SAID = {
    "par": "\r\n", "line": "\r\n", "sect": "\r\n", "page": "\r\n", "row": "\r\n", "tab": "\t", "cell": "\t",
    "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d", "bullet": "\u2022",
    "endash": "\u2013", "emdash": "\u2014", "enspace": "\u2002", "emspace": "\u2003",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\r\n", b"\r": "\r\n"}
_SKIPPED_WORDS = """
colortbl stylesheet info pict nonshppict objdata listtable listoverridetable revtbl themedata xe tc
header headerl headerr headerf footer footerl footerr footerf
"""
_SKIPPED = frozenset(_SKIPPED_WORDS.split())
"""Groups whose letters are no text of the body; so is every unknown one that begins with a star."""
_CODEPAGES = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 255: "cp437",
}  # fmt: skip
"""Of a font's character set; the others are read as the document's code page."""
_DEEPEST = 10_000

Where = Literal["text", "tag", "fonts", "nowhere"]


class RtfBody(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two is given, or neither where the RTF holds no text."""

    html: str | None = None
    plain: str | None = None


class _Group(msgspec.Struct):
    """What a group inherits and its end takes back. ``skip``: how many characters follow ``\\u`` for older readers."""

    where: Where = "text"
    hidden: bool = False
    skip: int = 1
    font: int = -1


def rtf_to_body(rtf: bytes) -> RtfBody:
    """Read a decompressed RTF body; nothing about the bytes raises."""
    found = _FROM.search(rtf[:_FROM_WITHIN])
    kind = found.group(1) if found else b""
    text = _Reader(from_html=kind == b"html1").read(rtf)
    if not text.strip():
        return RtfBody()
    return RtfBody(html=text) if kind == b"html1" else RtfBody(plain=text)


class _Reader:
    def __init__(self, *, from_html: bool) -> None:
        self._from_html = from_html
        self._pieces: list[str] = []
        self._bytes = bytearray()
        self._bytes_in = charset.LEGACY
        self._document = charset.LEGACY
        self._default_font = -1
        self._fonts: dict[int, str] = {}
        self._group = _Group()
        self._outer: list[_Group] = []
        self._starred = False
        self._to_skip = 0
        self._half: int | None = None

    def read(self, rtf: bytes) -> str:
        at = 0
        while at < len(rtf):
            token = _TOKEN.match(rtf, at)
            if token is None:
                at += 1
                continue
            at = token.end()
            if token["word"]:
                word = token["word"].decode("ascii")
                number = int(token["number"]) if token["number"] else None
                if word == "bin":
                    at += max(number or 0, 0)
                else:
                    self._word(word, number)
            elif token["brace"]:
                self._brace(token["brace"])
            else:
                self._letters(token)
        self._flush()
        return "".join(self._pieces)

    def _brace(self, brace: bytes) -> None:
        self._starred, self._to_skip = False, 0
        if brace == b"{" and len(self._outer) < _DEEPEST:
            self._outer.append(self._group)
            self._group = msgspec.structs.replace(self._group)
        elif brace == b"}" and self._outer:
            self._group = self._outer.pop()

    def _letters(self, token: re.Match[bytes]) -> None:
        """Text, ``\\'hh`` or a symbol; the first ones behind ``\\u`` say the same again and are passed over."""
        symbol = token["symbol"]
        if symbol == b"*":
            self._starred = True
            return
        data = bytes([int(token["byte"], 16)]) if token["byte"] else token["text"] or b""
        if self._to_skip and data:
            passed = min(self._to_skip, len(data))
            self._to_skip -= passed
            data = data[passed:]
        if self._group.where == "fonts" or not self._said():
            return
        if symbol is not None:
            self._say(_SYMBOLS.get(symbol, ""))
        elif data:
            if (codec := self._codec()) != self._bytes_in:
                self._flush()
                self._bytes_in = codec
            self._bytes += data

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if starred or word in _SKIPPED:
            self._group.where = "tag" if word == "htmltag" and self._group.where != "nowhere" else "nowhere"
        elif word in ("fonttbl", "shptxt"):
            self._group.where = "fonts" if word == "fonttbl" else "text"
        elif word == "htmlrtf":
            self._group.hidden = number != 0
        elif word in ("f", "deff", "fcharset", "cpg", "ansicpg", "uc", "plain"):
            self._setting(word, number or 0)
        elif word == "u" and number is not None:
            self._unicode(number % 0x10000)
            self._to_skip = self._group.skip
        elif word in _SAID and self._said():
            self._say(_SAID[word])

    def _setting(self, word: str, number: int) -> None:
        if word == "f":
            self._group.font = number
        elif word == "plain":
            self._group.font = self._default_font
        elif word == "deff":
            self._default_font = self._group.font = number
        elif word == "uc":
            self._group.skip = max(number, 0)
        elif word == "ansicpg":
            self._document = charset.codec_name(f"cp{number}") or self._document
        elif word == "fcharset" and number in _CODEPAGES:
            self._fonts[self._group.font] = _CODEPAGES[number]
        elif word == "cpg" and (name := charset.codec_name(f"cp{number}")):
            self._fonts[self._group.font] = name

    def _unicode(self, unit: int) -> None:
        """One UTF-16 unit: letters beyond the first plane come as two."""
        if not self._said():
            return
        half, self._half = self._half, None
        if half is not None and not 0xDC00 <= unit < 0xE000:
            self._say("\ufffd")
        if 0xD800 <= unit < 0xDC00:
            self._flush()
            self._half = unit
        elif 0xDC00 <= unit < 0xE000:
            self._say(chr(0x10000 + ((half - 0xD800) << 10) + unit - 0xDC00) if half is not None else "\ufffd")
        else:
            self._say(chr(unit))

    def _said(self) -> bool:
        """Whether what stands here is part of the body."""
        if self._group.where in ("fonts", "nowhere"):
            return False
        return not (self._from_html and self._group.hidden)

    def _say(self, text: str) -> None:
        self._flush()
        self._pieces.append(text)

    def _codec(self) -> str:
        return self._fonts.get(self._group.font, self._document)

    def _flush(self) -> None:
        """Bytes are decoded together: a letter may be two of them."""
        if self._bytes:
            data = bytes(self._bytes)
            name = self._bytes_in
            self._pieces.append(charset.legacy(data) if name in _LEGACY_NAMES else data.decode(name, "replace"))
            self._bytes.clear()


_LEGACY_NAMES = frozenset([charset.LEGACY, "cp1252"])
