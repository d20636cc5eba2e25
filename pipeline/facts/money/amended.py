"""The year of an amount that takes the place of another: "besparelsen på 2 mio. kr. i 2025 ændres til 1,4 mio. kr.".

What is amended is of one year before and after. Only a verb that amends what stands printed hands its years on
("ændres", "nedsættes", "hæves"): what "stiger" or "falder" from one figure to the next may do so over years. Of "hæves
fra A til B" the first may be of the year before, and has none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from corpus.model import Evidence
from pipeline.facts.qualifiers.spans import EXPRESSION, LINK, OPEN, YEARS, read_when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.model import Amount

_VERB = (
    r"(?:(?:er|bliver|blev|skal|kan)\s{1,3})?(?:(?:derfor|herefter|dermed|i\sstedet|nu)\s{1,3})?"
    r"(?P<verb>(?:ændre|nedsætte|forhøje|hæve|sænke|reducere|øge|opjustere|nedjustere|justere|nedskrive|opskrive|udvide"
    r"|beskære|halvere|korrigere)s|ændret|nedsat|forhøjet|hævet|sænket|reduceret|øget|opjusteret|nedjusteret|justeret"
    r"|nedskrevet|opskrevet|udvidet|beskåret|halveret|korrigeret)(?:\s{1,3}(?:derfor|herefter|dermed|i\sstedet|nu))?"
)
_HEDGE = r"(?:(?:ca\.|cirka|omkring|i\salt|kun|blot|højst|op)\s{1,3})?"
_REPLACED = re.compile(
    rf"(?:\s{{1,3}}\(?{LINK}\s{{1,3}}{EXPRESSION}{OPEN}\)?)?(?:\s{{1,3}}(?:årligt|til\s[^\d,.;:]{{2,40}}?))?"
    rf"\s{{1,3}}{_VERB}(?:\s{{1,3}}med\svirkning\s[^\d,.;:]{{2,30}}?)?\s{{1,3}}(?P<to>til|med)\s{{1,3}}{_HEDGE}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"(?<!\w)(?P<span>(?i:{LINK})\s{{1,3}}){YEARS}\s{{1,3}}{_VERB}(?:\s{{1,3}}[^\W\d_]+){{0,4}}?\s{{1,3}}fra\s{{1,3}}{_HEDGE}$"
)
_TO = re.compile(rf"\s{{1,3}}til\s{{1,3}}{_HEDGE}$")
_REACH = 160


def with_years(text: str, amounts: Sequence[Amount]) -> list[Amount]:
    """The amounts, each that takes the place of the one before it with the years of that one."""
    told, changed = list(amounts), -1
    for place, new in enumerate(amounts[1:], 1):
        old = told[place - 1]
        if new.year is not None or new.years or not 0 < new.start - old.end < _REACH:
            continue
        between = text[old.end : new.start]
        dated = old.year is not None or bool(old.years)
        replaced = _REPLACED.fullmatch(between) if dated else None
        if replaced or (changed == place - 1 and _TO.fullmatch(between)):
            changed = place if replaced and replaced["to"] == "med" else -1
            words = [each for each in old.evidence if each.field in ("year", "years", "open_end")]
            told[place] = _of_years(new, old.year, old.years, words, open_end=old.open_end)
        elif not dated and _TO.fullmatch(between):
            told[place] = _named_before(text, old, new)
    return told


def _named_before(text: str, old: Amount, new: Amount) -> Amount:
    """ "Bevillingen i 2025 hæves fra 2 mio. kr. til 2,5 mio. kr.": the new one is of the year."""
    begin = max(0, old.start - _REACH)
    match = _FROM.search(text[begin : old.start])
    when = read_when(match, moved=False).moved(begin) if match else None
    if when is None or not when.years or when.open_end:
        return new
    field = "year" if len(when.years) == 1 else "years"
    said = Evidence(field=field, text=text[when.start : when.end], start=when.start, end=when.end)
    single = when.years[0] if len(when.years) == 1 else None
    return _of_years(new, single, [] if single else list(when.years), [said], open_end=False)


def _of_years(
    new: Amount, year: int | None, years: Sequence[int], words: Sequence[Evidence], *, open_end: bool
) -> Amount:
    return msgspec.structs.replace(
        new, year=year, years=list(years), open_end=open_end, evidence=[*new.evidence, *words]
    )
