"""The day from which a quantity holds: "2 mio. kr. fra 1.8.2027", "årsværk nedlægges med virkning fra 2027".

Every way to write the day says the same: it goes on from within that year. "Pr. 1. august 2027" does so beside a verb
of change alone; of what stands on an account that day it says nothing that goes on. What is worked into the budget of a
year is of that year.
"""

from __future__ import annotations

import re

from pipeline.facts.calendar.open import begins
from pipeline.facts.qualifiers.spans import YEARS, When, read_when
from pipeline.facts.qualifiers.years import clause_start

_MONTH = (
    r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\.?)"
)
_IN_FIGURES = r"(?:0?[1-9]|[12]\d|3[01])(?:\.\s?|[/-])(?:0?[1-9]|1[0-2])"
_DAY_OF_YEAR = (
    rf"(?:(?:(?:den\s|d\.\s)?\d{{1,2}}\.\s?)?{_MONTH}\s(?P<year>(?:19|20)\d\d)"
    rf"|(?:den\s|d\.\s)?{_IN_FIGURES}[.\s/-]{{1,2}}(?P<figures>(?:19|20)\d\d))"
)
FROM_DAY = re.compile(rf"fra(?:\sog\smed)?\s{{1,3}}{_DAY_OF_YEAR}", re.IGNORECASE)
_NO_SPAN = r"(?![\d.,]?\d|[ \u00a0]?[-–/]|-?\s?pris|\s(?:og\s(?:frem\s)?)?(?:til|indtil|t\.o\.m\.)(?!\w))"
_EFFECT = r"med\s(?:virkning|effekt|ikrafttræden|start)\s"
_ONSET = (
    rf"(?:(?:{_EFFECT})?fra(?:\sog\smed)?\s{{1,3}}{_DAY_OF_YEAR}|{_EFFECT}fra(?:\sog\smed)?\s(?P<bare>(?:19|20)\d\d)"
    rf"|(?P<per>(?:{_EFFECT})?(?:pr\.?|per)\s){_DAY_OF_YEAR.replace('<year>', '<on>').replace('<figures>', '<at>')})"
)
_FILLED = (
    r"(?:\s{1,3}(?:årligt|varigt|månedligt|netto|ekstra|mere|mindre|flere|færre|pr\.?\s(?!\d)[^\W\d_]{2,20}(?!\s(?:19|20)\d\d)"
    r"|om\s(?:året|måneden))){0,2}"
)
_SUM = r"\d[\d.,]*\s{1,2}(?:(?:mio|mia)\.?\s{1,2})?(?:kr\.?|kroner)"
_STAFF = r"\d[\d.,½]*\s{1,2}(?:årsværk|(?:fuldtids)?stilling(?:er)?)"
_VERB = r"(?:\s{1,3}(?:(?:skal|vil|kan|bliver)\s)?(?P<verb>[^\W\d_]{3,})(?:\s(?:på|i|hos|ved)(?:\s[^\W\d_]+){1,3}?)?)?"
_BEHIND = re.compile(rf"{_FILLED}{_VERB}\s{{1,3}}\(?(?P<span>{_ONSET}){_NO_SPAN}")
_IN_FRONT = re.compile(
    rf"[\s>•*–-]{{0,6}}(?:og\s|men\s)?(?P<span>(?i:{_ONSET})),?\s{{1,3}}(?P<verb>[^\W\d_]{{3,}})(?P<rest>(?:\s{{1,3}}[^\W\d_]+\.?){{0,5}})\s{{1,3}}"
)
_BUDGETED = re.compile(
    rf"{_FILLED}(?:\s{{1,2}}(?:og|samt)\s{{1,2}}(?:{_SUM}|{_STAFF}))?\s{{1,3}}(?:(?:skal|vil|kan|bliver|er)\s)?"
    r"(?:indarbejde[st]?|indregne[st]?|indlægges|indlagt|indgår|indgå|medtages|optages)\s{1,3}"
    rf"(?P<span>i\s(?:det\s)?(?:budget|budgettet(?:\sfor)?|budgetforslaget(?:\sfor)?|budgetforslag)\s){YEARS}"
)
_CHANGES = re.compile(
    r"(?<!\w)(?:nedl[æa]g|opret|ans[æa]t|spar|afs[æa]t|tilfør|bevil|reducer|neds[æa]t|sænk|hæv|forhøj|øge|udvid|fjern"
    r"|indfør|afskedig|opsig|opnormer|bortfald)[^\W\d_]*",
    re.IGNORECASE,
)
_REACH = 90
_OF_BOTH = 120


def from_day(text: str, start: int, end: int, low: int) -> When | None:
    """The year of the day, or "med virkning fra" the year, from which the quantity at ``start`` to ``end`` holds.

    ``low``: where its neighbour ends.
    """
    behind = text[end : end + _REACH].lower()
    if "fra" in behind or " pr" in behind or " per " in behind:
        match = _BEHIND.match(text, end)
        if match and _holds(match, text, clause_start(text, start, low), start):
            return _goes_on(match)
    begin = clause_start(text, start, low)
    match = _IN_FRONT.fullmatch(text, begin, start)
    if match is None or not begins(match["verb"].lower()) or match["rest"].lower().endswith(" fra"):
        return None
    return _goes_on(match) if not match["per"] or _CHANGES.match(match["verb"]) else None


def of_budget(text: str, end: int) -> When | None:
    """ "Besparelsen på 2 mio. kr. indarbejdes i budget 2028"."""
    match = _BUDGETED.match(text, end) if "budget" in text[end : end + _OF_BOTH] else None
    when = read_when(match, moved=False) if match else None
    return when if when and when.years else None


def _holds(match: re.Match[str], text: str, begin: int, start: int) -> bool:
    """Whether what stands between the quantity and the day lets the day be its own."""
    verb = match["verb"]
    if verb and not begins(verb.lower()) and not _CHANGES.fullmatch(verb):
        return False
    if not match["per"]:
        return True
    return _CHANGES.search(verb or "") is not None or _CHANGES.search(text, begin, start) is not None


def _goes_on(match: re.Match[str]) -> When:
    year = next(match[name] for name in ("year", "figures", "bare", "on", "at") if match[name])
    return When((int(year),), True, *match.span("span"))
