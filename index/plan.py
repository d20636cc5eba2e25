"""From a query's tree to questions for an engine, and to the marks of a snippet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

import msgspec

from index import signs, tree, weights
from index.beginnings import doubtful, spellings
from index.broken import halves
from index.engines.base import (
    Alike,
    AllOf,
    AnyOf,
    Boost,
    Everything,
    Near,
    Node,
    Phrase,
    Prefix,
    Range,
    Request,
    Term,
    Without,
    placings,
)
from index.names import name_beginning
from index.opaque import in_one, in_one_title
from index.places import place as place_of
from index.standing import ASKING, Asked
from index.stored import bare_code, body_names, code, padded
from index.terms import LONGEST_FORM
from index.text import Word, fold, keyword
from index.tokens import CASE_NUMBER, CODE, Token, tokens
from index.weights import Having, Rarity, anywhere, beside, in_few, level

PRINTED = ("exact", "title_exact")  # words as printed: of the text, of the title
CODES = frozenset({"number", "reference"})
MOST_SIMILAR = 2_000  # words near to others that are asked for in one query
# So many words are looked for with so many slips: with two, the whole table of forms is gone through for each.
MOST_SLIPPED = {1: 50, 2: 3}
# Of more words than these, however they are joined, compounds are looked for as one word only, and forms as typed do
# not count: each is several lists for an engine to read.
MOST_APART = 20
# Words near each other in so many ways, times the parts that the rarest of them is in: about a second.
MOST_NEAR = 700_000

WordOf = Callable[[str], Word]
Similar = Callable[[str, int], Iterable[str]]
Begun = Callable[[Iterable[str], str], set[str] | None]
"""The terms of forms with one of some beginnings and one of some letters next; None where they cannot be told."""


def unlisted(_starts: Iterable[str], _letters: str) -> None:
    """No form is known, where nothing is known of an index."""


class Mark(msgspec.Struct, frozen=True):
    """What one thing of a query looks like: lemmas and members, exact forms, beginnings.

    ``phrase``: of the exact forms those side by side, or in any order with at most ``slop`` others between them.
    ``record``: what one figure or decision has.
    """

    terms: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    slop: int | None = None
    record: Asked | None = None


class Plan(msgspec.Struct, frozen=True):
    """``all`` asks for everything; ``most`` (None for a query of one thing) for the parts that miss some of it.

    ``both`` finds what these two find, which is counted sooner than ``most`` is. ``in_pieces``: asked with ``apart``
    it could find more.
    """

    all: Request
    most: Request | None
    both: Request | None
    marks: tuple[Mark, ...]
    in_pieces: bool = False


def plan(
    node: tree.AnyNode,
    word: WordOf,
    similar: Similar,
    rarity: Rarity = level,
    having: Having = in_few,
    begun: Begun = unlisted,
    *,
    apart: bool = True,
) -> Plan:
    """The questions for a query; ``word`` analyses a lower-case form, ``similar`` gives the indexed forms near to one,
    ``rarity`` says how much a term of the index says, ``having`` how many entries have it, ``begun`` which forms begin
    in some way. ``apart``: compounds are also found by their members apart.

    Raises QueryError for what would have to ask for too much.
    """
    return Planner(word, similar, rarity, having, begun, apart=apart).plan(node)


class Planner:
    """Plans one query. What a node asks for is worked out once and used for the search and for the marks."""

    def __init__(
        self,
        word: WordOf,
        similar: Similar,
        rarity: Rarity = level,
        having: Having = in_few,
        begun: Begun = unlisted,
        *,
        apart: bool = True,
    ) -> None:
        self._word = word
        self._similar = similar
        self._rarity = rarity
        self._having = having
        self._begun = begun
        self._apart = apart
        self._in_pieces = False
        self._opaque: dict[tree.Node, list[str]] = {}
        self._alone = self._few = True
        self._slips: dict[tuple[str, int], tuple[str, ...]] = {}
        self._placings = self._read = 0

    def plan(self, node: tree.AnyNode) -> Plan:
        """See :func:`plan`."""
        items = node.items if isinstance(node, tree.Group) else (node,)
        wanted = [item for item in items if not tree.narrows(item)]
        narrowing = [item for item in items if tree.narrows(item)]
        self._few = sum(map(tree.size, wanted)) <= MOST_APART
        self._alone = len(wanted) == 1 and self._few
        self._opaque = in_one([*wanted, *narrowing], self._word, self._rarity)
        nodes, filters = self._each(wanted), self._each(narrowing)
        bonus = self._bonus(wanted)
        most = both = None
        if len(nodes) > 1:
            missing, least = Without(AllOf(nodes)), (len(nodes) + 1) // 2
            # Where one of two words is missing, there is no pair to stand together.
            beside_others = bonus if len(nodes) > 2 else ()
            more = self._for_more(wanted, nodes) if len(nodes) - 1 > least else ()
            most = Request(AllOf((*filters, missing)), nodes, least, (*beside_others, *more))
            both = Request(AllOf(filters) if filters else Everything(), nodes, least)
        marks = tuple(dict.fromkeys(mark for item in items for mark in self._marks(item)))
        return Plan(
            Request(AllOf((*nodes, *filters)), bonus=bonus), most, both, marks, self._in_pieces and not self._apart
        )

    def _bonus(self, wanted: list[tree.Node]) -> tuple[Node, ...]:
        typed = [token for item in wanted if isinstance(item, tree.Words) for token in tokens(item.text)]
        opaque = {compound for compounds in self._opaque.values() for compound in compounds}
        return beside([(token, self._word(token.form)) for token in typed], self._rarity, self._having, opaque)

    def _for_more(self, wanted: list[tree.Node], nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """What adds to a part for each of the things it has, all the same: of parts that miss some, those come first
        that miss least. It is as much as a word says on average."""
        said = [
            self._rarity("body", self._word(item.text.lower()).lemmas[0])
            for item in wanted
            if isinstance(item, tree.Words)
        ]
        worth = weights.PRESENT * sum(said) / len(said) if self._few and any(said) else 0
        return tuple(Boost(Alike(node), worth) for node in nodes) if worth else ()

    def node(self, item: tree.Node, *, loose: bool = True) -> Node:
        """What an engine is asked for a node. ``loose``: where it is asked so at all, a compound is also found by its
        members apart."""
        return Boost(self._asked(item, loose=loose), 0) if tree.narrows(item) else self._asked(item, loose=loose)

    def _asked(self, item: tree.Node, *, loose: bool) -> Node:
        match item:
            case tree.Words(text=text):
                asked = self._words(text, loose=loose)
                lemma = self._word(text.lower()).lemmas[0] if item in self._opaque else ""
                ones = [way for one in self._opaque.get(item, ()) for way in weights.instead(one, lemma, self._rarity)]
                return AnyOf((asked, *ones)) if ones else asked
            case tree.Phrase(text=text):
                return self._phrase(text)
            case tree.Near():
                return self._near(item)
            case tree.Prefix(text=text):
                return self._beginning(text.lower())
            case tree.Fuzzy():
                return self._fuzzy(item)
            case tree.Filter():
                ones = [Term("title", one) for one in self._opaque.get(item, ())]
                asked = self._filter(item.field, item.value)
                return AnyOf((asked, *ones)) if ones else asked
            case tree.OneRecord():
                return signs.one_record(item)
            case tree.Without(item=inner):
                # "-støttekorps" leaves out no part for having "støtte" here and "korps" there.
                return Without(self.node(inner, loose=False))
            case tree.AnyOf(items=items):
                return AnyOf(self._each(items, loose=loose))
            case tree.AllOf(items=items) | tree.Group(items=items):
                return AllOf(self._each(items, loose=loose))
        raise TypeError(f"no such node in a query: {item!r}")

    def _each(self, items: Iterable[tree.Node], *, loose: bool = True) -> tuple[Node, ...]:
        """The questions for several nodes, each asked once."""
        return tuple(dict.fromkeys(self.node(item, loose=loose) for item in items))

    # --- words ------------------------------------------------------------------------------------------------

    def _words(self, text: str, *, loose: bool) -> Node:
        found = list(tokens(text))
        if len(found) == 1:
            return self._one_word(found[0], loose=loose)
        lemmas = tuple(self._word(token.form).lemmas[0] for token in found)
        ways: list[Node] = [Phrase("body", lemmas), Boost(Phrase("title", lemmas), weights.TITLE)]
        for whole in found[0].wholes:
            ways += anywhere(self._word(whole).lemmas, self._rarity)
        return AnyOf(tuple(ways))

    def _one_word(self, token: Token, *, loose: bool) -> Node:
        analysed = self._word(token.form)
        ways = anywhere(analysed.lemmas, self._rarity)
        if self._alone or len(token.form) > LONGEST_FORM:
            ways.append(Boost(Term("exact", analysed.exact), weights.EXACT))
        if len(token.form) > LONGEST_FORM:
            ways.append(Boost(Term("title_exact", analysed.exact), weights.EXACT))
        number = CODE.fullmatch(token.form)
        if number:  # "ISU42" is also written "ISU 42", and "ISU 042"
            pairs = [(fold(number[1]), digits) for digits in padded(number[2])]
            ways += [Boost(self._side_by_side(pair), weights.EXACT) for pair in pairs]
        if number or CASE_NUMBER.fullmatch(token.form):
            ways.append(Boost(Term("number", bare_code(token.form)), weights.TITLE))
        in_pieces = analysed.leaves > 0 and loose and self._few
        self._in_pieces = self._in_pieces or in_pieces
        if in_pieces and self._apart:
            ways.append(weights.apart(analysed))
        return AnyOf(tuple(ways))

    def _phrase(self, text: str) -> Node:
        whole = self._side_by_side(_exact(text))
        broken = [
            AllOf((self._side_by_side(forms), Boost(Term("parts", term), 0)))
            for forms, term in halves(text, self._word, self._rarity)
        ]
        return AnyOf((whole, *broken)) if broken else whole

    def _near(self, item: tree.Near) -> Node:
        values = _exact(item.text)
        ways = placings(values, item.slop)
        self._placings += ways
        if self._placings > tree.MOST_PLACINGS:
            message = (
                "the words near each other can stand in too many ways for one query: ask for fewer, or nearer ones"
            )
            raise tree.QueryError(message, item.position)
        if len(values) > 2:
            self._read += ways * sum(min(self._having(field, value) for value in values) for field in PRINTED)
            if self._read > MOST_NEAR:
                message = (
                    "these words are in too many parts for so many ways to stand near each other: ask for nearer ones, "
                    "or for two of them"
                )
                nearer = f'"{item.text}"~{item.slop // 2}' if item.slop > 1 else None
                raise tree.QueryError(message, item.position, nearer)
        return self._printed(values, lambda field: Near(field, values, item.slop))

    def _fuzzy(self, item: tree.Fuzzy) -> Node:
        form = item.text.lower()
        slips = [Boost(self._form(one), weights.SLIPPED) for one in self._near_forms(item) if one != fold(form)]
        return AnyOf((self._form(fold(form)), *slips))

    def _form(self, form: str) -> Node:
        return self._printed((form,), lambda field: Term(field, form))

    def _side_by_side(self, forms: tuple[str, ...]) -> Node:
        return self._printed(forms, lambda field: Phrase(field, forms))

    def _printed(self, forms: tuple[str, ...], asked: Callable[[str], Node]) -> Node:
        """A question for words as printed: in the text, and in the title where titles have all of them."""
        text, title = PRINTED
        if not all(self._rarity(title, form) for form in forms):
            return asked(text)
        return AnyOf((asked(text), Boost(asked(title), weights.TITLE)))

    def _beginning(self, text: str) -> Node:
        """The forms that begin so; where the next letter may be half of another, those that the table has so."""
        but, listed = self._doubts(text)
        return Alike(AnyOf((*(Prefix(field, fold(text), but) for field in PRINTED), *map(self._form, listed))))

    def _doubts(self, text: str) -> tuple[str, list[str]]:
        """The letters that may be half of another next after a beginning, and the forms that have them as they are: the
        first are not to be found, the second are. None of either where it cannot be told."""
        letters = doubtful(text)
        starts = spellings(fold(text)) if letters else []
        listed = self._begun(starts, letters) if letters and starts is not None else None
        return (letters, sorted(listed)) if listed is not None else ("", [])

    def _near_forms(self, item: tree.Fuzzy) -> tuple[str, ...]:
        key = (item.text.lower(), item.distance)
        if key not in self._slips:
            if sum(distance == item.distance for _, distance in self._slips) == MOST_SLIPPED[item.distance]:
                message = f"at most {MOST_SLIPPED[item.distance]} words of a query are looked for with ~{item.distance}"
                raise tree.QueryError(message, item.position)
            self._slips[key] = tuple(dict.fromkeys(fold(form) for form in self._similar(*key)))
            if sum(map(len, self._slips.values())) > MOST_SIMILAR:
                message = f"more than {MOST_SIMILAR} words are near to {item.text}: ask for a longer or a nearer one"
                raise tree.QueryError(message, item.position, f"{item.text}~1" if item.distance > 1 else None)
        return self._slips[key]

    # --- filters ----------------------------------------------------------------------------------------------

    def _filter(self, field: str, value: tree.Name | tree.Span | tree.OneOf) -> Node:
        if isinstance(value, tree.OneOf):
            return AnyOf(tuple(self._filter(field, one) for one in value.values))
        if isinstance(value, tree.Span):
            ranges = tuple(Range(field, low, high) for low, high in signs.ranges(value))
            return ranges[0] if len(ranges) == 1 else AnyOf(ranges)
        if field == "title":
            return self._title(value)
        if field == "path":
            lies = place_of(value.text)
            return Prefix(field, lies) if value.prefix else Term(field, lies)
        if field in CODES:
            return Prefix(field, code(value.text)) if value.prefix else Term(field, bare_code(value.text))
        text = keyword(value.text).lstrip("@")
        if value.prefix:
            return name_beginning(field, text, *self._doubts(text.rpartition(" ")[2]))
        if field == "committee" and len(names := body_names(text)) > 1:
            return AnyOf(tuple(Term(field, name) for name in names))
        last, comma, given = text.partition(", ")
        if comma and field in ("from", "to"):  # "Holm, Anna" is also filed as "Anna Holm"
            return AnyOf((Term(field, text), Term(field, f"{given} {last}")))
        return Term(field, text)

    def _title(self, value: tree.Name) -> Node:
        """Titles are kept by lemma and as printed: a word in any form, several side by side; a star begins a base form
        or a word as printed."""
        found = list(tokens(value.text))
        *before, last = [token.form for token in found]
        if value.prefix:
            but, listed = self._doubts(last)
            begun: list[Node] = [Prefix(field, fold(last), but) for field in ("title", "title_exact")]
            ways = [*begun, *(Term("title_exact", form) for form in listed), *self._lemmas_in_title(last)]
            return AllOf((*(AnyOf(tuple(self._lemmas_in_title(form))) for form in before), AnyOf(tuple(ways))))
        if before:
            return self._side_by_side_in_title(found)
        return AnyOf(tuple(self._lemmas_in_title(last)))

    def _side_by_side_in_title(self, found: list[Token]) -> Node:
        """Words of a title next to each other; two of them may be one there."""
        lemmas = tuple(self._word(token.form).lemmas[0] for token in found)
        ways = [Phrase("title", lemmas)]
        for place, (first, second) in enumerate(pairwise(found)):
            ones = in_one_title(first, second, self._word, self._rarity)
            ways += [Phrase("title", (*lemmas[:place], one, *lemmas[place + 2 :])) for one in ones]
        return ways[0] if len(ways) == 1 else AnyOf(tuple(ways))

    def _lemmas_in_title(self, form: str) -> list[Node]:
        return [Term("title", lemma) for lemma in self._word(form).lemmas]

    # --- marks ------------------------------------------------------------------------------------------------

    def _marks(self, item: tree.Node) -> list[Mark]:
        match item:
            case tree.Words(text=text):
                mark = self._word_mark(text)
                return [msgspec.structs.replace(mark, terms=mark.terms.union(self._opaque.get(item, ())))]
            case tree.Phrase(text=text) | tree.Near(text=text):
                words, slop = _exact(text), item.slop if isinstance(item, tree.Near) else None
                return [Mark(exact=frozenset(words), phrase=words, slop=slop)]
            case tree.Prefix(text=text):
                _, listed = self._doubts(text.lower())
                return [Mark(exact=frozenset(listed), prefixes=(fold(text.lower()),))]
            case tree.Fuzzy(text=text):
                return [Mark(exact=frozenset({fold(text.lower()), *self._near_forms(item)}))]
            case tree.Filter(field=field) | tree.OneRecord(field=field) if field in ASKING:
                return [Mark(record=item)]
            case tree.AllOf(items=items) | tree.AnyOf(items=items) | tree.Group(items=items):
                return [mark for inner in items for mark in self._marks(inner)]
        return []

    def _word_mark(self, text: str) -> Mark:
        terms: set[str] = set()
        for token in tokens(text):
            analysed = self._word(token.form)
            terms.update(analysed.lemmas, analysed.members if self._apart else ())
            number = CODE.fullmatch(token.form)
            terms.update((number[1], *padded(number[2])) if number else ())
            for whole in token.wholes if token.form != text.lower() else ():
                terms.update(self._word(whole).lemmas)
        return Mark(terms=frozenset(terms))


def _exact(text: str) -> tuple[str, ...]:
    return tuple(fold(token.form) for token in tokens(text))
