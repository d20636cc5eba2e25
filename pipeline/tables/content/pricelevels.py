"""The one price level of a table: none where it is said of one kind of column only, "Regnskab i årets priser"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline.tables.content.columns import ValueColumn
from pipeline.tables.content.levels import level_spans, price_levels
from pipeline.tables.content.units import KEPT

_UNDATED = re.compile(r"\b(?:årets|de\sårlige|løbende)\s(?:pris\w*|p/l|pl\b|pris-?\sog\slønniveau)", re.IGNORECASE)
"""A price level of no one year: that of the accounts, each year's own."""
_OF_KIND = re.compile(
    r"(?<!\w)(?P<kind>\w*regnskab|\w*forbrug|\w*budget|\w*overslag)(?:ter|ters|tet|et|er|s|s?år(?:ene|et)?|s?tal(?:lene)?|s?beløb)?"
    r"(?:\s(?:19|20)\d\d)?,?\s(?:(?:er|vises|angives|opgøres|opgjort|angivet|står|alle)\s){0,3}(?:i\s|:\s?)(?:faste\s)?$",
    re.IGNORECASE,
)
_ACTUAL = ("regnskab", "forbrug")


def table_level(said: Iterable[str], near: Iterable[str], columns: Sequence[ValueColumn]) -> int | None:
    """The price level that the lines ``said`` of a table state for all its figures; None for none, two, or not all.

    ``near``: the lines about it, which may say that some of them are at each year's own prices.
    """
    texts = list(said)
    levels = set().union(*map(price_levels, texts))
    if len(levels) != 1 or any(_UNDATED.search(text) for text in (*texts, *near)):
        return None
    kinds = [_kind(text) for text in texts if price_levels(text)]
    actual = [column.heading.role == "actual" for column in columns]
    if any(kind is None for kind in kinds):
        return levels.pop()
    return None if any(actual) and ("budget" in kinds or not all(actual)) else levels.pop()


def inherited_level(level: int | None, texts: Iterable[str], columns: Sequence[ValueColumn]) -> int | None:
    """The price level of the whole document for a table of which ``texts`` are all that is said, and that say none.

    A table with actual figures, or with a column that has a price level of its own, has not that of the document.
    """
    said = [*texts, *(column.heading.text for column in columns)]
    own = any(price_levels(text) or _UNDATED.search(text) for text in said)
    return None if own or any(column.heading.role == "actual" for column in columns) else level


def says_level(text: str) -> bool:
    """True for "Budget 2025 (2025-pl)" and for "Regnskab 2024 (årets priser)"."""
    return bool(price_levels(text)) or _UNDATED.search(text) is not None


@lru_cache(maxsize=KEPT)
def figure_level(level: int | None, *names: str | None) -> int | None:
    """The price level of a figure: what ``names``, its heading, row and group, print themselves, else the table's.

    None where these print two of them, or each year's own prices.
    """
    said = [name for name in names if name and says_level(name)]
    if not said:
        return level
    levels = set().union(*map(price_levels, said))
    return levels.pop() if len(levels) == 1 and not any(map(_UNDATED.search, said)) else None


def _kind(text: str) -> str | None:
    """Of which columns a text says its price level: "budget i 2027-priser"; None where it says that of all."""
    found = [_OF_KIND.search(text[:start]) for start, _ in level_spans(text)]
    if not found or any(match is None for match in found):
        return None
    kinds = {"actual" if m["kind"].casefold().endswith(_ACTUAL) else "budget" for m in found if m is not None}
    return kinds.pop() if len(kinds) == 1 else None
