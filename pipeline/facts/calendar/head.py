"""What stands before a date, as words: whether they speak of a day, a month, a year, a move or every year."""

from __future__ import annotations

import datetime as dt
import functools
import re

import msgspec

from pipeline.facts.calendar.atoms import Atom, words
from pipeline.facts.calendar.headed import year_headed
from pipeline.facts.calendar.onward import is_put_off, year_onward
from pipeline.facts.calendar.tense import Tense, may_be_over, tense, year_said
from pipeline.language import Prose

_NEAR = 40
_NEAR_WORDS = 4
_OPENING = frozenset({"fra", "siden", "f.o.m.", "med"})
_PARTED = frozenset({"af", "med"})
_FAR = 96
_MARKS = "\"»”“'’([*_>-–—•|"
_ARTICLES = frozenset({"den", "d.", "d"})
_FILLERS = frozenset({"pr.", "i", "omkring", "senest", "inden", "fra", "om", "ca.", "til", "perioden", "med", "og"})
_YEARLY = frozenset({"årligt", "hver", "hvert"})
_EVERY_YEAR = frozenset({"hvert", "hver", "alle"})
_BETWEEN = frozenset({"andet", "tredje", "fjerde", "femte", "eneste", "enkelt"})
_MOST_FILLERS = 3
_RECURRING = _FILLERS | _YEARLY | {"år"}
_DEADLINES = frozenset({"inden", "senest"})
_LIMITS = ("frist", "fristen", "fristen:", "frist:", "deadline", "deadlinen")
_AHEAD_MARKS = frozenset({"til", "er", "møde", "mødet", "igen", "først"})
_TOLD = frozenset({"var", "skulle", "havde", "blev", "kunne"})
_CLAUSE_END = (".", "!", "?", ";", ":")
_UNSPACED = re.compile(  # "i dag.I 2015": no blank after the stop
    r"(?<=[^\W_]{2}[.:)])[^\W\d_]+\Z|(?<=\):)[^\W\d_]+\Z"
)
_ABBREVIATED = re.compile(r"(?:[a-zæøå]{1,4}\.)+")
_RANGE_STEMS = ("budget", "regnskab", "flerårs", "overslags")


_ENDS_SENTENCE = re.compile(r"\.\s+[A-ZÆØÅ]")
_OF_NAMED = frozenset({"i", "fra", "af"})
_DEFINITE = ("en", "et", "erne", "ene")
_SHORT_NAME = 4
_NO_NAMES = frozenset({"perioden", "meget", "mellem", "månen", "året", "måneden", "ugen", "foråret", "efteråret"})


class Head(msgspec.Struct, frozen=True):
    """The words before a place in lower case, nearest last, without weekday and "den": these are in ``named_day``.

    At most four words, of the last forty characters. ``glued``: no blank parts the last word from the place ("(2024").
    """

    last: str
    words: list[str]
    named_day: bool
    glued: bool

    def part_of(self) -> bool:
        """ "i udgangen af", "i løbet af": a part of what follows."""
        return self.last == "af" and len(self.words) > 1 and self.words[-2] in words("part")

    def and_with(self) -> bool:
        """ "fra og med", "til og med"."""
        return self.last == "med" and self.words[-2:] == ["og", "med"]


class Heads:
    """The heads of the places of one text, each made once."""

    def __init__(self, prose: Prose) -> None:
        self._low, self._text = prose.lower, prose.text
        self._known: dict[int, Head] = {}

    def at(self, start: int) -> Head:
        """The head of what begins at ``start``."""
        head = self._known.get(start)
        if head is None:
            head = self._known[start] = self._read(start)
        return head

    def _read(self, start: int) -> Head:
        printed = self._low[max(0, start - _NEAR) : start]
        glued = bool(printed) and not printed[-1].isspace()
        found = printed.rsplit(None, _NEAR_WORDS)[-_NEAR_WORDS:]
        last = found[-1] if found else ""
        if last.isalpha() and last not in _ARTICLES and last not in _weekdays():
            return Head(last, found, False, glued)
        return self._around(found, glued)

    @staticmethod
    def _around(found: list[str], glued: bool) -> Head:
        """The head of a place that "den", a weekday or a mark stands before."""
        found = [word for raw in found if (word := raw.lstrip(_MARKS))]
        before = len(found)
        if found and found[-1] in _ARTICLES:
            found.pop()
        if found and found[-1].rstrip(".,") in _weekdays():
            found.pop()
        if found and not found[-1].isalpha() and (unglued := _UNSPACED.search(found[-1])):
            found[-1] = unglued[0]
        last = found[-1] if found else ""
        return Head(last, found, len(found) < before, glued)

    def begins(self, start: int) -> bool:
        """ "fra", "siden", "fra og med": whether something may begin at ``start``."""
        head = self._known.get(start)
        if head is None:
            near = self._low[max(0, start - _NEAR) : start]
            if not ("fra" in near or "siden" in near or "og med" in near or "f.o.m" in near):
                return False
            head = self.at(start)
        return head.last in _OPENING

    def before_a_year(self, start: int) -> bool:
        """ "i 2024", "budgetforslag 2024", "i løbet af 2024": whether a year is expected at ``start``."""
        words = self._low[max(0, start - _NEAR) : start].rsplit(None, 1)
        last = words[-1] if words else ""
        if last in _PARTED:
            head = self.at(start)
            return head.and_with() or head.part_of()
        return _leads_to_a_year(last)

    def recurs(self, start: int) -> bool:
        """ "hvert år den", "årligt pr.", "hvert andet år i": a date of every year and not of one."""
        if self.at(start).last not in _RECURRING:
            return False
        near, fillers = self._far(start), 0
        while near and near[-1] in _FILLERS and fillers < _MOST_FILLERS:
            near.pop()
            fillers += 1
        if near and near[-1] == "år":
            near.pop()
            if near and near[-1] in _BETWEEN:
                near.pop()
            return bool(near) and near[-1] in _EVERY_YEAR
        return bool(near) and near[-1] in _YEARLY

    def moves(self, start: int) -> bool:
        """ "flyttet fra": what follows is where a thing was moved from, and "til" names another day, no range."""
        if self.at(start).last != "fra":
            return False
        for word in reversed(self._far(start)[-7:-1]):
            if word.endswith(_CLAUSE_END) and not _ABBREVIATED.fullmatch(word):
                return False
            if word.rstrip(",") in words("move"):
                return True
        return False

    def looks_ahead(self, start: int) -> bool:
        """ "udskudt til", "indkaldt til møde", "senest", "frist": what follows had not come when it was written."""
        head = self.at(start)
        limit = head.last in _DEADLINES or head.last.endswith(_LIMITS)
        if not limit and head.last not in _AHEAD_MARKS:
            return False
        ahead = limit
        here = len(_bare_words(self._low[max(0, start - _FAR) : start].rpartition("\n\n")[2]))
        for at, word in enumerate(reversed(self._far(start)[-9:])):
            if at >= here and not limit:
                break
            if word.endswith(_CLAUSE_END) and not _ABBREVIATED.fullmatch(word) and not word.endswith(_LIMITS):
                break
            # "Mødet den 3. maj blev udskudt til …", "skulle være svaret senest": told of
            if word.rstrip(".,") in words("month", "month-short") or (limit and word in _TOLD):
                return False
            ahead = ahead or word.rstrip(",") in words("ahead") or (head.last == "er" and word.endswith(_LIMITS))
        return ahead

    def is_put_off(self, start: int) -> bool:
        """Whether something is put off to what happens on the date: "udsat til mødet i april"."""
        return is_put_off(self._low, start)

    def year_onward(self, atom: Atom, year: int, reference: dt.date) -> int | None:
        """The year of a date that had not come when it was written, None where it is not told."""
        return year_onward(self._low, atom, year, reference)

    def tense(self, start: int, end: int) -> Tense | None:
        """What the clause of the date ``[start, end)`` tells of: what has been, or what is to come."""
        if _ENDS_SENTENCE.match(self._text, end - 1):
            end -= 1  # "den 16. jun. Punkt 16 blev godkendt"
        return tense(self._low, start, end)

    def may_be_over(self, atom: Atom, last: dt.date, reference: dt.date) -> bool:
        """ "Vi holder åbent fra marts", written in June: whether it is not told if March is over or to come."""
        return may_be_over(self._low, atom, last, reference)

    def year_said(self, end: int, reference: dt.date) -> int | None:
        """The year that is counted from the day of writing behind a date: "i december sidste år"."""
        return year_said(self._low, end, reference)

    def headed(self, atom: Atom, year: int, reference: dt.date) -> int | None:
        """``year``, or that of the heading above; None where it may be of either."""
        return year_headed(self._text, atom, year, reference)

    def _far(self, start: int) -> list[str]:
        """The words of the last 96 characters, weekday and "den" left out as in the head."""
        found = _bare_words(self._low[max(0, start - _FAR) : start])
        near = self.at(start)
        while near.named_day and found and found[-1] != near.last:
            found.pop()
        return found


def _bare_words(printed: str) -> list[str]:
    return [word for raw in printed.split() if (word := raw.lstrip(_MARKS))]


@functools.cache
def _weekdays() -> frozenset[str]:
    """The words for a weekday before a date; "man" there is the pronoun."""
    return frozenset(words("weekday")) - {"man"}


def is_named(head: Head) -> bool:
    """ "mødet den", "referatet af": whether the day is that of something named right before it."""
    named = head.words[-2] if head.last in _OF_NAMED and len(head.words) > 1 else head.last
    return len(named) > _SHORT_NAME and named.endswith(_DEFINITE) and named not in _NO_NAMES


def day_cue(head: Head) -> int | None:
    """0 for a word that only a date follows, 1 for one that a fraction may follow too, None for no cue."""
    if head.named_day:
        return 0
    if head.last == "er":
        return 0 if len(head.words) > 1 and head.words[-2] in words("cue-day") else None
    return words("cue-day").get(head.last)


def month_cue(head: Head) -> bool:
    """ "i maj", "udgangen af maj", "til og med maj"."""
    return not head.glued and (head.last in words("cue-month") or head.and_with() or head.part_of())


def season_cue(head: Head) -> bool:
    """ "i foråret", "i løbet af foråret"."""
    return not head.glued and (head.last in words("cue-season") or head.part_of())


@functools.lru_cache(maxsize=4096)
def _leads_to_a_year(printed: str) -> bool:
    word = printed.lstrip(_MARKS)
    if not word.isalpha() and (unglued := _UNSPACED.search(word)):
        word = unglued[0]
    if not word:
        return False
    if word in words("cue-year") or word.endswith(tuple(words("cue-ending"))):
        return True
    return word[-1].isalpha() and "udvalg" not in word and any(stem in word for stem in words("cue-stem"))


def range_cue(head: Head) -> bool:
    """A word that two years with a mark between them follow: "perioden 2023/24"."""
    last = head.last
    if head.glued:
        return False
    return last in words("cue-range") or last.endswith(tuple(words("cue-ending"))) or last.startswith(_RANGE_STEMS)
