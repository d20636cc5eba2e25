"""Which words a Danish compound is made of: "støttepædagogkorpset" is støtte, pædagog, korps.

The lexicon is learned from the Danish dictionary that ships with simplemma (MIT): a word that often stands in front of
another dictionary word to make a third one ("sags" in sagsmappe, sagsakt, …) is a good first member *in that form*, so
the linking -s- and -e- are learned per word and not guessed; how often a word ends others is counted likewise. Prefixes
("for", "til") and derivational endings ("hed", "skab") are no members (:file:`lexicon/affixes.csv`).
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import msgspec

Lookup = Callable[[str], str | None]

SPLITTER_VERSION = 1
LONGEST = 60
SHORTEST_WORD = 5
SHORTEST_MEMBER = 3
AFFIXES = Path(__file__).parent / "lexicon" / "affixes.csv"

# Found by search over the labelled words of tests/test_index_compounds.py: few members beat many, common beat rare.
MEMBER_COST = 1.0
RARITY_COST = 2.6
SHORT_COST = 0.7
RAREST_SHORT = 8
LONG_ENOUGH = 6


class First(msgspec.Struct, frozen=True, array_like=True):
    """A first member in the form it joins with ("sags"): its lemma ("sag") and how many dictionary words it begins."""

    lemma: str
    count: int


class Members(msgspec.Struct, frozen=True):
    """The learned lexicon: first members by joining form, last members (lemmas) with how many words they end."""

    firsts: dict[str, First]
    lasts: dict[str, int]


@lru_cache(maxsize=1)
def affixes() -> dict[str, frozenset[str]]:
    """The affix table by kind: ``prefix``, ``suffix``, ``short`` (two-letter words that are members all the same) and
    ``simple`` (words that look like two and are one)."""
    kinds: dict[str, set[str]] = {"prefix": set(), "suffix": set(), "short": set(), "simple": set()}
    with AFFIXES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kinds[row["kind"]].add(row["form"])
    return {kind: frozenset(forms) for kind, forms in kinds.items()}


def joining_form(form: str, lookup: Lookup, lemmas: frozenset[str]) -> str | None:
    """The lemma of ``form`` as a first member: the word itself, or it with a linking -s- or -e-; None if it is none."""
    if form in lemmas:
        # "havne" is a verb too; "fjern" is not of "fjerne".
        lemma = lookup(form)
        return lemma if lemma is not None and len(lemma) <= len(form) else form
    if form[-1] not in "se" or len(form) <= SHORTEST_MEMBER:
        return None
    if form[:-1] in lemmas:
        return form[:-1]
    # An inflected word joins too: "børnehave" is of "børn". Before -s- only a lemma does, lest "skat" be a "kat".
    lemma = lookup(form[:-1]) if form[-1] == "e" else None
    return lemma if lemma is not None and lookup(form) == lemma else None


def learn(lemmas: Iterable[str], lookup: Lookup) -> Members:
    """The lexicon from all lemmas of a dictionary; ``lookup`` gives the lemma of a form. Takes a few seconds."""
    known = frozenset(lemma for lemma in lemmas if lemma.isalpha() and lemma.islower())
    firsts: dict[str, First] = {}
    lasts: dict[str, int] = {}
    forms: dict[str, str | None] = {}
    for word in sorted(known):
        for cut in range(2, len(word) - 2):
            head, tail = word[:cut], word[cut:]
            if tail not in known or not _may_begin(head) or not _may_end(tail):
                continue
            if head not in forms:
                forms[head] = joining_form(head, lookup, known)
            if (lemma := forms[head]) is not None:
                firsts[head] = First(lemma, firsts[head].count + 1 if head in firsts else 1)
                lasts[tail] = lasts.get(tail, 0) + 1
    return Members(firsts, lasts)


def _may_begin(form: str) -> bool:
    table = affixes()
    return (len(form) >= SHORTEST_MEMBER or form in table["short"]) and form not in table["prefix"]


def _may_end(lemma: str) -> bool:
    table = affixes()
    return (len(lemma) >= SHORTEST_MEMBER or lemma in table["short"]) and lemma not in table["suffix"]


def is_noun(form: str, lookup: Lookup) -> bool:
    """True for "leder", which the dictionary reads as a verb's form, because "lederen" is a form of it too."""
    return any(lookup(stem + ending) == form for stem in (form, form + form[-1:]) for ending in ("en", "et"))


class Splitter:
    """Splits words by a learned lexicon; ``lookup`` gives the lemma of an inflected last member."""

    def __init__(self, members: Members, lookup: Lookup) -> None:
        self._members = members
        self._lookup = lookup

    def split(self, word: str) -> tuple[str, ...]:
        """The members of a lower-case word as lemmas, in order; () for a simple word or one that cannot be read."""
        return tuple(lemma for _, lemma in self.cut(word))

    def cut(self, word: str) -> list[tuple[str, str]]:
        """The members as (form in the word, lemma); the forms joined are the word. [] for a simple word."""
        if not SHORTEST_WORD <= len(word) <= LONGEST or not word.isalpha():
            return []
        best = self._cheapest(word)
        if best is None or self._is_one_word(word, best):
            return []
        return [piece for form, lemma in best for piece in self._deeper(form, lemma)]

    def _deeper(self, form: str, lemma: str) -> list[tuple[str, str]]:
        """A member that is a compound itself, cut again; the linking letter stays with its last piece."""
        inner = self.cut(lemma) if form.startswith(lemma) else self.cut(form)
        if not inner:
            return [(form, lemma)]
        rest = form[sum(len(piece) for piece, _ in inner) :]
        last, last_lemma = inner[-1]
        return [*inner[:-1], (last + rest, last_lemma)]

    def _cheapest(self, word: str) -> list[tuple[str, str]] | None:
        """The cheapest cover of the word by first members and one last member, at least two in all."""
        paths: dict[int, tuple[float, list[tuple[str, str]]]] = {0: (0.0, [])}
        for end in range(2, len(word) - 1):
            for start, (cost, path) in list(paths.items()):
                price = self._price_first(word[start:end])
                if price is not None and (end not in paths or cost + price < paths[end][0]):
                    form = word[start:end]
                    known = self._first(form)
                    paths[end] = (cost + price, [*path, (form, known.lemma if known else form)])
        del paths[0]
        found: list[tuple[float, list[tuple[str, str]]]] = []
        for start, (cost, path) in paths.items():
            last = self._last(word[start:])
            if last is not None:
                found.append((cost + last[0], [*path, (word[start:], last[1])]))
        return min(found, key=lambda item: item[0])[1] if found else None

    def _price_first(self, form: str) -> float | None:
        known = self._first(form)
        return None if known is None else _price(form, known.count)

    def _first(self, form: str) -> First | None:
        """A learned first member, or a dictionary word long enough to be believed as one, with -s- or bare."""
        if form in self._members.firsts:
            return self._members.firsts[form]
        if len(form) < LONG_ENOUGH or not _may_begin(form):
            return None
        lemma = form.removesuffix("s")
        return First(lemma, 0) if self._lookup(lemma) == lemma else None

    def _last(self, form: str) -> tuple[float, str] | None:
        """Price and lemma of a last member, inflected or not."""
        if not _may_end(form):
            return None
        lemma = form if is_noun(form, self._lookup) else self._lookup(form)
        if lemma is None or len(lemma) > len(form) or not _may_end(lemma):
            return None
        count = self._members.lasts.get(lemma, 0)
        if count == 0 and len(lemma) < LONG_ENOUGH:
            return None
        price = _price(lemma, count)
        return None if price is None else (price, lemma)

    def _is_one_word(self, word: str, path: list[tuple[str, str]]) -> bool:
        """True when the whole makes more compounds than its rarer member does: "kultur" against "kul" and "tur"."""
        firsts = self._members.firsts
        rarest = min(firsts[form].count if form in firsts else 0 for form, _ in path[:-1])
        rarest = min(rarest, self._members.lasts.get(path[-1][1], 0))
        whole = self._lookup(word) or word
        return whole in affixes()["simple"] or self._use(whole) > rarest

    def _use(self, lemma: str) -> int:
        firsts = self._members.firsts
        joined = sum(firsts[form].count for form in (lemma, lemma + "s", lemma + "e") if form in firsts)
        return joined + self._members.lasts.get(lemma, 0)


def _price(form: str, count: int) -> float | None:
    """What a member costs: rare and short ones much; None when it is too rare to be believed at its length."""
    if len(form) <= SHORTEST_MEMBER and count < RAREST_SHORT:
        return None
    return MEMBER_COST + RARITY_COST / math.log2(2 + count) + (SHORT_COST if len(form) <= SHORTEST_MEMBER else 0.0)
