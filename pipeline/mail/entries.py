"""Messages of a case system or a comment log, whose only header is "Bo Berg, 3. mar. 2021 kl. 14.05" below a rule."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.mail.intros import Intro, is_rule, read_who_when
from pipeline.mail.labels import field_of, vocabulary
from pipeline.mail.lines import Line

LONGEST = 120
MOST_BLANKS = 2
_MARKS = "#*_ "
_DIGIT = re.compile(r"\d")


def read_entry(lines: Sequence[Line], number: int) -> Intro | None:
    """The entry that begins in this line: a name and a time of day, alone below a rule or in a Markdown heading.

    "Kommentar fra Bo Berg, …" says itself what it is. One alone may be anything; the caller asks for more of them.
    """
    content = lines[number].content
    if not 10 < len(content) <= LONGEST or _DIGIT.search(content) is None:
        return None
    said = _without_opening(content.strip(_MARKS))
    if said is None:
        if content.endswith((":", ";")) or not (content.startswith("#") or _below_rule(lines, number)):
            return None
        said = content.strip(_MARKS)
    found = read_who_when(said.rstrip(": "), named=said != content.strip(_MARKS))
    if found is None or found[1] is None or "T" not in found[1]:
        return None
    return Intro(first=number, last=number, sender=found[0], sent=found[1])


def _without_opening(content: str) -> str | None:
    """The name and time behind "Kommentar fra" or behind a sender's label; None where there is neither."""
    folded = content.casefold()
    for words in vocabulary().entries:
        if folded.startswith(words + " ") and len(folded) == len(content):
            return content[len(words) :].strip()
    label, colon, rest = content.partition(":")
    return rest.strip() if colon and field_of(label) == "from" else None


def _below_rule(lines: Sequence[Line], number: int) -> bool:
    for line in reversed(lines[max(number - 1 - MOST_BLANKS, 0) : number]):
        if line.content:
            return is_rule(line.content)
    return False
