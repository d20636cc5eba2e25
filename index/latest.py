"""What was put into an index last, so that some of it can be put in once more."""

from __future__ import annotations

from collections.abc import Iterator

from index.engines.base import Entry

CONTENTS, ENOUGH = 24, 12
"""So many are remembered, and so many are wanted at least."""
MOST_ENTRIES, MOST_BYTES = 20, 200_000
"""Contents with more entries, or larger ones, are not: each is held in memory."""


class Latest:
    """The last contents of a few entries each, by their hash."""

    def __init__(self) -> None:
        self._held: dict[str, list[Entry]] = {}

    def put(self, sha256: str, entries: list[Entry]) -> None:
        """A content was put in, in the place of what was known of it."""
        self.forget(sha256)
        if 0 < len(entries) <= MOST_ENTRIES and sum(len(entry.stored) for entry in entries) <= MOST_BYTES:
            self._held[sha256] = entries
            if len(self._held) > CONTENTS:
                del self._held[next(iter(self._held))]

    def forget(self, sha256: str) -> None:
        """A content is no longer as it was put in."""
        self._held.pop(sha256, None)

    def are_enough(self) -> bool:
        """Whether so many are remembered that they can make the pieces that are missing."""
        return len(self._held) >= ENOUGH

    def taken(self) -> Iterator[tuple[str, list[Entry]]]:
        """Each of them, the earliest first; it is forgotten."""
        while self._held:
            sha256 = next(iter(self._held))
            yield sha256, self._held.pop(sha256)
