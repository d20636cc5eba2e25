"""A query as a typed tree. Positions are 0-based characters of what was typed."""

from __future__ import annotations

import msgspec

LONGEST_MESSAGE = 300
SHOWN = 100


class QueryError(Exception):
    """A query that cannot be answered as it is: what is wrong, where, and what was perhaps meant.

    ``position`` is None where no place is to blame. Message and suggestion quote no more than a terminal can show.
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


class Prefix(Node, frozen=True, tag=True):
    """``støtte*``: ``text`` is what stands before the star."""

    text: str
    position: int


class Name(msgspec.Struct, frozen=True, tag=True):
    """A filter's value by name; ``prefix`` when it ended in a star."""

    text: str
    prefix: bool = False


class Span(msgspec.Struct, frozen=True, tag=True):
    """A filter's value by number, both ends included, in the units of the index; None is no limit."""

    low: int | None
    high: int | None


class Filter(Node, frozen=True, tag=True):
    """``committee:BUU``, ``amount:>=1mio``: ``field`` is the name in the index."""

    field: str
    value: Name | Span
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


AnyNode = Words | Phrase | Prefix | Filter | Group | AllOf | AnyOf | Without
