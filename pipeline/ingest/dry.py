"""What a run would do, without doing any of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec
import sqlalchemy as sa

from corpus.identity import document_id
from corpus.options import PdfEngine
from corpus.store.database import open_store, sqlite_url
from corpus.store.entries import FileState
from corpus.store.lock import holder
from corpus.store.places import file_states
from corpus.store.pruning import Foreseen, last_places, sizes_of, titles_of, to_prune
from corpus.store.queries import all_roots, contents_to_extract, contents_to_index
from corpus.workspace import Workspace, WorkspaceHeldError
from pipeline.ingest.changes import Due
from pipeline.ingest.discover import FoundFile
from pipeline.ingest.hollow import hollow_below, hollow_folders
from pipeline.ingest.looking import Look, Seen
from pipeline.ingest.options import kept_engine, kept_version
from pipeline.ingest.pieces import cannot_open
from pipeline.ingest.report import Report
from pipeline.ingest.scope import Scope, scopes
from pipeline.ingest.snapshot import digest
from pipeline.ingest.versions import fresh_read_versions, index_version
from pipeline.masking import mask_name

Action = Literal["new", "changed", "moved", "compare", "read-again", "back", "gone", "left-out", "unreadable", "drop"]
MEMORY = "sqlite://"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What would be done about a file. ``path`` is relative to the folder ``root``.

    "moved": nothing, for its content is known from a file that is gone. "compare": its bytes are compared with those
    that were read, for its size is the same, and its time or inode is not. "read-again": an older reader has read it,
    or all are to be read again.
    "drop": a document would be dropped for good. Where its place holds something else now, ``path`` is its short id.
    """

    action: Action
    path: str
    root: str
    reason: str | None = None


class Plan(msgspec.Struct, kw_only=True):
    """What a run would do: about files, then about contents whose extraction or index is of another version.

    ``extract`` and ``index`` count those that are stale now: what is read or extracted anew is indexed, too.
    ``prune`` counts the contents that --prune would drop, None where that was not asked, and ``drop`` names them; what
    is dropped with the earlier contents of ``changed`` files cannot be told before these are read. ``reread``: all
    files are to be read again. ``emptied``, ``hollow``, ``left``, ``not_pruned`` and ``left_by_name`` are as in
    :class:`pipeline.ingest.report.Report`.
    """

    seen: int = 0
    unchanged: int = 0
    steps: list[Step] = []
    extract: int = 0
    index: int = 0
    prune: int | None = None
    drop: list[Step] = []
    emptied: dict[str, int] = {}
    hollow: dict[str, int] = {}
    left: dict[str, int] = {}
    not_pruned: list[str] = []
    reread: bool = False
    left_by_name: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many files for each action."""
        return dict(Counter(step.action for step in self.steps))


def plan(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    gone: bool = False,
    prune: bool = False,
    reread: bool = False,
    pdf_engine: PdfEngine | None = None,
) -> Plan:
    """What :func:`pipeline.ingest.run.ingest` would do with these paths. Nothing is written.

    Raises WorkspaceHeldError while a run goes on, for what it leaves cannot be told, and WorkspaceDamagedError.
    """
    workspace.check()
    if running := holder(workspace.lock_file):
        raise WorkspaceHeldError(f"The workspace is being written to by {running}: wait until that is done.")
    with _rolled_back(workspace) as connection:
        report = Report()
        fresh = fresh_read_versions(pdf_engine or kept_engine(connection))
        looks = {}
        named = scopes(connection, paths)
        for scope in named:
            look = Look(report, fresh, workspace.root.resolve(), gone=gone, reread=reread)
            looks[str(scope.root), scope.prefix] = look
            look.at(connection, scope)
        found = [(root, look.seen) for (root, _), look in looks.items()]
        steps = list(_steps(found, report))
        dropped, held = _to_drop(connection, [seen for _, seen in found], gone=gone) if prune else (None, {})
        hollow = {} if gone else _hollow(found, steps)
        return Plan(
            seen=report.seen,
            unchanged=report.unchanged,
            steps=sorted(steps, key=lambda step: (step.root, step.path)),
            extract=len(contents_to_extract(connection, fresh, kept_version(connection))),
            index=len(contents_to_index(connection, index_version())),
            prune=None if dropped is None else len(dropped),
            drop=sorted(_drops(connection, dropped or []), key=lambda step: (step.root, step.path)),
            emptied=report.emptied,
            hollow=dict(sorted((hollow | held).items())),
            left=_left(connection, named, [seen for _, seen in found], report),
            not_pruned=list(held),
            reread=reread,
            left_by_name=report.left_by_name,
        )


def _to_drop(connection: sa.Connection, found: Sequence[Seen], *, gone: bool) -> tuple[list[str], dict[str, int]]:
    """The contents that a run would drop, and the empty folders for which it would drop none.

    What comes up in another place, or again, is kept: a file is read for that if it has the size of what is dropped.
    """
    foreseen = Foreseen(
        gone=frozenset(state.id for seen in found for state in seen.gone),
        back=frozenset(state.id for seen in found for state in seen.back),
    )
    _, dropped = to_prune(connection, foreseen)
    sizes = sizes_of(connection, dropped)
    read = (_digest(due.file) for seen in found for due in seen.due if due.file.size in sizes)
    foreseen = msgspec.structs.replace(foreseen, arrived=frozenset(filter(None, read)))
    hollow = {} if gone else hollow_folders(connection, foreseen)
    return [] if hollow else to_prune(connection, foreseen)[1], hollow


def _drops(connection: sa.Connection, dropped: Sequence[str]) -> Iterator[Step]:
    places, titles = last_places(connection, dropped), titles_of(connection, dropped)
    for sha256 in dropped:
        if sha256 in places:
            root, path = places[sha256]
            yield _step("drop", path, root, titles[sha256])
        else:
            yield _step("drop", document_id(sha256), "", titles[sha256] or "an earlier version of a file")


def _hollow(found: Sequence[tuple[str, Seen]], steps: Sequence[Step]) -> dict[str, int]:
    """The folders that are empty now, and held files that would be marked as gone."""
    gone = {(step.root, step.path) for step in steps if step.action == "gone"}
    return hollow_below(
        (seen.tops[state.id], state.path)
        for root, seen in found
        for state in seen.gone
        if (mask_name(root), mask_name(state.path)) in gone
    )


def _left(connection: sa.Connection, named: Sequence[Scope], found: Sequence[Seen], report: Report) -> dict[str, int]:
    """The folders that are not there and were not named, with how many files of them are in no named path.

    Only what has the size of one of them is read for that.
    """
    roots = {str(scope.root) for scope in named}
    missing = [root for root in all_roots(connection) if root.path not in roots and not os.path.lexists(root.path)]
    if not named or not missing:
        return {}
    lost = {root.path: _present(connection, root.id) for root in missing}
    sizes = {state.size for states in lost.values() for state in states}
    here = {
        state.sha256
        for scope in named
        if str(scope.location) not in report.emptied
        for state in _present(connection, scope.root_id, scope.prefix)
    }
    here.update(_digest(due.file) for seen in found for due in seen.due if due.file.size in sizes)
    counts = {path: sum(state.sha256 not in here for state in states) for path, states in lost.items()}
    return {mask_name(path): count for path, count in counts.items() if count}


def _present(connection: sa.Connection, root: int, prefix: str = "") -> list[FileState]:
    return [state for state in file_states(connection, root, prefix).values() if not state.deleted]


@contextmanager
def _rolled_back(workspace: Workspace) -> Iterator[sa.Connection]:
    """The store, of which every change is taken back; an empty one in memory where there is none yet."""
    url = sqlite_url(workspace.store_file) if workspace.holds_something() else MEMORY
    with open_store(url) as engine, engine.connect() as connection:
        try:
            yield connection
        finally:
            connection.rollback()


def _steps(found: Sequence[tuple[str, Seen]], report: Report) -> Iterator[Step]:
    sources = _Sources([state for _, seen in found for state in seen.gone])
    for root, seen in found:
        for due in seen.due:
            reason = _unreadable(due.file)
            yield _step("unreadable" if reason else sources.action(due), due.file.path, root, reason)
        for state in seen.back:
            yield _step("back", state.path, root)
    for root, seen in found:
        for state in seen.gone:
            if sources.is_left(state):
                yield _step("gone", state.path, root)
    for met in report.not_taken:
        action: Action = "unreadable" if met.failed else "left-out"
        yield Step(action=action, path=met.path, root=met.root, reason=met.reason)


def _step(action: Action, path: str, root: str, reason: str | None = None) -> Step:
    return Step(action=action, path=mask_name(path), root=mask_name(root), reason=reason)


def _unreadable(file: FoundFile) -> str | None:
    """Why a run could not read it; None where it could, by its first byte."""
    try:
        with file.location.open("rb", buffering=0) as bytes_of:
            bytes_of.read(1)
    except OSError as error:
        return cannot_open(error)
    return None


class _Sources:
    """The files that are gone: what is new may be one of them in another place."""

    def __init__(self, gone: Sequence[FileState]) -> None:
        self._gone = [state for state in gone if state.sha256]
        self._sizes = {state.size for state in self._gone}
        self._left = Counter(state.sha256 for state in self._gone)
        self._moved = Counter[str | None]()

    def action(self, due: Due) -> Action:
        if due.again:
            return "read-again"
        if due.doubted:
            return "compare"
        before = due.before
        if before is not None and not before.deleted:
            return "compare" if before.size == due.file.size else "changed"
        known = self._sizes if before is None else self._sizes | {before.size}
        sha256 = _digest(due.file) if due.file.size in known else None  # only what may be one of them is read
        if sha256 is not None and self._left[sha256] > 0:
            self._left[sha256] -= 1
            self._moved[sha256] += 1
            return "moved"
        return "back" if sha256 is not None and before is not None and before.sha256 == sha256 else "new"

    def is_left(self, state: FileState) -> bool:
        """Whether a file is gone for good, and was read; to be asked once of each. A moved one is another's source."""
        if self._moved[state.sha256] > 0:
            self._moved[state.sha256] -= 1
            return False
        return state.sha256 is not None


def _digest(file: FoundFile) -> str | None:
    try:
        with file.location.open("rb") as bytes_of:
            return digest(bytes_of, file.size) or None
    except OSError:
        return None
