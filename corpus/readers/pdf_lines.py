"""From words to printed lines. Arrays do what holds for every word; only lines with something special are walked."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.normalise import normalise
from corpus.readers.pdf_bulk import places_of
from corpus.readers.pdf_chars import Bools, Floats
from corpus.readers.pdf_words import NOTE, Words

SAME_LINE = 0.42
"""Words stand on one line when their centres differ by less than this share of the smaller height."""
TOUCHING = 0.1
"""Words drawn apart in the file are one printed word when the gap is under this share of their height."""
RAISED, MOST_RAISED = 0.8, 6
"""A raised or lowered figure is smaller than this share of the word beside it; a line holds a few of them at most."""
OVERLAP, BESIDE = 0.4, 0.3
"""It shares more than this share of its own height with that word, and stands nearer than this share of the word's."""

Places = npt.NDArray[np.intp]


class Lines(NamedTuple):
    """Words from the top down, each line from left to right; ``numbers`` (n,) counts the line of each from 0."""

    words: Words
    numbers: Places

    @property
    def firsts(self) -> Places:
        """Where each line begins among the words."""
        return places_of(np.concatenate([[True], self.numbers[1:] != self.numbers[:-1]]))


def in_lines(words: Words) -> Lines:
    """The words with nearly the same centre on one line; pieces that touch are one word, shadows are left out."""
    upright = words.upright
    centre = (upright[:, 1] + upright[:, 3]) / 2
    order = np.argsort(centre, kind="stable")
    starts = _line_starts(centre[order], (upright[:, 3] - upright[:, 1])[order])
    numbers = np.cumsum(starts) - 1
    homes, raised = _homes(upright[order], places_of(starts))
    if raised.any():
        raised, numbers = raised[numbers], homes[numbers]
        inner = np.lexsort((raised, upright[order, 0], numbers))
    else:
        inner = np.lexsort((upright[order, 0], numbers))
    return _settled(words, order[inner], numbers[inner])


def _line_starts(centre: Floats, height: Floats) -> Bools:
    """True at each word, by centre from the top down, that begins a line.

    A word joins the line when its centre is near that of the line's highest word. Gaps that no word spans are found
    at once, and so are stretches whose outermost words are near enough; what is left is walked.
    """
    starts = np.ones(len(centre), dtype=np.bool_)
    starts[1:] = centre[1:] - centre[:-1] >= SAME_LINE * height[1:]
    firsts = places_of(starts)
    lasts = np.concatenate([firsts[1:], [len(centre)]]) - 1
    doubtful = centre[lasts] - centre[firsts] >= SAME_LINE * np.minimum.reduceat(height, firsts)
    for first, last in zip(firsts[doubtful].tolist(), lasts[doubtful].tolist(), strict=True):
        centres, heights = centre[first : last + 1].tolist(), height[first : last + 1].tolist()
        anchor, size = centres[0], heights[0]
        for i, (here, high) in enumerate(zip(centres, heights, strict=True)):
            begins = i == 0 or here - anchor >= SAME_LINE * min(high, size)
            starts[first + i] = begins
            if begins or high > size:
                anchor, size = here, high
    return starts


def _homes(upright: Floats, firsts: Places) -> tuple[Places, Bools]:
    """For each line the number of the one it belongs to, and whether it is raised or lowered figures (10th, m2) only.

    Such a line is put back into the line it hangs on.
    """
    height = upright[:, 3] - upright[:, 1]
    lines = _Extents(
        np.diff(np.concatenate([firsts, [len(upright)]])),
        np.maximum.reduceat(height, firsts),
        np.minimum.reduceat(upright[:, 1], firsts),
        np.maximum.reduceat(upright[:, 3], firsts),
    )
    homes, raised = np.arange(len(firsts)), np.zeros(len(firsts), dtype=np.bool_)
    if lines.height.min() >= RAISED * lines.height.max() or not any(_may_hang(lines, step) for step in (1, -1, -2)):
        return homes, raised
    boxes = upright.tolist()
    ends = np.concatenate([firsts, [len(upright)]]).tolist()
    groups = _with_raised([_Line([i], boxes[ends[i] : ends[i + 1]]) for i in range(len(firsts))])
    for number, group in enumerate(groups):
        homes[group.members] = number
        raised[group.members[1:]] = True
    return homes, raised


class _Extents(NamedTuple):
    """For each line: how many words, the height of its highest word, its top and bottom."""

    words: Places
    height: Floats
    top: Floats
    bottom: Floats


def _may_hang(lines: _Extents, step: int) -> bool:
    """False when no line can hang on the one ``step`` lines further on: it is too full, too high or too far off."""
    near = slice(max(-step, 0), min(-step, 0) or None)
    far = slice(max(step, 0), min(step, 0) or None)
    fits = (lines.words[near] <= MOST_RAISED) & (lines.height[near] < RAISED * lines.height[far])
    shared = np.minimum(lines.bottom[near], lines.bottom[far]) - np.maximum(lines.top[near], lines.top[far])
    return bool((fits & (shared > 0)).any())


Box = list[float]


class _Line:
    """A line while lines are put together: which of the first lines are in it, its words' boxes, and their extent."""

    __slots__ = ("bottom", "boxes", "height", "members", "top")

    def __init__(self, members: list[int], boxes: list[Box]) -> None:
        self.members, self.boxes = members, boxes
        self.height = max(bottom - top for _, top, _, bottom in boxes)
        self.top = min(box[1] for box in boxes)
        self.bottom = max(box[3] for box in boxes)

    def with_raised(self, other: _Line) -> _Line:
        return _Line(self.members + other.members, self.boxes + other.boxes)


def _with_raised(lines: list[_Line]) -> list[_Line]:
    kept: list[_Line] = []
    waiting: _Line | None = None
    for line in lines:
        if waiting and _hangs_on(waiting, line):
            line, waiting = line.with_raised(waiting), None
        elif kept and _hangs_on(line, kept[-1]):
            kept[-1] = kept[-1].with_raised(line)
            continue
        elif waiting:
            kept.append(waiting)
            waiting = None
        if len(line.boxes) <= MOST_RAISED:
            waiting = line
        else:
            kept.append(line)
    return [*kept, waiting] if waiting else kept


def _hangs_on(small: _Line, line: _Line) -> bool:
    """Every word of ``small`` is smaller than a word of ``line`` beside which it stands, and overlaps it in height."""
    if len(small.boxes) > MOST_RAISED or small.height >= RAISED * line.height:
        return False
    if small.top >= line.bottom or line.top >= small.bottom:
        return False
    return all(any(_beside(box, other) for other in line.boxes) for box in small.boxes)


def _beside(box: Box, other: Box) -> bool:
    height, other_height = box[3] - box[1], other[3] - other[1]
    overlap = min(box[3], other[3]) - max(box[1], other[1])
    gap = max(box[0] - other[2], other[0] - box[2])
    return height < RAISED * other_height and overlap > OVERLAP * height and gap < BESIDE * other_height


def _settled(words: Words, order: Places, numbers: Places) -> Lines:
    """Lines with touching pieces made one word, and words drawn twice in one place (shadows) kept once."""
    x0, x1 = words.upright[order, 0], words.upright[order, 2]
    height = (words.upright[:, 3] - words.upright[:, 1])[order]
    slack = TOUCHING * np.minimum(height[1:], height[:-1])
    next_in_file = words.parted[order[1:]] & (order[1:] == order[:-1] + 1)
    near = (np.abs(x0[1:] - x1[:-1]) < slack) & ~next_in_file
    near |= (np.abs(x0[1:] - x0[:-1]) < slack) & (np.abs(x1[1:] - x1[:-1]) < slack)
    near &= numbers[1:] == numbers[:-1]
    if not near.any():
        return Lines(words.take(order), numbers)
    special = set(numbers[1:][near].tolist())
    pieces = zip(order.tolist(), numbers.tolist(), strict=True)
    kept: list[tuple[int, int]] = []
    changed = Words(list(words.texts), words.upright.copy(), words.boxes.copy(), words.parted)
    for number, line in groupby(pieces, key=lambda piece: piece[1]):
        places = [place for place, _ in line]
        kept += [(place, number) for place in (_joined(changed, places) if number in special else places)]
    settled = np.array(kept, dtype=np.intp)
    return Lines(changed.take(settled[:, 0]), settled[:, 1])


def _joined(words: Words, places: list[int]) -> list[int]:
    """The words of a line that stay, each with what touches it; ``words`` are changed in place."""
    kept = places[:1]
    latest = places[0]
    for place in places[1:]:
        last = kept[-1]
        box, other = words.upright[last].tolist(), words.upright[place].tolist()
        slack = TOUCHING * min(box[3] - box[1], other[3] - other[1])
        starts_alike, ends_alike = abs(other[0] - box[0]) < slack, abs(other[2] - box[2]) < slack
        if starts_alike and ends_alike and words.texts[place] == words.texts[last]:
            continue
        parted = words.parted[place] and place == latest + 1
        if abs(other[0] - box[2]) < slack and not parted and not _is_note(words, last, place):
            _join(words, last, place)
        else:
            kept.append(place)
        latest = place
    return kept


def _join(words: Words, last: int, place: int) -> None:
    words.texts[last] = normalise(words.texts[last] + words.texts[place])
    for boxes in (words.upright, words.boxes):
        boxes[last, :2] = np.minimum(boxes[last, :2], boxes[place, :2])
        boxes[last, 2:] = np.maximum(boxes[last, 2:], boxes[place, 2:])


def _is_note(words: Words, last: int, place: int) -> bool:
    """A figure in another size right after a figure."""
    sizes = sorted(bottom - top for _, top, _, bottom in words.upright[[last, place]].tolist())
    figures = words.texts[last][-1].isdigit() and words.texts[place][0].isdigit()
    return figures and sizes[0] < NOTE * sizes[1]
