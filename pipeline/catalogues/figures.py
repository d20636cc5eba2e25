"""The figures of a summary against the line of each proposal that sums it up.

The line is the one called net, else the one called a total, else the only line of money. Of several, the one that
agrees with the row is meant; where that cannot be told, nothing is compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import msgspec

from corpus.model import Check, Line, LineValue, Problem, Proposal, Table, exact
from corpus.problems import Code, problem
from pipeline.catalogues.entries import Entry, Summary
from pipeline.headings import fold

RULE = "summary = proposal"
Kind = Literal["net", "total", "only"]
Key = int | str
KINDS: tuple[Kind, Kind] = ("net", "total")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by year or column; ``quantum`` is the worth of one unit of its last printed digit."""

    value: LineValue
    quantum: Decimal


@dataclass(frozen=True, slots=True)
class _Own:
    """A line of a proposal that may be what the summary repeats."""

    kind: Kind
    line: Line
    figures: dict[Key, Figure]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A row of the summary, its proposal, the lines it may repeat, and the proposal's other lines of money."""

    entry: Entry
    line: Line
    proposal: Proposal
    figures: dict[Key, Figure]
    choices: list[_Own]
    others: list[_Own]


def figure_checks(summary: Summary, own: dict[int, list[Table]]) -> tuple[Table, list[Problem]]:
    """The summary's table with a check for each figure that is compared, and the figures that differ."""
    pairs = list(_pairs(summary, own))
    sign = _sign(pairs)
    usual = _usual(pairs, sign)
    compared = [(pair, line) for pair in pairs if (line := _chosen(pair, sign, usual)) is not None]
    compared = _without_doubts(compared, sign)
    checks = [(pair, line, check) for pair, line in compared for check in _checks(pair, line, sign)]
    if sum(check.ok for *_, check in checks) * 2 < len(checks):
        return summary.table, []
    table = msgspec.structs.replace(summary.table, checks=[*summary.table.checks, *(check for *_, check in checks)])
    return table, [_note(summary.table, pair, line, check) for pair, line, check in checks if not check.ok]


def _pairs(summary: Summary, own: dict[int, list[Table]]) -> Iterator[_Pair]:
    """The rows of one proposal each. A proposal of several rows is split in a way that is not said."""
    rows = Counter(entry.proposal.index for entry in summary.entries if entry.proposal is not None)
    for entry in summary.entries:
        line, proposal = entry.line, entry.proposal
        if line is None or proposal is None or entry.contested or rows[proposal.index] > 1:
            continue
        every = _lines(own[proposal.index], line.unit)
        choices = _choices(every)
        figures = _figures(line, summary.table)
        if choices and figures:
            others = [other for other in every if other.figures and other.kind == "only"]
            yield _Pair(entry, line, proposal, figures, choices, others)


def _lines(tables: Sequence[Table], unit: str | None) -> list[_Own]:
    """The lines of money of a proposal; those that sum nothing up by their name are of the kind "only"."""
    kinds: dict[str | None, Kind] = {kind: kind for kind in KINDS}
    return [
        _Own(kinds.get(line.role, "only"), line, _figures(line, table))
        for table in tables
        for line in table.lines
        if line.values and line.unit == unit
    ]


def _choices(every: Sequence[_Own]) -> list[_Own]:
    """The lines of a proposal that sum it up; one that is printed twice with the same figures counts once."""
    found = [own for kind in KINDS for own in every if own.kind == kind]
    if not found and len(every) == 1:
        found = [every[0]]
    kept: list[_Own] = []
    for own in found:
        values = _values(own.figures)
        if own.figures and all(values != _values(other.figures) for other in kept):
            kept.append(own)
    return kept


def _values(figures: dict[Key, Figure]) -> dict[Key, Decimal]:
    return {key: figure.value.value for key, figure in figures.items()}


def _figures(line: Line, table: Table) -> dict[Key, Figure]:
    """The figures of a line by year, else by the column's heading; two of one year are of parts that are not named."""
    found: dict[Key, Figure] = {}
    for value in line.values:
        key = value.year if value.year is not None else fold(value.column or "")
        if key and (value.year is None or value.column is None):
            found[key] = Figure(value, _quantum(value, table))
    return found


def _quantum(value: LineValue, table: Table) -> Decimal:
    digits = int("".join(char for char in value.raw if char in "0123456789") or 0)
    if digits and value.value:
        return abs(value.value) / digits
    decimals = len(value.raw.partition(",")[2].strip(" )%"))
    return (table.unit.factor if table.unit else Decimal(1)).scaleb(-decimals)


# --- which line -----------------------------------------------------------------------------------------------


def _shared(pair: _Pair, own: _Own) -> list[Key]:
    return [key for key in pair.figures if key in own.figures]


def _agreement(pair: _Pair, own: _Own, sign: int) -> tuple[int, int]:
    """How many of the shared figures agree, and how many are shared."""
    shared = _shared(pair, own)
    return sum(_holds(pair.figures[key], own.figures[key], sign) for key in shared), len(shared)


def _holds(found: Figure, own: Figure, sign: int) -> bool:
    return abs(found.value.value - sign * own.value.value) <= _tolerance(found, own)


def _tolerance(found: Figure, own: Figure) -> Decimal:
    """Half of the coarser unit; where units differ, the finer figure is rounded too."""
    low, high = sorted((found.quantum, own.quantum))
    return high / 2 if low != high else Decimal(0)


def _sign(pairs: Sequence[_Pair]) -> int:
    """-1 for a summary that prints savings without the minus that the proposals print."""
    agreed: Counter[int] = Counter()
    for pair in pairs:
        for sign in (1, -1):
            agreed[sign] += max(_agreement(pair, own, sign)[0] for own in pair.choices)
    return -1 if agreed[-1] > agreed[1] else 1


def _usual(pairs: Sequence[_Pair], sign: int) -> Counter[Kind]:
    """In how many rows each kind of line agrees in every figure."""
    usual: Counter[Kind] = Counter()
    for pair in pairs:
        counted = [(own.kind, _agreement(pair, own, sign)) for own in pair.choices]
        usual.update({kind for kind, (agreed, shared) in counted if agreed == shared > 0})
    return usual


def _chosen(pair: _Pair, sign: int, usual: Counter[Kind]) -> _Own | None:
    """The line that a row repeats, None where it cannot be told."""
    agreed = {n: _agreement(pair, own, sign) for n, own in enumerate(pair.choices)}
    whole = [n for n, (held, shared) in agreed.items() if held == shared > 0]
    if whole:
        return pair.choices[whole[0]]
    best = max(held for held, _ in agreed.values())
    nearest = [n for n, (held, _) in agreed.items() if held == best]
    if len(nearest) == 1 and (best > 0 or len(agreed) == 1):
        return pair.choices[nearest[0]]
    for kind in KINDS:
        of_kind = [n for n in nearest if pair.choices[n].kind == kind]
        if usual[kind] and len(of_kind) == 1 and usual[kind] == max(usual.values()):
            return pair.choices[of_kind[0]]
    return None


def _without_doubts(compared: Sequence[tuple[_Pair, _Own]], sign: int) -> list[tuple[_Pair, _Own]]:
    """The rows without those that repeat another line of their proposal, such as its savings, word for word.

    They stay where the summary is known by more other rows to repeat the sums and nothing else.
    """
    agreeing = [_is_whole(pair, own, sign) for pair, own in compared]
    elsewhere = [
        any(_is_whole(pair, other, sign) for other in pair.others if other is not own) for pair, own in compared
    ]
    told = sum(whole and not other for whole, other in zip(agreeing, elsewhere, strict=True))
    doubted = [other and not whole for whole, other in zip(agreeing, elsewhere, strict=True)]
    if told > sum(doubted):
        return list(compared)
    return [each for each, doubt in zip(compared, doubted, strict=True) if not doubt]


def _is_whole(pair: _Pair, own: _Own, sign: int) -> bool:
    held, shared = _agreement(pair, own, sign)
    return held == shared > 0


# --- what is said ---------------------------------------------------------------------------------------------


def _checks(pair: _Pair, own: _Own, sign: int) -> Iterator[Check]:
    for key in _shared(pair, own):
        found, behind = pair.figures[key], own.figures[key]
        yield Check(
            rule=RULE,
            expected=exact(sign * behind.value.value),
            found=found.value.value,
            ok=_holds(found, behind, sign),
            tolerance=exact(_tolerance(found, behind)),
            year=found.value.year,
            column=found.value.column,
            unit=pair.line.unit,
            label=pair.line.label,
            part=pair.proposal.index,
        )


def _note(table: Table, pair: _Pair, own: _Own, check: Check) -> Problem:
    key: Key = check.year if check.year is not None else fold(check.column or "")
    found, behind = pair.figures[key].value, own.figures[key].value
    return problem(
        Code.SUMMARY_MISMATCH,
        f'"{pair.entry.name}", {check.year or check.column}: the summary{on(found.page)} says {found.value:f} '
        f'("{found.raw}"), the proposal{on(behind.page)} says {behind.value:f} ("{behind.raw}", "{own.line.label}").',
        part=table.part,
        page=found.page or table.page,
    )


def on(page: int | None) -> str:
    """ " on page 3", "" where there are no pages."""
    return "" if page is None else f" on page {page}"
