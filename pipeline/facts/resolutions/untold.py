"""Sentences in the present that may be a decision, a draft of one or a habit: told, and no decision is given.

"Byrådet godkender, at der gives en bevilling på 3 mio. kr." decides under "Beslutning" and advises under "Indstilling".
Where neither stands above it, its reader has to look.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.model import Amount, Decision
from corpus.problems import Code, problem
from pipeline.facts.resolutions.within import is_of_a_no, tells_past

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.model import Problem, Record
    from pipeline.facts.resolutions.scene import Scene

_GRANTS = re.compile(
    r"\s{1,2}(?:hermed\s)?(?:godkender|vedtager|beslutter|tiltræder|bevilger|afviser|imødekommer|frigiver)(?:\s\w+)?"
    r"(?:,?\s(?:at\s(?!(?:der\s)?(?:kan|skal|må)\s)|tillægsbevilling|anlægsbevilling|bevilling|tilskud|frigivelse)|\s(?=\d))"
    r"|\s{1,2}(?:oversender|ønsker\sikke)\s"
)
_WAS_GRANTED = re.compile(
    r"(?<!\w)Der\sblev\s(?:(?:også|desuden|endvidere|samtidig|derfor|herefter)\s)?"
    r"(?:(?:bevilget|bevilliget|frigivet)\s|givet\s(?:[^\W\d_]+\s){0,2}?(?:bevilling|tillægsbevilling|anlægsbevilling|tilskud)\s)"
)
"""What begins a sentence of what somebody granted who is not named."""
_NO_DEED = re.compile(
    r"\?\s*$|(?<!\w)(?:hvert|hver|årligt|normalt|altid|typisk|sædvanligvis|når|hvis|såfremt|inden|måske|formentlig)(?!\w)",
    re.IGNORECASE,
)
_AGREES_ON = re.compile(
    r"(?<!\w)(?:er|blevet)\s+(?:\w+\s+)?enige\s+om(?:\s+følgende)?(?:\s+punkter)?,?(?:\s+at)?:?[ \t]*\n"
)
_HOLDS = re.compile(
    r"(?<!\w)(?:Aftalen|Forliget|Budgetaftalen|Budgetforliget)\s+(?:indebærer|indeholder|omfatter|betyder|medfører)"
    r"(?:\s[^\n.:]{1,40})?:[ \t]*\n"
)
_GRANTED = frozenset(("bevilget", "bevilliget", "frigivet", "givet"))
_IS_REFUSED = re.compile(
    r"(?<!\w)Der\s+(?:gives|meddeles)\s+(?:(?:hermed|derfor|dermed|dog|samtidig|desværre)\s+)?(?:delvist\s+)?afslag\s+(?:på|til)(?!\w)"
)
"""What begins a sentence of a letter that refuses something and names nobody."""
_QUOTED = 80


def untold(scene: Scene, found: Sequence[Record]) -> list[Problem]:
    """A problem for each sentence that a body begins and that grants or refuses a sum of money in the present."""
    told = [*_unknown_parties(scene, found), *_unread_list(scene, found)]
    told += [*_behind_a_no(scene, found), *_by_nobody(scene, found), *_refused(scene, found)]
    amounts = [record for record in scene.linked if isinstance(record, Amount)]
    for body in scene.bodies if amounts else ():
        if _GRANTS.match(scene.text, body.end) is None or scene.block_at(body.start) is not None:
            continue
        start, stop = scene.prose.sentence_at(body.start, body.end)
        said = " ".join(scene.text[start:stop].split())
        if scene.text[start : body.start].strip(" \t\n*_-–•") or _NO_DEED.search(said):
            continue
        summed = any(start <= record.start < stop for record in amounts)
        if summed and not any(record.start < stop and start < record.end for record in found):
            told.append(_problem("Decided, or to be decided, is not said; no decision", said))
    return told


def _by_nobody(scene: Scene, found: Sequence[Record]) -> list[Problem]:
    """A problem for each sentence "Der blev frigivet 3 mio. kr." of which no decision is read."""
    if scene.prose.words.isdisjoint(_GRANTED):
        return []
    told = []
    for match in _WAS_GRANTED.finditer(scene.text):
        start, stop = scene.prose.sentence_at(match.start(), match.end())
        summed = any(link.type == "amount" for link in scene.links(match.end(), stop))
        if summed and not any(record.start < stop and start < record.end for record in found):
            told.append(_problem("Who granted it is not said; no decision", " ".join(scene.text[start:stop].split())))
    return told


def _refused(scene: Scene, found: Sequence[Record]) -> list[Problem]:
    """A problem for each "Der gives afslag på …" of a letter that gives or refuses, of which no decision is read."""
    words = scene.prose.words
    if "afslag" not in words or not ("hermed" in words or scene.is_ruling or scene.answers):
        return []
    told = []
    for match in _IS_REFUSED.finditer(scene.text):
        start, stop = scene.prose.sentence_at(*match.span())
        said = " ".join(scene.text[start:stop].split())
        read = scene.block_at(match.start()) is not None or any(
            isinstance(each, Decision) and each.start < stop and start < each.end for each in found
        )
        if not read and _NO_DEED.search(said) is None:
            told.append(_problem("A refusal that was not read as a decision", said))
    return told


def _problem(what: str, said: str) -> Problem:
    quoted = said if len(said) <= _QUOTED else f"{said[:_QUOTED].rstrip()}…"
    return problem(Code.DECISION_UNREAD, f'{what}: "{quoted}"')


def _unknown_parties(scene: Scene, found: Sequence[Record]) -> list[Problem]:
    """A problem where a paper with an agreement's title lists what it agrees on, and not who: a firm's, or a council's.

    Only where figures stand below the head of the list and nothing of it is read.
    """
    if "enige" not in scene.prose.words or not scene.may_agree:
        return []
    head = _AGREES_ON.search(scene.text)
    if head is None or any(record.start >= head.start() for record in found):
        return []
    if not any(link.type != "reference" for link in scene.links(head.end(), len(scene.text))):
        return []
    first = scene.text[head.start() :].strip()
    return [_problem("An agreement that is not known to be political; no decision", " ".join(first.split()))]


def _unread_list(scene: Scene, found: Sequence[Record]) -> list[Problem]:
    """A problem where an agreement lists below "Aftalen indebærer:" what it holds, with figures, and none is read."""
    head = _HOLDS.search(scene.text) if scene.agrees else None
    if head is None or any(record.start >= head.start() for record in found):
        return []
    if not any(link.type != "reference" for link in scene.links(head.end(), len(scene.text))):
        return []
    return [_problem("What an agreement lists was not read; no decision", " ".join(scene.text[head.start() :].split()))]


def _behind_a_no(scene: Scene, found: Sequence[Record]) -> list[Problem]:
    """A problem for each further sentence of a point that says no, where it names a figure that no decision has."""
    decisions = [record for record in found if isinstance(record, Decision)] if scene.agrees else []
    linked = {(link.start, link.end) for record in decisions for link in record.links}
    told: dict[str, Problem] = {}
    for record in decisions:
        if record.status == "decided" and not record.negated:
            continue
        for link in scene.links(record.start, record.end):
            start, stop = scene.prose.sentence_at(link.start, link.end)
            if link.type == "reference" or start <= record.start or (link.start, link.end) in linked:
                continue
            said = " ".join(scene.text[start : min(stop, record.end)].split())
            if not tells_past(said) and not is_of_a_no(said):
                told[said] = _problem("What stands behind a no was not read as a decision", said)
    return list(told.values())
