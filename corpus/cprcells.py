"""Figures in two cells of a table that together have the shape of a CPR number: "100962" beside "-7136".

They are shown to be none by their columns: further figures stand under each other in both, three rows of them at least,
and most of those on the left are no days. The halves of true numbers are days all the way down. Whatever else has the
shape is masked, and so it is wherever a word of CPR numbers or of birth stands on the page or on the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.cpr import numbers_in_name, shaped_matches, speaks_of_cpr
from corpus.cprapart import is_date, is_spoken_of, told_again
from corpus.reading import Reading, Word

Span = tuple[int, int]
WIDE = 0.7
"""Cells stand apart by this share of a line's height at least: two blanks and a half."""
LEVEL = 1.5
"""Words that begin, end or have their middle within so many points of each other stand in one column."""
NEAREST, FEWEST, TIMES = 6, 3, 2
"""Of so many other rows, the nearest ones, so many at least have a figure that is no day, and so many times as many as
have one that may be."""
_BETWEEN = re.compile("[ \\t\u00a0\u2009\u202f]{1,3}[-‐‑‒–—−]?")
_FIGURE = re.compile("[(+‐‑‒–—−-]?(?:\\d[\\d.,]*|\\d{0,6}[xX]{4})[)‐‑‒–—−-]?")
_PARTINGS = 3
"""Blanks in a number whose day, month, year and last four digits stand apart."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_BESIDE = 2
"""So many lines without tabs over those with them may say what these are of."""


class _Row(NamedTuple):
    """What stands in the two columns in question, in another row, and how far away."""

    distance: float
    left: str
    right: str


def cpr_numbers(reading: Reading) -> list[re.Match[str]]:
    """The CPR numbers of a reading's text in order, masked ones too, without what figures of two cells make up."""
    shaped = [match for match in shaped_matches(reading.text) if not _is_of_cells(reading, match)]
    return told_again(
        reading.text, shaped, {found for child in reading.children for found in numbers_in_name(child.name)}
    )


def of_two_cells(reading: Reading) -> list[Span]:
    """Where figures of two cells, or of four, have the shape of a CPR number and are none, in order."""
    return [match.span() for match in shaped_matches(reading.text) if _is_of_cells(reading, match)]


def _is_of_cells(reading: Reading, match: re.Match[str]) -> bool:
    parts = "first" in match.re.groupindex and match["first"] + match["second"] + match["between"]
    if parts and len(parts) == _PARTINGS and not parts.strip(" \u00a0"):
        return not is_spoken_of(reading.text, match.start()) and _has_gap(reading, match)
    return _is_of_two_cells(reading, match)


def _has_gap(reading: Reading, match: re.Match[str]) -> bool:
    """Whether two words of a match stand as far from each other as cells, or on two lines."""
    page = next((page for page in reading.pages if page.start <= match.start() < page.end), None)
    if page is None or not page.has_words:
        return False
    starts = page.spans[:, 0]
    boxes = page.boxes[(starts >= match.start()) & (starts < match.end())].tolist()
    return any(
        right[0] - left[2] >= WIDE * max(left[3] - left[1], right[3] - right[1]) or right[0] < left[0]
        for left, right in pairwise(boxes)
    )


def _is_of_two_cells(reading: Reading, match: re.Match[str]) -> bool:
    if "between" not in match.re.groupindex:
        return False  # a box for each digit
    printed = match["day"] + match["month"] + match["year"] + match["between"] + match["last"]
    if printed != match.group() or not match["last"].isdecimal() or not _BETWEEN.fullmatch(match["between"]):
        return False
    if any(page.has_words for page in reading.pages):
        return _stand_in_columns(reading, match)
    return "\t" in match["between"] and _are_between_tabs(reading.text, match)


def _stand_in_columns(reading: Reading, match: re.Match[str]) -> bool:
    """Whether the halves of a match are words far from each other, each with figures above or below."""
    at = next((n for n, page in enumerate(reading.pages) if page.start <= match.start() < page.end), None)
    if at is None:
        return False
    page = reading.pages[at]
    if speaks_of_cpr(reading.text[reading.pages[max(at - 1, 0)].start : page.end]):
        return False
    words = [word for word in page.words if not word.turn]
    left = next((word for word in words if word.start <= match.start() < word.end), None)
    right = next((word for word in words if word.start <= match.start("last") < word.end), None)
    if left is None or right is None or left is right or not _is_apart(left, right):
        return False
    return _are_figures(_rows(reading.text, words, left, right))


def _is_apart(left: Word, right: Word) -> bool:
    height = max(left.bottom - left.top, right.bottom - right.top)
    return _is_beside(left, right) and right.x0 - left.x1 >= WIDE * height


def _is_beside(left: Word, right: Word) -> bool:
    """Whether two words stand in one row."""
    height = min(left.bottom - left.top, right.bottom - right.top)
    return abs(left.top + left.bottom - right.top - right.bottom) < height and left.x1 < right.x0


def _rows(text: str, words: Sequence[Word], left: Word, right: Word) -> Iterator[_Row]:
    """The other rows of the page with a figure in the column of each half."""
    ours = [word for word in words if word is not left and _is_under(word, left) and _is_figure(text, word)]
    theirs = [word for word in words if word is not right and _is_under(word, right) and _is_figure(text, word)]
    for one in ours:
        for other in theirs:
            if _is_beside(one, other):
                yield _Row(abs(one.top - left.top), text[one.start : one.end], text[other.start : other.end])
                break


def _is_under(word: Word, other: Word) -> bool:
    ends = word.x0 - other.x0, word.x1 - other.x1, (word.x0 + word.x1 - other.x0 - other.x1) / 2
    return min(map(abs, ends)) < LEVEL


def _is_figure(text: str, word: Word) -> bool:
    return _FIGURE.fullmatch(text, word.start, word.end) is not None


def _are_figures(rows: Iterable[_Row]) -> bool:
    """Whether most rows near by have a figure on the left that is no first half of a CPR number; years do not count."""
    near = sorted(row for row in rows if not _YEAR.fullmatch(row.left))[:NEAREST]
    dated = [_is_half(row.left) for row in near]
    others = len(dated) - sum(dated)
    return others >= FEWEST and others >= TIMES * sum(dated)


def _is_half(printed: str) -> bool:
    digits = re.sub(r"\D", "", printed)
    return len(digits) == 6 and is_date(digits[:2], digits[2:4])


def _are_between_tabs(text: str, match: re.Match[str]) -> bool:
    """Whether both halves are cells of lines that tabs part, as a reader prints a table without places."""
    start, end = _tabbed(text, match.start())
    begun = start
    for _ in range(_BESIDE):
        begun = text.rfind("\n", 0, max(begun - 1, 0)) + 1
    if speaks_of_cpr(text[begun:end]):
        return False
    column = text.count("\t", text.rfind("\n", 0, match.start()) + 1, match.start())
    own = text.count("\n", start, match.start())
    rows: list[_Row] = []
    for number, line in enumerate(text[start:end].split("\n")):
        cells = [cell.strip() for cell in line.split("\t")[column : column + 2]]
        if number != own and len(cells) > 1 and all(map(_FIGURE.fullmatch, cells)):
            rows.append(_Row(abs(number - own), *cells))
    return _are_figures(rows)


def _tabbed(text: str, at: int) -> Span:
    """The stretch of whole lines around a place that each have a tab."""
    start, end = text.rfind("\n", 0, at) + 1, _line_end(text, at)
    while start and "\t" in text[(above := text.rfind("\n", 0, start - 1) + 1) : start]:
        start = above
    while end < len(text) and "\t" in text[end + 1 : (below := _line_end(text, end + 1))]:
        end = below
    return start, end


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
