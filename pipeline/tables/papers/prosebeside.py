"""Running text beside a table without rules, in the other column of a page: none of its lines is a name or a remark.

Where the lines of both stand level, no gutter may part them. The text is told by its sentences, which all begin in one
place, left of the names or right of the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.tables.borderless.shapes import is_prosy, is_year_line
from pipeline.tables.content.cells import TEXT_KIND
from pipeline.tables.layout.words import PageLine, Segment

SAME_EDGE = 2.5
FARTHEST = 4.5
"""Rows of one table stand no further apart than so many line heights."""
FEWEST_ROWS, FEWEST_SENTENCES = 2, 2
"""So many names at least begin in one place, and so many lines beside them read like parts of sentences."""
MOSTLY = 0.6
"""So large a share of the lines beside a table are parts of sentences; the others are the ends of paragraphs."""

FEWEST, OWN = 3, 0.85
"""So many lines of running text, or rows, at least; and so large a share of the rows has names of their own."""

Numbered = tuple[int, PageLine]
Part = list[Numbered]
"""Lines of a page with their numbers."""


def is_text_beside(left: Sequence[Numbered], right: Sequence[Numbered]) -> bool:
    """Whether the left side of a gutter is running text, and the rows of the right one have names of their own."""
    prosy = sum(any(map(is_prosy, line.segments)) for _, line in left)
    if prosy < FEWEST or 2 * prosy < len(left):
        return False
    rows = [line for _, line in right if line.values > 1]
    named = sum(line.segments[0].kind is TEXT_KIND and not line.segments[0].is_year for line in rows)
    return len(rows) >= FEWEST and named >= OWN * len(rows)


def without_prose_beside(part: Part) -> Part:
    """The lines of a part of a page without the running text that stands beside the rows below a line of years."""
    dated = [n for n, (_, line) in enumerate(part) if line.years > 1]
    if not dated or not any(len(line.segments) > 1 and any(map(is_prosy, line.segments)) for _, line in part):
        return part
    tops = [n for n in dated if is_year_line(_dated(part[n][1]))]
    gone: set[int] = set()
    for top, stop in pairwise([*tops, len(part)]):
        lines = _rows([line for _, line in part[top:stop]])
        gone |= {id(s) for s in (*_left(lines), *_right(lines))}
    return [(n, kept) for n, line in part if (kept := _without(line, gone)) is not None] if gone else part


def _without(line: PageLine, gone: set[int]) -> PageLine | None:
    """A line without some of its stretches; None where nothing is left."""
    kept = tuple(s for s in line.segments if id(s) not in gone)
    return line if len(kept) == len(line.segments) else PageLine(kept) if kept else None


def _dated(line: PageLine) -> PageLine:
    """A line of years without the sentences beside them."""
    return _without(line, {id(s) for s in line.segments if is_prosy(s)}) or line


def _years(line: PageLine) -> tuple[float, float]:
    """Where the years of a line begin and end."""
    years = [s for s in line.segments if s.is_year]
    return years[0].x0, years[-1].x1


def _is_under(figure: Segment, year: Segment) -> bool:
    """Whether a figure ends where a year does, or has its middle."""
    if not figure.is_value:
        return False
    middle = abs(figure.x0 + figure.x1 - year.x0 - year.x1) / 2
    return min(abs(figure.x1 - year.x1), middle) <= SAME_EDGE


def _rows(lines: Sequence[PageLine]) -> Sequence[PageLine]:
    """The line of years and those down to the last one with a figure under them."""
    years = [s for s in lines[0].segments if s.is_year]
    gaps = (n for n, (a, b) in enumerate(pairwise(lines), 1) if b.box[1] - a.box[3] > FARTHEST * b.height)
    last = next(gaps, len(lines)) - 1
    while last and not any(_is_under(s, year) for s in lines[last].segments for year in years):
        last -= 1
    return lines[: last + 1]


def _left(lines: Sequence[PageLine]) -> list[Segment]:
    """The text left of the names, which begin in one place."""
    first = _years(lines[0])[0]
    names: list[Segment] = []
    for line in lines[1:]:
        own = [s for s in line.segments if s.x0 < first and not s.is_value]
        names += own[-1:] if line.values else []
    last = max([name.x0 for name in names], default=first)
    before = [s for line in lines if line.box[0] < last for s in line.segments if s.x1 < last]
    if not any(map(is_prosy, before)):
        return []  # most rows have no text left of their names
    level = [name.x0 for name in names if sum(abs(name.x0 - s.x0) <= SAME_EDGE for s in names) > len(names) / 2]
    if len(level) < FEWEST_ROWS:
        return []
    edge = min(level) - lines[0].height
    found = [s for line in lines for s in line.segments if s.x1 < edge]
    headed = any(s.x1 < edge and not is_prosy(s) for s in lines[0].segments)
    return [] if headed or not _are_sentences(found) else found


def _right(lines: Sequence[PageLine]) -> list[Segment]:
    """The text right of the figures, of which a part stands beside the years."""
    edge = _years(lines[0])[1] + lines[0].height
    found = [s for line in lines for s in line.segments if s.x0 > edge]
    begun = any(s.x0 > edge and is_prosy(s) for s in lines[0].segments)
    return found if begun and _are_sentences(found) else []


def _are_sentences(found: Sequence[Segment]) -> bool:
    """Whether most of the text reads like parts of sentences, and all of it begins in one place."""
    prosy = [s for s in found if is_prosy(s)]
    if len(prosy) < FEWEST_SENTENCES or len(prosy) < MOSTLY * len(found):
        return False
    return all(abs(s.x0 - prosy[0].x0) <= SAME_EDGE and not (s.is_value or s.is_year) for s in found)
