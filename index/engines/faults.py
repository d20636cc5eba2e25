"""What goes wrong with an index, and how what its broken files raise is told."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

from index.tree import QueryError

REBUILD = "akt reindex"
RUST_PANIC = "PanicException"
MET_DAMAGE = "met.broken"
"""A file in the folder of an index that a search could not read: the next run builds the index anew."""
NO_DAMAGE = (PermissionError, MemoryError, RecursionError)
TOO_MUCH_ASKED = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)


class EngineError(Exception):
    """The index cannot be used as it is; the message says what to do."""


class IndexBusy(EngineError):  # noqa: N818 - said in prose
    """Another process is writing to the index."""


class sound:  # noqa: N801 - said in prose, and a class is entered in a third of the time of a generator
    """While an index is read: what its broken files raise becomes an EngineError that says what to do.

    The packages raise whatever their decoding runs into, bare exceptions among them.
    """

    __slots__ = ("_folder",)

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, _where: object) -> None:
        if error is None or isinstance(error, EngineError | QueryError):
            return
        if isinstance(error, Exception):
            raise _broken(self._folder, error) from error
        if type(error).__name__ == RUST_PANIC:  # tantivy's own; no other class can be named for it
            raise _broken(self._folder, error) from None


def _broken(folder: Path, error: BaseException) -> EngineError:
    if isinstance(error, PermissionError):
        return EngineError(f"the index in {folder} may not be read: {error}")
    if not isinstance(error, NO_DAMAGE) and getattr(error, "errno", None) not in TOO_MUCH_ASKED:
        with suppress(OSError):  # whoever may only read leaves no mark
            (folder / MET_DAMAGE).touch()
    reason = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return EngineError(f"the index in {folder} is damaged and cannot be read ({reason}); run `{REBUILD}`")
