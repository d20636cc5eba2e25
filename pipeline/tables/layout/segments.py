"""The words of a page cut into segments, as arrays: no Python object per word.

A segment is a stretch of a printed line that belongs to one cell. Where two words part is a matter of the gap between
them, of what they are, and of the upright rulings between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.reading import Page
from pipeline.tables.content.cells import MINUS, RAISED
from pipeline.tables.content.glued import unglued

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

# Gaps that part two cells, in shares of the height of a word's box (a box is about 1.17 em high).
WORD_GAP = 0.85
MIXED_GAP = 0.72
NUMBER_GAP = 0.43
GROUP_GAP = 0.34
BLANK = 1.15
"""Gaps are those of blanks where they are wider than one by less than this factor."""
_GAPS = np.array([WORD_GAP, MIXED_GAP, NUMBER_GAP])
_GROUPS = re.compile(rf"[{MINUS}+(]*\d{{1,3}}|\d{{3}}")
_THREE = re.compile(rf"\d{{3}}(?:,\d+)?[{MINUS})]?")

LETTER = 2.35
"""A box is usually so many times as high as its letters are wide on average."""
TALL, SAME_LINE = 0.75, 0.42
LEAST_TALL, MOSTLY = 0.4, 0.8
"""Boxes are made no lower than this share of their height; a word that begins a line is so high against the usual."""
DIGIT, SIGN, MARK, LOWER, OTHER = 1, 2, 4, 8, 16
"""What the characters of a word are: bits, as in :attr:`Strips.kinds`."""
YEAR_WORDS = 3
"""The headings of years are of so many words at most, on average."""
LONG_WORDS = 5
"""A stretch of fewer words may be a cell, whatever the words are."""
KNOWN = 0x2300
LEADERS = re.compile(r"(?:\.{4,}|(?:\.\s){3,}\.|\u2026{2,}|_{4,})\s*")
"""A row of dots after a label, and the blank behind it."""


def _classes() -> npt.NDArray[np.uint8]:
    """The class of each character below ``KNOWN``; blanks are of none."""
    table = np.full(KNOWN + 1, OTHER, dtype=np.uint8)
    for code in range(KNOWN):
        char = chr(code)
        if char.isspace():
            table[code] = 0
        elif char in "0123456789":
            table[code] = DIGIT
        elif char in MINUS:
            table[code] = SIGN
        elif char in "+().,%*" or char in RAISED:
            table[code] = MARK
        elif char.islower():
            table[code] = LOWER
    return table


CLASSES = _classes()


@dataclass(frozen=True, slots=True)
class Strips:
    """The upright words of a page, and its segments from the top down and from left to right.

    ``spans`` (n, 2) and ``boxes`` (n, 4) are of the words; ``firsts`` (m + 1,) tells the first word of each segment,
    ``lines`` (k + 1,) the first segment of each printed line; both end with the whole number. Of the segments,
    ``kinds`` (m,) tells what their characters are, ``prosy`` (m,) which are stretches of several words, most of them
    small ones, and ``dated`` (m,) which may be years a blank apart; ``heights`` (k,) are the medians of each line's
    words. ``promising``: the numbers of the lines that may be of a table. ``has_lone_signs``: whether a segment is a
    single dash. ``may_have_columns``: False where it is known that the page has none.
    """

    spans: Ints
    boxes: Floats
    firsts: Ints
    lines: Ints
    kinds: npt.NDArray[np.uint8]
    prosy: Bools
    dated: Bools
    heights: Floats
    promising: list[int]
    has_lone_signs: bool
    may_have_columns: bool = True


def page_strips(page: Page, text: str) -> Strips | None:
    """The segments of a page; None where it has no words that run from left to right."""
    places, corners = page.spans, page.boxes
    if np.count_nonzero(places[:, 3]):
        upright = places[:, 3] == 0
        places, corners = places[upright], corners[upright]
    if not len(places):
        return None
    printed = text[page.start : page.end]
    spans, boxes = places.astype(np.intp), corners.astype(np.float64).round(2)
    if "...." in printed:
        spans, boxes = unglued(spans, boxes, printed, page.start)
    spans, boxes, heights = _relined(spans, boxes)
    starts, numbers = spans[:, 0] - page.start, spans[:, 2]
    marks, small = _marks(printed, starts)
    begins = np.ones(len(spans), dtype=bool)
    begins[1:] = numbers[1:] != numbers[:-1]
    line_firsts = begins.nonzero()[0]
    ends = _with(line_firsts, len(spans))
    counts = ends[1:] - line_firsts
    middle, upper = _middles(heights, numbers, line_firsts, counts)
    begins |= _parted(text, spans, boxes, marks, upper.repeat(counts), numbers)
    upright = _upright(page)
    if len(upright):
        _, levels = _middles((boxes[:, 1] + boxes[:, 3]) / 2, numbers, line_firsts, counts)
        begins |= _walled(upright, boxes, levels.repeat(counts))
    if "..." in printed or ". . ." in printed:
        begins |= _led(printed, starts)
    firsts = begins.nonzero()[0]
    lines = _with(firsts.searchsorted(line_firsts), len(firsts))
    ends = _with(firsts, len(spans))
    words = ends[1:] - firsts
    prosy: Bools = words >= LONG_WORDS
    if np.count_nonzero(prosy):
        prosy &= 2 * np.add.reduceat(small, firsts, dtype=np.intp) > words
    with_digits = np.add.reduceat((marks & DIGIT) > 0, firsts, dtype=np.intp)
    dated: Bools = (with_digits > 1) & (words <= YEAR_WORDS * with_digits)
    spans, kinds = spans[:, :2], np.bitwise_or.reduceat(marks, firsts)
    rows = _promising(kinds, prosy, dated, lines)
    return Strips(spans, boxes, ends, lines, kinds, prosy, dated, middle, rows, _has_lone_signs(spans, ends, kinds))


def _promising(kinds: npt.NDArray[np.uint8], prosy: Bools, dated: Bools, lines: Ints) -> list[int]:
    """The lines that may be of a table: with figures alone, years, or stretches that are not all prose."""
    starts = lines[:-1]
    figures = (kinds & (LOWER | OTHER | DIGIT)) == DIGIT
    told = np.logical_or.reduceat(figures, starts)
    plain = np.logical_or.reduceat(~prosy, starts)
    told |= np.logical_or.reduceat(dated, starts)
    found: list[int] = (told | (plain & (lines[1:] > starts + 1))).nonzero()[0].tolist()
    return found


def _has_lone_signs(spans: Ints, firsts: Ints, kinds: npt.NDArray[np.uint8]) -> bool:
    signs = (kinds == SIGN).nonzero()[0]
    if not len(signs):
        return False
    starts = firsts[signs]
    length = spans[starts, 1] - spans[starts, 0]
    return bool(np.count_nonzero((firsts[signs + 1] == starts + 1) & (length == 1)))


def _with(numbers: Ints, last: int) -> Ints:
    """The numbers and one more."""
    longer = np.empty(len(numbers) + 1, dtype=np.intp)
    longer[:-1], longer[-1] = numbers, last
    return longer


def middle_of(values: Floats) -> float:
    """The median, as :func:`numpy.median`, which takes longer to begin than a page to sort."""
    ordered = values.copy()
    ordered.sort()
    return float((ordered[(len(values) - 1) // 2] + ordered[len(values) // 2]) / 2)


def _relined(spans: Ints, boxes: Floats) -> tuple[Ints, Floats, Floats]:
    """Boxes no taller than their letters are likely to be, and their heights; lines that were one only for their tall
    boxes are apart.

    Some fonts claim twice the height of their letters. Raised figures stay in their lines.
    """
    heights = boxes[:, 3] - boxes[:, 1]
    length = spans[:, 1] - spans[:, 0]
    usual = LETTER * middle_of((boxes[:, 2] - boxes[:, 0]) / (length * np.maximum(heights, 1e-6)))
    if usual >= TALL:
        return spans, boxes, heights
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    half = heights * max(usual, LEAST_TALL) / 2
    boxes = np.stack([boxes[:, 0], middles - half, boxes[:, 2], middles + half], axis=1).round(2)
    lines = spans[:, 2]
    order = np.lexsort((middles, lines))
    parted = np.diff(middles[order], prepend=middles[order[0]]) > SAME_LINE * 2 * half[order]
    parted &= half[order] > MOSTLY * np.median(half)
    parted |= np.diff(lines[order], prepend=lines[order[0]]) != 0
    renumbered = np.empty_like(lines)
    renumbered[order] = np.cumsum(parted)
    order = np.lexsort((boxes[:, 0], renumbered))
    spans = np.column_stack([spans[:, :2], renumbered, spans[:, 3]])
    boxes = boxes[order]
    return spans[order], boxes, boxes[:, 3] - boxes[:, 1]


def _marks(text: str, starts: Ints) -> tuple[npt.NDArray[np.uint8], Bools]:
    """The classes of each word's characters, together, and whether it begins with a small letter."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    classes = CLASSES.take(codes, mode="clip")
    if not np.count_nonzero(starts[1:] <= starts[:-1]):
        return np.bitwise_or.reduceat(classes, starts), classes.take(starts) == LOWER
    order = np.argsort(starts, kind="stable")
    marks = np.empty(len(starts), dtype=np.uint8)
    marks[order] = np.bitwise_or.reduceat(classes, starts[order])
    return marks, classes[starts] == LOWER


def _middles(values: Floats, lines: Ints, firsts: Ints, counts: Ints) -> tuple[Floats, Floats]:
    """Of each line, the median of what its words have, and the upper one of two in the middle."""
    highest = np.maximum.reduceat(values, firsts)
    if not np.count_nonzero(highest != np.minimum.reduceat(values, firsts)):
        return highest, highest  # the words of most lines are of one size, and level
    ordered = values.take(np.lexsort((values, lines)))
    upper = ordered[firsts + counts // 2]
    return (ordered[firsts + (counts - 1) // 2] + upper) / 2, upper


def _parted(text: str, spans: Ints, boxes: Floats, marks: npt.NDArray[np.uint8], heights: Floats, lines: Ints) -> Bools:
    """Whether each word lies so far from the one before it that it is in another cell.

    Groups of digits that may be one figure are no further apart than the words of their line are.
    """
    figure = (marks & (LOWER | OTHER | DIGIT)) == DIGIT
    signs = marks == SIGN
    if np.count_nonzero(signs):
        figure |= signs & (spans[:, 1] - spans[:, 0] == 1)
    count = figure.astype(np.intp)
    count[1:] += figure[:-1]
    count[0] = 0
    gaps = np.zeros(len(spans))
    gaps[1:] = (boxes[1:, 0] - boxes[:-1, 2]) / np.maximum(heights[1:], 1e-6)
    wide: Bools = gaps > _GAPS.take(count)
    doubtful = ((count == 2) & ~wide & (gaps > GROUP_GAP)).nonzero()[0].tolist()
    blanks = _blanks(gaps, marks, lines, lines[doubtful]) if doubtful else {}
    for n in doubtful:
        before, after = (text[spans[m, 0] : spans[m, 1]] for m in (n - 1, n))
        apart = gaps[n] > BLANK * blanks.get(int(lines[n]), 0.0)
        wide[n] = bool(apart and _GROUPS.fullmatch(before) and _THREE.fullmatch(after))
    return wide


def _blanks(gaps: Floats, marks: npt.NDArray[np.uint8], lines: Ints, asked: Ints) -> dict[int, float]:
    """The narrowest gap between two words of letters in each of the lines ``asked``; where there are none, the usual
    one of the others."""
    letters = (marks & (LOWER | OTHER) > 0) & (marks & DIGIT == 0)
    pairs = np.zeros(len(gaps), dtype=bool)
    pairs[1:] = letters[1:] & letters[:-1] & (lines[1:] == lines[:-1]) & (gaps[1:] > 0)
    numbers, rank = np.unique(lines, return_inverse=True)
    narrowest = np.full(len(numbers), np.inf)
    np.minimum.at(narrowest, rank[pairs], gaps[pairs])
    places = numbers.searchsorted(np.unique(asked))
    found = narrowest[places]
    known = found[found < np.inf]
    found[found == np.inf] = middle_of(known) if len(known) else 0.0
    return dict(zip(numbers[places].tolist(), found.tolist(), strict=True))


def _led(text: str, starts: Ints) -> Bools:
    """Whether a row of dots leads the eye to each word."""
    led: Bools = np.isin(starts, np.array([match.end() for match in LEADERS.finditer(text)], dtype=np.intp))
    return led


def _upright(page: Page) -> Floats:
    """The upright rulings of a page from left to right."""
    rulings = page.ruling_boxes
    if not len(rulings):
        return rulings.astype(np.float64)
    upright = rulings[rulings[:, 2] - rulings[:, 0] < rulings[:, 3] - rulings[:, 1]].astype(np.float64)
    if len(upright) < 2:
        return upright
    ordered: Floats = upright[np.argsort((upright[:, 0] + upright[:, 2]) / 2)]
    return ordered


def _walled(upright: Floats, boxes: Floats, middles: Floats) -> Bools:
    """Whether an upright ruling stands between each word and the one before it."""
    walled = np.zeros(len(boxes), dtype=bool)
    places = (upright[:, 0] + upright[:, 2]) / 2
    low = np.searchsorted(places, boxes[:-1, 2] - 1, side="left")
    high = np.searchsorted(places, boxes[1:, 0] + 1, side="right")
    for n in (high > low).nonzero()[0].tolist():
        near = upright[low[n] : high[n]]
        walled[n + 1] = bool(((near[:, 1] <= middles[n + 1]) & (middles[n + 1] <= near[:, 3])).any())
    return walled
