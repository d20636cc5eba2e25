"""Which words of a text a query has found, and which part of a word where only that was meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from corpus.patterns import late
from index.beginnings import begins
from index.plan import Mark
from index.sieve import Sieve
from index.standing import fitting
from index.text import JOINTS, LISTED, SHORTEST_UNFINISHED, UNBEGUN, UNFINISHED, Word, fold, is_regular, regular
from index.tokens import CHUNK, LONGEST_WHOLE, Token, broken_words, letters_before, pieces, tokens

LINKING = ("", "s", "e")
# The halves of a word with a line break in it, and so many blanks around that.
HALF = late(r"[^\W\d_]+")
FIRST_HALF = late(r"[^\W\d_]+[^\w\n]*\n\s*\Z")
LETTER = late(r"[^\W_]")
FURTHEST_GAP = 80
SHORTEST_PIECE = 2
# No token goes over one of these; see index.tokens.stretches.
BLANKS = " \n"
REMEMBERED = 10_000

Forms = Callable[[frozenset[str]], set[str]]
WordOf = Callable[[str], Word | None]


class Place(NamedTuple):
    """``text[start:end]`` is what mark number ``which`` has found."""

    start: int
    end: int
    which: int


class Marker:
    """Knows which words of a text a query has found.

    ``forms`` gives the indexed forms that are filed under any of some terms, ``word`` what an indexed form is filed
    under (both of the index's table).
    """

    def __init__(self, marks: Iterable[Mark], forms: Forms, word: WordOf = lambda form: None) -> None:
        marks = list(marks)
        self._marks = [mark for mark in marks if mark.record is None]
        self._asked = [mark.record for mark in marks if mark.record is not None]
        self._forms = [forms(mark.terms) for mark in self._marks]
        sought = frozenset[str]().union(*self._forms, *(mark.terms | mark.exact for mark in self._marks))
        self._sieve = Sieve((*sought, *(prefix for mark in self._marks for prefix in mark.prefixes)))
        self._word = word
        self._by_form = _numbered(self._forms)
        self._by_term = _numbered(mark.terms for mark in self._marks)
        self._by_exact = _numbered(mark.exact for mark in self._marks)
        self._phrases = {which: mark for which, mark in enumerate(self._marks) if mark.phrase}
        self._beginnings = [which for which, mark in enumerate(self._marks) if mark.prefixes]
        self._seen: dict[str, tuple[Place, ...]] = {}

    @property
    def asks_records(self) -> bool:
        """Whether a filter of the query is fitted by a figure or a decision."""
        return bool(self._asked)

    def standing(self, data: bytes) -> Iterator[Place]:
        """Where the figures and decisions stand that fit a filter, of what :mod:`index.standing` packed."""
        for which, asked in enumerate(self._asked, len(self._marks)):
            yield from (Place(one.start, one.end, which) for one in fitting(data, asked))

    def places(self, text: str) -> list[Place]:
        """What was found, in order. Places of one word may touch and overlap: "støtte" and "korps" of a compound."""
        if not self._marks:
            return []
        found = {*self._broken(text), *self._unfinished(text), *self._unbegun(text)}
        for stretch in self._sieve.stretches(text):
            places = self._of_stretch(stretch)
            if places:
                for at in _occurrences(stretch, text):
                    found.update(Place(at + start, at + end, which) for start, end, which in places)
        return sorted(self._side_by_side(text, found) if self._phrases else found)

    def _side_by_side(self, text: str, found: set[Place]) -> set[Place]:
        """Of the words of a phrase those that stand in their order, with no other word between; of words near each
        other those that are."""
        kept = {place for place in found if place.which not in self._phrases}
        for which, mark in self._phrases.items():
            places = sorted(place for place in found if place.which == which)
            runs = _runs(text, places, mark.phrase)
            kept.update(runs if mark.slop is None else _near(text, places, mark.phrase, mark.slop))
        return kept

    def _of_stretch(self, stretch: str) -> tuple[Place, ...]:
        """The places in what stands between two blanks, counted from its beginning. Remembered."""
        known = self._seen.get(stretch)
        if known is None:
            if len(self._seen) >= REMEMBERED:
                self._seen.clear()
            known = self._seen[stretch] = tuple(self._in_stretch(stretch))
        return known

    def _in_stretch(self, stretch: str) -> Iterator[Place]:
        for match in CHUNK.finditer(stretch):
            at = match.start()
            for token in pieces(match[0]):
                yield from (Place(at + start, at + end, which) for start, end, which in self._of_token(token))

    def _of_token(self, token: Token) -> Iterator[Place]:
        fits = {which for whole in token.wholes for which in self._fitting(whole)}
        for which in sorted({*self._meaning(token.form), *fits}):
            spans = self._spans(token.form, which)
            if spans and len(token.form) != token.end - token.start:
                spans = [(0, token.end - token.start)]  # a letter whose small form is longer
            if not spans and which in fits:
                spans = [(0, token.stop - token.start)]
            yield from (Place(token.start + start, token.start + end, which) for start, end in spans)

    def _meaning(self, form: str) -> Iterator[int]:
        """The marks that may mean a form."""
        yield from self._by_exact.get(fold(form), ())
        yield from self._fitting(form)
        yield from self._beginnings

    def _fitting(self, form: str) -> Iterator[int]:
        """The marks with terms that the form is filed under."""
        yield from self._by_form.get(form, ())
        if is_regular(form):
            for lemma in regular(form).lemmas:
                yield from self._by_term.get(lemma, ())

    def _broken(self, text: str) -> Iterator[Place]:
        """Words that a line break has cut in two: both halves."""
        for second, whole in broken_words(text).items():
            found = {*self._fitting(whole), *self._by_exact.get(fold(whole), ())}
            if found:
                end = HALF.match(text, second)
                first = FIRST_HALF.search(text, max(0, second - len(whole) - FURTHEST_GAP), second)
                start = first.start() if first else second
                yield from (Place(start, end.end() if end else second, which) for which in found)

    def _unfinished(self, text: str) -> Iterator[Place]:
        """Words that another word ends: of "børne- og ungdomsudvalget" by "børneudvalget" børne and udvalget."""
        if not any(f"- {joint} " in text for joint in JOINTS):
            return
        for match in UNFINISHED.finditer(text):
            last, begin = match[1][:LONGEST_WHOLE].lower(), match.start(1)
            for start, head in _heads(text, match.start()):
                for cut in range(SHORTEST_PIECE, len(last)):
                    for which in self._fitting(head + last[cut:]):
                        yield Place(start, start + len(head), which)
                        yield Place(begin + cut, begin + len(last), which)

    def _unbegun(self, text: str) -> Iterator[Place]:
        """Words that another word begins: of "ansøgningsfrist og -krav" by "ansøgningskrav" ansøgnings and krav."""
        if not any(f" {joint} -" in text for joint in JOINTS):
            return
        for match in UNBEGUN.finditer(text):
            first = letters_before(text, match.start()).lower()
            begin = match.start() - len(first)
            for cut in range(SHORTEST_PIECE, len(first)):
                for which in self._fitting(first[:cut] + match[1].lower()):
                    yield Place(begin, begin + cut, which)
                    yield Place(match.start(1), match.end(1), which)

    def _spans(self, form: str, which: int) -> list[tuple[int, int]]:
        """The stretches of a form that a mark means: the whole, or its members; none where it is not meant."""
        whole = [(0, len(form))]
        mark = self._marks[which]
        exact = fold(form)
        if exact in mark.exact or _begins(form, exact, mark.prefixes):
            return whole
        if which not in self._fitting(form):
            return []
        word = None if is_regular(form) else self._word(form)
        if word is None or not mark.terms.isdisjoint((*word.lemmas, word.exact)):
            return whole
        return member_spans(form, word, mark.terms) or whole


def _runs(text: str, places: list[Place], words: tuple[str, ...]) -> Iterator[Place]:
    """The places that are the words of a phrase, one behind the other."""
    forms = [_form(text[place.start : place.end]) for place in places]
    for at in range(len(places) - len(words) + 1):
        if forms[at] != words[0] or tuple(forms[at : at + len(words)]) != words:
            continue
        run = places[at : at + len(words)]
        if not any(LETTER.search(text, one.end, other.start) for one, other in pairwise(run)):
            yield from run


def _near(text: str, places: list[Place], words: tuple[str, ...], slop: int) -> Iterator[Place]:
    """The places from one to another of the words, where all of them stand with no more than so many others."""
    forms = [_form(text[place.start : place.end]) for place in places]
    most = slop + len(words) - 1
    # How many words further on the next place is, if it is not too far.
    steps = [1 + sum(1 for _ in islice(tokens(text[one.end : other.start]), most)) for one, other in pairwise(places)]
    for first in range(len(places)):
        missing, last, away = Counter(words), first, 0
        missing.subtract(forms[first : first + 1])
        while any(count > 0 for count in missing.values()) and last < len(steps) and away + steps[last] <= most:
            away += steps[last]
            last += 1
            missing.subtract((forms[last],))
        if not any(count > 0 for count in missing.values()):
            yield from places[first : last + 1]


@lru_cache(maxsize=4096)
def _form(printed: str) -> str:
    """The folded form of a word as it is printed, perhaps over the end of a line."""
    if "\n" in printed:
        return fold("".join(HALF.findall(printed)).lower())
    return fold(next((token.form for token in tokens(printed)), printed.lower()))


def _begins(form: str, exact: str, prefixes: tuple[str, ...]) -> bool:
    return bool(prefixes) and exact.startswith(prefixes) and any(begins(form, prefix) for prefix in prefixes)


def _numbered(sets: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """In which of the sets each string is."""
    found: dict[str, list[int]] = {}
    for number, strings in enumerate(sets):
        for string in strings:
            found.setdefault(string, []).append(number)
    return found


def _heads(text: str, end: int) -> Iterator[tuple[int, str]]:
    """The words whose hyphens stand there and before it, each with its place: "ungdoms-, børne- og skoleområdet"."""
    head = letters_before(text, end)
    while len(head) >= SHORTEST_UNFINISHED:
        yield end - len(head), head.lower()
        end -= len(head) + len(LISTED)
        head = letters_before(text, end) if end > 0 and text.startswith(LISTED, end) else ""


def _occurrences(stretch: str, text: str) -> Iterator[int]:
    """Where a stretch stands in a text between blanks."""
    at = text.find(stretch)
    while at >= 0:
        end = at + len(stretch)
        if (not at or text[at - 1] in BLANKS) and (end == len(text) or text[end] in BLANKS):
            yield at
        at = text.find(stretch, at + 1)


def member_spans(form: str, word: Word, terms: frozenset[str]) -> list[tuple[int, int]]:
    """Where in a compound the members stand that are among ``terms``; what is joined is one stretch.

    "støttepædagogkorpset" by "pædagog" is (6, 13). Only the lemmas of members are known: each stands where most of its
    letters do.
    """
    folded, at = _folded(form)
    leaves = word.members[: word.leaves]
    starts = _starts(folded, leaves)
    if not starts:
        return []
    ends = [*starts[1:], len(folded)]
    found: set[int] = set()
    for first in range(len(leaves)):
        for last in range(first, len(leaves)):
            if folded[starts[first] : starts[last]] + leaves[last] in terms:
                found.update(range(first, last + 1))
    spans: list[tuple[int, int]] = []
    for number in sorted(found):
        start, end = starts[number], ends[number]
        if number + 1 < len(leaves) and number + 1 not in found:
            end = _without_link(folded, start, end, leaves[number])
        if spans and spans[-1][1] == at[start]:
            spans[-1] = (spans[-1][0], at[end])
        else:
            spans.append((at[start], at[end]))
    return spans


def _folded(form: str) -> tuple[str, list[int]]:
    """The form with its spelling folded, and for each of its letters (and the end) the place in the form."""
    letters = [fold(letter) for letter in form]
    at = [place for place, folded in enumerate(letters) for _ in folded]
    return "".join(letters), [*at, len(form)]


@lru_cache(maxsize=4096)
def _starts(folded: str, leaves: tuple[str, ...]) -> list[int]:
    """Where each member begins (not to be changed); nothing when they do not go into the form."""
    starts = [0]
    for before, leaf in pairwise(leaves):
        least = starts[-1] + max(1, _alike(before, folded, starts[-1]))
        if least >= len(folded):
            return []
        fits = [_alike(leaf, folded, at) for at in range(least, len(folded))]
        starts.append(least + fits.index(max(fits)))
    return starts if leaves else []


def _alike(leaf: str, folded: str, at: int) -> int:
    """How many letters of a member stand there."""
    count = 0
    for letter, there in zip(leaf, folded[at : at + len(leaf)], strict=False):
        if letter != there:
            break
        count += 1
    return count


def _without_link(folded: str, start: int, end: int, leaf: str) -> int:
    """The end of a member before the -s- or -e- that joins it to the next."""
    inside = start + len(leaf)
    return inside if folded.startswith(leaf, start) and folded[inside:end] in LINKING else end
