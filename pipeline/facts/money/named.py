"""Numbers without a unit that a word of money behind them names: "Vi får 15.000 i tilskud"."""

from __future__ import annotations

import re

from pipeline.facts.money.front import Reading
from pipeline.facts.money.phrase import Skip, is_named
from pipeline.facts.numbers import parse_decimal
from pipeline.facts.units import Unit, figure_set
from pipeline.language import Prose

_NUMBER = re.compile(
    r"(?P<number>[1-9]\d{0,2}(?:[. \u00a0]\d{3})+|[1-9]\d{4,6})\s{1,2}i\s{1,2}(?:(?:årligt|ekstra|samlet)\s{1,2})?$"
)
_TIED = re.compile(r"(?:\d[.,]?|[-–−/+]|\d\s{0,2}(?:og|til|eller|samt|[-–]))\s{0,2}$")
_GOES_ON = re.compile(
    r"-\w|\s?\((?:i\s)?(?:1[. ]000|mio|mia|t\.?\s?kr|euro?|dkk)|\s(?:euro|kroner|kr\.?)(?!\w)", re.IGNORECASE
)
_SCALED = re.compile(
    r"(?:beløb|beløbene|tal|tallene|alt)(?!\w)[^\n]{0,20}\si\s(?:hele\s)?(?:1[. ]?000|tusind|t\.?\s?kr|mio|mia)",
    re.IGNORECASE,
)
"""Figures that may be meant in thousands or millions."""
_REACH = 40


def read_named(prose: Prose, units: list[Unit], skip: Skip) -> list[Reading]:
    """The numbers in whole kroner before "i tilskud", "i støtte" …, in order.

    None in a text that speaks of other currencies, and none that is an end of a range or an item of a list. ``low`` is
    None in a text that says that its figures are in thousands.
    """
    words = figure_set("money-behind")
    if prose.words.isdisjoint(words) or any(unit.currency not in (None, "DKK") for unit in units):
        return []
    text, found = prose.text, list[Reading]()
    for start, end in prose.places(words):
        match = _NUMBER.search(text, max(0, start - _REACH), start)
        if match is None or _GOES_ON.match(text, end):
            continue
        at, stop = match.span("number")
        value = parse_decimal(match["number"])
        tied = _TIED.search(text, max(0, at - 10), at) or (at and text[at - 1].isalnum())
        if value is None or tied or is_named(text, at) or skip(at, stop):
            continue
        worth = None if _SCALED.search(text) else value
        found.append(Reading(at, stop, worth, None, "DKK", text[start:end].lower()))
    return found
