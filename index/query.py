"""The query language: what a person types, as a typed tree (:mod:`index.tree`). The grammar is ``query.lark``.

Nothing is silently ignored: what is not understood raises :class:`QueryError` with its place.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from corpus.patterns import late
from index.tree import OPERATORS, AllOf, AnyNode, AnyOf, Group, Node, QueryError, Without, Words
from index.typed import typed

if TYPE_CHECKING:
    from lark import Lark

__all__ = ["QueryError", "parse"]

GRAMMAR = Path(__file__).parent / "query.lark"
LONGEST_QUERY = 8_000  # characters
MOST_THINGS = 500  # words, phrases and filters
DEEPEST = 40  # parentheses and negations in each other
# Plain words need no parser (and no 30 ms to load one); a test holds the two ways together.
PLAIN = late(r"(?:[^\W_]|\s)+")
PLAIN_WORD = late(r"\S+")
# Nor do these beside each other, as query.lark has them, with a blank or nothing behind.
FLAT = late(
    r'(?:(?P<phrase>"[^"]*")|(?P<filter>[^\W\d_][\w-]*:[^\s()"]+)|(?P<prefix>[^\W_]+\*)|(?P<word>[^\W_]+))(?=\s|$)'
)
BARE = late(r"[^\s()]+")
BLANKS = late(r"\s*")
QUOTED = late(r'"[^"]*"')
# "støj - trafik": the dash of a title, which says nothing.
DASHES = frozenset("-–—−")
LONE_DASH = late(r"\s[-–—−]\s")
BESIDE_DASH = late(r"[()]*([^\W_][^\s()\":*~]*)[()]*")
SCOPED = late(r"[^\W\d_][\w-]*:\([^()]*\)?")
# "udvalg:BFU --antal 3", of which a query would make NOT NOT antal.
OPTION = late(r"(?<![^\s(])--(?P<name>[^\W\d_][\w-]*)")


@lru_cache(maxsize=1)
def _parser() -> Lark:
    from lark import Lark

    return Lark(GRAMMAR.read_text(encoding="utf-8"), parser="lalr", maybe_placeholders=False, cache=_parser_cache())


def _parser_cache() -> str | bool:
    """The file in the user's own cache folder that keeps the parsing table; False where none can be kept.

    Making the table takes longer than the search. Lark makes it anew when the grammar or its own version differ.
    """
    from platformdirs import user_cache_path

    folder = user_cache_path("akt", appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return False
    return str(folder / "query-parser") if os.access(folder, os.W_OK) else False


def parse(text: str) -> AnyNode:
    """The tree of a query. Raises QueryError, and nothing else, for what cannot be answered."""
    if len(text) > LONGEST_QUERY:
        raise QueryError(f"the query has {len(text)} characters; it can have {LONGEST_QUERY} at most", None)
    read = typed(text)
    try:
        node = _parse(read.text)
    except QueryError as error:
        if error.position is None or read.places is None:
            raise
        raise QueryError(error.message, read.place(error.position), error.suggestion) from None
    return node if read.places is None else _moved(node, read.place)


def _parse(text: str) -> AnyNode:
    if not text.strip():
        raise QueryError("the query is empty: give a word, a phrase in quotes or a filter")
    if PLAIN.fullmatch(text) and OPERATORS.isdisjoint(text.split()):
        return _plain(text)
    _check_options(text)
    text = _without_dashes(text)
    leaves = _flat(text)
    return _parse_in_full(text) if leaves is None else _checked(_Tree("group", leaves), _places(leaves), text)


def _plain(text: str) -> Group:
    words = list(PLAIN_WORD.finditer(text))
    if len(words) > MOST_THINGS:
        raise _too_many([word.start() for word in words])
    return Group(tuple(Words(word[0], word.start()) for word in words))


class _Token(str):
    """A leaf as typed, and where."""

    start_pos: int


class _Tree(NamedTuple):
    """As lark's: a kind of :file:`query.lark` and what it is made of."""

    data: str
    children: list[Any]


def _flat(text: str) -> list[_Tree] | None:
    """The leaves of a query without operators and parentheses; None for any other."""
    leaves = []
    end = len(text.rstrip())
    place = len(text) - len(text.lstrip())
    while place < end:
        match = FLAT.match(text, place)
        if match is None or match[0] in OPERATORS:
            return None
        token = _Token(match[0])
        token.start_pos = place
        leaves.append(_Tree(str(match.lastgroup), [token]))
        place = BLANKS.match(text, match.end()).end()  # type: ignore[union-attr]  # it matches anywhere
    return leaves


def _too_many(places: list[int]) -> QueryError:
    message = f"the query has {len(places)} words and filters; it can have {MOST_THINGS} at most"
    return QueryError(message, sorted(places)[MOST_THINGS])


def _parse_in_full(text: str) -> AnyNode:
    from lark.exceptions import UnexpectedInput

    _check_pairs(text)
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise _syntax_error(text, error) from None
    return _checked(tree.children[0], _places(tree.iter_subtrees()), text)


def _places(trees: Iterable[Any]) -> list[int]:
    """Where the words and filters of a query stand."""
    tokens: Iterable[Any] = (child for tree in trees for child in tree.children if isinstance(child, str))
    return [token.start_pos for token in tokens]


def _checked(tree: Any, places: list[int], text: str) -> AnyNode:
    if len(places) > MOST_THINGS:
        raise _too_many(places)
    node = _node(tree, text, 0)
    if not _says_something(node):
        raise QueryError("the query only says what to leave out; add a word or a filter")
    return node if isinstance(node, Group | AllOf | AnyOf) else Group((node,))


def _check_options(text: str) -> None:
    """Refuses an option of the command line, which would leave out what is left out."""
    option = OPTION.search(QUOTED.sub(lambda quoted: "_" * len(quoted[0]), text))
    if option:
        way_out = "an option goes behind the quotes around it; one minus leaves a word out"
        message = f"--{option['name']} stands inside the query: {way_out}"
        raise QueryError(message, option.start())


def _without_dashes(text: str) -> str:
    """The text with blanks for dashes that stand alone between two words, as in a title: a minus stands right before
    what it leaves out. Beside anything but a word, and in a filter's parentheses, a dash is left to be refused."""
    if not LONE_DASH.search(text):
        return text
    inside = [match.span() for match in chain(QUOTED.finditer(text), SCOPED.finditer(text))]
    pieces = list(PLAIN_WORD.finditer(text))
    for before, dash, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
        start = dash.start()
        if dash[0] not in DASHES or any(first <= start < last for first, last in inside):
            continue
        beside = (BESIDE_DASH.fullmatch(word[0]) for word in (before, after))
        if all(word and word[1] not in OPERATORS for word in beside):
            text = f"{text[:start]} {text[start + 1 :]}"
    return text


def _check_pairs(text: str) -> None:
    """Every quote and parenthesis is opened and closed."""
    if text.count('"') % 2:
        raise QueryError("a quote is opened and not closed", text.rindex('"'))
    opened: list[int] = []
    for match in re.finditer(r"[()]", QUOTED.sub(lambda quoted: "_" * len(quoted[0]), text)):
        if match[0] == "(":
            opened.append(match.start())
        elif not opened:
            raise QueryError("a parenthesis is closed that is not open", match.start())
        else:
            opened.pop()
    if opened:
        raise QueryError("a parenthesis is opened and not closed", opened[-1])


def _syntax_error(text: str, error: Any) -> QueryError:
    """The parser's error as a sentence about what the person typed."""
    position = getattr(error, "pos_in_stream", None)
    at_end = getattr(getattr(error, "token", None), "type", "") == "$END"
    position = len(text) if position is None or at_end else position
    rest = text[position:]
    if not rest.strip():
        return QueryError("something is missing at the end of the query", position)
    if rest[0] == ")":
        nothing = text[:position].rstrip().endswith("(")
        missing = "there is nothing in the parentheses" if nothing else "something is missing before the parenthesis"
        return QueryError(missing, position)
    if rest[0] == "(":
        message = "a parenthesis stands after a blank or an operator, or (within a filter's) not at all"
        return QueryError(message, position)
    word = BARE.match(rest)[0]  # type: ignore[index]  # no parenthesis and no blank is left
    if "*" in word:
        return QueryError("a star can only stand at the end of a word", position)
    if word in OPERATORS:
        return QueryError(f"{word} stands between two things or before one; in quotes it is a word", position)
    return QueryError(f"{word[:40]!r} is not understood here; put it in quotes to look for it as it is", position)


def _node(tree: Any, text: str, depth: int) -> Node:
    if depth > DEEPEST:
        raise QueryError(f"the query is nested deeper than {DEEPEST} levels")
    from index.filters import check_units
    from index.leaves import LEAVES, without_signs_of_numbers

    kind: str = tree.data
    if kind in LEAVES:
        return LEAVES[kind](tree, text)
    children = without_signs_of_numbers(tree.children) if kind == "group" else tree.children
    inner = [_node(child, text, depth + 1) for child in children]
    if kind == "without":
        return Without(inner[0])
    if kind == "group":
        check_units(inner, text)
    if len(inner) == 1:
        return inner[0]
    made = {"group": Group, "all_of": AllOf, "any_of": AnyOf}[kind]
    return made(tuple(inner))


def _says_something(node: Node) -> bool:
    """False for a query that only leaves out. Of alternatives one is enough: ``a OR NOT b`` can be answered."""
    if isinstance(node, Without):
        return False
    return not isinstance(node, Group | AllOf | AnyOf) or any(map(_says_something, node.items))


def _moved(node: Any, place: Any) -> Any:
    """The tree with its positions where they were typed."""
    if isinstance(node, Without):
        return Without(_moved(node.item, place))
    if isinstance(node, Group | AllOf | AnyOf):
        return msgspec.structs.replace(node, items=tuple(_moved(item, place) for item in node.items))
    return msgspec.structs.replace(node, position=place(node.position))
