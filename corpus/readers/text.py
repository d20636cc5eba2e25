"""Plain text and Markdown: the fallback for whatever decodes to text."""

from __future__ import annotations

import codecs
import re

from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.model import Problem
from corpus.normalise import normalise
from corpus.problems import Code, problem
from corpus.reading import Reading

READER = "text/1"

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The byte order mark of UTF-32 LE begins with that of UTF-16 LE, so it is asked first."""
LEGACY = "windows-1252"
"""What Danish Windows programs write when they do not write UTF-8; its undefined bytes are read as Latin-1."""
MAX_CONTROL = 0.02
NOT_FOR_READING = (b"{\\rtf", b"%!PS")
"""Formats written in text characters that would be read as their own mark-up."""
CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"

MARKDOWN_NAMES = (".md", ".markdown", ".mdown")
MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|\|? *:?-{3,}:? *\||```|\*\*[^*\n]+\*\*)|\]\((?:https?://|mailto:)[^)\n]*\)", re.MULTILINE
)
SNIFF = 65_536


def claims(head: bytes, name: str) -> bool:
    """Bytes that read as text: a byte order mark, or no NUL and hardly any control characters."""
    if any(head.startswith(mark) for mark, _ in MARKS):
        return True
    if b"\0" in head or head.startswith(NOT_FOR_READING):
        return False
    controls = len(head) - len(head.translate(None, CONTROLS))
    return controls <= MAX_CONTROL * len(head)


def read(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Decode by byte order mark, else strict UTF-8, else Windows-1252, the last with a ``charset-guessed`` problem."""
    problems: list[Problem] = []
    text = normalise(_decode(data, problems))
    if len(text) > limits.text_length:
        note = f"The text has {len(text)} characters; only the first {limits.text_length} were read."
        problems.append(problem(Code.TRUNCATED, note))
        text = text[: limits.text_length]
    if not text.strip():
        problems.append(problem(Code.EMPTY_FILE, "The file holds nothing but blanks."))
    return Reading(media_type=_media_type(text, name), reader=READER, text=text, problems=problems)


def _decode(data: bytes, problems: list[Problem]) -> str:
    encoding = next((encoding for mark, encoding in MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding not in ("utf-8", "utf-8-sig"):
            note = f"The bytes do not keep to {encoding} at byte {error.start}; faulty characters are marked."
            problems.append(problem(Code.CHARSET_GUESSED, note))
            return data.decode(encoding, errors="replace")
        note = f"The bytes are not UTF-8 (byte {error.start}); they were read as {LEGACY}."
        problems.append(problem(Code.CHARSET_GUESSED, note))
        return "".join(_legacy(data))


def _legacy(data: bytes) -> list[str]:
    """Windows-1252, with the five bytes it leaves undefined read as Latin-1."""
    try:
        return [data.decode(LEGACY)]
    except UnicodeDecodeError:
        undefined = {code: chr(code) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
        return [undefined.get(code) or bytes([code]).decode(LEGACY) for code in data]


def _media_type(text: str, name: str) -> str:
    markdown = name.lower().endswith(MARKDOWN_NAMES) or MARKDOWN.search(text[:SNIFF]) is not None
    return "text/markdown" if markdown else "text/plain"
