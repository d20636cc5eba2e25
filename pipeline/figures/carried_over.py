"""Rows that only take a sum from one page to the next: "At overføre" at the foot, "Overført fra forrige side" overleaf.

"Overført" and "Transport" are names of real rows too, of grants and of buses: such a row is carried only where it is
the last row of a page and the first of the next, with the same figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.model import Line, Table

_OVERLEAF = r"(?:fra\s(?:forrige|foregående|sidste)|til\s(?:næste|følgende))\sside"
_CLEAR = re.compile(
    rf"(?:(?:sum|i\salt|saldo|beløb)\s)?(?:(?:at\s)?(?:overfør(?:es|e|t|sel)|transport(?:eres|eret|ere)?)\s)?{_OVERLEAF}",
    re.IGNORECASE,
)
_MAY_BE = re.compile(
    rf"(?:(?:sum|i\salt|saldo|beløb)\s)?(?:at\s)?(?:overfør(?:es|e|t|sel)|transport(?:eres|eret|ere)?)"
    rf"(?:\s(?:{_OVERLEAF}|(?:fra|til)\sside\s\d{{1,3}}))?|{_OVERLEAF}",
    re.IGNORECASE,
)


def carried_over(tables: Sequence[Table]) -> set[tuple[int, int]]:
    """The table and line of each row of a document that carries a sum over to the next page."""
    rows = [(number, at) for number, table in enumerate(tables) for at, line in enumerate(table.lines) if line.values]
    found = {(number, at) for number, at in rows if _named(_CLEAR, tables[number].lines[at])}
    for last, first in pairwise(rows):
        if _turns(tables, last, first):
            found |= {last, first}
    return found


def _turns(tables: Sequence[Table], last: tuple[int, int], first: tuple[int, int]) -> bool:
    """Whether two rows that follow each other, one at the end of a page, say the same by their names and figures."""
    one, other = (tables[number].lines[at] for number, at in (last, first))
    if not (_named(_MAY_BE, one) and _named(_MAY_BE, other)):
        return False
    pages = [_page(tables[number], line) for (number, _), line in ((last, one), (first, other))]
    return pages[0] != pages[1] and one.unit == other.unit and [*_figures(one)] == [*_figures(other)]


def _named(pattern: re.Pattern[str], line: Line) -> bool:
    return pattern.fullmatch(" ".join(line.label.split()).strip(" .:…")) is not None


def _page(table: Table, line: Line) -> int | None:
    return table.page if line.values[0].page is None else line.values[0].page


def _figures(line: Line) -> Iterator[tuple[object, ...]]:
    return ((value.year, value.value) for value in line.values)
