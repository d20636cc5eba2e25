"""The one Danish analysis of Akt: what a word is filed under, for every engine and on both sides of a search.

form (lower case) -> lemma -> spelling variants (aa is å, ae is æ, oe is ø; å is never folded to a) -> members of a
compound. A change to what any word gives must raise :data:`ANALYSIS_VERSION`: an index made by another is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import msgspec

from index import lemmas
from index.compounds import SPLITTER_VERSION, Members, Splitter, is_noun, learn
from index.tokens import THOUSANDS

ANALYSIS_VERSION = f"da/1.{SPLITTER_VERSION}"
SPELLING = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "ä": "ae", "ö": "oe"})
LETTERS = (("aa", "å"), ("ae", "æ"), ("oe", "ø"))
SHORTEST_GENITIVE = 5
NOT_GENITIVE = ("ss", "us", "is", "as", "os")
LONGEST_TERM = 200


class Word(msgspec.Struct, frozen=True, array_like=True):
    """What a form is filed under: ``exact`` (the form, spelling folded), ``lemmas`` (the likeliest first) and the
    ``members`` of a compound: the ``leaves`` first ones are its smallest members in order, then longer stretches."""

    exact: str
    lemmas: tuple[str, ...]
    members: tuple[str, ...] = ()
    leaves: int = 0

    @property
    def terms(self) -> tuple[str, ...]:
        """All lemmas and members."""
        return self.lemmas + self.members


def fold(form: str) -> str:
    """A form with its spelling variants made one: "Århus" and "Aarhus", "støtte" and "stoette". Expects lower case."""
    return form[:LONGEST_TERM].translate(SPELLING)


def keyword(value: str) -> str:
    """The form in which names and codes are compared: case, spelling variants and blanks do not count."""
    return fold(" ".join(value.casefold().split()))


def is_regular(form: str) -> bool:
    """True for a form that needs no dictionary: numbers, codes, addresses, abbreviations."""
    return not form.replace("-", "").isalpha()


def regular(form: str) -> Word:
    """The analysis of a form that needs no dictionary. "1.000.000" is filed under 1000000, "bl.a" under "bla"."""
    number = THOUSANDS.fullmatch(form)
    if number:
        return Word(form, (number[1].replace(".", "") + (number[2] or ""),))
    folded = fold(form)
    if "@" not in form and "." in form and form.replace(".", "").isalpha():
        return Word(folded, (folded.replace(".", ""),))
    if "-" in form and form.replace("-", "").isalnum() and not form.replace("-", "").isdigit():
        return Word(folded, (folded, folded.replace("-", "")))
    stem, _, ending = folded.partition("'")
    return Word(folded, (stem if ending else folded,))


class Analyser:
    """Forms to words, memoised. ``seen`` is asked first (the table of an index); the dictionary only after it.

    ``members`` gives the splitter's lexicon; by default it is learned from the dictionary, which takes a second or two.
    """

    def __init__(
        self, seen: Callable[[str], Word | None] | None = None, members: Callable[[], Members] | None = None
    ) -> None:
        self._seen = seen
        self._members = members or learned_members
        self._splitter: Splitter | None = None
        self._memo: dict[str, Word] = {}
        self._fresh: dict[str, Word] = {}
        self._related: set[str] = set()

    def word(self, form: str) -> Word:
        """The analysis of one lower-case form, as :func:`index.tokens.tokens` gives it."""
        known = self._memo.get(form)
        if known is None:
            known = self._memo[form] = regular(form) if is_regular(form) else self._seen_or_looked_up(form)
        return known

    def _seen_or_looked_up(self, form: str) -> Word:
        known = self._seen(form) if self._seen else None
        if known is None:
            known = self._fresh[form] = self._look_up(form[:LONGEST_TERM])
        return known

    def take_fresh(self) -> dict[str, Word]:
        """The words looked up since the last call, and their lemmas and members as words of their own.

        A person types "indsats" where the texts have only "indsatsen": that word is to be known beforehand too.
        """
        while self._related:
            self.word(self._related.pop())
        fresh, self._fresh = self._fresh, {}
        return fresh

    def _look_up(self, form: str) -> Word:
        if "-" in form:
            return self._hyphenated(form)
        danish = self._danish_spelling(form)
        cut = self.splitter.cut(danish)
        found = self._lemmas(danish, cut)
        self._related.update(found, (lemma for _, lemma in cut), _stretches(cut))
        smallest = [fold(lemma) for _, lemma in cut]
        longer = [member for member in map(fold, _stretches(cut)) if member not in smallest]
        return Word(fold(form), tuple(map(fold, found)), tuple(smallest + longer), len(smallest))

    def _hyphenated(self, form: str) -> Word:
        """ "it-systemet" is filed under "it-system" and "itsystem"."""
        head, _, last = form.rpartition("-")
        lemma = f"{fold(head)}-{self.word(last).lemmas[0]}"
        return Word(fold(form), (lemma, lemma.replace("-", "")))

    @property
    def splitter(self) -> Splitter:
        """The splitter, loaded at its first use."""
        if self._splitter is None:
            self._splitter = Splitter(self._members(), lemmas.lookup)
        return self._splitter

    def _danish_spelling(self, form: str) -> str:
        """ "stoettepaedagog" as "støttepædagog", when that is a word or a compound and the form itself is none."""
        danish = form
        for letters, letter in LETTERS:
            danish = danish.replace(letters, letter)
        if danish == form or lemmas.lookup(form) is not None:
            return form
        return danish if lemmas.lookup(danish) is not None or self.splitter.cut(danish) else form

    def _lemmas(self, form: str, cut: list[tuple[str, str]]) -> tuple[str, ...]:
        corrected = lemmas.corrections().get(form)
        if corrected is not None:
            return corrected
        lemma = lemmas.lookup(form)
        if lemma is not None:
            return (lemma, form) if lemma != form and form.endswith("er") and is_noun(form, lemmas.lookup) else (lemma,)
        if cut:
            return ("".join(piece for piece, _ in cut[:-1]) + cut[-1][1],)
        if form.endswith("s") and len(form) >= SHORTEST_GENITIVE and not form.endswith(NOT_GENITIVE):
            return (form[:-1],)
        return (form,)


def _stretches(cut: list[tuple[str, str]]) -> list[str]:
    """Neighbouring members together, but not all of them: "støttepædagog" and "pædagogkorps"."""
    size = len(cut)
    return [
        "".join(form for form, _ in cut[start:end]) + cut[end][1]
        for start in range(size)
        for end in range(start + 1, size)
        if end - start + 1 < size
    ]


@lru_cache(maxsize=1)
def learned_members() -> Members:
    """The splitter's lexicon, learned from the dictionary once in a process."""
    return learn(lemmas.all_lemmas(), lemmas.lookup)
