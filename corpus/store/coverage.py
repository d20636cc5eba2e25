"""What is accounted for of each document, and what is not: pages, attachments, figures, text that was left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from corpus.problems import Code
from corpus.store.entries import Unread
from corpus.store.packing import unpack_as
from corpus.store.queries import best_place_first, gone_contents, is_live, row_count
from corpus.store.rows import batched
from corpus.store.schema import contents, coverage, members, occurrences, problems, roots

CUT = (Code.TRUNCATED, Code.TOO_DEEP, Code.DAMAGED_MAIL, Code.DAMAGED_ARCHIVE)
"""Something beyond a limit or a break was not read."""
PICTURES = ("image/%", "video/%", "audio/%", "font/%")
AT_ONCE = 500


class Covered(msgspec.Struct, frozen=True, kw_only=True):
    """What is not accounted for. Of one document, or the sum of several.

    ``pages_without_text`` show pictures only; ``unread_members`` are attachments and members of containers that were
    not read, ``unread_pictures`` those of them that are pictures, sounds or fonts (and not among the former). What
    could not be taken out of its container stands in no list of members: each problem of a container counts as one,
    though there may be more where it says that no others were read.

    ``unclaimed_numbers`` are printed and in no cell and no record. ``cut``: so many documents were not read to their
    end; ``hidden_text``: so many held text that nobody sees and that was left out.
    """

    pages: int
    pages_without_text: int
    unread_members: int
    unread_pictures: int
    unclaimed_numbers: int
    cut: int
    hidden_text: int


class DocumentCovered(Covered, frozen=True, kw_only=True):
    """The same of one document, with its place: ``path`` is relative to the folder ``root``."""

    path: str
    root: str
    sha256: str


class _Unclaimed(msgspec.Struct):
    unclaimed_numbers: list[msgspec.Raw] = []


def covered(connection: sa.Connection, unread: Unread) -> Covered:
    """The sums over all documents that lie somewhere now."""
    odd = _of_each(unread).where(is_live(), contents.c.sha256.in_(_may_lack(unread)))
    found = _sums(connection, odd, Covered.__struct_fields__)
    gone = gone_contents(connection)
    for column in (contents.c.pages, coverage.c.unclaimed_numbers):
        every = sa.select(column)
        left = sum(
            _sums(connection, every.where(column.table.c.sha256.in_(some)), (column.name,))[column.name]
            for some in batched(gone)
        )
        found[column.name] = _sums(connection, every, (column.name,))[column.name] - left
    return Covered(**found)


def _may_lack(unread: Unread) -> sa.CompoundSelect[tuple[str]]:
    """The few contents of which more than pages and numbers can be told: who have problems, or hold others."""
    codes = {*map(str, CUT), str(Code.HIDDEN_TEXT), str(Code.NO_TEXT_LAYER), *map(str, unread.codes)}
    with_problems = sa.select(problems.c.sha256).where(problems.c.code.in_(sorted(codes)))
    return sa.union(with_problems, sa.select(members.c.parent))


def _sums(connection: sa.Connection, query: sa.Select[Any], names: Sequence[str]) -> dict[str, int]:
    rows = query.subquery()
    sums = [sa.func.coalesce(sa.func.sum(rows.c[name]), 0) for name in names]
    return {name: int(value) for name, value in zip(names, connection.execute(sa.select(*sums)).one(), strict=True)}


def uncovered(connection: sa.Connection, unread: Unread) -> Iterator[DocumentCovered]:
    """The documents of which not all is accounted for, by path."""
    each = _of_each(unread).where(is_live()).subquery()
    order = best_place_first()
    rank = sa.func.row_number().over(partition_by=occurrences.c.sha256, order_by=order).label("rank")
    first = (
        sa.select(occurrences.c.sha256, occurrences.c.path, roots.c.path.label("root"), rank)
        .join(roots, roots.c.id == occurrences.c.root)
        .where(occurrences.c.deleted.is_(False), occurrences.c.sha256.is_not(None))
        .subquery()
    )
    left = [each.c[name] > 0 for name in Covered.__struct_fields__ if name != "pages"]
    query = (
        sa.select(each, first.c.path, first.c.root)
        .join(first, first.c.sha256 == each.c.sha256)
        .where(first.c.rank == 1, sa.or_(*left))
        .order_by(first.c.path, each.c.sha256)
    )
    for row in connection.execution_options(yield_per=AT_ONCE).execute(query):
        yield DocumentCovered(**row._mapping)


def fill(connection: sa.Connection) -> None:
    """Count what a store of an older Akt has not counted."""
    if row_count(connection, coverage) == row_count(connection, contents):
        return
    counted = sa.exists().where(coverage.c.sha256 == contents.c.sha256)
    waiting = connection.scalars(sa.select(contents.c.sha256).where(~counted)).all()
    for first in range(0, len(waiting), AT_ONCE):
        rows = []
        for sha256 in waiting[first : first + AT_ONCE]:
            packed = connection.scalar(sa.select(contents.c.document).where(contents.c.sha256 == sha256))
            rows.append({"sha256": sha256, "unclaimed_numbers": _counted(packed)})
        connection.execute(coverage.insert(), rows)


def _counted(packed: Any) -> int:
    return len(unpack_as(packed, _Unclaimed).unclaimed_numbers)


def _of_each(unread: Unread) -> sa.Select[Any]:
    return sa.select(
        contents.c.sha256,
        sa.func.coalesce(contents.c.pages, 0).label("pages"),
        _without_text().label("pages_without_text"),
        (_members(unread, pictures=False) + _never_taken(unread)).label("unread_members"),
        _members(unread, pictures=True).label("unread_pictures"),
        sa.func.coalesce(coverage.c.unclaimed_numbers, 0).label("unclaimed_numbers"),
        _has(CUT).label("cut"),
        _has((Code.HIDDEN_TEXT,)).label("hidden_text"),
    ).outerjoin(coverage, coverage.c.sha256 == contents.c.sha256)


def _problem(codes: Collection[str]) -> tuple[sa.ColumnElement[bool], ...]:
    return problems.c.sha256 == contents.c.sha256, problems.c.code.in_([str(code) for code in codes])


def _without_text() -> sa.ColumnElement[int]:
    """The pages that are named; all of them where the document as a whole has no text."""
    here = _problem((Code.NO_TEXT_LAYER,))
    named = sa.select(sa.func.count(problems.c.page.distinct())).where(*here).scalar_subquery()
    whole = sa.exists().where(*here, problems.c.page.is_(None))
    return sa.case((whole, sa.func.coalesce(contents.c.pages, 1)), else_=named)


def _has(codes: Collection[str]) -> sa.ColumnElement[int]:
    return sa.case((sa.exists().where(*_problem(codes)), 1), else_=0)


def _members(unread: Unread, *, pictures: bool) -> sa.ColumnElement[int]:
    """Members that are in the store, and were not read; of a container among them, its own problems count."""
    inner = contents.alias()
    told = problems.alias()
    is_picture = sa.or_(*(inner.c.media_type.like(kind) for kind in PICTURES))
    is_other = ~is_picture & inner.c.media_type.not_in(sorted(unread.containers))
    return (
        sa.select(sa.func.count())
        .select_from(members.join(inner, inner.c.sha256 == members.c.sha256))
        .where(members.c.parent == contents.c.sha256, is_picture if pictures else is_other)
        .where(sa.exists().where(told.c.sha256 == inner.c.sha256, told.c.code.in_(sorted(map(str, unread.codes)))))
        .scalar_subquery()
    )


def _never_taken(unread: Unread) -> sa.ColumnElement[int]:
    """Members that a container could not give: a problem stands in the place of each."""
    own = sa.select(sa.func.count()).select_from(problems).where(*_problem(unread.codes)).scalar_subquery()
    return sa.case((contents.c.media_type.in_(sorted(unread.containers)), own), else_=0)
