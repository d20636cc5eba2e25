"""Plain text and Markdown: the fallback for whatever decodes to text."""

from __future__ import annotations

import codecs
import re

from corpus import formats
from corpus.counts import counted
from corpus.limits import DEFAULT_LIMITS, Limits, at_limit
from corpus.model import Problem
from corpus.normalise import normalise
from corpus.problems import Code, problem
from corpus.readers import charset
from corpus.reading import Reading

READER = formats.TEXT

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The byte order mark of UTF-32 LE begins with that of UTF-16 LE, so it is asked first."""
MAX_CONTROL = 0.02
NOT_FOR_READING = (b"{\\rtf", b"%!PS")
"""Formats written in text characters that would be read as their own mark-up."""
PDF_MARKS = re.compile(rb"^(?:endobj|endstream|stream|startxref|xref)\s*$", re.MULTILINE)
PDF_WORDS = (b"endobj", b"stream", b"xref")
"""Each of the marks has one of these."""
MOST_PDF_MARKS = 2
"""A PDF whose beginning is damaged; a text about PDF may name a mark or two on lines of their own."""
ENCODED_LINES = re.compile(
    rb"\s*(?:[A-Za-z0-9+/]{60,90}\r?\n){20}|begin [0-7]{3} [^\r\n]{1,200}\r?\nM|[A-Za-z0-9+/=]{4000}"
)
"""Base64 and uuencode from the first line on: another file's bytes."""
MOST_FILLING = 2
"""Characters of what fills a file, such as a row of "x": that is no other file's bytes."""
LONG = 4_096
FEWEST_BLANKS = 0.002
"""In a long text; tables without a blank still have line ends."""
FEWEST_WORDS = 4
LONGEST_WORDS = 20
"""Of what is prose beside something without a blank: how many words, and how long they are on average, in bytes."""
MOST_HIGH = 0.35
"""Of a text that is not UTF-8, the share of bytes beyond ASCII: Danish has 3 %, Cyrillic and Greek over half."""
SHORT = 64
CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
WHITE = b" \t\n\v\f\r\xa0"
ASCII = bytes(range(0x80))

MARKDOWN_NAMES = (".md", ".markdown", ".mdown")
MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|\|? *:?-{3,}:? *\||```|\*\*[^*\n]+\*\*)|\]\((?:https?://|mailto:)[^)\n]*\)", re.MULTILINE
)
MARKDOWN_MARKS = ("# ", "---", "```", "**", "](")
"""Each way of Markdown has one of these."""
SNIFF = 65_536


def claims(head: bytes, name: str) -> bool:
    """Bytes that read as text: a byte order mark, or no NUL, hardly any control characters and no data in letters."""
    if any(head.startswith(mark) for mark, _ in MARKS):
        return True
    if b"\0" in head or head.startswith(NOT_FOR_READING):
        return False
    return _has_few_controls(head) and _kind_of_data(head) is None


def why_no_text(head: bytes) -> str | None:
    """What kept bytes that are nearly those of a text from being read as one; None where nobody would expect one."""
    if head.startswith(NOT_FOR_READING):
        return None
    before = head.rstrip(b"\0")
    if not before:
        return "it holds nothing but NUL bytes, as a copy does that broke off"
    if not _has_few_controls(head):
        ends_in_zeros = len(before) < len(head) and not before.count(0) and _has_few_controls(before)
        return "it ends in NUL bytes, as a copy does that broke off" if ends_in_zeros else None
    if zeros := head.count(0):
        return f"it holds {counted(zeros, 'NUL byte')}, which no text does"
    return _kind_of_data(head)


def _has_few_controls(head: bytes) -> bool:
    return len(head) - len(head.translate(None, CONTROLS)) <= MAX_CONTROL * len(head)


def _kind_of_data(head: bytes) -> str | None:
    """Bytes in text characters that nobody reads: a damaged PDF, encoded files, other alphabets' 8-bit charsets."""
    if ENCODED_LINES.match(head) and len(set(head[:SHORT])) > MOST_FILLING:
        return "it begins as the bytes of another file, encoded in letters"
    if any(word in head for word in PDF_WORDS) and len(PDF_MARKS.findall(head)) > MOST_PDF_MARKS:
        return "it holds the marks of a PDF"
    if _has_hardly_a_blank(head) and not _has_prose(head):
        return "it has hardly a blank or line end"
    high = len(head.translate(None, ASCII))
    if len(head) >= SHORT and high > MOST_HIGH * len(head) and not _is_utf8(head):
        return "its letters are not those of UTF-8 or Windows-1252"
    return None


def _has_hardly_a_blank(head: bytes) -> bool:
    return len(head) >= LONG and len(head) - len(head.translate(None, WHITE)) < FEWEST_BLANKS * len(head)


def _has_prose(head: bytes) -> bool:
    """Words beside a run without an end, such as a line of dashes or a picture in letters: UTF-8 only."""
    beside = [word for word in head.split() if len(word) < LONG]
    words = sum(word.isalpha() for word in head.decode("utf-8", "ignore").split() if len(word) < LONG)
    return words >= FEWEST_WORDS and sum(map(len, beside)) <= LONGEST_WORDS * len(beside) and _is_utf8(head)


def _is_utf8(head: bytes) -> bool:
    """Valid UTF-8, but for a letter that the end of the head cuts through."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def read(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Decode by byte order mark, else as UTF-8, else as Windows-1252, which Danish Windows programs write otherwise.

    What does not keep to UTF-8 gets a ``charset-guessed`` problem; a few faulty bytes, or a letter that is cut in two,
    cost no other letter.
    """
    problems: list[Problem] = []
    text = normalise(_decode(data, problems))
    if len(text) > limits.text_length:
        note = f"The text has {len(text)} characters; only the first {limits.text_length} were read."
        problems.append(problem(Code.TRUNCATED, at_limit(note, limits, "text_length")))
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
        text, used = charset.undeclared(data.removeprefix(codecs.BOM_UTF8))
        note = f"The bytes are not UTF-8 (byte {error.start}); they were read as {used}."
        problems.append(problem(Code.CHARSET_GUESSED, note))
        return text


def _media_type(text: str, name: str) -> str:
    return "text/markdown" if name.lower().endswith(MARKDOWN_NAMES) or _is_marked(text[:SNIFF]) else "text/plain"


def _is_marked(head: str) -> bool:
    return any(mark[0] in head and mark in head for mark in MARKDOWN_MARKS) and MARKDOWN.search(head) is not None
