"""What the prose of a paper states in figures: amounts, årsværk, dates, decisions and all other numbers in it.

A statement is known by its sentence, in which each figure is replaced by its kind: a sentence with another figure in it
is the same sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.identity import record_id
from corpus.model import Amount, AnyPart, AnyRecord, Date, Decision, Fte, UnclaimedNumber, exact
from pipeline.figures.differences import Side
from pipeline.headings import fold
from pipeline.language import Prose

_FIGURES = re.compile(r"[-−–]?\d+(?:[.,]\d+)*")
NUMBER = "number in text"
_NUMBERING = re.compile(r"(?:side |s |page )?<\d>(?: (?:af|of) <\d>| <\d>)?".replace(r"\d", NUMBER))
"""A sentence that only counts pages; what is printed on them is compared, not how many there are."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure, date or decision of the prose. ``value`` of a range is "low..high", of a number its printed form.

    ``unit`` is the currency or what is counted; ``tied`` what else makes it this figure (role, years, prices …), by
    name. ``order`` is where it stands: the number of its part, and its first character there.
    """

    what: str
    value: Decimal | str
    order: tuple[int, int]
    end: int
    unit: str | None = None
    year: int | None = None
    tied: tuple[tuple[str, object], ...] = ()
    page: int | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a run of them, with the statements in it in print order. ``frame``: its words without figures."""

    part: AnyPart
    text: str
    frame: str
    statements: tuple[Statement, ...]


def sentences(side: Side, parts: Iterable[AnyPart]) -> list[Sentence]:
    """The sentences of the parts that state something in figures, in print order; rows of tables are none."""
    found: dict[int, list[Statement]] = defaultdict(list)
    wanted = {part.index for part in parts}
    for statement in _statements(side):
        if statement.order[0] in wanted:
            found[statement.order[0]].append(statement)
    return [sentence for part in side.parts if found[part.index] for sentence in _of_part(part, found[part.index])]


def words_only(side: Side, parts: Iterable[AnyPart]) -> Iterator[str]:
    """The sentences of the parts without their digits; rows of tables are left out."""
    rows = defaultdict(set)
    for table in side.document.tables:
        for line in table.lines:
            for value in line.values:
                if value.start is not None:
                    rows[table.part if value.part is None else value.part].add(value.start)
    for part in parts:
        for begin, end in Prose(part.text).sentences:
            words = fold(part.text[begin:end])
            if words and not any(begin <= start < end for start in rows[part.index]):
                yield _FIGURES.sub("", words)


def _of_part(part: AnyPart, statements: list[Statement]) -> Iterator[Sentence]:
    prose = Prose(part.text)
    spans: dict[tuple[int, int], list[Statement]] = defaultdict(list)
    reach = (0, 0)
    for statement in sorted(statements, key=lambda each: (each.order[1], -each.end)):
        if statement.end > reach[1]:
            begin, end = prose.sentence_at(statement.order[1], statement.end)
            reach = (max(begin, reach[1]) if begin > reach[0] else begin, end)
        spans[reach].append(statement)
    for (begin, end), held in spans.items():
        frame = _frame(part.text, begin, end, held)
        if not _NUMBERING.fullmatch(frame):
            yield Sentence(part, " ".join(part.text[begin:end].split()), frame, tuple(held))


def _frame(text: str, begin: int, end: int, statements: Sequence[Statement]) -> str:
    """The words of a sentence with the kind of each figure in its place. A decision is its sentence, and has none."""
    pieces, at = [], begin
    for statement in statements:
        start = statement.order[1]
        if statement.what != "decision" and start >= at:
            pieces += [fold(text[at:start]), f"<{statement.what}>"]
            at = statement.end
    return " ".join(filter(None, [*pieces, fold(text[at:end])]))


# --- what is stated ---------------------------------------------------------------------------------------------


def _statements(side: Side) -> Iterator[Statement]:
    for record in side.document.records:
        read = _READ.get(type(record))
        if read is not None and record.source != "table":
            yield read(record, record_id(side.document.sha256, record))
    yield from map(_number, side.document.unclaimed_numbers)


def _number(number: UnclaimedNumber) -> Statement:
    return Statement(NUMBER, number.text, (number.part, number.start), number.end, page=number.page)


def _amount(record: Amount, id: str) -> Statement:
    tied = (*_tied(record), ("role", record.role), ("per", record.per), ("prices", record.price_level))
    return _quantity(record, id, "amount", record.currency, tied)


def _fte(record: Fte, id: str) -> Statement:
    return _quantity(record, id, "fte", record.unit, _tied(record))


def _tied(record: Amount | Fte) -> tuple[tuple[str, object], ...]:
    years = [record.year] if record.year is not None else record.years
    return (
        ("years", f"{', '.join(map(str, years))}{' and on' if record.open_end else ''}" or None),
        ("approximate", record.approximate or None),
        ("bound", record.bound),
    )


def _quantity(record: Amount | Fte, id: str, what: str, unit: str, tied: tuple[tuple[str, object], ...]) -> Statement:
    if record.value is not None:
        value: Decimal | str = exact(record.value)
    else:
        assert record.low is not None
        assert record.high is not None
        value = f"{exact(record.low):f}..{exact(record.high):f}"
    order = (record.part, record.start)
    return Statement(what, value, order, record.end, unit, record.year, tied, record.page, id)


def _date(record: Date, id: str) -> Statement:
    last = "" if record.open_end else f"..{record.to}" if record.to not in (None, record.first) else None
    value = " ".join(filter(None, (f"{record.first}{'..' if last == '' else last or ''}", record.time)))
    order = (record.part, record.start)
    return Statement("date", value, order, record.end, tied=(("precision", record.precision),), page=record.page, id=id)


def _decision(record: Decision, id: str) -> Statement:
    told = (
        record.body,
        record.verb,
        record.status,
        "(negated)" if record.negated else None,
        "(on a condition)" if record.condition else None,
    )
    order = (record.part, record.start)
    return Statement("decision", " ".join(filter(None, told)), order, record.end, page=record.page, id=id)


_READ: dict[type[AnyRecord], Callable[..., Statement]] = {
    Amount: _amount,
    Fte: _fte,
    Date: _date,
    Decision: _decision,
}
