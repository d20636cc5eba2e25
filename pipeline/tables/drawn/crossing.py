"""Words printed across a rule: headings wider than their column, and figures that run into those of the next one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.tables.content.cells import MINUS
from pipeline.tables.content.headings import is_year_heading
from pipeline.tables.layout.cellwords import Floats, Ints, Tracks, Words, is_figure

INSIDE = 1.5
"""A word is printed across a rule when it reaches further than so many points past it on both sides."""
NEAR = 8.0
"""Points between the edge of a cell and what stands at it."""
_CUT = re.compile(rf"(?<=\d)(?=[{MINUS}+($€£]\d|[A-ZÆØÅ]\w)")
_FIGURES = re.compile(rf"[{MINUS}+()/\d.,%*]*\d[{MINUS}+()/\d.,%*]*")


def crossing(words: Words, tracks: Tracks) -> Ints:
    """The numbers of the words that a rule between two cells of the table passes through."""
    boxes = np.array(words.boxes, dtype=np.float64).reshape(-1, 4)
    xs, ys = np.array(tracks.xs), np.array(tracks.ys)
    left, right = xs.searchsorted(boxes[:, 0] + INSIDE), xs.searchsorted(boxes[:, 2] - INSIDE)
    rows, columns = tracks.owner.shape
    wide: Ints = ((left < right) & (left > 0) & (right <= columns)).nonzero()[0]
    if not len(wide):
        return wide
    row = ys.searchsorted((boxes[:, 1] + boxes[:, 3]) / 2) - 1
    found = wide[(row[wide] >= 0) & (row[wide] < rows)]
    apart = tracks.owner[row[found], left[found] - 1] != tracks.owner[row[found], right[found] - 1]
    across: Ints = found[apart]
    return across


def cut_at_rules(words: Words, tables: Sequence[Tracks]) -> Words:
    """Words printed without a gap, "-64 448-142 607" or "Budget 2026Budget 2027", cut where they touch at a rule."""
    for tracks in tables:
        for number in reversed(crossing(words, tracks).tolist()):
            x0, top, x1, bottom = words.boxes[number]
            text = words.texts[number]
            start, end = words.spans[number]
            wide = (x1 - x0) / max(len(text), 1)
            cuts = [match.start() for match in _CUT.finditer(text)] if end - start == len(text) else []
            near = [cut for cut in cuts if any(abs(x0 + cut * wide - x) < wide for x in tracks.xs)] or cuts
            if len(near) != 1:
                continue
            [cut] = near
            x = x0 + cut * wide
            words = replace(
                words,
                texts=[*words.texts[:number], text[:cut], text[cut:], *words.texts[number + 1 :]],
                spans=[*words.spans[:number], (start, start + cut), (start + cut, end), *words.spans[number + 1 :]],
                boxes=[*words.boxes[:number], (x0, top, x, bottom), (x, top, x1, bottom), *words.boxes[number + 1 :]],
                lines=[*words.lines[: number + 1], *words.lines[number:]],
                segments=[*words.segments[: number + 1], *(n + 1 for n in words.segments[number:])],
            )
    return words


def whole_segments(words: Words, tracks: Tracks, centres: Floats) -> tuple[Floats, set[int]]:
    """The centres, a heading's or figure's words all at its own, and the figures that belong to no one cell.

    A text that runs on into the next cell stands in the one at whose edge it begins, or ends.
    """
    moved, torn = centres.copy(), set()
    segments: Ints = np.array(words.segments, dtype=np.intp)
    across = set(crossing(words, tracks).tolist())
    columns = np.searchsorted(tracks.xs, centres[:, 0], "right")
    parted = np.flatnonzero((np.diff(segments) == 0) & (np.diff(columns) != 0)).tolist()
    for number in sorted(across.union(parted)):
        first, last = np.searchsorted(segments, [segments[number], segments[number] + 1]).tolist()
        text = " ".join(words.texts[first:last])
        if is_year_heading(text) or (number in across and is_figure(text)):
            moved[first:last, 0] = (words.boxes[first][0] + words.boxes[last - 1][2]) / 2
        elif number in across and _FIGURES.fullmatch(words.texts[number]):
            torn.add(number)
        elif number in across and not any(map(is_figure, (words.texts[first], words.texts[last - 1]))):
            home = _home(words.boxes[first][0], words.boxes[last - 1][2], tracks.xs)
            moved[first:last, 0] = moved[first:last, 0] if home is None else home
    return moved, torn


def _home(x0: float, x1: float, xs: Sequence[float]) -> float | None:
    """The middle of the column at whose left edge a text begins, or at whose right one it ends; None for neither."""
    first, last = bisect_right(xs, x0 + INSIDE) - 1, bisect_left(xs, x1 - INSIDE)
    if first < 0 or last >= len(xs):
        return None
    left, right = x0 - xs[first], xs[last] - x1
    if min(left, right) > NEAR or abs(left - right) < INSIDE:
        return None
    return (xs[first] + xs[first + 1]) / 2 if left < right else (xs[last - 1] + xs[last]) / 2
