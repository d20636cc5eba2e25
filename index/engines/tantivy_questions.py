"""Questions for an engine as tantivy's queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import tantivy

from index.engines import base
from index.engines.base import Node

if TYPE_CHECKING:
    from collections.abc import Callable

INT_MIN = -(2**63)


class Questions:
    """Translates for one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def query(self, node: Node) -> tantivy.Query:
        """The query of a node."""
        translate = cast("Callable[[Questions, Node], tantivy.Query]", _TRANSLATE[type(node)])
        return translate(self, node)

    def _everything(self, _: base.Everything) -> tantivy.Query:
        return tantivy.Query.all_query()

    def _term(self, node: base.Term) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, node.field, node.value, "freq")

    def _phrase(self, node: base.Phrase) -> tantivy.Query:
        if len(node.values) == 1:
            return self._term(base.Term(node.field, node.values[0]))
        return tantivy.Query.phrase_query(self._schema, node.field, list(node.values))

    def _near(self, node: base.Near) -> tantivy.Query:
        """Of two words a phrase each way, of which tantivy's slop is the same; of more, that is not so."""
        if len(node.values) == 2 and node.values[0] != node.values[1]:
            orders = (node.values, node.values[::-1])
            return tantivy.Query.disjunction_max_query(
                [tantivy.Query.phrase_query(self._schema, node.field, [*order], slop=node.slop) for order in orders]
            )
        ways = [self._placing(node.field, placing) for placing in base.placed(node.values, node.slop)]
        return tantivy.Query.disjunction_max_query(ways)

    def _placing(self, field: str, placing: tuple[tuple[int, str], ...]) -> tantivy.Query:
        if len(placing) == 1:
            return self._term(base.Term(field, placing[0][1]))
        return tantivy.Query.phrase_query(self._schema, field, list(placing))

    def _close(self, node: base.Close) -> tantivy.Query:
        return tantivy.Query.phrase_query(self._schema, node.field, [node.first, node.second], slop=node.reach)

    def _prefix(self, node: base.Prefix) -> tantivy.Query:
        return tantivy.Query.regex_query(self._schema, node.field, node.pattern)

    def _range(self, node: base.Range) -> tantivy.Query:
        kind = tantivy.FieldType.Integer
        low = INT_MIN if node.low is None and node.high is None else node.low  # it wants one end at least
        return tantivy.Query.range_query(self._schema, node.field, kind, low, node.high)

    def _all_of(self, node: base.AllOf) -> tantivy.Query:
        if len(node.children) == 1:
            return self.query(node.children[0])
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, self.query(child)) for child in node.children])

    def _any_of(self, node: base.AnyOf) -> tantivy.Query:
        if len(node.children) == 1:
            return self.query(node.children[0])
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, self.query(child)) for child in node.children])

    def _without(self, node: base.Without) -> tantivy.Query:
        everything = tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)
        clauses = [(tantivy.Occur.Must, everything), (tantivy.Occur.MustNot, self.query(node.child))]
        return tantivy.Query.boolean_query(clauses)

    def _alike(self, node: base.Alike) -> tantivy.Query:
        return tantivy.Query.const_score_query(self.query(node.child), 1.0)

    def _boost(self, node: base.Boost) -> tantivy.Query:
        query = self.query(node.child)
        if node.factor == 0:
            return tantivy.Query.const_score_query(query, 0.0)
        return tantivy.Query.boost_query(query, node.factor)


_TRANSLATE = {
    base.Everything: Questions._everything,
    base.Term: Questions._term,
    base.Phrase: Questions._phrase,
    base.Near: Questions._near,
    base.Close: Questions._close,
    base.Prefix: Questions._prefix,
    base.Range: Questions._range,
    base.AllOf: Questions._all_of,
    base.AnyOf: Questions._any_of,
    base.Without: Questions._without,
    base.Alike: Questions._alike,
    base.Boost: Questions._boost,
}
