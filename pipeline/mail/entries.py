"""Messages of a case system or a comment log, whose only header is "Bo Berg, 3. mar. 2021 kl. 14.05" below a rule."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.mail.intros import Intro, is_rule, read_who_when
from pipeline.mail.lines import Line

LONGEST = 120
MOST_BLANKS = 2
_MARKS = "#*_ "


def read_entry(lines: Sequence[Line], number: int) -> Intro | None:
    """The entry that begins in this line: a name and a time of day, alone below a rule or in a Markdown heading.

    One alone may be anything; the caller asks for more of them.
    """
    content = lines[number].content
    if not 10 < len(content) <= LONGEST or not any(map(str.isdigit, content)) or content.endswith((":", ";")):
        return None
    if not (content.startswith("#") or _below_rule(lines, number)):
        return None
    said = read_who_when(content.strip(_MARKS))
    if said is None or said[1] is None or "T" not in said[1]:
        return None
    return Intro(first=number, last=number, sender=said[0], sent=said[1])


def _below_rule(lines: Sequence[Line], number: int) -> bool:
    for line in reversed(lines[max(number - 1 - MOST_BLANKS, 0) : number]):
        if line.content:
            return is_rule(line.content)
    return False
