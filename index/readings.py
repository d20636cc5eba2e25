"""All lemmas of a form: a dictionary that gives one of each is read backwards for the others.

"rør" is the noun of "rørene" and the imperative of "røre"; "skyldes" is a verb of its own and of "skylde". Which other
words a form may be of follows from what the dictionary says of the forms beside it, so no list of such words is kept:
:file:`lexicon/lemmas.csv` has only what no rule finds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from index.members import VOWELS

Forms = Mapping[str, str]
DEFINITE = ("en", "et", "ens", "ets", "ene", "erne", "enes", "ernes")
PARTICIPLE = "nde"
SHORTEST_STEM = 3
SHORTEST_VERB = 4
SHORTEST_PREFIX = 2
MOST = 4
"""So many lemmas a form has at most."""


def readings(forms: Forms) -> dict[str, tuple[str, ...]]:
    """The forms that have several lemmas, with these, the likeliest first. Takes a few seconds."""
    reader = _Reader(forms)
    found: dict[str, tuple[str, ...]] = {}
    for form in forms:
        if form.isalpha():
            lemmas = reader.lemmas(form)
            if len(lemmas) > 1:
                found[form] = lemmas
    return found


class _Reader:
    """What a dictionary's other forms say of one."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._inflected: defaultdict[str, list[str]] = defaultdict(list)
        self._nouns: set[str] = set()
        self._verbs: set[str] = set()
        for form, lemma in forms.items():
            if form != lemma:
                self._inflected[lemma].append(form)
                if form.startswith(lemma):
                    self._note(form[len(lemma) :], lemma)

    def _note(self, ending: str, lemma: str) -> None:
        """What kind of word a lemma is, by an ending that one of its forms has."""
        if ending.removeprefix(lemma[-1:]) in DEFINITE or ending in DEFINITE:
            self._nouns.add(lemma)
        if ending == PARTICIPLE:
            self._verbs.add(lemma)

    def lemmas(self, form: str) -> tuple[str, ...]:
        """All lemmas of a form, the likeliest first. A noun that is also an imperative is mostly the noun."""
        first = self._forms[form]
        if first != form and self._is_imperative(form, first) and self._is_noun(form):
            return form, first
        others = (*self._as_noun(form), *self._as_verb(form), *self._as_adjective(form))
        return tuple(dict.fromkeys((first, *others)))[:MOST]

    # --- what a word is -------------------------------------------------------------------------------------------

    def _is(self, form: str, lemma: str) -> bool:
        return self._forms.get(form) == lemma

    def _is_noun(self, word: str) -> bool:
        return word in self._nouns

    def _is_verb(self, word: str) -> bool:
        return word in self._verbs and any(self._is(f"{word}{ending}", word) for ending in ("de", "r", "s"))

    def _is_adjective(self, word: str) -> bool:
        stems = (word, word + word[-1:])
        if not self._is(word, word) or not any(self._is(f"{stem}e", word) for stem in stems):
            return False
        return not self._is_noun(word) or self._is_compared(word)

    def _is_compared(self, word: str) -> bool:
        return any(self._is(f"{stem}ere", word) for stem in (word, word + word[-1:]))

    @staticmethod
    def _is_imperative(form: str, verb: str) -> bool:
        return verb in (f"{form}e", f"{form}{form[-1:]}e")

    # --- what a form may be of ------------------------------------------------------------------------------------

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
        yield from self._singular(first)

    def _may_be_neuter(self, word: str) -> bool:
        return self._is(word, word) and not self._is(f"{word}en", word)

    def _has_genitive_only(self, word: str) -> bool:
        return all(len(form) <= len(word) + 2 for form in self._inflected[word])

    def _singular(self, lemma: str) -> Iterator[str]:
        """ "omgivelse" of "omgivelser", which the dictionary takes for a word without one."""
        if not lemma.endswith("er") or not self._is(f"{lemma}ne", lemma) or self._is(f"{lemma}e", lemma):
            return
        for word in (lemma[:-1], lemma[:-2]):
            if self._is(word, word) and (self._is_noun(word) or word.endswith("else")):
                yield word

    def _as_verb(self, form: str) -> Iterator[str]:
        for ending in ("r", "s", "t", "de", "des"):
            verb = form.removesuffix(ending)
            if verb != form and verb.endswith("e") and len(verb) >= SHORTEST_VERB and self._is_verb(verb):
                yield verb
        for ending in ("t", "te", "tes"):
            verb = f"{form.removesuffix(ending)}e"
            if len(verb) > SHORTEST_VERB and form.endswith(ending) and self._has_past_in_te(verb):
                yield verb
        yield from self._of_prefixed(form)

    def _has_past_in_te(self, verb: str) -> bool:
        return f"{verb[:-1]}te" in self._forms and not self._is(f"{verb}de", verb) and self._is_verb(verb)

    def _of_prefixed(self, form: str) -> Iterator[str]:
        """ "fortsætte" of "fortsat", because "sætte" is of "sat"."""
        if self._forms[form] != form:
            return
        for start in range(SHORTEST_PREFIX, len(form) - SHORTEST_STEM + 1):
            base = self._forms.get(form[start:])
            if base is not None and base != form[start:] and not base.startswith(form[start:]):
                verb = form[:start] + base
                if self._is(verb, verb) and self._is_verb(verb) and self._is_verb(base):
                    yield verb

    def _as_adjective(self, form: str) -> Iterator[str]:
        if self._forms[form] != form:
            return
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
