"""Where in a part its figures and decisions stand, so that a hit found by a filter shows the one that fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from index import tree

MOST = 5_000
"""So many figures and decisions of a part are kept with their places."""

Kind = Literal["amount", "fte", "decision"]
Asked = tree.Filter | tree.OneRecord
ASKING = frozenset({"amount", "fte", "role", "status"})
"""The filters that one figure or decision of a part fits."""


class Standing(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """``text[start:end]`` of a part is a figure, with the ``values``, role and years by which filters find it, or the
    first word of a decision; ``name`` is the role or the status."""

    start: int
    end: int
    kind: Kind
    name: str | None = None
    values: list[int] = []
    years: list[int] = []


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Standing]).decode


def packed(found: list[Standing]) -> bytes:
    """They as bytes; none of none."""
    return _encode(found) if found else b""


def fitting(data: bytes, asked: Asked) -> Iterator[Standing]:
    """Those of what was packed that fit a filter."""
    return (one for one in (_decode(data) if data else ()) if _fits(one, asked))


def _fits(one: Standing, asked: Asked) -> bool:
    if isinstance(asked, tree.OneRecord):
        return (
            one.kind == asked.field
            and (asked.value is None or _is_in(one.values, asked.value))
            and (not asked.roles or one.name in asked.roles)
            and (not asked.years or any(_is_in(one.years, span) for span in asked.years))
        )
    values = asked.value.values if isinstance(asked.value, tree.OneOf) else (asked.value,)
    return any(_has(one, asked.field, value) for value in values)


def _has(one: Standing, field: str, value: tree.Name | tree.Span) -> bool:
    if isinstance(value, tree.Span):
        return one.kind == field and _is_in(one.values, value)
    return one.kind == {"role": "amount", "status": "decision"}.get(field) and one.name == value.text


def _is_in(values: list[int], span: tree.Span) -> bool:
    """Whether one of some numbers is in a span, which may count it without its sign."""
    for value in values:
        number = abs(value) if span.size else value
        if (span.low is None or number >= span.low) and (span.high is None or number <= span.high):
            return True
    return False
