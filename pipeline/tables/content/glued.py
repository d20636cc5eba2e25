"""Figures right behind the dots that lead to them, with no blank between: "Leje........-120" is a name and a figure.

So is the dash of a blank one: "Leje........–".
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from pipeline.tables.content.cells import MINUS

_GLUED = re.compile(rf"(?<!\.)\.{{4,}}+(?=[{MINUS}+(]*\d|[{MINUS}](?!\S))")
_NARROW, _WIDE = 0.5, 1.0
"""How wide points and signs are on average, and letters and digits, against each other."""

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]


def unglued(spans: Ints, boxes: Floats, text: str, start: int) -> tuple[Ints, Floats]:
    """The words of a page, each that is dots and a figure parted before the figure.

    ``spans`` (n, 4) begin with each word's first and last place in the document, ``boxes`` (n, 4) are in points;
    ``text`` is that of the page, which begins at ``start``. Where a figure begins is told by its share of the word.
    """
    ends = [match.end() + start for match in _GLUED.finditer(text)]
    cuts = {int(n): end for end in ends for n in ((spans[:, 0] < end) & (end < spans[:, 1])).nonzero()[0][:1]}
    if not cuts:
        return spans, boxes
    numbers = np.arange(len(spans)).repeat([1 + (n in cuts) for n in range(len(spans))])
    spans, boxes = spans[numbers], boxes[numbers]
    for n, (word, end) in enumerate(sorted(cuts.items())):
        first = word + n
        place = _place(text, int(spans[first, 0]) - start, end - start, int(spans[first, 1]) - start, boxes[first])
        spans[first, 1] = spans[first + 1, 0] = end
        boxes[first, 2] = boxes[first + 1, 0] = place
    return spans, boxes


def _place(text: str, first: int, cut: int, last: int, box: Floats) -> float:
    """Where across the page a word is cut before its character number ``cut``."""
    figure, whole = _width(text[cut:last]), _width(text[first:last])
    return round(float(box[2] - (box[2] - box[0]) * figure / whole), 2)


def _width(printed: str) -> float:
    return sum(_WIDE if char.isalnum() else _NARROW for char in printed)
