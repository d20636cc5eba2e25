"""Signs that stand far from their figures: an accounting format puts the minus at the left edge of the cell.

A lone minus is the sign of the next figure where the table shows that its signs stand in front: a minus stands between
a label and the row's first figure, under no heading and no figure of another row, and none stands after a last figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.tables.content.cells import MINUS
from pipeline.tables.content.rows import is_prose
from pipeline.tables.layout.pagelines import PageLines
from pipeline.tables.layout.words import PageLine, Segment, segment_of

FARTHEST = 4.5
SLACK = 0.5
SAME_WIDTH = 0.08
"""Two letters are of one width, or a gap is, within this share of it."""
FEWEST_WORDS = 2
"""A dash below so many words that begin where it does stands in a column of words."""
Room = tuple[float, float]


def with_signs(lines: PageLines) -> Sequence[PageLine]:
    """The lines of a page, with each such minus and its figure made one segment."""
    if lines.strips is None or not lines.strips.has_lone_signs:
        return lines.whole() if lines.is_made else lines
    return [line for run in _runs(lines) for line in _joined(_blanks_closed(run))]


def _blanks_closed(run: list[PageLine]) -> list[PageLine]:
    """The lines with each lone minus a blank before its figure made one with it, in letters of equal widths.

    A dash that ends, or has its middle, where figures of other lines do is a cell of its own.
    """
    figures = [s for line in run for s in line.segments if _is_figure(s)]
    ends = {round(s.x1) for s in figures}
    middles = {round(s.x0 + s.x1) for s in figures}
    return [_with(line, [n for n, s in enumerate(line.segments) if _is_near(line, n)
            and round(s.x1) not in ends and round(s.x0 + s.x1) not in middles]) for line in run]  # fmt: skip


def _is_near(line: PageLine, number: int) -> bool:
    """Whether a lone minus stands as far before its figure as one of its digits is wide."""
    sign = line.segments[number]
    if not _is_lone(sign) or not _bare_after(line, number):
        return False
    figure = line.segments[number + 1]
    wide = (figure.x1 - figure.x0) / len(figure.text)
    return abs(figure.x0 - sign.x1 - wide) < SAME_WIDTH * wide and abs(sign.x1 - sign.x0 - wide) < SAME_WIDTH * wide


def _with(line: PageLine, numbers: Sequence[int]) -> PageLine:
    """A line with the segments of these numbers each made one with the next."""
    if not numbers:
        return line
    segments = list(line.segments)
    for n in reversed(numbers):
        sign, figure = segments[n : n + 2]
        segments[n : n + 2] = [segment_of(sign.words + figure.words, f"{sign.text} {figure.text}", sign.page)]
    return PageLine(tuple(segments))


def _is_lone(segment: Segment) -> bool:
    return len(segment.text) == 1 and segment.text in MINUS


def _is_bare(segment: Segment) -> bool:
    """A figure without a sign of its own."""
    return segment.is_value and segment.text[0].isdigit()


def _runs(lines: Sequence[PageLine]) -> Iterator[list[PageLine]]:
    """Stretches of lines that may be one table."""
    run: list[PageLine] = []
    for line in lines:
        if run and ((is_prose(line.text) and line.values < 2) or line.box[1] - run[-1].box[3] > FARTHEST * line.height):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _joined(run: list[PageLine]) -> list[PageLine]:
    rooms = sorted({(s.x0, s.x1) for line in run for s in line.segments if s.is_heading or _is_figure(s)})
    worded = Counter(round(s.x0) for line in run for s in line.segments[1:] if not s.is_value and not _is_lone(s))
    free = [
        [_is_lone(s) and not _over(s, rooms) and worded[round(s.x0)] < FEWEST_WORDS for s in line.segments]
        for line in run
    ]
    before = any(_first(line, flags) for line, flags in zip(run, free, strict=True))
    after = any(flags[-1] and line.values > 1 for line, flags in zip(run, free, strict=True) if flags)
    if not before or after:
        return run
    return [_with_joined(line, flags, rooms) for line, flags in zip(run, free, strict=True)]


def _is_figure(segment: Segment) -> bool:
    return segment.is_value and any(char.isdigit() for char in segment.text)


def _over(segment: Segment, rooms: Sequence[Room]) -> bool:
    return any(segment.x0 < x1 + SLACK and x0 - SLACK < segment.x1 for x0, x1 in rooms)


def _first(line: PageLine, free: Sequence[bool]) -> bool:
    """Whether a free minus stands before the first figure of the line, after its label."""
    first = next((n for n, s in enumerate(line.segments) if s.is_value), None)
    return bool(first) and first is not None and free[first] and _bare_after(line, first)


def _bare_after(line: PageLine, number: int) -> bool:
    return number + 1 < len(line.segments) and _is_bare(line.segments[number + 1])


def _with_joined(line: PageLine, free: Sequence[bool], rooms: Sequence[Room]) -> PageLine:
    segments: list[Segment] = []
    skip = False
    for number, segment in enumerate(line.segments):
        if skip:
            skip = False
            continue
        if free[number] and _bare_after(line, number):
            figure = line.segments[number + 1]
            if not any(segment.x1 < x0 and x1 < figure.x0 for x0, x1 in rooms):
                segment = segment_of(segment.words + figure.words, f"{segment.text} {figure.text}", segment.page)
                skip = True
        segments.append(segment)
    return PageLine(tuple(segments))
