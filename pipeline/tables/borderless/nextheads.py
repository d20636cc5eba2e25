"""Lines of words below rows under years that head another table: more figures, or words over figures, stand below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.tables.borderless.shapes import hangs, is_label
from pipeline.tables.content.headings import is_total_heading
from pipeline.tables.content.rows import stands_for_figure
from pipeline.tables.content.units import KEPT, unit_note
from pipeline.tables.layout.words import PageLine

_TIME = re.compile(
    r"(?:\d{1,2}\s?[-–]\s?|(?:over|under|mere end|efter|inden for)\s)\d{1,2}\s(?:mdr|måneder|år|dage|uger)\.?",
    re.I,
)

_TITLE = re.compile(
    r"(?:tabel|tabelle|table|tableau|figur|figure|chart|graph|abbildung|graphique|schaubild|diagram)"
    r"\s?(?-i:[A-Z]\d{0,3}|\d{1,3})\s?[.:–-]\s+[^\W\d_]",
    re.I,
)


def is_titled(line: PageLine) -> bool:
    """Whether a line is a caption that can be no name of rows: "Tabel 2. Udgifter", not "Bilag 2" nor "Tabel 2"."""
    return len(line.segments) == 1 and _TITLE.match(line.text) is not None


def has_figures(line: PageLine) -> bool:
    """Whether a line has a figure that is no unit ("1.000 kr.") and no stretch of time ("0-3 mdr.", "Over 5 år")."""
    if line.values:
        for segment in line.segments:
            if segment.is_value and _is_figure(segment.text):
                return True
    return False


@lru_cache(KEPT)
def _is_figure(text: str) -> bool:
    return unit_note(text) is None and not _TIME.fullmatch(text)


def heads_more(lines: Sequence[PageLine], heading: int, number: int) -> bool:
    """Whether a line without figures heads another table than that of the years above: rows below have more figures.

    ``heading``: the number of the line of years.
    """
    line = lines[number]
    if len(line.segments) < 3 or not hangs(line):
        return False
    below = next((row for row in lines[number + 1 : number + 4] if row.values), None)
    if below is None:
        return False
    first, *others = below.segments
    numbered = first.is_value and bool(others) and not others[0].is_value  # the number of a name is no figure
    return below.values - numbered > max(2, sum(s.is_heading for s in lines[heading].segments))


def heads_anew(lines: Sequence[PageLine], first: int, number: int) -> bool:
    """Whether each figure of the row below a line has a word of its own over it, two at least, which are new here.

    "I alt" may be the name of a row above, and the name of a section may stand between them. One word in each is what
    a row says of its years: "Ukendt", "Ukendt". ``first``: the first line of the table above.
    """
    line, below = lines[number], lines[number + 1 : number + 3]
    if has_figures(line) or line.years or len(line.segments) < 2 or not hangs(line):
        return False
    row = next((each for each in below if each.values or not is_label(each)), None)
    words = line.segments
    if row is None:
        return False
    figures = [s for s in row.segments[1:] if s.is_value]
    over = [[w for w in words if w.x0 < s.x1 and s.x0 < w.x1] for s in figures]
    known = {s.text for other in lines[first:number] for s in other.segments if not is_total_heading(s.text)}
    new = all(len(found) == 1 and found[0].text not in known for found in over)
    own = {id(found[0]): found[0].text for found in over if found}
    heads = len({*own.values()}) > 1 and not all(map(stands_for_figure, own.values()))
    return new and 1 < len(figures) == len(own) and heads
