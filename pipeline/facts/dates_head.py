"""What stands before a date, as words: whether they speak of a day, a month, a year, a beginning or every year."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.facts.dates_atoms import words

_NEAR = 72
_MARKS = "\"»”“'’([*_>-–—•|"
_ARTICLES = frozenset({"den", "d.", "d"})
_FILLERS = frozenset({"pr.", "i", "omkring", "senest", "inden", "fra", "om", "ca.", "til", "perioden", "med", "og"})
_EVERY_YEAR = frozenset({"hvert", "hver", "alle"})
_BETWEEN = frozenset({"andet", "tredje", "fjerde", "femte", "eneste", "enkelt"})
_MOST_FILLERS = 3
_CLAUSE_END = (".", "!", "?", ";", ":")
_UNSPACED = re.compile(r"(?<=[^\W_]{2}[.:)])[^\W\d_]+\Z|(?<=\):)[^\W\d_]+\Z")  # "i dag.I 2015": no blank after the stop
_ABBREVIATED = re.compile(r"(?:[a-zæøå]{1,4}\.)+")


class Head(NamedTuple):
    """The words before a place in lower case, nearest last, without weekday and "den": these are in ``named_day``.

    ``glued``: no blank parts the last word from the place ("Dato:3/5", "(2024").
    """

    words: list[str]
    named_day: bool
    glued: bool

    @property
    def last(self) -> str:
        """The word right before, "" at the beginning."""
        return self.words[-1] if self.words else ""

    def part_of(self) -> bool:
        """ "i udgangen af", "i løbet af": a part of what follows."""
        return self.last == "af" and len(self.words) > 1 and self.words[-2] in words("part")


def head_of(text: str, start: int) -> Head:
    """The head of what begins at ``start``; words further off than 72 characters are left out."""
    printed = text[max(0, start - _NEAR) : start]
    found = [word for raw in printed.lower().split() if (word := raw.lstrip(_MARKS))]
    before = len(found)
    if found and found[-1] in _ARTICLES:
        found.pop()
    if found and found[-1].rstrip(".,") in words("weekday") and found[-1] != "man":
        found.pop()
    if found and (unglued := _UNSPACED.search(found[-1])):
        found[-1] = unglued[0]
    return Head(found, len(found) < before, bool(printed) and not printed[-1].isspace())


def day_cue(head: Head) -> int | None:
    """0 for a word that only a date follows, 1 for one that a fraction may follow too, None for no cue."""
    if head.named_day:
        return 0
    if head.last == "er":
        return 0 if len(head.words) > 1 and head.words[-2] in words("cue-day") else None
    return words("cue-day").get(head.last)


def month_cue(head: Head) -> bool:
    """ "i maj", "udgangen af maj", "til og med maj"."""
    if head.glued:
        return False
    return head.last in words("cue-month") or head.words[-2:] == ["og", "med"] or head.part_of()


def season_cue(head: Head) -> bool:
    """ "i foråret", "i løbet af foråret"."""
    return not head.glued and (head.last in words("cue-season") or head.part_of())


def year_cue(head: Head) -> bool:
    """ "i 2024", "budgetforslag 2024", "i løbet af 2024": a word that a year follows."""
    last = head.last
    if head.glued or not last or not (last[-1].isalpha() or last[-1] == "."):
        return False
    if last in words("cue-year") or head.words[-2:] == ["og", "med"] or head.part_of():
        return True
    if last.endswith(tuple(words("cue-ending"))):
        return True
    return "udvalg" not in last and any(stem in last for stem in words("cue-stem"))


def range_cue(head: Head) -> bool:
    """A word that two years with a mark between them follow: "perioden 2023/24"."""
    last = head.last
    if head.glued:
        return False
    return last in words("cue-range") or last.endswith(tuple(words("cue-ending"))) or last.startswith(_RANGE_STEMS)


_RANGE_STEMS = ("budget", "regnskab", "flerårs", "overslags")


def recurs(head: Head) -> bool:
    """ "hvert år den", "årligt pr.", "hvert andet år i": a date of every year and not of one."""
    near = head.words[-6:]
    fillers = 0
    while near and near[-1] in _FILLERS and fillers < _MOST_FILLERS:
        near = near[:-1]
        fillers += 1
    if near and near[-1] == "år" and len(near) > 1:
        near = near[:-2] if near[-2] in _BETWEEN else near[:-1]
        return bool(near) and near[-1] in _EVERY_YEAR
    return bool(near) and near[-1] in {"årligt", "hver", "hvert"}


def moves(head: Head) -> bool:
    """ "flyttet fra": what follows is where a thing was moved from, and "til" names another day, no range."""
    if head.last != "fra":
        return False
    for word in reversed(head.words[-7:-1]):
        if word.endswith(_CLAUSE_END) and not _ABBREVIATED.fullmatch(word):
            return False
        if word.rstrip(",") in words("move"):
            return True
    return False
