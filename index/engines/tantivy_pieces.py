"""How far tantivy is from joining the small pieces of an index by itself. A word is looked up in each piece, so that
rare words cost by the number of pieces and not by that of their hits.

tantivy sorts pieces by size into levels, and joins the pieces of a level once it has eight. Its binding for Python can
neither ask for more nor set that number.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path

META = "meta.json"
JOINED = 8
"""tantivy joins a level of so many pieces,"""
WIDTH = 0.75
"""whose sizes are within this of each other (in powers of two),"""
SMALL = 10_000
"""where smaller ones count as this many entries."""
MANY = 3
"""Fewer small pieces are not worth the work."""
LEAST = 2_000
"""Nor are pieces that have fewer entries together: they are soon looked through."""


def missing(folder: Path) -> int:
    """With how many more small pieces tantivy would join those that there are; 0 where that is not worth it, or where
    it will do so anyhow. Raises OSError or ValueError where it cannot be told."""
    segments = json.loads((folder / META).read_bytes())["segments"]
    level = _last_level(_entries(segment) for segment in segments)
    worth_it = level and min(level) < SMALL and len(level) >= MANY and sum(level) >= LEAST
    return max(JOINED - len(level), 0) if worth_it else 0


def _entries(segment: dict[str, object]) -> int:
    """Those that are not deleted."""
    deletes = segment["deletes"]
    gone = deletes["num_deleted_docs"] if isinstance(deletes, dict) else 0
    return int(str(segment["max_doc"])) - gone


def _last_level(sizes: Iterable[int]) -> list[int]:
    """The smallest pieces, as tantivy sorts them."""
    level: list[int] = []
    largest = math.inf
    for size in sorted(sizes, reverse=True):
        known = math.log2(max(size, SMALL))
        if known < largest - WIDTH:
            largest, level = known, []
        level.append(size)
    return level
