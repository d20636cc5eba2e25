"""What is accounted for of each document, and what is not: pages, attachments, figures, text that was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from corpus.problems import Code
from corpus.store.entries import Unread
from corpus.store.packing import unpack_as
from corpus.store.queries import best_place_first, gone_contents, row_count
from corpus.store.rows import batched
from corpus.store.schema import contents, coverage, occurrences, roots

CUT = (Code.TRUNCATED, Code.TOO_DEEP, Code.DAMAGED_MAIL, Code.DAMAGED_ARCHIVE)
"""Something beyond a limit or a break was not read."""
PICTURES = ("image/%", "video/%", "audio/%", "font/%")
LIVE = "exists (select 1 from occurrences where occurrences.sha256 = contents.sha256 and not occurrences.deleted)"
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
    """The sums over all documents that lie somewhere now.

    In SQL as it is, as all here is that each run asks: SQLAlchemy takes longer to put it into words than SQLite to
    answer.
    """
    odd = f"{_of_each(unread)} where {LIVE} and contents.sha256 in ({_may_lack(unread)})"
    found = _sums(connection, odd, Covered.__struct_fields__)
    gone = gone_contents(connection)
    for table, column in ((contents, "pages"), (coverage, "unclaimed_numbers")):
        left = sum(
            connection.scalar(sa.select(sa.func.sum(table.c[column])).where(table.c.sha256.in_(some))) or 0
            for some in batched(gone)
        )
        found[column] = _sums(connection, f"select {column} from {table.name}", (column,))[column] - left
    return Covered(**found)


def _may_lack(unread: Unread) -> str:
    """The few contents of which more than pages and numbers can be told: who have problems, or hold others."""
    codes = [*CUT, Code.HIDDEN_TEXT, Code.NO_TEXT_LAYER, *unread.codes]
    return f"select sha256 from problems where code in {_listed(codes)} union select parent from members"


def _listed(words: Iterable[str]) -> str:
    """Codes and media types, which have no quotes in them."""
    quoted = sorted({f"'{word}'" for word in map(str, words)})
    return f"({', '.join(quoted)})"


def _sums(connection: sa.Connection, query: str, names: Sequence[str]) -> dict[str, int]:
    sums = ", ".join(f"coalesce(sum({name}), 0)" for name in names)
    row = connection.execute(sa.text(f"select {sums} from ({query}) as found")).one()
    return {name: int(value) for name, value in zip(names, row, strict=True)}


def uncovered(connection: sa.Connection, unread: Unread) -> Iterator[DocumentCovered]:
    """The documents of which not all is accounted for, by path."""
    columns: list[sa.ColumnClause[Any]] = [sa.column(name) for name in ("sha256", *Covered.__struct_fields__)]
    each = sa.text(f"{_of_each(unread)} where {LIVE}").columns(*columns).subquery()
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


def _of_each(unread: Unread) -> str:
    """A row for each content.

    Members that are in the store, and were not read, are told by their problems; of a container among them, its own
    problems count, each in the place of a member that it could not give. Pages without text are those that are named;
    all of them where the document as a whole has no text.
    """
    of_it = "from problems where problems.sha256 = contents.sha256 and problems.code"
    no_text = f"{of_it} = '{Code.NO_TEXT_LAYER}'"
    containers, codes = _listed(unread.containers), _listed(unread.codes)
    is_picture = " or ".join(f"held.media_type like '{kind}'" for kind in PICTURES)
    members_unread = f"""
        select count(*) from members join contents as held on held.sha256 = members.sha256
        where members.parent = contents.sha256
        and exists (select 1 from problems as told where told.sha256 = held.sha256 and told.code in {codes})"""
    return f"""
        select contents.sha256 as sha256, coalesce(contents.pages, 0) as pages,
        case when exists (select 1 {no_text} and problems.page is null) then coalesce(contents.pages, 1)
            else (select count(distinct problems.page) {no_text}) end as pages_without_text,
        ({members_unread} and not ({is_picture}) and held.media_type not in {containers})
            + case when contents.media_type in {containers} then (select count(*) {of_it} in {codes}) else 0 end
            as unread_members,
        ({members_unread} and ({is_picture})) as unread_pictures,
        coalesce(coverage.unclaimed_numbers, 0) as unclaimed_numbers,
        case when exists (select 1 {of_it} in {_listed(CUT)}) then 1 else 0 end as cut,
        case when exists (select 1 {of_it} = '{Code.HIDDEN_TEXT}') then 1 else 0 end as hidden_text
        from contents left outer join coverage on coverage.sha256 = contents.sha256"""
