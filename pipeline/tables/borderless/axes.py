"""Lines of years below a chart, which head no figures."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.around.surroundings import is_context
from pipeline.tables.content.years import years_in
from pipeline.tables.layout.words import PageLine, Segment

MOST_LINES = 5
"""So many lines at most stand between the years of one heading."""


def is_axis(lines: Sequence[PageLine]) -> bool:
    """Whether the years of the first line head no figures, as others stand on the last line, and no figure between.

    Words on another table stand between, or so many lines that it is the heading of a table that ended overleaf,
    printed once more; or the first line is of nothing but years, and one stands over another year that has words of its
    own: "2026" is no first line of "Budget", "2031".
    """
    if len(lines) > MOST_LINES + 2:
        return True
    own, others = ([s for s in line.segments if s.is_year] for line in (lines[0], lines[-1]))
    if any(len(line.segments) == 1 and is_context(line.text) for line in lines[1:-1]):
        return [s.text for s in own] != [s.text for s in others]
    if not all(s.text.isdecimal() for s in lines[0].segments):
        return False
    return any(_is_over(s, other) and _has_words(lines[1:-1], other) for s in own for other in others)


def _is_over(upper: Segment, lower: Segment) -> bool:
    """Whether a year stands over another one, whose text does not go on with it ("2027" over "mod 2026")."""
    level = upper.x0 < lower.x1 and lower.x0 < upper.x1
    return level and not lower.text[0].islower() and years_in([upper.text]) != years_in([lower.text])


def _has_words(between: Sequence[PageLine], year: Segment) -> bool:
    """Whether words stand beside a year in its heading, or over it; bare years below others may be figures."""
    if not year.text.isdecimal():
        return True
    words = [s for line in between for s in line.segments if not s.is_value and not s.is_year]
    return any(s.x0 < year.x1 and year.x0 < s.x1 for s in words)
