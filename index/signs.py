"""Amounts and FTEs whatever their sign."""

from __future__ import annotations

from typing import Any

import msgspec

from index import tree


def ranges(span: tree.Span) -> list[tuple[int | None, int | None]]:
    """The ranges of a span: one, or without the sign, one above nought and one below."""
    if not span.size:
        return [(span.low, span.high)]
    if not span.low:
        return [(None if span.high is None else -span.high, span.high)]
    return [(span.low, span.high), (None if span.high is None else -span.high, -span.low)]


def without_signs(node: Any) -> Any:
    """The tree with amounts and FTEs above a positive limit asked for without their sign; else the same tree."""
    if isinstance(node, tree.Group | tree.AllOf | tree.AnyOf):
        return msgspec.structs.replace(node, items=tuple(map(without_signs, node.items)))
    if not isinstance(node, tree.Filter | tree.OneRecord) or node.field not in tree.RECORDS:
        return node
    value = node.value
    if not isinstance(value, tree.Span) or not value.low or value.low < 0:
        return node
    return msgspec.structs.replace(node, value=tree.Span(value.low, value.high, size=True))
