"""Making the index anew, or bringing it up to date, without looking at any file."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import sqlalchemy as sa

from corpus.store.database import open_store, sqlite_url
from corpus.store.lock import workspace_lock
from corpus.store.queries import contents_to_index
from corpus.workspace import Workspace, WorkspaceFullError, is_full
from index import manifest
from index.engines.base import EngineName
from index.inside import damage
from pipeline.ingest.indexing import rebuild_begun, update_index
from pipeline.ingest.options import index_engine_of
from pipeline.ingest.progress import Progress, silent
from pipeline.ingest.versions import index_version


class Reindexed(msgspec.Struct, frozen=True, kw_only=True):
    """``indexed``: contents that were indexed in this call; ``documents`` and ``parts`` are what can be found now.

    ``anew``: the whole index was built anew, or is being; ``went_on``: from where an earlier call was stopped.
    ``interrupted``: this call was stopped, and the index is not whole yet; searches still see the old one.
    """

    indexed: int
    documents: int
    parts: int
    anew: bool
    went_on: bool
    interrupted: bool


def reindex(
    workspace: Workspace,
    *,
    everything: bool = False,
    index_engine: EngineName | None = None,
    progress: Progress = silent,
    should_stop: Callable[[], bool] = lambda: False,
) -> Reindexed:
    """Bring the index up to date with the store; ``everything`` builds it anew, beside the one that is searched.

    One whose files are damaged is built anew, too. A building that was stopped or killed is gone on with. The store is
    the truth and is not changed: what was read with another reader or extracted by another version is the business of
    ``akt ingest``.

    Raises WorkspaceBusyError, WorkspaceFullError, WorkspaceDamagedError, EngineError or WorkspaceError.
    """
    workspace.open(create=False)
    with workspace_lock(workspace.lock_file), open_store(sqlite_url(workspace.store_file)) as engine:
        begun, before = rebuild_begun(workspace.index_dir), _searched(workspace)
        rebuild = everything or begun or _is_damaged(workspace)
        done = _brought_up(workspace, engine, index_engine, progress, should_stop, rebuild=rebuild)
        left, now = rebuild_begun(workspace.index_dir), _searched(workspace)
        return Reindexed(
            indexed=done,
            documents=now.documents if now else 0,
            parts=now.parts if now else 0,
            anew=left or _folder(now) != _folder(before),
            went_on=begun,
            interrupted=left or (should_stop() and _waits(engine)),
        )


def _brought_up(
    workspace: Workspace,
    engine: sa.Engine,
    kind: EngineName | None,
    progress: Progress,
    should_stop: Callable[[], bool],
    *,
    rebuild: bool,
) -> int:
    try:
        return update_index(
            engine,
            workspace.index_dir,
            lambda at, total: progress("indexing", at, total, ""),
            rebuild=rebuild,
            kind=index_engine_of(engine, workspace.index_dir, kind),
            should_stop=should_stop,
        )
    except Exception as error:
        if is_full(error, workspace.root):
            raise WorkspaceFullError(workspace.root) from error
        raise


def _waits(engine: sa.Engine) -> bool:
    with engine.connect() as connection:
        return bool(contents_to_index(connection, index_version()))


def _searched(workspace: Workspace) -> manifest.Manifest | None:
    """The index that is searched now; None where none can be."""
    try:
        return manifest.read(workspace.index_dir)
    except Exception:  # missing, broken or of another version
        return None


def _is_damaged(workspace: Workspace) -> bool:
    """Whether files of the index have changed since they were written. One that is not there is made anyhow."""
    try:
        return damage(workspace.index_dir) is not None
    except Exception:  # missing, broken or of another version
        return False


def _folder(made: manifest.Manifest | None) -> str | None:
    return made.folder if made else None
