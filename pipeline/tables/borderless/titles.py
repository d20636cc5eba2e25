"""Lines above a table that are its title or its unit, not a heading of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pipeline.tables.around.surroundings import is_context
from pipeline.tables.borderless.headlines import ends_over
from pipeline.tables.borderless.heads import Rule
from pipeline.tables.borderless.shapes import is_caption, is_year_line
from pipeline.tables.content.rows import is_prose
from pipeline.tables.layout.reach import Extents, overlapped
from pipeline.tables.layout.words import PageLine

EDGE = 3.0
CLOSE, SAME_EDGE = 0.4, 0.5
CENTRED = 1.0


def without_titles(
    lines: Sequence[PageLine], heads: Sequence[int], extents: Extents, rules: Sequence[Rule]
) -> list[int]:
    """The numbers of the heading lines, from the top down, without those at the top that speak of the whole table.

    Nor is running text over its columns a heading, nor what stands above such text.
    """
    kept = _below_text(lines, sorted(heads), extents)
    while len(kept) > 1 and _is_title(lines, kept, extents, rules):
        kept = kept[1:]
    return kept


def _below_text(lines: Sequence[PageLine], heads: list[int], extents: Extents) -> list[int]:
    """The heading lines below running text that goes over names and figures, if they head half of the columns."""
    last = max((k for k, n in enumerate(heads) if _is_text(lines[n], extents)), default=None)
    if last is None:
        return heads
    below = heads[last + 1 :]
    while below and _ends_text(lines[below[0]], extents):
        below = below[1:]
    over = {k for n in below for s in lines[n].segments for k in overlapped(s, extents)}
    return below if 2 * len(over - {0}) >= len(extents) - 1 else heads


def _is_text(line: PageLine, extents: Extents) -> bool:
    return _is_across(line, extents) and is_prose(line.text)


def _ends_text(line: PageLine, extents: Extents) -> bool:
    """Whether a line is the rest of a sentence that begins above it."""
    return _is_across(line, extents) and line.text[:1].islower() and line.text.endswith(".")


def _is_across(line: PageLine, extents: Extents) -> bool:
    return len(line.segments) == 1 and len(overlapped(line.segments[0], extents)) > 1


def _is_title(lines: Sequence[PageLine], heads: Sequence[int], extents: Extents, rules: Sequence[Rule]) -> bool:
    line, last = lines[heads[0]], lines[heads[-1]]
    if is_year_line(line):
        return False
    left, right = extents[0][0], extents[-1][1]
    across = [y for y, x0, x1 in rules if x0 < left + EDGE and x1 > right - EDGE]
    top = [y for y in across if line.centre < y < lines[heads[1]].centre]
    under = [y for y in across if last.centre < y < last.box[3] + 1.5 * last.height]
    if len(line.segments) == 1 and ends_over(line, lines[heads[1] : heads[1] + 2]) and not is_context(line.text):
        return is_caption(line.text)
    if top and under and len(line.segments) == 1 and not _heads_columns(line, extents):
        return True
    if len(line.segments) > 1 or lines[heads[1]].box[1] < line.box[3] or _goes_on(line, lines[heads[1]], extents):
        return False
    return is_caption(line.text) or _spans_all(line, extents) or _is_unit(line, right)


def _heads_columns(line: PageLine, extents: Extents) -> bool:
    """Whether words that say no unit stand right of the names over figures: "Ændring i forhold til budget".

    A rule below them runs below such a heading, and the table begins above it.
    """
    right = line.box[0] > extents[0][1] and any(line.box[0] < x1 and x0 < line.box[2] for x0, x1 in extents[1:])
    other = is_context(line.text) or is_caption(line.text) or line.text.startswith("(") or _spans_all(line, extents)
    return right and not other


def _goes_on(line: PageLine, below: PageLine, extents: Extents) -> bool:
    """Whether a line goes on in a heading of one column right below it, that begins or ends where it does.

    Or in those of several: each of its words stands level with one below.
    """
    near = below.box[1] - line.box[3] < CLOSE * line.height
    if near and line.segments[0].count > 1 and line.box[0] > extents[0][1]:
        under = [box for s in below.segments for box in s.boxes]
        if all(any(map(partial(_are_level, box), under)) for box in line.segments[0].boxes):
            return True
    level = (s for s in below.segments if abs(s.x0 - line.box[0]) < SAME_EDGE or abs(s.x1 - line.box[2]) < SAME_EDGE)
    return near and line.box[0] > extents[0][1] and any(level)


def _are_level(word: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two words begin, end or have their middle in one place."""
    left, right = word[0] - other[0], word[2] - other[2]
    return min(abs(left), abs(right), abs(left + right) / 2) < SAME_EDGE


def _spans_all(line: PageLine, extents: Extents) -> bool:
    """Whether a line stands in the middle over the labels and the figures, or begins with the labels and goes on."""
    x0, _, x1, _ = line.box
    left, right, values = extents[0][0], extents[-1][1], extents[1][0]
    if left - 4 * line.height < x0 < left + EDGE and x1 > values:
        return True
    middle = abs(x0 + x1 - left - right) / 2
    return middle < CENTRED * line.height and middle < abs(x0 + x1 - values - right) / 2


def _is_unit(line: PageLine, right: float) -> bool:
    """Words in brackets alone at the right edge."""
    return line.text.startswith("(") and line.text.endswith(")") and abs(line.box[2] - right) < 2 * EDGE
