"""Whether a sentence goes on over the end of a page: the last line of one page and the first of the next."""

from __future__ import annotations

import re

from pipeline.fullstops import ends_at_dot
from pipeline.language import OPEN_ENDS

_ENDED = ("!", "?", ":", ";", "…", "|")
_JOINED = (",", "-", "–", "/", "&", "(", "§")
_LABEL = re.compile(r"[A-ZÆØÅ][\w ./-]{0,30}:(?!\d)")
_BULLET = re.compile(r"[-–—•*·▪●■|]|[^\W\d_]\)|\d{1,2}(?:\)|\.?\s+[A-ZÆØÅ]|(?:\.\d{1,2})+\s)")
_DAY = re.compile(
    r"(?<!\d)(?:\d{1,2}[./]\s?\d{1,2}\.?|\d{1,2}\.?\s?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zæøå]*\.?)$",
    re.IGNORECASE,
)
_LONG = 40
_IN_YEAR = re.compile(r"(?<!\w)(?:i|til|for|fra)\s(?:19|20)\d\d$")
_SMALL_WORD = re.compile(r"\s[a-zæøå]+$")
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_CURRENCY_FIRST = re.compile(
    r"(?<!\d)(?<!mi[ol])(?<!mi[ol]\.)(?<!mia)(?<!mia\.)(?<!mill\.)\s(?:kr\.?|DKK)$", re.IGNORECASE
)
_MONEY = re.compile(r"(?:kr|mio|mia|mill|DKK)\.$", re.IGNORECASE)
_MONEY_BEHIND = re.compile(r"\d[\d.,]*(?![\d.,])(?![^\S\n]*(?:kr|mio|mia|mill|DKK))", re.IGNORECASE)


def goes_on(above: str, below: str) -> bool:
    """True where the sentence of the line ``above`` surely goes on in ``below``; both without blanks around them.

    A small letter goes on, a word that opens something ("på", "den") and a day whose year is missing do. A full stop, a
    bullet and a label end it.
    """
    if not above or not below or above.endswith(_ENDED) or _LABEL.match(below) or _BULLET.match(below):
        return False
    if above.endswith(".") and not _is_short(above, below):
        return False
    if below[0].islower() or above.endswith(_JOINED) or above.rsplit(None, 1)[-1] in OPEN_ENDS:
        return True
    if _YEAR.match(below) and _DAY.search(above):
        return True
    if _CURRENCY_FIRST.search(above) and _MONEY_BEHIND.match(below):
        return True
    if below[0].isdigit() and len(above) >= _LONG and _IN_YEAR.search(above):
        return True
    if above.endswith("."):
        return below[0].isdigit() and _MONEY.search(above) is None
    return _is_prose(above) and below.endswith((".", ","))


def _is_prose(line: str) -> bool:
    """A line too long for a heading, that ends in a word with a small letter: "Her besluttede" is no end."""
    return len(line) >= _LONG and line[0].isalnum() and _SMALL_WORD.search(line) is not None


def _is_short(above: str, below: str) -> bool:
    """The full stop belongs to an abbreviation or to a number: "ca.", "den 3." """
    if below[0].islower() and above[-2:-1].isdigit():
        return True
    first = "1" if below[0].islower() else below
    return not ends_at_dot(f"{above} {first}", len(above) - 1, len(above) + 1)
