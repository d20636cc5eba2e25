"""Minutes that are a table: what stands in the column "Referat" or "Beslutning" of a row is what was decided on it.

Items of such minutes are parts of their own, in which the row stands without the heads of its columns: there the one
cell behind "3. Havnen |" is what the minutes say of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.facts.resolutions.blocks import Block
from pipeline.facts.resolutions.words import WORD, forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAYS = frozenset(
    (
        *("referat", "beslutning", "beslutninger", "konklusion", "beslutning/referat", "referat/beslutning"),
        *("afgørelse", "beslutningsreferat", "referat og beslutning", "beslutning og referat"),
    )
)
"""The heads of such a column."""
_RULE = re.compile(r"[\s|:=-]+")
_ITEM = re.compile(r"[\s*_]*(?:(?:punkt|pkt\.?|sag)\s*)?\d{1,3}[.):]?\s", re.IGNORECASE)


class Cell(NamedTuple):
    """Where a row begins, and where its cell with the decision begins and ends."""

    row: int
    start: int
    end: int


def with_cells(text: str, found: list[Block], printed: Sequence[tuple[int, int]] = ()) -> list[Block]:
    """The blocks of minutes: where nothing of them stands under a heading "Beslutning", the cells that do.

    ``printed``: those that stand on a page below that word.
    """
    if printed and not any(block.kind == "decision" for block in found):
        rows = [(text.rfind("\n", 0, start) + 1, start) for start, _ in printed]
        return [Block("decision", *cell, None, row) for cell, row in zip(printed, rows, strict=True)]
    if ("|" not in text and "\t" not in text) or any(block.kind == "decision" for block in found):
        return found
    return [Block("decision", each.start, each.end, None, (each.row, each.start)) for each in _tabled(text)] or found


def _tabled(text: str) -> Iterator[Cell]:
    """The cells of minutes that say what was decided, in order."""
    column, position = -1, 0
    for at, line in enumerate(text.split("\n")):
        begin, position = position, position + len(line) + 1
        mark = "|" if "|" in line else "\t"
        if mark not in line.strip():
            column = column if not line.strip() and column >= 0 else -1
            continue
        cells = _cells(line, mark)
        heads = [number for number, (start, end) in enumerate(cells) if _plain(line[start:end]) in SAYS]
        if len(heads) == 1 and len(cells) > 1:
            column = heads[0]
        elif not _RULE.fullmatch(line):
            bare = column < 0 and at == 0 and len(cells) == 2 and _ITEM.match(line[slice(*cells[0])] + " ")
            told = cells[1 if bare else column] if bare or 0 <= column < len(cells) else None
            if told and has_verb(line[slice(*told)]):
                yield Cell(begin, begin + told[0], begin + told[1])


def _cells(line: str, mark: str) -> list[tuple[int, int]]:
    """Where the cells of a row stand that ``mark`` parts, without the blanks and marks around them."""
    around = " \t|" if mark == "|" else " "
    start = len(line) - len(line.lstrip(around))
    stop = len(line.rstrip(around))
    found = []
    for piece in line[start:stop].split(mark):
        lead = len(piece) - len(piece.lstrip(" \t*_"))
        found.append((start + lead, start + len(piece.rstrip(" \t*_"))))
        start += len(piece) + 1
    return found


def _plain(cell: str) -> str:
    return " ".join(cell.strip(" \t*_:").lower().split())


def has_verb(cell: str) -> bool:
    """Whether a cell says a verb of deciding."""
    return not forms().keys().isdisjoint(WORD.findall(cell.lower()))
