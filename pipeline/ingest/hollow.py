"""Folders that are there and empty, though documents lay in them: a disk may not be mounted there today."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from corpus.store.places import file_states
from corpus.store.pruning import NOTHING, Foreseen, to_prune
from corpus.store.queries import all_roots
from pipeline.ingest.discover import location_of
from pipeline.masking import mask_name


def hollow_folders(connection: sa.Connection, foreseen: Foreseen = NOTHING) -> dict[str, int]:
    """The folders that may be out of sight, with how many documents a pruning would drop that lay there.

    Those are empty folders below the ingested ones, and folders that are empty or not there, the ingested ones too, of
    which the store counts files as present: what lay there earlier cannot be judged either. Any other folder that is
    not there is none of them, and neither is one of which all documents have moved. ``foreseen``: what a run would
    note before it prunes.
    """
    _, dropped = to_prune(connection, foreseen)
    wanted, found = set(dropped), Counter[str]()
    if not wanted:
        return {}
    for root in all_roots(connection):
        top = Path(root.path)
        lost, present = [], []
        for state in file_states(connection, root.id).values():
            deleted = state.id in foreseen.gone or (state.deleted and state.id not in foreseen.back)
            if not deleted:
                present.append(state.path)
            elif state.sha256 in wanted:
                lost.append(state.path)
        if lost:
            found += _counted(top, lost, _folders(present))
    return dict(sorted(found.items()))


def hollow_below(gone: Iterable[tuple[Path, str]]) -> dict[str, int]:
    """The empty folders below ingested ones in which files lay that are gone now, with how many.

    ``gone`` are pairs of the ingested folder and the path of a file under it.
    """
    by_top: dict[Path, list[str]] = {}
    for top, path in gone:
        by_top.setdefault(top, []).append(path)
    found = Counter[str]()
    for top, paths in by_top.items():
        found += _counted(top, paths, set())
    return dict(sorted(found.items()))


def _counted(top: Path, paths: Sequence[str], held: Collection[str]) -> Counter[str]:
    """How many of the paths under ``top`` lay in each folder that may be out of sight; ``held`` have files present."""
    nearest = cache(lambda folder: _away(folder, top, held) or _nearest_folder(location_of(top, folder), top))
    folders = (nearest(_parent(path)) for path in paths)
    return Counter(mask_name(str(folder)) for folder in folders if folder is not None)


def _folders(paths: Iterable[str]) -> set[str]:
    """The folders of these files and all above them, "" for the ingested one."""
    found: set[str] = set()
    for path in paths:
        while path:
            path = _parent(path)
            if path in found:
                break
            found.add(path)
    return found


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _away(folder: str, top: Path, held: Collection[str]) -> Path | None:
    """The uppermost of the folder and those above it that should hold files, and is empty or not there."""
    away = None
    while True:
        if folder in held:
            place = location_of(top, folder)
            if not os.path.isdir(place) or _is_empty(place):
                away = place
        if not folder:
            return away
        folder = _parent(folder)


def _nearest_folder(folder: Path, top: Path) -> Path | None:
    """The folder, or the nearest one above it that is there, if it lies below ``top`` and is empty."""
    while folder != top and top in folder.parents:
        if os.path.isdir(folder):
            return folder if _is_empty(folder) else None
        folder = folder.parent
    return None


def _is_empty(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except OSError:
        return False
