"""Which messages an index has more than once: all copies but one carry a mark, so that a search need not look for any
where nothing it finds has one.

A copy without need of its mark (its original is gone, or was put in again after it) costs a search a look, and nothing
else. What is put in the place of itself is no copy of itself.
"""

from __future__ import annotations

from collections.abc import Callable

from index.engines.base import AllOf, Entry, Reader, Request, Term, Without

FIELD, MARK = "copy", "1"
MARKED = Term(FIELD, MARK)


class Copies:
    """Marks the copies among what is put into an index, of which ``open_reader`` shows the last commit."""

    def __init__(self, open_reader: Callable[[], Reader]) -> None:
        self._open = open_reader
        self._reader: Reader | None = None
        self._new: set[str] = set()

    def mark(self, entry: Entry) -> None:
        """Marks an entry if the index may have another with the same words."""
        for fingerprint in entry.keywords.get("fingerprint", ()):
            if fingerprint in self._new or self._is_elsewhere(fingerprint, entry.keywords["sha256"]):
                entry.keywords[FIELD] = [MARK]
            self._new.add(fingerprint)

    def _is_elsewhere(self, fingerprint: str, contents: list[str]) -> bool:
        """Whether the last commit has it in another content."""
        if self._reader is None:
            self._reader = self._open()
        if not self._reader.at_most("fingerprint", fingerprint):
            return False
        others = (Without(Term("sha256", sha256)) for sha256 in contents)
        return self._reader.count(Request(AllOf((Term("fingerprint", fingerprint), *others)))) > 0

    def forget(self) -> None:
        """Gives up the view of the index, because it changes."""
        if self._reader is not None:
            self._reader.close()
        self._reader = None
        self._new.clear()
