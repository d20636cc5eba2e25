"""What an amount restates or is found by, where its role stands elsewhere than in a noun or a verb right before it.

"Normeringen reduceres med 30 årsværk, svarende til 2 mio. kr." is a saving, for so is what the amount restates; "Der
findes 2 mio. kr. ved at sænke taksten" one by what follows; "- Øgede indtægter fra udleje, 2 mio. kr." an income by the
item of a list that it stands in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.facts.qualifiers.bounds import cues
from pipeline.facts.qualifiers.cues import all_light, clause_of, cue

if TYPE_CHECKING:
    from corpus.model import Role
    from pipeline.facts.qualifiers.cues import Clause

_FILLED = r"(?:\s{1,3}(?:årligt|(?:pr\.|per)\s[^\W\d_]+|om\såret|(?:i|for|fra)\s(?:19|20)\d\d|netto|i\salt))?"
_UNIT = r"(?:pct\.?|procent|%|årsværk|årsv\.|åv|fte|[^\W\d_]*stilling(?:er)?|fuldtidsansatte|medarbejdere)"
_RESTATED = re.compile(
    rf"(?<!\S)[^\s,]{{1,20}}(?:,\d+)?\s?{_UNIT}{_FILLED},?\s{{1,3}}(?:(?:hvilket|som|der)\s)?(?:svarende|svarer)\stil\s{{1,3}}"
    r"(?:(?:ca\.|cirka|omkring|godt|knap|i\salt)\s{1,2})?$"
)
_ITEM = re.compile(r"(?:^|\n[> \t]*\n|(?:^|\n)[> \t]*(?:[-–—•*▪●■]|\d{1,2}[.)]))[> \t]*$")
_SETS = frozenset({"sat", "satte", "sættes", "sætter", "sætte"})
_AF_BEHIND = re.compile(rf"{_FILLED}[\s>]{{1,4}}af(?=\s(?:til|i|på|for)\s|[.,;])")
_FOUND = frozenset({"findes", "finder", "finde", "hentes", "henter", "hente"})
_BY_SAVING = re.compile(
    rf"{_FILLED}[\s>]{{1,4}}ved\s(?:at\s|(?:en|den)\s(?:[^\W\d_]+\s)?)?"
    r"(?P<word>reducere|reduktion|sænke|nedsætte|nedbringe|beskære|skære|spare|besparelser?|effektivisere|effektivisering(?:er)?"
    r"|nedlægge|lukke|færre)(?!\w)",
    re.IGNORECASE,
)


class Around(NamedTuple):
    """A role, and the place of the word that says so."""

    role: Role
    start: int
    end: int


def restated(clause: Clause) -> Clause:
    """The clause up to the quantity that the amount behind it restates, or all of it."""
    told = clause.lower.find("svar", clause.start, clause.end) >= 0
    match = _RESTATED.search(clause.lower, clause.start, clause.end) if told else None
    return clause_of(clause.lower, clause.start, match.start()) if match else clause


def is_item(clause: Clause) -> bool:
    """Whether a clause begins an item of a list, or a paragraph: what stands in front of its comma is a label."""
    return _ITEM.search(clause.lower, max(0, clause.start - 12), clause.start) is not None


def is_cut(noun: str, between: list[str]) -> bool:
    """ "Reduktion af rammen til stier (med 2 mio. kr.)", and of no income."""
    found = cue(noun)
    if between[:1] != ["af"] or found is None or found.role != "saving" or noun not in cues("change"):
        return False
    return not any((each := cue(word)) and each.role not in (None, "expense", "budget") for word in between)


def around(text: str, clause: Clause, end: int) -> Around | None:
    """ "Der er sat 2,5 mio. kr. af til stien", "Der findes 2 mio. kr. ved at sænke taksten"."""
    return _set_aside(text, clause, end) or _found_by_saving(text, clause, end)


def _set_aside(text: str, clause: Clause, end: int) -> Around | None:
    match = _AF_BEHIND.match(text, end) if not _SETS.isdisjoint(clause.words) else None
    if match is None:
        return None
    place = max(n for n, word in enumerate(clause.words) if word in _SETS)
    return Around("grant", *clause.span(place)) if all_light(clause.words[place + 1 :]) else None


def _found_by_saving(text: str, clause: Clause, end: int) -> Around | None:
    match = _BY_SAVING.match(text, end) if not _FOUND.isdisjoint(clause.words) else None
    if match is None:
        return None
    place = max(n for n, word in enumerate(clause.words) if word in _FOUND)
    return Around("saving", *match.span("word")) if all_light(clause.words[place + 1 :]) else None
