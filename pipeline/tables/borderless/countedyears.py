"""Lines of a page that read like years and are rows of figures: "Dagtilbud", 2000, 2025 below words or other years."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.borderless.shapes import is_year_line
from pipeline.tables.content.units import unit_note
from pipeline.tables.content.yearlike import are_amounts_below
from pipeline.tables.content.yearlines import may_be_amounts
from pipeline.tables.content.yearrows import are_amounts
from pipeline.tables.layout.words import PageLine

MOST_APART = 1.6
"""Years printed again below a wider gap than this many line heights head another table."""
NEAR = 8
"""So many lines further down tell how figures are printed."""


def count_amounts(lines: Sequence[PageLine]) -> None:
    """Take years that may be amounts below headings in words for figures: who reads their row tells what they are."""
    dated = [number for number, line in enumerate(lines) if line.years > 1 and is_year_line(line)]
    texts: list[list[str]] = []
    places: list[int] = []
    dated = [n for n in dated if len(lines[n].segments) in [len(line.segments) for line in lines[:n]]]
    for line, before in zip(lines if dated else [], [None, *lines], strict=False):
        if before is not None and line.box[1] - before.box[3] > MOST_APART * line.height:
            texts.append([])
        places.append(len(texts))
        texts.append([segment.text for segment in line.segments])
    for number in dated:
        if may_be_amounts(texts, places[number]):
            lines[number].count_years()


def is_counted(lines: Sequence[PageLine], first: int, heading: int, number: int) -> bool:
    """Whether a line that reads like years is a row of figures under the heading of years, or may be one: as close as
    rows are, behind the name of one. The whole table tells.
    """
    line = lines[number]
    texts, heads = ([s.text for s in lines[n].segments] for n in (number, heading))
    if are_amounts(texts, heads):
        return True
    if line.box[1] - lines[number - 1].box[3] > MOST_APART * line.height:
        return False
    near = lines[first : number + NEAR]
    figures = [s.text for row in near for s in row.segments if s.is_value and unit_note(s.text) is None]
    return are_amounts_below(texts, heads, figures) is not False
