"""How a query is understood: its tree and what the engine is asked for, for a person or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from index import tree
from index.engines import base
from index.plan import Planner
from index.printer import conditions, printed, value_text

if TYPE_CHECKING:
    from index.alike import Alike

INDENT = "  "
MOST_SHOWN = 40
NAMES = {
    tree.Words: "word", tree.Phrase: "phrase", tree.Near: "near", tree.Prefix: "beginning", tree.Fuzzy: "like",
}  # fmt: skip


class Explained(msgspec.Struct, frozen=True):
    """``read`` is the query as it was understood and could be typed; ``text`` says the same for a person.

    ``like`` (None where nothing was to be like a part) has the ``id`` of that part, the ``words`` that stand for it
    with their weights, and how many of them are the ``least``. Without a query ``query`` and ``plan`` are None.
    """

    typed: str
    read: str
    query: Any
    plan: Any
    text: str
    like: Any = None

    def json(self, *, indented: bool = True) -> str:
        """Everything but ``text``, in one object and with a line end."""
        told = msgspec.json.encode({name: getattr(self, name) for name in self.__struct_fields__ if name != "text"})
        return (msgspec.json.format(told) if indented else told).decode() + "\n"


def explained(typed: str, node: tree.AnyNode, planner: Planner) -> Explained:
    """The explanation of a parsed query. Raises QueryError as planning does."""
    plan = planner.plan(node)
    head = [f"Read as: {printed(node)}", ""]
    text = "\n".join([*head, *_lines(node, planner, 0)]) + "\n"
    return Explained(typed, printed(node), node, plan, text)


def with_likeness(told: Explained | None, id: str, alike: Alike) -> Explained:
    """The explanation of a query (None for an empty one) and of what is asked besides: to be like a part."""
    head = f"Like {id}: at least {alike.least} of the words that stand for it, one of the first among them."
    lines = [head, *(f"{INDENT}{weight:.2f}  {word}" for word, weight in alike.words)]
    if not alike.words:
        lines = [f"Like {id}: nothing is, for it has no word that says something about it and that others have."]
    like = {"id": id, "least": alike.least, "words": dict(alike.words)}
    text = "\n".join(lines) + "\n"
    if told is None:
        return Explained("", "", None, None, text, like)
    return msgspec.structs.replace(told, text=f"{text}\n{told.text}", like=like)


def _lines(node: tree.Node, planner: Planner, depth: int) -> Iterator[str]:
    lead = INDENT * depth
    match node:
        case tree.Group(items=(item,)):
            yield from _lines(item, planner, depth)
        case tree.Group(items=items):
            most = "; then parts with most of them" if depth == 0 and sum(map(_ranks, items)) > 1 else ""
            yield f"{lead}all of these{most}:"
            yield from _inner(items, planner, depth)
        case tree.AllOf(items=items):
            yield f"{lead}all of these (AND):"
            yield from _inner(items, planner, depth)
        case tree.AnyOf(items=items):
            yield f"{lead}one of these (OR):"
            yield from _inner(items, planner, depth)
        case tree.Without(item=item):
            yield f"{lead}not:"
            yield from _lines(item, planner, depth + 1)
        case _:
            yield f"{lead}{_leaf(node)}"
            yield from (f"{lead}{INDENT}{INDENT}{line}" for line in _terms(planner.node(node)))


def _inner(items: tuple[tree.Node, ...], planner: Planner, depth: int) -> Iterator[str]:
    for item in items:
        yield from _lines(item, planner, depth + 1)


def _ranks(item: tree.Node) -> bool:
    return not isinstance(item, tree.Filter | tree.OneRecord | tree.Without)


def _leaf(node: tree.Node) -> str:
    match node:
        case tree.Filter(field=field, value=value):
            return f"{field}: {_said(field, value)}"
        case tree.OneRecord(field=field):
            return f"one {field} with all of: {', '.join(conditions(node))}"
    return f"{NAMES[type(node)]}: {printed(node)}"


def _said(field: str, value: tree.Name | tree.Span | tree.OneOf) -> str:
    text = value_text(field, value)
    if field == "amount" and isinstance(value, tree.Span):
        return f"{text} kr. ({'without its sign' if value.size else 'with its sign, as printed'})"
    return text


# --- what the engine is asked -----------------------------------------------------------------------------------


def _terms(node: base.Node) -> list[str]:
    """The terms of one leaf, those of several fields that are the same in one line."""
    by_field: dict[str, list[str]] = {}
    for field, term in _asked(node):
        shown = by_field.setdefault(field, [])
        if term not in shown:
            shown.append(term)
    by_terms: dict[tuple[str, ...], list[str]] = {}
    for field, terms in by_field.items():
        by_terms.setdefault(tuple(terms), []).append(field)
    return [f"in {', '.join(names)}: {_some(terms)}" for terms, names in by_terms.items()]


def _some(terms: tuple[str, ...]) -> str:
    more = len(terms) - MOST_SHOWN
    return " | ".join(terms[:MOST_SHOWN]) + (f" | … {more} more" if more > 0 else "")


def _asked(node: base.Node) -> Iterator[tuple[str, str]]:
    """(field, term) of every question."""
    match node:
        case base.Term(field=field, value=value):
            yield field, value
        case base.Phrase(field=field, values=values):
            yield field, f'"{" ".join(values)}"'
        case base.Near(field=field, values=values, slop=slop):
            yield field, f'"{" ".join(values)}"~{slop}'
        case base.Prefix(field=field, value=value):
            yield field, f"{value}*"
        case base.Range(field=field, low=low, high=high):
            yield field, f"{'' if low is None else low}..{'' if high is None else high}"
        case base.Boost(child=child) | base.Without(child=child) | base.Alike(child=child):
            yield from _asked(child)
        case base.AnyOf(children=children):
            for child in children:
                yield from _asked(child)
        case base.AllOf(children=(asked, base.Boost(factor=0))):  # a phrase with a broken word, in parts that have it
            yield from _asked(asked)
        case base.AllOf(children=children):
            pieces = [dict.fromkeys(term for _, term in _asked(child)) for child in children]
            yield "the same part, where few parts have all words", " + ".join("/".join(piece) for piece in pieces)
