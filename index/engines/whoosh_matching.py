"""What a question finds in a Whoosh index. Whoosh answers for words, phrases and ranges; what joins them is done here.

Its own matchers for AND, OR and NOT lose and invent entries where they are nested (a NOT beside what is optional, an OR
with a least number), and score a prefix word by word; sets and sums do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from whoosh import query, scoring
from whoosh.searching import SearchContext

from index.engines import base
from index.engines.base import Node, Request
from index.engines.faults import EngineError
from index.engines.whoosh_near import Window, close_to
from index.tree import QueryError

MOST_WORDS = 20_000
BEGINNINGS_REMEMBERED = 8

Scores = dict[int, float]


class Weighting(scoring.BM25F):  # type: ignore[misc]  # whoosh has no types
    """BM25 with the usual rarity of terms: Whoosh's own gives a word that everything has a whole point."""

    def idf(self, searcher: Any, fieldname: str, text: str) -> float:
        """How much a term says."""
        whole = searcher.get_parent()
        having = whole.doc_frequency(fieldname, text)
        return base.rarity(max(whole.doc_count(), having), having)


class Matching:
    """Entries by their numbers in an open searcher."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        # One search asks for the same beginning for its lots, its counts and its facets.
        self._begun = lru_cache(maxsize=BEGINNINGS_REMEMBERED)(self._find_begun)

    def found(self, request: Request) -> set[int]:
        """The entries that a request finds. Raises QueryError for a prefix of too many words."""
        found = self._found(request.must)
        if found and request.minimum:
            met = Counter(number for node in request.some for number in self._found(node))
            found = {number for number in found if met[number] >= request.minimum}
        return found

    def scores(self, request: Request) -> Scores:
        """The same, with their scores."""
        scores = self._scores(request.must)
        met: Counter[int] = Counter()
        for node in request.some if scores else ():
            for number, score in self._scores(node).items():
                if number in scores:
                    scores[number] += score
                    met[number] += 1
        for node in request.bonus if scores else ():
            for number, score in self._scores(node).items():
                if number in scores:
                    scores[number] += score
        return {number: score for number, score in scores.items() if met[number] >= request.minimum}

    def _found(self, node: Node) -> set[int]:
        match node:
            case base.Everything():
                return set(self._searcher.reader().all_doc_ids())
            case base.AllOf(children=children):
                return self._found_all(children)
            case base.AnyOf(children=children):
                return set().union(*map(self._found, children))
            case base.Without(child=child):
                return self._found(base.Everything()) - self._found(child)
            case base.Boost(child=child) | base.Alike(child=child):
                return self._found(child)
            case base.Prefix():
                return set(self._begun(node))
            case base.Close():
                return set(close_to(self._searcher, node))
        return {number for number, _ in self._postings(_leaf(node), scored=False)}

    def _found_all(self, children: tuple[Node, ...]) -> set[int]:
        wanted: list[Node] = [child for child in children if not isinstance(child, base.Without)]
        wanted = wanted or [base.Everything()]
        found = self._found(wanted[0])
        for child in wanted[1:]:
            found = found and found & self._found(child)
        for child in children:
            if found and isinstance(child, base.Without):
                found = found - self._found(child.child)
        return found

    def _scores(self, node: Node) -> Scores:
        match node:
            case base.Without() | base.Boost(factor=0):
                return dict.fromkeys(self._found(node), 0.0)
            case base.Everything() | base.Prefix() | base.Range() | base.Alike():
                return dict.fromkeys(self._found(node), 1.0)
            case base.AllOf(children=children):
                return self._scores_all(children)
            case base.AnyOf(children=children):
                return _added(map(self._scores, children))
            case base.Boost(child=child, factor=factor):
                return {number: score * factor for number, score in self._scores(child).items()}
            case base.Close():
                return close_to(self._searcher, node)
        return dict(self._postings(_leaf(node), scored=True))

    def _scores_all(self, children: tuple[Node, ...]) -> Scores:
        """What only decides and does not rank comes first: it may leave little to score."""
        strict = tuple(child for child in children if isinstance(child, base.Without) or _is_filter(child))
        rest = [child for child in children if child not in strict]
        among = self._found_all(strict) if strict else None
        if among is not None and (not among or not rest):
            return dict.fromkeys(among, 0.0)
        scores = self._scores(rest[0])
        for child in rest[1:]:
            more = self._scores(child) if scores else {}
            scores = {number: score + more[number] for number, score in scores.items() if number in more}
        return scores if among is None else {number: scores[number] for number in scores if number in among}

    def _find_begun(self, node: base.Prefix) -> frozenset[int]:
        """Refuses a beginning of too many words, each of which costs a look into the index."""
        fits = re.compile(node.pattern, re.DOTALL).fullmatch
        begun = self._searcher.reader().expand_prefix(node.field, node.value)
        words = list(islice((word for word in begun if not node.but or fits(word.decode())), MOST_WORDS + 1))
        if len(words) > MOST_WORDS:
            raise QueryError(f"more than {MOST_WORDS} words begin with {node.value}: type more of its letters", None)
        wanted = frozenset(words)
        found: set[int] = set()
        for searcher, offset in self._searcher.leaf_searchers():
            # Each piece is asked for its own words: to ask all of them for each word takes three looks more.
            reader = searcher.reader()
            for word in reader.expand_prefix(node.field, node.value):
                if word in wanted:
                    found.update(number + offset for number in reader.postings(node.field, word).all_ids())
        return frozenset(found)

    def _postings(self, leaf: Any, *, scored: bool) -> Iterator[tuple[int, float]]:
        context = SearchContext(weighting=self._searcher.weighting if scored else None)
        for searcher, offset in self._searcher.leaf_searchers():
            matcher = leaf.matcher(searcher, context)
            if not scored:
                yield from ((number + offset, 0.0) for number in matcher.all_ids())
                continue
            while matcher.is_active():
                yield matcher.id() + offset, matcher.score()
                matcher.next()


def _is_filter(node: Node) -> bool:
    return isinstance(node, base.Boost) and node.factor == 0


def _added(many: Iterator[Scores]) -> Scores:
    found: Scores = {}
    for scores in many:
        for number, score in scores.items():
            found[number] = found.get(number, 0.0) + score
    return found


def _leaf(node: Node) -> Any:
    match node:
        case base.Term(field=field, value=value):
            return query.Term(field, value)
        case base.Phrase(field=field, values=values):
            return query.Phrase(field, list(values)) if len(values) > 1 else query.Term(field, values[0])
        case base.Near(field=field, values=values, slop=slop):
            return Window(field, values, len(values) + slop)
        case base.Range(field=field, low=low, high=high):
            return query.NumericRange(field, low, high)
    raise EngineError(f"no such question: {node!r}")
