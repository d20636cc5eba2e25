"""From a query's tree to questions for an engine, and to the marks of a snippet."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import msgspec

from index import tree
from index.engines.base import AllOf, AnyOf, Boost, Node, Phrase, Prefix, Range, Request, Term, Without
from index.stored import code
from index.text import Word, fold, keyword
from index.tokens import CODE, Token, tokens

# A word in the title says more than one in the body, the form as typed a little more than its lemma alone; inside a
# compound it says less; and a compound that is only there in pieces, far apart perhaps, ranks below all of these.
TITLE, EXACT, INSIDE, IN_PIECES, SIDE_BY_SIDE = 1.5, 0.5, 0.5, 0.1, 1.0
ANYWHERE = ("body", "parts", "title")

WordOf = Callable[[str], Word]


class Mark(msgspec.Struct, frozen=True):
    """What one thing of the query looks like in a text: lemmas and members, exact forms, beginnings."""

    terms: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """``all`` asks for everything; ``most`` (None for a query of one thing) for the parts that miss some of it."""

    all: Request
    most: Request | None
    marks: tuple[Mark, ...]


def plan(node: tree.AnyNode, word: WordOf) -> Plan:
    """The questions for a query; ``word`` analyses a lower-case form."""
    items = node.items if isinstance(node, tree.Group) else (node,)
    strict = [item for item in items if isinstance(item, tree.Filter | tree.Without)]
    wanted = [item for item in items if not isinstance(item, tree.Filter | tree.Without)]
    filters = tuple(Boost(_node(item, word), 0) for item in strict)
    nodes = tuple(_node(item, word) for item in wanted)
    most = None
    if len(nodes) > 1:
        missing = Without(AllOf(nodes))
        most = Request(AllOf((*filters, missing)), nodes, minimum=(len(nodes) + 1) // 2)
    marks = tuple(mark for item in wanted for mark in _marks(item, word))
    return Plan(Request(AllOf((*nodes, *filters)), _neighbours(wanted, word)), most, marks)


def _neighbours(wanted: list[tree.Node], word: WordOf) -> tuple[Node, ...]:
    """Words typed side by side rank higher where they stand side by side."""
    words = [token for item in wanted if isinstance(item, tree.Words) for token in tokens(item.text)]
    pairs = pairwise(word(token.form).lemmas[0] for token in words)
    return tuple(Boost(Phrase("body", pair), SIDE_BY_SIDE) for pair in dict.fromkeys(pairs))


def _node(item: tree.Node, word: WordOf) -> Node:
    match item:
        case tree.Words(text=text):
            return _words(text, word)
        case tree.Phrase(text=text):
            return Phrase("exact", tuple(fold(token.form) for token in tokens(text)))
        case tree.Prefix(text=text):
            return Prefix("exact", fold(text.lower()))
        case tree.Filter():
            return _filter(item, word)
        case tree.Without(item=inner):
            return Without(_node(inner, word))
        case tree.AnyOf(items=items):
            return AnyOf(tuple(_node(inner, word) for inner in items))
        case tree.AllOf(items=items) | tree.Group(items=items):
            return AllOf(tuple(_node(inner, word) for inner in items))
    raise TypeError(f"no such node in a query: {item!r}")


def _words(text: str, word: WordOf) -> Node:
    found = list(tokens(text))
    if len(found) == 1:
        return _one_word(found[0], word)
    ways: list[Node] = [Phrase("body", tuple(word(token.form).lemmas[0] for token in found))]
    for whole in found[0].wholes:
        ways += _anywhere(word(whole).lemmas)
    return AnyOf(tuple(ways))


def _one_word(token: Token, word: WordOf) -> Node:
    analysed = word(token.form)
    ways = [*_anywhere(analysed.lemmas), Boost(Term("exact", analysed.exact), EXACT)]
    number = CODE.fullmatch(token.form)
    if number:  # "ISU42" is also written "ISU 42"
        ways.append(Boost(Phrase("exact", (fold(number[1]), number[2])), EXACT))
    leaves = analysed.members[: analysed.leaves]
    if leaves:
        together = AllOf(
            tuple(AnyOf(tuple(Term(field, leaf) for field in ("body", "parts", "title"))) for leaf in leaves)
        )
        ways.append(Boost(together, IN_PIECES))
    return AnyOf(tuple(ways))


def _anywhere(lemmas: tuple[str, ...]) -> list[Node]:
    return [
        way
        for lemma in lemmas
        for way in (Term("body", lemma), Boost(Term("parts", lemma), INSIDE), Boost(Term("title", lemma), TITLE))
    ]


def _filter(item: tree.Filter, word: WordOf) -> Node:
    value = item.value
    if isinstance(value, tree.Span):
        return Range(item.field, value.low, value.high)
    if item.field == "title":
        return AllOf(tuple(Term("title", word(token.form).lemmas[0]) for token in tokens(value.text)))
    text = code(value.text) if item.field in ("number", "reference") else keyword(value.text).lstrip("@")
    return Prefix(item.field, text) if value.prefix else Term(item.field, text)


def _marks(item: tree.Node, word: WordOf) -> list[Mark]:
    match item:
        case tree.Words(text=text):
            return [_word_mark(text, word)]
        case tree.Phrase(text=text):
            return [Mark(exact=frozenset(fold(token.form) for token in tokens(text)))]
        case tree.Prefix(text=text):
            return [Mark(prefixes=(fold(text.lower()),))]
        case tree.AllOf(items=items) | tree.AnyOf(items=items) | tree.Group(items=items):
            return [mark for inner in items for mark in _marks(inner, word)]
    return []


def _word_mark(text: str, word: WordOf) -> Mark:
    terms: set[str] = set()
    for token in tokens(text):
        analysed = word(token.form)
        terms.update(analysed.lemmas, analysed.members[: analysed.leaves])
        number = CODE.fullmatch(token.form)
        terms.update((number[1], number[2]) if number else ())
        for whole in token.wholes if token.form != text.lower() else ():
            terms.update(word(whole).lemmas)
    return Mark(terms=frozenset(terms))
