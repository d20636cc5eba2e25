"""Cases that a body sends back: to be looked into again, or to the office that carries out what was decided."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.resolutions.words import WORD, names_object

if TYPE_CHECKING:
    from pipeline.facts.resolutions.clauses import Clause
    from pipeline.facts.resolutions.words import Form

RETURNS = ("sende tilbage", "tilbagesende", "returnere")
_WITH_ITS_YES = re.compile(
    r"[^;\n]{0,200}?(?<!\w)med\s+(?:den\s+)?bemærkning(?:en)?(?:\s+om)?,?\s+at\s[^;\n]{0,120}?\shar\s+(?:[^\W\d_]+\s+)?"
    r"(?:vedtaget|tiltrådt|godkendt|besluttet)(?!\w)",
    re.IGNORECASE,
)


def comes_with_its_yes(clause: Clause, form: Form) -> bool:
    """ "Tilbagesendes Borgmesterens Afdeling med bemærkning, at byrådet har vedtaget …": the remark is the decision."""
    return form.lemma in RETURNS and _WITH_ITS_YES.match(clause.after) is not None


def sends_a_case(clause: Clause) -> bool:
    """Whether a case is sent back, and no money or thing: not "penge, som styrelsen sendte tilbage til folk"."""
    if clause.link in ("der", "som"):
        named = [word for word in WORD.findall(clause.matrix[-50:]) if word.lower() != clause.link]
        return bool(named) and names_object(named[-1])
    return clause.elided is not None or names_object(clause.after[:60])
