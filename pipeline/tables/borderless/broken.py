"""Headings broken over more lines than those beside them: "I alt", "2026-29" around a line of years; "(1.000", "kr.)".

So is "Overslagsår", "1", "(2026)", whose number would be a figure, and "1.000", "kr.", whose second line alone is a
unit of its own.

Their lines are made one, or two where units stand below the names, so that no part of a heading is read as a figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache
from itertools import pairwise

import msgspec

from pipeline.tables.borderless.headcuts import PER_CENT, apart
from pipeline.tables.content.grid import join_lines
from pipeline.tables.content.headings import RANGE, is_total_heading
from pipeline.tables.content.rows import is_prose
from pipeline.tables.content.units import KEPT, begins_unit, is_statement, unit_note
from pipeline.tables.layout.words import PageLine, Segment, segment_of

Numbered = tuple[int, PageLine]
"""A line with its number on the page."""

NEAR = 0.4
"""Lines of one heading are parted by less than this share of their height."""
NEAR_UNIT = 0.8
"""Those of a unit are told by their words, too."""
MOST_LINES = 4
"""So many lines at most hold one unit."""
LONGEST = 40
_OPEN_RANGE = re.compile(r"(?:.*\s)?(?:19|20)\d\d\s?[-–—/]")
_BARE_RANGE, _YEAR = re.compile(r"((?:19|20)\d\d)[-–—]"), re.compile(r"(?:19|20)\d\d")
_CUT_RANGE = re.compile(r"(?<=\d{4}[-–—/]) (?=\d)")
_REST = re.compile(r"(?:19|20)?\d\d")
_UNCOUNTED = re.compile(r"(?:budget)?overslag(?:s?år)?", re.IGNORECASE)
_NUMBER = re.compile(r"[1-5](?:\s?\((?:19|20)\d\d\))?")


class _Piece(msgspec.Struct, eq=False, gc=False):
    """A stretch of a line, by the line's place among those looked at."""

    line: int
    segment: Segment

    @property
    def height(self) -> float:
        return self.segment.box[3] - self.segment.box[1]

    @property
    def middle(self) -> float:
        return (self.segment.box[1] + self.segment.box[3]) / 2

    def is_over(self, other: _Piece) -> bool:
        """Whether both have a place across the page in common."""
        return self.segment.x0 < other.segment.x1 and other.segment.x0 < self.segment.x1


def mended(part: Sequence[Numbered]) -> list[Numbered]:
    """The lines, with those of each broken heading and what stands beside it made one or two."""
    at = _at_broken(part)
    if not at:
        return list(part)
    near = {n + step for n in at for step in range(1 - MOST_LINES, MOST_LINES)}
    lines = _apart(part, near)
    begun = [
        _Piece(n, s) for n, (_, line) in enumerate(lines) if n in near for s in line.segments if _may_be_broken(s.text)
    ]
    if not any(_has_below(piece, lines) for piece in begun):
        return list(part)
    pieces = [_Piece(n, s) for n, (_, line) in enumerate(lines) for s in line.segments]
    own = {id(piece.segment) for piece in begun}
    found = [whole for p in pieces if id(p.segment) in own and (whole := _whole(p, pieces)) is not None]
    if not found:
        return list(part)
    for zone in _zones(found):
        held = _held(zone, pieces)
        stacks = _stacks(held) if held else None
        if stacks is not None:
            lines = _replaced(lines, held, stacks)
    return lines


def _has_below(piece: _Piece, lines: Sequence[Numbered]) -> bool:
    """Whether what stands so close below a piece may go on with it; below most there are only figures and names."""
    x0, _, x1, bottom = piece.segment.box
    high, low = -0.5 * piece.height, NEAR_UNIT * piece.height
    return any(
        high < s.box[1] - bottom < low and s.x0 < x1 and x0 < s.x1 and _may_go_on(piece.segment.text, s.text)
        for _, line in lines[piece.line + 1 :]
        if line.box[1] - bottom < low
        for s in line.segments
    )


@lru_cache(KEPT)
def _may_go_on(upper: str, lower: str) -> bool:
    """Whether two lines are one heading, or the first two of one (:func:`_whole`)."""
    text, texts = f"{upper} {lower}", (upper, lower)
    if text.count("(") > text.count(")") or (_NUMBER.fullmatch(lower) and _UNCOUNTED.fullmatch(upper)):
        return True
    return _is_scaled(texts) or _goes_on(texts) or _is_range(texts) or ends_in_unit(text)


def _at_broken(part: Sequence[Numbered]) -> list[int]:
    """On which of the lines broken headings may begin."""
    at: list[int] = []
    for n, (_, line) in enumerate(part):
        for segment in line.segments:
            if _may_be_broken(segment.text):
                at.append(n)
                break
    return at


def _apart(part: Sequence[Numbered], near: Set[int]) -> list[Numbered]:
    """The lines, with headings cut that stand close together on lines ``near`` the beginning of a broken one."""
    own = [_each(line) if n in near else line for n, (_, line) in enumerate(part)]
    return [
        (number, apart(own[n], own[max(n - 1, 0) : n] + own[n + 1 : n + 2]) if n in near else line)
        for n, (number, line) in enumerate(part)
    ]


def _each(line: PageLine) -> PageLine:
    """A line, with the ends of units that stand beside each other apart: "kr.) kr.) kr.)"."""
    if not [s for s in line.segments if s.count > 1 and s.text[-1:] == ")" and len({*s.text.split()}) == 1]:
        return line
    parts: list[Segment] = []
    for s in line.segments:
        texts = s.text.split()
        same = len(texts) > 1 and len({*texts}) == 1 and len(s.words) == len(texts)
        parts += [segment_of((word,), texts[0], s.page) for word in s.words] if same else [s]
    return PageLine(tuple(parts))


@lru_cache(KEPT)
def _may_be_broken(text: str) -> bool:
    broken = text.count("(") > text.count(")") or _BARE_RANGE.fullmatch(text) is not None
    return broken or begins_unit(text) or is_total_heading(text) or _UNCOUNTED.fullmatch(text) is not None


def _whole(first: _Piece, pieces: Sequence[_Piece]) -> list[_Piece] | None:
    """The parts of a heading that ``first`` begins and may not end; None where it is none, or goes on unread."""
    chain = [first]
    text = first.segment.text
    while len(chain) < MOST_LINES:
        below = _below(chain[-1], pieces)
        if below is None:
            return None
        chain.append(below)
        text = f"{text} {below.segment.text}"
        if text.count("(") > text.count(")"):
            continue
        if _NUMBER.fullmatch(below.segment.text) and _UNCOUNTED.fullmatch(first.segment.text):
            dated = _below(below, pieces)
            return [*chain, dated] if dated is not None and dated.segment.is_year else chain
        texts = [p.segment.text for p in chain]
        if _is_scaled(texts):
            return _with_level(chain, pieces)
        if ends_in_unit(text) or _is_range(texts):
            return chain
        if not _goes_on(texts):
            return None
    return None


def _with_level(chain: list[_Piece], pieces: Sequence[_Piece]) -> list[_Piece]:
    """The lines of a unit, and that of the price level in brackets below them."""
    below = _below(chain[-1], pieces)
    if below is None or below.segment.text[:1] != "(" or not is_statement(below.segment.text):
        return chain
    return [*chain, below]


def ends_in_unit(text: str) -> bool:
    """Whether a text ends in a unit in brackets."""
    said = text[text.rfind("(") :] if "(" in text else ""
    return is_statement(said) and unit_note(said) is not None


def _is_scaled(texts: Sequence[str]) -> bool:
    """Whether lines are one unit: "Beløb i 1.000", "kr."; "Beløb i", "1.000", "kr."."""
    return len(texts) > 1 and _goes_on(texts[:-1]) and is_statement(" ".join(texts))


def _goes_on(texts: Sequence[str]) -> bool:
    """Whether lines are the beginning of a unit, without its currency."""
    return begins_unit(" ".join(texts))


def _is_range(texts: Sequence[str]) -> bool:
    """Whether a second line ends a heading of years: "I alt", "2026-29"; "I alt 2026-", "29"; "2026-", "2029"."""
    upper, lower = texts[0], texts[-1]
    if len(texts) != 2:
        return False
    if (first := _BARE_RANGE.fullmatch(upper)) is not None:
        return _YEAR.fullmatch(lower) is not None and first[1] < lower
    if not is_total_heading(upper):
        return False  # "2031-" alone is the year and those behind it
    if _OPEN_RANGE.fullmatch(upper):
        return _REST.fullmatch(lower) is not None
    return RANGE.search(upper) is None and RANGE.fullmatch(lower) is not None


def _below(piece: _Piece, pieces: Sequence[_Piece]) -> _Piece | None:
    """The only stretch right below a piece, as close as lines of one cell are."""
    own, x0, x1 = piece.line, piece.segment.x0, piece.segment.x1
    over = [p for p in pieces if p.line > own and p.segment.x0 < x1 and x0 < p.segment.x1]
    near = [other for other in over if _follows(piece, other)]
    return near[0] if len(near) == 1 else None


def _follows(upper: _Piece, lower: _Piece) -> bool:
    gap = lower.segment.box[1] - upper.segment.box[3]
    texts = [upper.segment.text, lower.segment.text]
    near = NEAR_UNIT if _is_scaled(texts) or _goes_on(texts) else NEAR
    return -0.5 * upper.height < gap < near * upper.height


def _zones(found: Sequence[list[_Piece]]) -> list[list[_Piece]]:
    """The broken headings that stand beside each other, together."""
    zones: list[list[_Piece]] = []
    for whole in sorted(found, key=lambda parts: parts[0].segment.box[1]):
        if zones and whole[0].segment.box[1] < max(p.segment.box[3] for p in zones[-1]):
            zones[-1] += whole
        else:
            zones.append(list(whole))
    return zones


def _held(zone: Sequence[_Piece], pieces: Sequence[_Piece]) -> list[_Piece]:
    """All that stands at the height of broken headings and their beginnings; nothing where one of it is a figure."""
    own = list(zone)
    texts = [piece.segment.text for piece in zone]
    for piece in [] if _goes_on(texts[:1]) and is_statement(" ".join(texts)) else zone:
        last = piece
        while (above := _above(last, pieces)) is not None:
            own += [] if any(above is p for p in own) else [above]
            last = above
    top, bottom = min(p.segment.box[1] for p in own), max(p.segment.box[3] for p in own)
    held = [piece for piece in pieces if top <= piece.middle <= bottom]
    broken = {id(piece) for piece in zone}
    strange = any(is_prose(p.segment.text) or (_is_figure(p.segment) and id(p) not in broken) for p in held)
    return [] if strange else held


def _is_figure(segment: Segment) -> bool:
    return segment.is_value and segment.text != PER_CENT and unit_note(segment.text) is None


def _above(piece: _Piece, pieces: Sequence[_Piece]) -> _Piece | None:
    """The only stretch right above a piece, if it may be the beginning of its heading."""
    near = [p for p in pieces if p.line < piece.line and p.is_over(piece) and _follows(p, piece)]
    if len(near) != 1 or near[0].segment.is_value or len(near[0].segment.text) > LONGEST:
        return None
    wide = sum(p.line == piece.line and p.is_over(near[0]) for p in pieces)
    said = is_prose(near[0].segment.text) or unit_note(near[0].segment.text) is not None
    return None if wide > 1 or said else near[0]


def _stacks(held: Sequence[_Piece]) -> list[list[_Piece]] | None:
    """The headings from left to right, each with its parts from the top down; None where they cannot be told apart."""
    stacks: list[list[_Piece]] = []
    for piece in sorted(held, key=lambda p: p.segment.x0):
        if stacks and piece.segment.x0 < max(p.segment.x1 for p in stacks[-1]):
            stacks[-1].append(piece)
        else:
            stacks.append([piece])
    for parts in stacks:
        parts.sort(key=lambda p: p.segment.box[1])
        if any(not a.is_over(b) or b.segment.box[1] < a.middle for a, b in pairwise(parts)):
            return None
        texts = [p.segment.text for p in parts if p.segment.is_year]
        if len(texts) > 1 and not _is_range(texts):
            return None  # the lower one may be an amount
    return stacks if len(stacks) > 1 else None


def _replaced(part: Sequence[Numbered], held: Sequence[_Piece], stacks: Sequence[list[_Piece]]) -> list[Numbered]:
    """The lines with the headings on the first ones that hold nothing else: names, and below these their units."""
    split = [_names_and_units(parts) for parts in stacks]
    rows = [tuple(each for pair in split if (each := pair[n]) is not None) for n in range(2)]
    made = [PageLine(row) for row in rows if row]
    gone = {id(piece.segment) for piece in held}
    lines: list[Numbered] = []
    for number, line in part:
        rest = tuple(s for s in line.segments if id(s) not in gone)
        if len(rest) == len(line.segments):
            lines.append((number, line))
        elif rest:
            lines.append((number, PageLine(rest)))
        elif made:
            lines.append((number, made.pop(0)))
    return list(part) if made else lines


def _names_and_units(parts: Sequence[_Piece]) -> tuple[Segment | None, Segment | None]:
    """A heading as one stretch, and apart from it the unit in brackets that it ends in, also behind a year of its own
    line: "(2030) (mio.", "kr.)"."""
    texts = [piece.segment.text for piece in parts]
    opened = max((n for n, text in enumerate(texts) if "(" in text), default=0)
    at = texts[opened].rfind("(")
    before = len(texts[opened][: max(at, 0)].split())
    segment = parts[opened].segment
    told = ends_in_unit(" ".join(texts)) and len(segment.words) == len(texts[opened].split())
    if not told or (opened == 0 and before == 0) or (before and opened == len(parts) - 1):
        return _one(parts), None
    name, unit = list(parts[:opened]), list(parts[opened:])
    if before:
        words, text = segment.words, texts[opened]
        name.append(_Piece(parts[opened].line, segment_of(words[:before], text[:at].rstrip(), segment.page)))
        unit[0] = _Piece(parts[opened].line, segment_of(words[before:], text[at:], segment.page))
    stated = _one(unit)
    stated.is_value = False
    return _one(name), stated


def _one(parts: Sequence[_Piece]) -> Segment:
    if len(parts) == 1:
        return parts[0].segment
    words = tuple(word for piece in parts for word in piece.segment.words)
    text = join_lines([piece.segment.text for piece in parts])
    return segment_of(words, _CUT_RANGE.sub("", text), parts[0].segment.page)
