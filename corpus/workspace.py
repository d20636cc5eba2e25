"""Where a user's store and index live: one folder, readable by its owner only."""

from __future__ import annotations

import os
from pathlib import Path

ENVIRONMENT_VARIABLE = "AKT_WORKSPACE"
STORE_FILE = "akt.sqlite"


class WorkspaceError(Exception):
    """Something is wrong with the workspace as a whole; the message says what and what to do next."""


class WorkspaceMissingError(WorkspaceError):
    """There is no workspace at that place yet."""


class WorkspaceBusyError(WorkspaceError):
    """Another process is writing to the workspace."""


class WorkspaceDamagedError(WorkspaceError):
    """The store or the index cannot be read."""


class Workspace:
    """The layout of a workspace folder: ``akt.sqlite`` (the store), ``index/`` (derived from it) and ``lock``.

    The folder is made with mode 0700 and the store with 0600: what authorities hand out is often about people.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.store_file = root / STORE_FILE
        self.index_dir = root / "index"
        self.lock_file = root / "lock"

    def open(self, *, create: bool) -> Workspace:
        """Make sure that the workspace is there, and return it.

        Raises WorkspaceMissingError when there is none and ``create`` is false, WorkspaceError when the place cannot
        be used.
        """
        if self.store_file.is_file():
            return self
        if not create:
            raise WorkspaceMissingError(f"No workspace at {self.root}: run `akt ingest PATH` first.")
        self._create()
        return self

    def _create(self) -> None:
        try:
            if not self._may_be_taken():
                raise WorkspaceError(
                    f"{self.root} is not empty and is no workspace: name a new or an empty folder with --workspace."
                )
            self.root.mkdir(parents=True, exist_ok=True)
            self.root.chmod(0o700)
            self.index_dir.mkdir(mode=0o700, exist_ok=True)
            os.close(os.open(self.store_file, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise WorkspaceError(
                f"The workspace {self.root} cannot be made ({error.strerror}): name another folder with --workspace."
            ) from error

    def _may_be_taken(self) -> bool:
        ours = {self.index_dir.name, self.lock_file.name}
        return not self.root.exists() or all(entry.name in ours for entry in self.root.iterdir())


def default_root() -> Path:
    """``$AKT_WORKSPACE``, else the user's data folder (``~/.local/share/akt`` on Linux)."""
    if named := os.environ.get(ENVIRONMENT_VARIABLE):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("akt", appauthor=False)
