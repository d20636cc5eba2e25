"""The folders of an index: the one that is searched, one that is built beside it, and old ones that are read no more.

The manifest names the folder that is searched. One that is being built has a manifest of its own name; when it is
whole, it takes the place of the other in one step. A reader holds its folder with a shared lock, so that nobody takes
an old one away under it: Whoosh opens files while it searches.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import msgspec

from index import manifest
from index.engines.faults import EngineError
from index.manifest import Manifest

BUILDING = "building.json"
FIRST_FOLDER = "0001"
TRIES = 20


class Hold:
    """A shared lock on a folder, given up by :meth:`close` or with the object; none where a system has no locks."""

    def __init__(self, folder: Path) -> None:
        self._descriptor = _locked(folder, shared=True)

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    __del__ = close


def held(index_dir: Path) -> tuple[Manifest, Hold]:
    """The index that is searched now, and what keeps its folder there. Raises as :func:`index.manifest.read`."""
    for _ in range(TRIES):
        made = manifest.read(index_dir)
        hold = Hold(index_dir / made.folder)
        if manifest.read(index_dir).folder == made.folder:  # only folders before it are removed, and none that is held
            return made, hold
        hold.close()
    raise EngineError(f"the index in {index_dir} is made anew all the time; try again later")


def new_folder(index_dir: Path) -> str:
    """A name after those of all folders of the index."""
    names = _folders(index_dir)
    return f"{int(names[-1]) + 1:04}" if names else FIRST_FOLDER


def building(index_dir: Path, engine: str) -> Manifest | None:
    """The index that is being built beside the other, if it is made by this engine and these rules; else None."""
    found = begun(index_dir)
    if found is None or not (index_dir / found.folder).is_dir():
        return None
    wanted = Manifest(engine=engine, folder=found.folder, documents=found.documents, parts=found.parts)
    return found if found == wanted else None


def begun(index_dir: Path) -> Manifest | None:
    """The manifest of an index that is being built beside the other, by whatever rules; None where there is none."""
    try:
        return msgspec.json.decode((index_dir / BUILDING).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        return None


def is_in_place(index_dir: Path) -> bool:
    """Whether what was built beside is the index that is searched now, and :func:`settle` is still to come."""
    found = begun(index_dir)
    try:
        return found is not None and manifest.read(index_dir).folder == found.folder
    except EngineError:
        return False


def discard(index_dir: Path) -> None:
    """Gives up an index that is being built, whatever is left of it."""
    found = begun(index_dir)
    if found is not None and found.folder.isdigit() and not is_in_place(index_dir):
        shutil.rmtree(index_dir / found.folder, ignore_errors=True)
    (index_dir / BUILDING).unlink(missing_ok=True)


def settle(index_dir: Path) -> None:
    """What was built is in its place: nothing is being built now, and what it replaced can go."""
    (index_dir / BUILDING).unlink(missing_ok=True)
    drop_old(index_dir)


def drop_old(index_dir: Path) -> None:
    """Removes the folders before the one that is searched, but for those that somebody reads."""
    try:
        current = manifest.read(index_dir).folder
    except EngineError:
        return
    begun_now = begun(index_dir)
    for name in _folders(index_dir):
        if name < current and (begun_now is None or name != begun_now.folder):
            _remove_unread(index_dir / name)


def _folders(index_dir: Path) -> list[str]:
    return sorted(path.name for path in index_dir.iterdir() if path.is_dir() and path.name.isdigit())


def _remove_unread(folder: Path) -> None:
    try:
        lock = _locked(folder, shared=False)
    except BlockingIOError:
        return
    shutil.rmtree(folder, ignore_errors=True)
    if lock is not None:
        os.close(lock)


def _locked(folder: Path, *, shared: bool) -> int | None:
    """A descriptor that holds the lock; None where none can be had. Raises BlockingIOError when others read there."""
    if sys.platform == "win32":  # where an open file cannot be removed
        return None
    import fcntl

    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if isinstance(error, BlockingIOError) and not shared:
            raise
        return None
    return descriptor
