"""Whether "fra 2027" behind a noun tells when something begins, or is what the noun is of ("tallene fra 2027").

A thing is seldom of a year to come: where a verb of beginning stands before ("Vi lukker hallen fra 2028") such a year
is when something begins, but not behind papers and sums ("budgettet fra 2027"), nor where something is moved. Of any
year it is so where the clause says what begins: by its verb and a quantity ("ansættes 4 årsværk i klubben fra 2026"),
by a verb behind the year, or by what is put into the budget.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from pipeline.facts.qualifiers.bounds import cues

_OF_A_YEAR = re.compile(
    r"[\w-]*(?:budget|tal|beløb|bevilling|midler|midlerne|ramme|overslag|prognose|plan|aftale|forslag|pulje|regnskab|skøn"
    r"|katalog|forbrug|overskud|underskud|penge|gæld|afdrag|rate|opgørelse|rapport|notat|sag|lov|referat|beslutning|indstilling"
    r"|kontrakt|brev|mail|svar|undersøgelse|erfaring|takst|pris|udgift|indtægt|model|data|liste|regning|faktura|analyse"
    r"|overførsel|overførsler|mindreforbrug|merforbrug|underretning|klage|ansøgning|tilbud|besparelse|krav)"
    r"(?:[dglmt]?(?:en|et|er|e|ene|erne)|n|ne|r|rne|s)?",
    re.IGNORECASE,
)
_IN_BUDGET = re.compile(
    r"(?<!\w)(?:indarbejd|indregn|indlæg|indlagt|indskriv|optag|lagt\s+ind|lægges\s+ind|indgå|medtag)\w*\s+(?:[^\W\d_]+\s+)?(?:i|på)\s+"
    r"(?:[\w-]+\s+){1,3}$",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"(?<!\w)(?P<front>(?:[^\W\d_]+\.?\s+){1,5}?)(?:\d[\d.,½]*|[^\W\d_]+)\s+(?:ekstra\s+)?"
    r"(?:kr\.?|kroner|årsværk|[^\W\d_]*(?:stilling|pladser|medarbejder)(?:er|e)?)\s+(?:i|til|på|for|ved|hos)\s+"
    r"(?:[^\W\d_]+(?:-\s+)?[\s-]){1,6}$"
)
_SPENT = {"bruges", "anvendes", "betales", "betaler", "bruger", "skal", "kan", "vil", "får"}
"""What is bought may be of that year: "bruges 300 kr. på fotos fra 2026"."""
_CLAUSE_ENDS = re.compile(r"\s{0,2}(?:[.,;:)!?](?!\d)|$|\n|(?:og|til|samt|men|som|der|i\s+alle)\s)")
_IT = re.compile(r"(?<!\w)(?:den|det|de|der|vi|han|hun)\s+$", re.IGNORECASE)
_SAID_OF_IT = re.compile(
    r"\s(?:udgør|bliver|får|koster|er(?=\s(?:på\s)?\d)|stiger|falder|skal|vil|kan|bortfalder|modtager|betaler|[^\W\d_]{3,}es)\s"
)
_PROVIDED = re.compile(
    r"\s(?:tilføres|tildeles|afsættes|bevilges|gives|ydes|får|modtager|udbetales|spares|sparer|ansættes)\s"
)
_LAST_WORD = re.compile(r"(?P<word>[^\W\d_][\w-]*)\s+$")
_MOVES = re.compile(r"\s(?:til|flyttes|overføres|fremrykkes|udskydes|frem\s+til|og\s+til|indtil)(?!\w)")


def is_onset(before: str, after: str, day: dt.date, reference: dt.date | None, begins: Callable[[str], bool]) -> bool:
    """``before`` ends in front of "fra", ``after`` begins behind the date ``day``; ``begins``: verbs of beginning."""
    if _IN_BUDGET.search(before):
        return True
    if _IT.search(before):
        return _SAID_OF_IT.match(after) is not None and not after.startswith(" kan ")
    noun = _LAST_WORD.search(before)
    if noun is None or _OF_A_YEAR.fullmatch(noun["word"]):
        return False
    if _PROVIDED.match(after):
        return True
    counted = _QUANTITY.search(before)
    verbs = set(counted["front"].lower().split()) - _SPENT if counted else ()
    if any(map(begins, verbs)) and _CLAUSE_ENDS.match(after):
        return True
    if reference is None or day <= reference or _MOVES.match(after) or not _CLAUSE_ENDS.match(after):
        return False
    words = re.findall(r"[^\W\d_]+", before.lower())
    return any(map(begins, set(words) - _SPENT)) and cues("moved").keys().isdisjoint(words)
