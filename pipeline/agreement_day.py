"""The day of a budget agreement: "Indgået den 14. september 2026", or that above the names of those who signed it."""

from __future__ import annotations

import re

from pipeline.note_heads import days_of

_HEAD = 260
_TITLE = re.compile(
    r"budgetaftale|budgetforlig|(?:aftale|forlig)\s+om\s[^\n]{0,40}budget"
    r"|^[\W_]*(?:[^\n.!?]{0,50}\s)?[^\W\d_]*(?:aftale|forlig|forligstekst)(?!\w)",
)
_DAY = r"(?P<day>\d{1,2}\.?\s?[^\W\d_]{3,9}\s(?:19|20)\d\d)"
_CONCLUDED = re.compile(rf"(?:^|\n)[ \t]*(?:Aftalen\s(?:er\s)?)?[Ii]ndgået[ \t]+(?:den|d\.)[ \t]+{_DAY}(?!\d)")
_BEGINS = re.compile(
    rf"(?<!\w)har[ \t]+(?:den|d\.)[ \t]+{_DAY}\s+indgået\s+(?:[^\W\d_]+\s+){{0,3}}?"
    r"(?:aftale|forlig|budget[^\W\d_]+)(?!\w)"
)
"""How such a paper may begin: "Venstre og SF har den 14. september 2026 indgået aftale om …"."""
_HEAD_DAY = re.compile(
    r"\s*[^\n]{1,120}\n(?:[^\n]{1,80}\n)?[ \t]*[A-ZÆØÅ][^\W\d_]+(?:[ \t][^\W\d_]+){0,3},?[ \t]+"
    rf"(?:(?:den|d\.)[ \t]+)?{_DAY}[ \t]*(?=\n)"
)
"""The day right below the title: "Fjordby Kommune, 14. september 2026"."""
_SIGNED = re.compile(
    r"\n[ \t]*[A-ZÆØÅ][^\W\d_]+(?:[ \t][A-ZÆØÅ]?[^\W\d_]+){0,3},?[ \t]+(?:den|d\.)[ \t]+"
    rf"{_DAY}[ \t]*\n(?P<names>(?:[ \t]*[^\n]{{0,60}}\n?){{1,9}})"
)
_NAME = re.compile(
    r"^[ \t]*(?:[A-ZÆØÅ][^\W\d_.]+[ \t-]+){1,3}[A-ZÆØÅ][^\W\d_]+,?[ \t]*(?:\([^\W\d_]{1,20}\))?[ \t]*$", re.MULTILINE
)
_SIGNER = re.compile(r"(?:[A-ZÆØÅ][^\W\d_.]+[ \t-]+){1,3}[A-ZÆØÅ][^\W\d_]+,?[ \t]*\([^\W\d_]{1,20}\)")
"""A name with its party, of which several may stand on one line."""
_SIGNERS = 2
_BEGINNING = 700


def day_of_agreement(text: str, end: str = "") -> str | None:
    """The ISO day on which the paper of a budget agreement says that it was made; None where it prints none, or two.

    ``text`` is all of it, or its first part with ``end``, its last.
    """
    top = text[:_HEAD].lower()
    if ("aftale" not in top and "forlig" not in top) or not _TITLE.search(top):
        return None
    printed = [match["day"] for match in _BEGINS.finditer(text[:_BEGINNING])]
    for part in (text, end):
        printed += [match["day"] for match in _CONCLUDED.finditer(part)]
        printed += [match["day"] for match in _SIGNED.finditer(part) if _are_signers(match["names"])]
    if not printed:
        below = _HEAD_DAY.match(text[:_HEAD])
        printed = [below["day"]] if below else []
    days = {tuple(days_of(day)) for day in printed}
    if len(days) != 1:
        return None
    found = days.pop()
    return found[0] if len(found) == 1 else None


def _are_signers(names: str) -> bool:
    return max(len(_NAME.findall(names)), len(_SIGNER.findall(names))) >= _SIGNERS
