"""Folders that are there and empty, though documents lay in them: a disk may not be mounted there today."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from corpus.store.places import file_states
from corpus.store.pruning import NOTHING, Foreseen, to_prune
from corpus.store.queries import all_roots
from pipeline.ingest.discover import location_of
from pipeline.masking import mask_name


def hollow_folders(connection: sa.Connection, foreseen: Foreseen = NOTHING) -> dict[str, int]:
    """Such folders below the ingested ones, with how many documents a pruning would drop that lay there.

    A folder that is not there any more is none of them, and neither is one of which all documents have moved.
    ``foreseen``: what a run would note before it prunes.
    """
    _, dropped = to_prune(connection, foreseen)
    wanted, found = set(dropped), Counter[str]()
    if not wanted:
        return {}
    nearest = cache(_nearest_folder)
    for root in all_roots(connection):
        top = Path(root.path)
        for state in file_states(connection, root.id).values():
            deleted = state.id in foreseen.gone or (state.deleted and state.id not in foreseen.back)
            if deleted and state.sha256 in wanted:
                folder = nearest(location_of(top, state.path).parent, top)
                if folder is not None:
                    found[mask_name(str(folder))] += 1
    return dict(sorted(found.items()))


def _nearest_folder(folder: Path, top: Path) -> Path | None:
    """The folder, or the nearest one above it that is there, if it lies below ``top`` and is empty."""
    while folder != top and top in folder.parents:
        if folder.is_dir():
            return folder if _is_empty(folder) else None
        folder = folder.parent
    return None


def _is_empty(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except OSError:
        return False
