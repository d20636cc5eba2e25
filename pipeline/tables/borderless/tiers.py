"""Headings in tiers: the lines of one heading stand closer than one heading below another, or are level with none.

Where all lines of a heading are as far apart, only their columns tell what goes on below: see :mod:`heads`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from pipeline.tables.borderless.headcuts import apart
from pipeline.tables.content.grid import GridCell, Span, TextLine, join_lines
from pipeline.tables.content.rows import continues, is_hanging
from pipeline.tables.layout.reach import SLACK, Extents, overlapped
from pipeline.tables.layout.words import PageLine, Segment, segment_of

Rule = tuple[float, float, float]

SAME_STEP = 0.07
"""Lines of one heading are as far apart as those of another, within this share of their height."""
NEXT = 1.6
"""The next line of a heading is no further below than so many line heights."""
LEVEL = 0.15
"""Lines overlap that share more than this part of their height."""
TOUCHING = 0.35
"""And none where more than this share of its height parts them."""
TAILS = frozenset("gjpqyç,;()[]{}|/$§@Q")
TAIL, LOW_TAIL = 0.23, 0.3
"""So large a share of a word's height is below the line, where it has tails; of one without tall letters."""
SAME_HEIGHT = 0.05
BESIDE = 0.5
"""Words of one heading are no further apart than this share of their height."""
FEWEST_NAMED = 2
FEWEST_STEPS, MOST_LINES = 4, 4
"""So many lines at least show how far apart they are; a heading has so many at most."""
YEAR = 4
"""The digits of a year, which counts nothing."""
LONGEST = 5
"""Letters of a figure in a heading, at most."""
FEWEST_COUNTED, FEWEST_GOING = 2, 2
SAME_START = 1.5


class _Piece(msgspec.Struct, eq=False, gc=False):
    """A stretch of a heading line; ``alone`` where the line counts the columns, ``over`` the columns below it.

    ``base``: where its letters stand.
    """

    segment: Segment
    alone: bool
    over: list[int]
    base: float = 0.0

    @property
    def height(self) -> float:
        return self.segment.box[3] - self.segment.box[1]

    @property
    def centre(self) -> float:
        return (self.segment.box[1] + self.segment.box[3]) / 2


class Tiers(NamedTuple):
    """Headings in tiers from the top down, and the printed lines of each, by its places in the text."""

    lines: list[PageLine]
    printed: dict[tuple[Span, ...], list[TextLine]]

    def restore(self, cells: Iterable[GridCell]) -> None:
        """Print each heading in its own lines."""
        for cell in cells:
            cell.put([line for piece in cell.pieces for line in self.printed.get(piece.spans, [piece])])


def counts_columns(line: PageLine) -> bool:
    """Whether a line counts the columns under it: "(1)", "(2)", "(3)" or "a", "b", "c"."""
    texts = [segment.text.strip("()[].") for segment in line.segments]
    if len(texts) < FEWEST_COUNTED:
        return False
    if all(text.isdecimal() and len(text) < YEAR for text in texts):
        numbers = [int(text) for text in texts]
    elif all(len(text) == 1 and text.isalpha() for text in texts):
        numbers = [ord(text.casefold()) for text in texts]
    else:
        return False
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def lines_of_heading(lines: Sequence[PageLine]) -> int:
    """How many lines the heading of a table of words takes: those as close as any two lines of it, with room below."""
    steps = [lower.centre - upper.centre for upper, lower in pairwise(lines)]
    if len(steps) < FEWEST_STEPS:
        return 1
    most = min(steps) + SAME_STEP * lines[0].height
    count = next((n for n, step in enumerate(steps[:MOST_LINES], 1) if step > most), 1)
    heads, left = lines[:count], min(line.box[0] for line in lines)
    several = any(len(line.segments) > 1 for line in heads) and not any(line.values for line in heads)
    named = sum(line.box[0] < left + line.height for line in heads)  # rows have a name each
    return count if several and named < FEWEST_NAMED else 1


def is_inside_heading(lines: Sequence[PageLine], number: int, left: float) -> bool:
    """Whether the figures of a line stand within headings of several: "Antal pr.", "1.000", "børn".

    Words stand right above and right below each, and none is where the table begins at its ``left``.
    """
    line = lines[number]
    figures = [s for s in line.segments if s.is_value]
    if not figures or figures[0].x0 - left < line.height or any(len(s.text) > LONGEST for s in figures):
        return False
    above, below = (_touching(line, others) for others in (lines[max(number - 3, 0) : number], lines[number + 1 :][:3]))
    if any(s.is_value or s.is_year for s in (*above, *below)):
        return False
    return all(any(w.x0 < s.x1 and s.x0 < w.x1 for w in words) for s in figures for words in (above, below))


def _touching(line: PageLine, others: Sequence[PageLine]) -> list[Segment]:
    """The stretches of other lines, not level with a line, that hardly any room parts from it."""
    near = TOUCHING * line.height
    return [
        s
        for other in others
        for s in other.segments
        if abs(other.centre - line.centre) > line.height / 2
        and max(s.box[1] - line.box[3], line.box[1] - s.box[3]) < near
    ]


def in_tiers(lines: Sequence[PageLine], extents: Extents, rules: Sequence[Rule]) -> Tiers | None:
    """The lines, with those of one heading made one; None where the room between them tells nothing.

    The last tier holds what has nothing below it, each other one what stands over something of the next.
    """
    if len(lines) < 2 or any(line.years for line in lines):
        return None
    lines = [apart(line, [*lines[max(n - 2, 0) : n], *lines[n + 1 : n + 3]]) for n, line in enumerate(lines)]
    pieces = [piece for line in lines for piece in _pieces(line, extents)]
    _set_bases(pieces)
    pieces.sort(key=lambda piece: piece.centre)
    tall = max(piece.height for piece in pieces)
    pairs = [(a, b) for a, b in _pairs(pieces) if b.base - a.base < NEXT * tall and _may_be_one(a, b, rules)]
    if not pairs:
        return None
    steps = [lower.base - upper.base for upper, lower in pairs]
    most = min(steps) + SAME_STEP * tall
    wrapped = any(upper.box[3] - lower.box[1] > LEVEL * lower.height for upper, lower in pairwise(lines))
    ruled = any(lines[0].centre < y < lines[-1].centre for y, _, _ in rules)
    if max(steps) <= most and not (wrapped or ruled or _are_sure(pieces, pairs)):
        return None
    one = [pair for pair, step in zip(pairs, steps, strict=True) if step <= most or _is_unended(pair[0])]
    joined = {id(lower): upper for upper, lower in one}
    blocks: dict[int, list[_Piece]] = {}
    for piece in pieces:
        blocks[id(piece)] = blocks[id(joined[id(piece)])] if id(piece) in joined else []
        blocks[id(piece)].append(piece)
    parts = {id(block): block for block in blocks.values()}.values()
    whole = [_Piece(_one(block), block[0].alone, _columns(block)) for block in parts]
    printed = {each.segment.piece().spans: _printed(block) for each, block in zip(whole, parts, strict=True)}
    return Tiers(_tiers(whole), printed)


def _is_unended(piece: _Piece) -> bool:
    """Whether a heading goes on below, however far, by its last word: "Forbrug pr." over "31.08"."""
    return is_hanging(piece.segment.text)


def _printed(block: Sequence[_Piece]) -> list[TextLine]:
    return [piece.segment.piece() for piece in block]


def _pieces(line: PageLine, extents: Extents) -> list[_Piece]:
    """The stretches of a line, with a number and its word over one column made one: "Over 3"."""
    alone = counts_columns(line)
    found: list[_Piece] = []
    for segment in line.segments:
        piece = _Piece(segment, alone, _over(segment, extents))
        last = found[-1] if found and not alone else None
        if (
            last is not None
            and last.over == piece.over
            and len(piece.over) == 1
            and segment.x0 - last.segment.x1 < BESIDE * line.height
        ):
            found[-1] = _Piece(_one([last, piece]), alone, piece.over)
        else:
            found.append(piece)
    return found


def _set_bases(pieces: Sequence[_Piece]) -> None:
    """Say where the letters of each stretch stand: at its foot, but for tails where boxes go around what is printed."""
    heights = [piece.height for piece in pieces]
    tight = max(heights) - min(heights) > SAME_HEIGHT * max(heights)
    for piece in pieces:
        words, boxes = piece.segment.text.split(" "), piece.segment.boxes
        plain = [box[3] for word, box in zip(words, boxes, strict=False) if TAILS.isdisjoint(word)]
        tail = (TAIL if any(map(_is_high, piece.segment.text)) else LOW_TAIL) * piece.height
        piece.base = max(plain) if tight and plain else piece.segment.box[3] - tail * tight


def _is_high(letter: str) -> bool:
    return not letter.islower() or letter in "bdfhiklt"


def _over(segment: Segment, extents: Extents) -> list[int]:
    """The columns below a stretch; that of the names is none where it begins further right than they do."""
    over = overlapped(segment, extents)
    return over[1:] if len(over) > 1 and over[0] == 0 and segment.x0 - extents[0][0] > SAME_START else over


def _are_sure(pieces: Sequence[_Piece], pairs: Sequence[tuple[_Piece, _Piece]]) -> bool:
    """Whether pairs as far apart as all lines are one heading each: they share an edge or their middle, several go on
    in words or leave few columns without a pair, and none is level with a heading over two others.
    """
    if len(pairs) < FEWEST_GOING or not all(is_aligned(a.segment, b.segment) for a, b in pairs):
        return False
    going = sum(continues(a.segment.text, b.segment.text) for a, b in pairs)
    ends = {id(lower) for _, lower in pairs}
    begun = {id(upper) for upper, _ in pairs}
    alone = sum(id(p) not in ends and id(p) not in begun and p.over not in ([], [0]) for p in pieces if not p.alone)
    wide = [p for p in pieces if len(p.over) > 1]
    level = any(abs(p.centre - upper.centre) < LEVEL * p.height for p in wide for upper, _ in pairs)
    return not level and (2 * going >= len(pairs) or alone < len(pairs))


def is_aligned(upper: Segment, lower: Segment) -> bool:
    """Whether two headings begin, end or have their middle in one place."""
    middle = abs(upper.x0 + upper.x1 - lower.x0 - lower.x1) / 2
    return min(abs(upper.x0 - lower.x0), abs(upper.x1 - lower.x1), middle) < SAME_START


def _columns(parts: Sequence[_Piece]) -> list[int]:
    return sorted({column for piece in parts for column in piece.over})


def _is_over(upper: _Piece, lower: _Piece) -> bool:
    """Whether a stretch further down shares a place across the page, or a column, with another."""
    if lower.segment.box[1] < upper.centre or lower.centre < upper.segment.box[3]:
        return False
    a, b = upper.segment, lower.segment
    return (a.x0 < b.x1 - SLACK and b.x0 < a.x1 - SLACK) or not set(upper.over).isdisjoint(lower.over)


def _pairs(pieces: Sequence[_Piece]) -> list[tuple[_Piece, _Piece]]:
    """Stretches of which the lower one alone stands below the upper one, and this alone right above it."""
    below: dict[int, list[_Piece]] = {}
    above: dict[int, list[_Piece]] = {}
    for number, upper in enumerate(pieces):
        found: list[_Piece] = []
        for lower in pieces[number + 1 :]:
            if _is_over(upper, lower) and not any(_is_over(between, lower) for between in found):
                found.append(lower)
                above.setdefault(id(lower), []).append(upper)
        below[id(upper)] = found
    lone = [(upper, below[id(upper)][0]) for upper in pieces if len(below[id(upper)]) == 1]
    return [(upper, lower) for upper, lower in lone if _is_nearest(upper, above[id(lower)])]


def _is_nearest(piece: _Piece, others: Sequence[_Piece]) -> bool:
    """Whether no other stretch is as far down."""
    return all(other is piece or piece.centre - other.centre > piece.height / 2 for other in others)


def _may_be_one(upper: _Piece, lower: _Piece, rules: Sequence[Rule]) -> bool:
    """Whether two lines may be of one heading: over the same columns, with no rule between."""
    if upper.alone or lower.alone:
        return False
    if (len(upper.over) > 1 or len(lower.over) > 1) and upper.over != lower.over:
        return False
    left, right = upper.segment.x0, upper.segment.x1
    return not any(upper.centre < y < lower.centre and x0 < right and left < x1 for y, x0, x1 in rules)


def _one(parts: Sequence[_Piece]) -> Segment:
    if len(parts) == 1:
        return parts[0].segment
    words = tuple(word for piece in parts for word in piece.segment.words)
    made = segment_of(words, join_lines([piece.segment.text for piece in parts]), parts[0].segment.page)
    made.is_value = False
    return made


def _tiers(blocks: Sequence[_Piece]) -> list[PageLine]:
    """The headings as lines, from the top down: each right above the highest of those that it stands over."""
    heights: dict[int, int] = {}
    for block in sorted(blocks, key=lambda b: -b.segment.box[1]):
        under = [heights[id(other)] for other in blocks if id(other) in heights and _is_over(block, other)]
        heights[id(block)] = 1 + max(under, default=-1)
    for block in blocks:
        if block.over or heights[id(block)]:
            continue  # what stands between two columns is over both, as those are that it is level with
        level = [heights[id(o)] for o in blocks if abs(o.centre - block.centre) < LEVEL * min(o.height, block.height)]
        heights[id(block)] = max(level)
    top = max(heights.values())
    rows: list[list[Segment]] = [[] for _ in range(top + 1)]
    for block in blocks:
        rows[top - heights[id(block)]].append(block.segment)
    return [PageLine(tuple(sorted(row, key=lambda s: s.x0))) for row in rows if row]
