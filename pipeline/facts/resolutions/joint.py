"""Bodies that decide together: "Økonomiudvalget og Kulturudvalget anbefalede …", "godkendt af A, B og C".

Each has a decision of its own, for a reader asks what one of them decided.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.facts.resolutions.agents import Agent, called, can_be_subject, is_genitive
from pipeline.facts.resolutions.words import forms

if TYPE_CHECKING:
    from corpus.model import Committee
    from pipeline.facts.resolutions.clauses import Clause

_AND = re.compile(r"\s+(?:og|samt|såvel\s+som)\s+(?:(?:også|senere|siden|derefter|efterfølgende|af|i)\s+)?")
_COMMA = re.compile(r",\s+")
_FINITE = re.compile(r"[a-zæøå]{2,}(?:ede|te)|fik|får|kom|gik|tog|gav|bad|lod|fandt|blev|skal|vil|kan")
_WORD_BEHIND = re.compile(r"\s+([^\W\d_]+)")
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]+)\s+$")
_FRONT = 40  # characters in front of the first of them


def joint_bodies(text: str, clause: Clause, who: Agent | None, *, passive: bool) -> list[str]:
    """The names of all bodies that decide together where ``who`` is one of them, in order; [] where it is alone."""
    if who is None or len(clause.bodies) < 2:
        return []
    at = next((at for at, body in enumerate(clause.bodies) if body.start == who.start), -1)
    if at < 0:
        return []
    first = last = at
    while first and _joins(text, clause.bodies[first - 1], clause.bodies[first]):
        first -= 1
    while last + 1 < len(clause.bodies) and _joins(text, clause.bodies[last], clause.bodies[last + 1]):
        last += 1
    together = clause.bodies[first : last + 1]
    if first == last or not _is_list(text, together) or any(is_genitive(body) for body in together):
        return []
    front = text[max(clause.start, together[0].start - _FRONT) : together[0].start]
    if together[-1].end <= clause.verb and not passive and not (can_be_subject(front) and not _is_verb(front)):
        return []  # "Sagen gik til Kulturudvalget og Byrådet vedtog …"
    if together[0].start >= clause.stop and _is_verb(text[together[-1].end : clause.end], behind=True):
        return []  # "I maj godkendte Kulturudvalget og Byrådet vedtog …"
    return list(dict.fromkeys(called(body) for body in together))


def _is_verb(text: str, *, behind: bool = False) -> bool:
    """Whether the word at the end of ``text``, or at its beginning, is the finite verb of another clause."""
    match = _WORD_BEHIND.match(text) if behind else _WORD_BEFORE.search(text)
    if match is None:
        return False
    known = forms().get(match[1].lower(), ())
    return any(form.tense in ("past", "present") for form in known) or _FINITE.fullmatch(match[1]) is not None


def _joins(text: str, one: Committee, other: Committee) -> bool:
    between = one.end, other.start
    return _AND.fullmatch(text, *between) is not None or _COMMA.fullmatch(text, *between) is not None


def _is_list(text: str, together: list[Committee]) -> bool:
    """Whether "og" stands before the last of them alone: "A, B og C"."""
    ands = [_AND.fullmatch(text, one.end, other.start) is not None for one, other in pairwise(together)]
    return ands[-1] and not any(ands[:-1])
