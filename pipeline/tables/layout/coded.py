"""Numbers and codes in front of names: "12", "D01", "SU-07" stand in a column of their own, however near.

One that its narrow column breaks ("SU-" over "07") makes one row of its two lines.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from corpus.reading import Word
from pipeline.tables.content.cells import TEXT_KIND, read_cell
from pipeline.tables.content.grid import is_cut_code
from pipeline.tables.layout.halves import Lined
from pipeline.tables.layout.places import OFTEN
from pipeline.tables.layout.words import PageLine, Segment, segment_of

_CODE = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,4}\.?|\d{5,10}(?:-\d{2,6})?|[A-ZÆØÅ]{1,5}[.\-–]?\d{1,4}[a-z]?[.:]?")
_ACCOUNT = re.compile(r"\d{1,2}(?:\.\d{2}){2,4}(?:\.\d{1,3})?|0\d{4,9}")
CODE_GAP = 0.4
"""A number in front of a name is apart from it where their gap is wider than this share of the line's height."""
WIDER = 1.4
"""So many times as wide as the gaps between the words of the name, too."""
FEWEST_NUMBERS = 3
CLOSE = 1.6
"""The two lines of a code are no further apart than so many of their heights."""

_NO_CODE = 0.0, 0.0, 0.0
L = TypeVar("L", bound=Lined)


def codes_joined(lines: Sequence[L], merged: Callable[[Sequence[L]], L]) -> list[L]:
    """The lines, two of them made one where a code in front of the name begins on one and ends on the next."""
    found: list[L] = []
    for line in lines:
        if found and found[-1].label_column > 0 and _is_cut(found[-1], line):
            found[-1] = merged([found[-1], line])
        else:
            found.append(line)
    return found


def _is_cut(upper: Lined, lower: Lined) -> bool:
    near = lower.centre - upper.centre < CLOSE * upper.height
    near = near and not (upper.valued and lower.valued and not _is_remarked(upper, lower))
    columns = [n for n in upper.cells if n < upper.label_column and n in lower.cells] if near else []
    return any(
        len(upper.cells[n]) == len(lower.cells[n]) == 1 and is_cut_code(upper.cells[n][0].text, lower.cells[n][0].text)
        for n in columns
    )


def _is_remarked(upper: Lined, lower: Lined) -> bool:
    """Whether what stands behind the name on the lower line goes on with words above it: "Fuld effekt fra år", "2"."""
    behind = [column for column in lower.cells if column > lower.label_column]
    above = [upper.cells[column][-1].text if column in upper.cells else "" for column in behind]
    return all(read_cell(text).kind is TEXT_KIND and any(map(str.isalpha, text)) for text in above)


def numbers_cut(lines: list[PageLine]) -> list[PageLine]:
    """The rows with the number in front of their names cut off, where it stands a little further away than words do.

    The names begin in one place, three of them at least; where a heading begins there too, neither gap nor number tell.
    """
    firsts = [line.segments[0] for line in lines]
    if all(first.count < 2 for first in firsts):
        return lines
    open_ = {n for n, (a, b) in enumerate(pairwise(firsts)) if b.text.isdigit() and _is_open(a, b)}
    begun = [_after_code(first, is_open=n in open_) for n, first in enumerate(firsts)]
    coded = [n for n, line in enumerate(lines) if (line.values or n in open_) and begun[n][0]]
    if not coded:
        return lines
    heads = [s.x0 for line in lines if not line.values for s in line.segments[1:]]
    names = [line.segments[0].x0 for n, line in enumerate(lines) if not begun[n][0]]
    headed = [begun[n][0] for n in coded if _are_near(begun[n][0], heads, 1) or _are_near(begun[n][0], names, OFTEN)]
    far = headed or [begun[n][0] for n in coded if _is_far(begun[n], lines[n])]
    if (len(far) < FEWEST_NUMBERS and not headed) or max(far) - min(far) > 1:
        return lines
    parted = list(lines)
    for n, (place, _, _) in enumerate(begun):
        first = lines[n].segments[0]
        texts = first.text.split(" ")
        if place and len(texts) == first.count and min(far) - 1 <= place <= max(far) + 1:
            parted[n] = PageLine((*cut(first, first.words, texts, [1]), *lines[n].segments[1:]))
    return parted


def _are_near(place: float, places: Sequence[float], fewest: int) -> bool:
    return sum(abs(place - x0) < 1 for x0 in places) >= fewest


def is_code(text: str) -> bool:
    """True for the number or code in front of a name: "12", "1.2", "D01", "SU-07", "402117-3305"."""
    return not text.isalpha() and _CODE.fullmatch(text) is not None


def is_account(text: str) -> bool:
    """True for the number of an account, which no figure is printed like: "3.22.05", "0319690"."""
    return _ACCOUNT.fullmatch(text) is not None


def _is_open(segment: Segment, below: Segment) -> bool:
    """Whether a code begins in front of a name and ends on the line below."""
    return abs(segment.x0 - below.x0) < 1 and is_cut_code(segment.text.split(" ", 1)[0], below.text)


def _after_code(segment: Segment, *, is_open: bool) -> tuple[float, float, float]:
    """Where a name begins behind a number or code, the gap before it, and the widest one between words of the name.

    Nothing where there is no code. ``is_open``: the first word is the beginning of one.
    """
    if segment.count < 2 or segment.kind is not TEXT_KIND or not (is_open or is_code(segment.text.split(" ", 1)[0])):
        return _NO_CODE
    boxes = segment.boxes
    gap, *others = (after[0] - before[2] for before, after in pairwise(boxes))
    return boxes[1][0], gap, max(others, default=math.inf)


def _is_far(begun: tuple[float, float, float], line: PageLine) -> bool:
    _, gap, usual = begun
    return gap > CODE_GAP * line.height or gap > WIDER * usual


def cut(segment: Segment, words: Sequence[Word], texts: Sequence[str], cuts: Sequence[int]) -> list[Segment]:
    """A segment in its parts, from each of the cuts, by the number of the word there, to the next."""
    edges = pairwise([0, *cuts, len(words)])
    return [segment_of(tuple(words[a:b]), " ".join(texts[a:b]), segment.page) for a, b in edges]
