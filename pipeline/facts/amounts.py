"""Amounts of money in running text, each with its exact place.

``text`` covers the number and its unit ("11 mio. kr.", "kr. ca. 90.000,-"), not the words that qualify it ("ca.", "op
til", "pr. år"), which are fields. In a list that shares its unit ("11, 46 og 4 mio. kr.") all but the last item are the
bare number, and ``unit_source`` is the shared unit. A number with a scale and no currency ("3 mio.") is money only when
a money word governs it and no noun follows; ``unit_source`` is then that word.
"""

from __future__ import annotations

import re

import msgspec

from corpus.model import Amount, Problem
from corpus.problems import Code, problem
from pipeline.context import Context
from pipeline.facts.amounts_phrase import is_reach, joined_units
from pipeline.facts.amounts_readings import Reading, is_change, read_all
from pipeline.facts.amounts_roles import find_cue, role_of
from pipeline.facts.qualifiers import (
    bound_after,
    hedges,
    per_after,
    per_before,
    price_level,
)
from pipeline.facts.qualifiers_years import CLAUSE, clause_start, year_of
from pipeline.facts.spans import Spans
from pipeline.language import Prose

NEXT = 120
_SENTENCE_END = re.compile(r"[!?]\s|\n[ \t]*\n|[.:]\s{1,3}(?=[A-ZÆØÅ•])")
_AFTER_BARE = re.compile(
    r"\s{0,3}(?:[.,;:!?)\]]|$|\n|[-–]\s|(?:i|til|på|om|årligt|pr|per|og|for|fra|som|der|mens|men|eller|mere|mindre|hvert|hver|over"
    r"|ved|med|samt|hvilket|heraf|hvoraf|at|er|var|var|blev|bliver|netto|brutto|ekstra|af(?=\s(?:puljen|budgettet)))(?!\w))"
)
_INNER_HEDGE = re.compile(r"(?<!\w)(?:ca|cirka|omkring|knap|godt)(?!\w)")
_DOUBTFUL_DECIMALS = re.compile(r"[1-9]\d{0,2},\d{3}(?!\d)")


def find(prose: Prose, context: Context) -> tuple[list[Amount], list[Problem]]:
    """The amounts of a part in printed order, and a problem for every one that has a currency and no reading."""
    text, spans = prose.text, Spans(context.taken)
    readings = _with_currency(text, _joined(text, read_all(text, spans.overlap)))
    amounts: list[Amount] = []
    problems: list[Problem] = []
    for place, reading in enumerate(readings):
        earlier = reversed(readings[max(0, place - 24) : place])
        low = next((each.end for each in earlier if each.end <= _head(reading)), 0)
        high = readings[place + 1].start if place + 1 < len(readings) else len(text)
        amount = _amount(text, reading, low, high, context)
        if amount is None:
            printed = text[reading.start : reading.end]
            problems.append(problem(Code.NUMBER_REFUSED, f"Looks like an amount and fits no rule: {printed!r}"))
        else:
            amounts.append(amount)
    return _years_in_turn(text, amounts), problems


def _joined(text: str, readings: list[Reading]) -> list[Reading]:
    """Joins "1 mio. kr. - 2 mio. kr." and "fra 10 mio. til 12 mio. kr.": ranges whose ends have units of their own."""
    joined: list[Reading] = []
    for reading in readings:
        last = joined[-1] if joined else None
        if last is not None and _make_range(text, last, reading):
            joined[-1] = last._replace(end=reading.end, high=reading.low, currency=reading.currency)
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
        and joined_units(text, low.start, low.end, high.start)
        and not is_change(text, low.start)
    )


def _with_currency(text: str, readings: list[Reading]) -> list[Reading]:
    """Settles numbers with a scale and no currency: money, something else (left out), or unclear (refused)."""
    settled: list[Reading] = []
    for place, reading in enumerate(readings):
        if reading.currency is not None:
            settled.append(reading)
            continue
        following = readings[place + 1] if place + 1 < len(readings) else None
        between = text[reading.end : following.start].strip() if following else "?"
        if (
            following
            and following.currency
            and (not between or (between == "og" and following.factor < reading.factor))
        ):
            # "1 mio. 250.000 kr.", "1 million og 200.000 kroner": one amount or two.
            readings[place + 1] = following._replace(start=reading.start, low=None)
            continue
        source = _currency_source(text, reading, settled[-1] if settled else None, following)
        if source:
            settled.append(reading._replace(currency="DKK", unit_source=source))
    return settled


def _currency_source(text: str, bare: Reading, before: Reading | None, after: Reading | None) -> str | None:
    if not _AFTER_BARE.match(text, bare.end):
        return None
    begin = _sentence_start(text, bare.start)
    found = find_cue(text[begin : bare.start])
    if found:
        return found.word
    for other in (before, after):
        if other and other.currency == "DKK" and _same_sentence(text, bare, other):
            return "kr."
    return None


def _same_sentence(text: str, one: Reading, other: Reading) -> bool:
    start, end = sorted((one, other))[0].end, sorted((one, other))[1].start
    return end - start <= CLAUSE and not _SENTENCE_END.search(text, start, end)


def _sentence_start(text: str, at: int) -> int:
    return max((m.end() for m in _SENTENCE_END.finditer(text, max(0, at - CLAUSE), at)), default=max(0, at - CLAUSE))


def _amount(text: str, reading: Reading, low: int, high: int, context: Context) -> Amount | None:
    """The record of a reading; ``low`` and ``high`` are where its neighbours end and begin."""
    if reading.low is None or reading.currency is None:
        return None
    begin, stop = clause_start(text, _head(reading), low), min(high, reading.end + NEXT)
    before, end = text[begin : _head(reading)], reading.end
    listed = reading.tail if reading.tail > end else end
    per = per_after(text, listed) or per_before(before)
    if _DOUBTFUL_DECIMALS.search(text, reading.start, end) and reading.factor == 1 and per is None:
        return None
    approximate, bound = hedges(text, reading.start)
    inner = _INNER_HEDGE.search(text, reading.start, end) is not None
    ranged = reading.high is not None
    return Amount(
        start=reading.start,
        end=end,
        text=text[reading.start : end],
        value=None if ranged else reading.low,
        low=reading.low if ranged else None,
        high=reading.high,
        currency=reading.currency,
        approximate=approximate or inner,
        bound=bound or bound_after(text, end),
        per=per,
        year=year_of(text, _head(reading), end, low, stop),
        price_level=price_level(text, listed, _clause_stop(text, listed, max(stop, min(len(text), listed + 1)))),
        role=role_of(before, text[end : min(stop, end + 60)]),
        unit_source=reading.unit_source,
        source=context.source,
    )


def _head(reading: Reading) -> int:
    return reading.head if reading.head >= 0 else reading.start


def _clause_stop(text: str, end: int, stop: int) -> int:
    found = _SENTENCE_END.search(text, end, stop)
    return found.start() if found else stop


_RESPECTIVE = re.compile(r"(?i:(?<!\w)(?:henholdsvis|hhv\.?)\s{1,3}(?:ca\.\s)?)$")
_YEARS = re.compile(r"\s{1,3}i\s((?:20\d\d)(?:(?:,\s|\sog\s|,\sog\s)20\d\d)+)(?!\d)")


def _years_in_turn(text: str, amounts: list[Amount]) -> list[Amount]:
    """ "2 og 3 mio. kr. i 2023 og 2024", "henholdsvis 2 mio. kr. og …": the years go with the amounts, one by one."""
    for place, last in enumerate(amounts):
        years = _YEARS.match(text, last.end)
        if years is None:
            continue
        named = [int(year) for year in re.findall(r"\d{4}", years[1])]
        first = place - len(named) + 1
        if first < 0:
            continue
        shared = all(each.unit_source and each.value is not None for each in amounts[first:place])
        if shared or _RESPECTIVE.search(text, max(0, amounts[first].start - 20), amounts[first].start):
            for step, year in enumerate(named):
                amounts[first + step] = msgspec.structs.replace(amounts[first + step], year=year)
    return amounts
