"""Verbs with which a body that is named decides in a sentence of its own, wherever that stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.resolutions.agents import agent, subject
from pipeline.facts.resolutions.verdicts import ITEM
from pipeline.facts.resolutions.words import names_action, names_object

if TYPE_CHECKING:
    from pipeline.facts.resolutions.clauses import Clause
    from pipeline.facts.resolutions.words import Form

CHANGING = frozenset(("reducere", "nedsætte", "forhøje", "hæve", "sænke", "øge", "beskære", "halvere"))
_A_SUM = re.compile(
    r"(?:\d|(?<!\w)(?:en|et|to|tre|fire|fem|seks|syv|otte|ni|ti|halv|halvt|halvanden|halvandet))\s?"
    r"(?:(?:kr|mio|mia|t\.?\s?kr|tkr|pct)\b|kroner|millioner|årsværk|årsv|stillinger|%)|(?<!\w)(?:kr\.?|dkk)\s?\d",
    re.IGNORECASE,
)
_HEAD_END = re.compile(r"\s*+(?:,?\s*+(?:den|d\.)\s[^:\n]{4,24})?:\s")
_BEGINS = re.compile(r"[\s>•*–-]*")
_NO_MORE = re.compile(r"[^;.]{0,40}\s(?:ikke|måske|næsten)\s", re.IGNORECASE)


def changes_a_sum(text: str, clause: Clause, form: Form) -> bool:
    """ "Byrådet nedsatte rammen med 2 mio. kr.": a political body that is named, and a figure behind it."""
    named = (form.tense == "past" or clause.is_perfect) and _is_political(text, clause, form)
    return named and _A_SUM.search(clause.after) is not None and not _NO_MORE.match(clause.after)


def _is_political(text: str, clause: Clause, form: Form) -> bool:
    who = None if clause.link else subject(text, clause, form)
    return who is not None and any(body.start == who.start for body in clause.bodies)


def is_at_one(text: str, clause: Clause, form: Form) -> bool:
    """ "Efter en drøftelse enedes Kulturudvalget om at indstille …": a body that is named, and no parties."""
    return _is_political(text, clause, form)


def heads_what_was_given(text: str, clause: Clause) -> bool:
    """ "Godkendt af Byrådet den 4. maj 2023: 3 mio. kr. til hallen": a verdict in front of what it is on."""
    if not _BEGINS.fullmatch(text, clause.start, clause.verb):
        return False
    return any(
        text[clause.stop : body.start].strip() == "af" and _HEAD_END.match(text, body.end, clause.end + 1)
        for body in clause.bodies
    )


def is_followed_by(text: str, clause: Clause, form: Form) -> bool:
    """ "Indstillingen fra udvalget blev ikke fulgt af Byrådet": by a body that is named."""
    who = agent(text, clause, form) if form.tense == "participle" and clause.has_passive_auxiliary else None
    return who is not None and bool(who.name)


def names_what(clause: Clause) -> bool:
    """Whether a case or its treatment stands behind "udsatte": "udsatte drøftelsen af …", "udsatte punkt 4"."""
    return bool(names_object(clause.after[:60]) or names_action(clause.after[:24]) or ITEM.match(clause.after.lstrip()))
