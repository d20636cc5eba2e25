"""Which full stops end a sentence: not those of abbreviations, ordinals, initials and days."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import rows

UPPER = "A-ZÆØÅÄÖÜÉ"
_INITIALS = re.compile(rf"(?:[{UPPER}]\.)+")
_LETTERED = re.compile(
    r"(?<!\w)(?i:liste|løsning|model|alternativ|variant|scenari[eo]|bilag|litra|etape|kategori|niveau|type|klasse|gruppe"
    r"|zone|bygning|blok|fløj|hal|version)[ \u00a0]$"
)
"""In front of a letter that names one of several, and is no initial: "Udvalget valgte løsning A. Resten …"."""
_ORDINAL = re.compile(r"\d{1,3}\.")
_CAPITAL = re.compile(rf"[{UPPER}]")
_UNIT = re.compile(r"(?:kr|mio|mia|mill|DKK|EUR|Kr|Mio|Mia|KR)\b")
_MONTH_OR_DAY = re.compile(
    r"(?:Januar|Februar|Marts|April|Maj|Juni|Juli|August|September|Oktober|November|December"
    r"|Mandag|Tirsdag|Onsdag|Torsdag|Fredag|Lørdag|Søndag)\b"
)
_NUMBERED_NAME = re.compile(r"(?:^|\s)(?:den|d\.|Christian|Frederik|Margrethe|Chr\.|de|det)$", re.IGNORECASE)
_WHOLE = re.compile(r"(?:[^\W\d_][^\W\d_-]{3,}|(?:19|20)\d\d|.*\))\.")


@cache
def _abbreviations() -> dict[str, str]:
    return {row["abbreviation"]: row["ends_sentence"] for row in rows("abbreviations")}


def _word_before(text: str, dot: int) -> str:
    """The blank-free run that ends with the dot at ``dot``, at most 40 characters of it."""
    run = text[max(0, dot - 40) : dot]
    word = run.rsplit(None, 1)[-1] if run and not run[-1].isspace() else ""
    return f"{word}.".lstrip("\"”»«'(*_[-–/")


def ends_at_dot(text: str, dot: int, following: int) -> bool:
    """Whether the full stop at ``dot`` ends a sentence when the next word begins at ``following``."""
    first = text[following : following + 1]
    capital = bool(_CAPITAL.match(first))
    if first == "§":  # not "jf. § 17", "stk. 2. § 4" or "nr. 12. § 3"
        return bool(_WHOLE.fullmatch(word := _word_before(text, dot))) and word.lower() not in _abbreviations()
    if not capital and not first.isdigit():
        return first != "" and first in "•▪●"
    word, next_word = _word_before(text, dot), text[following : following + 12]
    known = _abbreviations().get(word.lower())
    if known == "never":
        return False
    if known == "maybe":
        return capital and not _UNIT.match(next_word)
    if word[1:2] == "." and _INITIALS.fullmatch(word):
        return len(word) == 2 and _LETTERED.search(text, max(0, dot - 24), dot - 1) is not None
    if word[0].isdigit() and _ORDINAL.fullmatch(word):
        return capital and _number_ends_sentence(text, dot, len(word), next_word)
    return True


def _number_ends_sentence(text: str, dot: int, length: int, next_word: str) -> bool:
    """ "fra 10 til 8. Herefter" ends; "den 18. December", "3. Ændringsforslag" at a line's start do not."""
    before = text[max(0, dot + 1 - length - 20) : dot + 1 - length]
    line_start = before.rsplit("\n", 1)[-1].strip(" \t>*#") == ""
    return not line_start and not _MONTH_OR_DAY.match(next_word) and not _NUMBERED_NAME.search(before.rstrip())
