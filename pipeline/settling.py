"""Where two finders claim the same characters, or a paper points to itself: which record stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from corpus.model import AnyPart, Date, Identifier, Proposal, Record, Reference
from pipeline.facts.spans import Spans

_YEAR = re.compile(r"(?:19|20)\d\d")
_BEHIND = re.compile(r"\s+\(|,?\s+(?:i|fra|til|ved|under)\s+(?:(?:kommunens|sidste\s+års)\s+)?")
_BEFORE = re.compile(r"\s+\(|,?\s+(?:(?:som|under|med)\s+)?(?:(?:forslag|nr\.|nummer)\s+)?")
"""What stands between a proposal's number and the budget that it is of, and the other way round."""
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
    itself = _itself(found, part) if isinstance(part, Proposal) else set()
    return [
        record
        for record in found
        if not (isinstance(record, Date) and numbers.overlap(record.start, record.end))
        and not (isinstance(record, Reference) and record.start in itself)
    ]


def _itself(found: Sequence[Record], part: Proposal) -> set[int]:
    """Where a proposal's own number stands, but not with another year's budget beside it: "BSU07 i Budget 2024"."""
    own = _bare(part.number or "")
    numbers = [each for each in found if isinstance(each, Reference) and each.kind == "proposal"]
    numbers = [each for each in numbers if own and _bare(each.value) == own]
    others = [each for each in found if isinstance(each, Reference) and each.kind == "budget"]
    others = sorted((each for each in others if _is_of_other_year(each, part)), key=lambda each: each.start)
    starts = [each.start for each in others]
    places = [(each, bisect_left(starts, each.start)) for each in numbers]
    return {
        each.start
        for each, at in places
        if not any(_is_joined(part.text, each, b) for b in others[max(0, at - 1) : at + 1])
    }


def _is_of_other_year(budget: Reference, part: Proposal) -> bool:
    years = {int(year) for year in _YEAR.findall(budget.value)}
    return bool(years and part.budget_years) and not years & set(part.budget_years)


def _is_joined(text: str, number: Reference, budget: Reference) -> bool:
    if number.end <= budget.start:
        return _BEHIND.fullmatch(text, number.end, budget.start) is not None
    return _BEFORE.fullmatch(text, budget.end, number.start) is not None


def _bare(number: str) -> str:
    return re.sub(r"[\W_]+", "", number).casefold()
