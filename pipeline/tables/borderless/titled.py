"""Two tables beside each other, the rows of the shorter right one level with what stands over the left one's rows.

They are told by titles on one line, each over years and a row that begins where it does, or by the left one's years.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.borderless.shapes import is_year_line
from pipeline.tables.content.cells import TEXT_KIND
from pipeline.tables.content.units import unit_note
from pipeline.tables.layout.words import PageLine, Segment

SAME_EDGE, INDENT = 2.5, 8.0
"""In points: what begins where a title does, and how far the names below it may be indented."""
REACH, NEAR = 13, 4
"""So many lines are looked at, the one with the titles among them: the first rows stand on these;
a row and the years of the other table are in as many lines as the second says."""


def gutter_below(lines: Sequence[PageLine]) -> float | None:
    """Where the right one of two tables begins whose titles are the two texts of the first line; None for one table.

    The years of both must stand below, on lines that keep clear of the gutter, and below these a named row of each.
    """
    titles = lines[0].segments
    if len(titles) != 2 or not (_may_be_title(titles[1]) and _may_be_title(titles[0])):
        return None
    place = titles[1].x0 - SAME_EDGE
    years = [s.x0 < place for line in lines[1:REACH] if line.years > 1 for s in line.segments if s.is_year]
    if not 2 <= sum(years) <= len(years) - 2:
        return None  # each needs two
    left: list[list[Segment]] = []
    right: list[list[Segment]] = []
    for line in lines[1:REACH]:
        before = [s for s in line.segments if s.x0 < place]
        if max([s.x1 for s in before], default=place) > place:
            break
        left.append(before)
        right.append([s for s in line.segments if s.x0 >= place])
    return place if _is_table(right, titles[1]) and _is_table(left, titles[0]) else None


def gutter_beside(lines: Sequence[PageLine]) -> float | None:
    """Where the right one of two tables begins whose years are the first line: before the name of its first row.

    The years of the left one stand lower and end left of that name, and a heading over them stands beside it.
    """
    years = [segment for segment in lines[0].segments if segment.is_year]
    others = [s for s in lines[0].segments if not s.is_year and s.x0 < years[0].x0 and unit_note(s.text) is None]
    at = next((n for n, line in enumerate(lines[:NEAR]) if n and any(s.is_value for s in line.segments[1:])), None)
    if others or at is None:
        return None
    name = [s for s in lines[at].segments if s.x0 < years[0].x0 or s is lines[at].segments[0]][-1]
    place = name.x0 - SAME_EDGE
    below = range(at + 1, min(at + NEAR, len(lines)))
    if all(lines[n].years < 2 for n in below):
        return None
    left = [[s for s in line.segments if s.x0 < place] for line in lines[: at + NEAR]]
    lower = next((n for n in below if left[n] and _are_years(left[n])), None)
    if name.kind is not TEXT_KIND or lower is None or left[lower][-1].x1 > place:
        return None
    first = next(segment.x0 for segment in left[lower] if segment.is_year)
    over = [segment for side in left[1:lower] for segment in side if unit_note(segment.text) is None]
    heads = all(s.kind is TEXT_KIND and not s.is_year and (s.x0 + s.x1) / 2 > first for s in over)
    return place if over and heads and left[lower][0].x0 < over[0].x0 else None


def _may_be_title(segment: Segment) -> bool:
    """Words, or a unit: "1.000 kr." stands over one table, the title of the other beside it."""
    return (segment.kind is TEXT_KIND and not segment.is_year) or unit_note(segment.text) is not None


def _are_years(segments: Sequence[Segment]) -> bool:
    """Whether a side of a line is one of years."""
    years = sum([s.is_year and not s.is_value for s in segments])
    return years > 1 and is_year_line(PageLine(tuple(segments)))


def _is_table(side: Sequence[Sequence[Segment]], title: Segment) -> bool:
    """Whether years stand on a side, only words and years above these, and then a row that begins at its title."""
    headed = False
    for segments in side:
        if not segments:
            continue
        if _are_years(segments):
            headed = True
        elif any(segment.is_value for segment in segments[1:]):
            first = segments[0]
            named = first.kind is TEXT_KIND and not first.is_year
            return headed and named and abs(first.x0 - title.x0) < INDENT
    return False
