"""Which words a Danish compound is made of: "støttepædagogkorpset" is støtte, pædagog, korps.

The lexicon is learned from the Danish dictionary that ships with simplemma (MIT): a word that often stands in front of
another dictionary word to make a third one ("sags" in sagsmappe, sagsakt, …) is a good first member *in that form*, so
the linking -s- and -e- are learned per word and not guessed; how often a word ends others is counted likewise. Prefixes
("for", "til") and derivational endings ("hed", "skab") are no members (:file:`lexicon/affixes.csv`). A word that no
dictionary has may begin with a stretch that none has either ("tosprogs-indsats"), when what follows often ends words.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

Lookup = Callable[[str], str | None]
Cut = list[tuple[str, str]]

SPLITTER_VERSION = 2
LONGEST = 60
SHORTEST_WORD = 5
SHORTEST_MEMBER = 3
AFFIXES = Path(__file__).parent / "lexicon" / "affixes.csv"

# Found by search over the labelled words of tests/data/compounds.tsv that are not held out: few members beat many,
# common beat rare.
MEMBER_COST = 1.0
RARITY_COST = 2.6
SHORT_COST = 0.7
RAREST_SHORT = 8
LONG_ENOUGH = 6
# A last member of so few letters is believed only when the dictionary reads the whole word likewise.
DOUBTFUL_LAST = 5
# A first member that no dictionary has costs more than any that is known; what follows must be a frequent last member.
UNKNOWN_COST = 5.0
SHORTEST_UNKNOWN = 4
STRONG_LAST = 20
SHORTEST_STRONG = 5
REMEMBERED = 1 << 15
VOWELS = frozenset("aeiouyæøå")


class First(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A first member in the form it joins with ("sags"): its lemma ("sag") and how many dictionary words it begins."""

    lemma: str
    count: int


class Members(msgspec.Struct, frozen=True):
    """The learned lexicon: first members by joining form, last members (lemmas) with how many words they end."""

    firsts: dict[str, First]
    lasts: dict[str, int]


class _Path(NamedTuple):
    """A beginning of a word as first members: how far it goes, what it costs."""

    end: int
    cost: float
    cut: Cut


NO_PATH = _Path(0, 0.0, [])


@lru_cache(maxsize=1)
def affixes() -> dict[str, frozenset[str]]:
    """The affix table by kind: ``prefix``, ``suffix``, ``short`` (two-letter words that are members all the same) and
    ``simple`` (words that look like two and are one)."""
    kinds: dict[str, set[str]] = {"prefix": set(), "suffix": set(), "short": set(), "simple": set()}
    with AFFIXES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kinds[row["kind"]].add(row["form"])
    return {kind: frozenset(forms) for kind, forms in kinds.items()}


@lru_cache(maxsize=1)
def _prefixes() -> tuple[str, ...]:
    return tuple(affixes()["prefix"])


def joining_form(form: str, lookup: Lookup, is_lemma: Callable[[str], bool]) -> str | None:
    """The lemma of ``form`` as a first member: the word itself, or it with a linking -s- or -e-; None if it is none."""
    lemma = lookup(form)
    if is_lemma(form):
        # "havne" is a verb too; "fjern" is not of "fjerne".
        return lemma if lemma is not None and len(lemma) <= len(form) else form
    if form[-1] == "s":
        return _before_s(form[:-1], is_lemma)
    if form[-1] != "e" or len(form) <= SHORTEST_MEMBER:
        return None
    if is_lemma(form[:-1]):
        return form[:-1]
    # An inflected word joins too: "børnehave" is of "børn"; "gymnasielærer" is of "gymnasium".
    return lemma if lemma is not None and (lookup(form[:-1]) == lemma or lemma == f"{form[:-1]}um") else None


def _before_s(stem: str, is_lemma: Callable[[str], bool]) -> str | None:
    """The lemma before a linking -s-: only a lemma, lest "skat" be a "kat"; "arbejds" is of "arbejde"."""
    if len(stem) < SHORTEST_MEMBER and stem not in affixes()["short"]:
        return None
    if is_lemma(stem):
        return stem
    full = f"{stem}e"
    return full if len(stem) >= LONG_ENOUGH and is_lemma(full) else None


def learn(forms: Mapping[str, str]) -> Members:
    """The lexicon from a dictionary, forms to lemmas. Takes a few seconds."""
    known = frozenset(lemma for lemma in forms.values() if lemma.isalpha() and lemma.islower())
    firsts: dict[str, First] = {}
    lasts: dict[str, int] = {}
    joined: dict[str, str | None] = {}
    for word in sorted(known):
        for cut in range(2, len(word) - 2):
            head, tail = word[:cut], word[cut:]
            if tail not in known or not _may_begin(head) or not _may_end(tail):
                continue
            if head not in joined:
                joined[head] = joining_form(head, forms.get, known.__contains__)
            lemma = joined[head]
            if lemma is not None and _may_begin(lemma):
                firsts[head] = First(lemma, firsts[head].count + 1 if head in firsts else 1)
                lasts[tail] = lasts.get(tail, 0) + 1
    return Members(firsts, lasts)


def _may_begin(form: str) -> bool:
    table = affixes()
    long_enough = len(form) >= SHORTEST_MEMBER or form in table["short"]
    return long_enough and form not in table["prefix"] and not VOWELS.isdisjoint(form)


def _may_end(lemma: str) -> bool:
    table = affixes()
    return (len(lemma) >= SHORTEST_MEMBER or lemma in table["short"]) and lemma not in table["suffix"]


def is_noun(form: str, lookup: Lookup) -> bool:
    """True for "leder", which the dictionary reads as a verb's form, because "lederen" is a form of it too."""
    return any(lookup(stem + ending) == form for stem in (form, form + form[-1:]) for ending in ("en", "et"))


class Splitter:
    """Splits words by a learned lexicon; ``lookup`` gives the lemma of a form, None for one in no dictionary."""

    def __init__(self, members: Members, lookup: Lookup) -> None:
        self._firsts = members.firsts
        self._lasts = members.lasts
        self._lemma = lookup
        # The same members, beginnings and ends come again in word after word.
        self._cut_member = lru_cache(maxsize=REMEMBERED)(self.cut)
        self._long_first = lru_cache(maxsize=REMEMBERED)(self._find_long_first)
        self._readings = lru_cache(maxsize=REMEMBERED)(self._find_readings)
        self._is_thing = lru_cache(maxsize=REMEMBERED)(self._find_thing)

    def split(self, word: str) -> tuple[str, ...]:
        """The members of a lower-case word as lemmas, in order; () for a simple word or one that cannot be read."""
        return tuple(lemma for _, lemma in self.cut(word))

    def cut(self, word: str) -> Cut:
        """The members as (form in the word, lemma); the forms joined are the word. [] for a simple word."""
        if not SHORTEST_WORD <= len(word) <= LONGEST or not word.isalpha():
            return []
        best = self._cheapest(word, [NO_PATH])
        if best is None:
            best = None if self._lemma(word) else self._cheapest(word, list(self._unknown_firsts(word)))
        elif self._is_one_word(word, best):
            return []
        return [piece for form, lemma in best or () for piece in self._deeper(form, lemma)]

    def _deeper(self, form: str, lemma: str) -> Cut:
        """A member that is a compound itself, cut again; the linking letter stays with its last piece."""
        inner = self._cut_member(lemma if form.startswith(lemma) else form)
        if not inner:
            return [(form, lemma)]
        rest = form[sum(len(piece) for piece, _ in inner) :]
        last, last_lemma = inner[-1]
        return [*inner[:-1], (last + rest, last_lemma)]

    def _unknown_firsts(self, word: str) -> Iterator[_Path]:
        """Beginnings of a word that no dictionary has, as if each were a first member."""
        for end in range(SHORTEST_UNKNOWN, len(word) - SHORTEST_STRONG + 1):
            form = word[:end]
            if not _may_begin(form) or form.startswith(_prefixes()):
                continue
            lemma = form[:-1] if form[-1] == "s" and form[-2] not in VOWELS and form[-2] != "s" else form
            yield _Path(end, UNKNOWN_COST, [(form, lemma)])

    def _cheapest(self, word: str, paths: list[_Path]) -> Cut | None:
        """The cheapest cover of the word by first members and one last member, at least two in all.

        ``paths`` are the beginnings that are there, shortest first.
        """
        guessed = paths[:1] != [NO_PATH]
        reached = {path.end for path in paths}
        for end in range(2, len(word) - 1):
            if end not in reached and (found := self._cheapest_to(word, end, paths)) is not None:
                paths.append(found)
        best: tuple[float, Cut] = (math.inf, [])
        for path in paths:
            last = self._last(word, path.end, strong=guessed) if path.end else None
            if last is not None and path.cost + last[0] < best[0]:
                best = (path.cost + last[0], [*path.cut, (word[path.end :], last[1])])
        return best[1] or None

    def _cheapest_to(self, word: str, end: int, paths: list[_Path]) -> _Path | None:
        """The cheapest cover of ``word[:end]`` by first members, the last of them after one of the paths."""
        least, best = math.inf, None
        for path in paths:
            form = word[path.end : end]
            known = self._firsts.get(form)
            if known is None and (len(form) < LONG_ENOUGH or (known := self._long_first(form)) is None):
                continue
            price = _price(form, known.count)
            if price is not None and path.cost + price < least:
                least, best = path.cost + price, (path, form, known.lemma)
        return None if best is None else _Path(end, least, [*best[0].cut, best[1:]])

    def _find_long_first(self, form: str) -> First | None:
        """A dictionary word that was not learned as a first member, but is long enough to be believed as one."""
        lemma = joining_form(form, self._lemma, lambda stem: self._lemma(stem) == stem)
        return First(lemma, 0) if lemma is not None and _may_begin(lemma) else None

    def _last(self, word: str, start: int, *, strong: bool) -> tuple[float, str] | None:
        """Price and lemma of a last member, inflected or not; ``strong`` only of a noun that often ends words."""
        lemma = self._last_lemma(word, start)
        if lemma is None or not _may_end(lemma):
            return None
        count = self._lasts.get(lemma, 0)
        if count == 0 and len(lemma) < LONG_ENOUGH:
            return None
        if strong and (count < STRONG_LAST or len(lemma) < SHORTEST_STRONG or not self._is_thing(lemma)):
            return None
        price = _price(lemma, count)
        return None if price is None else (price, lemma)

    def _last_lemma(self, word: str, start: int) -> str | None:
        """The lemma of ``word[start:]``, read as the dictionary reads the whole word, if it has that."""
        form, whole = word[start:], self._lemma(word)
        may_end, noun, lemma = self._readings(form)
        if not may_end:
            return None
        if whole is not None and whole != word and len(whole) > start + 1 and whole.startswith(word[: start + 2]):
            rest = whole[start:]
            if self._is_thing(rest) or (self._lemma(rest) == rest and not noun):
                return rest
        if lemma is None or len(lemma) > len(form):
            return None
        doubtful = len(form) <= DOUBTFUL_LAST and whole not in (None, word, word[:start] + lemma)
        return None if doubtful else lemma

    def _find_readings(self, form: str) -> tuple[bool, bool, str | None]:
        """Whether a form may be a last member, whether it is a noun as it is, and its lemma."""
        if not _may_end(form):
            return (False, False, None)
        lemma = self._lemma(form)
        noun = lemma == form or is_noun(form, self._lemma)
        return (True, noun, form if noun else lemma)

    def _find_thing(self, lemma: str) -> bool:
        """True for a noun: only nouns have a definite genitive ("områdets")."""
        stems = (lemma, lemma + lemma[-1])
        return any(self._lemma(stem + end) == lemma for stem in stems for end in ("ens", "ets", "ns", "ts"))

    def _is_one_word(self, word: str, path: Cut) -> bool:
        """True when the whole makes more compounds than its rarer member does: "kultur" against "kul" and "tur"."""
        rarest = min(self._joins(form) for form, _ in path[:-1])
        rarest = min(rarest, self._lasts.get(path[-1][1], 0))
        whole = self._lemma(word) or word
        return whole in affixes()["simple"] or self._use(whole) > rarest

    def _joins(self, form: str) -> int:
        known = self._firsts.get(form)
        return known.count if known else 0

    def _use(self, lemma: str) -> int:
        return sum(self._joins(lemma + link) for link in ("", "s", "e")) + self._lasts.get(lemma, 0)


def _price(form: str, count: int) -> float | None:
    """What a member costs: rare and short ones much; None when it is too rare to be believed at its length."""
    if len(form) <= SHORTEST_MEMBER and count < RAREST_SHORT:
        return None
    return MEMBER_COST + RARITY_COST / math.log2(2 + count) + (SHORT_COST if len(form) <= SHORTEST_MEMBER else 0.0)
