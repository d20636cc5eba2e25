"""Agents of a passive that are no political body: "godkendt af Erhvervsstyrelsen"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.resolutions.agents import COUNCILS, agent, is_of_another
from pipeline.facts.resolutions.words import listed

if TYPE_CHECKING:
    from pipeline.facts.resolutions.clauses import Clause
    from pipeline.facts.resolutions.words import Form

_FOREIGN_AGENT = re.compile(r"[^,;.]{0,40}?\baf\s+(?P<who>[A-ZÆØÅ]\w*)")
_LOWER_AGENT = re.compile(r"[^,;.]{0,20}?\baf\s+(?:\w+\s+)?(?P<who>[a-zæøå]+)\b(?!\s+(?:i|og)\b)", re.IGNORECASE)
_MINORITY_AGENT = re.compile(r"[^,;.]{0,20}?\baf\s+(?:\w+\s+){0,3}mindretal", re.IGNORECASE)
_AT_REQUEST = re.compile(  # "udsat på begæring af …": who asked, not who did it
    r"\s+(?:på|efter|som)\s+(?:begæring|foranledning|anmodning|opfordring|forslag|ønske|grund|baggrund|følge)\s+af\b"
)
_BY = re.compile(r"\saf\s")


def is_foreign(text: str, clause: Clause, form: Form) -> bool:
    """Whether a passive names somebody for its agent who is no political body: "godkendt af Erhvervsstyrelsen"."""
    if not clause.has_af or _AT_REQUEST.match(clause.after):
        return False
    by = _BY.search(clause.after, 0, 60)
    if by and is_of_another(text, clause, clause.stop + by.end()):
        return False
    if _MINORITY_AGENT.match(clause.after):
        return True
    outside = _LOWER_AGENT.match(clause.after)
    who = outside["who"].lower() if outside else ""
    if who.endswith(tuple(listed("outsider"))) and who.removesuffix("n") not in COUNCILS:
        return True
    match = _FOREIGN_AGENT.match(clause.after)
    if match is None or len(match["who"]) < 3 or match["who"].lower() in listed("party"):
        return False
    return agent(text, clause, form) is None
