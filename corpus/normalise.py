"""The one change ever made to a text, before anything else looks at it."""

import unicodedata

SOFT_HYPHEN = "\u00ad"
BYTE_ORDER_MARK = "\ufeff"


def normalise(text: str) -> str:
    """Unicode NFC, no soft hyphens, LF line ends, no leading byte order mark. Idempotent.

    A lone CR is a line end too (old Macintosh files). Soft hyphens go before NFC, or they would keep a letter and its
    accent apart.
    """
    text = text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n").replace(SOFT_HYPHEN, "")
    return unicodedata.normalize("NFC", text)
