"""Files that take their place whole or not at all, also when the machine loses its power in the middle.

A name may be on the disk before what it names: so the bytes go to the disk first, then the name, then its folder
(fsync(2): "calling fsync() does not necessarily ensure that the entry in the directory containing the file has also
reached disk").
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


def write_whole(target: Path, data: bytes) -> None:
    """Write a file, in the place of what is there. Raises OSError; then what was there is as it was."""
    scratch = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        scratch.write_bytes(data)
        put_in_place(scratch, target)
    except BaseException:
        with suppress(OSError):
            scratch.unlink()
        raise


def put_in_place(scratch: Path, target: Path) -> None:
    """Give a file, or a folder and all in it, the name it is to have, in the same folder; a file may be there before.

    When this returns it outlives a power cut; before that, what was there does.
    """
    sync_tree(scratch)
    scratch.replace(target)
    _sync(target.parent)


def sync_tree(place: Path) -> None:
    """Have a file, or all that a folder holds, on the disk."""
    if place.is_dir():
        for inner in place.iterdir():
            sync_tree(inner)
    _sync(place)


def _sync(place: Path) -> None:
    folder = place.is_dir()
    if folder and sys.platform == "win32":  # which opens no folders
        return
    try:
        descriptor = os.open(place, os.O_RDONLY if sys.platform != "win32" else os.O_RDWR)
    except FileNotFoundError:  # an index drops old files while it is looked at
        return
    try:
        os.fsync(descriptor)
    except OSError:
        if not folder:  # of a folder, some file systems know no such thing
            raise
    finally:
        os.close(descriptor)
