"""Which language a part is in, told by its small words. Danish in doubt: a wrong guess costs a Danish word its lemma.

:file:`lexicon/languages.csv` has the small words of each language as they are written there. What counts for a language
against Danish are the ones that Danish has not; against it, the Danish ones that it has not.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from index.lemmas import DANISH

LANGUAGES = Path(__file__).parent / "lexicon" / "languages.csv"
# The beginning of a part is enough; so many different small words must speak for another language.
LOOKED_AT = 1_200
FEWEST = 4
AGAINST = 3
SHORTEST = 20


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    with LANGUAGES.open(encoding="utf-8", newline="") as file:
        return {row["language"]: frozenset(row["words"].split()) for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def _small_words() -> tuple[frozenset[str], list[tuple[str, frozenset[str], frozenset[str]]]]:
    """All that speak for any language but Danish; for each of those, what speaks for it and what against it."""
    danish = _words()[DANISH]
    told = [(language, own - danish, danish - own) for language, own in _words().items() if language != DANISH]
    return frozenset[str]().union(*(own for _, own, _ in told)), told


def is_small(form: str) -> bool:
    """True for a lower-case form that is a small word in Danish, such as "og" and "til"."""
    return form in _words()[DANISH]


def foreign_words() -> frozenset[str]:
    """All small words that speak for a language but Danish."""
    return _small_words()[0]


def met(text: str) -> int:
    """How many different ones of these stand in a text in lower case."""
    return len(foreign_words().intersection(text.split()))


def language_of(text: str, met: Callable[[str], int] = met) -> str:
    """The code of the language of a text, one of :data:`index.lemmas.LANGUAGES`. :func:`met` may be done otherwise."""
    if len(text) < SHORTEST:
        return DANISH
    beginning = text[:LOOKED_AT].lower()
    if met(beginning) < FEWEST:
        return DANISH
    _, told = _small_words()
    words = set(beginning.split())
    value, language = max((len(words & own) - AGAINST * len(words & against), name) for name, own, against in told)
    return language if value >= FEWEST else DANISH
