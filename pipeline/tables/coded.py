"""Numbers and codes in front of names: "12", "D01", "SU-07" stand in a column of their own, however near."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.reading import Word
from pipeline.tables.cells import Kind
from pipeline.tables.places import OFTEN
from pipeline.tables.words import PageLine, Segment, segment_of

_CODE = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,4}\.?|\d{5,10}|[A-ZÆØÅ]{1,5}[.\-–]?\d{1,4}[a-z]?[.:]?")
_ACCOUNT = re.compile(r"\d{1,2}(?:\.\d{2}){2,4}(?:\.\d{1,3})?|0\d{4,9}")
CODE_GAP = 0.4
"""A number in front of a name is apart from it where their gap is wider than this share of the line's height."""
WIDER = 1.4
"""So many times as wide as the gaps between the words of the name, too."""
FEWEST_NUMBERS = 3


def numbers_cut(lines: list[PageLine]) -> list[PageLine]:
    """The rows with the number in front of their names cut off, where it stands a little further away than words do.

    The names begin in one place, three of them at least; where a heading begins there too, neither gap nor number tell.
    """
    begun = [_after_code(line.segments[0]) for line in lines]
    coded = [n for n, line in enumerate(lines) if line.values and begun[n][0]]
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
    """True for the number or code in front of a name: "12", "1.2", "D01", "SU-07"."""
    return _CODE.fullmatch(text) is not None


def is_account(text: str) -> bool:
    """True for the number of an account, which no figure is printed like: "3.22.05", "0319690"."""
    return _ACCOUNT.fullmatch(text) is not None


def _after_code(segment: Segment) -> tuple[float, float, float]:
    """Where a name begins behind a number or code, the gap before it, and the widest one between words of the name.

    Nothing where there is no code.
    """
    if segment.kind is not Kind.TEXT or segment.count < 2 or not is_code(segment.text.split(" ", 1)[0]):
        return 0.0, 0.0, 0.0
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
