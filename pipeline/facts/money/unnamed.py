"""Sums that name no currency or no figure, beside a word of money: "loft på 400.000", "det dobbelte i 2027".

They look like amounts and are told as refused: the number may be of something else, and the multiple is not worked out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.money.bare import is_money
from pipeline.facts.numbers import is_number_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.facts.money.front import Reading
    from pipeline.language import Prose

_POINTED = re.compile(r"(?<![\w.,/-])\d{1,3}(?:\.\d{3}){1,3}(?=\s{0,2}(?:[.;!?)](?!\d)|,(?!\d)|$|\n))")
_THOUSANDS = re.compile(r"\.\d{3}")
_MONEY = (
    r"[^\W\d_]{0,20}(?:loft|budget|pris|tilskud|bevilling|beløb|regning|honorar|tilbud|ramme|udgift|besparelse|lån|gæld|underskud"
    r"|overskud|pulje|faktura|støtte|bøde|depositum|indtægt)(?:t?et|en|n|er|ne|erne)?"
)
_HEDGE = r"(?:(?:ca\.|cirka|omkring|godt|knap|højst|mindst|over|under|op\stil|i\salt)\s)?"
_OF_MONEY = re.compile(
    rf"(?<![^\W\d_])(?:{_MONEY}(?:\s(?:er|var|blev|bliver|lyder|lød|ender|endte))?\s(?:på|til|med)\s{_HEDGE}"
    r"|(?:koste[rt]?|kostede|betale[rs]?|betalte|betalt|bevilge[rst]?|bevilgede|spare[rst]?|sparede|bruge[rs]?|brugte?|afsat(?:te)?)\s"
    rf"(?:(?:os|det|dem|kun|nu|i\salt)\s)?{_HEDGE})$",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    r"(?<!\w)(?P<what>(?:(?:godt|knap|mere\send|over|under|næsten|omkring|cirka|ca\.)\s)?det\s(?:dobbelte|tredobbelte|firedobbelte|halve))"
    r"\s(?:i|fra|året)\s(?:(?:19|20)\d\d|efter|næste\sår)(?!\w)",
    re.IGNORECASE,
)
_MULTIPLES = frozenset(("dobbelte", "tredobbelte", "firedobbelte", "halve"))
_OF_MONEY_BEHIND = (
    r"[^\W\d_]*(?:besparelse|spareplan|sparekrav|underskud|overskud|merforbrug|budget|bevilling|gæld|tilskud|lån"
    r"|hul(?!\w))"
)
_SCALED = re.compile(
    r"(?P<scale>[mM][iI](?:[oOaA]\.?|(?i:llion(?:er)?s?|lliard(?:er)?s?)))"
    rf"(?i:(?<=s)[ -](?={_OF_MONEY_BEHIND})"
    r"|(?<!s)\saf\s(?:de|disse|alle)\s(?:[^\W\d_]+\s){0,3}?(?:penge|midler|kroner|besparelser(?:ne)?)(?!\w))"
)
_HOW_MANY = re.compile(r"(?<![\w.,/-])(?:\d{1,4}(?:,\d{1,2})?|[^\W\d_]{2,12})\s$")
_OF_SCALE = re.compile(r"mi[oa]\.? (?:kr|kroner)\b\.?")
_DOTTED = re.compile(r"(?<=[^\W\d_] )\d{1,3}\. $")
"""Where a figure has lost its decimals, or has a full stop too many: "og 2. mio. kr. i mindreforbrug"."""
_SCALES = frozenset(
    {
        *("mio", "mia", "million", "millioner", "millions", "millioners"),
        *("milliard", "milliarder", "milliards", "milliarders"),
    }
)
_PART = re.compile(
    r"(?<![\w.,/-])(?<!\d\s)(?!(?:19|20)\d\d\s)\d{1,4}(?:,\d{1,2})?(?=\s(?:ud\s)?af\s(?:de|i\salt)\s(?:[^\W\d_]+\s){0,2}?"
    r"\d[\d.,]*\smi[oa]\.?\s(?:kr|kroner)(?!\w))"
)
_BEFORE = 70
_NUMBER = 16  # characters, at most, of a number in front of its scale
_SAME = 200  # characters in which the sum stands that is doubled


def without_currency(prose: Prose) -> Iterator[tuple[int, int, str]]:
    """ "Vi bad om et loft på 400.000.": a number with a dot that a word of money governs and nothing is counted by."""
    if _THOUSANDS.search(prose.text) is None:
        return
    for number in _POINTED.finditer(prose.text):
        if _OF_MONEY.search(prose.text, max(0, number.start() - _BEFORE), number.start()):
            yield *number.span(), "Looks like an amount and names no currency"


def scaled(prose: Prose) -> Iterator[tuple[int, int, str]]:
    """ "2 milliarder af de sparede penge", "to millioners besparelser": of money, in no currency."""
    if _SCALES.isdisjoint(prose.words):
        return
    for match in _SCALED.finditer(prose.text):
        number = _right_before(_HOW_MANY, prose.text, match.start())
        if number and (number[0][0].isdigit() or is_number_word(number[0].rstrip().lower())):
            yield number.start(), match.end("scale"), "Looks like an amount and names no currency"


def parts(prose: Prose) -> Iterator[tuple[int, int, str]]:
    """ "(frigav) 12,5 af de 84 mio. kr.": a part that has neither a scale nor a currency of its own."""
    if _SCALES.isdisjoint(prose.words):
        return
    for match in _PART.finditer(prose.text):
        yield *match.span(), "Looks like an amount and names no currency"


def dotted(prose: Prose) -> Iterator[tuple[int, int, str]]:
    """ "og 2. mio. kr.": 2 mio. or 2,5 mio., which the print does not say."""
    if _SCALES.isdisjoint(prose.words):
        return
    for match in _OF_SCALE.finditer(prose.text):
        number = _right_before(_DOTTED, prose.text, match.start())
        if number:
            yield number.start(), match.end(), "Looks like an amount and fits no rule"


def _right_before(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """What stands in front of a scale: looked for from the scale, for every second word may be a number."""
    return pattern.search(text, max(0, end - _NUMBER), end)


def multiples(prose: Prose, readings: Sequence[Reading]) -> Iterator[tuple[int, int, str]]:
    """ "300.000 kr. i 2026 og det dobbelte i 2027": a sum that would have to be worked out."""
    if _MULTIPLES.isdisjoint(prose.words):
        return
    for match in _MULTIPLE.finditer(prose.text):
        near = any(0 <= match.start() - each.end < _SAME for each in readings)
        if near or is_money(prose.text, *match.span()):
            yield *match.span("what"), "Tells a sum of money without a figure"
