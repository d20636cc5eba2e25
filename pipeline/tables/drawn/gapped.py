"""Tables whose cells are each ruled below, with gaps between the rules, where a word is longer than its cell.

Words that run into the next column leave no room between columns, and are printed over what stands there. The gaps say
where each column begins.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.model import Box
from corpus.reading import Page
from pipeline.tables.borderless.rules import level_rules
from pipeline.tables.layout.cellwords import Tracks, Words

FEWEST_RULED, FEWEST_CELLS = 4, 3
"""So many rows at least are ruled alike, in so many cells each."""
FEWEST_LONG = 2
"""So many rows have a word that is longer than its cell."""
WIDEST = 18.0
"""Gaps between the rules of neighbours are no wider, in points."""
CLOSE = 0.6
"""Lines of one heading are parted by less than this share of their height."""
INSIDE = 1.0

_Cells = tuple[tuple[float, float], ...]
"""The ends of the rules at one height, from the left."""


def gapped_cells(page: Page) -> list[Box]:
    """The cells of the one table of a page that is ruled so; nothing where every word fits into its cell."""
    rules = level_rules(page)
    if len(page.ruling_boxes) < FEWEST_RULED * FEWEST_CELLS or len(rules) < FEWEST_RULED * FEWEST_CELLS:
        return []
    levels: dict[float, list[tuple[float, float]]] = {}
    for height, left, right in rules:
        levels.setdefault(round(height, 1), []).append((round(left), round(right)))
    ruled = {height: tuple(sorted(ends)) for height, ends in levels.items()}
    usual, often = max(Counter(ruled.values()).items(), key=lambda item: (item[1], len(item[0])), default=((), 0))
    if often < FEWEST_RULED or len(usual) < FEWEST_CELLS or not _are_close(usual):
        return []
    rows = _with_sections(page, _rows(page, ruled, usual), usual)
    long = sum(cells == usual and _has_long(page, top, bottom, usual) for top, bottom, cells in rows)
    if long < FEWEST_LONG:
        return []
    return [box for top, bottom, cells in rows for box in _boxes(top, bottom, cells, usual)]


def _are_close(cells: _Cells) -> bool:
    return all(0 < right[0] - left[1] < WIDEST for left, right in pairwise(cells))


def _rows(page: Page, ruled: dict[float, _Cells], usual: _Cells) -> list[tuple[float, float, _Cells]]:
    """Top, bottom and cells of each row, from the headings down; a row may have one rule under all columns."""
    alike = [height for height, cells in ruled.items() if cells == usual]
    whole = ((usual[0][0], usual[-1][1]),)
    heights = [h for h in sorted(ruled) if min(alike) <= h <= max(alike) and ruled[h] in {usual, whole}]
    tops = [_top(page, heights[0], usual), *heights]
    return [(top, bottom, ruled[bottom]) for top, bottom in pairwise(tops)]


def _with_sections(
    page: Page, rows: Sequence[tuple[float, float, _Cells]], usual: _Cells
) -> list[tuple[float, float, _Cells]]:
    """The rows, with the name of a section that has no rule below it in a row of its own.

    It is told where the first line of most rows has something in several cells, and it stands alone on its line.
    """
    firsts = [_first_line(page, top, bottom) for top, bottom, _ in rows]
    filled = [len({bisect_right(_edges(usual), box[0] + INSIDE) for box in line}) for line in firsts]
    if 2 * sum(count >= FEWEST_CELLS for count in filled) <= len(rows):
        return list(rows)
    parted: list[tuple[float, float, _Cells]] = []
    for number, ((top, bottom, cells), line) in enumerate(zip(rows, firsts, strict=True)):
        foot = max((box[3] for box in line), default=bottom)
        below = [box[1] for box in page.boxes.tolist() if foot - INSIDE < box[1] and box[3] < bottom]
        if number and below and cells == usual and _is_section(line, usual):
            cut = (foot + min(below)) / 2
            parted.append((top, cut, ((usual[0][0], usual[-1][1]),)))
            top = cut
        parted.append((top, bottom, cells))
    return parted


def _first_line(page: Page, top: float, bottom: float) -> list[list[float]]:
    """The boxes of the uppermost words of a row, from the left."""
    inside = [box for box in page.boxes.tolist() if top < (box[1] + box[3]) / 2 < bottom]
    highest = min(inside, key=lambda box: box[1], default=None)
    level = [box for box in inside if highest is not None and box[1] < (highest[1] + highest[3]) / 2]
    return sorted(level)


def _is_section(line: Sequence[Sequence[float]], cells: _Cells) -> bool:
    """Whether the words of a line follow each other without a gap from the first cell on."""
    together = all(b[0] - a[2] < CLOSE * (a[3] - a[1]) for a, b in pairwise(line))
    return bool(line) and together and cells[0][0] <= line[0][0] < cells[0][1]


def _top(page: Page, below: float, cells: _Cells) -> float:
    """Where the headings begin above the first rule: their lines follow each other closely."""
    boxes = page.boxes.tolist()
    over = [box for box in boxes if box[3] <= below + INSIDE and box[0] < cells[-1][1] and cells[0][0] < box[2]]
    top = below
    for box in sorted(over, key=lambda box: -box[3]):
        if top - box[3] > CLOSE * (box[3] - box[1]):
            break
        top = min(top, box[1])
    return top - INSIDE if top < below else below


def _has_long(page: Page, top: float, bottom: float, cells: _Cells) -> bool:
    """Whether a word of a row begins in one cell and ends in another one."""
    edges = _edges(cells)
    inside = [box for box in page.boxes.tolist() if top < (box[1] + box[3]) / 2 < bottom]
    return any(
        edges[0] <= box[0] and bisect_right(edges, box[0] + INSIDE) < bisect_right(edges, box[2] - INSIDE)
        for box in inside
        if box[2] < edges[-1]
    )


def _edges(cells: _Cells) -> list[float]:
    """The places halfway between the rules, and the outer ends."""
    return [cells[0][0], *((a[1] + b[0]) / 2 for a, b in pairwise(cells)), cells[-1][1]]


def _boxes(top: float, bottom: float, cells: _Cells, usual: _Cells) -> Iterable[Box]:
    edges = _edges(usual) if cells == usual else [usual[0][0], usual[-1][1]]
    return [(left, top, right, bottom) for left, right in pairwise(edges)] if top < bottom else []


def cut_at_columns(words: Words, tracks: Tracks) -> Words:
    """The words of a page, with a stretch of a row cut where the next word begins in another column."""
    segments: list[int] = []
    more = 0
    for number, (x0, top, _, bottom) in enumerate(words.boxes):
        inside = tracks.ys[0] < (top + bottom) / 2 < tracks.ys[-1]
        goes_on = number > 0 and words.segments[number - 1] == words.segments[number]
        if inside and goes_on:
            more += _column(x0, tracks.xs) != _column(words.boxes[number - 1][0], tracks.xs)
        segments.append(words.segments[number] + more)
    return replace(words, segments=segments)


def _column(x0: float, xs: Sequence[float]) -> int:
    return bisect_right(xs, x0 + INSIDE)
