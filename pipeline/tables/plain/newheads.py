"""Lines of words below figures, over the columns: "Sted", "Salg 2028", "Salg 2029". They head another table.

What stands below them is of their columns and never of those of the headings above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.grid import Grid, GridCell
from pipeline.tables.content.headings import is_of_other_years, is_year_heading
from pipeline.tables.content.reheaded import says_money
from pipeline.tables.content.units import unit_note
from pipeline.tables.plain.lines import LONGEST_CELL, PlainLine

Heads = Literal["surely", "perhaps"]
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?!\d|[.,]\d)")
_HEADING = re.compile(r"[A-ZÆØÅ][^\d]{0,30}\s(?:19|20)\d\d\s?")
_HEADINGS = re.compile(rf"(?:{_HEADING.pattern}){{2,}}")
_NEXT = 3
"""Figures stand so many lines below headings."""


def has_year(text: str) -> bool:
    """Whether a year of four digits stands in a text."""
    return _YEAR.search(text) is not None


def heads_below(lines: Sequence[PlainLine], at: int, texts: Sequence[str]) -> Heads | None:
    """Whether the line ``at`` below figures heads another table; ``texts``: what stands in its columns of figures.

    None where no figures stand below it, or where it is a row with words. "perhaps" where it may be one as well.
    """
    kinds = [read_cell(text).kind for text in texts]
    dated = [text for text in texts if has_year(text)]
    if (
        len(set(texts)) < len(texts)
        or any(kind is not Kind.TEXT for kind in kinds)
        or any(len(t) > LONGEST_CELL for t in texts)
    ):
        return None
    if len(dated) < len(texts) and all(unit_note(text) is not None for text in texts):
        return None
    if not any(_has_figures(line) for line in lines[at + 1 : at + 1 + _NEXT]):
        return None
    if len(texts) == 1:
        apart = _is_apart(lines, at) and (dated or says_money(texts[0]))
        return "surely" if apart else "perhaps" if dated else None
    large = all(not text[0].islower() for text in texts) and not any(map(is_of_other_years, dated))
    return "surely" if large and (len(dated) > 1 or _is_apart(lines, at)) else "perhaps"


def dated_heads(grid: Grid) -> list[int]:
    """The rows of a grid below figures and above others that have words with years where these have figures.

    Rows of years alone are told elsewhere; the headings of the table printed again are none.
    """
    if not any(map(_has_years, grid.rows[1:])):
        return []
    numbers = [n for n, row in enumerate(grid.rows) if any(map(_is_amount, row))]
    found: list[int] = []
    balance: Counter[int] = Counter()
    known = {(cell.column, cell.text) for row in grid.rows[: next(iter(numbers), 0)] for cell in row}
    for above, below in pairwise(numbers):
        balance.update({cell.column: 1 if _is_amount(cell) else -1 for cell in grid.rows[above] if cell.column})
        for number in range(above + 1, below):
            row = [cell for cell in grid.rows[number] if cell.column]
            cells = [cell for cell in row if balance[cell.column] > 0 or _HEADINGS.fullmatch(cell.text)]
            texts = [part for cell in cells for part in _headings(cell.text)]
            if _are_dated(texts) and not {(c.column, c.text) for c in cells} <= known:
                found.append(number)
    return found


def _has_years(row: Sequence[GridCell]) -> bool:
    """Whether two years stand in a row: most have no century in any text."""
    texts = "\n".join([cell.text for cell in row])
    return ("20" in texts or "19" in texts) and len(_YEAR.findall(texts)) > 1


def _headings(text: str) -> list[str]:
    """The headings that a cell holds, two where no room parts them: "Anløb 2028 Anløb 2029"."""
    return [part[0].strip() for part in _HEADING.finditer(text)] if _HEADINGS.fullmatch(text) else [text]


def _are_dated(texts: Sequence[str]) -> bool:
    """Whether two texts at least are words with a year, all of them headings by their look."""
    dated = [text for text in texts if has_year(text)]
    if len(dated) < max(len(texts), 2) or len(set(texts)) < len(texts) or all(map(is_year_heading, texts)):
        return False
    return all(
        read_cell(t).kind is Kind.TEXT and len(t) <= LONGEST_CELL and not t[0].islower() for t in texts
    ) and not (any(is_of_other_years(text) or unit_note(text) is not None for text in texts))


def _is_amount(cell: GridCell) -> bool:
    return cell.column > 0 and read_cell(cell.text).kind is Kind.NUMBER and not is_year_heading(cell.text)


def _is_apart(lines: Sequence[PlainLine], at: int) -> bool:
    """Whether a blank line, or one that is no row, stands right above."""
    return at > 0 and (lines[at - 1].blank or len(lines[at - 1].fields) < 2)


def _has_figures(line: PlainLine) -> bool:
    return any(read_cell(text).kind is Kind.NUMBER and not is_year_heading(text) for text in line.fields[1:])
