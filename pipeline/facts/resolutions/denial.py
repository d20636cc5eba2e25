"""The words of denial and of condition that all rules of decisions share, and pieces of patterns made of them.

Each rule says which of them it minds: "hverken" denies two things and turns no verb, "ingen" and "intet" deny what is
counted, and behind "ikke kun" nothing is denied at all.
"""

from __future__ import annotations

import re

from pipeline.facts.units import figure_set

NOT_WORDS = frozenset(("ikke", "ej"))
DENYING_WORDS = frozenset(("ikke", "ej", "hverken", "ingen", "intet"))
IF_WORDS = frozenset(("hvis", "såfremt", "dersom", "medmindre"))

NOT = r"(?:ikke|ej)"
NOT_OR_NEITHER = r"(?:ikke|ej|hverken)"
NONE = r"(?:ingen|intet)"
DENYING = r"(?:ikke|ej|hverken|ingen|intet)"
ONLY = r"(?:kun|alene|blot|bare)"
"""Behind a negation: "ikke kun" denies nothing."""
IF = r"(?:hvis|såfremt|dersom|medmindre)"
CONDITION = (
    r"(?:(?:med|under)\s+(?:(?:den|det|de|en|et|følgende|klar|udtrykkelig|foranstående)\s+){0,2}forudsætning(?:er|en)?"
    r"(?:\s+(?:af|om|for)|,?\s+at|:)(?!\w)"
    r"|det\s+forudsættes,?\s+at(?!\w)|forudsat(?:,?\s+at)?(?!\w)"
    r"|(?:på|under|med)\s+(?:(?:den|det|de|en|et|følgende|nedenstående)\s+){0,2}"
    r"(?:betingelse(?:r|n|rne)?|vilkår(?:et|ene)?)(?:\s+(?:af|om)|,?\s+at|:)(?!\w)"
    r"|(?:med|under|tages?(?:\s+der)?)\s+(?:(?:det|de|et|følgende|sædvanlige?)\s+)?forbehold"
    r"(?:\s+(?:for|af|om)|,?\s+at|:|(?=[.,;)\n]|$))"
    r"|betinget(?:\s+af|,?\s+at)(?!\w))"
)
"""What opens a condition in so many words; no "markedsvilkår" and no "uden forbehold"."""

_DAY = (
    r"(?:den|d\.)\s+\d{1,2}(?:\.\s*[^\W\d_]{3,9}\.?(?:\s+(?:19|20)\d\d)?"
    r"|\s?[./-]\s?\d{1,2}\.?(?:\s?[/.-]?\s?(?:(?:19|20)\d\d|\d\d(?!\d)))?)"
)
_MEETING = r"(?:på|ved|i)\s+(?:(?:sit|et|det|samme)\s+)?(?:(?:sidste|ordinære|ekstraordinære)\s+)?mødet?"
_TIME = r"i\s+(?:(?:19|20)\d\d|dag|går|år|aftes)"
_ADVERB = rf"(?:{'|'.join(sorted(figure_set('beside-not')))})"
_MIDFIELD = re.compile(
    rf"(?:\s+(?:{_DAY}|{_MEETING}|{_TIME}|{_ADVERB})(?![\w-]),?){{1,4}}(?=\s+{NOT_OR_NEITHER}(?!\w))", re.IGNORECASE
)
_FAR = 90  # characters


def straight(behind: str) -> str:
    """What stands behind a verb, without the day, the meeting and the adverbs in front of a negation.

    "(godkendte) den 25. august 2026 ikke ansøgningen", "(gennemføres) derfor ikke".
    """
    if " ikke" not in behind[:_FAR] and "\nikke" not in behind[:_FAR] and " hverken" not in behind[:_FAR]:
        return behind
    skipped = _MIDFIELD.match(behind)
    return behind[skipped.end() :] if skipped else behind
