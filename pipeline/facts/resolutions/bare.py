"""Points of a budget agreement that are printed without marks: a line each below "Parterne er enige om følgende:".

They are read only where the layout is clear: each line begins with a capital or each with a small letter, each ends
like the others, and each says what is done ("afsætte …", "Lukker …", "Der ansættes …", "Prisen sænkes …"). Where one
line is of another kind it may go on from the one above, and none is read.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.facts.resolutions.points import starts_point
from pipeline.facts.resolutions.words import WORD, forms, is_infinitive, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.context import Span

_WRAPPED = 70  # a line without a mark at its end that is longer may go on in the next
_FRONT = 9  # words of a line among which its verb stands
_OPENS_CLAUSE = frozenset(("at", "som", "der", "hvis", "når", "fordi", "hvor", "mens"))
_JOINT = re.compile(r",?[ \t]+(?:og|samt)$")
_LAST = re.compile(r"[.;,]$")


def bare_points(text: str, head: int, limit: int) -> list[Span]:
    """The lines below the head whose line ends at ``head``, up to a blank line; [] where they are no clear list."""
    lines = lines_below(text, head, limit)
    if len(lines) < 2 or any(starts_point(text, start) for start, _ in lines):
        return []
    said = [text[start:end] for start, end in lines]
    if len({line[:1].isupper() for line in said}) > 1 or not _end_alike(said):
        return []
    return [_trimmed(text, line) for line in lines] if all(map(_does, said)) else []


def lines_below(text: str, head: int, limit: int) -> list[Span]:
    """The lines below the head whose line ends at ``head``, up to a blank line."""
    found = list[tuple[int, int]]()
    position = head + 1
    while position < limit:
        newline = text.find("\n", position, limit)
        stop = newline if newline >= 0 else limit
        piece = text[position:stop]
        if piece.strip():
            found.append((stop - len(piece.lstrip(" \t>")), position + len(piece.rstrip())))
        elif found or position > head + 1:
            break  # the end of the list, or two blank lines above it
        position = stop + 1
    return found


def _end_alike(said: Sequence[str]) -> bool:
    """Whether all lines but the last end in the same mark, or none in any and none is long."""
    ends = {match.group() if (match := _LAST.search(_JOINT.sub(",", line))) else "" for line in said[:-1]}
    if len(ends) > 1:
        return False
    return ends != {""} or all(len(line) < _WRAPPED for line in said)


def _does(line: str) -> bool:
    words = WORD.findall(line.lower())[:_FRONT]
    words = words[1:] if words and words[0] in ("ikke", "fortsat", "også") else words
    if len(words) < 2:
        return False
    if words[0] in _deeds() or (words[0].endswith("r") and words[0][:-1] in _deeds()):
        return True
    for at, word in enumerate(words):
        if at and word in _OPENS_CLAUSE:
            return False
        if word.endswith("s") and word[:-1] in _deeds():
            return True
    return False


@cache
def _deeds() -> frozenset[str]:
    """The infinitives of what a budget does."""
    known = {spelt for spelt, each in forms().items() if any(form.tense == "infinitive" for form in each)}
    known |= listed("spends") | listed("gives-up") | listed("carried-out") | listed("at-last") | listed("deed")
    return frozenset(word for word in known if is_infinitive(word))


def _trimmed(text: str, line: Span) -> Span:
    start, end = line
    kept = _JOINT.sub("", text[start:end]).rstrip(" ,;")
    return start, start + len(kept)
