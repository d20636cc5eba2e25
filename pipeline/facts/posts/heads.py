"""Which heads are positions: those that are hired or let go, and not how many work at a place.

"Der afskediges 25 ansatte" and "12 medarbejdere" that come or go are that many positions; "afdelingen har 12
medarbejdere" and "plads til 110 medarbejdere" count people, who may share the work of nine. "Medarbejdere" count too
where nothing else is said of them ("4 medarbejdere i 2027") or positions stand beside them. "Ansatte" alone may be
anybody's, a company's too: they are positions only beside a word of coming or going.
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
    r"|nednormere[rs]?|nednormeret|opnormere[rs]?|opnormeret|beskære[rs]?|styrke[rs]?|styrket)(?:\s+[^\W\d_]+){0,3}\s+med|af\s+med"
    r"|(?:tage[rs]?|tog|taget)\s+afsked\s+med|farvel\s+til|hyre[rs]?|rekruttere[rs]?|opslå[rs]?|søge[rs]?|miste[rs]?|mistede"
    r"|overføre[rs]?|overført|overdrage[rs]?|overflytte[rs]?|oprette[rs]?|oprettet|(?:behov|brug)\s+for|lønnen\s+til|løn\s+til"
    r"|svarende\s+til|svarer\s+til|går\s+fra|gik\s+fra|falder\s+fra|faldt\s+fra|vokser\s+fra|stiger\s+fra|skrumper\s+fra"
    r"|reducere[rs]?\s+fra|udvide[rs]?\s+fra|nye|ekstra|yderligere|færre|flere"
    r"|har\s+(?:[^\W\d_]+\s+){0,2}ansat"
    r"|(?:nedgang|fald|reduktion|stigning|udvidelse|besparelse|nedskæring|tilgang|afgang)(?:en)?\s+(?:på|af|med))"
)
_BETWEEN = (
    r"(?:[,\s]+(?:der|nu|i\s+alt|ca\.|cirka|omkring|yderligere|op\s+(?:til|mod)|mindst|mellem|godt|knap|over|under|(?:ikke\s+)?(?:flere|færre|mere|mindre)\s+end|højst|\d+|og|samt|de"
    r"|i|år|til))*\s*"
)
_CHANGED_BEFORE = re.compile(rf"(?<!\w){_COME_OR_GO}{_BETWEEN}$", re.IGNORECASE)
_CHANGED_BEHIND = re.compile(
    r"\s+(?:(?:bliver|blev|er|skal|må|kan|vil|har)\s+(?:[^\W\d_]+\s+){0,2}?(?:fyret|fyres|afskediget|afskediges|opsagt|opsiges|ansat|ansættes"
    r"|forlade|gå(?=\s*(?:[.,;]|$|fra\s|på\s+pension)))|fyres|afskediges|opsiges|ansættes|færre|flere|mindre|ekstra|for\s+(?:mange|lidt|få)"
    r"|mister\s+(?:jobbet|arbejdet|deres\s+(?:job|arbejde|stilling(?:er)?))|fratræder|stopper|forlader|overføres|overdrages|overflyttes"
    r"|spares|skæres|bortfalder|tilføres|går\s+på\s+pension|(?:får|fik|har\s+fået)\s+(?:en\s+|besked\s+om\s+)?(?:opsigelse|afsked|fyreseddel)|siges\s+op|må\s+sige\s+farvel)(?!\w)",
    re.IGNORECASE,
)
_EXISTS_BEFORE = re.compile(
    r"(?<!\w)(?:(?:har|havde|er|var|tæller|talte|beskæftiger|beskæftigede|består\s+af|bestod\s+af|arbejder|arbejdede)"
    r"(?:\s+(?:der|i\s+dag|i\s+alt|nu|kun|alene|fortsat|stadig|ca\.|cirka|omkring|over|under|godt|knap|mere\s+end|mindst|allerede|pt\.|aktuelt|vi|de))*"
    r"|(?:en|et|den|det|vores|deres|hver)\s+[^\W\d_]+\s+(?:med|på)(?:\s+(?:ca\.|cirka|omkring|over|i\s+alt))?)\s+$",
    re.IGNORECASE,
)


_GETS = re.compile(rf"(?<!\w)(?:får|fik|få){_BETWEEN}$", re.IGNORECASE)
_SHORTER_HOURS = re.compile(
    r"\s+(?:(?:til\s+at\s+)?gå(?:r)?\s+)?(?:ned\s+i\s+tid|på\s+nedsat\s+tid)(?!\w)", re.IGNORECASE
)
_BUSY = re.compile(r"\s+(?:på|til|med|ind|ud|i\s+tale)(?!\w)", re.IGNORECASE)
_ALONE_BEFORE = re.compile(
    r"(?:^|[\n.:;!?(|•–-])\s*(?:(?:over|under|mindst|højst|op\s+til|op\s+mod|ca\.|cirka|omkring|knap|godt|i\s+alt|mellem|og|med"
    r"|[\d.,]+\s?[-–]?|[^\W\d_]+:)\s*)*$",
    re.IGNORECASE,
)
_ALONE_BEHIND = re.compile(
    r"\s*(?:$|[\n.,;)|]|(?:i|fra|pr\.|på|til|årligt|om\s+året|i\s+alt)\s+(?:(?!(?:har|er|var|skal|får|fik|kan|vil)\s)[^\s.]+\s*){0,5}(?:$|[\n.;)|]))"
)
_WITH_POSITIONS_BEFORE = re.compile(
    r"(?:årsværk|stilling(?:er)?)\s*(?:,|\sog|\ssamt)\s+(?:[\d.,½]+|[^\W\d_]{2,8})?\s*$", re.IGNORECASE
)
_WITH_POSITIONS_BEHIND = re.compile(
    r",?\s+(?:og|samt)\s+(?:[\d.,½]+|[^\W\d_]{2,8})\s+[^\W\d_-]*(?:årsværk|stilling(?:er)?)(?!\w)", re.IGNORECASE
)

_FEWER = re.compile(r"\s(?:færre|flere)\s", re.IGNORECASE)  # "237 færre ansatte"


def counts_positions(text: str, start: int, noun: tuple[int, int]) -> bool:
    """Whether a number at ``start`` before the word ``noun`` counts positions; True of a word that is no head's."""
    word = text[slice(*noun)].lower()
    if not word.endswith((*_HEADS, *_FULL_TIME)) or word.endswith(_FULL_TIME):
        return True
    front, behind = text[max(0, start - _REACH) : start], text[noun[1] : noun[1] + _REACH]
    if _SHORTER_HOURS.match(behind):
        return False  # "26 medarbejdere ned i tid"
    changed = _CHANGED_BEFORE.search(front) or _CHANGED_BEHIND.match(behind)
    if word.endswith("ansatte"):
        return bool(changed or _FEWER.search(text, start, noun[1]))
    if changed:
        return True
    if _EXISTS_BEFORE.search(front):
        return False
    if _WITH_POSITIONS_BEFORE.search(front) or _WITH_POSITIONS_BEHIND.match(behind):
        return True
    if re.search(r"(?:^|\s)(?:nye|ny|ekstra|yderligere|flere|færre)\s", text[start : noun[1]]):
        return True
    if _GETS.search(front):
        return _BUSY.match(behind) is None
    return bool(_ALONE_BEFORE.search(front) and _ALONE_BEHIND.match(behind))
