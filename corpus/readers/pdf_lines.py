"""From words to printed lines. Arrays do what holds for every word; only lines with something special are walked."""

from __future__ import annotations

from itertools import chain, groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.normalise import normalise
from corpus.readers.pdf_bulk import lasts_of, places_of, rows_of, some
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
    """Words page by page, from the top down, each line from left to right; ``numbers`` (n,) counts the line of each.

    ``firsts`` says where each line begins among the words.
    """

    words: Words
    numbers: Places
    firsts: Places

    @classmethod
    def of(cls, words: Words, numbers: Places) -> Lines:
        """The lines of words of which this is the line of each."""
        return cls(words, numbers, changes(numbers))

    def on_page(self, page: int) -> tuple[int, Lines]:
        """Where the words of this page begin, and its lines."""
        pages = self.words.pages
        if pages[0] == pages[-1]:
            return 0, self
        first, end = pages.searchsorted([page, page + 1]).tolist()
        return first, Lines.of(self.words.between(first, end), self.numbers[first:end] - self.numbers[first])


def changes(numbers: Places) -> Places:
    """Where another number begins."""
    fresh = np.empty(len(numbers), dtype=np.bool_)
    fresh[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=fresh[1:])
    return places_of(fresh)


def in_lines(words: Words) -> Lines:
    """The words with nearly the same centre on one line; pieces that touch are one word, shadows are left out."""
    centre = (words.upright[1] + words.upright[3]) / 2
    one_page = words.pages[0] == words.pages[-1]
    order = centre.argsort(kind="stable") if one_page else np.lexsort((centre, words.pages))
    upright, pages = words.upright.take(order, axis=1), words.pages if one_page else words.pages[order]
    height = upright[3] - upright[1]
    starts = _line_starts(centre.take(order), height, pages)
    numbers = starts.cumsum() - 1
    firsts = places_of(starts)
    if not _may_have_raised(upright, height, firsts):
        if some((upright[0, 1:] < upright[0, :-1]) & ~starts[1:]):
            order = order[np.lexsort((upright[0], numbers))]
        return _settled(words, order, numbers, firsts)
    homes, raised = _homes(upright, firsts, pages)
    raised, numbers = raised[numbers], homes[numbers]
    inner = np.lexsort((raised, upright[0], numbers))
    numbers = numbers[inner]
    return _settled(words, order[inner], numbers, changes(numbers))


def _line_starts(centre: Floats, height: Floats, pages: Places) -> Bools:
    """True at each word, by page and centre from the top down, that begins a line.

    A word joins the line when its centre is near that of the line's highest word. Gaps that no word spans are found
    at once, and so are stretches whose outermost words are near enough; what is left is walked.
    """
    starts = np.empty(len(centre), dtype=np.bool_)
    starts[0] = True
    np.greater_equal(centre[1:] - centre[:-1], SAME_LINE * height[1:], out=starts[1:])
    if pages[0] != pages[-1]:
        starts[1:] |= pages[1:] != pages[:-1]
    firsts = places_of(starts)
    lasts = lasts_of(firsts, len(centre))
    doubtful = centre.take(lasts) - centre.take(firsts) >= SAME_LINE * np.minimum.reduceat(height, firsts)
    if not some(doubtful):
        return starts
    for first, last in zip(firsts[doubtful].tolist(), lasts[doubtful].tolist(), strict=True):
        centres, heights = centre[first : last + 1].tolist(), height[first : last + 1].tolist()
        anchor, size = centres[0], heights[0]
        for i, (here, high) in enumerate(zip(centres, heights, strict=True)):
            begins = i == 0 or here - anchor >= SAME_LINE * min(high, size)
            starts[first + i] = begins
            if begins or high > size:
                anchor, size = here, high
    return starts


def _may_have_raised(upright: Floats, height: Floats, firsts: Places) -> bool:
    """False, at little cost, where no line is low enough and near enough to another to hang on it."""
    highest = np.maximum.reduceat(height, firsts)
    if np.minimum.reduce(highest) >= RAISED * np.maximum.reduce(highest):
        return False
    lines = _Extents(
        lasts_of(firsts, len(height)) - firsts + 1,
        highest,
        np.minimum.reduceat(upright[1], firsts),
        np.maximum.reduceat(upright[3], firsts),
    )
    for apart, steps in ((1, (1, -1)), (2, (-2,))):
        if _overlap(lines, apart) and any(_may_hang(lines, step) for step in steps):
            return True
    return False


def _homes(upright: Floats, firsts: Places, pages: Places) -> tuple[Places, Bools]:
    """For each line the number of the one it belongs to, and whether it is raised or lowered figures (10th, m2) only.

    Such a line is put back into the line it hangs on.
    """
    homes, raised = np.arange(len(firsts)), np.zeros(len(firsts), dtype=np.bool_)
    boxes = upright.T.tolist()
    ends = [*firsts.tolist(), len(boxes)]
    single = [_Line([i], boxes[ends[i] : ends[i + 1]]) for i in range(len(firsts))]
    of_page = groupby(zip(pages[firsts].tolist(), single, strict=True), key=lambda pair: pair[0])
    groups = [_with_raised([line for _, line in lines]) for _, lines in of_page]
    for number, group in enumerate(chain.from_iterable(groups)):
        homes[group.members] = number
        raised[group.members[1:]] = True
    return homes, raised


class _Extents(NamedTuple):
    """For each line: how many words, the height of its highest word, its top and bottom."""

    words: Places
    height: Floats
    top: Floats
    bottom: Floats


def _overlap(lines: _Extents, apart: int) -> bool:
    """Whether two lines with so many steps between them share some height; most pages have none such."""
    _, _, top, bottom = lines
    return some(np.minimum(bottom[:-apart], bottom[apart:]) > np.maximum(top[:-apart], top[apart:]))


def _may_hang(lines: _Extents, step: int) -> bool:
    """False when no line can hang on the one ``step`` lines further on: it is too full, too high or too far off."""
    near = slice(max(-step, 0), min(-step, 0) or None)
    far = slice(max(step, 0), min(step, 0) or None)
    fits = (lines.words[near] <= MOST_RAISED) & (lines.height[near] < RAISED * lines.height[far])
    shared = np.minimum(lines.bottom[near], lines.bottom[far]) - np.maximum(lines.top[near], lines.top[far])
    return some(fits & (shared > 0))


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


def _settled(words: Words, order: Places, numbers: Places, firsts: Places) -> Lines:
    """Lines with touching pieces made one word, and words drawn twice in one place (shadows) kept once."""
    in_file_order = not some(order[1:] < order[:-1])
    ordered = words if in_file_order else words.take(order)
    x0, top, x1, bottom = rows_of(ordered.upright)
    height = bottom - top
    slack = TOUCHING * np.minimum(height[1:], height[:-1])
    touching = np.abs(x0[1:] - x1[:-1]) < slack
    touching &= ~ordered.parted[1:] if in_file_order else ~ordered.parted[1:] | (order[1:] != order[:-1] + 1)
    alike = np.abs(x0[1:] - x0[:-1]) < slack
    if some(alike):
        alike &= np.abs(x1[1:] - x1[:-1]) < slack
    near = touching | alike
    near &= numbers[1:] == numbers[:-1]
    if not some(near):
        return Lines(ordered, numbers, firsts)
    special = numbers[1:][near]
    lines = _Joining(words)
    kept: list[tuple[int, int]] = []
    wanted = set(special.tolist())
    for number, line in groupby(zip(order.tolist(), numbers.tolist(), strict=True), key=lambda piece: piece[1]):
        places = [place for place, _ in line]
        kept += [(place, number) for place in (lines.joined(places) if number in wanted else places)]
    settled = np.array(kept, dtype=np.intp)
    return Lines.of(lines.words().take(settled[:, 0]), settled[:, 1])


class _Joining:
    """Words of which some are joined."""

    def __init__(self, words: Words) -> None:
        self._words, self._texts = words, words.texts
        self._upright, self._sides = words.upright.copy(), words.sides.copy()
        self._changed = False

    def words(self) -> Words:
        """The words as they are now."""
        if not self._changed:
            return self._words
        return self._words.spelled(self._texts)._replace(upright=self._upright, sides=self._sides)

    def joined(self, places: list[int]) -> list[int]:
        """The words of a line that stay, each with what touches it."""
        parted = self._words.parted
        kept = places[:1]
        latest = places[0]
        for place in places[1:]:
            last = kept[-1]
            box, other = self._upright[:, last].tolist(), self._upright[:, place].tolist()
            slack = TOUCHING * min(box[3] - box[1], other[3] - other[1])
            starts_alike, ends_alike = abs(other[0] - box[0]) < slack, abs(other[2] - box[2]) < slack
            if starts_alike and ends_alike and self._texts[place] == self._texts[last]:
                continue
            apart = parted[place] and place == latest + 1
            if abs(other[0] - box[2]) < slack and not apart and not self._is_note(last, place):
                self._join(last, place)
            else:
                kept.append(place)
            latest = place
        return kept

    def _join(self, last: int, place: int) -> None:
        self._texts[last] = normalise(self._texts[last] + self._texts[place])
        for sides in (self._upright, self._sides):
            sides[:2, last] = np.minimum(sides[:2, last], sides[:2, place])
            sides[2:, last] = np.maximum(sides[2:, last], sides[2:, place])
        self._changed = True

    def _is_note(self, last: int, place: int) -> bool:
        """A figure in another size right after a figure."""
        figures = self._texts[last][-1].isdigit() and self._texts[place][0].isdigit()
        if not figures:
            return False
        sizes = sorted((self._upright[3, [last, place]] - self._upright[1, [last, place]]).tolist())
        return bool(sizes[0] < NOTE * sizes[1])
