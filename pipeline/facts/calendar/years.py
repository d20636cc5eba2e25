"""Bare years: "i 2024", "budget 2022", "2023-2026". A year alone needs a cue, or it may be anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.calendar import periods as cal
from pipeline.facts.calendar.atoms import Atom, counts, words
from pipeline.facts.calendar.head import Heads, range_cue
from pipeline.facts.calendar.open import BEGINS_ONWARD, OPEN_AFTER

_Y = r"(?:19|20)\d\d"
# What follows a number that measures something and is no year.
_MEASURED = (
    r"(?!\w|['’]|[.,:]\d|[-–]\d|\s?(?:%|°|m2|m²|kr\b|kr\.|mio|mia|mill|t\.?kr|DKK|EUR|€|,-)"
    r"|[ \u00a0]?[-–]\s\d[\d.,]{0,12}\s(?:kr\b|kroner|mio|mia|mill|t\.?kr|DKK))"
)
_ONE_YEAR = re.compile(rf"(?P<year>{_Y}){_MEASURED}")
_JOINED = frozenset("_.,/-")
_BEGINS_A_JOINT = frozenset("-–—/to")  # of "2023 - 2026", "2023 til 2026", "2023 og 2026"
_WORD_ENDS = frozenset({".", "", ">"})
# A postal code with its town: "i 2000 Frederiksberg". No town has a code between 2001 and 2099.
_POSTAL = re.compile(r"(?:19\d\d|2000)\s[A-ZÆØÅ]")
_TO_AN_AMOUNT = re.compile(r"\s(?P<word>til|og)\s\d[\d.,]{0,12}\s(?:kr\b|kroner|mio|mia|mill|t\.?kr|DKK)")
_CONTINUED = re.compile(rf"(?:,\s|,?\s(?:og|samt|eller|eller i|og i)\s|/)(?P<year>{_Y}){_MEASURED}")
_RANGE = re.compile(
    rf"(?<![\w.,/§-])(?P<from>{_Y})(?P<sep>[ \u00a0]?(?:[-–—]|/)[ \u00a0\n]?|\s(?:til|til\sog\smed|og)\s)"
    rf"(?P<to>{_Y}|\d\d){_MEASURED}"
)
_DASHES = frozenset({"-", "–", "—", "/"})


def years_at(text: str, start: int, heads: Heads) -> list[Atom]:
    """The year, or the stretch or the list of years, that begins with the four digits at ``start``."""
    before, behind = text[max(0, start - 3) : start], text[start + 4 : start + 6]
    if before and (before[-1].isalnum() or before[-1] in _JOINED):
        return []
    found: list[Atom] = []
    if behind[:1] in _DASHES or behind[1:] in _BEGINS_A_JOINT:
        stretch = _range(text, _RANGE.match(text, start), heads)
        found = [stretch] if stretch else []
    cued = _may_be_cued(before) and heads.before_a_year(start)
    if not cued and behind[1:] not in BEGINS_ONWARD:
        return found
    match = _ONE_YEAR.match(text, start)
    if match is None or _POSTAL.match(text, start) or counts(text, match.end(), "counted"):
        return found
    if OPEN_AFTER.match(text, match.end()) or (cued and not _begins_amounts(text, match, heads)):
        found += _year(match), *_more(text, match.end())
    return found


def _may_be_cued(before: str) -> bool:
    """Whether a word stands before a year, parted from it by blanks: a look at the last three characters."""
    word = before.rstrip()
    return len(word) < len(before) and (word[-1:].isalpha() or word[-1:] in _WORD_ENDS)


def _begins_amounts(text: str, match: re.Match[str], heads: Heads) -> bool:
    """ "fra 2000 til 2100 kr." are two amounts; "i 2021 til 24,3 mio. kr." is a year and an amount."""
    amount = _TO_AN_AMOUNT.match(text, match.end())
    if amount is None:
        return False
    last = heads.at(match.start()).last
    return last == "mellem" if amount["word"] == "og" else last != "i"


def _year(match: re.Match[str]) -> Atom:
    year = int(match["year"])
    return Atom(match.start("year"), match.end("year"), "year", year, span=cal.years(year, year))


def _more(text: str, end: int) -> Iterator[Atom]:
    """ "i 2023, 2024 og 2025": the years after the first."""
    match = _CONTINUED.match(text, end)
    while match and not counts(text, match.end(), "counted"):
        yield _year(match)
        match = _CONTINUED.match(text, match.end())


def _range(text: str, match: re.Match[str] | None, heads: Heads) -> Atom | None:
    if match is None or counts(text, match.end(), "counted"):
        return None
    head = heads.at(match.start())
    first, printed = int(match["from"]), match["to"]
    last = int(printed) if len(printed) == 4 else first // 100 * 100 + int(printed)
    if first >= last or head.last.rstrip(".:") in words("no-year"):
        return None
    mark = match["sep"].strip()
    if (mark == "og" and head.last != "mellem") or (mark == "til" and heads.moves(match.start())):
        return None
    # "2023-26" and "2023/24" may be case numbers; "2023 til 2026" may be anything: these need a cue.
    if (mark in _DASHES and mark != "/" and len(printed) == 4) or range_cue(head):
        return Atom(match.start(), match.end(), "years", first, span=cal.years(first, last))
    return None
