"""Sums that are taken apart in their own sentence: "42 mio. kr. fordelt på 10 mio. kr. i 2027 og 32 mio. kr. i 2028".

A decision is linked with the sum alone where the parts make it up exactly, and where "heraf" says that they are parts:
who adds up what was decided would count them twice. The parts are records of their own all the same.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from corpus.model import Amount, Fte

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.model import Link
    from pipeline.facts.resolutions.scene import Scene

_APART = re.compile(
    r"[^;]{0,60}?(?::|\b(?:fordelt|fordeles|heraf|hvoraf|med\s+henholdsvis|frigives|frigivet"
    r"|rådighedsbeløb(?:et)?|finansiere[st]|finansieret|bestående\s+af|opdelt)\b)[^;]{0,40}$",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(
    r"(?<!\w)(?:heraf|hvoraf|deraf|herunder)(?!\w)|(?<!\w)inkl(?:\.|usive)\s+(?:e[nt]\s+[^\W\d_]+\s+på\s+)?$",
    re.IGNORECASE,
)
_NEXT_DEED = re.compile(r";|(?<!\w)(?:og|samt)\s+(?:i\s+\d{4}\s+)?(?:at|der)(?!\w)", re.IGNORECASE)


def without_parts(scene: Scene, links: Sequence[Link]) -> list[Link]:
    """The links without those of figures that make up a figure before them."""
    figures = [link for link in links if link.type != "reference"]
    if len(figures) < 2:
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
        left_out.update(_of_which(scene.text, own, told))
    return [link for link in links if link.type == "reference" or link.start not in left_out]


def _of_which(text: str, own: Sequence[Link], told: Sequence[Decimal | None]) -> Iterator[int]:
    """Where the figures of a kind begin that are parts of one before: "3 mio. kr., heraf 1 mio. kr. til stien"."""
    whole: Decimal | None = None
    left, inside = Decimal(0), False
    for at in range(1, len(own)):
        between = text[own[at - 1].end : own[at].start]
        if _OF_WHICH.search(between):
            whole, left, inside = (whole if inside else told[at - 1]), (left if inside else Decimal(0)), True
        elif _NEXT_DEED.search(between):
            inside = False
        if not inside:
            continue
        left += told[at] or 0
        if whole is not None and left > whole:
            inside = False  # "3 mio. kr., heraf 1 mio. kr. til stien, og 5 mio. kr. til broen": of no sum before it
            continue
        yield own[at].start


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
