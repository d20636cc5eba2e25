"""Last members that are too short to be believed, or that end other words too ("ring" of nøglering, and of vurdering).

The dictionary's own forms of a word tell: "havneby" has "havnebyen" as "by" has "byen", while "derby" has "derbyet"; a
"nøglering" has "nøgleringe" and a "vurdering" has "vurderinger"; only a word has the joining -s- before it
("byretsdom").
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from index.members import Lookup, is_thing

ENDS = Path(__file__).parent / "lexicon" / "ends.csv"
JOINED = "s"
"""The evidence that is no ending, but the letter before."""
SHORTEST_BEFORE = 3
SHORTEST_BEFORE_LOOSE = 4
LONGEST_LOOSE = 8
PERSONS = ("er", "or", "ør", "mand", "ist", "ing", "ant", "ent", "le", "ven", "et", "lig", "sk")
"""A word in -skab that is made of one that ends so is no cupboard: "iværksætterskab"."""


@lru_cache(maxsize=1)
def ends() -> dict[str, str]:
    """Last members by what must be seen of a word that ends in one: an ending that it has too, or :data:`JOINED`."""
    with ENDS.open(encoding="utf-8", newline="") as file:
        return {row["form"]: row["evidence"] for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def loose_ends() -> frozenset[str]:
    """Those that words in no dictionary end in, too, behind a longer noun: "teknikskab"."""
    with ENDS.open(encoding="utf-8", newline="") as file:
        return frozenset(row["form"] for row in csv.DictReader(file) if row["loose"])


@lru_cache(maxsize=1)
def _ends() -> tuple[str, ...]:
    return tuple(ends())


def ending_of(whole: str, lookup: Lookup) -> str | None:
    """The last member of a word of the dictionary that ends in one of these; None for one that does not."""
    if not whole.endswith(_ends()):
        return None
    for end, evidence in ends().items():
        before = whole.removesuffix(end)
        if len(before) < SHORTEST_BEFORE or before == whole:
            continue
        if before[-1] == JOINED if evidence == JOINED else lookup(whole + evidence) == whole:
            return end
    return None


def cut_at_end(
    word: str, whole: str, lookup: Lookup, first: Callable[[str], tuple[float, str] | None]
) -> list[tuple[str, str]] | None:
    """The first and the last member of a word whose lemma is ``whole``, where its end is one of these; else None.
    ``first`` knows first members."""
    end = ending_of(whole, lookup)
    if end is None or not word.startswith(whole):
        return None
    head = whole[: -len(end)]
    known = first(head)
    if known is None or (ends()[end] == JOINED and known[1] == head):
        return None
    return [(head, known[1]), (word[len(head) :], end)]


def cut_before_end(
    word: str, lookup: Lookup, first: Callable[[str], tuple[float, str] | None]
) -> list[tuple[str, str]] | None:
    """The first and the last member of a word that no dictionary has, where its end is one of :func:`loose_ends` in
    any form; else None. ``first`` knows first members."""
    for start in range(max(SHORTEST_BEFORE_LOOSE, len(word) - LONGEST_LOOSE), len(word)):
        end = lookup(word[start:])
        if end not in loose_ends():
            continue
        head = word[:start]
        known = None if head.endswith(PERSONS) else first(head)
        return [(head, known[1]), (word[start:], end)] if known is not None and is_thing(known[1], lookup) else None
    return None
