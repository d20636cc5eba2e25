"""Names inside one container: each once, and none that reads as the place of something in another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

MARK = "!"
"""Stands between a container and what lies in it."""
MOST_MARKS = 8
"""Of a name with more of them, none is kept."""


class Names:
    """The names of one container, in its order. Names are the same where ``seen`` gives the same of them."""

    def __init__(self, seen: Callable[[str], str] = str) -> None:
        self._seen = seen
        self._taken: set[str] = set()
        self._outer: set[str] = set()
        self._counts: Counter[str] = Counter()

    def give(self, name: str) -> str:
        """The name to show: a second "bilag.pdf" is "bilag (2).pdf", and "a.zip!b.txt" beside "a.zip" "a.zip_b.txt"."""
        if name.count(MARK) > MOST_MARKS or any(outer in self._taken for outer in _outer(self._seen(name))):
            name = name.replace(MARK, "_")
        stem, dot, extension = name.rpartition(".")
        if not stem or "/" in extension:
            stem, dot, extension = name, "", ""
        given, key = name, self._seen(name)
        while self._seen(given) in self._taken or self._seen(given) in self._outer:
            self._counts[key] += 1
            given = f"{stem} ({self._counts[key] + 1}){dot}{extension}"
        self._taken.add(self._seen(given))
        self._outer.update(_outer(self._seen(given)))
        return given


def _outer(name: str) -> Iterator[str]:
    """What may be a container, if the name is read as a place."""
    at = name.find(MARK)
    while at >= 0:
        yield name[:at]
        at = name.find(MARK, at + 1)
