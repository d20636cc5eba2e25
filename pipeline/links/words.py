"""The words of titles without their endings: coarse keys, the same on both sides, that need no dictionary."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from pipeline.lexicon import rows

SHORTEST = 4
SHORTEST_STEM = 3
MOST_WORDS = 40
ENDINGS = ("ernes", "erne", "enes", "ene", "ens", "ets", "ers", "en", "et", "er", "es", "e")
"""Endings of nouns and adjectives in the definite form, the plural and the genitive, the longest first."""

_WORD = re.compile(r"[^\W\d_]+")
_VARIANTS = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "ä": "ae", "ö": "oe"})


class Token(msgspec.Struct, frozen=True):
    """A word of a text: its stem, None where it tells nothing, and its place."""

    stem: str | None
    start: int
    end: int


def stem(word: str) -> str:
    """ "Legepladsens" and "legeplads" are "legeplads", "hallen" and "hal" are "hal"; spelling variants are one."""
    plain = word.casefold().translate(_VARIANTS)
    for ending in ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= SHORTEST_STEM:
            plain = plain[: -len(ending)]
            break
    return plain[:-1] if len(plain) > SHORTEST_STEM and plain[-1] == plain[-2] else plain


def tokens(text: str) -> list[Token]:
    """The words of a text in order; short ones and those of :func:`not_telling` have no stem."""
    return [Token(_telling(match.group()), match.start(), match.end()) for match in _WORD.finditer(text)]


def title_words(title: str | None) -> list[str]:
    """The stems of a title that tell something, each once."""
    found = dict.fromkeys(token.stem for token in tokens(title or "") if token.stem)
    return list(found)[:MOST_WORDS]


def _telling(word: str) -> str | None:
    if len(word) < SHORTEST:
        return None
    found = stem(word)
    return None if found in not_telling() else found


@cache
def not_telling() -> frozenset[str]:
    """Stems that stand in the titles of papers of every kind."""
    return frozenset(stem(word) for word in words("not-telling"))


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind in ``lexicon/link_words.csv``."""
    return frozenset(row["word"] for row in rows("link_words") if row["kind"] == kind)
