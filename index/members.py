"""The members of compounds, learned from a dictionary: which words stand in front of others, which end them.

A word that often stands in front of another dictionary word to make a third one ("sags" in sagsmappe, sagsakt, …) is a
good first member *in that form*, so the linking -s- and -e- are learned per word and not guessed; how often a word ends
others is counted likewise. Prefixes ("for", "til") and derivational endings ("hed", "skab") are no members
(:file:`lexicon/affixes.csv`).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Container, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

Lookup = Callable[[str], str | None]

SHORTEST_MEMBER = 3
LONG_ENOUGH = 6
AFFIXES = Path(__file__).parent / "lexicon" / "affixes.csv"
LINKS = ("s", "e")
KINDS = ("prefix", "suffix", "short", "brief", "simple", "bound", "weak")
MADE_OF_VERBS = ("ing", "ning", "else", "er")
VOWELS_OF_VERBS = frozenset("åoi")
# So often does a joining form begin words that it is told from one that only looks like it.
OFTEN = 5
VOWELS = frozenset("aeiouyæøå")
# Words of one letter, which are members before a noun.
LETTERS = ("å", "ø")


class First(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A first member in the form it joins with ("sags"): its lemma ("sag") and how many dictionary words it begins."""

    lemma: str
    count: int


class Told(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A compound that is no sum of believed members: of how many letters its first member is, and both lemmas."""

    size: int
    first: str
    last: str


class Members(msgspec.Struct, frozen=True):
    """The learned lexicon: first members by joining form, last members (lemmas) with how many words they end; words
    that look like compounds and are ``simple``, besides those that are listed; compounds that are ``told`` one by one
    (:mod:`index.told`)."""

    firsts: dict[str, First]
    lasts: dict[str, int]
    simple: tuple[str, ...] = ()
    told: dict[str, Told] = {}


@lru_cache(maxsize=1)
def affixes() -> dict[str, frozenset[str]]:
    """The affix table by kind: ``prefix``, ``suffix``, ``short`` (two-letter words that are members all the same),
    ``brief`` (others that are members only where a word begins), ``simple`` (words that look like two and are one),
    ``bound`` (first members that are no words by themselves: "vicedirektør" is a "direktør"), and ``weak`` (a noun in
    -e that joins with an old -n: "øjenlæge")."""
    kinds: dict[str, set[str]] = {kind: set() for kind in KINDS}
    with AFFIXES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kinds[row["kind"]].add(row["form"])
    return {kind: frozenset(forms) for kind, forms in kinds.items()}


@lru_cache(maxsize=1)
def prefixes() -> tuple[str, ...]:
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
    simple, brief = set[str](), affixes()["brief"]
    for word in sorted(known):
        for cut in range(2, len(word) - 2):
            head, tail = word[:cut], word[cut:]
            if tail not in known or not may_begin(head) or not may_end(tail) or _is_its_s(head, tail, known):
                continue
            if head in brief and not (is_thing(tail, forms.get) and is_thing(word, forms.get)):
                simple.add(word)  # "island" is no "is" and "land"
                continue
            if head not in joined:
                joined[head] = _listed(head) or joining_form(head, forms.get, known.__contains__)
            lemma = joined[head]
            if lemma is not None and may_begin(lemma) and _may_be_printed(head, lemma):
                firsts[head] = First(lemma, firsts[head].count + 1 if head in firsts else 1)
                lasts[tail] = lasts.get(tail, 0) + 1
    firsts.update((head, _of_noun(first, forms)) for head, first in firsts.items() if first.lemma == head)
    simple.update(simple_verbs(known, forms))
    return Members(firsts, lasts, tuple(sorted(simple)))


def _listed(head: str) -> str | None:
    """The lemma of a first member that is listed as one."""
    if head in affixes()["bound"]:
        return head
    return head[:-1] if head in affixes()["weak"] else None


def _of_noun(first: First, forms: Mapping[str, str]) -> First:
    """A member in -e that is a verb by itself, of which no noun is made, is the noun before: "svin" of "svineavl",
    while "læse" of "læsesal" is no "læs"."""
    verb, noun = first.lemma, first.lemma[:-1]
    is_often = verb[-1] == "e" and len(noun) >= SHORTEST_MEMBER and first.count >= OFTEN
    if not is_often or not is_verb(verb, forms) or is_thing(verb, forms.get) or not is_thing(noun, forms.get):
        return first
    has_nouns = any(forms.get(made) == made for made in (noun + ending for ending in MADE_OF_VERBS))
    return first if has_nouns else First(noun, first.count)


def simple_verbs(known: Iterable[str], forms: Mapping[str, str]) -> tuple[str, ...]:
    """Verbs that are no compounds, and the nouns that are made of them: those of a prefix and a verb ("be-skrive"), and
    those that end in no other verb ("formå")."""
    verbs = {word for word in known if word[-1] == "e" and is_verb(word, forms)}
    verbs |= {word for word in known if word[-1] in VOWELS_OF_VERBS and forms.get(f"{word}ende") == word}
    simple = {word for word in verbs if not is_thing(word, forms.get) and _is_simple_verb(word, verbs)}
    made = {noun for verb in simple for noun in (f"{verb}lse", f"{verb}r", *(verb[:-1] + end for end in MADE_OF_VERBS))}
    return tuple(sorted(simple | {noun for noun in made if forms.get(noun) == noun}))


def _is_simple_verb(word: str, verbs: Container[str]) -> bool:
    ends = [at for at in range(1, len(word) - SHORTEST_MEMBER + 1) if word[at:] in verbs]
    return not ends or any(word[:at] in affixes()["prefix"] for at in ends)


def is_verb(word: str, forms: Mapping[str, str]) -> bool:
    """True for a word in -e that has a present participle."""
    return forms.get(f"{word}nde") == word


def is_thing(word: str, lookup: Lookup) -> bool:
    """True for a noun: only nouns have a definite genitive ("områdets")."""
    stems = (word, word + word[-1:])
    return any(lookup(stem + end) == word for stem in stems for end in ("ens", "ets", "ns", "ts"))


def _is_its_s(head: str, tail: str, known: frozenset[str]) -> bool:
    """True where the -s- is the last member's own: "vejskilt" counts for "skilt" and not for "kilt"."""
    return head[-1] == "s" and head not in known and head[:-1] in known and f"s{tail}" in known and may_begin(head[:-1])


def _may_be_printed(form: str, lemma: str) -> bool:
    """A short word joins as it is or with -s-, in no other form: "bor" begins no "bortvist"."""
    return len(lemma) >= SHORTEST_MEMBER or form in (lemma, f"{lemma}s")


def possible_firsts(forms: Mapping[str, str], members: Members) -> set[str]:
    """All that can be a first member: those that were learned, and the long joining forms of a dictionary's words (see
    :func:`joining_form`). Some of them are none."""
    found = set(members.firsts)
    for form, lemma in forms.items():
        if form == lemma:
            made = [form, f"{form}s", f"{form}e"]
            if form.endswith("e"):
                made.append(f"{form[:-1]}s")
            found.update(one for one in made if len(one) >= LONG_ENOUGH)
        elif len(form) >= LONG_ENOUGH and _is_inflected_joining(form, lemma, forms):
            found.add(form)
    return found


def _is_inflected_joining(form: str, lemma: str, forms: Mapping[str, str]) -> bool:
    return form.endswith("e") and (forms.get(form[:-1]) == lemma or lemma == f"{form[:-1]}um")


def possible_lasts(forms: Mapping[str, str], members: Members) -> set[str]:
    """All that can be a last member as it is printed: words of a dictionary that are long, or are known to end others.
    Some of them are none."""
    known = members.lasts
    return {form for form, lemma in forms.items() if len(form) >= LONG_ENOUGH or form in known or lemma in known}


def may_begin(form: str) -> bool:
    table = affixes()
    believed = len(form) >= SHORTEST_MEMBER or form in table["short"]
    believed = (believed and form not in table["prefix"]) or form in table["brief"]
    return believed and not VOWELS.isdisjoint(form)


def may_end(lemma: str) -> bool:
    table = affixes()
    return (len(lemma) >= SHORTEST_MEMBER or lemma in table["short"]) and lemma not in table["suffix"]


def is_noun(form: str, lookup: Lookup) -> bool:
    """True for "leder", which the dictionary reads as a verb's form, because "lederen" is a form of it too."""
    return any(lookup(stem + ending) == form for stem in (form, form + form[-1:]) for ending in ("en", "et"))
