"""The short way to a number before its unit: nearly every one stands behind an ordinary word ("koster 1,5 mio. kr.").

What is read here is read the same the long way (``money/phrase.py``), only slower; where that is not sure, the long
way is gone.
"""

from __future__ import annotations

import functools
import re
from decimal import Decimal

import msgspec

from pipeline.facts.numbers import Number, is_number_word, parse_words, simple_value
from pipeline.facts.units import figure_set

_PLAIN_YEAR = re.compile(r"(?:19|20)\d\d")
CONNECTORS = frozenset({"til", "og", "eller", "samt"})
HEDGES = frozenset({"ca.", "ca", "cirka", "omkring", "omtrent", "knap", "godt"})


class Item(msgspec.Struct, frozen=True, gc=False):
    """A number or a range as printed, ``text[start:end]``; ``low`` alone is a single number.

    ``refused``: the digits fit no rule; ``low`` means nothing then.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal | None = None
    refused: bool = False
    pointed: Decimal | None = None
    split: tuple[int, int] | None = None  # of a range with "til": where its low end stops and its high end begins

    @classmethod
    def of(cls, number: Number, *, pointed: bool = False) -> Item:
        """A single number; with ``pointed`` one point may be a decimal point."""
        value = number.pointed if pointed and number.value is None else number.value
        return cls(number.start, number.end, value or Decimal(0), None, value is None, number.pointed)

    def value(self, pointed: bool) -> Decimal | None:
        """The single number, or None where it fits no rule."""
        return (self.pointed if pointed else None) if self.refused else self.low


def plain(text: str, end: int, floor: int) -> Item | bool:
    """A number behind an ordinary word ("koster 1,5" before "mio."), which is nearly every number.

    False where something stands that is no number; True where the long way must be gone.
    """
    piece = text[max(floor, end - 40) : end]
    words = piece.rsplit(None, 2)
    if len(words) < 2:
        return True
    token, previous, before = words[-1], words[-2], words[0] if len(words) == 3 else ""
    gap = 0 if token[-1] == piece[-1] else 1
    if gap and token[-1] != piece[-2]:
        return True
    inside = token[0] == "("
    body = token[1:] if inside else token
    value, high = _values(body)
    if value is None:
        return not _is_wordlike(body)
    if not inside and _is_close(previous, before, value):
        return _ends(text, end - gap, body, previous, before) or True
    return Item(end - gap - len(body), end - gap, value, high)


def _ends(text: str, end: int, token: str, connector: str, before: str) -> Item | None:
    """The range of "mellem 25 og 40" and "fra 125 til 90"; ``end`` is where ``token`` ends."""
    words = before.rsplit(None, 2)
    pair = _PAIRS.get(connector)
    if pair is None or len(words) < 2 or words[-2].lower() != pair or not token[0].isdigit():
        return None
    start = end - len(token) - len(connector) - 2 - len(words[-1])
    low, high = simple_value(words[-1]), simple_value(token)
    if low is None or high is None or text[start:end] != f"{words[-1]} {connector} {token}":
        return None
    split = (start + len(words[-1]), end - len(token)) if connector == "til" else None
    return Item(start, end, low, high, False, None, split)


_PAIRS = {"og": "mellem", "til": "fra"}


@functools.lru_cache(maxsize=4096)
def _values(token: str) -> tuple[Decimal | None, Decimal | None]:
    """A plain number in digits or in one word, with a minus sign that touches it, or the two of a range ("3-3,5")."""
    if token.isalpha():
        return parse_words([token]), None
    if token[:1] in _MINUS_SIGNS:
        value = simple_value(token[1:])
        return None if value is None else -value, None
    low, dash, high = token.partition("–" if "–" in token else "-")
    value = simple_value(low)
    if not dash or value is None:
        return value, None
    upper = simple_value(high)
    return (None, None) if upper is None else (value, upper)


_MINUS_SIGNS = frozenset("-–−÷")


@functools.lru_cache(maxsize=8192)
def _is_wordlike(token: str) -> bool:
    """Whether what stands before a unit is surely no number: a word, with a mark or without."""
    word = token.rstrip(".,:;(").lstrip('*_"”»(')
    return not word or (word.isalpha() and not is_number_word(word))


def _is_close(word: str, before: str, value: Decimal) -> bool:
    """Whether ``word`` may tie the number behind it to what stands before; ``before`` ends where ``word`` begins."""
    kind = tie(word)
    if kind == "hedge":
        earlier = before.rsplit(None, 1)
        return len(earlier) < 2 or _is_close(earlier[1], earlier[0], value)
    if kind == "connector":
        last = before.rsplit(None, 1)[-1] if before else "."
        return tie(last) != "" and not (_PLAIN_YEAR.fullmatch(last) and abs(value) < 1000)
    return before.endswith(("og", "eller")) if kind == "with" else kind == "close"


# They tie only behind "og" or "eller": "2 og med 3", "mindst 500 og højst 1.000".
TIES_BEHIND_AND = frozenset({"med", "højst", "maks.", "maks", "maksimalt", "maksimum", "max.", "max"})


@functools.lru_cache(maxsize=8192)
def tie(word: str) -> str:
    """What a word before a number does to it; nothing ("") in nearly every case."""
    word = word.lower()
    if word in HEDGES:
        return "hedge"
    if word in CONNECTORS:
        return "connector"
    if word in TIES_BEHIND_AND:
        return "with"
    if word[-1] == "," and len(word) > 4 and word[:-1].isdigit():
        return ""  # "i 2019, 9,1 mio. kr."; a shorter number may be torn
    stem = word.rstrip(".,:;")
    if not stem:
        return ""
    close = not stem.isalpha() or stem in figure_set("tie") or stem.endswith("nr") or is_number_word(stem)
    return "close" if close or stem in CONNECTORS or stem in HEDGES else ""
