"""Tables without a drawn grid, by where the words stand.

Blocks of lines that look like rows are found; those below a line of years are read as budget tables, where a figure
stands under its year or is refused, and all others by what stands over each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.dated import read_bare, read_dated
from pipeline.tables.found import Found, Heads
from pipeline.tables.general import read_general
from pipeline.tables.heads import Rule
from pipeline.tables.regions import blocks
from pipeline.tables.rows import continues
from pipeline.tables.words import PageLine


def borderless_grids(lines: Sequence[PageLine], rules: Sequence[Rule], carried: Heads) -> list[Found]:
    """The borderless tables of a page. ``carried``: year columns of a table that the page before ended with."""
    found: list[Found] = []
    for block in blocks(lines):
        heads = carried if carried and block.heading is None and not found and block.first <= 3 else []
        if heads:
            block.first = _with_label(lines, block.first)
        dated = block.heading is not None or heads
        result = read_dated(lines, block, rules, list(heads)) if dated else read_general(lines, block, rules)
        if result is None and dated and block.last >= len(lines) - 3:
            result = read_bare(lines, block)
        if result is not None:
            found.append(result)
    return found


def _with_label(lines: Sequence[PageLine], first: int) -> int:
    """The first line of a row at the top of a page whose label begins on lines above its figures."""
    while first > 0 and len(lines[first - 1].segments) == 1 and continues(lines[first - 1].text, lines[first].text):
        first -= 1
    return first
