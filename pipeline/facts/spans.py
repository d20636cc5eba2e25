"""Claimed stretches of a text, asked about many times."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable


class Spans:
    """Half-open spans; :meth:`overlap` takes logarithmic time, whatever their number and order."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        merged: list[list[int]] = []
        for start, end in sorted(span for span in spans if span[0] < span[1]):
            if merged and start <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def overlap(self, start: int, end: int) -> bool:
        """True when ``[start, end)`` shares a character with a claimed span."""
        place = bisect_left(self._starts, end) - 1
        return place >= 0 and start < self._ends[place]
