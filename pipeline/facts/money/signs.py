"""The signs of numbers that stand apart from them: "minus 2 mio. kr.", "steg fra - 14 mio. kr.", "2025: - 9 mio."."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pipeline.facts.money.plain import Item

_MINUS = re.compile(r"(?<![\w.,])[Mm]inus\s{1,2}$")
# "steg fra - 14 mio. kr.": after a preposition or a copula a dash with a blank is a minus sign.
_LOOSE_MINUS = re.compile(r"(?<![^\W\d_])(?:fra|på|til|med|er|var|mod|af|udgør|udgjorde)\s{1,2}(?P<sign>[-–])\s$")
# "2025: - 96 mio. kr. 2026: - 69 mio. kr.": figures of years in turn, each with its sign; alone it may be a bullet.
_YEAR_MINUS = re.compile(r"(?<!\d)(?:19|20)\d\d:\s{1,2}(?P<sign>[-–])\s$")
_YEAR_SIGNED = re.compile(r"(?<!\d)(?:19|20)\d\d:\s{1,2}[-–+]\s?\d")
_NEIGHBOURS = 120
_OPERAND = re.compile(r"(?:\d|kr\.?|kroner)\s{1,2}$")


def signed(text: str, item: Item, begin: int) -> Item:
    """Takes in the word "minus", unless it subtracts one printed number from another."""
    before = text[max(begin, item.start - 2) : item.start]
    loose = _LOOSE_MINUS.search(text, max(begin, item.start - 14), item.start) if before[:1] in {"-", "–"} else None
    if loose is None and before[:1] in {"-", "–"}:
        loose = _year_minus(text, item, begin)
    if loose and item.low > 0:
        return msgspec.structs.replace(item, start=loose.start("sign"), low=-item.low)
    minus = _MINUS.search(text, max(begin, item.start - 8), item.start) if before.startswith(("s", " ")) else None
    if not minus or item.low < 0 or _OPERAND.search(text, max(begin, minus.start() - 9), minus.start()):
        return item
    return msgspec.structs.replace(item, start=minus.start(), low=-item.low)


def _year_minus(text: str, item: Item, begin: int) -> re.Match[str] | None:
    loose = _YEAR_MINUS.search(text, max(begin, item.start - 10), item.start)
    if loose is None:
        return None
    before = _YEAR_SIGNED.search(text, max(0, loose.start() - _NEIGHBOURS), loose.start())
    after = _YEAR_SIGNED.search(text, item.end, item.end + _NEIGHBOURS)
    if before and "\n\n" not in text[before.end() : loose.start()]:
        return loose
    return loose if after and "\n\n" not in text[item.end : after.start()] else None
