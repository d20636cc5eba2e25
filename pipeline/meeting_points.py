"""Lines that look like items and are points of one, "Ad 2: Godkendt.", "Pkt. 1: Udsat.", and titles above a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from pipeline.facts.resolutions.words import WORD, forms
from pipeline.headings import TextLine

MOST_LINES = 6
"""Printed lines over which what is decided on a point may run."""

_TOLD = frozenset(("participle", "present-passive", "past-passive", "intransitive"))
_FINITE = _TOLD | {"past", "present"}
_ENDS_WITHIN = re.compile(r"[.;] (?=[A-ZÆØÅ])")
_BEHIND_VERDICT = frozenset(
    ("som", "med", "mod", "af", "til", "dog", "idet", "uden", "enstemmigt", "endeligt", "over", "under", "i", "for")
)
_IN_FRONT = frozenset(("ikke", "ej", "enstemmigt", "blev", "er"))
_BULLET = re.compile(r"^•\s+(?=\d{1,4}\.\s)")
_NO_TITLE = re.compile(r"(?:\([^()]{1,40}\))?")  # "Sag nr. 167", "Sag nr. 167 (ØU 205/2011)"
VERDICT = re.compile(
    r"\bblev (?:\w+ ){0,3}(?:godkendt|vedtaget|besluttet|udsat|afvist|tiltrådt)\b"
    r"|\b(?:udvalget|rådet|bestyrelsen) besluttede\b",
    re.IGNORECASE,
)
ONE_VERDICT = re.compile(
    r"(?:Indstillingen |Sagen |Forslaget |Blev )?(?i:godkendt|vedtaget|tiltrådt|udsat|afvist|forkastet|bevilget"
    r"|imødekommet|taget til efterretning|til efterretning)(?: enstemmigt)?(?:\.(?: .{1,400})?|$)"
)
_SAYS_COLUMN = re.compile(r"\|?[^|]{3,40}\|\s*(?:referat|beslutning(?:er)?|konklusion)\s*\|?", re.IGNORECASE)
_NO_HEAD = ("fraværende", "afbud", "bilag")


def points_decided(
    lines: Sequence[TextLine],
    titles: Mapping[int, str],
    is_head: Callable[[str], bool],
    is_label: Callable[[str], bool],
    *,
    ad: bool,
) -> tuple[frozenset[int], frozenset[int]]:
    """Which of the lines ``titles`` (index to title) decide on a point, and which others stand below a decision.

    ``is_head`` tells a heading "Beslutning", ``is_label`` any label of an item. ``ad``: the lines begin with "Ad", as
    few items do; there every sentence below "Beslutning" is of a point.
    """
    points, below, decides = set[int](), set[int](), False
    for index, line in enumerate(lines):
        if is_head(line.plain):
            decides = True
        elif index in titles:
            if decides and _is_point(lines, index, titles[index], is_label, ad=ad):
                points.add(index)
            elif decides:
                below.add(index)
        elif decides and line.blank_before and is_label(line.plain):
            decides = False
    return frozenset(points), frozenset(below)


def _is_point(lines: Sequence[TextLine], index: int, title: str, is_label: Callable[[str], bool], *, ad: bool) -> bool:
    following = lines[index + 1 : index + 2]
    if following and is_label(following[0].plain) and not following[0].plain.lower().startswith(_NO_HEAD):
        return False
    return (ad and title.endswith(".")) or _is_verdict(title) or _is_sentence(lines, index, title)


def _is_verdict(title: str) -> bool:
    """ "Godkendt", "Ikke godkendt.", "Udsat til næste møde"; not "Afslag på dispensation" or "Udsatte børn"."""
    words = WORD.findall(title.lower())
    at = next((at for at, word in enumerate(words) if word not in _IN_FRONT), len(words))
    if at == len(words) or not any(form.tense in _TOLD for form in forms().get(words[at], ())):
        return False
    return title.endswith(".") or at + 1 == len(words) or words[at + 1] in _BEHIND_VERDICT


def _is_sentence(lines: Sequence[TextLine], index: int, title: str) -> bool:
    """ "Et flertal anbefaler indstillingen. V stemte imod": it decides, and ends in a stop here or some lines below."""
    if not any(form.tense in _FINITE for word in WORD.findall(title.lower()) for form in forms().get(word, ())):
        return False
    if title.endswith(".") or _ENDS_WITHIN.search(title):
        return True
    for line in lines[index + 1 : index + MOST_LINES]:
        if line.blank_before or not line.plain[:1].islower():
            return False
        if line.plain.endswith("."):
            return True
    return False


def titled_above(lines: Sequence[TextLine], items: list[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """The items, each from the title right above its number, where a paper prints all so: "Ny sti", "Sag nr. 129"."""
    bare = [(index, title) for index, _, title in items if index and not lines[index].blank_before]
    above = [lines[index - 1] for index, title in bare if _NO_TITLE.fullmatch(title)]
    if len(above) < len(items) or not all(_is_title(line) for line in above):
        return items
    return [(index - 1, number, line.plain) for (index, number, _), line in zip(items, above, strict=True)]


def _is_title(line: TextLine) -> bool:
    return line.plain[:1].isupper() and not line.plain.endswith((".", ":", ","))


def unpiped(plain: str) -> str:
    """A line without the bars of a table's row, or the bullet of "• 212. Kommuneplan"."""
    return plain.strip("| ") if plain.startswith("|") else _BULLET.sub("", plain)


def told_cells(lines: Sequence[TextLine]) -> list[str]:
    """The cells of the rows below "Mødepunkt | Referat": what minutes that are a table say."""
    head = next((at for at, line in enumerate(lines) if _SAYS_COLUMN.fullmatch(line.plain)), len(lines))
    return [cell.strip() for line in lines[head + 1 :] if "|" in line.plain for cell in line.plain.split("|")]


def is_verdict(said: str) -> bool:
    """Whether a cell is a verdict, or has a sentence that is one: "Budgettet blev godkendt. Der er 3 børn."."""
    return ONE_VERDICT.fullmatch(said) is not None or VERDICT.search(said) is not None


def first_cell(plain: str) -> str:
    """What stands first in a table's row; all of any other line."""
    return unpiped(plain).partition("|")[0].strip() if "|" in plain else plain
