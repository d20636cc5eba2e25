"""The one change ever made to a text, before anything else looks at it."""

import re
import unicodedata

SOFT_HYPHEN = "\u00ad"
BYTE_ORDER_MARK = "\ufeff"
GRAPHEME_JOINER = "\u034f"
MOST_MARKS = 30
_FAR = re.compile(rf"[^\x00-\u02ff]{{{MOST_MARKS + 1},}}")
"""Where that many marks may stand: none of them comes before U+0300."""
# Some programs print a soft hyphen for a minus sign: to drop it would turn a saving into an expense.
_MINUS = re.compile(rf"(?:(?<=[\s(])|^){SOFT_HYPHEN}(?=\d)")


def normalise(text: str) -> str:
    """Unicode NFC, no soft hyphens, LF line ends, no leading byte order mark. Idempotent.

    A lone CR is a line end too (old Macintosh files). A soft hyphen that begins a number becomes "-". Soft hyphens go
    before NFC, or they would keep a letter and its accent apart.
    """
    if text.isascii() and "\r" not in text:
        return text
    text = text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    if SOFT_HYPHEN in text:
        text = _MINUS.sub("-", text).replace(SOFT_HYPHEN, "")
    return composed(text)


def composed(text: str) -> str:
    """Unicode NFC, in linear time: marks are sorted within a letter, which takes hours where there are a million.

    A letter with more than 30 of them is parted as the standard does it (UAX 15, Stream-Safe Text Format).
    """
    if is_latin(text):  # without marks, and each letter composed already
        return text
    return unicodedata.normalize("NFC", _FAR.sub(_parted, text))


def is_latin(text: str) -> bool:
    """Whether a text has characters of Latin-1 only: it is asked of those bytes in a fraction of the time."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def _parted(found: re.Match[str]) -> str:
    made, marks = [], 0
    for letter in found.group():
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks > MOST_MARKS:
            made.append(GRAPHEME_JOINER)
            marks = 1
        made.append(letter)
    return "".join(made)
