"""Under which root a path that the user names is kept, so that one file never lies under two roots."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
import sqlalchemy as sa

from corpus.store.database import open_store, sqlite_url
from corpus.store.places import file_states
from corpus.store.queries import all_roots
from corpus.store.writer import add_root, merge_root
from corpus.workspace import Workspace, WorkspaceError
from pipeline.ingest.discover import printable_path


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What one named path covers: ``location`` and all below it. ``prefix``: its path under the root or ""."""

    root_id: int
    root: Path
    location: Path
    prefix: str


def scopes(connection: sa.Connection, paths: Sequence[Path]) -> list[Scope]:
    """The scopes of the named paths, without those that lie inside another one.

    A path inside a known root belongs to that root; a folder that contains known roots takes them in, so their paths
    grow by its part. A single file's root is its folder. A path that is not there belongs to the root that knew it.
    """
    found = [_scope(connection, path.resolve()) for path in paths]
    known = {root.id: Path(root.path) for root in all_roots(connection)}
    settled = [scope if scope.root_id in known else _scope(connection, scope.location) for scope in found]
    kept: list[Scope] = []
    for scope in sorted(settled, key=lambda s: (s.root_id, s.location)):
        if not any(_covers(other, scope) for other in kept):
            kept.append(scope)
    return kept


def is_inside(path: Path, workspace: Workspace) -> bool:
    """Whether a path is the workspace itself, or lies in it."""
    return path.resolve().is_relative_to(workspace.root.resolve())


def missing_roots(connection: sa.Connection) -> dict[str, int]:
    """The roots that are not there now and of which files are still counted as present, with how many."""
    gone = [root for root in all_roots(connection) if not os.path.lexists(root.path)]
    left = {root.path: sum(not state.deleted for state in file_states(connection, root.id).values()) for root in gone}
    return {path: count for path, count in left.items() if count}


def known_places(workspace: Workspace, paths: Sequence[Path]) -> list[Path]:
    """Which of these paths, of which nothing is there now, the store knows files of."""
    workspace.check()
    if not paths or not workspace.holds_something():
        return []
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        return [path for path in paths if _is_known(connection, path.resolve())]


def _is_known(connection: sa.Connection, path: Path) -> bool:
    return any(
        file_states(connection, root.id, _within(root.id, Path(root.path), path).prefix)
        for root in all_roots(connection)
        if path.is_relative_to(root.path)
    )


def _covers(outer: Scope, inner: Scope) -> bool:
    return outer.root_id == inner.root_id and inner.location.is_relative_to(outer.location)


def _scope(connection: sa.Connection, path: Path) -> Scope:
    there = path.exists()
    folder = path if path.is_dir() else path.parent
    for root in all_roots(connection):
        if not there and path.is_relative_to(root.path):
            return _within(root.id, Path(root.path), path)
        inside = folder.is_relative_to(root.path) if root.whole else path != folder and folder == Path(root.path)
        if inside:
            return _within(root.id, Path(root.path), path)
    _must_be_utf8(folder)
    root_id = add_root(connection, str(folder), whole=path == folder)
    if path == folder:
        _take_in(connection, root_id, folder)
    return _within(root_id, folder, path)


def _must_be_utf8(folder: Path) -> None:
    try:
        str(folder).encode()
    except UnicodeEncodeError:
        shown = os.fsencode(folder).decode("utf-8", "backslashreplace")
        raise WorkspaceError(f"The name of the folder {shown} is no UTF-8: rename it and try again.") from None


def _within(root_id: int, root: Path, path: Path) -> Scope:
    prefix = "" if path == root else printable_path(root, path)
    return Scope(root_id=root_id, root=root, location=path, prefix=prefix)


def _take_in(connection: sa.Connection, outer_id: int, outer: Path) -> None:
    for inner in all_roots(connection):
        if inner.id != outer_id and Path(inner.path).is_relative_to(outer):
            merge_root(connection, inner.id, outer_id, f"{Path(inner.path).relative_to(outer).as_posix()}/")
