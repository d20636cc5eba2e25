"""Which forms were looked up before, as far as a byte by their hash tells: what is not among them is surely new."""

from __future__ import annotations

MARKS = 1 << 22
LAST = MARKS - 1


class Looked:
    """Forms that were looked up. It takes 4 MB, and says yes of one in four new ones when there are a million."""

    def __init__(self) -> None:
        self._marks = bytearray(MARKS)

    def add(self, form: str) -> None:
        """A form was looked up."""
        self._marks[hash(form) & LAST] = 1

    def has(self, form: str) -> int:
        """0 for a form that was not looked up."""
        return self._marks[hash(form) & LAST]
