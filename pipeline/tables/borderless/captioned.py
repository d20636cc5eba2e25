"""Years above the caption of a table: they are the axis of a chart, or of another table, and head nothing below it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.borderless.regions import Block, blocks
from pipeline.tables.borderless.shapes import is_caption
from pipeline.tables.layout.words import PageLine


def below_captions(lines: Sequence[PageLine], found: Sequence[Block]) -> list[Block]:
    """The blocks, each from the caption on that stands between its line of years and its first figures."""
    kept: list[Block] = []
    for block in found:
        place = _caption(lines, block)
        if place is None:
            kept.append(block)
            continue
        first = place + 1
        for part in blocks(lines[first : block.last + 1]):
            heading = None if part.heading is None else part.heading + first
            kept.append(Block(part.first + first, part.last + first, heading))
    return kept


def _caption(lines: Sequence[PageLine], block: Block) -> int | None:
    if block.heading is None:
        return None
    for number in range(block.heading + 1, block.last + 1):
        line = lines[number]
        if line.values:
            return None
        if len(line.segments) == 1 and is_caption(line.text):
            return number
    return None
