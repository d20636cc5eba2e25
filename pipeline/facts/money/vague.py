"""Sums that are told without a figure: "et par millioner kroner", "flere hundrede tusinde kr.".

No value is given for them, for none is printed; they are told as refused, so that they are not lost in silence. Without
a currency that is done only where a word of money governs them, and nobody and nothing is counted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.problems import Code, problem
from pipeline.facts.money.bare import is_money
from pipeline.facts.money.unnamed import dotted, multiples, parts, scaled, without_currency
from pipeline.facts.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from corpus.model import Problem
    from pipeline.facts.money.front import Reading
    from pipeline.language import Prose

_WORDS = frozenset(
    {
        *("par", "nogle", "få", "flere", "adskillige", "mange", "utallige", "håndfuld", "snesevis", "hundredvis"),
        *("tusindvis", "hundredtusindvis", "millionvis"),
    }
)
_SCALE = (
    r"(?:hundrede?\s?tusind(?:e|er)?|hundredtusind(?:e|er)?|titusind(?:e|er)?|tusind(?:e|er)?|million(?:er)?|mio\.?"
    r"|mill\.|milliarder|mia\.?)"
)
_CURRENCY = r"\s{1,3}(?:danske\s)?(?:kroner|kr\b\.?|DKK|euro)"
_VAGUE = re.compile(
    r"(?<!\w)(?:(?:et\s(?:(?:godt|lille)\s)?par|nogle(?:\sfå)?|(?:ganske\s|forholdsvis\s)?få|flere|adskillige|mange"
    rf"|utallige|en\shåndfuld|snesevis\saf|hundredvis\saf)\s{{1,3}}{_SCALE}(?P<currency>{_CURRENCY})?"
    rf"|(?:hundred)?(?:tusind|million)(?:er)?vis\saf(?P<alone>{_CURRENCY}))(?!\w)",
    re.IGNORECASE,
)
_THOUSANDS = frozenset(("tusind", "tusinde"))
_DIGITS = re.compile(r"(?<![\w.,-])\d{1,3}(?:,\d{1,2})?[ \u00a0\n]$")
_MONEY_BEHIND = re.compile(_CURRENCY, re.IGNORECASE)
_OR_MORE = re.compile(
    r",?\s{1,3}eller\s{1,3}(?:(?:måske|endda|snarere)\s)?(?:to|tre|fire|fem|ti)"
    r"(?=\s{0,3}(?:[.,;:!?)]|$|\n|om\s|til\s|for\s|mere\b))",
    re.IGNORECASE,
)
_ON_TOP = re.compile(r",?\s{1,3}(?:og|plus|samt)\s{1,3}")  # "200.000 kr. plus 75 tusind"
_JOINT = 12
_LONGEST = 70


def or_more(text: str, end: int) -> bool:
    """Whether another number is said for the one that ends at ``end``: "en million kroner eller to"."""
    return text.startswith((" eller", ", eller", "\neller"), end) and _OR_MORE.match(text, end) is not None


def find_vague(prose: Prose, readings: Sequence[Reading], skip: Callable[[int, int], bool]) -> list[Problem]:
    """A problem for each sum of money that is told without a figure, or in thousands of nothing that is named.

    Not where one of ``readings`` has it, and not where ``skip`` says that something else stands there.
    """
    known = Spans([(each.start, each.end) for each in readings]).overlap
    return [
        problem(Code.NUMBER_REFUSED, f"{why}: {prose.text[start:end]!r}")
        for start, end, why in (
            *_without_figure(prose),
            *_thousands(prose, readings),
            *without_currency(prose),
            *scaled(prose),
            *parts(prose),
            *dotted(prose),
            *multiples(prose, readings),
        )
        if not known(start, end) and not skip(start, end)
    ]


def _without_figure(prose: Prose) -> Iterator[tuple[int, int, str]]:
    wanted = _WORDS & prose.words
    text, last = prose.text, 0
    for start, _ in prose.places(wanted) if wanted else ():
        match = _VAGUE.search(text, max(last, start - 10), start + _LONGEST)
        if match is None or not match.start() <= start < match.end():
            continue
        last = match.end()
        if match["currency"] or match["alone"] or is_money(text, match.start(), match.end()):
            yield *match.span(), "Tells a sum of money without a figure"


def _thousands(prose: Prose, readings: Sequence[Reading]) -> Iterator[tuple[int, int, str]]:
    """ "Det koster vel 170 tusind at drive hallen"."""
    text = prose.text
    for start, end in prose.places(_THOUSANDS) if not _THOUSANDS.isdisjoint(prose.words) else ():
        number = _DIGITS.search(text, max(0, start - 12), start)
        if number is None or _MONEY_BEHIND.match(text, end):
            continue
        begin = number.start()
        beside = any(0 <= begin - each.end <= _JOINT and _ON_TOP.fullmatch(text, each.end, begin) for each in readings)
        if beside or is_money(text, begin, end):
            yield number.start(), end, "Looks like an amount and names no currency"
