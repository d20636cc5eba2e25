"""Case numbers in the column of a plain table that is headed "Sag" or "Sagsnr.": "| 22/1187 |"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.model import Reference
from pipeline.facts.pointers.shapes import ANY_SHAPE, WEAK_SHAPE, is_number

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = re.compile(
    r"(?P<label>sags?(?P<number>[-. ]?(?:nr|nummer|id|ident)\.?)?)[*_]*(?=[ \t\u00a0]*(?:[|\t\n]|$)|[ ]{2})",
    re.IGNORECASE,
)
_HEAD_CELL = re.compile(r"[ *_]*sags?(?:[-. ]?(?:nr|nummer|id|ident)\.?)?[ *_]*", re.IGNORECASE)
_CELL = {"|": re.compile(r"[^|\n]+"), "\t": re.compile(r"[^\t\n]+"), "  ": re.compile(r"\S+(?:[ ]\S+)*")}
_WEAK, _ANY = re.compile(WEAK_SHAPE), re.compile(ANY_SHAPE)
_ASIDE = 2  # characters that a cell may stand beside its head where blanks part the columns
_MOST_ROWS, _LONGEST_LINE = 500, 600


def below(text: str, start: int) -> Iterator[Reference]:
    """The numbers below the label at ``start``, in order; none where it heads no column."""
    head = _HEAD.match(text, start)
    begin = text.rfind("\n", 0, start) + 1
    before = text[begin:start].rstrip("*_")
    if head and (not before.strip() or before.endswith("  ") or before.rstrip(" ").endswith(("|", "\t"))):
        yield from _rows(text, begin, head)


def _rows(text: str, begin: int, head: re.Match[str]) -> Iterator[Reference]:
    """The numbers of the lines below, as far as the table goes."""
    stop = _line_end(text, begin)
    line = text[begin:stop]
    mark = next((mark for mark in _CELL if mark in line), None)
    if mark is None or len(line) > _LONGEST_LINE:
        return
    cells = [cell.span() for cell in _CELL[mark].finditer(line)]
    place = head.start() - begin
    index = next((i for i, (first, last) in enumerate(cells) if first <= place < last), None)
    if index is None or len(cells) < 2:
        return
    shape = _ANY if head["number"] else _WEAK
    for _ in range(_MOST_ROWS):
        begin, stop = stop + 1, _line_end(text, stop + 1)
        line = text[begin:stop]
        found = _cells(line, mark)
        if not found:
            return
        span = _at(found, index) if mark != "  " else _under(found, place)
        if span and (number := line[span[0] : span[1]].strip(" \u00a0*_")) and shape.fullmatch(number):
            start = begin + line.index(number, span[0])
            if is_number(number):
                yield Reference(start=start, end=start + len(number), text=number, kind="case", value=number)


def _cells(line: str, mark: str) -> list[tuple[int, int]]:
    """The spans of a row's cells; none for a line that is no row, or the head of the next table."""
    if mark not in line.strip() or len(line) > _LONGEST_LINE:
        return []
    cells = [*_CELL[mark].finditer(line)]
    return [] if any(_HEAD_CELL.fullmatch(cell[0]) for cell in cells) else [cell.span() for cell in cells]


def _at(cells: list[tuple[int, int]], index: int) -> tuple[int, int] | None:
    return cells[index] if index < len(cells) else None


def _under(cells: list[tuple[int, int]], place: int) -> tuple[int, int] | None:
    return next((cell for cell in cells if abs(cell[0] - place) <= _ASIDE), None)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)
