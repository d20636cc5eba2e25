"""Where a document lies, as a filter asks for it: by a folder, a file, or some neighbouring levels of its path.

Light: a search imports it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.patterns import late
from index.text import keyword

LEVELS = late(r"[/\\!]+")
"""Between the levels of a path; "!" stands before what lies in an archive or a mail. A query may have a backslash."""
MOST_LEVELS = 8
"""A path can be asked for by so many of its levels at once, or by all."""


def place(path: str) -> str:
    """A path, or a piece of one, as it is compared: ``./Skoler\\2024/`` is "skoler/2024"; "" where nothing is named."""
    return "/".join(keyword(level) for level in LEVELS.split(path) if level.strip() not in ("", "."))


def names(paths: Iterable[str]) -> frozenset[str]:
    """All that these paths are found by: every stretch of neighbouring levels of each, and the whole."""
    return frozenset(name for path in paths for name in _stretches(place(path).split("/")))


def _stretches(levels: list[str]) -> Iterator[str]:
    yield "/".join(levels)
    for start in range(len(levels)):
        for end in range(start + 1, min(len(levels), start + MOST_LEVELS) + 1):
            yield "/".join(levels[start:end])
