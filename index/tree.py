"""A query as a typed tree. Positions are 0-based characters of what was typed."""

from __future__ import annotations

import msgspec

OPERATORS = frozenset({"AND", "OR", "NOT", "OG", "ELLER", "IKKE"})
# Fields whose numbers are kept with role and year of the same record.
RECORDS = frozenset({"amount", "fte"})
# So many ways to place words near each other are asked for in one query.
MOST_PLACINGS = 500
LONGEST_MESSAGE = 300
SHOWN = 100


class QueryError(Exception):
    """A query that cannot be answered as it is: what is wrong, where, and what was perhaps meant.

    ``position`` is None where no place is to blame; ``suggestion`` can be typed as it stands. Message and suggestion
    quote no more than a terminal can show.
    """

    def __init__(self, message: str, position: int | None = 0, suggestion: str | None = None) -> None:
        message = message if len(message) <= LONGEST_MESSAGE else message[: LONGEST_MESSAGE - 1] + "…"
        suggestion = suggestion if suggestion is None or len(suggestion) <= LONGEST_MESSAGE else None
        super().__init__(message, position, suggestion)
        self.message = message
        self.position = position
        self.suggestion = suggestion

    def __str__(self) -> str:
        hint = f" — did you mean {self.suggestion}?" if self.suggestion else ""
        place = "" if self.position is None else f" (at character {self.position + 1})"
        return f"{self.message}{place}{hint}"

    def shown(self, query: str) -> tuple[str, int] | None:
        """The query as it is to be shown and the place in it: of a long one, some :data:`SHOWN` characters around."""
        if self.position is None:
            return None
        begin = 0 if len(query) <= SHOWN else max(0, self.position - SHOWN // 2)
        piece = query[begin : begin + SHOWN]
        lead = "…" if begin else ""
        tail = "…" if begin + SHOWN < len(query) else ""
        return lead + piece + tail, len(lead) + self.position - begin


class Node(msgspec.Struct, frozen=True, tag=True):
    """Base of the tree."""


class Words(Node, frozen=True, tag=True):
    """A word as typed: found by its lemma, its spelling variants and inside compounds."""

    text: str
    position: int


class Phrase(Node, frozen=True, tag=True):
    """Words in quotes: found as they are, next to each other."""

    text: str
    position: int


class Near(Node, frozen=True, tag=True):
    """``"ekstra midler"~3``: the words as they are, in any order, at most ``slop`` others between first and last."""

    text: str
    slop: int
    position: int


class Prefix(Node, frozen=True, tag=True):
    """``støtte*``: ``text`` is what stands before the star."""

    text: str
    position: int


class Fuzzy(Node, frozen=True, tag=True):
    """``indsats~1``: words that are ``distance`` slips away: a letter more, less or other, or two letters swapped."""

    text: str
    distance: int
    position: int


class Name(msgspec.Struct, frozen=True, tag=True):
    """A filter's value by name; ``prefix`` when it ended in a star."""

    text: str
    prefix: bool = False


class Span(msgspec.Struct, frozen=True, tag=True):
    """A filter's value by number, both ends included, in the units of the index; None is no limit.

    ``size``: the number counts without its sign (the ends are then never negative).
    """

    low: int | None
    high: int | None
    size: bool = False


class OneOf(msgspec.Struct, frozen=True, tag=True):
    """Several values of which one is enough: ``year:2024,2025``."""

    values: tuple[Name | Span, ...]


class Filter(Node, frozen=True, tag=True):
    """``committee:BUU``, ``amount:>=1mio``: ``field`` is the name in the index."""

    field: str
    value: Name | Span | OneOf
    position: int


class OneRecord(Node, frozen=True, tag=True):
    """``amount:(>=1mio role:saving year:2024)``: one amount (or FTE) of the part is all of this.

    ``value`` None is any; ``roles`` and ``years`` are alternatives, and without any, all will do.
    """

    field: str
    value: Span | None
    roles: tuple[str, ...]
    years: tuple[Span, ...]
    position: int


class Group(Node, frozen=True, tag=True):
    """Things beside each other: filters and negations must hold; of the rest, all of them, then most of them."""

    items: tuple[Node, ...]


class AllOf(Node, frozen=True, tag=True):
    """``a AND b``."""

    items: tuple[Node, ...]


class AnyOf(Node, frozen=True, tag=True):
    """``a OR b``."""

    items: tuple[Node, ...]


class Without(Node, frozen=True, tag=True):
    """``NOT a``, ``-a``."""

    item: Node


AnyNode = Words | Phrase | Near | Prefix | Fuzzy | Filter | OneRecord | Group | AllOf | AnyOf | Without


def size(node: Node) -> int:
    """How many words, phrases and filters a node has, however deep they lie."""
    if isinstance(node, Group | AllOf | AnyOf):
        return sum(map(size, node.items))
    return size(node.item) if isinstance(node, Without) else 1


def narrows(node: Node) -> bool:
    """True for what must hold and does not rank: filters, negations, and all that is made of these alone."""
    if isinstance(node, AllOf | AnyOf | Group):
        return all(map(narrows, node.items))
    return isinstance(node, Filter | OneRecord | Without)
