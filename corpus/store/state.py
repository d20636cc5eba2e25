"""How far the store has come: documents by kind, the versions that made them, the runs that there were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from corpus.store.database import moment, now
from corpus.store.entries import Failure
from corpus.store.queries import is_live
from corpus.store.schema import contents, runs, stages

AT_ONCE = 500
PENDING = "pending"
"""Version and status of a content that is being indexed, or was when the process died."""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """So many live documents were taken through a stage by this version, so many of them in vain."""

    stage: str
    version: str
    documents: int
    failed: int


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A run of ``akt ingest``: times are ISO 8601 with offset.

    ``status`` is running, done, folder-emptied (done but for a folder that held documents, and is empty or not there),
    interrupted, broken (by an error), or died (it was killed, or the machine stopped).
    ``figures`` are those of its report; None while it runs and for one that died.
    """

    id: int
    started: str
    finished: str | None
    status: str
    figures: dict[str, Any] | None = None


def kind_counts(connection: sa.Connection) -> dict[str, int]:
    """How many live contents there are of each kind, the most frequent first."""
    count = sa.func.count()
    query = (
        sa.select(contents.c.kind, count)
        .where(is_live())
        .group_by(contents.c.kind)
        .order_by(count.desc(), contents.c.kind)
    )
    return {str(kind): int(number) for kind, number in connection.execute(query)}


def versions(connection: sa.Connection) -> list[Made]:
    """Which version made what, by stage, the most frequent first."""
    count = sa.func.count()
    failed = sa.func.sum(sa.case((stages.c.status == "failed", 1), else_=0))
    query = (
        sa.select(stages.c.stage, stages.c.version, count, failed)
        .join(contents, contents.c.sha256 == stages.c.sha256)
        .where(is_live())
        .group_by(stages.c.stage, stages.c.version)
        .order_by(stages.c.stage, count.desc(), stages.c.version)
    )
    return [
        Made(stage=stage, version=version, documents=documents, failed=lost or 0)
        for stage, version, documents, lost in connection.execute(query)
    ]


def last_runs(connection: sa.Connection, most: int) -> list[Run]:
    """The last runs, the latest first."""
    rows = connection.execute(sa.select(runs).order_by(runs.c.id.desc()).limit(most))
    return [
        Run(
            id=row.id,
            started=row.started,
            finished=row.finished,
            status=row.status,
            figures=msgspec.json.decode(row.counts) if row.counts else None,
        )
        for row in rows
    ]


def indexed_since(connection: sa.Connection, start: str) -> int:
    """How many live contents the index has taken in since a :func:`corpus.store.database.moment`, each counted once."""
    query = """
        select count(*) from stages where stage = 'index' and status = 'done' and at >= :start and exists (
            select 1 from occurrences where occurrences.sha256 = stages.sha256 and not occurrences.deleted)"""
    return connection.scalar(sa.text(query).bindparams(start=start)) or 0


def begin_indexing(connection: sa.Connection, found: Sequence[str], stage: str) -> None:
    """Note that these contents are about to be indexed as they are now; what changes meanwhile loses the note."""
    for first in range(0, len(found), AT_ONCE):
        some = found[first : first + AT_ONCE]
        connection.execute(stages.delete().where(stages.c.stage == stage, stages.c.sha256.in_(some)))
        common = {"stage": stage, "version": PENDING, "status": PENDING, "tries": 1, "at": now()}
        connection.execute(stages.insert(), [{"sha256": sha256, **common} for sha256 in some])


def put_indexed(
    connection: sa.Connection, found: Sequence[str], stage: str, version: str, failed: Mapping[str, Failure]
) -> None:
    """Note that these contents were indexed by this version, or failed, but for those that have changed meanwhile."""
    pending = sa.and_(stages.c.stage == stage, stages.c.status == PENDING)
    for sha256, failure in failed.items():
        why = {"status": "failed", "code": failure.code, "reason": failure.reason}
        connection.execute(stages.update().where(pending, stages.c.sha256 == sha256).values(version=version, **why))
    for first in range(0, len(found), AT_ONCE):
        some = found[first : first + AT_ONCE]
        done = stages.update().where(pending, stages.c.sha256.in_(some))
        connection.execute(done.values(version=version, status="done", at=moment()))
