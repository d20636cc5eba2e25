"""Did you mean: a query with the words put right that the index does not have, by words that it has."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from index import tree
from index.engines.base import AnyOf, Everything, Prefix, Reader, Request, Term
from index.plan import PRINTED, Begun, plan, unlisted
from index.query import parse
from index.text import Word, fold, keyword
from index.tokens import tokens
from index.weights import JOINTS

SHORTEST = 4  # letters: a shorter word is near to anything
SHORTEST_FOR_TWO = 6
SHORTEST_BEGINNING = 3
# A word that the index has is put right only by one that it has so many times as often.
TIMES = 50
NEAR = 0.75
PEOPLE = ("from", "to")
MOST_NAMES = 2_000
MOST_SIMILAR = 300
MOST_OF_NAME = 4
# So many words of a query are looked at, and of so many, words that are two slips away, for that takes long.
MOST_TYPED, MOST_FAR = 12, 2
# What names are called in the index: field of the query, facet.
NAMES = {"committee": "committee", "municipality": "municipality", "from": "from"}
WORDS = re.compile(r"[^\W_]+")
EVERYTHING = Request(Everything())

WordOf = Callable[[str], Word]
Similar = Callable[[str, int], Iterable[str]]


class _Typed(NamedTuple):
    """What stands at ``query[start:end]``, ``quoted`` or not; ``field``: that of a filter, "" for a word of text."""

    start: int
    end: int
    text: str
    field: str = ""
    quoted: bool = False


class Suggester:
    """Knows the words of an index; ``word`` analyses a form, ``similar`` gives the indexed forms near to one."""

    def __init__(self, reader: Reader, word: WordOf, similar: Similar, begun: Begun = unlisted) -> None:
        self._reader, self._word, self._similar = reader, word, similar
        self._asked = word, similar, reader.rarity, reader.at_most, begun
        self._known: dict[tuple[str, str], str | None] = {}
        self._far = MOST_FAR

    def better(self, query: str, found: int) -> str | None:
        """The query with its unknown words and names replaced, or with words of a phrase as one, if that finds more
        parts than ``found``; else None."""
        meant, node = query, parse(query)
        for as_one in self._as_one(node, query):
            if self._finds(as_one) > found:
                return as_one
        put_right = [(typed, self._instead(typed)) for typed in sorted(set(_typed(node, query)))[:MOST_TYPED]]
        for typed, near in reversed(put_right):
            if near is not None:
                meant = meant[: typed.start] + near + meant[typed.end :]
        return meant if meant != query and self._finds(meant) > found else None

    def _as_one(self, node: tree.Node, query: str) -> Iterator[str]:
        """The query with two words that stand side by side in quotes as one that the index has: "betalings parkering"
        as betalingsparkering."""
        for phrase in _phrases(node):
            found = list(tokens(phrase.text))
            begin = query.find(phrase.text, phrase.position)
            for first, second in list(pairwise(found))[: MOST_TYPED if begin > 0 else 0]:
                # Of two words that are one, nothing is left to stand in quotes.
                start, end = (-1, len(phrase.text) + 1) if len(found) == 2 else (first.start, second.stop)
                for joint in JOINTS:
                    one = first.form + joint + second.form
                    if one.isalpha() and self._frequency(one):
                        yield query[: begin + start] + one + query[begin + end :]

    def _instead(self, typed: _Typed) -> str | None:
        key = (typed.text.lower(), typed.field)
        if key not in self._known:
            self._known[key] = self._name(typed) if typed.field else self._near(key[0])
        if self._known[key] is None and not typed.field and not typed.quoted:
            return self._longer(key[0])
        return self._known[key]

    def _finds(self, query: str) -> int:
        try:
            return self._reader.count(plan(parse(query), *self._asked).all)
        except tree.QueryError:
            return 0

    def _near(self, form: str) -> str | None:
        if not form.isalpha() or len(form) < SHORTEST:
            return None
        known = self._frequency(form)
        for distance in (1, 2):
            if distance == 2:
                if known or not self._far or len(form) < SHORTEST_FOR_TWO:
                    return None
                self._far -= 1
            others = [one for one in self._similar(form, distance) if fold(one) != fold(form)][:MOST_SIMILAR]
            near = [(self._frequency(one), self._reader.frequency("exact", fold(one)), one) for one in others]
            if near and max(near)[0] > known * TIMES:
                return max(near)[2]
        return None

    def _longer(self, form: str) -> str | None:
        """What words of the index begin with, for a word that it does not have: "kajen" as kaj*, of "kajkant"."""
        if not form.isalpha() or self._frequency(form):
            return None
        lemmas = {fold(form), *self._word(form).lemmas}
        stems = [form[:end] for end in range(len(form), SHORTEST_BEGINNING - 1, -1) if fold(form[:end]) in lemmas]
        for stem in stems:
            if self._reader.count(Request(AnyOf(tuple(Prefix(field, fold(stem)) for field in PRINTED)))):
                return f"{stem}*"
        return None

    def _frequency(self, form: str) -> int:
        """In how many parts the word is found, in any form, as a member too."""
        analysed = self._word(form)
        ways = [Term(field, lemma) for lemma in analysed.lemmas for field in ("body", "parts", "title")]
        return self._reader.count(Request(AnyOf((*ways, Term("exact", analysed.exact)))))

    def _person(self, field: str, asked: str) -> str | None:
        """A name whose words that no name has are put right, in quotes if it has several."""
        names = asked.split()
        if len(names) == 1:
            return self._name_near(field, asked)
        if len(names) > MOST_OF_NAME:
            return None
        known = [self._reader.count(Request(Term(field, name))) > 0 for name in names]
        right = [
            name if is_known else self._name_near(field, name) for name, is_known in zip(names, known, strict=True)
        ]
        return f'"{" ".join(filter(None, right))}"' if all(right) and not all(known) else None

    def _name_near(self, field: str, asked: str) -> str | None:
        """The word of the texts near to one that is part of the name of most people: names stand in the texts too."""
        if not asked.isalpha():
            return None
        for distance in (1, 2)[: 1 if len(asked) < SHORTEST_FOR_TWO else 2]:
            near = list(self._similar(asked, distance))[:MOST_SIMILAR]
            counts = [
                (self._reader.count(Request(Term(field, keyword(one)))), one) for one in near if keyword(one) != asked
            ]
            if counts and max(counts)[0]:
                return max(counts)[1]
        return None

    def _name(self, typed: _Typed) -> str | None:
        """The name in the index that is nearest to one that it does not have."""
        asked = keyword(typed.text)
        if len(asked) < SHORTEST or self._reader.count(Request(Term(typed.field, asked))):
            return None
        if typed.field not in NAMES:
            return self._person(typed.field, asked)
        names = self._reader.facets(EVERYTHING, [NAMES[typed.field]], MOST_NAMES)[NAMES[typed.field]]
        printed = {_bare(name): name for name, _ in reversed(names)}
        if typed.field in PEOPLE:
            # A person is known by an address, which says the name, too.
            printed |= {" ".join(WORDS.findall(_bare(name).partition("@")[0])): name for name, _ in reversed(names)}
        name = _nearest(_bare(typed.text), printed)
        if name is None and typed.field in PEOPLE:
            return self._person(typed.field, asked)
        return f'"{printed[name]}"' if name else None


def _nearest(asked: str, names: Iterable[str]) -> str | None:
    """The name that is spelled so but for the keys ("Hvidso" is Hvidsø), else the only one with a word that
    begins so ("kulturudvalget" is a part of "Kultur- og Fritidsudvalget"), else the one that is spelled most alike."""
    spelled = {_letters(name): name for name in names}
    letters = _letters(asked)
    if letters in spelled:
        return spelled[letters]
    stem = letters.removesuffix("udvalg").removesuffix("s")
    begin = [name for name in spelled if any(word.startswith(stem) for word in WORDS.findall(name))]
    if len(stem) >= SHORTEST and len(begin) == 1:
        return spelled[begin[0]]
    near = difflib.get_close_matches(letters, spelled, n=1, cutoff=NEAR)
    return spelled[near[0]] if near else None


def _letters(name: str) -> str:
    """A folded name as it is typed without keys for å, æ and ø: "hvidsoe" and "hvidso" are one."""
    return name.replace("aa", "a").replace("ae", "a").replace("oe", "o")


def _bare(name: str) -> str:
    """A name without what is left out in typing."""
    return keyword(name).removesuffix(" kommune").removesuffix("s").removesuffix("et")


def _typed(node: tree.Node, query: str) -> Iterator[_Typed]:
    """The words and names that a query wants found, and where they stand."""
    if isinstance(node, tree.Words | tree.Phrase):
        begin = node.position + query[node.position :].find(node.text)
        for token in tokens(node.text):
            word, quoted = node.text[token.start : token.end], isinstance(node, tree.Phrase)
            yield _Typed(begin + token.start, begin + token.end, word, quoted=quoted)
    elif isinstance(node, tree.Filter) and node.field in (*NAMES, *PEOPLE) and isinstance(node.value, tree.Name):
        yield from _name_in(node, node.value, query)
    elif isinstance(node, tree.Group | tree.AllOf | tree.AnyOf):
        for item in node.items:
            yield from _typed(item, query)


def _phrases(node: tree.Node) -> Iterator[tree.Phrase]:
    """What a query wants found in quotes."""
    if isinstance(node, tree.Phrase):
        yield node
    elif isinstance(node, tree.Group | tree.AllOf | tree.AnyOf):
        for item in node.items:
            yield from _phrases(item)


def _name_in(found: tree.Filter, name: tree.Name, query: str) -> Iterator[_Typed]:
    """The value of a filter with its quotes; none that ends in a star or is written in another way."""
    at = query.find(":", found.position) + 1
    for written in (name.text, f'"{name.text}"'):
        if not name.prefix and query.startswith(written, at):
            yield _Typed(at, at + len(written), name.text, found.field)
