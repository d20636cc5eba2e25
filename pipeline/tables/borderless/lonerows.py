"""A table of one row: each figure stands below a heading of its own, and rules or a caption say that it is one."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.borderless.heads import Rule
from pipeline.tables.borderless.shapes import is_bullet, is_caption
from pipeline.tables.content.cells import Kind
from pipeline.tables.content.found import Heads
from pipeline.tables.content.rows import is_prose
from pipeline.tables.layout.words import PageLine, Segment

FEWEST, FEWEST_UNRULED = 2, 3
"""So many figures at least; below a caption alone, without rules, one more."""
NEAR = 2.0
"""In heights of a line: the row is no further below its headings."""
WIDE = 0.5
"""A rule over so large a share of the table is one of it."""


def is_lone_row(
    heads: Sequence[PageLine], body: Sequence[PageLine], extents: Heads, rules: Sequence[Rule], *, captioned: bool
) -> bool:
    """Whether one line of a name and figures below one or two lines of headings is a table.

    ``captioned``: a caption stands right above or below it.
    """
    if len(body) != 1 or not 1 <= len(heads) <= 2:
        return False
    name, *figures = body[0].segments
    if len(figures) < FEWEST or not _is_name(name) or not all(s.is_value for s in figures):
        return False
    if body[0].box[1] - heads[-1].box[3] > NEAR * body[0].height or not _are_headed(figures, heads[-1]):
        return False
    ruled = len({round(y) for y, x0, x1 in rules if x1 - x0 > WIDE * (extents[-1][1] - extents[0][0])})
    return ruled >= 2 or (captioned and (ruled > 0 or len(figures) >= FEWEST_UNRULED))


def is_captioned(lines: Sequence[PageLine], first: int, last: int) -> bool:
    """Whether a caption stands right above or right below some lines."""
    return any(0 <= n < len(lines) and is_caption(lines[n].text) for n in (first - 1, last + 1))


def _is_name(segment: Segment) -> bool:
    text = segment.text
    if segment.kind is not Kind.TEXT or segment.is_year or is_bullet(segment) or is_prose(text):
        return False
    return text[-1] not in ":.,;" and any(c.isalpha() for c in text)


def _are_headed(figures: Sequence[Segment], heading: PageLine) -> bool:
    """Whether each figure has one heading in words over it, which is that of no other one, and none is left."""
    words = [s for s in heading.segments if s.kind is Kind.TEXT and not is_prose(s.text)]
    over = [[n for n, s in enumerate(words) if s.x0 < each.x1 and each.x0 < s.x1] for each in figures]
    if len(words) != len(heading.segments) or any(len(found) != 1 for found in over):
        return False
    return len({found[0] for found in over}) == len(figures) and len(words) <= len(figures) + 1
