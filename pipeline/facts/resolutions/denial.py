"""The words of denial and of condition that all rules of decisions share, and pieces of patterns made of them.

Each rule says which of them it minds: "hverken" denies two things and turns no verb, "ingen" and "intet" deny what is
counted, and behind "ikke kun" nothing is denied at all.
"""

from __future__ import annotations

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
