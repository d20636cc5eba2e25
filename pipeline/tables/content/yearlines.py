"""Printed lines that read like years below a line of words of money: rows with amounts, as ``yearrows`` tells them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.content.grid import GridCell, TextLine
from pipeline.tables.content.headings import is_year_heading
from pipeline.tables.content.reheaded import says_money
from pipeline.tables.content.yearlike import names_row
from pipeline.tables.content.yearrows import is_figure, is_year_row, years_among

FARTHEST = 40
"""Headings are looked for so many lines above, and figures so many below."""
Texts = Sequence[str]


def may_be_amounts(lines: Sequence[Texts], number: int) -> bool:
    """Whether the years of a line may be amounts; ``lines``: what stands side by side on each, none on a blank one.

    The line above that has as many texts and no figure is that of the headings, if only rows stand between: below a
    caption, or the name of a group, years are those of another table.
    """
    line = lines[number]
    head = _head(lines, number)
    if head is None or not is_year_row(_cells(line)):
        return False
    unnamed = says_money(head[0]) and is_year_heading(line[0])  # the corner is empty: no name stands before them
    named = len(line) + unnamed
    below = [_cells(each) for each in lines[number + 1 : number + 1 + FARTHEST] if len(each) == named]
    return 1 not in years_among([_cells(head, unnamed), _cells(line, unnamed), *below]).headings


def _head(lines: Sequence[Texts], number: int) -> Texts | None:
    for above in reversed(lines[max(number - FARTHEST, 0) : number]):
        cells = _cells(above)
        if any(map(is_figure, above[1:])) or _is_drawn(above) or (is_year_row(cells) and names_row(above[0], [])):
            continue
        return above if len(above) == len(lines[number]) and not is_year_row(cells) else None
    return None


def _is_drawn(texts: Texts) -> bool:
    return bool(texts) and not any(char.isalnum() for text in texts for char in text)


def _cells(texts: Texts, first: int = 0) -> list[GridCell]:
    """The cells of a line, which begin in column ``first``."""
    return [GridCell(0, column, [TextLine(text, ())]) for column, text in enumerate(texts, first)]
