"""The one analysis of Akt: what a word is filed under, for every engine and on both sides of a search.

form (lower case) -> lemma -> spelling variants (aa is å, ae is æ, oe is ø; å is never folded to a) -> members of a
compound. Words of a part in another language (:mod:`index.language`) have their lemmas from that language. A change to
what any word gives must raise :data:`ANALYSIS_VERSION`: an index made by another is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import msgspec

from index.compounds import SPLITTER_VERSION, Cut, Splitter
from index.dictionary import Dictionary, dictionary
from index.lemmas import DANISH, corrections
from index.members import is_noun
from index.tokens import CODE, THOUSANDS, letters_before

ANALYSIS_VERSION = f"da/2.{SPLITTER_VERSION}"
SPELLING = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "ä": "ae", "ö": "oe", "ß": "ss"})
LETTERS = (("aa", "å"), ("ae", "æ"), ("oe", "ø"))
ACCENTS = str.maketrans("áéíóúàèü", "aeiouaey")
SHORTEST_GENITIVE = 5
NOT_GENITIVE = ("ss", "us", "is", "as", "os")
LONGEST_TERM = 200
# Forms remembered, per language: some hundred megabytes at most.
MEMO_LIMIT = 500_000
CUTS_REMEMBERED = 10_000
NAMES_REMEMBERED = 20_000
DECIMAL = re.compile(r"(\d+),(\d+)")
LEGAL_FORM = re.compile(r"[^\W\d_]{1,2}(?:/[^\W\d_]{1,2}){1,2}")
JOINTS = ("og", "eller", "samt")
UNFINISHED = re.compile(rf"- (?:{'|'.join(JOINTS)}) ([^\W\d_]{{5,}})")
UNBEGUN = re.compile(rf",? (?:{'|'.join(JOINTS)}) -([^\W\d_]{{3,}})")
LISTED = "-, "
SHORTEST_UNFINISHED = 3


class Word(msgspec.Struct, frozen=True, array_like=True, gc=False):
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
    return form[:LONGEST_TERM] if form.isascii() else form[:LONGEST_TERM].translate(SPELLING)


def danish_letters(form: str) -> str:
    """A form with å, æ, ø for aa, ae, oe: how its spelling variants are most often printed."""
    for letters, letter in LETTERS:
        form = form.replace(letters, letter)
    return form


@lru_cache(maxsize=NAMES_REMEMBERED)
def keyword(value: str) -> str:
    """The form in which names and codes are compared: case, spelling variants and blanks do not count."""
    return fold(" ".join(value.casefold().split()))


def is_regular(form: str) -> bool:
    """True for a form that needs no dictionary: numbers, codes, addresses, abbreviations."""
    return not form.replace("-", "").isalpha()


def regular(form: str) -> Word:
    """The analysis of a form that needs no dictionary. "1.000.000" is filed under 1000000, "bl.a" under "bla"."""
    number = THOUSANDS.fullmatch(form) or DECIMAL.fullmatch(form)
    if number:
        decimals = (number[2] or "").lstrip(",").rstrip("0")
        return Word(form, (number[1].replace(".", "") + (f",{decimals}" if decimals else ""),))
    folded = fold(form)
    if "@" not in form and "." in form and form.replace(".", "").isalpha():
        return Word(folded, (folded.replace(".", ""),))
    if LEGAL_FORM.fullmatch(form):
        return Word(folded, (folded, folded.replace("/", "")))
    if "-" in form and form.replace("-", "").isalnum() and not form.replace("-", "").isdigit():
        return Word(folded, (folded, folded.replace("-", "")))
    code = CODE.fullmatch(form)
    if code and code[2] != (bare := code[2].lstrip("0")) and bare:
        return Word(folded, (folded, fold(code[1]) + bare))
    stem, _, ending = folded.partition("'")
    return Word(folded, (stem if ending else folded,))


Seen = Callable[[str], Mapping[str, Word]]
_NOTHING: Mapping[str, Word] = {}


class Analyser:
    """Forms to words, memoised. ``seen`` is asked first (the table of an index: a form's words by language); the
    dictionary only after it."""

    def __init__(self, seen: Seen | None = None) -> None:
        self.ask(seen)
        self._memo: dict[str, dict[str, Word]] = {}
        self._merged: dict[str, Word] = {}
        self._fresh: dict[tuple[str, str], Word] = {}
        self._related: set[tuple[str, str]] = set()

    def ask(self, seen: Seen | None) -> None:
        """From now on, ask this table first; None for none."""
        self._seen = seen or (lambda _: _NOTHING)

    def word(self, form: str) -> Word:
        """The analysis of one lower-case form, as :func:`index.tokens.tokens` gives it: as a Danish word, and as a
        word of each other language in which the index has it."""
        known = self._merged.get(form)
        if known is None:
            others = {} if is_regular(form) else self._seen(form)
            words = [self.word_in(form, DANISH), *(word for language, word in others.items() if language != DANISH)]
            known = self._merged[form] = merge(words)
        return known

    def completed(self, text: str) -> Iterator[str]:
        """The words that a hyphen leaves unfinished, whole: "børneudvalget" for "børne- og ungdomsudvalget", and
        "ansøgningskrav" for "ansøgningsfrist og -krav"."""
        if any(f"- {joint} " in text for joint in JOINTS):
            for match in UNFINISHED.finditer(text):
                cut = self._cut(match[1].lower())
                yield from (head + cut[-1][0] for head in _unfinished(text, match.start()) if cut)
        if any(f" {joint} -" in text for joint in JOINTS):
            for match in UNBEGUN.finditer(text):
                cut = self._cut(letters_before(text, match.start()).lower())
                if cut:
                    yield "".join(piece for piece, _ in cut[:-1]) + match[1].lower()

    def word_in(self, form: str, language: str) -> Word:
        """The analysis of one lower-case form as a word of a language (a code of :data:`index.lemmas.LANGUAGES`)."""
        memo = self._memo.setdefault(language, {})
        known = memo.get(form)
        if known is None:
            if len(memo) > MEMO_LIMIT:
                memo.clear()
            known = memo[form] = regular(form) if is_regular(form) else self._seen_or_looked_up(form, language)
        return known

    def _seen_or_looked_up(self, form: str, language: str) -> Word:
        known = self._seen(form).get(language) or self._fresh.get((form, language))
        if known is None:
            known = self._look_up(form[:LONGEST_TERM], language)
            self._fresh[form, language] = known
        return known

    def take_fresh(self) -> dict[tuple[str, str], Word]:
        """The words looked up since the last call by form and language, and their lemmas and members likewise.

        A person types "indsats" where the texts have only "indsatsen": that word is to be known beforehand too.
        """
        while self._related:
            self.word_in(*self._related.pop())
        fresh, self._fresh = self._fresh, {}
        return fresh

    def _look_up(self, form: str, language: str) -> Word:
        if "-" in form:
            return self._hyphenated(form, language)
        if language != DANISH:
            lemma = dictionary(language).lemma(form) or form
            self._related.add((lemma, language))
            return Word(fold(form), (fold(lemma),))
        danish = self._danish_spelling(form)
        cut = self._cut(danish)
        found = self._lemmas(danish, cut)
        self._related.update((name, DANISH) for name in (*found, *(lemma for _, lemma in cut), *_stretches(cut)))
        smallest = [fold(lemma) for _, lemma in cut]
        longer = [member for member in map(fold, _stretches(cut)) if member not in smallest]
        return Word(fold(form), tuple(map(fold, found)), tuple(smallest + longer), len(smallest))

    def _hyphenated(self, form: str, language: str) -> Word:
        """ "it-systemet" is filed under "it-system" and "itsystem"."""
        head, _, last = form.rpartition("-")
        lemma = f"{fold(head)}-{self.word_in(last, language).lemmas[0]}"
        return Word(fold(form), (lemma, lemma.replace("-", "")))

    @cached_property
    def _danish(self) -> Dictionary:
        return dictionary(DANISH)

    @cached_property
    def _splitter(self) -> Splitter:
        return Splitter(self._danish.members, self._danish.lemma, self._danish.begins)

    @cached_property
    def _cut(self) -> Callable[[str], Cut]:
        return lru_cache(maxsize=CUTS_REMEMBERED)(self._splitter.cut)

    def _danish_spelling(self, form: str) -> str:
        """ "stoettepaedagog" as "støttepædagog", "dér" as "der", when the form itself is no word."""
        if self._danish.lemma(form) is not None:
            return form
        for spelling in dict.fromkeys((danish_letters(form), form if form.isascii() else form.translate(ACCENTS))):
            if spelling != form and (self._danish.lemma(spelling) is not None or self._cut(spelling)):
                return spelling
        return form

    def _lemmas(self, form: str, cut: Cut) -> tuple[str, ...]:
        corrected = corrections().get(form)
        if corrected is not None:
            return corrected
        lemma = self._danish.lemma(form)
        if lemma is not None:
            return tuple(dict.fromkeys((lemma, *self._other_readings(form, lemma))))
        if cut:
            return ("".join(piece for piece, _ in cut[:-1]) + cut[-1][1],)
        if form.endswith("s") and len(form) >= SHORTEST_GENITIVE and not form.endswith(NOT_GENITIVE):
            return (form[:-1],)
        return (form,)

    def _other_readings(self, form: str, lemma: str) -> Iterator[str]:
        """The further lemmas of a form that the dictionary gives one of: "svaret" is of "svare" and of "svar".

        Only a noun has a plural with -ne and a genitive of the definite form; a verb has its past tense.
        """
        look_up = self._danish.lemma
        if form.endswith("er"):
            if lemma != form and is_noun(form, look_up):
                yield form
            yield look_up(form + "ne") or lemma
        elif form.endswith(("et", "en")):
            yield look_up(form + "s") or lemma
        if form.endswith(("er", "et")):
            verb = form[:-1]
            if verb.removesuffix("e") == lemma and look_up(f"{lemma}ede") == verb:
                yield verb


def _unfinished(text: str, end: int) -> Iterator[str]:
    """The words whose hyphens stand there and before it: ungdoms and børne of "ungdoms-, børne- og skoleområdet"."""
    head = letters_before(text, end)
    while len(head) >= SHORTEST_UNFINISHED:
        yield head.lower()
        end -= len(head) + len(LISTED)
        head = letters_before(text, end) if end > 0 and text.startswith(LISTED, end) else ""


def merge(words: Sequence[Word]) -> Word:
    """One word for all that a form is in several languages; the first one says what its members are."""
    first, *others = words
    if not others:
        return first
    lemmas = dict.fromkeys(lemma for word in words for lemma in word.lemmas)
    return Word(first.exact, tuple(lemmas), first.members, first.leaves)


def _stretches(cut: Cut) -> list[str]:
    """Neighbouring members together, but not all of them: "støttepædagog" and "pædagogkorps"."""
    size = len(cut)
    return [
        "".join(form for form, _ in cut[start:end]) + cut[end][1]
        for start in range(size)
        for end in range(start + 1, size)
        if end - start + 1 < size
    ]
