"""Drawn boxes that hold a form: labels with what was filled in beside or below them, and no rows of one kind."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.headings import fold
from pipeline.proposals.labels import labels
from pipeline.tables.content.grid import join_lines
from pipeline.tables.content.headings import is_year_heading
from pipeline.tables.drawn.stretched import Laid
from pipeline.tables.layout.cellwords import is_figure

LABELLED = 0.3
KNOWN = 2
YEARS = 2
LEAST_ROWS = 4
LONGEST_NAME = 60


def is_form(cells: Sequence[Laid], rows: int, columns: int) -> bool:
    """True for labels and values; two columns of words alone are a table only where every row has both."""
    texts = {(cell.row, cell.column): join_lines([p.piece.text for p in cell.parts]) for cell in cells if cell.parts}
    firsts = [text for (_, column), text in texts.items() if column == 0]
    if _is_labelled(list(texts.values()), firsts):
        return sum(is_year_heading(text) for text in texts.values()) < YEARS
    if columns > 2 or sum(is_figure(text) for text in texts.values()) > 1:
        return False
    both = sum((row, 0) in texts and (row, 1) in texts for row in range(rows))
    return rows < LEAST_ROWS or both < 0.8 * rows or any(len(text) > LONGEST_NAME for text in firsts)


def has_figures(cells: Sequence[Laid]) -> bool:
    """Whether a row of the form has two cells with figures, as one of a table would."""
    rows = [cell.row for cell in cells if any(part.figures for part in cell.parts)]
    return len(rows) > len(set(rows))


def heads_years(cells: Sequence[Laid]) -> bool:
    """Whether years stand apart in one cell on top of a box: it is the ground of a line of headings.

    The shaded name of a section below that line makes a box of both, with a rule where the name's ground ends.
    """
    top = (part for cell in cells if cell.row == 0 for part in cell.parts)
    return any(sum(map(is_year_heading, part.segments)) >= YEARS for part in top)


def _is_labelled(texts: Sequence[str], firsts: Sequence[str]) -> bool:
    """Whether many cells end in a colon, or the first of their rows are the labels of a proposal."""
    known = labels()
    return (
        sum(text.endswith(":") for text in texts) >= LABELLED * len(texts)
        or sum(fold(text.rstrip(" :")) in known for text in firsts) >= KNOWN
    )
