"""Working once more on what failed, or was read in part and may be more now, and on nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import sqlalchemy as sa

from corpus.limits import Limits, allow_more
from corpus.problems import Code
from corpus.store.entries import FileState, Stage
from corpus.store.places import file_states, under
from corpus.store.queries import all_roots
from corpus.store.schema import occurrences, problems, stages
from corpus.store.writer import forget_index
from pipeline.ingest.changes import Due
from pipeline.ingest.discover import FoundFile, NotTaken, location_of, look_at
from pipeline.ingest.looking import Seen
from pipeline.ingest.scope import Scope


class Again(msgspec.Struct, kw_only=True):
    """What is to be tried again: ``due`` are files; ``doubtful`` the contents in them that do not count as known.

    ``waiting``: contents that only failed to be indexed. ``listed``: the rows of folders that could not be listed, and
    can be now; ``unopened``: what cannot be looked at still, for the reason of today, as in :class:`Seen`.
    """

    due: list[Due] = []
    doubtful: set[str] = set()
    waiting: list[str] = []
    listed: list[int] = []
    unopened: list[tuple[int, NotTaken, int | None]] = []


LookAt = Callable[[Scope], Seen]
"""Looks at what is in a folder now."""


def failed_ones(connection: sa.Connection, scopes: list[Scope], limits: Limits, look: LookAt) -> Again:
    """The files in the scopes that failed, or in which something did, as far as they are there.

    So are those that were read in part at a limit beyond which these ``limits`` go, and what is new or changed in a
    folder that could not be listed.
    """
    again = Again()
    failed = {str(row.sha256): str(row.stage) for row in connection.execute(_failed_stages())}
    again.waiting = [sha256 for sha256, stage in failed.items() if stage == Stage.INDEX]
    read = {sha256 for sha256, stage in failed.items() if stage != Stage.INDEX}
    read |= cut_short(connection, limits)
    for scope in scopes:
        states = file_states(connection, scope.root_id, scope.prefix)
        wanted = _files_with(connection, scope, read) | {path for path, state in states.items() if state.failed}
        due: dict[str, Due] = {}
        for path in sorted(wanted):
            _look_once_more(again, due, scope, path, states.get(path), look)
        again.due += due.values()
    for each in again.due:
        if each.before is not None:
            again.doubtful |= _containers(connection, each.before.id)
    again.doubtful |= read
    return again


def _look_once_more(
    again: Again, due: dict[str, Due], scope: Scope, path: str, before: FileState | None, look: LookAt
) -> None:
    """At one place that failed: a file, or a folder that could not be listed."""
    location, file = location_of(scope.root, path), None if before is None else before.id
    if os.path.isdir(location) and not os.path.islink(location):
        seen = look(Scope(root_id=scope.root_id, root=scope.root, location=location, prefix=_prefix(path)))
        due |= {each.file.path: each for each in seen.due}
        again.unopened += seen.unopened
        if file is not None and all(found.path != path for _, found, _ in seen.unopened):
            again.listed.append(file)
        return
    found = look_at(scope.root, location)
    if isinstance(found, FoundFile):
        due[path] = Due(root=scope.root_id, file=found, before=before, told=before, again=False, doubted=False)
    elif found.failed:
        again.unopened.append((scope.root_id, found, file))


def _prefix(path: str) -> str:
    """Of the scope that a folder is: the ingested folder itself, where that cannot be listed, is noted as "."."""
    return "" if path == "." else path


def cut_short(connection: sa.Connection, limits: Limits) -> set[str]:
    """The contents that were read in part, and of which these limits allow more: never less of anything."""
    live = sa.exists().where(occurrences.c.sha256 == problems.c.sha256, occurrences.c.deleted.is_(False))
    cut = problems.c.code.in_([Code.TRUNCATED.value, Code.TOO_DEEP.value])
    query = sa.select(problems.c.sha256, problems.c.message).where(cut, live)
    notes: dict[str, list[str]] = {}
    for row in connection.execute(query):
        notes.setdefault(str(row.sha256), []).append(str(row.message))
    return {sha256 for sha256, said in notes.items() if allow_more(limits, said)}


def all_scopes(connection: sa.Connection) -> list[Scope]:
    """Every root as a scope of its own."""
    return [
        Scope(root_id=root.id, root=Path(root.path), location=Path(root.path), prefix="")
        for root in all_roots(connection)
    ]


def forget_failed_index(connection: sa.Connection, again: Again) -> None:
    """What failed to be indexed waits to be indexed again."""
    forget_index(connection, again.waiting)


def _failed_stages() -> sa.Select[tuple[str, str]]:
    live = sa.exists().where(occurrences.c.sha256 == stages.c.sha256, occurrences.c.deleted.is_(False))
    wanted = stages.c.stage != Stage.REBUILD.value
    return sa.select(stages.c.sha256, stages.c.stage).where(stages.c.status == "failed", wanted, live)


def _files_with(connection: sa.Connection, scope: Scope, contents: set[str]) -> set[str]:
    """The paths of the files on disk in which one of these contents lies."""
    holder = occurrences.alias()
    query = (
        sa.select(occurrences.c.sha256, sa.func.coalesce(holder.c.path, occurrences.c.path).label("path"))
        .outerjoin(holder, occurrences.c.file == holder.c.id)
        .where(occurrences.c.root == scope.root_id, occurrences.c.deleted.is_(False), under(scope.prefix))
    )
    return {str(row.path) for row in connection.execute(query) if row.sha256 in contents}


def _containers(connection: sa.Connection, file: int) -> set[str]:
    """The content of a file and of every container in it: where they count as known, nobody looks into them."""
    parents = sa.select(occurrences.c.parent).where(occurrences.c.file == file, occurrences.c.parent.is_not(None))
    found = {str(sha256) for sha256 in connection.scalars(parents.distinct())}
    own = connection.scalar(sa.select(occurrences.c.sha256).where(occurrences.c.id == file))
    return found | ({str(own)} if own else set())
