"""Headings close together, cut where those of the lines beside them, or the columns under them, are parted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.reading import Word
from pipeline.tables.around.surroundings import is_context
from pipeline.tables.content.units import is_statement, unit_note
from pipeline.tables.layout.reach import Extents, overlapped
from pipeline.tables.layout.words import PageLine, Segment, segment_of

SAME_START = 1.5
PER_CENT = "%"
KINDS = frozenset(
    {"Regnskab", "Budget", "Budgetforslag", "Budgetoverslag", "Overslag", "Forbrug", "Afvigelse", "Rådighedsbeløb"}
)
"""Headings of kinds of figures: no two are one heading."""
BLANK, WIDER = 0.2, 1.5
"""The width of a blank in heights of a line; so many times as wide at least are the gaps between two headings."""


def apart(line: PageLine, others: Sequence[PageLine]) -> PageLine:
    """Headings that stand close together, cut where those of the line above or below are parted."""
    if all(segment.count == 1 for segment in line.segments):
        return line
    gaps: list[tuple[Segment, Segment]] = []
    for other in others:
        names = [(a, b) for a, b in pairwise(other.segments) if _is_name(a) and _is_name(b)]
        if names and not any(segment.is_stacked for segment in other.segments):
            gaps += names
    if not gaps:
        return line
    return PageLine(tuple(part for segment in line.segments for part in _parts(segment, gaps)))


def _is_name(segment: Segment) -> bool:
    """Whether a stretch is no year and no figure; "%" alone heads a column."""
    return not segment.is_year and (not segment.is_value or segment.text == PER_CENT)


def _parts(segment: Segment, gaps: Sequence[tuple[Segment, Segment]]) -> list[Segment]:
    texts = segment.text.split(" ")
    words = segment.words
    near = [(a, b) for a, b in gaps if _half_over(a, segment) and _half_over(b, segment)]
    cuts = [n for n in range(1, len(words)) if any(a.x1 < words[n].x0 and words[n - 1].x1 < b.x0 for a, b in near)]
    if not near or len(texts) != len(words) or len(cuts) != len(near) or not _is_wide_at(words, cuts):
        return [segment]
    others = [near[0][0], *(b for _, b in near)]
    if not all(
        keeps((words[a].x0, words[b - 1].x1), (other.x0, other.x1))
        for (a, b), other in zip(pairwise([0, *cuts, len(words)]), others, strict=True)
    ):
        return [segment]
    return _unless_said(segment, [0, *cuts, len(words)])


def _is_wide_at(words: Sequence[Word], cuts: Sequence[int]) -> bool:
    """Whether the gaps at the cuts are wider than those between all other words."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    wide = [gap for n, gap in enumerate(gaps, 1) if n in cuts]
    blanks = [gap for n, gap in enumerate(gaps, 1) if n not in cuts and gap > 0]
    return min(wide) > WIDER * max(blanks, default=0.0)


def _unless_said(segment: Segment, cuts: Sequence[int]) -> list[Segment]:
    """The parts of a heading from cut to cut; a unit with its price level stays whole, units for each column do not."""
    words, texts = segment.words, segment.text.split(" ")
    parts = [segment_of(words[a:b], " ".join(texts[a:b]), segment.page) for a, b in pairwise(cuts)]
    return parts if not is_context(segment.text) or all(unit_note(part.text) for part in parts) else [segment]


def units_joined(line: PageLine) -> PageLine:
    """A line of years with the unit in brackets behind each made one heading with it, where it stands nearer to it.

    Letters of one width have blanks as wide as those between two figures: "2031 (1000 kr.)".
    """
    at = [n for n, s in enumerate(line.segments[1:], 1) if line.segments[n - 1].is_year and _is_unit(s.text)]
    if not at or len(at) != line.years:
        return line
    gaps = [b.x0 - a.x1 for a, b in pairwise(line.segments)]
    if max(gaps[n - 1] for n in at) * WIDER > min((gap for n, gap in enumerate(gaps, 1) if n not in at), default=0.0):
        return line
    joined: list[Segment] = []
    for n, segment in enumerate(line.segments):
        if n in at:
            year = joined.pop()
            segment = segment_of((*year.words, *segment.words), f"{year.text} {segment.text}", segment.page)
            segment.is_year, segment.is_value = True, False
        joined.append(segment)
    return PageLine(tuple(joined))


def _is_unit(text: str) -> bool:
    return text[:1] == "(" and text[-1:] == ")" and unit_note(text) is not None and is_statement(text)


def on_columns(segment: Segment, extents: Extents, headed: set[int]) -> list[Segment]:
    """A heading over several columns cut between its words, where each part keeps to one column and each has one.

    A word that begins it once for each column begins each heading: "Ændring", "Ændring i pct.".

    Over columns that are ``headed`` each by the line below, it is one heading of all unless wide gaps part it; nor does
    a blank alone part it before a small letter.
    """
    if segment.count < 2 or segment.is_year or segment.is_stacked:
        return [segment]
    over = overlapped(segment, extents)
    words, texts = segment.words, segment.text.split(" ")
    if not over or len(texts) != len(words):
        return [segment]
    if len(over) > 1 and all(text in KINDS for text in texts):
        return _unless_said(segment, range(len(words) + 1))
    again = [n for n, text in enumerate(texts) if text == texts[0]]
    if len(again) == len(over) > 1 and texts[0].istitle():
        return _unless_said(segment, [*again, len(words)])
    if over[0] == 0 and segment.x0 - extents[0][0] > SAME_START and not _has_wide_gap(segment):
        over = over[1:]  # names that are longer than their heading, below one of the column beside it
    if not over:
        return [segment]
    cuts = _at_starts(segment, over, extents) if len(over) > 1 else []
    if not cuts and segment.count >= len(over) > 1:
        cuts = _at_owners(words, over, extents)
    wide = bool(cuts) and _is_wide_at(words, cuts) and _has_wide_gap(segment)
    if not wide and (headed.issuperset(over) or any(texts[n][0].islower() for n in cuts[1:-1])):
        cuts = []
    cuts = cuts or _at_ends(words, over, extents)
    return _unless_said(segment, cuts) if cuts else [segment]


def _has_wide_gap(segment: Segment) -> bool:
    """Whether two of the words stand further apart than a blank is wide."""
    gap = max(b[0] - a[2] for a, b in pairwise(segment.boxes))
    return gap > WIDER * BLANK * (segment.box[3] - segment.box[1])


def _at_owners(words: Sequence[Word], over: Sequence[int], extents: Extents) -> list[int]:
    """Where to cut a heading so that each word is with the column that it is most over; nothing if none keeps to it."""
    owners = [_owner(word, over, extents) for word in words]
    cuts = [0, *(n for n in range(1, len(words)) if owners[n] != owners[n - 1]), len(words)]
    parts = [(owners[a], (words[a].x0, words[b - 1].x1)) for a, b in pairwise(cuts)]
    kept = [owner for owner, _ in parts] == over and all(keeps(part, extents[n]) for n, part in parts)
    return cuts if kept else []


def _at_ends(words: Sequence[Word], over: Sequence[int], extents: Extents) -> list[int]:
    """Where to cut a heading of which a word ends where each column but the last ends, at gaps wider than all others.

    The parts may be much wider than the figures under them; nothing where no such cuts are.
    """
    beyond = words[-1].x0 > extents[over[-1]][1] and over[-1] + 1 < len(extents)
    inner = over if beyond else over[:-1]
    ends = [[n for n, word in enumerate(words, 1) if abs(word.x1 - extents[column][1]) < 1.5] for column in inner]
    if not ends or over[0] == 0 or any(len(found) != 1 for found in ends):
        return []
    cuts = [0, *(found[0] for found in ends), len(words)]
    if len(set(cuts)) < len(cuts):
        return []
    height = words[0].bottom - words[0].top
    near = min(words[n].x0 - words[n - 1].x1 for n in cuts[1:-1]) <= WIDER * BLANK * height
    return cuts if cuts == sorted(cuts) and not near and _is_wide_at(words, cuts) else []


def _at_starts(segment: Segment, over: Sequence[int], extents: Extents) -> list[int]:
    """Where to cut a heading whose parts each begin where one of the columns does; nothing where one does not."""
    starts = [[n for n, box in enumerate(segment.boxes) if abs(box[0] - extents[c][0]) < SAME_START] for c in over]
    if starts[0][:1] != [0] or not all(starts):
        return []
    return [*(found[0] for found in starts), segment.count]


def _owner(word: Word, over: Sequence[int], extents: Extents) -> int:
    """The column that a word overlaps most, or that it is nearest to."""
    return max(over, key=lambda n: min(word.x1, extents[n][1]) - max(word.x0, extents[n][0]))


def keeps(part: tuple[float, float], column: tuple[float, float]) -> bool:
    """Whether a heading begins, ends or has its middle where a column does."""
    middle = abs(part[0] + part[1] - column[0] - column[1]) / 2
    return abs(part[0] - column[0]) < 1.5 or abs(part[1] - column[1]) < 1.5 or middle < 1.5


def _half_over(upper: Segment, lower: Segment) -> bool:
    return 2 * (min(upper.x1, lower.x1) - max(upper.x0, lower.x0)) >= upper.x1 - upper.x0
