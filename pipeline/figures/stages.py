"""At which stage of a budget a figure stands: by its column's heading, its row, the title over it, the decision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from corpus.model import Column
from pipeline.figures.model import Figure, Stage
from pipeline.lexicon import rows

DECIDING = frozenset({"vedtage", "godkende", "tiltræde", "bevilge"})
"""The verbs by which a body adopts a budget; to take note of one is not to adopt it."""

_ACCOUNTS_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT_ACCOUNTS = re.compile(r"R[ .\-–']?(?:\d\d|(?:19|20)\d\d)")
_BUDGET = re.compile(r"\b(?:\w*budget\w*|\w*bevilling\w*)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_MONTH = (
    r"(?:(?:jan(?:uar)?|feb(?:ruar)?|mar(?:ts)?|apr(?:il)?|maj|juni?|juli?|aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)(?![^\W\d_]))"
)
_END_OF_YEAR = re.compile(
    r"(?:(?:1\.\s?jan[a-z.]*|0?1[./-]\s?0?1\.?(?:\s?(?:19|20)\d\d)?|jan[a-z.]*)\s?(?:[-–]|til|til og med)\s?)?"
    r"(?:31\s?[./-]\s?12\b|31\.?\s?dec[a-z.]*|"
    r"(?:ult(?:imo|\.)|udgangen af|slutningen af|til og med|t\.?o\.?m\.|[-–])\s?dec[a-z.]*)",
    re.IGNORECASE,
)
_PART_OF_YEAR = re.compile(
    rf"\b\d{{1,2}}\s?[./-]\s?\d{{1,2}}\b|\b{_MONTH}|\b(?:\w*kvartal|kvt|halvår|måneder|mdr|uge|medio|primo)\b",
    re.IGNORECASE,
)
_SO_FAR = re.compile(
    rf"\b(?:pr\.?|per|ult\.|ultimo|medio|primo|opgjort|til og med|t\.?o\.?m\.?)\s(?:den\s|d\.\s|ult(?:imo|\.)\s)?"
    rf"(?:\d{{1,2}}\s?[./-]\s?\d|(?:\d{{1,2}}\.?\s?)?{_MONTH})",
    re.IGNORECASE,
)
ROLES = {"budget": Stage.BUDGET, "actual": Stage.ACCOUNTS}


@cache
def _words(where: str) -> dict[str, Stage]:
    return {row["word"]: Stage(row["stage"]) for row in rows("stages") if row["where"] == where}


@lru_cache(maxsize=4096)
def stage_of_heading(heading: str) -> Stage | None:
    """What a column's heading says: "Oprindeligt budget" is adopted, "R 2024" accounts. None for a plain year."""
    text = heading.strip()
    if _SHORT_ACCOUNTS.fullmatch(text):
        return Stage.ACCOUNTS
    found = [_words("column")[word] for word in _WORD.findall(text.casefold()) if word in _words("column")]
    for stage in (Stage.DIFFERENCE, Stage.EXPECTED):
        if stage in found:
            return stage
    if set(found) == {Stage.ACCOUNTS} and is_part_of_year(text):
        return Stage.UNKNOWN
    return found[0] if len(set(found)) == 1 else Stage.UNKNOWN if found else None


def is_part_of_year(text: str) -> bool:
    """Whether what was spent is that of less than a year: "Forbrug pr. 31.08.2026", "Forbrug ult. august", "1. halvår".

    No year's accounts are meant; "pr. 31.12.2026" they are.
    """
    return _PART_OF_YEAR.search(_END_OF_YEAR.sub(" ", text)) is not None


def is_so_far(figure: Figure) -> bool:
    """Whether a figure without a stage is what was spent in a part of a year, by its heading, row or caption."""
    if figure.stage is not Stage.UNKNOWN:
        return False
    told = (text for text in (figure.heading, figure.label) if stage_of_heading(text) is Stage.UNKNOWN)
    caption = figure.caption or ""
    return any(map(is_part_of_year, told)) or (stage_of_title(caption) is Stage.ACCOUNTS and _is_of_part(caption))


def _is_of_part(title: str) -> bool:
    return _SO_FAR.search(_END_OF_YEAR.sub(" ", title)) is not None


def base_headings(columns: Sequence[Column]) -> frozenset[str]:
    """The headings that alone say "budget", of years before all others: "Budget 2025" beside "2026", "2027".

    The plain years hold what is changed, and this one what it is changed from. Where each heading says it ("Budget
    2026", "BO 2027"), it tells nothing.
    """
    dated = [column for column in columns if column.year is not None and stage_of_heading(column.label) is None]
    plain = [column.year for column in dated if not _says_budget(column.label)]
    first = min((year for year in plain if year is not None), default=None)
    told = [column for column in dated if _says_budget(column.label)]
    if first is None or any(column.year is None or column.year >= first for column in told):
        return frozenset()
    return frozenset(column.label for column in told)


def stage_of_budget(heading: str, placed: Stage) -> Stage:
    """The stage of what is ``placed`` by where it stands, under a heading that may say "budget" and not which one.

    No accounts and no expectation is a budget; where the place tells nothing, it is one that does not say which.
    """
    told = stage_of_heading(heading) is None and _says_budget(heading)
    return Stage.BUDGET if told and placed in {Stage.UNKNOWN, Stage.ACCOUNTS, Stage.EXPECTED} else placed


def _says_budget(heading: str) -> bool:
    return any(word in _words("base") for word in _WORD.findall(heading.casefold()))


@lru_cache(maxsize=4096)
def stage_of_title(title: str) -> Stage | None:
    """What a title says. None where it says nothing of it, UNKNOWN where it names two stages."""
    text = f" {' '.join(_WORD.findall(title.casefold()))} "
    found: set[Stage] = set()
    for word, stage in _words("title").items():
        if f" {word} " in text:
            found.add(stage)
            text = text.replace(f" {word} ", "  ")
    if not found:
        return None
    return found.pop() if len(found) == 1 else Stage.UNKNOWN


def stage_of_row(role: str | None, label: str) -> Stage | None:
    """What a row says of itself: "Nuværende budget", "Forventet forbrug"."""
    if role not in ROLES:
        return None
    told = stage_of_heading(label)
    if ROLES[role] is Stage.ACCOUNTS and told is Stage.UNKNOWN and is_part_of_year(label):
        return told
    return told if told in (Stage.EXPECTED, Stage.REVISED, Stage.ADOPTED, Stage.ACCOUNTS) else ROLES[role]


def stage_of_place(
    *, kind: str, part_kind: str, lists_proposals: bool, titles: list[str], decided: frozenset[str], year: int | None
) -> Stage:
    """The stage of what stands in a part of a document. ``titles``: nearest first (caption, part, document).

    ``decided``: the verbs of the part's decisions that were taken. Accounts of a year say nothing of later years.
    """
    if part_kind == "proposal" or lists_proposals:
        return Stage.PROPOSAL
    for title in titles:
        told = stage_of_title(title)
        if told is Stage.ACCOUNTS and _is_of_part(title):
            return Stage.UNKNOWN
        if told is Stage.ACCOUNTS:
            closed = max(map(int, _ACCOUNTS_YEAR.findall(title)), default=None)
            return told if closed is not None and year is not None and year <= closed else Stage.UNKNOWN
        if told is Stage.PROPOSAL and kind == "budget-catalogue":
            continue  # its frames and overviews need not be what it proposes
        if told is not None:
            return told
    if kind == "minutes" and decided & DECIDING and any(_BUDGET.search(title) for title in titles):
        return Stage.ADOPTED
    return Stage.UNKNOWN
