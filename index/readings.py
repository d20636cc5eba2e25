"""All lemmas of a form: a dictionary that gives one of each is read backwards for the others.

"rør" is the noun of "rørene" and the imperative of "røre"; "skyldes" is a verb of its own and of "skylde". Which other
words a form may be of follows from what the dictionary says of the forms beside it, so no list of such words is kept:
:file:`lexicon/lemmas.csv` has only what no rule finds.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from index.members import VOWELS, is_thing

Forms = Mapping[str, str]
DEFINITE = ("en", "et", "ens", "ets", "ene", "erne", "enes", "ernes")
PARTICIPLE = "nde"
SHORTEST_STEM = 3
SHORTEST_VERB = 4
SHORTEST_PREFIX = 2
SHORTEST_GENITIVE = 4
MOST = 4
"""So many lemmas a form has at most."""
COMPARED = ("ere", "est", "este")
DERIVED = ("ing", "ning", "else", "er")
# Of a noun in -e, what no verb has.
OF_E_NOUNS = ("ns", "ts", "rne", "rnes")
SYNCOPATED = ("e", "et", "en", "er")
# What stands behind "kilder", and behind "pump", where the word is "kilde" or "pumpe".
BEHIND_E_NOUNS = frozenset(("", "ne", "en", "er", "erne", "et"))
VERBS = Path(__file__).parent / "lexicon" / "verbs.csv"


@lru_cache(maxsize=1)
def strong() -> dict[str, tuple[str, ...]]:
    """The past forms of strong and irregular verbs, each with the verbs that it may be of."""
    found: dict[str, tuple[str, ...]] = {}
    with VERBS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for form in dict.fromkeys((row["past"], row["participle"])):
                found[form] = (*found.get(form, ()), row["verb"])
    return found


def readings(forms: Forms) -> dict[str, tuple[str, ...]]:
    """The forms that have several lemmas, with these, the likeliest first. Takes a few seconds."""
    reader = _Reader(forms)
    found: dict[str, tuple[str, ...]] = {}
    for form in forms:
        if form.isalpha():
            lemmas = reader.lemmas(form)
            if len(lemmas) > 1:
                found[form] = lemmas
    return found | reader.genitives(found)


@lru_cache(maxsize=1)
def _strong_verbs() -> frozenset[str]:
    return frozenset(verb for verbs in strong().values() for verb in verbs)


def _unsyncopated(stem: str) -> tuple[str, ...]:
    """ "finger" of the "fingr" of "fingre", and "sikker" of the "sikr" of "sikre"."""
    if len(stem) < SHORTEST_STEM or stem[-1] not in "lnr":
        return ()
    return f"{stem[:-1]}e{stem[-1]}", f"{stem[:-1]}{stem[-2]}e{stem[-1]}"


def mended(forms: Forms, right: Container[str]) -> dict[str, str]:
    """Forms that a dictionary takes for words of their own, each with the word that it is of: genitives that only join
    words ("landbrugs" of landbrugsskole), and names in the definite form ("Vesterhavet"). ``right`` are words."""
    known = frozenset(forms.values())
    genitives = (lemma for lemma in known if lemma[-1:] == "s" and len(lemma) > SHORTEST_GENITIVE)
    joining = {
        lemma: lemma[:-1]
        for lemma in genitives
        if f"{lemma}e" not in forms and lemma[:-1] in known and is_thing(lemma[:-1], forms.get)
    }
    joined, endings = set[str](), set[str]()
    stems = frozenset(joining.values())
    for word in known:
        for cut in range(2, len(word) - 2):
            if word[:cut] in joining and word[cut:] in known:
                joined.add(word[:cut])
            if word[cut:] in joining or word[cut:] in stems:
                endings.add(word[cut:])
    wrong = {one: of for one, of in joining.items() if one in joined and one not in endings and of in endings}
    wrong |= {one: one[:-2] for one in known if one.endswith(("en", "et")) and forms.get(one[:-2]) == one}
    return {form: wrong[lemma] for form, lemma in forms.items() if lemma in wrong and lemma not in right}


class _Reader:
    """What a dictionary's other forms say of one."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._inflected: defaultdict[str, list[str]] = defaultdict(list)
        self._nouns: set[str] = set()
        self._verbs: dict[str, None] = {}  # in order, as a set is not
        for form, lemma in forms.items():
            if form != lemma:
                self._inflected[lemma].append(form)
                if form.startswith(lemma):
                    self._note(form[len(lemma) :], lemma)
        self._strong, self._weak = self._strong_forms(), self._weak_forms()
        self._accented = {f"{lemma[:-1]}e": lemma for lemma in self._inflected if lemma.endswith("é")}

    def _note(self, ending: str, lemma: str) -> None:
        """What kind of word a lemma is, by an ending that one of its forms has."""
        if ending.removeprefix(lemma[-1:]) in DEFINITE or ending in DEFINITE:
            self._nouns.add(lemma)
        if ending == PARTICIPLE:
            self._verbs[lemma] = None

    def lemmas(self, form: str) -> tuple[str, ...]:
        """All lemmas of a form, the likeliest first. A noun that is also an imperative is mostly the noun."""
        first = self._forms[form]
        if first != form and self._is_imperative(form, first) and self._is_noun(form):
            return form, first
        others = [*self._as_noun(form), *self._weak.get(form, ())]
        if first == form:
            others += (*self._of_prefixed(form), *self._as_adjective(form))
        inflected = self._inflections(form, first)
        if not inflected:
            return tuple(dict.fromkeys((first, *others)))[:MOST] if others else (first,)
        likelier, less = (
            [lemma for lemma, is_likelier in inflected if is_likelier is wanted] for wanted in (True, False)
        )
        return tuple(dict.fromkeys((*likelier, first, *others, *less)))[:MOST]

    def _weak_forms(self) -> dict[str, list[str]]:
        """The forms of verbs by the rules, with their verbs."""
        found = defaultdict[str, list[str]](list)
        verbs = [verb for verb in self._verbs if verb[-1] == "e" and len(verb) >= SHORTEST_VERB and self._is_verb(verb)]
        for ending in ("r", "s", "t", "de", "des"):
            for verb in verbs:
                found[verb + ending].append(verb)
        in_te = [verb for verb in verbs if self._has_past_in_te(verb)]
        for ending in ("t", "te", "tes"):
            for verb in in_te:
                found[verb[:-1] + ending].append(verb)
        return dict(found)

    def _strong_forms(self) -> dict[str, list[str]]:
        """Past forms that follow no rule, also behind a prefix, with their verbs: "bød" and "forbød"."""
        found = defaultdict[str, list[str]](list)
        prefixed: dict[str, list[str]] = {}
        for past, verbs in strong().items():
            found[past] += verbs
            for verb in verbs if len(past) >= SHORTEST_STEM else ():
                prefixed.setdefault(verb, []).append(past)
        endings = tuple(prefixed)
        for whole in self._verbs:
            if whole.endswith(endings) and self._is_verb(whole):
                for verb in prefixed:
                    prefix = whole.removesuffix(verb)
                    if len(whole) > len(prefix) >= SHORTEST_PREFIX and not VOWELS.isdisjoint(prefix):
                        for past in prefixed[verb]:
                            found[prefix + past].append(whole)
        return dict(found)

    def genitives(self, found: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """The genitives of nouns' forms that have several lemmas: "kildernes" as "kilderne"."""
        made: dict[str, tuple[str, ...]] = {}
        for form, lemmas in found.items():
            genitive = f"{form}s"
            first = self._forms.get(genitive)
            if first in lemmas and genitive not in found and form.endswith(DEFINITE):
                all_of_it = dict.fromkeys((first, *filter(self._may_have_genitive, lemmas)))
                if len(all_of_it) > 1:
                    made[genitive] = tuple(all_of_it)
        return made

    def _may_have_genitive(self, lemma: str) -> bool:
        return lemma not in self._verbs or self._is_e_noun(lemma)

    # --- what a word is -------------------------------------------------------------------------------------------

    def _is(self, form: str, lemma: str) -> bool:
        return self._forms.get(form) == lemma

    def _is_noun(self, word: str) -> bool:
        return word in self._nouns

    def _is_verb(self, word: str) -> bool:
        if word not in self._verbs:
            return False
        return any(self._is(f"{word}{ending}", word) for ending in ("de", "r", "s")) or self._is(f"{word[:-1]}te", word)

    def _is_adjective(self, word: str) -> bool:
        stems = (word, word + word[-1:])
        if not self._is(word, word) or not any(self._is(f"{stem}e", word) for stem in stems):
            return False
        return not self._is_noun(word) or self._is_compared(word)

    def _is_compared(self, word: str) -> bool:
        return any(self._is(f"{stem}ere", word) for stem in (word, word + word[-1:]))

    def _has_grades(self, word: str) -> bool:
        stems = (word, word + word[-1:])
        return any(self._is(stem + ending, word) for stem in stems for ending in COMPARED)

    def _is_e_noun(self, word: str) -> bool:
        return word[-1:] == "e" and any(self._is(word + ending, word) for ending in OF_E_NOUNS)

    def _is_rare_verb(self, verb: str) -> bool:
        """True for a verb that no noun is made of and that is none: "dumme" against "klare", of which "klaring" is."""
        if verb in _strong_verbs() or self._is_noun(verb[:-1]) or self._is_e_noun(verb):
            return False
        return not any(self._is(noun, noun) for noun in (verb[:-1] + ending for ending in DERIVED))

    @staticmethod
    def _is_imperative(form: str, verb: str) -> bool:
        return len(verb) > len(form) and verb in (f"{form}e", f"{form}{form[-1:]}e")

    # --- what a form may be of ------------------------------------------------------------------------------------

    def _inflections(self, form: str, first: str) -> list[tuple[str, bool]]:
        """Lemmas by the grammar of a class of words, and whether each is likelier than the ``first`` one."""
        found: list[tuple[str, bool]] = []
        is_imperative = len(first) > len(form) and self._is_imperative(form, first)
        if form in self._strong:
            found += ((verb, is_imperative or first == form[:-1]) for verb in self._strong[form])
        if first in self._accented:
            found += self._of_accented(form, first)
        if is_imperative:
            found += self._beside_imperative(form)
        ending = form[-1]
        if ending == "s":
            return found  # a genitive has what the form before it has
        if ending == "t" and self._has_grades(form[:-1]):
            found.append((form[:-1], is_imperative))
        if ending == "e":
            found += self._of_grades(form, first)
            found += self._of_comparative(form, first)
        if form.endswith(SYNCOPATED):
            found += self._of_syncopated(form, first)
        if form.startswith(first) and form[len(first) :] in BEHIND_E_NOUNS:
            found += self._of_e_noun(form, first)
        if first.endswith("ie") and self._is(f"{first[:-1]}um", f"{first[:-1]}um"):
            found.append((f"{first[:-1]}um", False))  # "medium" of "mediet", beside "medie"
        return found

    def _beside_imperative(self, form: str) -> Iterator[tuple[str, bool]]:
        if self._has_grades(form):
            yield form, True
        if form.endswith("er") and self._is_noun(form[:-2]):
            yield form[:-2], True  # "motioner" of "motion", before "motionere"

    def _of_accented(self, form: str, first: str) -> list[tuple[str, bool]]:
        """ "komité" of "komiteer": the accent is left out as often as not."""
        if form.startswith(f"{first}e") or not any(first + ending in self._forms for ending in ("r", "n", "nde")):
            return [(self._accented[first], True)]
        return []

    def _of_grades(self, form: str, first: str) -> Iterator[tuple[str, bool]]:
        """ "klar" of "klare" by "klarest", "sikker" of "sikre" by "sikrere"."""
        stem = form[:-1]
        for ending in ("re", "st", "ste"):
            word = self._forms.get(form + ending, "")
            if word and word != first and word in (stem, stem[:-1], *_unsyncopated(stem)):
                yield word, first == form and self._is_rare_verb(form)

    def _of_comparative(self, form: str, first: str) -> Iterator[tuple[str, bool]]:
        """ "fri" of "friere" by "friest", before "frier"; a "dansker" is no degree of "dansk"."""
        word = form.removesuffix("ere")
        if first == f"{word}er" and not word.endswith("sk") and self._is(f"{word}est", word):
            yield word, True

    def _of_syncopated(self, form: str, first: str) -> Iterator[tuple[str, bool]]:
        """ "finger" of "fingre" by "fingrene", "eksempel" of "eksemplet" by "eksemplerne"."""
        stem = form[: form.rindex("e")]
        if len(stem) < SHORTEST_STEM or stem[-1] not in "lnr" or stem[-2] in VOWELS:
            return
        is_definite = form[-1] in "tn"
        word = _unsyncopated(stem)[0]
        if word == first or (is_definite and first in self._verbs):
            return
        if self._is(f"{stem}ene", word) or (form[-1] != "e" and self._is(f"{stem}erne", word)):
            yield word, first == form and self._is_rare_verb(form)

    def _of_e_noun(self, form: str, first: str) -> Iterator[tuple[str, bool]]:
        """ "pumpe" of "pumpen", which the dictionary reads as of "pump"; "kilde" of "kilderne", not of "kilder"."""
        rest = form[len(first) :]
        word = f"{first}e" if rest[:1] == "e" else first[:-1]
        if not self._is(word, word):
            return
        if word == f"{first}e":
            is_it = self._is(f"{word}rne", word) and (rest[1] != "t" or self._is(f"{word}ts", word))
        else:
            is_read_so = self._is(f"{word}r", word) or not self._ends_in_verb(word)
            is_it = first[-2:] == "er" and self._is_e_noun(word) and is_read_so
        if is_it:
            yield word, False

    def _ends_in_verb(self, word: str) -> bool:
        return any(word[start:] in self._verbs for start in range(len(word) - SHORTEST_STEM + 1))

    def _as_noun(self, form: str) -> Iterator[str]:
        first = self._forms[form]
        if first != form and form in self._inflected:
            yield form
        # Only a noun has a plural with -ne and a genitive of the definite form.
        if form.endswith(("er", "e", "et", "en")):
            genitive, plural = self._forms.get(f"{form}s", first), self._forms.get(f"{form}ne", first)
            if form.endswith("er") or (form.endswith("e") and genitive == plural):
                yield plural
            elif form.endswith(("et", "en")) and genitive != f"{form}s":
                yield genitive
        if form.endswith("et") and first == form[:-1] and self._may_be_neuter(form[:-2]):
            yield form[:-2]  # "skift" of "skiftet", of which the dictionary has nothing but the verb
        if form.endswith("s") and first == form[:-1] and self._has_genitive_only(first):
            yield self._forms.get(first, first)  # "timers" of "timer"
        if first.endswith("er"):
            yield from self._singular(first)

    def _may_be_neuter(self, word: str) -> bool:
        return self._is(word, word) and not self._is(f"{word}en", word)

    def _has_genitive_only(self, word: str) -> bool:
        return all(len(form) <= len(word) + 2 for form in self._inflected[word])

    def _singular(self, lemma: str) -> Iterator[str]:
        """ "omgivelse" of "omgivelser", which the dictionary takes for a word without one."""
        if not self._is(f"{lemma}ne", lemma) or self._is(f"{lemma}e", lemma):
            return
        for word in (lemma[:-1], lemma[:-2]):
            if self._is(word, word) and (self._is_noun(word) or word.endswith("else")):
                yield word

    def _has_past_in_te(self, verb: str) -> bool:
        past = f"{verb[:-1]}te"
        is_weak = past in self._forms and not self._is(f"{verb}de", verb) and self._is_verb(verb)
        return is_weak and (verb not in _strong_verbs() or verb in strong().get(past, ()))

    def _of_prefixed(self, form: str) -> Iterator[str]:
        """ "fortsætte" of "fortsat", because "sætte" is of "sat"."""
        for start in range(SHORTEST_PREFIX, len(form) - SHORTEST_STEM + 1):
            base = self._forms.get(form[start:])
            if base is not None and base != form[start:] and not base.startswith(form[start:]):
                verb = form[:start] + base
                if self._is(verb, verb) and self._is_verb(verb) and self._is_verb(base):
                    yield verb

    def _as_adjective(self, form: str) -> Iterator[str]:
        if form.endswith("t"):
            yield from self._of_neuter(form)
        elif form.endswith("e"):
            yield from self._of_plural(form)

    def _of_neuter(self, form: str) -> Iterator[str]:
        """ "umiddelbar" of "umiddelbart", and what "mindste" is of of "mindst"."""
        stem, longer = form[:-1], f"{form}e"
        compared = self._is_compared(stem) or not self._is_noun(form)
        if len(stem) >= SHORTEST_STEM and self._is_adjective(stem) and compared:
            yield stem
        if form.endswith("st") and self._forms.get(longer) != longer:
            yield self._forms.get(longer, form)

    def _of_plural(self, form: str) -> Iterator[str]:
        """ "let" of "lette", and "kristen" of "kristne"."""
        for word in (form[:-1], form[:-2]):
            is_plural = word and form in (f"{word}e", f"{word}{word[-1:]}e")
            if is_plural and self._is(word, word) and self._is_compared(word):
                yield word
        if form[-2:] in ("le", "ne", "re") and form[-3:-2] not in VOWELS:
            full = f"{form[:-2]}e{form[-2]}"
            if self._is(full, full) and self._is(f"{full}t", full):
                yield full
