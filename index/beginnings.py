"""What a word begins with when it is written in another way: ``fa`` begins far and faar, and not får, kept as faar.

Forms as printed are kept with one spelling (:func:`index.text.fold`), in which å, æ and ø are two letters. The table of
an index knows the words as they were written, and tells those apart that go on with a letter of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from index.text import SPELLING, fold

# After these letters the second half of å, æ or ø may stand.
SECOND_HALVES = {"a": "ae", "o": "e"}
WHOLE = ("aa",)
MOST_SPELLINGS = 64
_LETTERS = {folded: [chr(letter) for letter, one in SPELLING.items() if one == folded] for folded in SPELLING.values()}


def doubtful(typed: str) -> str:
    """The letters which, next after a typed beginning, may be half of another letter; none where it ends with one."""
    return "" if typed.endswith(WHOLE) else SECOND_HALVES.get(typed[-1:], "")


def spellings(folded: str) -> list[str] | None:
    """Every way to write what is folded so; None for more than :data:`MOST_SPELLINGS`."""
    found = list(islice(_spellings(folded), MOST_SPELLINGS + 1))
    return found if len(found) <= MOST_SPELLINGS else None


def _spellings(folded: str) -> Iterator[str]:
    """Short first letters first, so that a few can be taken of very many."""
    if not folded:
        yield ""
        return
    for rest in _spellings(folded[1:]):
        yield folded[0] + rest
    for letter in _LETTERS.get(folded[:2], ()):
        for rest in _spellings(folded[2:]):
            yield letter + rest


def begins(form: str, folded: str) -> bool:
    """True when the first letters of a form, whole ones, are what is folded so."""
    least = len(folded) // 2
    return any(fold(form[:end]) == folded for end in range(least, min(len(form), len(folded)) + 1))
