"""Staff named before its figures ("Årsværkene falder fra 12,5 til 10"), and hours that are all a sentence says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.money.phrase import Item
from pipeline.facts.numbers import number_at
from pipeline.facts.qualifiers.bounds import cues

if TYPE_CHECKING:
    from pipeline.facts.money.phrase import Skip
    from pipeline.facts.posts.units import Anchor

# "Udgiften til årsværk falder fra 12 til 10" tells of what falls, which is no staff: nothing else may stand in front.
_FRONT = re.compile(
    r"(?:(?:^|(?<!pr)[.!?]\s|\n)[\s>•*-]*|(?P<goes_on>,\s(?:mens|så|men|hvor)\s))"
    r"(?P<front>(?:(?:det|de|samlede|antallet|antal|af)\s){0,5})$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?:\s(?:i|på|hos)\s[^\W\d_]+(?:\s[^\W\d_]+)?)?\s(?P<verb>[^\W\d_]+)(?:\s(?:dermed|herved|således|så|samlet|samtidig))?"
    r"\sfra\s(?:ca\.\s|cirka\s|omkring\s)?(?=\d)",
    re.IGNORECASE,
)
_YEAR_SAID = r"(?:\si\s(?:19|20)\d\d(?!\d))?"
_TO = re.compile(rf"{_YEAR_SAID}\s(?:og\s)?til\s(?:ca\.\s|cirka\s|omkring\s)?(?=\d)", re.IGNORECASE)
_END = re.compile(rf"{_YEAR_SAID}(?:[ \t]*(?:\n|$)|[.;:)!](?!\d)|,\s)", re.IGNORECASE)
_COUNTED = re.compile(r"(?<!\w)(?:(?P<verb>[^\W\d_]+)\s)?(?:det\ssamlede\s)?antal(?:let)?\s(?:af\s)?$", re.IGNORECASE)
_BY_FIGURE = r"\smed\s(?:ca\.\s|cirka\s|omkring\s|i\salt\s|yderligere\s)?(?=\d)"
_BY = re.compile(rf"(?:\s(?:i|på|hos)\s[^\W\d_]+(?:\s[^\W\d_]+)?)?{_BY_FIGURE}", re.IGNORECASE)
_VERB_BY = re.compile(
    rf"(?:\s(?:i|på|hos)\s[^\W\d_]+(?:\s[^\W\d_]+)?)?\s(?P<verb>[^\W\d_]+)(?:\s(?:dermed|herved|således|samlet))?{_BY_FIGURE}",
    re.IGNORECASE,
)
_OWN_UNIT = r"(?:[^\W\d_]+e\s)?(?:årsv|åv\b|fte\b|fuldtids|helårs|[^\W\d_]*(?:stilling|medarbejder|ansatte))"
_NO_UNIT = re.compile(
    rf"(?=[.,;:)](?!\d)|\s(?!(?:pct|procent|pro|mio|mia|kr|t\.?kr|timer|pr|til\s\d|[-–]\s?\d|{_OWN_UNIT}))|$)(?!\s?(?:%|[-–]\s?\d))",
    re.IGNORECASE,
)
_ONLY_HOURS = re.compile(
    r"(?:ca\.?|cirka|omkring|op til|mindst|højst)?\s*\d{1,2}(?:,\d{1,2})?\s[^.,;\n]{0,40}", re.IGNORECASE
)


def changed(text: str, anchor: Anchor, floor: int, skip: Skip) -> list[Item]:
    """The two figures of a sentence in which nothing but the staff changes and nothing else is their unit."""
    if anchor.unit == "hours-per-week" or anchor.heads or anchor.number is not None:
        return []
    front = _FRONT.search(text, max(floor, anchor.start - 80), anchor.start)
    if front is None or not (front["goes_on"] or text[front.start("front")].isupper()):
        return []
    counted = anchor.unit == "fte" or "antal" in front["front"].lower()
    verb = _VERB.match(text, anchor.end) if counted else None
    if verb is None or verb["verb"].lower() not in cues("change"):
        return []
    first = number_at(text, verb.end())
    to = _TO.match(text, first.end) if first else None
    last = number_at(text, to.end()) if to else None
    if first is None or last is None or not _END.match(text, last.end):
        return []
    items = [Item.of(first), Item.of(last)]
    years = any(1900 <= item.low <= 2100 for item in items)
    return [] if years or any(skip(item.start, item.end) for item in items) else items


def by_which(text: str, anchor: Anchor, floor: int, skip: Skip) -> list[Item]:
    """ "Antallet af årsværk reduceres med 5,5", "…, reduceres antallet af årsværk med 5,5": the figure behind "med"."""
    if anchor.unit == "hours-per-week" or anchor.heads or anchor.number is not None:
        return []
    front = _COUNTED.search(text, max(floor, anchor.start - 80), anchor.start)
    if front is None:
        return []
    by = _VERB_BY.match(text, anchor.end) or _BY.match(text, anchor.end)
    verb = by.groupdict().get("verb") or front["verb"] if by else None
    number = number_at(text, by.end()) if by and verb and verb.lower() in cues("change") else None
    if number is None or skip(number.start, number.end) or not _NO_UNIT.match(text, number.end):
        return []
    item = Item.of(number)
    return [] if 1900 <= item.low <= 2100 else [item]


def is_all(sentence: str) -> bool:
    """Whether a sentence says the hours and nothing else: "Ca. 37 timer ugentligt."."""
    return _ONLY_HOURS.fullmatch(sentence.strip(" \t\n.;•*-")) is not None
