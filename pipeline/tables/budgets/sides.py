"""The sides of an account: a column of "U" and "I" beside the names, each name printed on the first of its rows."""

from __future__ import annotations

from pipeline.tables.content.columns import Layout
from pipeline.tables.content.grid import Grid, GridCell
from pipeline.tables.content.labels import side_of
from pipeline.tables.content.units import is_statement, unit_note

FEWEST = 2
"""So many sides at least make a column of them."""


def side_column(grid: Grid, layout: Layout) -> int | None:
    """The label column, beside another one, that holds nothing but sides, of two kinds at least."""
    for column in layout.labels[1:]:
        cells = (c for c in grid.cells() if c.column == column and c.row not in layout.headings and c.text.strip())
        said = [side_of(cell.text) for cell in cells]
        if None not in said and len(said) > FEWEST and len(set(said)) > 1:
            return column
    return None


def is_on_side(label: str, total: str) -> bool:
    """Whether a row may be part of a sum: it is of the same side, where the sum says one ("I alt U")."""
    side = side_of(total.rsplit(" ", 1)[-1])
    return side not in {"expense", "income"} or side_of(label.rsplit(" ", 1)[-1]) == side


class Accounts:
    """The names of rows that say their side, going down a table; ``column``: that of the sides, if there is one."""

    def __init__(self, grid: Grid, layout: Layout) -> None:
        self.column = side_column(grid, layout)
        self._name = ""

    def name(self, cells: list[GridCell], aside: list[str]) -> str | None:
        """The name of a row with its side, of one without a name that of the row above; None where no side is said.

        ``aside``: what else stands beside the names. It names a row that has no other name, such as "I alt".
        """
        side = next((cell.text for cell in cells if cell.column == self.column), None)
        texts = [cell.text for cell in cells if cell.column != self.column]
        names = " ".join(text for text in texts if not (is_statement(text) and unit_note(text) is not None))
        if side is None:
            self._name = ""
            return None
        self._name = names or " ".join(aside) or self._name
        return f"{self._name} {side}".strip()
