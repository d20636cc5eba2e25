"""Claimed stretches of a text, asked about many times."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable


class Spans:
    """Half-open spans; :meth:`overlap` takes logarithmic time, whatever their number and order."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        last = -1
        for start, end in sorted(spans):
            if start > last and start < end:
                self._starts.append(start)
                self._ends.append(end)
                last = end
            elif end > last and start < end:
                self._ends[-1] = last = end

    def overlap(self, start: int, end: int) -> bool:
        """True when ``[start, end)`` shares a character with a claimed span."""
        place = bisect_left(self._starts, end) - 1
        return place >= 0 and start < self._ends[place]
