"""The one change ever made to a text, before anything else looks at it."""

import re
import unicodedata

SOFT_HYPHEN = "\u00ad"
BYTE_ORDER_MARK = "\ufeff"
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
    return unicodedata.normalize("NFC", text)
