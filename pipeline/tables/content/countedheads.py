"""Headings of what is counted on a day, or with an adjective: "Elever pr. 5.9.2030", "Normerede pladser"."""

from __future__ import annotations

import re

from pipeline.tables.content.labels import Measure, is_counted_noun, may_count, measure_of

_MONTH = (
    r"januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|"
    r"(?:jan|febr?|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\."
)
_DAY = re.compile(rf"\d{{1,2}}[./-]\d{{1,2}}(?:[./-](?:\d{{4}}|\d\d)?)?|{_MONTH}|primo|ultimo|medio", re.IGNORECASE)
_AROUND_DAY = re.compile(r"(?:19|20)\d\d|\d{1,2}\.|pr\.?|per|d\.|den|i", re.IGNORECASE)
"""What else stands in a day: its year, the number of the day, and the small word before it."""
_ADJECTIVES = ("ede", "te", "ne", "ige")


def counted_measure(heading: str) -> Measure:
    """What a heading counts by its noun, where a day follows or one adjective stands before; ``unsaid`` for any other.

    A noun that may head money, too, is counted on a day; by an adjective alone that is not told.
    """
    named = _before_day(heading)
    noun = plain_noun(named or heading)
    if named and is_counted_noun(noun):
        return "count"
    if named and may_count(noun):
        return "unclear"
    return measure_of(noun, heading=True) if named or noun != heading else "unsaid"


def plain_noun(text: str) -> str:
    """The counted noun behind an adjective: "pladser" of "Normerede pladser"; any other text as it is."""
    adjective, _, noun = text.partition(" ")
    return noun if adjective.casefold().endswith(_ADJECTIVES) and is_counted_noun(noun) else text


def _before_day(heading: str) -> str:
    """What stands before the day with which a heading ends; "" where it ends in none."""
    words = heading.split()
    dated = False
    while words and (day := _ends_in_day(words[-1])) is not None:
        dated = dated or day
        words.pop()
    return " ".join(words).rstrip(",:") if dated else ""


def _ends_in_day(word: str) -> bool | None:
    """Whether a word tells a day or only goes with one; None where it is of neither."""
    bare = word.strip("(),")
    if _DAY.fullmatch(bare):
        return True
    return False if _AROUND_DAY.fullmatch(bare) else None
