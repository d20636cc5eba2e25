"""Lines of years below a chart, which head no figures."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.around.surroundings import is_context
from pipeline.tables.layout.words import PageLine


def is_axis(lines: Sequence[PageLine]) -> bool:
    """Whether the years of the first line head no figures: words on another table follow, and on the last line others.

    Between the two stands no figure.
    """
    between = any(len(line.segments) == 1 and is_context(line.text) for line in lines[1:-1])
    own, others = ([s.text for s in line.segments if s.is_year] for line in (lines[0], lines[-1]))
    return between and own != others
