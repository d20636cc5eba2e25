"""Where the columns of a table have their edges, as the figures and labels of its lines tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.lazy import lazy
from pipeline.tables.content.cells import NUMBER_KIND
from pipeline.tables.layout.words import PageLine, Segment

OFTEN = 2
"""So many figures end, or words begin, in one place where a column has its edge."""
HAIR = 0.3
"""In points."""
SAME_END = 2.0
"""Figures end within so many points of their years: a sign, or the room of a digit, is less."""


class Places:
    """Where columns have an edge: left and right ends and twice the middles of figures, and the starts of labels.

    ``ends``: the right ends of figures without blanks; ``heads``: the ends of the years over the columns. Each is
    looked for when it is asked for: right ends tell of most tables.
    """

    def __init__(self, lines: Sequence[PageLine]) -> None:
        self._lines = tuple(lines)
        self._figures = [s for line in lines for s in line.segments if s.is_value and s.kind is NUMBER_KIND]
        dated = next((line for line in lines if line.years > 1), None)
        self.heads = [(s.x0, s.x1) for s in dated.segments if s.is_heading] if dated is not None else []

    @lazy
    def lefts(self) -> set[int]:
        return _places([s.x0 for s in self._figures])

    @lazy
    def rights(self) -> set[int]:
        return _places([s.x1 for s in self._figures])

    @lazy
    def middles(self) -> set[int]:
        return _places([s.x0 + s.x1 for s in self._figures])

    @lazy
    def starts(self) -> set[int]:
        return _places([s.x0 for line in self._lines for s in line.segments[1:] if not s.is_value])

    @lazy
    def ends(self) -> set[int]:
        return _places([s.x1 for s in self._figures if s.count == 1])

    def hold(self, x0: float, x1: float) -> bool:
        """Whether a figure keeps the edge or the middle of a column."""
        return round(x1) in self.rights or round(x0) in self.lefts or round(x0 + x1) in self.middles

    def end_at(self, x1: float) -> bool:
        """Whether figures end in a place to the hair, as those of one column do."""
        return round(x1) in self.rights and sum(abs(s.x1 - x1) < HAIR for s in self._figures) >= OFTEN

    def take(self, figures: Sequence[Segment]) -> bool:
        """Whether each figure keeps to a column, or each stands under a year of its own; never two under one."""
        under = [[n for n, (x0, x1) in enumerate(self.heads) if s.x0 < x1 and x0 < s.x1] for s in figures]
        columns = [over[0] for over in under if len(over) == 1]
        if len(columns) > len(set(columns)):
            return False
        if all(self.hold(s.x0, s.x1) for s in figures):
            return True
        return len(columns) == len(figures) and columns == sorted(set(columns))

    def under_years(self, figures: Sequence[Segment]) -> bool:
        """Whether each figure stands under a year of its own, to the right edge or the middle of it."""
        under = [[n for n, (x0, x1) in enumerate(self.heads) if s.x0 < x1 and x0 < s.x1] for s in figures]
        columns = [over[0] for over in under if len(over) == 1]
        if len(columns) < len(figures) or columns != sorted(set(columns)):
            return False
        heads = [self.heads[n] for n in columns]
        return all(
            min(abs(s.x1 - x1), abs(s.x0 + s.x1 - x0 - x1) / 2) < SAME_END
            for s, (x0, x1) in zip(figures, heads, strict=True)
        )


def _places(values: Iterable[float]) -> set[int]:
    counts: dict[int, int] = {}
    near = counts.get
    for place in map(round, values):
        counts[place] = near(place, 0) + 1
    return {p for p, count in counts.items() if count >= OFTEN or count + near(p - 1, 0) + near(p + 1, 0) >= OFTEN}
