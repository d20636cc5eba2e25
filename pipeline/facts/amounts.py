"""Amounts of money in running text, each with its exact place.

``text`` covers the number and its unit ("11 mio. kr.", "kr. ca. 90.000,-"), not the words that qualify it ("ca.", "op
til", "pr. år"), which are fields. In a list that shares its unit ("11, 46 og 4 mio. kr.") all but the last item are the
bare number, and ``unit_source`` is the shared unit. A number with a scale and no currency ("3 mio.") is money only when
a money word governs it and no noun follows; ``unit_source`` is then that word.
"""

from __future__ import annotations

import msgspec

from corpus.model import Amount, Problem
from corpus.problems import Code, problem
from pipeline.context import Context
from pipeline.facts import quantities
from pipeline.facts.money.bare import with_currency
from pipeline.facts.money.corrected import why_refused, with_corrections
from pipeline.facts.money.front import Reading
from pipeline.facts.money.named import read_named
from pipeline.facts.money.phrase import is_reach, joined_units
from pipeline.facts.money.readings import is_change, read_all
from pipeline.facts.money.thousands import in_thousands
from pipeline.facts.money.vague import find_vague
from pipeline.facts.spans import Spans
from pipeline.facts.units import find_units
from pipeline.language import Prose

MOST_APART = 40


def find(prose: Prose, context: Context) -> tuple[list[Amount], list[Problem]]:
    """The amounts of a part in printed order, and a problem for every one that has a currency and no reading."""
    text = prose.text
    units = list(find_units(prose))
    named = read_named(prose, units, Spans(context.taken).overlap)
    if not units and not named:
        return [], find_vague(prose, [], Spans(context.taken).overlap)
    readings = read_all(text, units, Spans(context.taken).overlap)
    readings = _with_named(with_currency(text, _joined(text, readings)), named)
    readings = with_corrections(text, in_thousands(prose, readings))
    amounts: list[Amount] = []
    problems = find_vague(prose, readings, Spans(context.taken).overlap)
    last = len(readings) - 1
    for place, reading in enumerate(readings):
        high = readings[place + 1].start if place < last else len(text)
        amount = quantities.amount(prose, reading, _low(readings, place), high, context)
        why = why_refused(text, reading.start, reading.end)
        if amount is None or why:
            printed = text[reading.start : reading.end]
            why = why or ("fits no rule" if reading.currency or reading.low is None else "names no currency")
            problems.append(problem(Code.NUMBER_REFUSED, f"Looks like an amount and {why}: {printed!r}"))
        else:
            amounts.append(amount)
    return quantities.settled(prose, amounts, context.taken), problems


def _with_named(readings: list[Reading], named: list[Reading]) -> list[Reading]:
    """All readings in order; of a number that both ways read, the one with its unit."""
    known = Spans([(each.start, each.end) for each in readings])
    new = [each for each in named if not known.overlap(each.start, each.end)]
    return sorted([*readings, *new], key=lambda each: each.start) if new else readings


def _low(readings: list[Reading], place: int) -> int:
    """Where the nearest reading ends that stands before the list that ``readings[place]`` is of."""
    head = readings[place].head if readings[place].head >= 0 else readings[place].start
    if place and readings[place - 1].end <= head:
        return readings[place - 1].end
    for earlier in range(place - 2, max(-1, place - 25), -1):
        if readings[earlier].end <= head:
            return readings[earlier].end
    return 0


def _joined(text: str, readings: list[Reading]) -> list[Reading]:
    """Joins "1 mio. kr. - 2 mio. kr." and "fra 10 mio. til 12 mio. kr.": ranges whose ends have units of their own."""
    joined: list[Reading] = []
    for reading in readings:
        last = joined[-1] if joined else None
        if last is not None and reading.start - last.end < MOST_APART and _make_range(text, last, reading):
            joined[-1] = msgspec.structs.replace(last, end=reading.end, high=reading.low, currency=reading.currency)
        else:
            joined.append(reading)
    return joined


def _make_range(text: str, low: Reading, high: Reading) -> bool:
    if low.low is None or high.low is None or low.high is not None or high.high is not None or low.unit_source:
        return False
    same = low.currency == high.currency or low.currency is None
    return (
        same
        and is_reach(low.low, high.low)
        and joined_units(text, (low.start, low.end), (high.start, high.end))
        and not is_change(text, low.start)
    )
