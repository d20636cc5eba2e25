"""The state of the store in figures, and what failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from corpus.store.entries import CANNOT_OPEN, Counts, FailedFile, PartlyRead, Stage
from corpus.store.places import under
from corpus.store.queries import is_live
from corpus.store.rows import batched
from corpus.store.schema import contents, members, occurrences, parts, problems, records, roots, runs, stages


def file_counts(connection: sa.Connection, readers: Iterable[str], extractor: str, index: str) -> Counts:
    """The files on disk, as :class:`Counts` tells them; one is stale when it, or anything inside it, is."""
    at_disk = occurrences.c.file.is_(None)
    seen = _count(connection, sa.select(occurrences.c.id).where(_live(), at_disk))
    failed = _count(connection, _failed_places().where(at_disk).union(_unopened()))
    inside = _count(connection, _failed_places().where(~at_disk))
    stale = _files_with(_stale_contents(readers, extractor))
    found = _count(connection, stale)
    waiting = _count(connection, _files_with(_stale_contents(readers, extractor, index)).union(stale)) - found
    return Counts(seen=seen, read=seen - failed, failed=failed, failed_inside=inside, stale=found, waiting=waiting)


def _live() -> sa.ColumnElement[bool]:
    return occurrences.c.deleted.is_(False)


def _count(connection: sa.Connection, query: sa.Select[tuple[int]] | sa.CompoundSelect[tuple[int]]) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0


def _files_with(some: sa.Select[tuple[str]]) -> sa.Select[tuple[int]]:
    """The files on disk in which one of these contents lies."""
    file = sa.func.coalesce(occurrences.c.file, occurrences.c.id).label("file")
    return sa.select(file).where(_live(), occurrences.c.sha256.in_(some)).distinct()


def _unopened() -> sa.Select[tuple[int]]:
    return sa.select(occurrences.c.id.label("file")).where(_live(), occurrences.c.failure.is_not(None))


def _failed_places() -> sa.Select[tuple[int]]:
    return sa.select(occurrences.c.id.label("file")).where(_live(), _lies_failed())


def _lies_failed() -> sa.ColumnElement[bool]:
    """Places of contents that failed. These are few: it goes from them to their places, not through all places."""
    return occurrences.c.sha256.in_(sa.select(stages.c.sha256).where(*_HAS_FAILED))


def _stale_contents(readers: Iterable[str], extractor: str, index: str | None = None) -> sa.Select[tuple[str]]:
    def fresh(stage: Stage, versions: list[str]) -> sa.ColumnElement[bool]:
        return sa.exists().where(
            stages.c.sha256 == contents.c.sha256, stages.c.stage == stage.value, stages.c.version.in_(versions)
        )

    done = fresh(Stage.READ, list(readers)) & fresh(Stage.EXTRACT, [extractor])
    if index is not None:
        done &= fresh(Stage.INDEX, [index])
    return sa.select(contents.c.sha256).where(~done)


def content_counts(connection: sa.Connection) -> tuple[int, int]:
    """How many contents lie somewhere now, and how many parts they have."""
    documents = connection.scalar(sa.select(sa.func.count()).select_from(contents).where(is_live()))
    in_parts = connection.scalar(
        sa.select(sa.func.count())
        .select_from(parts.join(contents, contents.c.sha256 == parts.c.sha256))
        .where(is_live())
    )
    return documents or 0, in_parts or 0


def record_counts(connection: sa.Connection) -> dict[str, int]:
    """The number of records in live contents, by type."""
    rows = connection.execute(
        sa.select(records.c.type, sa.func.count())
        .join_from(records, contents, contents.c.sha256 == records.c.sha256)
        .where(is_live())
        .group_by(records.c.type)
        .order_by(records.c.type)
    )
    return {str(kind): int(count) for kind, count in rows}


def problem_counts(connection: sa.Connection) -> dict[str, int]:
    """How many live contents have a problem of each code, the most frequent first."""
    count = sa.func.count(problems.c.sha256.distinct())
    rows = connection.execute(
        sa.select(problems.c.code, count)
        .join_from(problems, contents, contents.c.sha256 == problems.c.sha256)
        .where(is_live())
        .group_by(problems.c.code)
        .order_by(count.desc(), problems.c.code)
    )
    return {str(code): int(number) for code, number in rows}


def with_problems(connection: sa.Connection) -> int:
    """How many live contents have problems."""
    query = """
        select count(*) from (select distinct sha256 from problems) as odd where exists (
            select 1 from occurrences where occurrences.sha256 = odd.sha256 and not occurrences.deleted)"""
    return connection.scalar(sa.text(query)) or 0


def gone_count(connection: sa.Connection) -> int:
    """How many contents of files are gone from every place they were in (a moved file is not gone)."""
    other = occurrences.alias()
    elsewhere = sa.exists().where(other.c.sha256 == occurrences.c.sha256, other.c.deleted.is_(False))
    query = sa.select(sa.func.count(occurrences.c.sha256.distinct())).where(
        occurrences.c.deleted.is_(True), occurrences.c.file.is_(None), ~elsewhere
    )
    return connection.scalar(query) or 0


def any_run_finished(connection: sa.Connection) -> bool:
    """True when a run has ended by itself, or was stopped and had time to finish."""
    return connection.execute(sa.select(runs.c.id).where(runs.c.finished.is_not(None)).limit(1)).first() is not None


class Standing(NamedTuple):
    """A failure with the number of its place, and that of the file on disk: masked paths may be alike.

    ``sha256`` is what lies there, None where that could never be told; ``root_id`` is that of its root.
    """

    failed: FailedFile
    place: int
    file_place: int
    sha256: str | None
    root_id: int


def failures(connection: sa.Connection, root: int | None = None, prefix: str = "") -> Iterator[Standing]:
    """Everything that failed and is still there, by path, each once; of one root and the paths under ``prefix``.

    ``hint`` is left empty for the caller, who knows what the user can do.
    """
    here = sa.true() if root is None else _here(root, prefix)
    given: set[int] = set()
    for query in (_unopened_rows(), _failed_rows()):
        for row in connection.execute(query.where(_live(), here).order_by(occurrences.c.path, occurrences.c.id)):
            if row.id not in given:
                given.add(row.id)
                failed = FailedFile(hint="", **{name: getattr(row, name) for name in _FAILED})
                yield Standing(failed, row.id, row.file_id, row.sha256, row.root_id)


def failed_places(connection: sa.Connection) -> list[tuple[int, str | None, str]]:
    """Of all :func:`failures`: the number of the place, the content that lies there, and the code."""
    place = (occurrences.c.id, occurrences.c.sha256)
    unopened = sa.text("select id, sha256 from occurrences where failure is not null and not deleted")
    found = [(at, sha256, CANNOT_OPEN) for at, sha256 in connection.execute(unopened)]
    failing = sa.text("select sha256, code from stages where status = 'failed' and stage <> 'rebuild'")
    failed = connection.execute(failing).all()
    for some in batched(failed):  # few, so that their places are looked up, and not each place
        codes: dict[str, list[str]] = {}
        for sha256, code in some:
            codes.setdefault(sha256, []).append(code)
        lying = sa.select(*place).where(_live(), occurrences.c.sha256.in_(codes))
        found += [(at, sha256, code) for at, sha256 in connection.execute(lying) for code in codes[sha256]]
    return found


def failed_contents(connection: sa.Connection) -> set[str]:
    """The contents that failed, wherever they lie or lay, and those that hold one, at any depth."""
    found: set[str] = set()
    more = set(connection.scalars(sa.select(stages.c.sha256).where(*_HAS_FAILED)))
    while more:
        found |= more
        holding = sa.select(members.c.parent).distinct()
        lots = (holding.where(members.c.sha256.in_(some)) for some in batched(sorted(more)))
        more = {parent for query in lots for parent in connection.scalars(query)} - found
    return found


def partly_read(
    connection: sa.Connection, codes: Sequence[str], root: int, prefix: str = ""
) -> list[tuple[PartlyRead, int]]:
    """The documents under ``prefix`` with a problem of one of these codes, each with the number of its place.

    They come by code as given and by path. Each is given once, wherever it lies; those that failed are left out, for
    they are among the :func:`failures`.
    """
    failed = sa.exists().where(stages.c.sha256 == occurrences.c.sha256, stages.c.status == "failed")
    query = (
        _places(problems.c.code, problems.c.message.label("reason"))
        .join(problems, occurrences.c.sha256 == problems.c.sha256)
        .where(problems.c.code.in_(codes), _live(), ~failed, _here(root, prefix))
        .order_by(occurrences.c.path, problems.c.ordinal)
    )
    found: dict[str, tuple[PartlyRead, int]] = {}
    for row in sorted(connection.execute(query), key=lambda row: codes.index(row.code)):
        told = PartlyRead(path=row.path, root=row.root, code=row.code, reason=row.reason)
        found.setdefault(row.sha256, (told, row.id))
    return list(found.values())


_HAS_FAILED = (stages.c.status == "failed", stages.c.stage != Stage.REBUILD.value)
_FAILED = ("path", "root", "file", "stage", "code", "reason", "tries", "last")
_holder = occurrences.alias()


def _places(*more: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """An occurrence with its root and the file on disk that it lies in."""
    file = sa.func.coalesce(_holder.c.path, occurrences.c.path).label("file")
    return (
        sa.select(
            occurrences.c.id,
            sa.func.coalesce(occurrences.c.file, occurrences.c.id).label("file_id"),
            occurrences.c.path,
            roots.c.path.label("root"),
            roots.c.id.label("root_id"),
            file,
            occurrences.c.sha256,
            *more,
        )
        .join_from(occurrences, roots, occurrences.c.root == roots.c.id)
        .outerjoin(_holder, occurrences.c.file == _holder.c.id)
    )


def _unopened_rows() -> sa.Select[Any]:
    return _places(
        sa.literal(Stage.READ.value).label("stage"),
        sa.literal(CANNOT_OPEN).label("code"),
        occurrences.c.failure.label("reason"),
        occurrences.c.tries,
        occurrences.c.at.label("last"),
    ).where(occurrences.c.failure.is_not(None))


def _failed_rows() -> sa.Select[Any]:
    query = _places(stages.c.stage, stages.c.code, stages.c.reason, stages.c.tries, stages.c.at.label("last"))
    return query.join(stages, occurrences.c.sha256 == stages.c.sha256).where(*_HAS_FAILED, _lies_failed())


def _here(root: int, prefix: str) -> sa.ColumnElement[bool]:
    """Places of this root under a path. The sum keeps a database from going through all places of the root."""
    inside = occurrences.c.path.startswith(f"{prefix}!", autoescape=True)
    return sa.and_(occurrences.c.root + 0 == root, sa.or_(under(prefix), inside))
