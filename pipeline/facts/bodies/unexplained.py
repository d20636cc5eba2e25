"""Abbreviations of committees that nothing in a document explains: "TMU tiltrådte indstillingen".

Only where the abbreviation decides somewhere in the text, and where municipalities commonly use it; of several names
that it commonly stands for, all are candidates and none is given.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.facts.bodies.names import could_be_short
from pipeline.facts.bodies.scan import speaks_of_parliament
from pipeline.lexicon import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.language import Prose

_VERB = (
    r"(?:(?:tiltr|vedt|beslut|godkend|anbefal|indstill|afvis|afslå|afslog|udsatte|udsætter|behandle|drøfte"
    r"|bevilge|bevilli|forkast|oversend|tog|tager|afsatte|ønske|frigav|imødekom|fulgte|støtte|bad|har\s|havde\s)[a-zæøå]*)"
)
_DECIDES_BEHIND = re.compile(rf"s?\s+(?:enstemmigt\s+)?{_VERB}|,?\s+(?:den|d\.)\s*\d|\s+\d{{1,2}}[-./]\s?\d")
_DECIDES_BEFORE = re.compile(
    rf"(?:(?<!\w){_VERB}\s+|[a-zæøå]{{2,}}(?:et|ået|lt|ndt|rdt)\s+(?:den\s[^.,;]{{3,20}}\s)?(?:af|i|hos)\s+|(?:møde|behandling|beslutning)\s+i\s+)$"
)
_REACH = 40


def unexplained(prose: Prose, named: set[str], known: Iterable[str]) -> dict[str, set[str]]:
    """What each such abbreviation of a text may stand for.

    ``named``: the bodies that the document names; ``known``: the abbreviations that are explained.
    """
    printed = _usual().keys() & prose.words
    if not printed or speaks_of_parliament(prose):
        return {}
    found: dict[str, set[str]] = {}
    for short in sorted(each.upper() for each in printed):
        if short not in known and _decides(prose.text, short):
            plain = {name for name in named if _initials(name) == short}
            rivals = {name for name in named if could_be_short(short, name)}
            found[short] = plain if len(plain) == 1 else rivals | set(_usual()[short.lower()])
    return found


def _initials(name: str) -> str:
    """ "TMU" of "Udvalget for Teknik og Miljø"; "" for any other name."""
    topic = name.partition("Udvalget for ")[2]
    return "".join(word[0] for word in topic.replace(",", " ").split() if word != "og") + "U" if topic else ""


@cache
def _usual() -> dict[str, tuple[str, ...]]:
    """The abbreviations in lower case with the names that municipalities use them for."""
    table: dict[str, tuple[str, ...]] = {}
    for row in rows("committees"):
        if row["kind"] == "usual":
            short = row["abbreviation"].lower()
            table[short] = (*table.get(short, ()), row["name"])
    return table


def _decides(text: str, short: str) -> bool:
    """Whether it stands somewhere with a verb of deciding or the day of a meeting, as a word of its own."""
    for match in re.finditer(rf"(?<![\w/.@§-]){short}(?![\w@])", text):
        if _DECIDES_BEHIND.match(text, match.end()):
            return True
        if _DECIDES_BEFORE.search(text, max(0, match.start() - _REACH), match.start()):
            return True
    return False
