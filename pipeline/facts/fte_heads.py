"""Which heads are positions: those that are hired or let go, and not how many work at a place.

"Der afskediges 25 ansatte" and "12 medarbejdere" that come or go are that many positions; "afdelingen har 12
medarbejdere" counts people, who may share the work of nine. "Ansatte" alone may be anybody's, a company's too: they are
positions only beside a word of coming or going.
"""

from __future__ import annotations

import re

_HEADS = ("medarbejder", "medarbejdere", "ansatte")
_FULL_TIME = ("fuldtidsansatte", "helårsansatte")
_REACH = 70  # characters on either side in which the verb stands
_COME_OR_GO = (
    r"(?:(?:gen|ny)?ansæt(?:te|ter|tes|telse(?:n)?\s+af)|ansatte|afsked(?:ige|iger|iges|igede|iget)|afskedigelser?(?:ne|n)?\s+af|fyre[rs]?|fyrede|fyret"
    r"|fyring(?:er|en|erne)?\s+af|opsige[rs]?|opsagde|opsagt|opsigelse(?:r|n|rne)?\s+af|nedlægge[rs]?|nedlagt|spare[rs]?|sparede|sparet"
    r"|skære[rs]?|skåret|undvære[rs]?|mangle[rs]?|manglede|tilføre[rs]?|tilført|(?:reducere[rs]?|reduceret|udvide[rs]?|udvidet|øge[rs]?|øget"
    r"|nednormere[rs]?|nednormeret|opnormere[rs]?|opnormeret|beskære[rs]?|styrke[rs]?|styrket)(?:\s+[^\W\d_]+){0,3}\s+med|af\s+med)"
)
_BETWEEN = (
    r"(?:[,\s]+(?:der|nu|i\s+alt|ca\.|cirka|omkring|yderligere|op\s+til|mindst|mellem|godt|knap|over|under|\d+|og|samt|de"
    r"|i|år|til))*\s*"
)
_CHANGED_BEFORE = re.compile(rf"(?<!\w){_COME_OR_GO}{_BETWEEN}$", re.IGNORECASE)
_CHANGED_BEHIND = re.compile(
    r"\s+(?:(?:bliver|blev|er|skal|må|kan|vil|har)\s+(?:[^\W\d_]+\s+){0,2}?(?:fyret|fyres|afskediget|afskediges|opsagt|opsiges|ansat|ansættes"
    r"|forlade|gå)|fyres|afskediges|opsiges|ansættes|færre|flere|mindre|ekstra|mister|for\s+(?:mange|lidt|få))(?!\w)",
    re.IGNORECASE,
)
_EXISTS_BEFORE = re.compile(
    r"(?<!\w)(?:(?:har|havde|er|var|tæller|talte|beskæftiger|beskæftigede|består\s+af|bestod\s+af|arbejder|arbejdede)"
    r"(?:\s+(?:der|i\s+dag|i\s+alt|nu|kun|alene|fortsat|stadig|ca\.|cirka|omkring|over|under|godt|knap|mere\s+end|mindst|allerede|pt\.|aktuelt|vi|de))*"
    r"|(?:en|et|den|det|vores|deres|hver)\s+[^\W\d_]+\s+(?:med|på)(?:\s+(?:ca\.|cirka|omkring|over|i\s+alt))?)\s+$",
    re.IGNORECASE,
)


def counts_positions(text: str, start: int, noun: tuple[int, int]) -> bool:
    """Whether a number at ``start`` before the word ``noun`` counts positions; True of a word that is no head's."""
    word = text[slice(*noun)].lower()
    if not word.endswith(("medarbejder", "medarbejdere", "ansatte")) or word.endswith(
        ("fuldtidsansatte", "helårsansatte")
    ):
        return True
    front = text[max(0, start - _REACH) : start]
    changed = _CHANGED_BEFORE.search(front) or _CHANGED_BEHIND.match(text, noun[1], noun[1] + _REACH)
    if word.endswith("ansatte"):
        return changed is not None
    return changed is not None or _EXISTS_BEFORE.search(front) is None
