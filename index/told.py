"""Compounds with a member too short and rare to be believed, told by the dictionary's own forms.

"barnedåb" has "barnedåben" as "dåb" has "dåben", and "barne" begins other words: so it ends in "dåb". "pensum" has
"pensummet" where "sum" has "summen": so it ends in no "sum". Only words of the dictionary can be told so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from index.compounds import RAREST_SHORT
from index.members import LETTERS, LINKS, SHORTEST_MEMBER, Members, Told, affixes, is_verb, may_end

DEFINITE = ("en", "et", "n", "t")
FEWEST = 3
"""So many words a member begins, or ends, at least."""


def told(known: Iterable[str], forms: Mapping[str, str], members: Members) -> dict[str, Told]:
    """The compounds among the ``known`` lemmas that only their forms tell, with their members."""
    lasts = {tail for tail, count in members.lasts.items() if count >= FEWEST and may_end(tail)}
    listed = affixes()["simple"]
    found: dict[str, Told] = {}
    for word in known:
        if word in listed or is_verb(word, forms):
            continue
        for size in (1, SHORTEST_MEMBER, len(word) - SHORTEST_MEMBER):
            if word[size:] in lasts and (first := _first(word, size, members)) and _ends_alike(word, size, forms):
                found[word] = Told(size, first, word[size:])
                break
    return dict(sorted(found.items()))


def _first(word: str, size: int, members: Members) -> str | None:
    """The lemma of a first member, where it or the last one is rare, and the whole makes no more words than they."""
    head, tail = word[:size], word[size:]
    if size == 1:
        return head if head in LETTERS else None
    first, ends = members.firsts.get(head), members.lasts[tail]
    if first is None or first.count < FEWEST:
        return None
    is_rare = (size <= SHORTEST_MEMBER and first.count < RAREST_SHORT) or (
        len(tail) <= SHORTEST_MEMBER and ends < RAREST_SHORT
    )
    return first.lemma if is_rare and use_of(word, members) <= min(first.count, ends) else None


def use_of(lemma: str, members: Members) -> int:
    """How many words of the dictionary begin or end with a word."""
    joined = (members.firsts.get(lemma + link) for link in ("", *LINKS))
    return sum(first.count for first in joined if first is not None) + members.lasts.get(lemma, 0)


def _ends_alike(word: str, size: int, forms: Mapping[str, str]) -> bool:
    """Whether a word has the definite forms of its end."""
    end = _definite(word[size:], forms)
    return bool(end) and end <= _definite(word, forms)


def _definite(word: str, forms: Mapping[str, str]) -> set[str]:
    twice = word[-1]
    endings = (*DEFINITE, f"{twice}en", f"{twice}et")
    return {ending for ending in endings if forms.get(word + ending) == word}
