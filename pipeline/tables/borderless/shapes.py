"""What a printed line looks like: a row of a table, a heading of years, a label, running text, a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.tables.around.breaks import is_mark
from pipeline.tables.content.cells import NUMBER_KIND
from pipeline.tables.content.rows import is_footnote, is_prose, starts_section
from pipeline.tables.content.units import is_statement, unit_note
from pipeline.tables.layout.segments import LONG_WORDS
from pipeline.tables.layout.words import PageLine, Segment

_BULLET = re.compile(r"[•●○▪■□–—*\-✓o·‣➢]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]|§\s?\d+")
_CAPTION = re.compile(
    r"(?:tabel|tabelle|table|tableau|figur|figure|chart|graph|skema|oversigt|box|boks|bilag|abbildung|graphique|schaubild|diagram)"
    r"\s?(?-i:[\dA-Z]{1,3})(?:[.,:\-–—)]|\s|$)",
    re.I,
)
_PRICE = re.compile(r"[-–−(]?\s?[$€£]\s?\d[\d.,]*\)?")
_PERIOD = re.compile(r"(?:19|20)\d\d[-–/](?:19|20)\d\d[.,:;]?")
"""Years alone on a line: the end of a sentence, or a heading."""
_SOURCE = re.compile(r"(?:kilder?|anm|noter?|sources?|notes?|quellen?|källor?|fuentes?|fonti?)\.?\s?:\s", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")


def is_price(text: str) -> bool:
    """True for a figure behind the sign of a currency: "$1,674,523"."""
    return _PRICE.fullmatch(text) is not None


def is_year_line(line: PageLine) -> bool:
    """Two years at least, and no other figure after the first place."""
    if line.years < 2:
        return False
    others = [s for s in line.segments[1:] if s.kind is NUMBER_KIND and not s.is_year]
    return not any(not s.is_heading and unit_note(s.text) is None for s in others)


def _heads(unit: Segment, words: Sequence[Segment]) -> bool:
    """Whether a unit in the corner is of a line of headings, and makes no row of it: "kr. 1.000", "Budget", "Rest"."""
    return is_statement(unit.text) and not any(char.isdigit() for word in words for char in word.text)


def is_row(line: PageLine) -> bool:
    """A line with a figure after a label, or figures alone; never one of running text, a unit, a page's number."""
    if not line.values:
        return False
    segments = line.segments
    if len(segments) == 1:
        text = line.text
        if is_statement(text) or is_mark(text) or len(text) < 2 or _PERIOD.fullmatch(text):
            return False
    texts = [s for s in segments if not s.is_value]
    count = len(segments) - len(texts)
    if count - segments[0].is_value == 0 and is_footnote(line.text):
        return False
    if not texts or (len(texts) == 1 and count > 1):
        return True
    figures = [s for s in segments if s.is_value]
    if count == 1:
        figure, last = figures[0], segments[-1]
        if figure is segments[0] and (is_bullet(figure) or (len(texts) > 1 and _heads(figure, texts))):
            return False
        if last is not figure and last.text[0].islower() and is_prose(line.text):
            return False
    if count < 2:
        return not any(is_prose(s.text) for s in texts[1:] or texts)
    if count > 2 and figures[-2].x0 > texts[-1].x1:
        return True
    behind = [s for s in texts if s.x0 > figures[-1].x0]
    parted = count > 2 and all(s.x0 < figures[0].x0 for s in texts[: len(texts) - len(behind)])
    return not any(is_prose(s.text) for s in (behind if parted else texts[1:]))


def is_label(line: PageLine) -> bool:
    """One short stretch that may be a row without figures."""
    return len(line.segments) == 1 and not is_prose(line.text) and not starts_section(line.text)


def hangs(line: PageLine) -> bool:
    """Headings over columns, or a label beside a remark: short pieces, no running text."""
    return not any(is_prose(s.text) for s in line.segments) and not starts_section(line.text)


def is_prosy(segment: Segment) -> bool:
    """A stretch that reads like a part of a sentence: several words, most of them small."""
    if len(segment.text) < 2 * LONG_WORDS - 1:
        return False  # so many words have more letters and blanks
    words = segment.text.split()
    return len(words) >= LONG_WORDS and 2 * sum([word[0].islower() for word in words]) > len(words)


def is_bullet(segment: Segment) -> bool:
    """The mark or number in front of an item of a list."""
    return _BULLET.fullmatch(segment.text) is not None


def is_caption(text: str) -> bool:
    """True for "Tabel 2. …", "Figure 4: …"."""
    return _CAPTION.match(text) is not None


def is_source(text: str) -> bool:
    """True for what says below a table where it is from, or is noted on it: "Kilde: …", "Source: …", "Note: …"."""
    return _SOURCE.match(text) is not None


def has_leaders(text: str) -> bool:
    """True for a row of dots that leads the eye to a figure."""
    return _LEADERS.search(text) is not None


def is_tabular(line: PageLine) -> bool:
    """Stretches beside each other that may be cells: no list, no columns of prose, no line with widened blanks."""
    segments = line.segments
    if len(segments) > 1 and is_bullet(segments[0]):
        segments = segments[1:]
    if len(segments) < 2:
        return False
    prosy = sum(map(is_prosy, segments))
    if prosy > 1 and prosy == len(segments):
        return False
    if line.values and any(s.is_value for s in segments[1:]):
        return True
    words = line.text.split()
    small = sum([word[0].islower() for word in words])
    return prosy > 0 or len(words) < 7 or small <= 0.6 * len(words)
