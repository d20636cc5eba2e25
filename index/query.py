"""The query language: what a person types, as a typed tree (:mod:`index.tree`). The grammar is ``query.lark``.

Nothing is silently ignored: what is not understood raises :class:`QueryError` with its place.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import fields
from index.tokens import pieces, tokens
from index.tree import AllOf, AnyNode, AnyOf, Filter, Group, Name, Phrase, Prefix, QueryError, Without, Words
from index.values import SCALES, months

if TYPE_CHECKING:
    from lark import Lark

__all__ = ["QueryError", "parse"]

GRAMMAR = Path(__file__).parent / "query.lark"
LONGEST_QUERY = 2_000
DEEPEST = 40
SHORTEST_PREFIX = 2
OPERATORS = frozenset({"AND", "OR", "NOT", "OG", "ELLER", "IKKE"})
UNIT_WORDS = frozenset({name for name in SCALES if len(name) > 1})
# Plain words need no parser (and no 30 ms to load one); a test holds the two ways together.
PLAIN = re.compile(r"[\w\s]+")
PLAIN_WORD = re.compile(r"\S+")
FUZZY = re.compile(r"~\d*$")


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
    if not text.strip():
        raise QueryError("the query is empty: give a word, a phrase in quotes or a filter")
    if PLAIN.fullmatch(text) and OPERATORS.isdisjoint(text.split()):
        return Group(tuple(_word(match[0], match.start()) for match in PLAIN_WORD.finditer(text)))
    return _parse_in_full(text)


def _parse_in_full(text: str) -> AnyNode:
    from lark.exceptions import UnexpectedInput

    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise _syntax_error(text, error) from None
    node = _node(tree.children[0], 0)
    if not _says_something(node):
        raise QueryError("the query only says what to leave out; add a word or a filter")
    return node


def _syntax_error(text: str, error: Any) -> QueryError:
    """The parser's error as a sentence about what the person typed."""
    position = getattr(error, "pos_in_stream", None)
    at_end = getattr(getattr(error, "token", None), "type", "") == "$END"
    position = len(text) if position is None or at_end else position
    rest = text[position:]
    if text.count('"') % 2 and '"' in rest:
        return QueryError("a quote is opened and not closed", text.rindex('"'))
    if not rest.strip():
        opened = text.rfind("(") if text.count("(") > text.count(")") else None
        if opened is not None:
            return QueryError("a parenthesis is opened and not closed", opened)
        return QueryError("something is missing at the end of the query", position)
    if rest[0] == ")":
        return QueryError("a parenthesis is closed that is not open, or there is nothing in it", position)
    word = rest.split()[0]
    if "*" in word:
        return QueryError("a star can only stand at the end of a word", position)
    if word in OPERATORS:
        return QueryError(f"{word} stands between two things or before one; in quotes it is a word", position)
    return QueryError(f"{word[:40]!r} is not understood here; put it in quotes to look for it as it is", position)


def _node(tree: Any, depth: int) -> AnyNode:
    if depth > DEEPEST:
        raise QueryError(f"the query is nested deeper than {DEEPEST} levels")
    kind: str = tree.data
    if kind in ("word", "phrase", "prefix", "filter"):
        token = tree.children[0]
        return _LEAVES[kind](str(token), token.start_pos)
    inner = [_node(child, depth + 1) for child in tree.children]
    if kind == "without":
        return Without(inner[0])
    if kind == "group":
        _check_units(inner)
        only_one = len(inner) == 1 and isinstance(inner[0], Group | AllOf | AnyOf)
        return inner[0] if only_one else Group(tuple(inner))
    if len(inner) == 1:
        return inner[0]
    return AllOf(tuple(inner)) if kind == "all_of" else AnyOf(tuple(inner))


def _word(text: str, position: int) -> AnyNode:
    if text in OPERATORS:
        raise QueryError(f"{text} stands between two things or before one; in quotes it is a word", position)
    if "~" in text:
        raise QueryError("~ (near and similar words) is not supported; leave it out", position + text.index("~"))
    if not any(True for _ in tokens(text)):
        way_out = "leave it out, or put it in quotes with what follows"
        raise QueryError(
            f"there is nothing to look for in {text[:40]!r}, which has no letter or digit: {way_out}", position
        )
    return Words(text, position)


def _phrase(text: str, position: int) -> AnyNode:
    if not any(True for _ in tokens(text)):
        raise QueryError("there is nothing between the quotes", position)
    if "*" in text:
        raise QueryError("a star does not work inside quotes", position + text.index("*"))
    return Phrase(text[1:-1], position)


def _prefix(text: str, position: int) -> AnyNode:
    stem = text[:-1]
    found = pieces(stem.lower()) if stem.isalnum() or stem[0].isdigit() else ()
    if len(found) != 1 or found[0].stop != len(stem):
        raise QueryError("a star works after letters and digits only; put the joined word in quotes", position)
    if len(stem) < SHORTEST_PREFIX:
        raise QueryError(f"at least {SHORTEST_PREFIX} letters must stand before a star", position)
    return Prefix(stem, position)


def _filter(text: str, position: int) -> AnyNode:
    name, _, value = text.partition(":")
    field = fields.find(name, position)
    at = position + len(name) + 1
    if FUZZY.search(value):
        raise QueryError("~ (near and similar words) is not supported; leave it out", at + value.index("~"))
    return Filter(field.name, fields.read(field, value.replace('"', ""), at), position)


_LEAVES = {"word": _word, "phrase": _phrase, "prefix": _prefix, "filter": _filter}


def _check_units(items: list[AnyNode]) -> None:
    """Refuses ``amount:1 mio`` and ``date:2020 jan``: half of the value would be looked for as a word."""
    for item, after in pairwise(items):
        if isinstance(item, Filter) and not isinstance(item.value, Name) and isinstance(after, Words):
            word = after.text.lower().rstrip(".")
            if (item.field == "amount" and word in UNIT_WORDS) or (item.field == "date" and word in months()):
                message = f"{after.text} is not part of the filter; write the value in one or in quotes"
                raise QueryError(message, after.position, f'{item.field}:"… {after.text}"')


def _says_something(node: AnyNode) -> bool:
    """False for a query that only leaves out."""
    if isinstance(node, Without):
        return False
    if isinstance(node, Group | AllOf):
        return any(_says_something(item) for item in node.items)  # type: ignore[arg-type]
    return not isinstance(node, AnyOf) or all(_says_something(item) for item in node.items)  # type: ignore[arg-type]
