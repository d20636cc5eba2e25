"""Figures that are raised, lowered or replaced: which of them is the one decided."""

from __future__ import annotations

import re

CHANGED = re.compile(
    r"\b(?:nedsætte[rs]?|nedsat|reducere[rs]?|reduceret|sænke[rs]?|sænket|beskære[rs]?|beskåret|halvere[rs]?|hæve[rs]?"
    r"|hævet|forhøje[rs]?|forhøjet|øge[rs]?|øget|ændre[rs]?|ændret|begrænse[rs]?|begrænset|\w*justere[rs]?|\w*justeret)\b",
    re.IGNORECASE,
)
_WITH_SUM = re.compile(r"\s+med\s+(?:[^\W\d_]+\.?\s+){0,2}\d", re.IGNORECASE)
_CHANGE_FROM = re.compile(
    r"(?:forhøjelse|forøgelse|udvidelse|stigning|nedsættelse|sænkning|reduktion|ændring|regulering|justering)(?:en)?\s[^,;.]{0,60}?\bfra\s$",
    re.IGNORECASE,
)
"""In front of what was before: "en forhøjelse af garantien fra (10 til 25 mio. kr.)"."""
CHANGING = frozenset(
    {
        *("nedsætte", "reducere", "sænke", "beskære", "halvere", "hæve", "forhøje", "øge", "ændre", "begrænse"),
        *("justere", "løfte"),
    }
)
"""Verbs whose own sentence says from what or with what a figure changes: "hæves fra 20 kr. til 25 kr."."""
WITH = re.compile(r"\bmed\s+(?:i\s+alt\s+|et\s+beløb\s+på\s+)?$", re.IGNORECASE)
_WHEN = (
    r"(?:\s+(?:(?:fra|i|fra\s+og\s+med)\s+(?:19|20)\d\d(?:\s+og\s+(?:frem(?:over)?|følgende\s+år))?|årligt|om\s+året"
    r"|pr\.\s+år|hvert\s+år|varigt)){0,2}"
)
_TO_SUM = re.compile(
    rf"{_WHEN}"
    r"\s+til\s+(?:(?:ca\.|knap|godt|omkring|højst|op\s+til|i\s+alt|kun)\s+)*"
    r"(?:kr\.?\s?\d|(?:\d[\d.,]*|(?:en\s+)?[^\W\d_]+)\s?(?:kr|mio|mia|t\.?\s?kr|tkr|millioner|kroner|årsværk|stillinger)\b)",
    re.IGNORECASE,
)
_UNIT = r"(?:kr|mio|mia|t\.?\s?kr|tkr|millioner|kroner|årsværk|stillinger)\b"
_WITH_FROM_TO = re.compile(
    rf"\bmed\s+[^;]{{0,20}}?\d[\d.,]*\s?{_UNIT}[^;]{{0,40}}?\sfra\s+(?:i\s+alt\s+)?(?:kr\.?\s?)?\d[\d.,]*\s?{_UNIT}[^;]{{0,40}}?"
    r"\stil\s+(?:(?:i\s+alt|ca\.)\s+)?$",
    re.IGNORECASE,
)
"""In front of what a figure comes to: "forhøjes med 12 mio. kr. fra 72 mio. kr. til (84 mio. kr.)"."""
_CHANGE_OF = re.compile(
    r"(?:forhøjelse|forøgelse|udvidelse|nedsættelse|sænkning|reduktion|ændring|regulering|justering)(?:en)?\s+af\s+[^,;.]{1,60}?"
    r"\spå\s+$",
    re.IGNORECASE,
)
"""In front of what was before: "en udvidelse af puljen på (1,2 mio. kr. til 1,5 mio. kr.)"."""
_TO_BEHIND = re.compile(r"\s+til\s", re.IGNORECASE)
TO = re.compile(
    r"\btil\s+(?:i\s+alt\s+|ca\.\s+|højst\s+|mindst\s+|minimum\s+|omkring\s+|knap\s+|godt\s+|maksimalt\s+|op\s+til\s+)?$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfra\s+(?:de\s+)?(?:\w+\s+)?$", re.IGNORECASE)


def is_replaced(front: str, behind: str, *, apart: bool) -> bool:
    """ "bevillingen på 1,85 mio. kr. nedsættes til 1,4 mio. kr.": the first figure is not the one decided."""
    if _CHANGE_FROM.search(front) and _TO_BEHIND.match(behind):
        return True
    if (_CHANGE_OF.search(front) and _TO_SUM.match(behind)) or _WITH_FROM_TO.search(front):
        return True
    if CHANGED.search(front):
        if not WITH.search(front) and (_TO_SUM.match(behind) or _WITH_SUM.match(behind)):
            return True  # "(reducerede) bevillingen på 2 mio. kr. til 1,5 mio. kr."
        if WITH.search(front) and _TO_BEHIND.match(behind):
            return True  # "øges med 300.000 kr. til 1,3 mio. kr.": the sum of the two is nothing
        return not TO.search(front) and (apart or _FROM.search(front) is not None)
    later = CHANGED.search(behind)
    return later is not None and (apart or later.group().lower().endswith(("s", "t")))
