"""Which agreements that are not on a budget are political ones: "Forlig om havnen", "Politisk aftale: Havnen".

The title alone tells little: landlords, unions and firms make agreements, too, and a court's settlement is a "forlig".
What makes it political is that parties, or members of a council, are said to have made it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.resolutions.words import WORD, listed

if TYPE_CHECKING:
    from pipeline.language import Prose

NO_VERB = (
    r"(?!(?:for|over|mellem|under|efter|eller|sønder|vester|øster|nørre)\b"
    r"|[^\W\d_]+\s+(?:kommune|byråd|kommunalbestyrelse)\b)"
)
"""In front of a word that ends as a verb in the present does, where it is none: "Budgetaftale 2027 Sønder Bjerg"."""
_TITLE = re.compile(
    r"(?:[\W_]*[^\n.!?:]{1,80}\n){0,2}[\W_]*(?:bred[ \t]+|ny[ \t]+)?(?:[^\W\d_]+[ \t]+kommune:?[ \t]+)?"
    r"(?P<what>politisk[ \t]+(?:aftale|forlig)|forlig(?:stekst(?:en)?)?|aftale(?:tekst(?:en)?)?"
    r"|(?!rets|vold|over|leje|løn|købs|kontrakt|arbejds)[^\W\d_]{2,30}?s?(?:forlig|aftale))(?!\w)"
    rf"(?![ \t]+{NO_VERB}[^\W\d_\n]{{2,}}r(?!\w))"
    r"[^\n.!?]{0,90}(?=\n)"
)
"""In small letters: the title, which is no headline with a verb: "Havneaftale giver billigere pladser"."""
_OF_PARTIES = ("partierne", "aftalepartierne", "forligspartierne", "forligskredsen", "budgetpartierne")
_COUNCIL = r"(?:byråd|kommunalbestyrelse|borgerrepræsentation|regionsråd)"
_LETTERS = re.compile(r"(?<!\w)(?:[A-ZÆØÅ],[ \t]+){1,8}[A-ZÆØÅ][ \t]+og[ \t]+(?:liste[ \t]+)?[A-ZÆØÅ](?!\w)")
_MADE_BY = re.compile(rf"(?<!\w)(?:mellem|partierne|af)\s[^.\n]{{2,160}}?\s{_COUNCIL}", re.IGNORECASE)
_SIGNED = re.compile(r"\n[ \t]*[A-ZÆØÅ][^\n(]{3,50}[ \t]\([A-ZÆØÅ]{1,3}\)")
_SIGNERS = 2
_OF_OTHERS = frozenset(
    (
        *("lejer", "lejeren", "udlejer", "køber", "køberen", "sælger", "leverandør", "leverandøren", "entreprenøren"),
        *("overenskomst", "overenskomsten", "arbejdsgiver", "arbejdsgiveren", "tillidsrepræsentant", "fagforening"),
        *("sagsøger", "sagsøgte", "retten", "forligsmanden", "cvr", "aps", "medarbejderen", "lønmodtageren"),
    )
)
"""Words of those who make other agreements: landlords, firms, unions, parties before a court."""
_TOP = 700


def is_titled_agreement(prose: Prose, top: str) -> bool:
    """Whether a paper has the title of an agreement and is none of others; ``top``: how it begins, in small letters."""
    return _TITLE.match(top) is not None and _OF_OTHERS.isdisjoint(WORD.findall(prose.lower[:_TOP]))


def is_political(prose: Prose, top: str) -> bool:
    """Whether a paper is a political agreement by its title and by who made it; ``top`` as above."""
    return is_titled_agreement(prose, top) and _by_parties(prose, prose.text[:_TOP])


def _by_parties(prose: Prose, head: str) -> bool:
    if not prose.words.isdisjoint(_OF_PARTIES) or len(_SIGNED.findall(prose.text)) >= _SIGNERS:
        return True
    if len(listed("party") & set(WORD.findall(head.lower()))) >= _SIGNERS:
        return True
    return _LETTERS.search(head) is not None or _MADE_BY.search(head) is not None
