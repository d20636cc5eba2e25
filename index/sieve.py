"""Which stretches of a text may hold a word that is looked for: told quickly, most of a text is not looked at.

Of all spellings that are looked for the shortest needles are kept that every one of them has in it ("støtte" for
"støtten" and "støttekorpset"). They are looked for in the text without what analysis overlooks: case, spelling
variants, and all that may stand inside a token. What is found may be more than is meant, never less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import AnyStr

from corpus.patterns import late
from index.text import SPELLING
from index.tokens import CODE, INSIDE, stretches

MOST_NEEDLES = 40
LAST_NUMBER = late(r"[-/](\d+)$")
LETTERS = [(chr(letter), folded) for letter, folded in SPELLING.items()]
# The same for letters of one byte (Latin-1), in which it is quicker: what has no byte is "?" and dropped.
BYTES = bytes(ord(small) if len(small := chr(byte).lower()) == 1 and ord(small) < 256 else byte for byte in range(256))
DROPPED = f"{INSIDE}?".encode("latin-1", "replace")
BYTE_LETTERS = [(letter.encode("latin-1"), folded.encode("latin-1")) for letter, folded in LETTERS]
# Capitals without a byte whose small letters have one.
STRANGE = ("\u1e9e", "\u0178", "\u0130", "\u212a", "\u212b")


class Sieve:
    """Knows some lower-case forms, folded or not, and beginnings of forms."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._needles = _needles(forms)
        self._bytes = None if self._needles is None else _as_bytes(self._needles)
        self._letters = [
            pair for pair in BYTE_LETTERS if any(_has_some_of(needle, pair[1]) for needle in self._bytes or ())
        ]

    def stretches(self, text: str) -> set[str]:
        """Those of the text's stretches that may have one of the forms as a token, or what a token also stands for."""
        if self._needles is None:
            return set(stretches(text))
        if self._bytes is None or any(letter in text for letter in STRANGE):
            numbers = _numbers(self._needles, _bare(text), " ", "\n")
        else:
            numbers = _numbers(self._bytes, _bare_bytes(text, self._letters), b" ", b"\n")
        if not numbers:
            return set()
        lines = text.split("\n")
        found: set[str] = set()
        for line, places in numbers.items():
            every = lines[line].split(" ")
            found.update(every[place] for place in places)
        return found


def _needles(forms: Iterable[str]) -> list[str] | None:
    """Such that each form has one of them in it; None where that would be too many, or would be anything."""
    lot = list(dict.fromkeys(forms))
    # "ISU042" is also found as isu42, "2020-0042" as 2020-42: the last number stands in both.
    codes = [code[2].lstrip("0") for form in lot if form[-1:].isdigit() and (code := CODE.fullmatch(form))]
    codes += [last[1].lstrip("0") for form in lot if (last := LAST_NUMBER.search(form))]
    bare = {*_bare(" ".join(lot)).replace("\n", " ").split(" "), *codes} if lot else set()
    left = sorted(bare, key=len)
    needles: list[str] = []
    while left:
        needles.append(left[0])
        if not left[0] or len(needles) > MOST_NEEDLES:
            return None
        left = [form for form in left if left[0] not in form]
    return needles


def _bare(text: str) -> str:
    """The same blanks and line ends as in the text, but fewer other characters. Quicker than to translate."""
    level = text.lower()
    for letter, folded in LETTERS:
        level = level.replace(letter, folded)
    for mark in INSIDE:
        level = level.replace(mark, "")
    return level


def _as_bytes(needles: list[str]) -> list[bytes] | None:
    """The same in Latin-1; None where one of them has a letter without a byte."""
    try:
        return [needle.encode("latin-1") for needle in needles]
    except UnicodeEncodeError:
        return None


def _has_some_of(needle: bytes, letters: bytes) -> bool:
    """Whether two letters that stand for one may be in a needle, or reach into it from before or behind."""
    return letters in needle or needle.startswith(letters[-1:]) or needle.endswith(letters[:1])


def _bare_bytes(text: str, letters: Sequence[tuple[bytes, bytes]]) -> bytes:
    """As :func:`_bare`, in Latin-1, without the characters that have no byte; only these ``letters`` are folded."""
    level = text.encode("latin-1", "replace").translate(BYTES, DROPPED)
    for letter, folded in letters:
        level = level.replace(letter, folded)
    return level


def _numbers(needles: Sequence[AnyStr], level: AnyStr, blank: AnyStr, line_end: AnyStr) -> dict[int, list[int]]:
    """Which of the stretches between blanks have a needle: by line, counted from 0, the places in it likewise."""
    places = sorted({place for needle in needles for place in _places(needle, level, blank, line_end)})
    found: dict[int, list[int]] = {}
    line = before = 0
    for place in places:
        line += level.count(line_end, before, place)
        before = place
        found.setdefault(line, []).append(level.count(blank, level.rfind(line_end, 0, place) + 1, place))
    return found


def _places(needle: AnyStr, level: AnyStr, blank: AnyStr, line_end: AnyStr) -> Iterator[int]:
    """A place in each stretch that has the needle."""
    place = level.find(needle)
    while place >= 0:
        yield place
        ends = [end for end in (level.find(blank, place), level.find(line_end, place)) if end >= 0]
        place = level.find(needle, min(ends)) if ends else -1
