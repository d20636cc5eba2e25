"""The day of a budget agreement: "Indgået den 14. september 2026", or that above the names of those who signed it."""

from __future__ import annotations

import re

from pipeline.note_heads import days_of

_HEAD = 260
_TITLE = re.compile(r"budgetaftale|budgetforlig|(?:aftale|forlig)\s+om\s[^\n]{0,40}budget")
_DAY = r"(?P<day>\d{1,2}\.?\s?[^\W\d_]{3,9}\s(?:19|20)\d\d)"
_CONCLUDED = re.compile(rf"(?:^|\n)[ \t]*(?:Aftalen\s(?:er\s)?)?[Ii]ndgået[ \t]+(?:den|d\.)[ \t]+{_DAY}(?!\d)")
_SIGNED = re.compile(
    r"\n[ \t]*[A-ZÆØÅ][^\W\d_]+(?:[ \t][A-ZÆØÅ]?[^\W\d_]+){0,3},?[ \t]+(?:den|d\.)[ \t]+"
    rf"{_DAY}[ \t]*\n(?P<names>(?:[ \t]*[^\n]{{0,60}}\n?){{1,9}})"
)
_NAME = re.compile(
    r"^[ \t]*(?:[A-ZÆØÅ][^\W\d_.]+[ \t-]+){1,3}[A-ZÆØÅ][^\W\d_]+,?[ \t]*(?:\([^\W\d_]{1,20}\))?[ \t]*$", re.MULTILINE
)
_SIGNERS = 2


def day_of_agreement(text: str, end: str = "") -> str | None:
    """The ISO day on which the paper of a budget agreement says that it was made; None where it prints none, or two.

    ``text`` is all of it, or its first part with ``end``, its last.
    """
    if not _TITLE.search(text[:_HEAD].lower()):
        return None
    printed = list[str]()
    for part in (text, end):
        printed += [match["day"] for match in _CONCLUDED.finditer(part)]
        printed += [match["day"] for match in _SIGNED.finditer(part) if len(_NAME.findall(match["names"])) >= _SIGNERS]
    days = {tuple(days_of(day)) for day in printed}
    if len(days) != 1:
        return None
    found = days.pop()
    return found[0] if len(found) == 1 else None
