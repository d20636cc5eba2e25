"""Headings of words below figures: "Anlæg", "Drift", "I alt" over more rows, each over a column of figures.

What stands below them is another table, even where the columns are as wide and the caption is the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.grid import GridCell
from pipeline.tables.content.headings import is_total_heading, read_heading
from pipeline.tables.content.labels import speaks_of_money

Rows = Sequence[Sequence[GridCell]]


def heads_anew(above: Rows, row: Sequence[GridCell], below: Rows) -> bool:
    """Whether a row has words of its own over every column of figures; ``above``: the rows with figures over it.

    The same word in each ("afventer"), or words that stand among the figures above, are cells of a row. One word alone
    must speak of money.
    """
    figures = _of_figures(above) & _of_figures(below)
    words = {cell.column: cell.text for cell in row if cell.column in figures}
    if not words or words.keys() != figures or any(read_cell(text).kind is not Kind.TEXT for text in words.values()):
        return False
    if len(words) == 1:
        return all(map(says_money, words.values()))
    known = {cell.text for each in above for cell in each if cell.column in figures}
    return len(set(words.values())) > 1 and not known & set(words.values())


def says_money(text: str) -> bool:
    """Whether a text is what a column of money is headed with: "Anlæg", "I alt", "Korrigeret budget"."""
    return speaks_of_money(text) or is_total_heading(text) or read_heading(text).role is not None


def _of_figures(rows: Rows) -> set[int]:
    """The columns behind the first with more figures than words."""
    kinds = [(cell.column, read_cell(cell.text).kind) for row in rows for cell in row if cell.column]
    numbers = Counter(column for column, kind in kinds if kind is Kind.NUMBER)
    words = Counter(column for column, kind in kinds if kind is Kind.TEXT)
    return {column for column in numbers if numbers[column] > words[column]}
