"""What the note of a table says that a minus means: "Minus er en besparelse", "+ er merudgift, - er mindreudgift"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Way = Literal["minus", "plus"]
OTHER: dict[Way, Way] = {"minus": "plus", "plus": "minus"}

_CLAUSE = re.compile(r"[,;.]\s|\s(?:og|mens)\s", re.IGNORECASE)
_TOLD = r"(?=[)\"']?\s?(?:=|:|er\b|angiver|betyder|viser|svarer|$))"
_BEHIND = r"\b(?:med|ved|som)\s(?:et\s)?[(\"']?"
_LESS = re.compile(rf"\b(?:minus|negativ\w*)|(?<!\w)[\-−–÷]{_TOLD}|{_BEHIND}[\-−–÷](?!\w)", re.IGNORECASE)
_MORE = re.compile(rf"\b(?:plus|positiv\w*)|(?<!\w)\+{_TOLD}|{_BEHIND}\+(?!\w)", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?P<fewer>(?:mindre|lavere|færre)[\s-]?)?(?:mer[\s-]?|netto|drifts)?"
    r"(?:(?P<saved>besparelse|effektivisering|indtægt|gevinst|overskud)|"
    r"(?P<spent>udgift|forbrug|investering|omkostning|underskud))(?:s|n|en|r|er|ne|rne|erne)?\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:ikke|afvigelse\w*|reduktion\w*|reducere\w*|fald\w*|ændring\w*|bortfald\w*)\b", re.IGNORECASE
)
"""Words that turn what is said round, or say it of some columns only: such a clause tells nothing."""


@lru_cache(maxsize=1 << 10)
def way_of_note(note: str | None) -> Way | None:
    """ "minus" where a minus marks what is saved, "plus" where it marks what is spent; None where that is not told."""
    told = {_way(clause.strip()) for clause in _CLAUSE.split(note or "")} - {None}
    return told.pop() if len(told) == 1 else None


def _way(clause: str) -> Way | None:
    """Of one clause, which must speak of one sign, and of what is saved or of what is spent."""
    less, more = (pattern.search(clause) is not None for pattern in (_LESS, _MORE))
    saved = {(name["saved"] is not None) != (name["fewer"] is not None) for name in _NAMED.finditer(clause)}
    if less == more or len(saved) != 1 or _UNSURE.search(clause):
        return None
    return "minus" if saved.pop() == less else "plus"
