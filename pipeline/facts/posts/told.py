"""Posts and årsværk told beside others: "nedlægges en direktørstilling", "12 årsværk: 3 i 2027 og 9 i 2028"."""

from __future__ import annotations

import re

from pipeline.facts.money.phrase import Item
from pipeline.facts.numbers import number_at

_CUT = (
    r"(?:nedlægge[rs]?|nedlagt|nedlagde|oprette[rs]?|oprettet|oprettede|spare[rs]?|sparede|sparet|skære[rs]?|skar|skåret|fjerne[rs]?"
    r"|fjernet|afskaffe[rs]?|afskaffet|inddrage[rs]?|inddraget|tilføre[rs]?|tilført|bortfalde[rs]?|bortfaldt|udvide[rs]?\smed|(?:udvidet|reduceret)\smed|reducere[rs]?(?:\smed)?)"
)
_CUT_BEFORE = re.compile(
    rf"(?<!\w)(?<!ikke\s){_CUT}(?:\s(?:der|derfor|også|samtidig|desuden|nu|yderligere|i\s(?:19|20)\d\d))*"
    r"(?:\sen\s(?:[^\W\d_]+\s)?[\w-]*stilling\s(?:og|samt))?\s$",  # "nedlægges en lederstilling og en it-stilling"
    re.IGNORECASE,
)
_CUT_BEHIND = re.compile(
    r"(?:\s(?:i|på|hos|ved)\s[^\W\d_]+)?\s(?:bortfalder|bortfaldt|falder\sbort|faldt\sbort|udgår|(?:nedlægges|oprettes|fjernes|afskaffes"
    r"|inddrages|spares|skæres)|(?:bliver|blev|er)\s(?:nedlagt|oprettet|fjernet|afskaffet|inddraget|sparet|skåret))(?!\w|\sikke)",
    re.IGNORECASE,
)
_IF = re.compile(r"(?<!\w)(?:hvis|såfremt|når|om|hvorvidt|gang|fordi)\s$", re.IGNORECASE)
_IN_PART = re.compile(r"\spå\s(?:[^\W\d_]+\s)?(?:\d|del|halv)|\s\([^)]{0,20}timer|-?\s?i\stankerne", re.IGNORECASE)
_REACH = 60
_LIST = re.compile(
    r"(?:\s(?:over\s[^\W\d_]+\sår|i\salt|fordelt(?:\sover\s[^\W\d_]+\sår)?|i\sperioden(?:\s\d{4}\s?[-–]\s?\d{4})?|heraf))?"
    r"(?::|,?\sfordelt\smed)\s{1,2}(?=\d)"
)
_IN_YEAR = re.compile(r"\s{1,2}i\s{1,2}(?:19|20)\d\d(?!\d|-?pris)")
_JOINT = re.compile(r"(?:,\s{1,2}|,?\s{1,2}og\s{1,2})(?=\d)")
_MOST = 10


def is_cut_or_made(text: str, start: int, noun: tuple[int, int]) -> bool:
    """Whether "en" at ``start`` is a number: one post that is made or cut: "Der nedlægges en direktørstilling"."""
    if not text[slice(*noun)].lower().endswith("stilling") or _IN_PART.match(text, noun[1]):
        return False
    if _CUT_BEHIND.match(text, noun[1]) and not _IF.search(text, max(0, start - 12), start):
        return True
    return _CUT_BEFORE.search(text, max(0, start - _REACH), start) is not None


def in_turn(text: str, end: int) -> list[Item]:
    """The figures of a list that takes the one ending at ``end`` apart by years; [] where it is not all such."""
    lead = _LIST.match(text, end)
    found = list[Item]()
    at = lead.end() if lead else -1
    while at >= 0 and len(found) < _MOST:
        number = number_at(text, at)
        year = _IN_YEAR.match(text, number.end) if number else None
        if number is None or year is None:
            return []
        found.append(Item.of(number))
        joint = _JOINT.match(text, year.end())
        at = joint.end() if joint else -1
    return found if len(found) > 1 else []
