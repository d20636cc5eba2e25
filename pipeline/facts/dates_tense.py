"""Whether the clause of a date tells of what has been or of what is to come, for the year that is not printed.

"Mødet var i oktober", written in March, is of last October, and "Byrådet vedtager budgettet i oktober" of the next.
Where something was decided, asked or received ("Vi fik en tid den 3. december") the day may be of either, and no year
is told. Verbs are looked up in ``lexicon/months.csv``: ``told``, ``had``, ``decided``, ``done`` and ``to-come``.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, NamedTuple

from pipeline.facts.dates_atoms import Atom, words

_BEFORE, _BEHIND = 110, 60
_OVERTAKEN = 31  # days before the writing that "skal" or "bliver" may still speak of
_JOINTS = r"\s(?:og|men|mens|som|der|hvor|da|når|fordi)(?=\s)"
_CLAUSE_BEGIN = re.compile(rf".*(?:[!?;:]|(?<!\bd)(?<!\bkl)(?<!\d)\.(?=\s)|\n[ \t>]*\n|,?{_JOINTS})", re.S)
_CLAUSE_END = re.compile(rf"[!?;:,]|\.(?=\s)|\n[ \t>]*\n|{_JOINTS}")
_WORD = re.compile(r"[^\W\d_]+")
_AIMED_AT = frozenset({"til", "inden", "senest", "indtil", "før", "efter"})  # "udsat til oktober": not the verb's time
_SAID_YEAR = re.compile(r"\s{1,2}(?:måned\s)?(?P<which>i|sidste|næste)\sår(?![^\W\d_])")
_YEARS_OFF = {"i": 0, "sidste": -1, "næste": 1}
_OF_A_NOUN = frozenset({"af", "om", "til", "for", "fra"})  # "orienterede om mødet den 3. maj": it may be the noun's
_NO_INFINITIVES = frozenset({"have", "alle", "denne", "disse", "begge"})


class Tense(NamedTuple):
    """What a clause tells of; ``sure``: the day is its verb's, and not that of something named in it."""

    time: Literal["past", "ahead"]
    sure: bool


def tense(low: str, start: int, end: int) -> Tense | None:
    """What the verbs of the clause around ``low[start:end]``, a text in lower case, say of when it is."""
    floor = max(0, start - _BEFORE)
    opening = _CLAUSE_BEGIN.match(low, floor, start)
    front = _WORD.findall(low, opening.end() if opening else floor, start)
    while front and (front[-1] in ("den", "d") or front[-1] in words("weekday")):
        front.pop()
    if front[-1:] and front[-1] in _AIMED_AT:
        return None
    if front[-1:] == ["af"] and not (front[-2:-1] and front[-2] in words("part")):
        return Tense("past", sure=True)  # "jeres brev af 3. december"
    closing = _CLAUSE_END.search(low, end, end + _BEHIND)
    behind = _WORD.findall(low, end, closing.start() if closing else end + _BEHIND)
    if "at" in front:
        front = front[len(front) - front[::-1].index("at") :]
        if front and _is_infinitive(front[0]):
            return Tense("ahead", sure=_OF_A_NOUN.isdisjoint(front))
    said = _said(front, behind)
    if said and front[-1:] == ["fra"]:  # "en mail fra den 3. december", "flyttet fra den 4. maj"
        decided = not words("decided").keys().isdisjoint((*front, *behind))
        return None if decided or said.time == "ahead" else Tense("past", sure=False)
    return said


def year_said(low: str, end: int, reference: dt.date) -> int | None:
    """ "i december sidste år", "i marts i år": the year as counted from the day of writing."""
    match = _SAID_YEAR.match(low, end)
    return reference.year + _YEARS_OFF[match["which"]] if match else None


def _is_infinitive(word: str) -> bool:
    return word.endswith("e") and len(word) > 3 and word not in _NO_INFINITIVES


def _said(front: list[str], behind: list[str]) -> Tense | None:
    said = {*front, *behind}
    if not said.isdisjoint(words("decided")) or not said.isdisjoint(words("had")):
        return Tense("past", sure=False)
    if "har" in said and not said.isdisjoint(words("done")):
        return Tense("past", sure="har" in front and words("done").keys().isdisjoint(front))
    for time, kind in (("past", "told"), ("ahead", "to-come")):
        if not said.isdisjoint(words(kind)):
            known = [n for n, word in enumerate(front) if word in words(kind)]
            between = front[known[-1] :] if known else front[-2:]
            if time == "past":
                return Tense("past", sure=_OF_A_NOUN.isdisjoint(between))
            return Tense("ahead", sure=_OF_A_NOUN.isdisjoint(between) and not _takes_a_noun(between))
    return None


def _takes_a_noun(words_behind: list[str]) -> bool:
    """ "vil gentage mødet den 7. oktober", "skal drøfte festen i maj": the day may be that of what is named."""
    if words_behind[:1] not in (["skal"], ["vil"]):
        return False
    near = words_behind[:-1] if words_behind[-1] == "i" else words_behind
    last = near[-1] if len(near) > 1 else ""
    return len(last) > 4 and (_is_infinitive(last) or last.endswith(("en", "et", "ne")))


def year_told(atom: Atom, year: int, reference: dt.date, said: Tense | None) -> int | None:
    """``year``, or the one that the clause's tense asks for; None where it cannot be told which is meant."""
    days = atom.days(year)
    if days is None or said is None:
        return year
    if said.time == "past" and days[0] > reference:
        return year - 1 if said.sure else None
    if said.time == "ahead" and (reference - days[1]).days > _OVERTAKEN:
        return year + 1 if said.sure else None
    return year
