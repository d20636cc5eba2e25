"""Sentences in the present that may be a decision, a draft of one or a habit: told, and no decision is given.

"Byrådet godkender, at der gives en bevilling på 3 mio. kr." decides under "Beslutning" and advises under "Indstilling".
Where neither stands above it, its reader has to look.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.model import Amount
from corpus.problems import Code, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.model import Problem, Record
    from pipeline.facts.resolutions.scene import Scene

_GRANTS = re.compile(
    r"\s{1,2}(?:hermed\s)?(?:godkender|vedtager|beslutter|tiltræder|bevilger|afviser)(?:\s\w+)?"
    r"(?:,?\s(?:at\s(?!(?:der\s)?(?:kan|skal|må)\s)|tillægsbevilling|anlægsbevilling|bevilling|tilskud|frigivelse)|\s(?=\d))"
    r"|\s{1,2}(?:oversender|ønsker\sikke)\s"
)
_NO_DEED = re.compile(
    r"\?\s*$|(?<!\w)(?:hvert|hver|årligt|normalt|altid|typisk|sædvanligvis|når|hvis|såfremt|inden|måske|formentlig)(?!\w)",
    re.IGNORECASE,
)
_QUOTED = 80


def untold(scene: Scene, found: Sequence[Record]) -> list[Problem]:
    """A problem for each sentence that a body begins and that grants or refuses a sum of money in the present."""
    told = []
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
            quoted = said if len(said) <= _QUOTED else f"{said[:_QUOTED].rstrip()}…"
            told.append(
                problem(Code.DECISION_UNREAD, f'Decided, or to be decided, is not said; no decision: "{quoted}"')
            )
    return told
