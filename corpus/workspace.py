"""Where a user's store and index live: one folder, readable by its owner only."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

ENVIRONMENT_VARIABLE = "AKT_WORKSPACE"
STORE_FILE = "akt.sqlite"


class WorkspaceError(Exception):
    """Something is wrong with the workspace as a whole; the message says what and what to do next."""


class WorkspaceMissingError(WorkspaceError):
    """There is no workspace at that place yet."""


class WorkspaceBusyError(WorkspaceError):
    """Another process is writing to the workspace."""


class WorkspaceHeldError(WorkspaceBusyError):
    """Another process held the workspace from the first: nothing was begun."""


class WorkspaceDamagedError(WorkspaceError):
    """The store or the index cannot be read."""


class WorkspaceFullError(WorkspaceError):
    """There is no room left where the workspace lies, or a file has reached the limit on file size; nothing that was
    stored is lost.
    """

    def __init__(self, place: str | Path) -> None:
        limit = _file_size_limit()
        why, advice = f"There is no room left on the disk of {place}", "make room"
        if limit is not None and _free(Path(place)) >= LITTLE_ROOM:
            why = f"A file of {place} has reached a limit on file size ({limit} bytes; `ulimit -f`)"
            advice = "raise it"
        super().__init__(f"{why}: {advice} and run the same command again; nothing that was stored is lost.")


_FULL_WORDS = ("database or disk is full", "no space left on device", "disk quota exceeded", "file too large")
_VAGUE_WORDS = ("disk i/o error", "unable to open database file")  # what SQLite also says then
LITTLE_ROOM = 256 * 1024  # bytes; less than this, and a vague error is one of room


def is_full(error: BaseException, place: Path) -> bool:
    """Whether this error, or one that it came from, says that the disk of ``place`` is full, or a file as large as
    the process may make it.
    """
    found: BaseException | None = error
    while found is not None:
        said = str(found).lower()
        if isinstance(found, OSError) and found.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return True
        if any(words in said for words in _FULL_WORDS):
            return True
        if any(words in said for words in _VAGUE_WORDS) and (_free(place) < LITTLE_ROOM or _store_at_limit(place)):
            return True
        found = found.__cause__ or found.__context__
    return False


def _store_at_limit(place: Path) -> bool:
    """Whether a file of the store in this folder can grow no more: a fault of the disk has the same words."""
    limit = _file_size_limit()
    if limit is None:
        return False
    sizes = [file.stat().st_size for file in place.glob(f"{STORE_FILE}*") if file.is_file()]
    return max(sizes, default=0) + LITTLE_ROOM > limit


def _file_size_limit() -> int | None:
    """How large this process may make a file, in bytes; None where nobody has set a limit."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    return None if soft == resource.RLIM_INFINITY else soft


def _free(place: Path) -> int:
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        return shutil.disk_usage(place).free
    except OSError:
        return LITTLE_ROOM


class Workspace:
    """The layout of a workspace folder: ``akt.sqlite`` (the store), ``index/`` (derived from it), ``lock``, and
    ``looked.json`` (:mod:`corpus.store.looked`).

    The folder is made with mode 0700 and the store with 0600: what authorities hand out is often about people.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.store_file = root / STORE_FILE
        self.index_dir = root / "index"
        self.lock_file = root / "lock"
        self.looked_file = root / "looked.json"

    def open(self, *, create: bool) -> Workspace:
        """Make sure that the workspace is there, and return it.

        Raises WorkspaceMissingError when there is none and ``create`` is false, WorkspaceError when the place cannot
        be used, WorkspaceDamagedError when the store is gone or empty though there is an index made from it.
        """
        self.check()
        if self.store_file.is_file():
            return self
        if not create:
            raise WorkspaceMissingError(f"No workspace at {self.root}: run `akt ingest PATH` first.")
        self._create()
        return self

    def check(self) -> None:
        """Raises WorkspaceDamagedError for an index that is a file, or that has no store: a new one is not begun then,
        for it would hide what is lost.
        """
        if self.index_dir.exists() and not self.index_dir.is_dir():
            raise WorkspaceDamagedError(
                f"{self.index_dir} is a file where the folder of the index should be: remove it and run `akt reindex`."
            )
        if (self.index_dir / "manifest.json").is_file() and not self.holds_something():
            raise WorkspaceDamagedError(
                f"The store {self.store_file} is empty or missing though there is an index beside it: "
                f"put back a copy of it, or remove the folder {self.index_dir} to begin anew."
            )

    def holds_something(self) -> bool:
        """Whether there is a store with anything in it. SQLite takes an empty file for a new one, and drops its log."""
        return self.store_file.is_file() and self.store_file.stat().st_size > 0

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
            if is_full(error, self.root):
                raise WorkspaceFullError(self.root) from error
            raise WorkspaceError(
                f"The workspace {self.root} cannot be made ({error.strerror}): name another folder with --workspace."
            ) from error

    def _may_be_taken(self) -> bool:
        ours = {self.index_dir.name, self.lock_file.name, self.looked_file.name}
        return not self.root.exists() or all(entry.name in ours for entry in self.root.iterdir())


def default_root() -> Path:
    """``$AKT_WORKSPACE``, else the user's data folder (``~/.local/share/akt`` on Linux)."""
    if named := os.environ.get(ENVIRONMENT_VARIABLE):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("akt", appauthor=False)
