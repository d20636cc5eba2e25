"""Whether the clause of a date tells of what has been or of what is to come, for the year that is not printed.

"Mødet var i oktober", written in March, is of last October, and "Byrådet vedtager budgettet i oktober" of the next.
Where something was decided, asked or received ("Vi fik en tid den 3. december") the day may be of either, and no year
is told. Verbs are looked up in ``lexicon/months.csv``: ``told``, ``had``, ``decided``, ``done`` and ``to-come``.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, NamedTuple

from pipeline.facts.calendar.atoms import Atom, words

_BEFORE, _BEHIND = 110, 60
_OVERTAKEN = 31  # days before the writing that "skal" or "bliver" may still speak of
_SLIP = 14  # days: nobody writes "til marts" of a month that is over, but of a paper that lay for a while
_NEAR = 61  # days: "Det var i april", written in March, is of last year or of a slip, and who means a year ago says so
_SHORT_LINE = 40
_SHORT_WORD = 5
_NO_PASSIVES = frozenset({"fælles", "findes", "mindes", "kaldes"})
_NO_VERBS = frozenset({"allerede", "hundrede"})
_JOINTS = r"(?:,\sder|\s(?:og|men|mens|som|hvor|da|når|fordi))(?=\s)"  # "Hvad sker der i januar?" is one clause
_CLAUSE_BEGIN = re.compile(rf".*(?:[!?;:]|(?<!\bd)(?<!\bkl)(?<!\D\d)(?<!\D\d\d)\.(?=\s)|\n[ \t>]*\n|{_JOINTS})", re.S)
_CLAUSE_END = re.compile(rf"[!?;:,]|\.(?=\s)|\n[ \t>]*\n|{_JOINTS}")
_WORD = re.compile(r"[^\W\d_]+")
_AIMED_AT = frozenset({"til", "inden", "senest", "indtil", "før", "efter"})  # "udsat til oktober": not the verb's time
_SAID_YEAR = re.compile(r"\s{1,2}(?:måned\s)?(?:(?P<which>i|sidste|næste)\sår|d\.\s?å\.)(?![^\W\d_])")
_YEARS_OFF = {None: 0, "i": 0, "sidste": -1, "næste": 1}
_OF_A_NOUN = frozenset({"af", "om", "til", "for", "fra"})  # "orienterede om mødet den 3. maj": it may be the noun's
_OPENING = frozenset(
    [
        "i",
        "den",
        "også",
        "allerede",
        "først",
        "senest",
        "så",
        "der",
        "det",
        "vi",
        "jeg",
        "han",
        "hun",
        "de",
        "du",
        "man",
    ]
)
_MODALS = frozenset({"skal", "vil"})
_NO_INFINITIVES = frozenset(
    ["have", "alle", "denne", "disse", "begge", "tilbage", "inde", "ude", "hjemme", "færdige", "samme"]
)
_HAD_MEANT = frozenset({"havde", "skulle", "ville"})  # "Vi havde regnet med at være færdige i maj"


class Tense(NamedTuple):
    """What a clause tells of; ``sure``: the day is its verb's, and not that of something named in it.

    ``onward``: it is what something comes to, "åbner igen til august"; ``within``: "i" is before it.
    """

    time: Literal["past", "ahead"]
    sure: bool
    onward: bool = False
    within: bool = False


def tense(low: str, start: int, end: int) -> Tense | None:
    """What the verbs of the clause around ``low[start:end]``, a text in lower case, say of when it is."""
    floor = max(0, start - _BEFORE)
    opening = _CLAUSE_BEGIN.match(low, floor, start)
    begin = max(opening.end() if opening else floor, _own_line(low, start))
    front = _WORD.findall(low, begin, start)
    while front and (front[-1] in ("den", "d") or front[-1] in words("weekday")):
        front.pop()
    if front[-1:] and front[-1] in _AIMED_AT:
        if front[-1] != "til" or "fra" in front:
            return None
        if not words("to-come").keys().isdisjoint(front):
            return Tense("ahead", sure=True, onward=True)  # "Skolen åbner igen til august"
        return None if _tells(front) else Tense("ahead", sure=False, within=True)
    if front[-1:] == ["af"] and not (front[-2:-1] and front[-2] in words("part")):
        return Tense("past", sure=True)  # "jeres brev af 3. december"
    closing = _CLAUSE_END.search(low, end, end + _BEHIND)
    behind = _WORD.findall(low, end, closing.start() if closing else end + _BEHIND)
    inner = front[len(front) - front[::-1].index("at") :] if "at" in front else front
    deed = len(inner) < len(front) and inner[:1] and _is_infinitive(inner[0])
    # "besluttede at åbne hallen i oktober": what is to be done lies ahead
    if deed and not _HAD_MEANT.isdisjoint(front):
        return None
    said = Tense("ahead", sure=_OF_A_NOUN.isdisjoint(inner)) if deed else _said(inner, behind)
    if said and front[-1:] == ["fra"]:  # "en mail fra den 3. december", "flyttet fra den 4. maj"
        decided = not words("decided").keys().isdisjoint((*front, *behind))
        return None if decided or said.time == "ahead" else Tense("past", sure=False)
    within = front[-1:] == ["i"] and any(word in words("to-come") or _is_passive(word) for word in front)
    return said._replace(within=within) if said else None


def may_be_over(low: str, atom: Atom, last: dt.date, reference: dt.date) -> bool:
    """Whether a month that something goes on from is over, and its clause tells of nothing past.

    "Vi holder åbent fra marts", written in June, may be of the March before or the next; "Vi har haft åbent fra marts"
    is of the one before. ``last``: its last day in the year that is nearest.
    """
    if atom.year is not None or atom.precision not in ("month", "approximate") or (reference - last).days <= _SLIP:
        return False
    said = tense(low, atom.start, atom.end)
    return said is None or said.time != "past"


def year_said(low: str, end: int, reference: dt.date) -> int | None:
    """ "i december sidste år", "i marts i år": the year as counted from the day of writing."""
    match = _SAID_YEAR.match(low, end)
    return reference.year + _YEARS_OFF[match["which"]] if match else None


def _own_line(low: str, start: int) -> int:
    """Where the line begins, when the one above it is too short to go on in it ("Hej Bo")."""
    line = low.rfind("\n", 0, start)
    above = low.rfind("\n", 0, line) if line > 0 else -1
    return line + 1 if line >= 0 and line - above <= _SHORT_LINE else 0


def _is_infinitive(word: str) -> bool:
    return word.endswith("e") and len(word) > 3 and word not in _NO_INFINITIVES


def _said(front: list[str], behind: list[str]) -> Tense | None:
    said = {*front, *behind}
    if not said.isdisjoint(words("decided")) or any(word in words("had") or _is_weak_past(word) for word in said):
        return Tense("past", sure=False)
    if "har" in said and not said.isdisjoint(words("done")):
        return Tense("past", sure="har" in front and words("done").keys().isdisjoint(front))
    for kind in ("told", "to-come"):
        if not said.isdisjoint(words(kind)):
            return Tense("past" if kind == "told" else "ahead", sure=_is_sure(front, kind))
    return Tense("ahead", sure=False) if any(map(_is_passive, said)) else None


def _tells(said: list[str]) -> bool:
    """Whether a verb of the past stands there, in any of its forms."""
    past = words("told").keys() | words("had").keys() | words("decided").keys() | words("done").keys()
    return any(word in past or word in _HAD_MEANT or _is_weak_past(word) for word in said)


def _is_weak_past(word: str) -> bool:
    """ "oprettede", "kontaktede", that no list has."""
    return word.endswith("ede") and len(word) > _SHORT_WORD and word not in words("told") and word not in _NO_VERBS


def _is_passive(word: str) -> bool:
    """ "afsluttes", "gennemføres": it is done at its time, or every year."""
    return word.endswith("es") and len(word) > _SHORT_WORD and word not in _NO_PASSIVES


def _is_sure(front: list[str], kind: str) -> bool:
    """Whether the day is the verb's: it opens the clause, or nothing that may have a day stands between the two."""
    known = [n for n, word in enumerate(front) if word in words(kind)]
    if not known:
        return _OPENING.issuperset(front)
    between = front[known[-1] :]
    if not _OF_A_NOUN.isdisjoint(between):
        return False
    return not _takes_a_noun(between) or (kind == "to-come" and between[0] not in _MODALS)


def _takes_a_noun(words_behind: list[str]) -> bool:
    """ "vil gentage mødet den 7. oktober", "var på festen i maj": the day may be that of what is named."""
    near = words_behind[:-1] if words_behind[-1] == "i" else words_behind
    last = near[-1] if len(near) > 1 else ""
    return len(last) > 4 and (_is_infinitive(last) or last.endswith(("en", "et", "ne")))


def year_told(atom: Atom, year: int, reference: dt.date, said: Tense | None, *, named: bool = False) -> int | None:
    """``year``, or the one that the clause's tense asks for; None where it cannot be told which is meant.

    ``named``: the day is that of something named right before it, "mødet den 28. december".
    """
    days = atom.days(year)
    if days is None or said is None:
        return None if named and _is_midway(atom, year, reference) else year
    if said.time == "ahead" and not said.sure and named and _is_midway(atom, year, reference):
        return None  # "Referat af mødet den 28. december vedhæftes"
    if said.time == "past" and days[0] > reference:
        return year - 1 if said.sure and (days[0] - reference).days > _NEAR else None
    if said.time == "ahead" and (said.sure or said.within) and days[1] < reference and atom.precision != "day":
        gone = (reference - days[1]).days
        return year + 1 if said.sure and gone > (_SLIP if said.onward else _NEAR) else None
    if said.time == "ahead" and (reference - days[1]).days > _OVERTAKEN:
        return year + 1 if said.sure and (reference - days[1]).days > _NEAR else None
    if said.time == "ahead" and days[1] < reference and year < reference.year:
        return None  # "Vi ses den 28. december", written in January
    return year


def _is_midway(atom: Atom, year: int, reference: dt.date) -> bool:
    """Whether the day before or after the writing is not clearly the nearer one."""
    own = atom.days(year)
    others = [days for other in (year - 1, year + 1) if (days := atom.days(other))]
    if own is None or not others:
        return False
    return 2 * min(abs(days[0] - reference) for days in others) < 3 * abs(own[0] - reference)
