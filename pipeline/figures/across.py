"""Checks between documents: the same proposal in two of them, and a mail that gives the figure of a proposal."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec
import sqlalchemy as sa

from corpus.identity import document_id, part_id, record_id
from corpus.model import Amount, Reference
from corpus.store.entries import StoredRecord
from corpus.store.exports import stream_records
from corpus.store.schema import parts as stored_parts
from corpus.store.schema import records
from pipeline.export.rows import part_of
from pipeline.figures.model import Figure, Level
from pipeline.figures.papers import PartIds, is_wanted
from pipeline.figures.repeats import same_proposals
from pipeline.figures.verdicts import Spot, Status, Verdict
from pipeline.headings import fold
from pipeline.links.find import Resolved
from pipeline.masking import mask_name

COPY, MAIL = "copy = proposal", "mail = proposal"
NEAR = 600
"""A reference stands at most so many characters from the amount that its sentence is about."""
COMPARED = frozenset({"saving", "efficiency", "investment", "expense", "income", "net"})

_NUMBER = re.compile(r"\d[\d.\u00a0\u202f ]*(?:,\d+)?")


def copy_verdicts(figures: Sequence[Figure], parts: PartIds | None = None) -> Iterator[Verdict]:
    """Each figure of a proposal's second copy against the first; of two dated versions a difference is a remark."""
    by_part: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.part_kind == "proposal" and figure.unit is not None:
            by_part[figure.place].append(figure)
    for same in same_proposals(list(by_part.values())):
        for other in same[1:]:
            if is_wanted(parts, *same[0][0].place) or is_wanted(parts, *other[0].place):
                yield from _compared(same[0], other)


def _compared(first: Sequence[Figure], second: Sequence[Figure]) -> Iterator[Verdict]:
    behind = {_key(figure): figure for figure in first}
    if first[0].sha256 == second[0].sha256:
        return
    dates = {first[0].date, second[0].date}
    versions = None not in dates and len(dates) == 2
    for figure in second:
        own = behind.get(_key(figure))
        if own is None or own.price_level != figure.price_level:
            continue
        differs = Status.REMARK if versions else Status.FAILS
        yield Verdict(
            rule=COPY,
            status=Status.HOLDS if figure.value == own.value else differs,
            spot=_spot(figure),
            found=figure.value,
            expected=own.value,
            tolerance=Decimal(0),
            unit=figure.unit or "",
            year=figure.year,
            column=figure.column,
            part=figure.part,
            document=figure.document,
            others=[_spot(own)],
            told=f"{own.date}, {figure.date}" if versions and figure.value != own.value else "",
        )


def _key(figure: Figure) -> tuple[object, ...]:
    return figure.stage, fold(figure.label), figure.group, figure.role, figure.unit, figure.year, figure.column


def _spot(figure: Figure) -> Spot:
    return Spot(figure.sha256, figure.path, figure.page, figure.bbox, figure.label, figure.raw, figure.id)


# --- mails ------------------------------------------------------------------------------------------------------


def mail_verdicts(
    connection: sa.Connection, figures: Iterable[Figure], parts: PartIds | None = None
) -> Iterator[Verdict]:
    """Amounts in messages whose sentence names one proposal, against its only line of that role and year.

    The mail rounds: half of its last printed digit is allowed. A difference is a remark, for the mail may speak of
    something else.
    """
    lines: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.part_kind == "proposal" and figure.unit == "DKK" and figure.level is not Level.WITHIN:
            lines[part_id(figure.sha256, figure.part)].append(figure)
    if not lines:
        return
    links = Resolved(connection)
    for stored in stream_records(connection, "amount", _naming_proposals(connection)):
        amount = stored.record
        assert isinstance(amount, Amount)
        if not _is_quoted(stored, amount) or not is_wanted(parts, stored.origin.sha256, amount.part):
            continue
        named = _named(connection, links, stored, amount)
        fitting = [
            f for f in lines.get(named or "", []) if (f.role, f.year, f.column) == (amount.role, amount.year, None)
        ]
        if len(fitting) == 1 and fitting[0].sha256 != stored.origin.sha256:
            yield _mail_verdict(stored, amount, fitting[0])


def _naming_proposals(connection: sa.Connection) -> set[tuple[str, int]]:
    """The messages with a reference, by short document id and part."""
    found = connection.execute(
        sa.select(records.c.sha256, records.c.part)
        .join(stored_parts, sa.and_(stored_parts.c.sha256 == records.c.sha256, stored_parts.c.part == records.c.part))
        .where(records.c.type == "reference", stored_parts.c.kind == "message")
        .distinct()
    )
    return {(document_id(row.sha256), row.part) for row in found}


def _is_quoted(stored: StoredRecord, amount: Amount) -> bool:
    """Whether it is one figure of a kind and year that a proposal's table has a row for, in the prose of a message."""
    told = amount.role in COMPARED and amount.year is not None and amount.value is not None and amount.bound is None
    plain = amount.currency == "DKK" and amount.per in (None, "year") and amount.source == "text"
    return told and plain and part_of(stored.origin, amount.part).kind == "message"


def _named(connection: sa.Connection, links: Resolved, stored: StoredRecord, amount: Amount) -> str | None:
    """The id of the one proposal that the amount's sentence names."""
    near = sa.select(records.c.payload).where(
        records.c.sha256 == stored.origin.sha256,
        records.c.type == "reference",
        records.c.part == amount.part,
        records.c.start.between(amount.start - NEAR, amount.start + NEAR),
    )
    ids: set[str] = set()
    for row in connection.execute(near):
        reference = msgspec.json.decode(row.payload, type=Reference)
        if " ".join(reference.text.split()) not in stored.quote.text:
            continue
        found, state = links.of(stored.origin.sha256, reference)
        if state == "resolved":
            ids.update(found or [])
        elif reference.kind == "proposal":
            return None
    return ids.pop() if len(ids) == 1 else None


def _mail_verdict(stored: StoredRecord, amount: Amount, line: Figure) -> Verdict:
    found, expected = abs(amount.value or Decimal(0)), abs(line.value)
    tolerance = _last_digit(amount) * (2 if amount.approximate else 1) / 2
    origin = stored.origin
    spot = Spot(
        sha256=origin.sha256,
        path=mask_name(origin.path),
        page=amount.page,
        box=amount.bbox,
        label=stored.quote.text,
        raw=amount.text,
        id=record_id(origin.sha256, amount),
    )
    return Verdict(
        rule=MAIL,
        status=Status.HOLDS if abs(found - expected) <= tolerance else Status.REMARK,
        spot=spot,
        found=found,
        expected=expected,
        tolerance=tolerance,
        unit="DKK",
        year=amount.year,
        part=amount.part,
        document=origin.outline.title,
        others=[_spot(line)],
        told=document_id(line.sha256),
    )


def _last_digit(amount: Amount) -> Decimal:
    """What one unit of the amount's last printed digit is worth: 100.000 for "1,2 mio. kr."."""
    match = _NUMBER.search(amount.text)
    digits = int(re.sub(r"\D", "", match[0]) or 0) if match else 0
    return abs(amount.value or Decimal(0)) / digits if digits else Decimal(0)
