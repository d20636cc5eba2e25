"""Lines of a proposal's form, "Udvalg" beside "Kulturudvalget": they head no columns, and no table goes on in them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.headings import fold
from pipeline.proposals.labels import labels
from pipeline.tables.layout.words import PageLine

SAME_START = 1.5
"""Labels begin in one place within so many points, and so do the values beside them."""


def is_form_line(lines: Sequence[PageLine], number: int) -> bool:
    """Whether a line is a label of a proposal with its value, and so is one above or below, in the same places."""
    line = lines[number]
    if not _is_labelled(line):
        return False
    near = [lines[n] for n in (number - 1, number + 1) if 0 <= n < len(lines)]
    return any(_is_labelled(other) and _is_level(line, other) for other in near)


def _is_labelled(line: PageLine) -> bool:
    return len(line.segments) == 2 and fold(line.segments[0].text.rstrip(" :")) in labels()


def _is_level(one: PageLine, other: PageLine) -> bool:
    return all(abs(a.x0 - b.x0) < SAME_START for a, b in zip(one.segments, other.segments, strict=True))
