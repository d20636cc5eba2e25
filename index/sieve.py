"""Which stretches of a text may hold a word that is looked for: told quickly, most of a text is not looked at.

Of all spellings that are looked for the shortest needles are kept that every one of them has in it ("støtte" for
"støtten" and "støttekorpset"). They are looked for in the text without what analysis overlooks: case, spelling
variants, and all that may stand inside a token. What is found may be more than is meant, never less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.text import SPELLING
from index.tokens import CODE, INSIDE, stretches

MOST_NEEDLES = 40
LETTERS = [(chr(letter), folded) for letter, folded in SPELLING.items()]


class Sieve:
    """Knows some lower-case forms, folded or not, and beginnings of forms."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._needles = _needles(forms)

    def stretches(self, text: str) -> set[str]:
        """Those of the text's stretches that may have one of the forms as a token, or what a token also stands for."""
        if self._needles is None:
            return set(stretches(text))
        level = _bare(text)
        places = sorted({place for needle in self._needles for place in _places(needle, level)})
        if not places:
            return set()
        found, number, before, every = set(), 0, 0, stretches(text)
        for place in places:
            number += level.count(" ", before, place)
            before = place
            found.add(every[number])
        return found


def _needles(forms: Iterable[str]) -> list[str] | None:
    """Such that each form has one of them in it; None where that would be too many, or would be anything."""
    lot = list(dict.fromkeys(forms))
    # "ISU042" is also found as isu42: the number stands in both.
    codes = [code[2].lstrip("0") for form in lot if form[-1:].isdigit() and (code := CODE.fullmatch(form))]
    bare = {*_bare(" ".join(lot)).split(" "), *codes} if lot else set()
    left = sorted(bare, key=len)
    needles: list[str] = []
    while left:
        needles.append(left[0])
        if not left[0] or len(needles) > MOST_NEEDLES:
            return None
        left = [form for form in left if left[0] not in form]
    return needles


def _bare(text: str) -> str:
    """The same blanks as in the text, or line ends, but fewer other characters. Quicker than to translate."""
    level = text.replace("\n", " ").lower()
    for letter, folded in LETTERS:
        level = level.replace(letter, folded)
    for mark in INSIDE:
        level = level.replace(mark, "")
    return level


def _places(needle: str, level: str) -> Iterator[int]:
    """A place in each stretch that has the needle."""
    place = level.find(needle)
    while place >= 0:
        yield place
        end = level.find(" ", place)
        place = level.find(needle, end) if end >= 0 else -1
