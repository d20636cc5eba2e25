"""Where a page has a column of text left of a table with rules: all of these begin at one place, right of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter

from pipeline.tables.borderless.heads import Rule
from pipeline.tables.content.cells import Kind
from pipeline.tables.content.rows import continues, is_prose
from pipeline.tables.layout.gutters import Cuts
from pipeline.tables.layout.words import PageLine

FEWEST_RULES, FEWEST_ROWS = 4, 3
NAMED = 0.75
"""So large a share of the rows between the rules has a name there."""
BESIDE = 0.5
"""No larger share of them stands level with a line of the text."""
AROUND, MOST_IN_BAND = 3, 4
EDGE = 2.0
"""What stands in a table reaches no further past its rules, in points."""
CLEAR = 0.7
"""The text ends so many line heights before the rules, at least."""


def cuts_beside(lines: Sequence[PageLine], rules: Sequence[Rule]) -> Cuts:
    """For each line, where the table begins; nothing where no text stands left of the only table with rules."""
    cuts: Cuts = [()] * len(lines)
    if len(rules) < FEWEST_RULES:
        return cuts
    ends = [(round(left), round(right)) for _, left, right in rules]
    (left, right), often = max(Counter(ends).items(), key=itemgetter(1))
    if often < FEWEST_RULES:
        return cuts
    own = [rule for rule, each in zip(rules, ends, strict=True) if each == (left, right)]
    place = min(rule[1] for rule in own) - 1
    top, bottom = own[0][0], own[-1][0]
    if any(top < height < bottom and x0 < place for height, x0, _ in rules):
        return cuts
    if min([s.x0 for line in lines for s in line.segments], default=place) >= place:
        return cuts
    inside = [n for n, line in enumerate(lines) if top < line.centre < bottom]
    if not inside or not all(_is_clear(lines[n], place) for n in inside):
        return cuts
    first, last = inside[0], inside[-1]
    while first > 0 and _is_clear(lines[first - 1], place):
        first -= 1
    while last + 1 < len(lines) and _is_clear(lines[last + 1], place):
        last += 1
    if _has_prose(lines[first : last + 1], place) and _names_rows([lines[n] for n in inside], place):
        cuts[first : last + 1] = [(place,)] * (last + 1 - first)
    return cuts


def kept_whole(cuts: Cuts, lines: Sequence[PageLine], rules: Sequence[Rule]) -> Cuts:
    """The cuts without those through a table on a page with columns: its rules run over the place of the cut.

    They are those above and below its heading and below its last row, or below each row, of a length that no others
    have and that the page's text goes beyond; and it is no running text.
    """
    ends: dict[tuple[int, int], list[float]] = {}
    for height, left, right in rules:
        ends.setdefault((round(left), round(right)), []).append(height)
    kept = list(cuts)
    for (left, right), heights in ends.items():
        if len(heights) < AROUND or not any(line.box[2] > right + EDGE for line in lines):
            continue
        inside = [n for n, line in enumerate(lines) if heights[0] < line.centre < heights[-1]]
        crossed = any(left < place < right for n in inside for place in cuts[n])
        if crossed and _are_bands(lines, inside, heights) and _is_one(lines, inside, left, right):
            for n in inside:
                kept[n] = tuple(place for place in cuts[n] if not left < place < right)
    return kept


def _are_bands(lines: Sequence[PageLine], inside: Sequence[int], heights: Sequence[float]) -> bool:
    """Whether few lines stand between the rules, but for the rows of a table where only its heading is ruled off."""
    bands = [*pairwise(heights)][: 1 if len(heights) == AROUND else None]
    return all(sum(top < lines[n].centre < foot for n in inside) <= MOST_IN_BAND for top, foot in bands)


def _is_one(lines: Sequence[PageLine], inside: Sequence[int], left: float, right: float) -> bool:
    """Whether what stands between rules keeps to their length, and few of its lines are running text."""
    within = all(left - EDGE < lines[n].box[0] and lines[n].box[2] < right + EDGE for n in inside)
    return within and 3 * sum(any(is_prose(s.text) for s in lines[n].segments) for n in inside) < len(inside)


def _is_clear(line: PageLine, place: float) -> bool:
    return not any(s.x0 < place < s.x1 + CLEAR * line.height for s in line.segments)


def _has_prose(lines: Sequence[PageLine], place: float) -> bool:
    """Whether running text that goes on from line to line stands left of a place."""
    texts = [" ".join(s.text for s in line.segments if s.x0 < place) for line in lines]
    left = [text for text in texts if text]
    return any(is_prose(upper) and continues(upper, lower) for upper, lower in pairwise(left))


def _names_rows(lines: Sequence[PageLine], place: float) -> bool:
    """Whether the rows between the rules have their own names, and few of them a text beside them on the left."""
    rows = [line for line in lines if sum(s.is_value and s.x0 > place for s in line.segments) > 1]
    firsts = [next(s for s in line.segments if s.x0 > place) for line in rows]
    named = sum(s.kind is Kind.TEXT and not s.is_value and not s.is_year for s in firsts)
    beside = sum(line.segments[0].x0 < place for line in rows)
    return len(rows) >= FEWEST_ROWS and named >= NAMED * len(rows) and beside <= BESIDE * len(rows)
