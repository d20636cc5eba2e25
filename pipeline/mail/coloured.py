"""Answers in another colour inside the mail that is answered: "Mine svar med rødt nedenfor".

A text has no colours, and the answers stand amid the words of who asked. So the mail in which they stand is told of:
who says what in it cannot be seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.model import AnyPart, Message, Problem
from corpus.problems import Code, problem

_ANSWERS = (
    r"(?:(?:be)?svar(?:et|ene|er|ede)?|kommentar(?:er|erne)?|kommenteret|bemærkning(?:er|erne)?|rettelse(?:r|rne)?|rettet|tilføjet"
    r"|tilføjelse(?:r|rne)?|skrevet|markeret|answers?|comments?|repl(?:y|ies)|svaren|kommentarerna)"
)
_COLOUR = (
    r"(?:med|i|in)\s(?:rødt|blåt|grønt|gult|lilla|orange|violet|pink|kursiv|fed|farver?|(?:en\s)?anden\sfarve|rött|blått|grönt|red|blue"
    r"|green|italics|bold|(?:rød|blå|grøn|gul|fed|farvet|röd|grön)\s(?:skrift|tekst|farve|kursiv|text|stil))"
)
_ENDS = (
    r"(?=\s?(?:[.,;:!?)–-]|$|\n)"
    r"|\s(?:neden(?:for|under)|her(?:under)?|under|inde|i|ud|ved|efter|og|direkte|below)(?!\w))"
)
_SAID = re.compile(
    rf"(?<!\w)(?:{_ANSWERS}(?!\w)[^.!?]{{0,60}}?\s{_COLOUR}{_ENDS}|{_COLOUR}\s[^.!?]{{0,30}}?(?<!\w){_ANSWERS}(?!\w))",
    re.IGNORECASE,
)
_TOLD = "The message above says that its answers stand in this one in another colour, so who says what is not told"
_MOST = 4_000  # characters of a message in which it says so


def coloured_answers(parts: Sequence[AnyPart]) -> list[Problem]:
    """A problem for each message in which, as the one above it says, answers of another stand in a colour."""
    found = []
    for above, part in pairwise(parts):
        if not isinstance(above, Message) or not isinstance(part, Message) or not part.quoted:
            continue
        own = " ".join(above.text[above.body_start : above.body_start + _MOST].split())
        said = _SAID.search(own)
        if said:
            found.append(problem(Code.ANSWERS_IN_COLOUR, f"{_TOLD}: {said[0]!r}", part=part.index))
    return found
