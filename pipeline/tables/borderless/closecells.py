"""Cells that stand closer together than cells do, cut where the other lines show the edges of two columns.

A cell as long as its column leaves nothing but the room between two columns, which a narrow table has little of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.tables.borderless.shapes import is_prosy
from pipeline.tables.layout.coded import cut
from pipeline.tables.layout.words import PageLine, Segment

GAP = 0.42
"""Cells are at least so many line heights apart."""
WIDER = 1.5
"""And so many times as far as the words in them."""
OFTEN, OFTEN_PROSY = 2, 3
"""So many other lines have something at an edge, or begin something at that of words that read like a sentence."""
TWICE_OFF = 3
"""Boxes go around what is printed of letters, so that middles differ by more than edges; in points, twice."""


def close_cut(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines, with the words of a stretch apart where each keeps to the edge or the middle of a column."""
    doubtful = {n: parts for n, line in enumerate(lines) if (parts := _doubtful(line))}
    if not doubtful:
        return list(lines)
    edges = _Edges(lines)
    cut_lines = list(lines)
    for number, parts in doubtful.items():
        line = lines[number]
        segments: list[Segment] = []
        for segment in line.segments:
            found = parts.get(id(segment), [])
            fewest = OFTEN_PROSY if found and is_prosy(segment) else 0
            kept = bool(found) and all(edges.keep(part, segment) for part in found)
            kept = kept and all(edges.begins(part) >= fewest for part in found)
            segments += found if kept else [segment]
        if len(segments) > len(line.segments):
            cut_lines[number] = PageLine(tuple(segments))
    return cut_lines


def _doubtful(line: PageLine) -> dict[int, list[Segment]]:
    """The parts of each stretch of a line, by its identity, that has gaps wider than blanks."""
    found: dict[int, list[Segment]] = {}
    for segment in line.segments:
        if segment.count < 2 or segment.is_year or segment.is_value or segment.is_stacked:
            continue
        if len(line.segments) < 2 and is_prosy(segment):
            continue
        gaps = [b[0] - a[2] for a, b in pairwise(segment.boxes)]
        cuts = [n for n, gap in enumerate(gaps, 1) if gap > GAP * line.height]
        texts = segment.text.split(" ")
        blanks = [gap for n, gap in enumerate(gaps, 1) if n not in cuts]
        if not cuts or len(texts) != segment.count or min(gaps[n - 1] for n in cuts) < WIDER * max(blanks, default=0.0):
            continue
        parts = cut(segment, segment.words, texts, cuts)
        if not any(part.text[0].islower() and len(part.text) > 1 for part in parts[1:]):
            found[id(segment)] = parts
    return found


class _Edges:
    """Where things begin, end and have their middle, in whole points; each counts once in a line."""

    def __init__(self, lines: Sequence[PageLine]) -> None:
        self._lefts = Counter(round(s.x0) for line in lines for s in line.segments)
        self._rights = Counter(round(s.x1) for line in lines for s in line.segments)
        self._middles = Counter(round(s.x0 + s.x1) for line in lines for s in line.segments)

    def begins(self, part: Segment) -> int:
        """How many lines have something that begins where a part does."""
        return _near(self._lefts, part.x0, 1)

    def keep(self, part: Segment, whole: Segment) -> bool:
        """Whether a part of a stretch has an edge or its middle where things on other lines have it."""
        sides = (
            (self._lefts, part.x0, whole.x0, 1),
            (self._rights, part.x1, whole.x1, 1),
            (self._middles, part.x0 + part.x1, whole.x0 + whole.x1, TWICE_OFF),
        )
        return any(_near(counts, place, off) - (abs(place - own) < off) >= OFTEN for counts, place, own, off in sides)


def _near(counts: Counter[int], place: float, off: int) -> int:
    return sum(counts[round(place) + step] for step in range(-off, off + 1))
