"""Rows of dots that lead the eye from a name to its figures."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.reading import Word

LEADING = ".…_"
"""What leads the eye from a label to the next cell."""
FEWEST_DOTS = 4
"""So many dots at the end of a word lead on; fewer are a full stop or an omission."""


def may_lead(last: str) -> bool:
    """Whether a word that ends in dots is nothing else, or has so many that they are no full stop."""
    dots = len(last) - len(last.rstrip(LEADING))
    return dots == len(last) or dots >= FEWEST_DOTS


def without_leaders(words: list[Word], text: str, *, followed: bool) -> list[Word]:
    """The words without the dots at their end, which only lead the eye to the next cell; two are enough before one."""
    if followed and len(words) > 1 and words[-1].end - words[-1].start > 1:
        last = text[words[-1].start : words[-1].end]
        words = words if last.strip(LEADING) else words[:-1]
    if text[words[-1].end - 1] not in LEADING:
        return words
    whole = len(words)
    while len(words) > 1 and _is_leader(words, text):
        words = words[:-1]
    if 1 < len(words) < whole and not text[words[-1].start : words[-1].end].strip(LEADING):
        words = words[:-1]
    last = text[words[-1].start : words[-1].end]
    dots = len(last) - len(last.rstrip(LEADING))
    if FEWEST_DOTS <= dots < len(last):
        words = [*words[:-1], words[-1]._replace(end=words[-1].end - dots)]
    return words


def are_leaders(words: Sequence[Word], text: str) -> bool:
    """Whether words behind a label are nothing but dots, in one stretch or with blanks between them."""
    texts = [text[word.start : word.end] for word in words]
    if len(texts) == 1:
        return len(texts[0]) >= FEWEST_DOTS and not texts[0].strip(LEADING)
    return len(texts) >= 3 and all(each == "." for each in texts)


def _is_leader(words: Sequence[Word], text: str) -> bool:
    last = text[words[-1].start : words[-1].end]
    if last.strip(LEADING):
        return False
    return len(last) >= FEWEST_DOTS or not text[words[-2].start : words[-2].end].strip(LEADING)
