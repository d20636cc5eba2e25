"""Where two finders claim the same characters, or a paper points to itself: which record stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import AnyPart, Date, Identifier, Proposal, Record, Reference
from pipeline.facts.spans import Spans

NUMBERED = frozenset({"case", "proposal", "agenda-item"})


def settle(found: Sequence[Record], part: AnyPart | None, zones: Sequence[tuple[int, int]] = ()) -> list[Record]:
    """Without dates inside a case number, a proposal number or a link, and without a proposal's references to itself.

    "05.01.02-P20-3-23" is a case and no day in 2002; a proposal that prints its own number points nowhere. In the
    ``zones`` of budget tables "60 60 60 60" are four figures and no telephone number.
    """
    tables = Spans(zones)
    found = [
        record
        for record in found
        if not (isinstance(record, Identifier) and record.kind == "phone" and tables.overlap(record.start, record.end))
    ]
    numbers = Spans(
        (record.start, record.end)
        for record in found
        if isinstance(record, Identifier) or (isinstance(record, Reference) and record.kind in NUMBERED)
    )
    own = _bare(part.number) if isinstance(part, Proposal) and part.number else None
    return [
        record
        for record in found
        if not (isinstance(record, Date) and numbers.overlap(record.start, record.end))
        and not (isinstance(record, Reference) and record.kind == "proposal" and own and _bare(record.value) == own)
    ]


def _bare(number: str) -> str:
    return re.sub(r"[\W_]+", "", number).casefold()
