"""The one analysis of Akt: what a word is filed under, for every engine and on both sides of a search.

form (lower case) -> lemma -> spelling variants (aa is å, ae is æ, oe is ø; å is never folded to a) -> members of a
compound. Words of a part in another language (:mod:`index.language`) have their lemmas from that language. A change to
what any word gives must raise :data:`ANALYSIS_VERSION`: an index made by another is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import msgspec

from corpus.patterns import late
from index.compounds import SPLITTER_VERSION, Splitter, is_cuttable
from index.covers import Cut
from index.dictionary import Dictionary, dictionary
from index.lemmas import DANISH
from index.looked import Looked
from index.tokens import CASE_NUMBER, CODE, THOUSANDS, letters_before, places, without_padding

if TYPE_CHECKING:
    from index.stretches import Places

ANALYSIS_VERSION = f"da/3.{SPLITTER_VERSION}"
SPELLING = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "ä": "ae", "ö": "oe", "ß": "ss"})
LETTERS = (("aa", "å"), ("ae", "æ"), ("oe", "ø"))
ACCENTS = str.maketrans("áéíóúàèü", "aeiouaey")
ACCENTED = late("[áéíóúàèü]")
# Fewer are looked up one by one as quickly.
MANY = 16
FORMS_AT_ONCE = 4_000
SHORTEST_GENITIVE = 5
NOT_GENITIVE = ("ss", "us", "is", "as", "os")
# The longest first. "-er" is left out: it ends too many names ("Becker" is no form of "Beck").
ENDINGS = ("erne", "en", "et")
SHORTEST_STEM = 5
LONGEST_TERM = 200
# Forms remembered, per language: those used last, at most twice as many; some 30 MB.
MEMO_LIMIT = 25_000
CUTS_REMEMBERED = 10_000
NAMES_REMEMBERED = 20_000
DECIMAL = late(r"(\d+),(\d+)")
LEGAL_FORM = late(r"[^\W\d_]{1,2}(?:/[^\W\d_]{1,2}){1,2}")
JOINTS = ("og", "eller", "samt")
SUSPENDED = tuple(f"- {joint} " for joint in JOINTS)
RESUMED = tuple(f" {joint} -" for joint in JOINTS)
UNFINISHED = late(rf"- (?:{'|'.join(JOINTS)}) ([^\W\d_]{{5,}})")
UNBEGUN = late(rf",? (?:{'|'.join(JOINTS)}) -([^\W\d_]{{3,}})")
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
    form = form[:LONGEST_TERM]
    if form.isascii():
        return form
    # A table is slow, and most words have no letters but these.
    form = form.replace("ø", "oe").replace("æ", "ae").replace("å", "aa")
    return form if form.isascii() else form.translate(SPELLING)


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
    """The analysis of a form that needs no dictionary. "1.000.000" is filed under 1000000, "bl.a" under "bla",
    "2020-0012345" under "2020-12345"."""
    if form.isdecimal() and form.isascii():
        plain = form[:LONGEST_TERM]
        return Word(plain, (plain,))
    number = THOUSANDS.fullmatch(form) or DECIMAL.fullmatch(form)
    if number:
        decimals = (number[2] or "").lstrip(",").rstrip("0")
        return Word(form, (number[1].replace(".", "") + (f",{decimals}" if decimals else ""),))
    folded = fold(form)
    if "@" not in form and "." in form and form.replace(".", "").isalpha():
        return Word(folded, (folded.replace(".", ""),))
    if LEGAL_FORM.fullmatch(form):
        return Word(folded, (folded, folded.replace("/", "")))
    if CASE_NUMBER.fullmatch(form):
        return Word(folded, (without_padding(folded),))
    if "-" in form and form.replace("-", "").isalnum():
        bare = without_padding(folded)
        return Word(folded, (bare, bare.replace("-", "")))
    code = CODE.fullmatch(form)
    if code and code[2] != (bare := code[2].lstrip("0")) and bare:
        return Word(folded, (folded, fold(code[1]) + bare))
    stem, _, ending = folded.partition("'")
    return Word(folded, (stem if ending else folded,))


Seen = Callable[[str], Mapping[str, Word]]
SeenAll = Callable[[Sequence[str]], Mapping[str, Mapping[str, Word]]]
_NOTHING: Mapping[str, Word] = {}


class Analyser:
    """Forms to words, of which those used last are remembered. ``seen`` is asked first (the table of an index: a
    form's words by language); the dictionary only after it."""

    def __init__(self, seen: Seen | None = None) -> None:
        self._has_forgotten = False
        self._looked: Looked | None = None
        self.ask(seen)
        self._memo: dict[str, dict[str, Word]] = {}
        self._older: dict[str, dict[str, Word]] = {}
        self._merged: dict[str, Word] = {}
        self._fresh: dict[tuple[str, str], Word] = {}
        self._related: dict[str, set[str]] = {}

    def ask(self, seen: Seen | None, seen_all: SeenAll | None = None, *, forgotten_only: bool = False) -> None:
        """From now on, ask this table first; None for none. ``seen_all`` says of many forms at once what is known of
        them, by form. ``forgotten_only``: all that is in the table was seen here, so it is asked only when something
        of that is no longer remembered."""
        self._seen = seen or (lambda _: _NOTHING)
        self._seen_all = seen_all or (lambda forms: {form: self._seen(form) for form in forms})
        self._asks = seen is not None and not forgotten_only
        self._looked = self._looked or (Looked() if forgotten_only else None)

    def word(self, form: str) -> Word:
        """The analysis of one lower-case form, as :func:`index.tokens.tokens` gives it: as a Danish word, and as a
        word of each other language in which the index has it."""
        known = self._merged.get(form)
        if known is None:
            seen = {} if is_regular(form) else self._seen(form)
            danish = seen.get(DANISH) or self.word_in(form, DANISH)
            words = [danish, *(word for language, word in seen.items() if language != DANISH)]
            known = self._merged[form] = merge(words)
        return known

    def completed(self, text: str) -> Iterator[str]:
        """The words that a hyphen leaves unfinished, whole: "børneudvalget" for "børne- og ungdomsudvalget", and
        "ansøgningskrav" for "ansøgningsfrist og -krav"."""
        hyphens = list(places(text, "-"))
        for hyphen in hyphens:
            if text.startswith(SUSPENDED, hyphen) and (match := UNFINISHED.match(text, hyphen)):
                cut = self._cut(match[1].lower())
                yield from (head + cut[-1][0] for head in _unfinished(text, hyphen) if cut)
        if any(text.endswith(RESUMED, 0, hyphen + 1) for hyphen in hyphens):
            for match in UNBEGUN.finditer(text):
                cut = self._cut(letters_before(text, match.start()).lower())
                if cut:
                    yield "".join(piece for piece, _ in cut[:-1]) + match[1].lower()

    def word_in(self, form: str, language: str) -> Word:
        """The analysis of one lower-case form as a word of a language (a code of :data:`index.lemmas.LANGUAGES`)."""
        memo = self._memo_of(language)
        known = memo.get(form)
        if known is None:
            if is_regular(form):
                return regular(form)  # seldom asked again, and made as quickly as it is looked for
            known = memo[form] = self._known(form, language) or self._looked_up(form, language)
        return known

    def learn(self, forms: Iterable[str], language: str) -> Mapping[str, Word]:
        """Looks many lower-case forms up at once, in half the time; what is said of any word is the same.

        Returns the words that are remembered, until more is asked: all of these that need a dictionary among them.
        """
        memo = self._memo_of(language)
        older, fresh = self._older.get(language, _NOTHING), self._fresh
        unknown: list[str] = []
        for form in forms:
            if form not in memo and (form.isalpha() or not is_regular(form)):
                known = older.get(form) or fresh.get((form, language))
                if known is None:
                    unknown.append(form)
                else:
                    memo[form] = known
        if self._asks or self._has_forgotten:
            # Of ten that are not remembered nine are new: the table need not be asked for them.
            filed = self._seen_all(list(filter(self._looked.has, unknown)) if self._looked else unknown)
            memo.update((form, words[language]) for form, words in filed.items() if language in words)
            unknown = [form for form in unknown if form not in memo]
        for first in range(0, len(unknown), FORMS_AT_ONCE):
            some = unknown[first : first + FORMS_AT_ONCE]
            if language == DANISH and len(some) >= MANY:
                some = self._learned_quickly(some, memo)
            places = self._places(some) if language == DANISH else {}
            for form in some:
                memo[form] = self._looked_up(form, language, places.get(form))
        return memo

    def _learned_quickly(self, forms: list[str], memo: dict[str, Word]) -> list[str]:
        """Learns plain Danish forms by the compiled part, where there is one. Returns those that are left."""
        quick = self._danish.quick
        if quick is None:
            return forms
        related = self._related.setdefault(DANISH, set())
        left: list[str] = []
        looked = self._looked
        for form, word in zip(forms, quick.words(forms, Word, related), strict=True):
            if word is None:
                left.append(form)
            else:
                memo[form] = self._fresh[form, DANISH] = word
                if looked:
                    looked.add(form)
        return left

    def _places(self, forms: Iterable[str]) -> dict[str, Places]:
        """Where members may stand in forms; {} for so few of them that it is not worth the while."""
        cuttable = [form for form in forms if is_cuttable(form)]
        if len(cuttable) < MANY:
            return {}
        return dict(zip(cuttable, self._danish.stretches.places(cuttable), strict=True))

    def _memo_of(self, language: str) -> dict[str, Word]:
        """What is remembered of a language. What was not used since it was last full is forgotten when it is again."""
        memo = self._memo.get(language)
        if memo is None or len(memo) > MEMO_LIMIT:
            self._has_forgotten |= language in self._older
            if memo is not None:
                self._older[language] = memo
            memo = self._memo[language] = {}
        return memo

    def _known(self, form: str, language: str) -> Word | None:
        """What is known of a form that is not among those used last."""
        older = self._older.get(language)
        known = (older and older.get(form)) or self._fresh.get((form, language))
        if known is None and (self._asks or self._has_forgotten) and (not self._looked or self._looked.has(form)):
            known = self._seen(form).get(language)
        return known

    def _looked_up(self, form: str, language: str, places: Places | None = None) -> Word:
        found = self._fresh[form, language] = self._look_up(form[:LONGEST_TERM], language, places)
        if self._looked:
            self._looked.add(form)
        return found

    def take_fresh(self) -> dict[tuple[str, str], Word]:
        """The words looked up since the last call by form and language, and their first lemmas and smallest members
        likewise.

        A person types "indsats" where the texts have only "indsatsen": that word is to be known beforehand too. What
        else a form may be, and members together, were a third of all words and are seldom typed: a search that meets
        one asks the dictionary.
        """
        while self._related:
            language, forms = self._related.popitem()
            self.learn(forms, language)
        fresh, self._fresh = self._fresh, {}
        return fresh

    def _look_up(self, form: str, language: str, places: Places | None) -> Word:
        if "-" in form:
            return self._hyphenated(form, language)
        related = self._related.get(language)
        if related is None:
            related = self._related[language] = set()
        if language != DANISH:
            lemma = dictionary(language).lemma(form) or form
            related.add(lemma)
            return Word(fold(form), (fold(lemma),))
        danish = self._danish_spelling(form)
        cut = self._cut(danish) if places is None or danish != form else self._splitter.cut(form, places)
        found = self._lemmas(danish, cut)
        related.update(found[:1])
        if not cut:
            return Word(fold(form), tuple(map(fold, found)))
        lemmas, longer = [lemma for _, lemma in cut], [*_stretches(cut), *self._member_readings(cut)]
        related.update(lemmas)
        smallest = list(map(fold, lemmas))
        longest = [member for member in map(fold, longer) if member not in smallest]
        return Word(fold(form), tuple(map(fold, found)), tuple(smallest + longest), len(smallest))

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
        letters, bare = danish_letters(form), form.translate(ACCENTS) if ACCENTED.search(form) else form
        if letters == bare == form:
            return form
        for spelling in dict.fromkeys((letters, bare)):
            if spelling != form and (self._danish.lemma(spelling) is not None or self._cut(spelling)):
                return spelling
        return form

    def _lemmas(self, form: str, cut: Cut) -> tuple[str, ...]:
        known = self._danish.lemmas(form)
        if known:
            return known
        if cut:
            return ("".join(piece for piece, _ in cut[:-1]) + cut[-1][1],)
        bare = form[:-1] if _is_genitive(form) else form
        return (bare != form and self._danish.lemmas(bare)) or tuple(dict.fromkeys((bare, *_stems(bare))))

    def _member_readings(self, cut: Cut) -> Iterator[str]:
        """Further lemmas of members by the forms in which they stand: "lån" of "låneramme", "ministerium" of
        "transportministeriet"."""
        for form, lemma in cut[:-1]:
            if form[-1] == "e" and form.startswith(lemma):
                # "danse" too of "danseskole", of which "dans" is the member.
                yield from self._danish.lemmas(form)[form == lemma :]
        form, lemma = cut[-1]
        if form != lemma:
            yield from self._danish.lemmas(form)[:1]


def _is_genitive(form: str) -> bool:
    return form.endswith("s") and len(form) >= SHORTEST_GENITIVE and not form.endswith(NOT_GENITIVE)


def _stems(form: str) -> Iterator[str]:
    """What a word that no dictionary has may be the definite form or the plural of: "åboulevard" of "åboulevarden".

    A name in -sen is no form of a name in -s: "Hansen" is not found by "Hans".
    """
    for ending in ENDINGS:
        stem = form.removesuffix(ending)
        if stem != form:
            if len(stem) >= SHORTEST_STEM and not form.endswith("sen"):
                yield stem
            if len(stem) >= SHORTEST_STEM - 1:
                yield f"{stem}e"
            return


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
    if size == 2:
        return []
    return [
        "".join(form for form, _ in cut[start:end]) + cut[end][1]
        for start in range(size)
        for end in range(start + 1, size)
        if end - start + 1 < size
    ]
