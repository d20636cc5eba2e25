"""What a person types or pastes, made one: the quotes, blanks, signs and half-seen characters of other programs.

The grammar sees plain quotes, plain blanks and composed letters; a mistake is shown where it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import msgspec

from corpus.patterns import late
from index.tokens import NARROW_BLANKS

QUOTES = dict.fromkeys("“”„‟«»″〝〞", '"')
SIGNS = {"…": "..", "≥": ">=", "≤": "<=", "±": "+-"}
# The letters, digits and signs of Chinese and Japanese keyboards, each as wide as two: U+FF01 to U+FF5E.
WIDE_FIRST, WIDE_LAST, WIDE_SHIFT = 0xFF01, 0xFF5E, 0xFEE0
NO_CHARACTER = "\ufffd"
PASTED_NUMBER = late(rf"(?<![\w.])\d{{1,3}}(?:[{NARROW_BLANKS}]\d{{3}})+(?!\w)")


class Typed(msgspec.Struct, frozen=True):
    """``text`` is what is read; ``places`` has, for each of its characters, where that was typed (None: the same)."""

    text: str
    places: Sequence[int] | None = None

    def place(self, position: int) -> int:
        """Where the character at ``position`` of ``text`` was typed; for the end of ``text`` the end of what was."""
        return position if self.places is None else self.places[position]


def typed(text: str) -> Typed:
    """The text to read, with the places of its characters.

    Letters and their accents are composed (NFC). Characters without a body (zero-width blanks, marks of direction, soft
    hyphens) are dropped, control characters are blanks. "1 000" with a blank that does not break is 1.000.
    """
    if text.isascii() and text.isprintable():
        return Typed(text)
    made: list[str] = []
    places: list[int] = []
    for start, cluster in _clusters(PASTED_NUMBER.sub(_with_points, text)):
        seen = _seen(cluster)
        made.append(seen)
        places += [start] * len(seen)
    return Typed("".join(made), [*places, len(text)])


def _with_points(number: re.Match[str]) -> str:
    return re.sub(f"[{NARROW_BLANKS}]", ".", number[0])


def _clusters(text: str) -> list[tuple[int, str]]:
    """Each character that can be seen, with the accents that follow it, and where it stands."""
    found: list[tuple[int, str]] = []
    for place, letter in enumerate(text):
        if unicodedata.category(letter) == "Cf":
            continue
        if found and unicodedata.combining(letter):
            found[-1] = (found[-1][0], found[-1][1] + letter)
        else:
            found.append((place, letter))
    return found


def _seen(cluster: str) -> str:
    first = cluster[0]
    if WIDE_FIRST <= ord(first) <= WIDE_LAST:
        first = chr(ord(first) - WIDE_SHIFT)
    category = unicodedata.category(first)
    if first.isspace() or category == "Cc":
        return " "
    if category == "Cs":
        return NO_CHARACTER
    return QUOTES.get(first) or SIGNS.get(first) or unicodedata.normalize("NFC", first + cluster[1:])
