"""Items that are glued to the word before: "Sagsfremstilling2. Godkendelse af dagsorden", "februar 20138. Regnskab".

A web page loses the line break in front of them. Where one begins is known only from a list of contents that prints
it as a line of its own; elsewhere nothing is cut.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pipeline.headings import TextLine

_ITEM = re.compile(r"\d{1,3}\. ?[A-ZÆØÅ]")
_GLUED = re.compile(r"(?<=\w)(\d{1,3})\. ?[A-ZÆØÅ]")


def unglued(text: str, lines: list[TextLine]) -> list[TextLine]:
    """The lines of ``text``, each cut where an item begins in it that another line prints whole."""
    known = {line.plain for line in lines if _ITEM.match(line.plain)}
    if len(known) < 2:
        return lines
    return [piece for line in lines for piece in _cut(text, line, known)]


def _cut(text: str, line: TextLine, known: set[str]) -> list[TextLine]:
    """The line in two; whole where nothing is glued to it or its number may be another."""
    starts = [at for match in _GLUED.finditer(line.plain) for at in range(*match.span(1)) if line.plain[at:] in known]
    place = text.rfind(line.plain[starts[0] :], line.start, line.end) if len(starts) == 1 else -1
    if place < 0:
        return [line]
    front = msgspec.structs.replace(line, end=place, plain=line.plain[: starts[0]])
    return [front, msgspec.structs.replace(line, start=place, plain=line.plain[starts[0] :], blank_before=True)]
