"""Words near each other in Whoosh, whose own query looks at neighbours two by two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from whoosh import query, scoring
from whoosh.matching import binary
from whoosh.query import spans
from whoosh.util import make_binary_tree

from index.engines import base

K1, B = 1.2, 0.75


class Window(spans.SpanQuery):  # type: ignore[misc]  # whoosh has no types
    """The terms in any order within ``width`` positions. See :class:`index.engines.base.Near`."""

    def __init__(self, field: str, values: tuple[str, ...], width: int) -> None:
        self._wanted = Counter(values)
        self._terms = [query.Term(field, value) for value in self._wanted]
        self._width = width

    def __repr__(self) -> str:
        return f"Window({self._terms!r}, {self._width})"

    def __hash__(self) -> int:
        return hash((tuple(self._terms), self._width))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Window) and repr(self) == repr(other) and self._wanted == other._wanted

    def is_leaf(self) -> bool:
        """The terms are its children."""
        return False

    def children(self) -> Iterator[Any]:
        """The terms."""
        return iter(self._terms)

    def apply(self, function: Callable[[Any], Any]) -> Window:
        """Terms are not rewritten."""
        return self

    def _and_query(self) -> Any:
        return query.And(self._terms)

    def estimate_size(self, reader: Any) -> Any:
        """See Whoosh."""
        return self._and_query().estimate_size(reader)

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """A matcher over the entries with all terms that looks at their positions."""
        inner = [term.matcher(searcher, context) for term in self._terms]
        if not all(matcher.is_active() for matcher in inner):
            return query.NullQuery.matcher(searcher, context)
        return _WindowMatcher(inner, list(self._wanted.values()), self._width)


class _WindowMatcher(spans.SpanWrappingMatcher):  # type: ignore[misc]  # whoosh has no types
    def __init__(self, inner: list[Any], wanted: list[int], width: int) -> None:
        self._inner, self._wanted, self._width = inner, wanted, width
        super().__init__(inner[0] if len(inner) == 1 else make_binary_tree(binary.IntersectionMatcher, inner))

    def copy(self) -> _WindowMatcher:
        return _WindowMatcher([matcher.copy() for matcher in self._inner], self._wanted, self._width)

    def replace(self, minquality: float = 0) -> Any:
        """Never replaced by a part of itself, which would not look at positions."""
        return self

    def _get_spans(self) -> list[Any]:
        """The first window that holds every term as often as it is asked for, if there is one."""
        places = sorted((span.start, number) for number, matcher in enumerate(self._inner) for span in matcher.spans())
        missing = list(self._wanted)
        left = 0
        for position, number in places:
            missing[number] -= 1
            while position - places[left][0] >= self._width:
                missing[places[left][1]] += 1
                left += 1
            if all(count <= 0 for count in missing):
                return [spans.Span(places[left][0], position)]
        return []


def close_to(searcher: Any, node: base.Close) -> dict[int, float]:
    """The entries of :class:`index.engines.base.Close` with their scores.

    They are those of BM25 for a term that is as rare as both together and stands there as often as ``first`` with
    ``second`` within reach.
    """
    rarity = sum(searcher.idf(node.field, term) for term in (node.first, node.second))
    mean = searcher.avg_field_length(node.field) or 1
    found: dict[int, float] = {}
    for leaf, offset in searcher.leaf_searchers():
        terms = [query.Term(node.field, term).matcher(leaf) for term in (node.first, node.second)]
        if not all(matcher.is_active() for matcher in terms):
            continue
        both = binary.IntersectionMatcher(*terms)
        while both.is_active():
            first, second = ([span.start for span in matcher.spans()] for matcher in (both.a, both.b))
            times = sum(any(abs(other - place - 1) <= node.reach for other in second) for place in first)
            if times:
                length = leaf.reader().doc_field_length(both.id(), node.field, 1)
                found[both.id() + offset] = scoring.bm25(rarity, times, length, mean, B, K1)
            both.next()
    return found
