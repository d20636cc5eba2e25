"""Labels in the boxes of a printed form: the value stands in the cell beside or below, however it is wrapped."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np
import numpy.typing as npt

from corpus.reading import Page, Reading
from pipeline.headings import TextLine, fold
from pipeline.proposals.labels import Hit, label_length, label_words, labels, paired, read_number

NEAR = 2.0
"""Drawn lines this close, in points, are one."""
LONGEST_BOX = 150.0
MOST_VALUE_LINES = 5
WIDEST_GAP = 2.0
"""So many line heights below the line above, a line belongs to another row."""

ASKEW = 3.0
"""A value may begin so many points beside its label."""

WIDE = 0.7
"""A value stands so many line heights behind its label."""

Spans = npt.NDArray[np.int32]
Boxes = npt.NDArray[np.float32]
Box = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Band:
    """A row between two drawn lines: the texts of its cells, empty ones too, and the end of its last word."""

    cells: list[str]
    bottom: float
    end: int


def boxed_hits(reading: Reading, lines: Sequence[TextLine], hits: Mapping[int, Sequence[Hit]]) -> dict[int, list[Hit]]:
    """The labels of the lines that stand in a form's boxes or columns, with the whole value of each, by line."""
    found: dict[int, list[Hit]] = {}
    starts = [page.start for page in reading.pages]
    for index, line in enumerate(lines) if starts else ():
        if index not in hits and not label_length(line.plain):
            continue
        names = label_words(line.plain)
        page = reading.pages[max(bisect_right(starts, line.start) - 1, 0)]
        if page.has_words:
            sheet = _Sheet(reading.text, page, lines)
            boxed = _ruled(sheet, index) or (_in_columns(sheet, index, names) if len(names) > 1 else [])
            if boxed:
                found[index] = boxed
    return found


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page with the text that its words are of."""

    text: str
    page: Page
    lines: Sequence[TextLine]

    def words(self, line: TextLine) -> tuple[Spans, Boxes]:
        """The words of a printed line."""
        spans = self.page.spans
        first, last = np.searchsorted(spans[:, 0], (line.start, line.end))
        return spans[first:last], self.page.boxes[first:last]

    def line_at(self, position: int) -> int:
        """The index of the line that holds a character."""
        return max(bisect_right(self.lines, position, key=lambda line: line.start) - 1, 0)

    def joined(self, chosen: Spans) -> str:
        """Words as a text, a word that is broken at a line's end made whole."""
        rows: dict[int, list[str]] = {}
        for start, end, line, _ in chosen.tolist():
            rows.setdefault(line, []).append(self.text[start:end])
        return " ".join(" ".join(words) for words in rows.values())


# --- drawn boxes ----------------------------------------------------------------------------------------------


def _ruled(sheet: _Sheet, index: int) -> list[Hit]:
    """The labels of a line in drawn cells: a value beside each, or a row of labels over one row of values."""
    _, boxes = sheet.words(sheet.lines[index])
    if not len(boxes):
        return []
    middle = float(boxes[0, 1] + boxes[0, 3]) / 2
    xs = _uprights(sheet.page, middle) or _gap(sheet, index, boxes)
    band = _band(sheet, xs, middle, boxes[0]) if xs else None
    if band is None:
        return []
    filled = [n for n, cell in enumerate(band.cells) if cell]
    if len(filled) > 1 and all(_is_label(band.cells[n]) for n in filled):
        below = _band(sheet, xs, band.bottom + NEAR, boxes[0])
        if below is None or _is_list(sheet, xs, below, boxes[0]):
            return []
        pairs = [(band.cells[n], below.cells[n]) for n in filled]
        return _headed(pairs, index, sheet.line_at(below.end))
    pairs = [
        (label, value)
        for label, value in zip(band.cells, band.cells[1:], strict=False)
        if _is_label(label) and value and not _is_label(value)
    ]
    return [_whole(hit) for hit in paired(pairs, index)]


def _is_label(cell: str) -> bool:
    return fold(cell) in labels()


def _whole(hit: Hit) -> Hit:
    return replace(hit, whole=True)


def _headed(pairs: Sequence[tuple[str, str]], index: int, last: int) -> list[Hit]:
    """The values under a row of labels. The head begins at the labels, and ends with the last line of the values."""
    values = [_whole(hit) for hit in paired(pairs, last) if hit.value]
    if len(values) < 2:
        return []
    name = "row:" + "/".join(fold(label) for label, _ in pairs)
    return [Hit("other", name, 99, "", index), *values]


def _is_list(sheet: _Sheet, xs: Sequence[float], above: _Band, word: Box) -> bool:
    """Whether more rows of values follow: the form of one proposal goes on with labels, or ends."""
    y = above.bottom + NEAR
    following = _band(sheet, xs, y, word) if _uprights(sheet.page, y + NEAR) else None
    first = next((cell for cell in following.cells if cell), "") if following else ""
    return bool(first) and not _is_label(first)


def _gap(sheet: _Sheet, index: int, boxes: Boxes) -> list[float]:
    """Where the value begins in a row between level lines only: a wide gap behind the label, or far behind it alone."""
    count = label_length(sheet.lines[index].plain)
    if not 0 < count <= len(boxes):
        return []
    end = float(boxes[count - 1, 2])
    begin = float(boxes[count, 0]) if count < len(boxes) else inf
    return [end + NEAR] if begin - end > WIDE * float(boxes[0, 3] - boxes[0, 1]) else []


def _drawn(page: Page) -> Boxes:
    """Drawn lines, and the edges of filled rectangles; a thin one is a line."""
    fills = page.fill_boxes
    edges = [fills.copy() for _ in range(4)]
    for edge, (side, other) in zip(edges, ((0, 2), (2, 0), (1, 3), (3, 1)), strict=True):
        edge[:, other] = edge[:, side]
    return np.concatenate([page.ruling_boxes, *edges])


def _uprights(page: Page, y: float) -> list[float]:
    """Where upright lines cross a height of the page, from the left."""
    drawn = _drawn(page)
    upright = (drawn[:, 2] - drawn[:, 0] < NEAR) & (drawn[:, 3] - drawn[:, 1] > NEAR)
    crossing = upright & (drawn[:, 1] - NEAR <= y) & (y <= drawn[:, 3] + NEAR)
    xs: list[float] = []
    for x in sorted(drawn[crossing, 0].tolist()):
        if not xs or x - xs[-1] > NEAR:
            xs.append(x)
    return xs


def _band(sheet: _Sheet, xs: Sequence[float], y: float, word: Box) -> _Band | None:
    """The row of cells at a height, between the drawn lines above and below it that pass a word."""
    drawn = _drawn(sheet.page)
    level = (drawn[:, 3] - drawn[:, 1] < NEAR) & (drawn[:, 2] - drawn[:, 0] > NEAR)
    passing = drawn[level & (drawn[:, 0] <= word[2]) & (drawn[:, 2] >= word[0]), 1]
    top = passing[passing <= y].max(initial=-np.inf)
    bottom = passing[passing > y].min(initial=np.inf)
    if not bottom - top <= LONGEST_BOX:
        return None
    boxes, spans = sheet.page.boxes, sheet.page.spans
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    inside = (top <= middles) & (middles <= bottom)
    if not inside.any():
        return None
    columns = np.searchsorted(np.asarray(xs), (boxes[inside, 0] + boxes[inside, 2]) / 2)
    cells = [sheet.joined(spans[inside][columns == n]) for n in range(len(xs) + 1)]
    return _Band(cells, float(bottom), int(spans[inside, 0].max()))


# --- columns --------------------------------------------------------------------------------------------------


def _in_columns(sheet: _Sheet, index: int, names: Sequence[int]) -> list[Hit]:
    """A row of labels over the values of one proposal, each value beginning where its label does."""
    _, boxes = sheet.words(sheet.lines[index])
    if len(boxes) < len(sheet.lines[index].plain.split()):
        return []
    columns = boxes[list(names), 0]
    words = sheet.lines[index].plain.split()
    heads = [" ".join(words[at:stop]) for at, stop in zip(names, [*names[1:], len(words)], strict=True)]
    number = next((n for n, head in enumerate(heads) if labels()[fold(head)][0][0] == "number"), None)
    bottom, values = float(boxes[:, 3].max()), list[list[Spans]]([[] for _ in heads])
    at = index
    while number is not None and at - index <= MOST_VALUE_LINES and at + 1 < len(sheet.lines):
        spans, boxes = sheet.words(sheet.lines[at + 1])
        placed = _placed(boxes, columns)
        if placed is None or label_words(sheet.lines[at + 1].plain):
            break
        if values[number] and (placed == number).any():
            return []
        if float(boxes[:, 1].min()) - bottom > WIDEST_GAP * float(boxes[0, 3] - boxes[0, 1]):
            break
        for n in set(placed.tolist()):
            values[n].append(spans[placed == n])
        bottom, at = float(boxes[:, 3].max()), at + 1
    texts = [sheet.joined(np.concatenate(pieces)) if pieces else "" for pieces in values]
    read = number is not None and read_number(texts[number]) is not None
    return _headed(list(zip(heads, texts, strict=True)), index, at) if read else []


def _placed(boxes: Boxes, columns: Boxes) -> npt.NDArray[np.intp] | None:
    """The column of each word; None where words do not begin at the columns, as those of a sentence do not."""
    if not len(boxes):
        return None
    placed = np.searchsorted(columns, boxes[:, 0] + ASKEW, side="right") - 1
    firsts = [boxes[placed == n, 0].min() - columns[n] for n in set(placed.tolist()) if n >= 0]
    if placed.min() < 0 or any(abs(first) > ASKEW for first in firsts):
        return None
    return placed
