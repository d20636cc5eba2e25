"""The year that a heading gives to days without one: "Sommerferielukning 2026" over "lukket i uge 29 og 30".

A heading speaks of when something is planned. A sentence that tells of the same (closing, holidays, opening hours) has
its year; any other week below a heading with another year is refused, for it may be of either. A heading of a budget or
of accounts names the year of the money and says nothing of days.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from pipeline.facts.calendar.atoms import Atom, words

_LOOK_BACK = 2_000
_TITLE = 240  # of the part's first characters, where its heading stands
_SENTENCE = 160
_MOST_OFF = 2
# A line of its own with one year and no other figure than its number: "2. Sommerferielukning 2026"; no first line of a
# paragraph, which goes on with a small letter.
_HEADING = re.compile(
    r"(?:\A|(?<=\n))[ \t>#*_]{0,6}(?:(?:Punkt|Sag|Pkt\.?)\s)?(?:\d{1,3}(?:\.\d{1,2})?[.):]?\s{1,3})?"
    r"(?P<words>[A-ZÆØÅ][^\n\d.!?]{2,70}?)(?<![\w/.-])(?P<year>20\d\d)(?![\w/.-])(?P<rest>[^\n\d.!?,]{0,40})"
    r"(?=\n[\s>]*(?![a-zæøå])|\Z)"
)
_CLOSES = re.compile(r"[.!?](?=\s+[^\W\d])|\n[ \t>]*\n")


@cache
def _stems(kind: str) -> tuple[str, ...]:
    return tuple(words(kind))


def year_headed(text: str, atom: Atom, year: int, reference: dt.date) -> int | None:
    """``year``, or that of the heading above where the atom is of the same; None where it may be of either."""
    heading = _heading(text, atom.start, reference)
    if heading is None or int(heading["year"]) == year:
        return year
    if atom.precision in {"half-year", "quarter"}:
        return None  # "i første halvår" below "Budget 2026": that of the budget, or of the year of writing
    line = heading[0].lower()
    if any(stem in line for stem in _stems("cue-stem")) or not words("month").keys().isdisjoint(line.split()):
        return year
    if any(stem in line for stem in _stems("calendar")) and _tells_of_it(text, atom):
        return int(heading["year"])
    return None if atom.precision == "week" else year


def _heading(text: str, start: int, reference: dt.date) -> re.Match[str] | None:
    """The nearest heading with a year near that of the writing: above, else at the head of the part."""
    found = None
    for begin, end in ((max(0, start - _LOOK_BACK), start), (0, min(start, _TITLE))):
        begin = text.find("\n", begin, end) + 1 if begin else 0
        for match in _HEADING.finditer(text, begin, text.rfind("\n", 0, end) + 1):
            if abs(int(match["year"]) - reference.year) <= _MOST_OFF:
                found = match
        if found:
            break
    return found


def _tells_of_it(text: str, atom: Atom) -> bool:
    begin = max(0, atom.start - _SENTENCE)
    stops = [match.end() for match in _CLOSES.finditer(text, begin, atom.start)]
    closing = _CLOSES.search(text, atom.end, atom.end + _SENTENCE)
    sentence = text[stops[-1] if stops else begin : closing.start() if closing else atom.end + _SENTENCE].lower()
    return any(stem in sentence for stem in _stems("calendar"))
