"""The way through the compiled part of tables: the words of an ordinary page to segments and lines.

The outcome is that of ``segments`` and ``words``, which make what this leaves to them: pages with anything out of the
ordinary, and lines with years in them.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from corpus import compiled
from corpus.reading import Page
from pipeline.tables.content import leaders, yearwords
from pipeline.tables.content.cells import Kind
from pipeline.tables.content.headings import LEVEL_ENDS
from pipeline.tables.layout import gutters, pagelines, segments, words
from pipeline.tables.layout.pagelines import PageLines, tell_years
from pipeline.tables.layout.segments import Strips
from pipeline.tables.layout.words import PageLine, Printed, Segment

INTERFACE = 6
USED = compiled.in_use("pipeline.tables.layout._page", INTERFACE) and np.intp().itemsize == 8
"""Whether pages are cut in this way at all."""
_LETTER, _FIGURE, _LEADING, _LEVEL = 1, 2, 4, 8

_RULES: dict[str, float] = {
    **{name: getattr(segments, name) for name in ("WORD_GAP", "MIXED_GAP", "NUMBER_GAP", "GROUP_GAP", "BLANK")},
    **{name: getattr(segments, name) for name in ("LETTER", "TALL", "DIGIT", "SIGN", "LOWER", "OTHER", "KNOWN")},
    **{name: getattr(segments, name) for name in ("YEAR_WORDS", "LONG_WORDS", "SAME_LINE", "LEAST_TALL", "MOSTLY")},
    **{name: getattr(pagelines, name) for name in ("FEWEST_SPACED", "FEWEST_JUSTIFIED", "SAME_GAP")},
    **{name: getattr(gutters, name) for name in ("FEWEST", "LEFT", "ASKEW", "INDENT", "SAME_EDGE", "WIDTH")},
    **{name: getattr(gutters, name) for name in ("FEWEST_PROSE", "FEWEST_APART")},
    "FEWEST_DOTS": leaders.FEWEST_DOTS,
    "MOST_WORDS": yearwords.MOST_WORDS,
}
"""The numbers of the rules, from where they are explained."""


def _traits() -> npt.NDArray[np.uint8]:
    """Of each known character, as bits: a letter, part of a figure, a dot that leads on, the end of a price level."""
    table = np.zeros(segments.KNOWN + 1, dtype=np.uint8)
    for code, char in enumerate(map(chr, range(segments.KNOWN))):
        table[code] = (
            _LETTER * (re.match(words.LETTER, char) is not None)
            + _FIGURE * (re.match(words.NO_FIGURE, char) is None)
            + _LEADING * (char in leaders.LEADING)
            + _LEVEL * (char in LEVEL_ENDS)
        )
    return table


if USED:
    from pipeline.tables.layout import _page

    _page.bind(
        _RULES,
        segments.CLASSES,
        _traits(),
        Segment,
        PageLine,
        Printed,
        words.read_text,
        yearwords.are_apart,
        Kind.TEXT,
    )


def printed_lines(page: Page, text: str) -> PageLines:
    """The lines of a page; those of a page that may have tables are made."""
    packed = page.packed
    found = None
    if USED:
        found = _page.cut_page(text, page.number, page.start, page.end, packed.spans, packed.boxes, packed.rulings)
    if found is None:
        return PageLines.of(page, text)
    memory, count, cells, lines, promising, has_lone_signs, may_have_columns, made = found
    strips = _strips(memory, count, cells, lines, (promising, has_lone_signs, may_have_columns))
    if made is None:
        return PageLines(page, text, strips)
    printed, whole, dated = made
    printed.sides = strips.boxes
    for line in dated:
        tell_years(line)
    return PageLines(page, text, strips, whole)


def _strips(memory: bytearray, count: int, cells: int, lines: int, told: tuple[list[int], bool, bool]) -> Strips:
    """The arrays of a page, which lie in one piece of memory, each with room for all words."""
    begins = 56 * count + 8
    kinds = begins + 16 * count + 8
    return Strips(
        np.ndarray((count, 2), np.intp, memory),
        np.ndarray((count, 4), np.float64, memory, 16 * count),
        np.ndarray(cells + 1, np.intp, memory, 48 * count),
        np.ndarray(lines + 1, np.intp, memory, begins),
        np.ndarray(cells, np.uint8, memory, kinds),
        np.ndarray(cells, np.bool_, memory, kinds + count),
        np.ndarray(cells, np.bool_, memory, kinds + 2 * count),
        np.ndarray(lines, np.float64, memory, begins + 8 * count + 8),
        *told,
    )
