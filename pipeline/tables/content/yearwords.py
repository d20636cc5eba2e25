"""Years in the words of a line: headings a blank apart, each with its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.tables.content.headings import is_total_heading, is_year_heading, split_headings
from pipeline.tables.content.years import years_in

_MAYBE_YEAR = re.compile(r"(?<!\d)(?:[1-4]\d|(?:19|20)\d\d)(?!\d)")
_TWO_DIGITS = re.compile(r"\d\d")
MOST_WORDS = 4
"""The heading of a year has no more words."""
FEWEST_YEARS = 3
_BESIDE_YEARS = [(before, after) for after in range(3) for before in range(4)]
"""So many words before and after years may be other headings."""


@lru_cache(4096)
def year_groups(texts: tuple[str, ...], wide: tuple[bool, ...]) -> tuple[int, ...]:
    """How many words each year heading has, if they are nothing else; ``wide``: more than a blank parts two words.

    Beside years on end, three at least, other headings may stand: "Udvalg", "2026", "2027", "2028", "Årsværk".
    """
    tokens, place = [], 0
    for text, gap in zip(texts, (*wide, False), strict=True):
        tokens.append((place, place + len(text), text))
        place += len(text) + 1 + gap
    for before, after in _BESIDE_YEARS[: 1 if len(texts) <= FEWEST_YEARS else None]:
        inside = tokens[before : len(tokens) - after]
        groups = split_headings(inside) or [] if len(inside) > 1 else []
        parts = [" ".join([token[2] for token in group]) for group in groups]
        if not groups or not all(is_year_heading(part) or is_total_heading(part) for part in parts):
            continue
        if not (before or after):
            return tuple(map(len, groups))
        years = years_in(parts)
        outside = [*texts[:before], *texts[len(texts) - after :]]
        if len(years) >= FEWEST_YEARS and years == list(range(years[0], years[0] + len(years))):
            counts = (before, *map(len, groups), after)
            return tuple(filter(None, counts)) if _are_names(outside) else ()
    return ()


def _are_names(words: Sequence[str]) -> bool:
    return all(word[0].isupper() for word in words)


@lru_cache(4096)
def are_apart(text: str) -> bool:
    """Whether words a blank apart are headings of years, each a cell of its own."""
    words = text.split(" ")
    return may_be_years(text, len(words)) and bool(year_groups(tuple(words), (False,) * (len(words) - 1)))


@lru_cache(4096)
def may_be_years(text: str, words: int) -> bool:
    return len(_MAYBE_YEAR.findall(text)) > 1 and words <= MOST_WORDS * len(_TWO_DIGITS.findall(text))
