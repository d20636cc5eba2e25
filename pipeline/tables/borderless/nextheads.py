"""Lines of words below rows under years that head another table: more figures, or words over figures, stand below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.tables.borderless.shapes import hangs, is_label
from pipeline.tables.content.headings import is_total_heading
from pipeline.tables.content.rows import stands_for_figure
from pipeline.tables.content.units import KEPT, unit_note
from pipeline.tables.layout.headdates import is_date
from pipeline.tables.layout.words import PageLine, Segment

_TIME = re.compile(
    r"(?:\d{1,2}\s?[-–]\s?|(?:over|under|mere end|efter|inden for)\s)\d{1,2}\s(?:mdr|måneder|år|dage|uger)\.?",
    re.I,
)

_TITLE = re.compile(
    r"(?:tabel|tabelle|table|tableau|figur|figure|chart|graph|abbildung|graphique|schaubild|diagram)"
    r"\s?(?-i:[A-Z]\d{0,3}|\d{1,3})(?:\s?[.:–-]\s+|\s?—\s?)[^\W\d_]",
    re.I,
)

MOST_LINES = 3
CLOSE = 0.75
"""Lines of one heading are parted by less than this share of their height."""


def is_titled(line: PageLine) -> bool:
    """Whether a line is a caption that can be no name of rows: "Tabel 2. Udgifter", not "Bilag 2" nor "Tabel 2"."""
    return len(line.segments) == 1 and _TITLE.match(line.text) is not None


def has_figures(line: PageLine) -> bool:
    """Whether a line has a figure: no unit ("1.000 kr."), no day, no stretch of time ("0-3 mdr.", "Over 5 år")."""
    if line.values:
        for segment in line.segments:
            if segment.is_value and _is_figure(segment.text):
                return True
    return False


@lru_cache(KEPT)
def _is_figure(text: str) -> bool:
    return unit_note(text) is None and not _TIME.fullmatch(text) and not is_date(text)


def heads_more(lines: Sequence[PageLine], heading: int, number: int) -> bool:
    """Whether a line without figures heads another table than that of the years above: rows below have more figures.

    ``heading``: the number of the line of years.
    """
    line = lines[number]
    if len(line.segments) < 3 or not hangs(line):
        return False
    below = next((row for row in lines[number + 1 : number + 4] if has_figures(row)), None)
    if below is None:
        return False
    first, *others = below.segments
    numbered = first.is_value and bool(others) and not others[0].is_value  # the number of a name is no figure
    return below.values - numbered > max(2, sum(s.is_heading for s in lines[heading].segments))


def heads_anew(lines: Sequence[PageLine], first: int, number: int) -> bool:
    """Whether each figure of the row below a line has words of its own over it, two at least, which are new here.

    They may go on below ("Korrigeret", "budget"). "I alt" may be the name of a row above, and the name of a section
    may stand between them. One word in each is what a row says of its years: "Ukendt", "Ukendt". ``first``: the first
    line of the table above.
    """
    line = lines[number]
    if has_figures(line) or line.years or len(line.segments) < 2 or not hangs(line):
        return False
    heads, row = _head_and_row(lines, number)
    if row is None:
        return False
    figures = [s for s in row.segments[1:] if s.is_value]
    over = [_words_over(figure, heads) for figure in figures]
    own = {tuple(map(id, found)): " ".join(s.text for s in found) for found in over if found}
    each = all(over) and 1 < len(figures) == len(own)
    if not each or len({*own.values()}) < 2 or all(map(stands_for_figure, own.values())):
        return False
    known = {s.text for other in lines[first:number] for s in other.segments if not is_total_heading(s.text)}
    return known.isdisjoint(own.values())


def _head_and_row(lines: Sequence[PageLine], number: int) -> tuple[list[PageLine], PageLine | None]:
    """The lines of a heading that begins on a line, three at most, and the row below it and the name of a section."""
    heads = [lines[number]]
    for below in lines[number + 1 : number + 2 + MOST_LINES]:
        if has_figures(below):
            return heads, below
        if is_label(below):
            continue
        if len(heads) == MOST_LINES or below.years or not hangs(below):
            break
        if below.box[1] - heads[-1].box[3] > CLOSE * below.height:
            break
        heads.append(below)
    return heads, None


def _words_over(figure: Segment, heads: Sequence[PageLine]) -> list[Segment]:
    """The words of a heading over a figure, one on each line; none where two stand over it on one."""
    over = [[s for s in line.segments if s.x0 < figure.x1 and figure.x0 < s.x1] for line in heads]
    return [found[0] for found in over if found] if all(len(found) < 2 for found in over) else []
