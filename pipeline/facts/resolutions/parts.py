"""Sums that are taken apart in their own sentence: "42 mio. kr. fordelt på 10 mio. kr. i 2027 og 32 mio. kr. i 2028".

A decision is linked with the sum alone where the parts make it up exactly: who adds up what was decided would count
them twice. The parts are records of their own all the same.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from corpus.model import Amount, Fte

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.model import Link
    from pipeline.facts.resolutions.scene import Scene

_APART = re.compile(
    r"[^;]{0,60}?(?::|\b(?:fordelt|fordeles|heraf|hvoraf|med\s+henholdsvis)\b)[^;]{0,40}$", re.IGNORECASE
)
_FEWEST = 3
"""A sum and two parts."""


def without_parts(scene: Scene, links: Sequence[Link]) -> list[Link]:
    """The links without those of figures that make up a figure before them."""
    figures = [link for link in links if link.type != "reference"]
    if len(figures) < _FEWEST:
        return list(links)
    starts = {link.start for link in figures}
    values = {
        (type(record).__name__, record.start): record.value
        for record in scene.linked
        if isinstance(record, Amount | Fte) and record.start in starts
    }
    left_out = set[int]()
    for kind in ("Amount", "Fte"):
        own = [link for link in figures if link.type == kind.lower()]
        told = [values.get((kind, link.start)) for link in own]
        for at, whole in enumerate(told):
            stop = _parts(told, at) if whole and own[at].start not in left_out else at + 1
            if stop > at + 2 and _APART.fullmatch(scene.text, own[at].end, own[at + 1].start):
                left_out.update(link.start for link in own[at + 1 : stop])
    return [link for link in links if link.type == "reference" or link.start not in left_out]


def _parts(values: Sequence[Decimal | None], at: int) -> int:
    """Where the figures behind the one at ``at`` end that make it up; ``at`` + 1 where none do."""
    whole, left = values[at], Decimal(0)
    for stop in range(at + 1, len(values)):
        part = values[stop]
        if part is None or whole is None or part <= 0:
            break
        left += part
        if left >= whole:
            return stop + 1 if left == whole else at + 1
    return at + 1
