"""Committees clipped at the dot, as old minutes write them: "Kulturudv.", "Soc.- og Sundhedsudv.", "Teknisk Udv.".

"udv." is also "udvikling", "udvidelse" and "udvendig", so every member must be a field that committees are named after
and the first must have a capital; the last must be none that is developed or extended ("Byudv.", "Skoleudv.").
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.facts.bodies.names import Name, composed, fixed_names, is_area, words
from pipeline.lexicon import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.language import Prose

_CLIPPED = "udv."
_UP, _WORD = "A-ZÆØÅ", "A-Za-zÆØÅæøå"
_LEFT = re.compile(
    rf"(?<![\w.-])(?P<members>(?:[{_WORD}]+\.?-(?:,[ \n]+|[ \n]+(?:og|samt|&)[ \n]+)){{0,4}})"
    rf"(?P<stem>[{_WORD}]+)(?P<dot>\.[ ]?)?$"
)
_FIXED = re.compile(rf"(?<![\w-])(?P<word>[{_UP}][{_WORD}]+)[ \n]+$")
_MEMBER = re.compile(rf"(?P<word>[{_WORD}]+)(?P<dot>\.?)-")
_WINDOW = 80  # characters before "udv." in which its members stand


def clipped(prose: Prose) -> Iterator[Name]:
    """The clipped names in order, the dot included in the span."""
    text, low = prose.text, prose.lower
    at = low.find(_CLIPPED)
    while at >= 0:
        end = at + len(_CLIPPED)
        before = text[max(0, at - _WINDOW) : at]
        if not low[end : end + 1].isalnum():
            found = _fixed(before) if text[at] == "U" else _composed(before)
            if found:
                yield Name(at - found[0], end, found[1])
        at = low.find(_CLIPPED, end)


def _fixed(before: str) -> tuple[int, str] | None:
    match = _FIXED.search(before)
    entry = fixed_names().get(f"{match['word'].lower()} udvalg") if match else None
    return (len(before) - match.start(), entry[0]) if match and entry else None


def _composed(before: str) -> tuple[int, str] | None:
    """How many characters of ``before`` are the name's, and the name."""
    match = _LEFT.search(before)
    if not match or not match.group()[0].isupper():
        return None
    stem = _full(match["stem"], dot=bool(match["dot"]))
    members: list[str] = []
    position = match.start("members")
    for member in _MEMBER.finditer(before, position, match.end("members")):
        full = _full(member["word"], dot=bool(member["dot"]))
        if full is None:
            return None
        members.append(before[position : member.start()] + full + "-")
        position = member.end()
    if stem is None or stem.lower() in words("developed"):
        return None
    return len(before) - match.start(), composed("".join(members) + before[position : match.end("members")], stem) + (
        "udvalget"
    )


def _full(word: str, *, dot: bool) -> str | None:
    """A member written out: "Soc." is "Social"; None for one that is no field."""
    if dot:
        return _members().get(word.lower())
    return word if is_area(word) else None


@cache
def _members() -> dict[str, str]:
    return {row["word"]: row["name"] for row in rows("committees") if row["kind"] == "clipped"}
